//! The roster: who is there, in which state, where and why, as sentences.

use leptos::prelude::*;

use super::context::{Callout, Page, element};
use super::icon::chip;
use super::memo::Memo;
use super::token::{Size, token};
use crate::page::view::{RosterCell, Selection};
use crate::page::words::roster as words;

/// One cell per live or just-ended execution.
pub(super) fn roster(page: Page) -> impl IntoView {
    let cells = page.part(|view| {
        view.pipeline
            .as_ref()
            .map(|pipeline| pipeline.roster.clone())
            .unwrap_or_default()
    });
    let shown = page.part(|view| view.pipeline.is_some());
    let empty = move || {
        cells
            .with(Vec::is_empty)
            .then(|| view! { <li class="empty">{words::EMPTY}</li> })
    };
    move || {
        shown.get().then(|| {
            view! {
                <section class="roster-region" aria-label=words::LABEL><ul class="roster">
                    {empty}
                    <For each=move || cells.get() key=|cell| cell.token.execution.clone() children=move |first| {
                        let id = first.token.execution.clone();
                        let cell = element(first, move || {
                            cells.with(|cells| cells.iter().find(|cell| cell.token.execution == id).cloned())
                        });
                        // The answer to "why?" counts seconds; here only matters whether there is one.
                        let shown = Memo::new(move |_| cell.with(|cell| {
                            (RosterCell { why: None, ..cell.clone() }, cell.why.is_some())
                        }));
                        view! { <li class="who">{move || roster_cell(page, shown.get())}</li> }
                    }/>
                </ul></section>
            }
        })
    }
}

fn roster_cell(page: Page, (cell, answers): (RosterCell, bool)) -> impl IntoView {
    let RosterCell {
        token: sign,
        state,
        line,
        selected,
        ..
    } = cell;
    let id = sign.execution.clone();
    let select = move |_| {
        let next = if selected {
            Selection::Pipeline
        } else {
            Selection::Execution(id.clone())
        };
        page.select(next);
    };
    let label = words::label(&sign.letter, &sign.short, &state.word, &line);
    let why = answers.then(|| {
        let id = sign.execution.clone();
        view! {
            <button type="button" class="why-link" aria-label=words::why(&sign.letter) aria-haspopup="dialog"
                on:click=move |_| page.open(Callout::Execution(id.clone()))>{words::WHY}</button>
        }
    });
    view! {
        <button type="button" class="choose" aria-pressed=if selected { "true" } else { "false" }
            aria-label=label data-roster=sign.execution.clone() on:click=select>
            {token(&sign, Size::Full)}" "
            <span class="identity"><b class="id">{sign.short.clone()}</b>" "{chip(&state)}</span>" "
            <span class="says">{line}</span>
        </button>
        {why}
    }
}
