//! The form of what is chosen: its fields in order, what can be added, where it can be moved.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Editor;
use super::field::{field, findings};
use crate::page::components::context::element;
use crate::page::components::dom;
use crate::page::components::icon::symbol;
use crate::page::components::memo::Memo;
use crate::page::components::menu::{Item, Named, menu};
use crate::page::view::{FormItem, Press};
use crate::page::words::edit as words;

pub(super) fn form(editor: Editor) -> impl IntoView {
    let title = editor.part(|edit| edit.form.title.clone());
    let movable = editor.part(|edit| !edit.form.moves.is_empty());
    let remove = editor.part(|edit| edit.form.remove.clone());
    let broken = editor.part(|edit| edit.broken.is_some());
    let items = editor.part(|edit| edit.form.items.clone());
    // Two of a kind are told apart by their number.
    let keyed = move || {
        let mut met = std::collections::BTreeMap::new();
        let keyed = items.get().into_iter().map(|item| {
            let key = item.key();
            let count = met
                .entry(key.clone())
                .and_modify(|count| *count += 1)
                .or_insert(0_u32);
            ((key, *count), item)
        });
        keyed.collect::<Vec<_>>()
    };
    let keyed = Memo::new(move |_| keyed());
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
            <div class="fields">
                <For each=move || keyed.get() key=|(key, _)| key.clone()
                    children=move |(key, first)| {
                        let item = element(first, move || {
                            keyed.with(|items| items.iter().find(|(one, _)| *one == key).map(|(_, item)| item.clone()))
                        });
                        one(editor, item)
                    }/>
            </div>
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

/// One line. What it is never changes while it stands; what it says does.
fn one(editor: Editor, item: Memo<FormItem>) -> AnyView {
    match item.get_untracked() {
        FormItem::Field(first) => {
            let asked = Memo::new(move |_| match item.get() {
                FormItem::Field(field) => field,
                _ => first.clone(),
            });
            field(editor, asked).into_any()
        }
        FormItem::Add(Press { label, change }) => view! {
            <button type="button" class="button small add" on:click=move |_| editor.change(change.clone())>
                {symbol("#i-plus")}{label}
            </button>
        }
        .into_any(),
        FormItem::Group { title, level, .. } => {
            let class = format!("group level-{level}");
            let said = move || match item.get() {
                FormItem::Group { findings, .. } => findings.into_iter().map(|one| (one.error.is_empty(), one)).collect(),
                _ => Vec::new(),
            };
            let remove = move || match item.get() {
                FormItem::Group { remove: Some(press), .. } => Some(view! {
                    <button type="button" class="button quiet small" aria-label=press.label
                        on:click=move |_| editor.change(press.change.clone())>{words::REMOVE}</button>
                }),
                _ => None,
            };
            let heading = (!title.is_empty()).then(|| view! { <h3>{title}</h3> });
            view! {
                <div class=class>{heading}{remove}</div>
                {move || findings(editor, said())}
            }
            .into_any()
        }
    }
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
