//! A text to read and to copy.

use leptos::prelude::*;

use super::icon::symbol;
use crate::page::words::details as words;

/// The button that copies a text; for a moment it says that it did.
pub(super) fn copy(text: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let write = move |_| {
        let text = text.clone();
        leptos::task::spawn_local(async move {
            let written = wasm_bindgen_futures::JsFuture::from(
                window().navigator().clipboard().write_text(&text),
            )
            .await;
            copied.set(written.is_ok());
        });
    };
    view! {
        <button type="button" class="button small" on:click=write>
            {symbol("#i-copy")}{move || if copied.get() { words::COPIED } else { words::COPY }}
        </button>
    }
}
