//! A world without a pipeline: an empty block on the line and the ways in.

use leptos::prelude::*;

use super::context::Page;
use crate::page::command::{Command, WorldsCommand};
use crate::page::edit::EditCommand;
use crate::page::words::{bar, edit, empty as words, worlds};

/// Stands in place of the picture.
pub(super) fn empty(page: Page) -> impl IntoView {
    view! {
        <div class="empty-world">
            <svg viewBox="0 0 400 56" aria-hidden="true">
                <path class="track" d="M0 28H150M250 28H400"/><rect class="block" x="150" y="2" width="100" height="52" rx="6"/>
            </svg>
            <h2>{words::TITLE}</h2>
            <p>{words::BEFORE}<code>{words::CALL}</code>{words::AFTER}</p>
            <div class="actions">
                <button type="button" class="button filled" on:click=move |_| page.perform(Command::Worlds(WorldsCommand::OpenGallery))>{worlds::OPEN_ONE}</button>
                <button type="button" class="button" on:click=move |_| page.perform(Command::OpenImport)>{bar::IMPORT}</button>
                <button type="button" class="button" on:click=move |_| page.perform(Command::Edit(EditCommand::New))>{edit::NEW}</button>
            </div>
        </div>
    }
}
