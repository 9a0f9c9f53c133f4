//! The facts: everything that happened, newest first, each with the call that caused it. A press selects the execution
//! it is about; the arrow behind it opens the fact. Only the rows that are seen are drawn: each is as high as the others.
//!
//! Whoever scrolls down reads on undisturbed: what is newer waits behind "12 new".

mod filter;
mod opened;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::context::Page;
use super::dom;
use super::icon::{icon, symbol};
use super::soon::Here;
use super::token::{Size, token};
use crate::page::command::Command;
use crate::page::signs;
use crate::page::state::facts::{FactFilter, FactsCommand};
use crate::page::view::{FactRow, Selection};
use crate::page::words::facts as words;

/// Height of a row in rem; the style sheet says the same.
const ROW: f64 = 2.75;
/// Rows that are drawn beyond either edge.
const MORE: usize = 4;

/// The pane.
pub(super) fn facts(page: Page) -> impl IntoView {
    let open = page.part(|view| view.fact_list.open.as_ref().map(|open| open.row.sequence));
    let filtering = RwSignal::new(false);
    // The list stays where it is while a fact is read, so that coming back finds it there.
    view! {
        <section class="pane facts" aria-label=words::TITLE>
            {move || open.get().map(|_| opened::opened(page))}
            <div class="facts-list" hidden=move || open.get().is_some()>
                <header><h2>{words::TITLE}</h2>{filter::button(page, filtering)}</header>
                {move || filtering.get().then(|| filter::panel(page))}
                {list(page)}
            </div>
        </section>
    }
}

fn does(page: Page, command: FactsCommand) {
    page.perform(Command::Facts(command));
}

/// The list, and what is new above it.
fn list(page: Page) -> impl IntoView {
    let rows = page.part(|view| view.facts.clone());
    let total = page.part(|view| view.fact_list.total);
    let first = page.part(|view| view.fact_list.first);
    let fresh = page.part(|view| view.fact_list.fresh.clone());
    let filtered = page.part(|view| view.fact_list.filter.is_on());
    let scroller: NodeRef<html::Div> = NodeRef::new();
    let spacer: NodeRef<html::Div> = NodeRef::new();
    Effect::new(move || {
        let (total, first) = (total.get(), first.get());
        if let Some(spacer) = spacer.get() {
            dom::property(&spacer, "--rows", &format!("{}rem", rem(total)));
            dom::property(&spacer, "--first", &format!("{}rem", rem(first)));
        }
    });
    let look = move || {
        let Some(scroller) = scroller.get_untracked() else {
            return;
        };
        let row = ROW * dom::root_size();
        let (top, height) = (
            f64::from(scroller.scroll_top()),
            f64::from(scroller.client_height()),
        );
        // Behind an open fact it has no size, and keeps its place.
        if height < 1.0 {
            return;
        }
        let (above, seen) = (whole(top / row), whole(height / row) + 2);
        does(
            page,
            FactsCommand::Rows {
                first: above.saturating_sub(MORE),
                count: seen + 2 * MORE,
                top: top < 4.0,
            },
        );
    };
    watch_size(scroller, look);
    let to_top = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
        look();
    };
    let empty = move || {
        let text = if filtered.get() {
            words::NONE
        } else {
            words::EMPTY
        };
        (total.get() == 0).then(|| {
            view! {
                <p class="empty">{text}</p>
                {filtered.get().then(|| view! {
                    <p class="empty"><button type="button" class="button small" on:click=move |_| does(page, FactsCommand::Filter(FactFilter::default()))>{words::SHOW_ALL}</button></p>
                })}
            }
        })
    };
    view! {
        <div class="facts-body">
            {move || fresh.get().map(|fresh| view! {
                <button type="button" class="button inked small fresh" on:click=to_top>{fresh}</button>
            })}
            <div class="content" node_ref=scroller tabindex="-1" on:scroll=move |_| look()>
                {empty}
                <div class="facts-rows" node_ref=spacer>
                    <ol>
                        // Numbers begin anew in another world, and a time shows its date once the day is over.
                        <For each=move || rows.get() key=shown children=move |row| fact(page, row)/>
                    </ol>
                </div>
            </div>
        </div>
    }
}

fn rem(rows: usize) -> f64 {
    f64::from(u32::try_from(rows).unwrap_or(u32::MAX)) * ROW
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rows on a screen"
)]
fn whole(rows: f64) -> usize {
    rows.max(0.0) as usize
}

/// Looks again whenever the list has another height.
fn watch_size(scroller: NodeRef<html::Div>, look: impl Fn() + Copy + 'static) {
    let here = Here::new();
    let heard = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || here.next_frame(look));
    let observer = web_sys::ResizeObserver::new(heard.as_ref().unchecked_ref()).ok();
    let held = StoredValue::new_local(Some((heard, observer)));
    scroller.on_load(move |scroller| {
        held.with_value(|held| {
            if let Some((_, Some(observer))) = held {
                observer.observe(&scroller);
            }
        });
    });
    on_cleanup(move || {
        held.update_value(|held| {
            if let Some((_, Some(observer))) = held.take() {
                observer.disconnect();
            }
        });
    });
}

/// What makes a row another one than before.
fn shown(row: &FactRow) -> (u64, [bool; 2], String, String, Option<String>) {
    (
        row.sequence,
        [row.selected, row.together],
        row.time.clone(),
        row.sentence.clone(),
        row.token.as_ref().map(|token| token.execution.clone()),
    )
}

fn fact(page: Page, row: FactRow) -> impl IntoView {
    let chosen = if row.selected { " selected" } else { "" };
    let together = if row.together { " together" } else { "" };
    let class = format!("fact{chosen}{together}");
    let sign = match (&row.token, row.icon) {
        (Some(sign), _) => Some(token(sign, Size::Small).into_any()),
        (None, Some((role, sign))) => Some(
            view! { <span class=format!("state {}", signs::role(role))>{icon(sign)}</span> }
                .into_any(),
        ),
        (None, None) => None,
    };
    let sequence = row.sequence;
    let open = words::open(&row.sentence);
    let body = view! {
        <span class="time">{row.time}</span>
        <span class="sign">{sign}</span>
        <span class="text"><b>{row.word}</b>" "{row.text}{row.call.map(|call| view! { " "<code class="call">{call}</code> })}</span>
    };
    let line = match row.token.map(|token| token.execution) {
        Some(id) => view! {
            <button type="button" class="fact-line" aria-label=row.sentence on:click=move |_| page.select(Selection::Execution(id.clone()))>{body}</button>
        }.into_any(),
        None => view! { <div class="fact-line">{body}</div> }.into_any(),
    };
    view! {
        <li class=class>{line}
            <button type="button" class="open" aria-label=open data-fact=sequence.to_string()
                on:click=move |_| does(page, FactsCommand::Open(Some(sequence)))>{symbol("#i-next")}</button>
        </li>
    }
}
