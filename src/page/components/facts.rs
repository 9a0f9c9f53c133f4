//! The facts: everything that happened, newest first, each with the call that caused it. A press selects the
//! execution it is about.

use leptos::prelude::*;

use super::context::Page;
use super::icon::icon;
use super::token::{Size, token};
use crate::page::signs;
use crate::page::view::{FactRow, Selection};
use crate::page::words::facts as words;

/// The list.
pub(super) fn facts(page: Page) -> impl IntoView {
    let rows = page.part(|view| view.facts.clone());
    let empty = move || {
        rows.with(Vec::is_empty)
            .then(|| view! { <p class="empty">{words::EMPTY}</p> })
    };
    view! {
        <section class="pane facts" aria-label=words::TITLE>
            <header><h2>{words::TITLE}</h2><span class="aside-note">{words::ORDER}</span></header>
            <div class="content">
                {empty}
                <ol>
                    // Numbers begin anew in another world, and a time shows its date once the day is over.
                    <For each=move || rows.get() key=shown children=move |row| fact(page, row)/>
                </ol>
            </div>
        </section>
    }
}

/// What makes a row another one than before.
fn shown(row: &FactRow) -> (u64, bool, String, String, Option<String>) {
    (
        row.sequence,
        row.selected,
        row.time.clone(),
        row.sentence.clone(),
        row.token.as_ref().map(|token| token.execution.clone()),
    )
}

fn fact(page: Page, row: FactRow) -> impl IntoView {
    let class = if row.selected {
        "fact selected"
    } else {
        "fact"
    };
    let sign = match (&row.token, row.icon) {
        (Some(sign), _) => Some(token(sign, Size::Small).into_any()),
        (None, Some((role, sign))) => Some(
            view! { <span class=format!("state {}", signs::role(role))>{icon(sign)}</span> }
                .into_any(),
        ),
        (None, None) => None,
    };
    let body = view! {
        <span class="time">{row.time}</span>
        <span class="sign">{sign}</span>
        <span class="text"><b>{row.word}</b>" "{row.text}</span>
        {row.call.map(|call| view! { <code class="call">{call}</code> })}
    };
    match row.token.map(|token| token.execution) {
        Some(id) => view! {
            <li class=class>
                <button type="button" aria-label=row.sentence on:click=move |_| page.select(Selection::Execution(id.clone()))>{body}</button>
            </li>
        }.into_any(),
        None => view! { <li class=class><div>{body}</div></li> }.into_any(),
    }
}
