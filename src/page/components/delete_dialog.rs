//! Deleting a pipeline ends what runs in it, so it says so first.

use leptos::prelude::*;

use super::context::{Dialog, Page};
use super::modal::modal;
use crate::page::command::Command;
use crate::page::components::memo::Memo;
use crate::page::words::delete as words;

/// The question.
pub(super) fn delete_dialog(page: Page) -> impl IntoView {
    let name = Memo::new(move |_| match page.dialog.get() {
        Some(Dialog::Delete(name)) => Some(name),
        _ => None,
    });
    let close = move || page.dialog.set(None);
    let content = move || {
        let name = name.get_untracked().unwrap_or_default();
        let text = words::text(&name);
        view! {
            <header><h2>{words::TITLE}</h2></header>
            <div class="body">
                <p>{text}</p>
                <div class="actions">
                    <button type="button" class="button filled" on:click=move |_| close()>{words::CANCEL}</button>
                    <button type="button" class="button"
                        on:click=move |_| { close(); page.perform(Command::DeletePipeline(name.clone())) }>{words::CONFIRM}</button>
                </div>
            </div>
        }
    };
    modal(
        "dialog",
        words::TITLE,
        Signal::derive(move || name.with(Option::is_some)),
        close,
        content,
    )
}
