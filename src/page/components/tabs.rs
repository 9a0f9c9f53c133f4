//! Where the page is narrow, one region at a time: the tabs at the lower edge. Where it is less wide than it might be,
//! the timeline and the facts share one place of the dock.

use leptos::prelude::*;

use super::context::{DockTab, Page, Tab};
use crate::page::view::Screen;
use crate::page::words::tabs as words;

/// The tabs; hidden by style where all regions have room.
pub(super) fn tabs(page: Page) -> impl IntoView {
    let jobs = page.part(|view| view.screen == Screen::Jobs);
    // Whoever comes into another world looks at its picture first.
    let world = page.part(|view| view.world.name.clone());
    Effect::new(move |before: Option<String>| {
        let now = world.get();
        if before.is_some_and(|before| before != now) {
            page.tab.set(Tab::Picture);
        }
        now
    });
    let buttons = move || {
        let tabs = if jobs.get() {
            [
                (Tab::Picture, words::JOBS),
                (Tab::Workers, words::WORKERS),
                (Tab::Play, words::PLAY),
                (Tab::Details, words::DETAILS),
            ]
        } else {
            [
                (Tab::Picture, words::PICTURE),
                (Tab::Timeline, words::TIMELINE),
                (Tab::Facts, words::FACTS),
                (Tab::Details, words::DETAILS),
            ]
        };
        tabs.into_iter().map(move |(tab, label)| {
            view! {
                <button type="button" aria-current=move || (page.tab.get() == tab).then_some("page") on:click=move |_| page.tab.set(tab)>{label}</button>
            }
        })
        .collect_view()
    };
    view! { <nav class="tabs" aria-label=words::LABEL>{buttons}</nav> }
}

/// Which of the two the dock shows; hidden by style where both have room.
pub(super) fn dock_tabs(page: Page) -> impl IntoView {
    let tabs = [
        (DockTab::Timeline, words::TIMELINE),
        (DockTab::Facts, words::FACTS),
    ];
    let buttons = tabs.into_iter().map(move |(tab, label)| {
        view! {
            <button type="button" aria-current=move || (page.dock_tab.get() == tab).then_some("true") on:click=move |_| page.dock_tab.set(tab)>{label}</button>
        }
    });
    view! { <nav class="dock-tabs" aria-label=words::DOCK>{buttons.collect_view()}</nav> }
}
