//! The timeline: bars of executions over time, and the same as a table.
//!
//! The view gives places that rarely change (see `view::timeline`), so between two facts only three things move: the
//! plot is pushed, now walks, and bars that go on grow with it. The plot is one tab stop: arrows move along the bars.

mod bars;
mod gestures;
mod table;

use std::sync::Arc;

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlElement;

use super::context::{DockTab, Page, Tab};
use super::dom;
use super::icon::symbol;
use super::soon::{self, Here};
use super::token::{Size, token};
use crate::page::command::Command;
use crate::page::components::memo::Memo;
use crate::page::state::timeline::{By, TimelineCommand};
use crate::page::view::Selection;
use crate::page::view::timeline::{Plot, Row, TimelineView};
use crate::page::words::timeline as words;

/// The timeline as its parts see it.
#[derive(Clone, Copy)]
struct Timeline {
    page: Page,
    plot: Memo<Arc<Plot>>,
    /// Where the anchor stands, from the left edge.
    shift: Memo<f64>,
    /// Where now is, from the anchor.
    now: Memo<f64>,
    by: Memo<By>,
    /// The size of the plot in units.
    size: RwSignal<(f64, f64)>,
    /// The box of the rows, which scrolls.
    rows: NodeRef<html::Div>,
}

impl Timeline {
    fn does(self, command: TimelineCommand) {
        self.page.perform(Command::Timeline(command));
    }

    fn select(self, execution: &str) {
        self.page.select(Selection::Execution(execution.to_owned()));
    }
}

/// Pixels in a unit.
fn unit() -> f64 {
    dom::root_size() / 16.0
}

/// The pane.
pub(super) fn timeline(page: Page) -> impl IntoView {
    fn number(
        page: Page,
        pick: impl Fn(&TimelineView) -> f64 + Send + Sync + 'static,
    ) -> Memo<f64> {
        page.part(move |view| view.timeline.as_ref().map_or(0.0, &pick))
    }
    let timeline = Timeline {
        page,
        plot: page.part(|view| {
            let timeline = view.timeline.as_ref();
            timeline
                .map(|timeline| Arc::clone(&timeline.plot))
                .unwrap_or_default()
        }),
        shift: number(page, |timeline| timeline.shift),
        now: number(page, |timeline| timeline.now),
        by: page.part(|view| {
            view.timeline
                .as_ref()
                .map_or(By::Stage, |timeline| timeline.by)
        }),
        size: RwSignal::new((560.0, 190.0)),
        rows: NodeRef::new(),
    };
    let empty = page.part(|view| {
        view.timeline
            .as_ref()
            .is_none_or(|timeline| timeline.plot.empty)
    });
    let table = move || timeline.by.get() == By::Table;
    view! {
        <section class="pane timeline" aria-label=words::TITLE>
            <header>
                <h2>{words::TITLE}</h2>
                {order(timeline)}
                <span class="aside-note legend">{words::LEGEND}</span>
                {tools(timeline)}
            </header>
            {move || if table() { table::table(timeline).into_any() } else { plot(timeline).into_any() }}
            {move || empty.get().then(|| view! { <p class="empty over">{words::EMPTY}</p> })}
        </section>
    }
}

/// Brings the keyboard to the timeline.
pub(super) fn focus(page: Page) {
    page.dock_tab.set(DockTab::Timeline);
    if dom::narrow() {
        page.tab.set(Tab::Timeline);
    }
    soon::next_frame(|| {
        let place = document()
            .query_selector(".time-plot, .time-table")
            .ok()
            .flatten();
        if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
            dom::focus(&place);
        }
    });
}

fn order(timeline: Timeline) -> impl IntoView {
    let orders = [
        (By::Stage, words::BY_STAGE),
        (By::Execution, words::BY_EXECUTION),
        (By::Table, words::TABLE),
    ];
    let choices = orders.into_iter().map(|(by, label)| {
        view! {
            <label><input type="radio" name="timeline-order" prop:checked=move || timeline.by.get() == by
                on:change=move |_| timeline.does(TimelineCommand::Order(by))/><span>{label}</span></label>
        }
    });
    view! {
        <fieldset class="order"><legend class="aside">{words::ORDER}</legend><div class="segments">{choices.collect_view()}</div></fieldset>
    }
}

fn tools(timeline: Timeline) -> impl IntoView {
    let page = timeline.page;
    let moved = page.part(|view| {
        view.timeline
            .as_ref()
            .is_some_and(|timeline| timeline.moved)
    });
    let folded = page.part(|view| {
        view.timeline
            .as_ref()
            .is_none_or(|timeline| !timeline.unfolded)
    });
    let zoom = move |factor: f64| timeline.does(TimelineCommand::Zoom { factor, at: None });
    view! {
        <div class="time-tools" role="group" aria-label=words::TOOLS>
            <button type="button" class="button quiet small square" aria-pressed=move || if folded.get() { "true" } else { "false" }
                aria-label=words::FOLD title=words::FOLD
                on:click=move |_| timeline.does(TimelineCommand::Unfold(folded.get_untracked()))>{symbol("#i-fold")}</button>
            <button type="button" class="button quiet small square" aria-label=words::OUT title=words::OUT
                on:click=move |_| zoom(1.0 / 1.5)>{symbol("#i-minus")}</button>
            <button type="button" class="button quiet small square" aria-label=words::IN title=words::IN
                on:click=move |_| zoom(1.5)>{symbol("#i-plus")}</button>
            <button type="button" class="button quiet small" aria-label=words::FIT_NAME aria-keyshortcuts="0" disabled=move || !moved.get()
                on:click=move |_| timeline.does(TimelineCommand::Fit)>{words::FIT}</button>
        </div>
    }
}

/// The plot: names at the left, the axis above, the bars; the rows scroll.
fn plot(timeline: Timeline) -> impl IntoView {
    let page = timeline.page;
    let label = page.part(|view| {
        let timeline = view.timeline.as_ref();
        timeline
            .map(|timeline| timeline.label.clone())
            .unwrap_or_default()
    });
    let height = Memo::new(move |_| timeline.plot.with(|plot| plot.height));
    let scroll = page.part(|view| {
        view.timeline
            .as_ref()
            .map_or(0.0, |timeline| timeline.scroll)
    });
    let names = Memo::new(move |_| timeline.plot.with(|plot| plot.rows.clone()));
    let older = Memo::new(move |_| timeline.plot.with(|plot| plot.older_note.clone()));
    let spacer: NodeRef<html::Div> = NodeRef::new();
    Effect::new(move || {
        let height = height.get();
        if let Some(spacer) = spacer.get() {
            dom::property(&spacer, "--rows", &format!("{}rem", height / 16.0));
        }
    });
    // The rows start anew where another order is shown.
    Effect::new(move || {
        let scroll = scroll.get() * unit();
        if let Some(rows) = timeline.rows.get()
            && (f64::from(rows.scroll_top()) - scroll).abs() > 1.5
        {
            #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
            rows.set_scroll_top(scroll as i32);
        }
    });
    let scrolled = move |_| {
        if let Some(rows) = timeline.rows.get_untracked() {
            timeline.does(TimelineCommand::Scroll(
                f64::from(rows.scroll_top()) / unit(),
            ));
        }
    };
    watch_size(timeline);
    view! {
        <div class="content time-plot" tabindex="0" role="group" aria-label=label aria-describedby="time-keys"
            on:keydown=move |event| gestures::press(timeline, &event)>
            <p class="aside" id="time-keys">{words::KEYS}</p>
            {bars::axis(timeline)}
            <div class="time-rows" node_ref=timeline.rows on:scroll=scrolled>
                <div class="time-names" node_ref=spacer>
                    <For each=move || names.get() key=|row| (row.y.to_bits(), row.name.clone(), row.selected)
                        children=move |row| name(timeline, row)/>
                </div>
                {bars::bars(timeline)}
            </div>
            {move || older.get().map(|note| view! { <p class="time-note">{note}</p> })}
            {reading(timeline)}
        </div>
    }
}

/// Who was where at the instant that is read.
fn reading(timeline: Timeline) -> impl IntoView {
    let read = timeline.page.part(|view| {
        let reading = view.timeline.as_ref()?.reading.as_ref()?;
        Some((reading.title.clone(), reading.lines.clone()))
    });
    let close = move |_| timeline.does(TimelineCommand::Read(None));
    move || {
        read.get().map(|(title, lines)| {
            let lines = lines.into_iter().map(|(sign, line)| {
                view! { <li>{sign.map(|sign| token(&sign, Size::Small))}<span>{line}</span></li> }
            });
            view! {
                <div class="time-reading" role="status">
                    <h3>{title}</h3><ul>{lines.collect_view()}</ul>
                    <button type="button" class="button quiet small square" aria-label=words::READ_CLOSE on:click=close>{symbol("#i-close")}</button>
                </div>
            }
        })
    }
}

fn name(timeline: Timeline, row: Row) -> impl IntoView {
    let Row {
        y,
        label,
        token: sign,
        name,
        selected,
    } = row;
    let class = if selected {
        "time-name selected"
    } else {
        "time-name"
    };
    let selection = match &sign {
        Some(sign) => Selection::Execution(sign.execution.clone()),
        None => Selection::Stage(label.clone()),
    };
    let mono = if sign.is_some() { "id" } else { "" };
    let place: NodeRef<html::Button> = NodeRef::new();
    place.on_load(move |element| dom::property(&element, "--y", &format!("{}rem", y / 16.0)));
    view! {
        <button type="button" class=class node_ref=place title=name.clone() aria-label=name
            on:click=move |_| timeline.page.select(selection.clone())>
            {sign.as_ref().map(|sign| token(sign, Size::Small))}<span class=mono>{label}</span>
        </button>
    }
}

/// Tells how large the plot is, whenever that changes.
fn watch_size(timeline: Timeline) {
    let measure = move || {
        let Some(rows) = timeline.rows.get_untracked() else {
            return;
        };
        let Some(plot) = rows.query_selector(".time-bars").ok().flatten() else {
            return;
        };
        let size = dom::rect(&plot);
        let (width, height) = (size.width / unit(), size.height / unit());
        if width > 1.0 && height > 1.0 {
            timeline.size.set((width, height));
            timeline.does(TimelineCommand::Size { width, height });
        }
    };
    let here = Here::new();
    // Measured outside of the observer's turn: measuring changes what is drawn.
    let heard = Closure::<dyn FnMut()>::new(move || here.next_frame(measure));
    let observer = web_sys::ResizeObserver::new(heard.as_ref().unchecked_ref()).ok();
    let held = StoredValue::new_local(Some((heard, observer)));
    timeline.rows.on_load(move |rows| {
        held.with_value(|held| {
            if let Some((_, Some(observer))) = held {
                observer.observe(&rows);
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
