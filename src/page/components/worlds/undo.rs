//! What was done to a world, and the way back. It stays until it is read, however long that takes.

use leptos::prelude::*;

use super::super::context::Page;
use super::super::icon::symbol;
use super::tell;
use crate::page::command::WorldsCommand;
use crate::page::words::worlds as words;

/// The offer to take back, while there is one.
pub(in super::super) fn undo(page: Page) -> impl IntoView {
    let undo = page.part(|view| view.worlds.undo.clone());
    move || {
        undo.get().map(|undo| {
            view! {
                <section class="banner news undo" role="status">
                    {symbol("#i-info")}<p>{undo.text}</p>
                    <button type="button" class="button" on:click=move |_| tell(page, WorldsCommand::Undo)>{words::UNDO}</button>
                    <button type="button" class="button quiet" on:click=move |_| tell(page, WorldsCommand::Keep)>{words::DISMISS}</button>
                </section>
            }
        })
    }
}
