//! The form of what is chosen: its fields in order, what can be added, where it can be moved.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Editor;
use crate::page::components::dom;
use crate::page::components::form::entries;
use crate::page::components::menu::{Item, Named, menu};
use crate::page::view::Press;
use crate::page::words::edit as words;

pub(super) fn form(editor: Editor) -> impl IntoView {
    let title = editor.part(|edit| edit.form.title.clone());
    let movable = editor.part(|edit| !edit.form.moves.is_empty());
    let remove = editor.part(|edit| edit.form.remove.clone());
    let broken = editor.part(|edit| edit.broken.is_some());
    let items = editor.part(|edit| edit.form.items.clone());
    view! {
        <section class="draft-form" aria-label=words::FORM inert=broken>
            <header>
                <h2>{title}</h2>
                {move || movable.get().then(|| menu("button quiet", words::MOVE, Named::ByFace, || words::MOVE, move || moves(editor)))}
                {move || remove.get().map(|press| {
                    view! {
                        <button type="button" class="button quiet" aria-label=press.label
                            on:click=move |_| editor.change(press.change.clone())>{words::REMOVE}</button>
                    }
                })}
            </header>
            <div class="fields">{entries(editor.asking(), items)}</div>
        </section>
    }
}

fn moves(editor: Editor) -> Vec<Item> {
    let moves = editor.page.view.with_untracked(|view| {
        let edit = view.edit.as_deref();
        edit.map(|edit| edit.form.moves.clone()).unwrap_or_default()
    });
    let items = moves
        .into_iter()
        .map(|Press { label, change }| Item::new(label, move || editor.change(change.clone())));
    items.collect()
}

/// Puts the keyboard into the field at a pointer, else into the one around it, else into the first.
pub(super) fn focus_field(at: &str) {
    let Some(body) = document().body() else {
        return;
    };
    let mut at = at.to_owned();
    loop {
        if let Some(found) = dom::with_attribute(&body, "data-field", &at) {
            dom::focus(found.unchecked_ref::<HtmlElement>());
            return;
        }
        match at.rfind('/') {
            Some(end) if end > 0 => at.truncate(end),
            _ => return focus_first(),
        }
    }
}

/// Puts the keyboard into the first field.
pub(super) fn focus_first() {
    let first = document()
        .query_selector(".draft-form [data-field]")
        .ok()
        .flatten();
    if let Some(first) = first {
        dom::focus(first.unchecked_ref::<HtmlElement>());
    }
}
