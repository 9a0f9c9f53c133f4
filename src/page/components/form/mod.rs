//! FORMS. Pieces of which any form is made: a field with its label, "required" in words, its help, and its live check
//! under it. They draw a [`FormField`] and say what was filled in; they know no question by name, and keep nothing.
//!
//! Two kinds: [`fields()`] for a form of a few questions, and [`entries()`] for one that is made from shapes.

mod entries;
mod entry;
mod field;

use leptos::prelude::*;

use super::context::element;
use crate::page::components::memo::Memo;
use crate::page::edit::Change;
use crate::page::view::{FormField, FormInput};

pub(super) use entries::entries;

/// What a form made from shapes does.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    /// What the ids of its fields begin with: two forms may stand on a page.
    pub prefix: &'static str,
    /// A field was filled in: where, and with what.
    pub fill: Callback<(String, String)>,
    /// Something is added or taken away.
    pub change: Callback<Change>,
    /// A part is folded or unfolded.
    pub fold: Callback<String>,
}

/// A field was filled in: which, and with what.
pub(super) type Filled = Callback<(String, String)>;

/// The fields of a form. Each redraws alone, so that nobody loses what they type. The first has the focus when the form
/// opens, if the form is to be `entered` there.
pub(super) fn fields(fields: Memo<Vec<FormField>>, filled: Filled, entered: bool) -> impl IntoView {
    let first = fields.with_untracked(|fields| fields.first().map(|field| field.id.clone()));
    let first = first.filter(|_| entered);
    view! {
        <For each=move || fields.get() key=key children=move |one| {
            let id = one.id.clone();
            let front = first.as_ref() == Some(&id);
            let now = element(one, move || {
                fields.with(|fields| fields.iter().find(|field| field.id == id).cloned())
            });
            field::field(now, filled, front)
        }/>
    }
}

/// A field that is filled in another way is another field.
fn key(field: &FormField) -> String {
    let kind = match field.input {
        FormInput::Text { lines: 1, .. } => "line",
        FormInput::Text { .. } => "text",
        FormInput::Options(_) => "options",
        FormInput::Select(_) => "select",
    };
    format!("{kind} {}", field.id)
}
