//! The editor: the bar over it, the line of the draft, the form of what is chosen, the text. They draw an
//! [`EditView`](crate::page::view::EditView) and say what the person did; nothing is decided here.
//!
//! Of its own the editor holds where the keyboard is in the line, what is being dragged, where something is to be
//! added, and which part is in front where there is room for one.

mod adding;
mod bar;
mod form;
mod json;
pub(super) mod keys;
mod line;
mod switch;

use std::sync::Arc;

use leptos::prelude::*;

use super::context::Page;
use super::form::Asking;
use crate::page::command::Command;
use crate::page::components::memo::Memo;
use crate::page::edit::{Change, Chosen, EditCommand};
use crate::page::view::{EditView, Screen};
use crate::page::words::edit as words;
pub(super) use switch::{new_item, switch};

/// The class of the page that shows a view.
pub(super) fn screen_class(screen: Screen) -> &'static str {
    match screen {
        Screen::Picture => "screen-picture",
        Screen::Jobs => "screen-jobs",
        Screen::Edit => "screen-edit",
    }
}

/// Whether the editor is shown.
pub(super) fn is_open(page: Page) -> bool {
    page.view.with_untracked(|view| view.edit.is_some())
}

/// The editor as its parts see it.
#[derive(Clone, Copy)]
struct Editor {
    page: Page,
    /// The view, which changes when the draft does and not in every frame.
    shown: Memo<Shown>,
    /// What is being changed: asked by every tile.
    chosen: Memo<Chosen>,
    /// Where the keyboard is in the line.
    spot: RwSignal<Option<String>>,
    /// What is being dragged.
    dragged: RwSignal<Option<Chosen>>,
    /// Where something is to be added, while it is asked what.
    adding: RwSignal<Option<adding::Adding>>,
    /// The part in front where there is room for one.
    pane: RwSignal<Pane>,
}

/// A view that is another one when it was built anew. Comparing what is in it would cost more than drawing it.
#[derive(Clone)]
struct Shown(Option<Arc<EditView>>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

/// Parts that share the screen where it is narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Picture,
    Form,
    Json,
}

impl Editor {
    /// A part of the view that redraws alone.
    fn part<T>(self, pick: impl Fn(&EditView) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        let shown = self.shown;
        Memo::new(move |_| shown.with(|shown| shown.0.as_deref().map(&pick).unwrap_or_default()))
    }

    fn tell(self, command: EditCommand) {
        self.page.perform(Command::Edit(command));
    }

    fn change(self, change: Change) {
        self.tell(EditCommand::Change(change));
    }

    /// What its form does.
    fn asking(self) -> Asking {
        Asking {
            prefix: "field",
            fill: Callback::new(move |(at, text)| self.tell(EditCommand::Fill { at, text })),
            change: Callback::new(move |change| self.change(change)),
            fold: Callback::new(|_| {}),
        }
    }

    /// Chooses a thing; where there is room for one part, its form comes to the front.
    fn choose(self, chosen: Chosen) {
        if super::dom::narrow() {
            self.pane.set(Pane::Form);
        }
        self.tell(EditCommand::Choose(chosen));
    }
}

/// The editor, while it is shown.
pub(super) fn editor(page: Page) -> impl IntoView {
    let open = page.part(|view| view.edit.is_some());
    let shown = page.part(|view| Shown(view.edit.clone()));
    let chosen = Memo::new(move |_| {
        shown.with(|shown| shown.0.as_ref().map(|edit| edit.chosen).unwrap_or_default())
    });
    let editor = Editor {
        page,
        shown,
        chosen,
        spot: RwSignal::new(None),
        dragged: RwSignal::new(None),
        adding: RwSignal::new(None),
        pane: RwSignal::new(Pane::Picture),
    };
    move || open.get().then(|| parts(editor))
}

fn parts(editor: Editor) -> impl IntoView {
    let broken = editor.part(|edit| edit.broken.is_some());
    let name = editor.part(|edit| edit.name.clone());
    let classes = move || {
        let pane = match editor.pane.get() {
            Pane::Picture => "pane-picture",
            Pane::Form => "pane-form",
            Pane::Json => "pane-json",
        };
        format!("editor {pane}{}", if broken.get() { " broken" } else { "" })
    };
    let tabs = [
        (Pane::Picture, words::PICTURE),
        (Pane::Form, words::FORM),
        (Pane::Json, words::JSON),
    ];
    let tabs = tabs.into_iter().map(|(pane, label)| {
        view! {
            <button type="button" aria-current=move || (editor.pane.get() == pane).then_some("page")
                on:click=move |_| editor.pane.set(pane)>{label}</button>
        }
    });
    view! {
        <main class=classes aria-label=move || words::picture(&name.get())>
            {bar::bar(editor)}
            {line::line(editor)}
            <div class="split">
                {form::form(editor)}
                {json::json(editor)}
            </div>
            {adding::adding(editor)}
            <nav class="draft-tabs" aria-label=words::PANES>{tabs.collect_view()}</nav>
        </main>
    }
}
