//! The answer to "why?": the causal chain in the signs of the picture, ending at what somebody can press; since when
//! and what ends it; at most two things to do; the rule that decides, in the sentence of the list that the scenarios prove.

use leptos::prelude::*;

use super::context::Page;
use super::icon::icon;
use super::rule::rule;
use super::token::{Size, token};
use crate::page::view::{ChainPart, WhyView};

/// What stands in the call-out.
pub(super) fn why(page: Page, why: WhyView) -> impl IntoView {
    let chain = why.chain.into_iter().map(|part| match part {
        // The letter is in the drawing, which is skipped: a screen reader gets it as a word.
        ChainPart::Token(sign) => {
            view! { <span class="sign">{token(&sign, Size::Medium)}<span class="aside">{sign.letter}</span></span> " " }.into_any()
        }
        ChainPart::Thing(sign, name) => view! { <span class="thing">{icon(sign)}{name}</span> " " }.into_any(),
        ChainPart::Words(words) => view! { <span class="words">{words}</span> " " }.into_any(),
    });
    let actions = why.actions.into_iter().enumerate().map(|(index, (label, command))| {
        let class = if index == 0 { "button filled" } else { "button" };
        view! {
            <button type="button" class=class on:click=move |_| { page.close(); page.perform(command.clone()) }>{label}</button>
        }
    });
    view! {
        <h2 class="chain">{chain.collect_view()}</h2>
        <p>{why.text}</p>
        <div class="actions">
            {actions.collect_view()}
        </div>
        {rule(why.rule)}
    }
}
