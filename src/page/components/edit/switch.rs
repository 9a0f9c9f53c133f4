//! The switch between the views of a pipeline, in the app bar.

use leptos::prelude::*;

use crate::page::command::Command;
use crate::page::components::context::Page;
use crate::page::components::menu::Item;
use crate::page::edit::EditCommand;
use crate::page::view::Screen;
use crate::page::words::edit as words;

/// One button per view.
pub(in crate::page::components) fn switch(page: Page) -> impl IntoView {
    let screen = page.part(|view| view.screen);
    let kept = page.part(|view| view.kept_draft);
    let buttons = Screen::ALL.into_iter().map(move |one| {
        let (label, key) = match one {
            Screen::Picture => (words::PICTURE, None),
            Screen::Jobs => (words::JOBS, Some("J")),
            Screen::Edit => (words::EDIT, Some("E")),
        };
        let mark = move || {
            (one == Screen::Edit && kept.get()).then(|| {
                view! { <span class="unsaved" aria-hidden="true"></span><span class="aside">{words::UNSAVED}</span> }
            })
        };
        view! {
            <button type="button" aria-pressed=move || if screen.get() == one { "true" } else { "false" }
                aria-keyshortcuts=key on:click=move |_| page.perform(Command::Show(one))>{label}{mark}</button>
        }
    });
    view! { <div class="screens" role="group" aria-label=words::SWITCH>{buttons.collect_view()}</div> }
}

/// "New pipeline…" in the menu of pipelines.
pub(in crate::page::components) fn new_item(page: Page) -> Item {
    Item::new(words::NEW, move || {
        page.perform(Command::Edit(EditCommand::New));
    })
    .apart()
}
