//! The keys of the page.

use leptos::prelude::*;

use super::context::{Dialog, Page};
use super::icon::symbol;
use super::modal::modal;
use crate::page::words::keys as words;

/// The list of keys, opened with "?".
pub(super) fn keys_dialog(page: Page) -> impl IntoView {
    let close = move || page.dialog.set(None);
    let content = move || {
        let rows = words::LIST.iter().map(|(keys, what)| {
            let keys: Vec<_> = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect();
            view! { <dt>{keys}</dt><dd>{*what}</dd> }
        });
        view! {
            <header>
                <h2>{words::TITLE}</h2>
                <button type="button" class="button quiet square" aria-label=words::CLOSE on:click=move |_| close()>{symbol("#i-close")}</button>
            </header>
            <div class="body">
                <dl class="keys">{rows.collect_view()}</dl>
                <p class="help">{words::NOTE}</p>
            </div>
        }
    };
    let open = Signal::derive(move || page.dialog.get() == Some(Dialog::Keys));
    modal("dialog", words::TITLE, open, close, content)
}
