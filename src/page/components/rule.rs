//! The rule that decides something: its sentence, and under it what its number is and how it is known.

use leptos::prelude::*;

use crate::engine::sentences;
use crate::page::text::rule as text;

/// A rule by its sentence and its id.
pub(super) fn rule((sentence, id): (String, String)) -> impl IntoView {
    let source = text::source(&id, sentences::known(&id).unwrap_or_default());
    view! { <p class="rule">{sentence}" "<span class="source">{source}</span></p> }
}
