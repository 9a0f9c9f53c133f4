//! Where it is narrow the roster is a row of signs; this says the selected one's sentence, with what can be done.

use leptos::prelude::*;

use super::context::{Callout, Page};
use super::icon::state;
use super::token::{Size, token};
use crate::page::view::RosterCell;
use crate::page::words::why as words;

/// The sentence of the selected execution, or of the first one that is not over.
pub(super) fn say(page: Page) -> impl IntoView {
    // The answer to "why?" counts seconds; here only matters whether there is one, and what can be done first.
    let cell = page.part(|view| {
        let roster = &view.pipeline.as_ref()?.roster;
        let selected = roster.iter().find(|cell| cell.selected);
        // What is over asks nothing of anybody, while others are under way.
        let asked = || roster.iter().find(|cell| cell.why.is_some());
        let cell = selected.or_else(asked).or_else(|| roster.first())?;
        let why = cell.why.as_ref();
        let first = why.map(|why| why.actions.first().cloned());
        let why = None;
        Some((
            RosterCell {
                why,
                ..cell.clone()
            },
            first,
        ))
    });
    move || {
        cell.get().map(|(cell, answers)| {
            let id = cell.token.execution.clone();
            let actions = answers.map(|first| {
                let first = first.map(|(label, command)| {
                    view! {
                        <button type="button" class="button filled" on:click=move |_| page.perform(command.clone())>{label}</button>
                    }
                });
                view! {
                    <div class="actions">
                        <button type="button" class="button" aria-haspopup="dialog"
                            on:click=move |_| page.open(Callout::Execution(id.clone()))>{words::LABEL}</button>
                        {first}
                    </div>
                }
            });
            view! {
                <section class="say" aria-label=words::LABEL>
                    <p>{token(&cell.token, Size::Small)}" "{state(&cell.state)}" "<span class="says">{cell.line}</span></p>
                    {actions}
                </section>
            }
        })
    }
}
