//! Where the page is narrow, one region at a time: the tabs at the lower edge.

use leptos::prelude::*;

use super::context::{Page, Tab};
use crate::page::words::tabs as words;

/// The tabs; hidden by style where all regions have room.
pub(super) fn tabs(page: Page) -> impl IntoView {
    let tabs = [
        (Tab::Picture, words::PICTURE),
        (Tab::Facts, words::FACTS),
        (Tab::Details, words::DETAILS),
    ];
    let buttons = tabs.into_iter().map(move |(tab, label)| {
        view! {
            <button type="button" aria-current=move || (page.tab.get() == tab).then_some("page") on:click=move |_| page.tab.set(tab)>{label}</button>
        }
    });
    view! { <nav class="tabs" aria-label=words::LABEL>{buttons.collect_view()}</nav> }
}
