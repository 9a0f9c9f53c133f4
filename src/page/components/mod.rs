//! The components: each draws one part of the [`PageView`] and says what the person did as a [`Command`]. One idea
//! per file. They hold only what belongs to this screen and to nobody else: which call-out is open, which tab is
//! in front, where the keyboard is in the picture.
//!
//! Life cycle: [`mount`] puts the page into an element and returns a [`Mounted`]; setting the signal redraws what
//! differs (a memo per region, per stage and per list row compares before anything is drawn); dropping the
//! [`Mounted`] takes the page away with its listeners.
//!
//! Positions and sizes go into SVG attributes or into custom properties through the style object: the page's
//! content policy will forbid style attributes.

mod app_bar;
mod approval;
mod banner;
mod bay;
mod call;
mod callout;
mod check;
mod clock_bar;
mod context;
mod copy;
mod delete_dialog;
mod details;
mod dom;
mod drive;
mod edit;
mod empty;
mod facts;
mod form;
mod gate;
mod icon;
mod import_dialog;
mod jobs;
mod keyboard;
mod keys_dialog;
mod lanes;
mod memo;
mod menu;
mod modal;
mod motion;
mod news;
mod operate;
mod palette;
mod parts;
mod picture;
mod roster;
mod rule;
mod say;
mod sections;
mod settings_dialog;
mod sight;
mod soon;
mod stage;
mod tabs;
mod tile;
mod timeline;
mod token;
mod why;
mod worlds;

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::command::Command;
use super::view::PageView;
use context::Page;

/// A page that stands in an element. Dropping it takes the page away; [`Mounted::keep`] leaves it for good.
#[must_use = "dropping it takes the page away"]
pub struct Mounted(Box<dyn std::any::Any>);

impl Mounted {
    /// Leaves the page where it is until the tab closes.
    pub fn keep(self) {
        std::mem::forget(self.0);
    }
}

/// Puts the page into `parent`. It draws whatever `view` holds, whenever it is set, and calls `perform` for
/// everything the person does; `perform` may set `view` before it returns.
pub fn mount(
    parent: web_sys::Element,
    view: ArcRwSignal<PageView>,
    perform: Rc<dyn Fn(Command)>,
) -> Mounted {
    let parent: web_sys::HtmlElement = parent.unchecked_into();
    Mounted(Box::new(mount_to(parent, move || page(view, perform))))
}

/// The regions, in reading order.
fn page(view: ArcRwSignal<PageView>, perform: Rc<dyn Fn(Command)>) -> impl IntoView {
    let page = Page::new(view, perform);
    keyboard::listen(page);
    let screen = page.part(|view| view.screen);
    let classes = move || {
        format!(
            "page dock-{} tab-{} dock-tab-{} {}",
            page.dock.get().class(),
            page.tab.get().class(),
            page.dock_tab.get().class(),
            edit::screen_class(screen.get()),
        )
    };
    view! {
        <div class=classes>
            {app_bar::app_bar(page)}
            {banner::banner(page)}
            {roster::roster(page)}
            {say::say(page)}
            {picture::picture(page)}
            {clock_bar::clock_bar(page)}
            <div class="dock">
                {tabs::dock_tabs(page)}
                {timeline::timeline(page)}
                {facts::facts(page)}
                {details::details(page)}
            </div>
            {tabs::tabs(page)}
            {jobs::jobs(page)}
            {edit::editor(page)}
            {callout::callout(page)}
            {worlds::gallery(page)}
            {import_dialog::import_dialog(page)}
            {delete_dialog::delete_dialog(page)}
            {drive::dialog(page)}
            {operate::dialog(page)}
            {keys_dialog::keys_dialog(page)}
            {settings_dialog::settings_dialog(page)}
            {palette::palette(page)}
            {news::news(page)}
        </div>
    }
}
