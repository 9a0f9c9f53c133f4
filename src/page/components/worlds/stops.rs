//! What the clock stops at, as a menu of the clock bar, and why it stopped.

use leptos::prelude::*;

use super::super::context::Page;
use super::super::menu::{Item, Named, menu};
use super::tell;
use crate::api::stops::Stop;
use crate::page::command::WorldsCommand;
use crate::page::words::worlds as words;

/// The menu. Its button says how many kinds are chosen.
pub(in super::super) fn stop_menu(page: Page) -> impl IntoView {
    // To rest is not to stop: it goes on by itself.
    let count = page.part(|view| {
        let chosen = view.worlds.stops.iter().filter(|stop| stop.chosen);
        chosen.filter(|stop| stop.stop != Stop::Idle).count()
    });
    menu(
        "button stops",
        words::STOP_AT_MENU,
        Named::ByFace,
        move || view! { <span class="text">{move || words::stops_chosen(count.get())}</span> },
        move || items(page),
    )
}

fn items(page: Page) -> Vec<Item> {
    let stops = page.view.with_untracked(|view| view.worlds.stops.clone());
    let item = |stop: crate::page::view::StopView| {
        let kind = stop.stop;
        let chosen = page.part(move |view| {
            let mut stops = view.worlds.stops.iter();
            stops.any(|stop| stop.stop == kind && stop.chosen)
        });
        let press = move || tell(page, WorldsCommand::StopAt(kind, !chosen.get_untracked()));
        Item::new(stop.label, press).checked(chosen)
    };
    stops.into_iter().map(item).collect()
}

/// Why the clock stopped, where the bar has no room for what comes next; and said aloud, as is that it rests.
pub(in super::super) fn stopped(page: Page) -> impl IntoView {
    let said = page.part(|view| view.worlds.stopped.clone());
    let rests = page.part(|view| view.clock.rests.clone());
    view! {
        {move || said.get().map(|said| view! { <p class="stopped">{said}</p> })}
        <p class="aside" role="status" aria-live="polite">{move || said.get().or_else(|| rests.get())}</p>
    }
}
