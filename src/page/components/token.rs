//! An execution as a sign: a letter in a shape in a colour. The letter is always there, so neither shape nor colour
//! has to be told apart.

use leptos::prelude::*;

use crate::page::signs;
use crate::page::view::Token;

/// Sizes of a token.
#[derive(Clone, Copy)]
pub(super) enum Size {
    /// On the line and in the roster.
    Full,
    /// In facts and beside words.
    Medium,
    /// A badge.
    Small,
}

/// Draws a token. It is a picture of what stands beside it in words, so a screen reader skips it.
pub(super) fn token(token: &Token, size: Size) -> impl IntoView + use<> {
    let size = match size {
        Size::Full => "",
        Size::Medium => " medium",
        Size::Small => " small",
    };
    let ghost = if token.ghost { " ghost" } else { "" };
    let long = if token.letter.chars().count() > 1 {
        " long"
    } else {
        ""
    };
    let class = format!("token {}{size}{ghost}{long}", signs::colour(token));
    let shape = signs::shape(token);
    let outline = token.rollback.then(|| {
        view! { <use_ class="outline" href=shape transform="translate(16 16) scale(0.98) translate(-16 -16)"/> }
    });
    // Inside of its outline, so that the sign takes no more room than others.
    let inside = token
        .rollback
        .then_some("translate(16 16) scale(0.74) translate(-16 -16)");
    view! {
        <svg class=class viewBox="0 0 32 32" aria-hidden="true">
            {outline}
            <use_ class="body" href=shape transform=inside/>
            <text x="16" y="16.5">{token.letter.clone()}</text>
        </svg>
    }
}
