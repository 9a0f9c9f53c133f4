//! What to watch in a world of the gallery: a sentence in the free space of the picture, and the way back to its
//! beginning.

use leptos::prelude::*;

use super::super::context::Page;
use super::tell;
use crate::page::command::WorldsCommand;
use crate::page::words::worlds as words;

/// The sentence, while a world of the gallery is in front.
pub(in super::super) fn watch(page: Page) -> impl IntoView {
    let lesson = page.part(|view| view.worlds.lesson.clone());
    move || {
        lesson.get().map(|lesson| {
            view! {
                <section class="hint watch" aria-label=lesson.title>
                    <p><b>{words::WATCH}</b>" "{lesson.watch}</p>
                    <button type="button" class="button small" on:click=move |_| tell(page, WorldsCommand::StartOver)>{words::START_OVER}</button>
                </section>
            }
        })
    }
}
