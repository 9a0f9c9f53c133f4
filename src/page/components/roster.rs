//! The roster: who is there, in which state, where and why, as sentences.

use leptos::prelude::*;

use super::context::{Callout, Page};
use super::icon::chip;
use super::token::{Size, token};
use crate::page::view::{PageView, RosterCell, Selection};
use crate::page::words::roster as words;

/// One cell per live or just-ended execution.
pub(super) fn roster(page: Page) -> impl IntoView {
    let there = page.part(|view| {
        let cells = view.pipeline.iter().flat_map(|pipeline| &pipeline.roster);
        cells
            .map(|cell| cell.token.execution.clone())
            .collect::<Vec<_>>()
    });
    let shown = page.part(|view| view.pipeline.is_some());
    let empty = move || {
        there
            .with(Vec::is_empty)
            .then(|| view! { <li class="empty">{words::EMPTY}</li> })
    };
    move || {
        shown.get().then(|| {
            view! {
                <section class="roster-region" aria-label=words::LABEL><ul class="roster">
                    {empty}
                    <For each=move || there.get() key=|id| id.clone() children=move |id| {
                        let first = page.view.with_untracked(|view| cell_of(view, &id));
                        first.map(|first| {
                            let cell = page.element(first, move |view| cell_of(view, &id));
                            view! { <li class="who">{move || roster_cell(page, cell.get())}</li> }
                        })
                    }/>
                </ul></section>
            }
        })
    }
}

/// The cell of an execution, and whether there is an answer to "why?". Which answer does not matter here: it counts seconds.
fn cell_of(view: &PageView, id: &str) -> Option<(RosterCell, bool)> {
    let mut cells = view.pipeline.iter().flat_map(|pipeline| &pipeline.roster);
    let cell = cells.find(|cell| cell.token.execution == id)?;
    let why = None;
    Some((
        RosterCell {
            why,
            ..cell.clone()
        },
        cell.why.is_some(),
    ))
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
