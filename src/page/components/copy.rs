//! A text to read and to copy.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::symbol;
use super::soon::Here;
use crate::page::words::details as words;

/// How long the button says that it did.
const MOMENT: Duration = Duration::from_secs(4);

/// The button that copies a text; for a moment it says that it did.
pub(super) fn copy(text: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let here = Here::new();
    let write = move |_| {
        let text = text.clone();
        leptos::task::spawn_local(async move {
            let written = wasm_bindgen_futures::JsFuture::from(
                window().navigator().clipboard().write_text(&text),
            )
            .await;
            here.act(move || copied.set(written.is_ok()));
            here.after(MOMENT, move || copied.set(false));
        });
    };
    view! {
        <button type="button" class="button small" on:click=write>
            {symbol("#i-copy")}{move || if copied.get() { words::COPIED } else { words::COPY }}
        </button>
    }
}
