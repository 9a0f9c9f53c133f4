//! The palette: a field to type into, and under it everything that fits. The focus stays in the field; arrows choose a
//! row, Enter does it, Esc closes. What cannot be done now can be reached, says why, and does nothing.
//!
//! The entries are those of the moment at which it was opened, so that nothing jumps under the arrow; whether a command
//! can still be done is asked when it is done.

use leptos::{html, prelude::*};
use web_sys::KeyboardEvent;

use super::context::{Dialog, Page};
use super::icon::symbol;
use super::memo::Memo;
use super::modal::modal;
use super::sight::{pan, seen};
use super::soon::Here;
use super::token::{Size, token};
use super::{dom, keyboard, timeline};
use crate::page::command::Command;
use crate::page::palette::{Act, Entry, Row, ScreenAct, entries, find};
use crate::page::view::Selection;
use crate::page::words::settings as words;

/// By how many rows a page moves.
const PAGE: usize = 8;

/// Height of a heading in rem.
const HEADING: f64 = 1.875;

/// The dialog.
pub(super) fn palette(page: Page) -> impl IntoView {
    let open = Signal::derive(move || page.dialog.get() == Some(Dialog::Palette));
    let close = move || page.dialog.set(None);
    // Of the page and not of the dialog, which is gone when what was chosen is done.
    let here = Here::new();
    modal("dialog palette", words::COMMANDS, open, close, move || {
        content(page, here)
    })
}

fn content(page: Page, here: Here) -> impl IntoView {
    let all = StoredValue::new_local(page.view.with_untracked(entries));
    let query = RwSignal::new(String::new());
    let rows = Memo::new(move |_| all.with_value(|all| query.with(|query| find(all, query))));
    let at = RwSignal::new(0_usize);
    let list: NodeRef<html::Div> = NodeRef::new();
    let choose = move |to: usize| {
        at.set(to);
        // After the row was marked.
        super::soon::next_frame(bring_into_sight);
    };
    let act = move |place: usize| {
        let entry = rows.with_untracked(|rows| rows.get(place).map(|row| row.entry.clone()));
        let Some(entry) = entry.filter(|entry| entry.refused.is_none()) else {
            return;
        };
        page.dialog.set(None);
        // The dialog has closed by then, and the focus is where it was.
        here.next_frame(move || perform(page, entry));
    };
    let keys = move |event: KeyboardEvent| {
        let count = rows.with_untracked(Vec::len);
        let now = at.get_untracked();
        let last = count.saturating_sub(1);
        let to = match event.key().as_str() {
            "ArrowDown" if now >= last => 0,
            "ArrowDown" => now + 1,
            "ArrowUp" if now == 0 => last,
            "ArrowUp" => now - 1,
            "PageDown" => (now + PAGE).min(last),
            "PageUp" => now.saturating_sub(PAGE),
            "Enter" => {
                event.prevent_default();
                return act(now);
            }
            _ => return,
        };
        event.prevent_default();
        choose(to);
    };
    let typed = move |event| {
        query.set(event_target_value(&event));
        at.set(0);
        if let Some(list) = list.get_untracked() {
            list.set_scroll_top(0);
        }
    };
    let drawn = move || groups(rows.get(), at, Callback::new(act));
    let count = move || words::count(rows.with(Vec::len));
    view! {
        <div class="palette-search">
            {symbol("#i-search")}
            <input type="text" role="combobox" autofocus=true aria-label=words::SEARCH placeholder=words::SEARCH
                aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" spellcheck="false"
                aria-activedescendant=move || rows.with(|rows| !rows.is_empty()).then(|| row_id(at.get()))
                on:input=typed on:keydown=keys/>
            <button type="button" class="button quiet square" aria-label=words::CLOSE on:click=move |_| page.dialog.set(None)>{symbol("#i-close")}</button>
        </div>
        <div class="palette-list" id="palette-list" role="listbox" aria-label=words::LIST node_ref=list>{drawn}</div>
        <p class="palette-count" role="status">{count}</p>
    }
}

/// Scrolls the list as far as the chosen row needs, with its heading where one stands over it.
fn bring_into_sight() {
    let found = dom::first(".palette-list").zip(dom::first(".palette [aria-selected=true]"));
    let Some((list, row)) = found else { return };
    let (around, own) = (dom::rect(&list), dom::rect(&row));
    let above = around.y + HEADING * dom::root_size() - own.y;
    let below = own.y + own.height - around.y - around.height;
    let by = if above > 0.0 { -above } else { below.max(0.0) };
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
    list.set_scroll_top(list.scroll_top() + by.ceil() as i32);
}

fn row_id(place: usize) -> String {
    format!("command-{place}")
}

/// The rows under their headings.
fn groups(rows: Vec<Row>, at: RwSignal<usize>, act: Callback<usize>) -> impl IntoView {
    let mut groups: Vec<(&'static str, Vec<AnyView>)> = Vec::new();
    for (place, one) in rows.into_iter().enumerate() {
        let heading = one.heading;
        let drawn = row(place, one, at, act).into_any();
        match (heading, groups.last_mut()) {
            (None, Some((_, list))) => list.push(drawn),
            (heading, _) => groups.push((heading.unwrap_or_default(), vec![drawn])),
        }
    }
    let groups = groups.into_iter().map(|(heading, rows)| {
        view! {
            <div role="group" aria-label=heading>
                <p class="heading" aria-hidden="true">{heading}</p>
                {rows}
            </div>
        }
    });
    groups.collect_view()
}

fn row(place: usize, row: Row, at: RwSignal<usize>, act: Callback<usize>) -> impl IntoView {
    let Entry {
        note,
        key,
        token: who,
        refused,
        ..
    } = row.entry;
    let label = row.label.into_iter().map(|(meant, piece)| {
        if meant {
            view! { <mark>{piece}</mark> }.into_any()
        } else {
            piece.into_any()
        }
    });
    let keys = key
        .split(' ')
        .filter(|key| !key.is_empty())
        .map(|key| view! { <kbd>{key}</kbd> });
    let closed = refused.is_some();
    view! {
        <div class="command" role="option" id=row_id(place) aria-disabled=closed.then_some("true")
            aria-selected=move || if at.get() == place { "true" } else { "false" }
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| { at.set(place); act.run(place) }>
            <span class="sign">{who.map(|who| token(&who, Size::Small))}</span>
            <span class="words">
                <span class="label">{label.collect_view()}</span>
                {refused.map(|why| view! { <span class="refused">{why}</span> })}
            </span>
            <span class="note">{note}</span>
            <span class="keys-of">{keys.collect_view()}</span>
        </div>
    }
}

/// Does what was chosen.
fn perform(page: Page, entry: Entry) {
    match entry.act {
        Act::Command(command) => match *command {
            Command::Select(selection) => go(page, selection),
            command => page.perform(command),
        },
        Act::Screen(ScreenAct::Fit) => {
            pan::fit(page);
        }
        Act::Screen(ScreenAct::Follow(id)) => {
            page.select(Selection::Execution(id.clone()));
            seen::follow(page, &id);
        }
        Act::Screen(ScreenAct::Why) => {
            keyboard::why(page, None);
        }
        Act::Screen(ScreenAct::Timeline) => timeline::focus(page),
        Act::Screen(ScreenAct::Keys) => page.dialog.set(Some(Dialog::Keys)),
        Act::Screen(ScreenAct::Settings) => page.dialog.set(Some(Dialog::Settings)),
        Act::Screen(ScreenAct::Delete(name)) => page.dialog.set(Some(Dialog::Delete(name))),
        Act::Screen(ScreenAct::Lower) => page.dock.update(|dock| *dock = dock.lower()),
        Act::Screen(ScreenAct::Higher) => page.dock.update(|dock| *dock = dock.higher()),
    }
}

/// Selects a place, and brings the keyboard there.
fn go(page: Page, selection: Selection) {
    let spot = match &selection {
        Selection::Stage(stage) => Some(super::context::spot::stage(stage)),
        Selection::Action(stage, action) => Some(super::context::spot::action(stage, action)),
        Selection::Execution(_) | Selection::Job(_) | Selection::Pipeline => None,
    };
    let cell = match &selection {
        Selection::Execution(id) => Some(id.clone()),
        _ => None,
    };
    page.select(selection);
    super::soon::next_frame(move || {
        let found = match (spot, cell) {
            (Some(spot), _) => {
                dom::picture().and_then(|picture| dom::with_attribute(&picture, "data-spot", &spot))
            }
            (None, Some(cell)) => document()
                .body()
                .and_then(|body| dom::with_attribute(&body, "data-roster", &cell)),
            (None, None) => None,
        };
        let found = found.and_then(|found| wasm_bindgen::JsCast::dyn_into(found).ok());
        if let Some(found) = found {
            dom::focus(&found);
        }
    });
}
