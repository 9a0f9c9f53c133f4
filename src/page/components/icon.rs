//! Icons and states: always a word beside the shape, and a colour that only repeats both.

use leptos::prelude::*;

use super::memo::Memo;
use crate::page::signs;
use crate::page::view::{Icon, Role, StateView};

/// A symbol of the sprite by its reference.
pub(super) fn symbol(reference: &'static str) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><use_ href=reference/></svg> }
}

/// The icon of a state.
pub(super) fn icon(icon: Icon) -> impl IntoView {
    symbol(signs::icon(icon))
}

/// Icon and word in the state's colour.
pub(super) fn state(state: &StateView) -> impl IntoView + use<> {
    let class = format!("state {}", signs::role(state.role));
    view! { <span class=class>{icon(state.icon)}<span class="word">{state.word.clone()}</span></span> }
}

/// The same with a word that changes by itself.
pub(super) fn state_saying(role: Role, shape: Icon, word: Memo<String>) -> impl IntoView {
    let class = format!("state {}", signs::role(role));
    view! { <span class=class>{icon(shape)}<span class="word">{word}</span></span> }
}

/// The same on its tint.
pub(super) fn chip(state: &StateView) -> impl IntoView + use<> {
    let class = format!("state chip {}", signs::role(state.role));
    view! { <span class=class>{icon(state.icon)}<span class="word">{state.word.clone()}</span></span> }
}
