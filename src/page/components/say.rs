//! Where it is narrow the roster is a row of signs; this says the selected one's sentence, with what can be done.

use leptos::prelude::*;

use super::context::{Callout, Page};
use super::icon::state;
use super::token::{Size, token};
use crate::page::words::why as words;

/// The sentence of the selected execution, or of the first one.
pub(super) fn say(page: Page) -> impl IntoView {
    let cell = page.part(|view| {
        let roster = &view.pipeline.as_ref()?.roster;
        roster
            .iter()
            .find(|cell| cell.selected)
            .or_else(|| roster.first())
            .cloned()
    });
    move || {
        cell.get().map(|cell| {
            let id = cell.token.execution.clone();
            let actions = cell.why.map(|why| {
                let first = why.actions.into_iter().next().map(|(label, command)| {
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
