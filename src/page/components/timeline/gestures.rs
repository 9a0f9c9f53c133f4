//! What a hand does to the plot: the wheel and two fingers zoom at the pointer, a drag pans, a press selects; and the
//! keys that say the same.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use super::bars::place_of;
use super::{Timeline, unit};
use crate::page::components::dom;
use crate::page::state::timeline::TimelineCommand;

/// A press that moves less than this is no drag, in pixels.
const STILL: f64 = 4.0;

/// The pointers that are down, and whether they have dragged.
#[derive(Default)]
struct Hand {
    pointers: Vec<(i32, f64, f64)>,
    began: (f64, f64),
    dragged: bool,
}

thread_local! {
    static HAND: RefCell<Hand> = RefCell::default();
}

/// The wheel zooms at the pointer; sideways, or with Shift, it pans. Over rows that do not fit, Alt scrolls them.
pub(super) fn wheel(timeline: Timeline, event: &WheelEvent) {
    if event.alt_key() {
        return;
    }
    event.prevent_default();
    let line = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
    let (x, y) = (event.delta_x() * line, event.delta_y() * line);
    if event.shift_key() || x.abs() > y.abs() {
        let by = if x == 0.0 { y } else { x };
        timeline.does(TimelineCommand::Pan(by / unit()));
    } else {
        // A pinch on a touch pad is told as a wheel with Ctrl, in small steps.
        let strength = if event.ctrl_key() { 0.01 } else { 0.0022 };
        timeline.does(TimelineCommand::Zoom {
            factor: (-y * strength).exp(),
            at: Some(place_of(timeline, f64::from(event.client_x()))),
        });
    }
}

pub(super) fn down(_: Timeline, event: &PointerEvent) {
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    HAND.with_borrow_mut(|hand| {
        hand.pointers.retain(|(id, _, _)| *id != event.pointer_id());
        if hand.pointers.is_empty() {
            hand.began = at;
            hand.dragged = false;
        }
        hand.pointers.push((event.pointer_id(), at.0, at.1));
    });
}

/// What a movement comes to.
enum Move {
    Nothing,
    Drag(f64, f64),
    Pinch { factor: f64, at: f64, by: f64 },
}

pub(super) fn moved(timeline: Timeline, event: &PointerEvent) {
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let id = event.pointer_id();
    let (what, begins) = HAND.with_borrow_mut(|hand| {
        let before = hand.pointers.clone();
        let Some(own) = hand.pointers.iter_mut().find(|(known, _, _)| *known == id) else {
            return (Move::Nothing, false);
        };
        let far = (x - hand.began.0).hypot(y - hand.began.1) > STILL;
        if !hand.dragged && !far && before.len() < 2 {
            return (Move::Nothing, false);
        }
        let (_, last_x, last_y) = std::mem::replace(own, (id, x, y));
        let begins = !std::mem::replace(&mut hand.dragged, true);
        let what = match (before.as_slice(), hand.pointers.as_slice()) {
            ([_], _) => Move::Drag(x - last_x, y - last_y),
            (&[(_, ax, ay), (_, bx, by), ..], &[(_, cx, cy), (_, dx, dy), ..]) => {
                let (old, new) = ((ax - bx).hypot(ay - by), (cx - dx).hypot(cy - dy));
                Move::Pinch {
                    factor: if old > 1.0 { new / old } else { 1.0 },
                    at: f64::midpoint(cx, dx),
                    by: f64::midpoint(ax, bx) - f64::midpoint(cx, dx),
                }
            }
            _ => Move::Nothing,
        };
        (what, begins)
    });
    if begins
        && let Some(plot) = event
            .current_target()
            .and_then(|target| target.dyn_into::<Element>().ok())
    {
        // Only now: a captured pointer would press the plot and not the bar under it.
        let _ = plot.set_pointer_capture(id);
    }
    match what {
        Move::Nothing => {}
        Move::Drag(x, y) => {
            timeline.does(TimelineCommand::Pan(-x / unit()));
            if let Some(rows) = timeline.rows.get_untracked() {
                #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
                rows.set_scroll_top(rows.scroll_top() - y.round() as i32);
            }
        }
        Move::Pinch { factor, at, by } => {
            timeline.does(TimelineCommand::Pan(by / unit()));
            timeline.does(TimelineCommand::Zoom {
                factor,
                at: Some(place_of(timeline, at)),
            });
        }
    }
}

pub(super) fn up(_: Timeline, event: &PointerEvent) {
    HAND.with_borrow_mut(|hand| hand.pointers.retain(|(id, _, _)| *id != event.pointer_id()));
}

/// A press on a bar selects its execution, one on empty time reads who was where then; the end of a drag does neither.
pub(super) fn click(timeline: Timeline, event: &MouseEvent) {
    if HAND.with_borrow_mut(|hand| std::mem::take(&mut hand.dragged)) {
        return;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let bar = target.and_then(|target| target.closest("[data-bar]").ok().flatten());
    if let Some(execution) = bar.and_then(|bar| bar.get_attribute("data-bar")) {
        timeline.select(&execution);
    } else {
        let place = place_of(timeline, f64::from(event.client_x()));
        timeline.does(TimelineCommand::Read(Some(place)));
    }
}

/// The keys of the timeline.
pub(super) fn press(timeline: Timeline, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let width = timeline.size.get_untracked().0;
    let command = match event.key().as_str() {
        "+" | "=" => TimelineCommand::Zoom {
            factor: 1.5,
            at: None,
        },
        "-" => TimelineCommand::Zoom {
            factor: 1.0 / 1.5,
            at: None,
        },
        "0" => TimelineCommand::Fit,
        "Escape" if is_read(timeline) => {
            event.stop_propagation();
            TimelineCommand::Read(None)
        }
        "ArrowLeft" if event.shift_key() => TimelineCommand::Pan(-0.15 * width),
        "ArrowRight" if event.shift_key() => TimelineCommand::Pan(0.15 * width),
        "Enter" | " " => {
            let bar = bar_under_focus(event);
            if let Some(execution) = bar.and_then(|bar| bar.get_attribute("data-bar")) {
                event.prevent_default();
                timeline.select(&execution);
            }
            return;
        }
        key @ ("ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown") => {
            if step(timeline, event, key) {
                event.prevent_default();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    timeline.does(command);
}

fn is_read(timeline: Timeline) -> bool {
    timeline.page.view.with_untracked(|view| {
        let timeline = view.timeline.as_ref();
        timeline.is_some_and(|timeline| timeline.reading.is_some())
    })
}

fn bar_under_focus(event: &KeyboardEvent) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.has_attribute("data-bar").then_some(target)
}

/// Moves the focus to the next bar in a direction. From the plot itself, to the last one.
fn step(timeline: Timeline, event: &KeyboardEvent, key: &str) -> bool {
    let Some(rows) = timeline.rows.get_untracked() else {
        return false;
    };
    let all = dom::all(&rows, "[data-bar] > .time-box");
    let places: Vec<(f64, f64)> = all
        .iter()
        .map(|bar| {
            let rect = dom::rect(bar);
            (rect.x, rect.y + rect.height / 2.0)
        })
        .collect();
    let from = bar_under_focus(event)
        .and_then(|bar| bar.query_selector(".time-box").ok().flatten())
        .map(|bar| {
            let rect = dom::rect(&bar);
            (rect.x, rect.y + rect.height / 2.0)
        });
    let found = match from {
        None => (0..places.len()).max_by(|one, other| {
            let of = |place: &usize| places.get(*place).map_or(0.0, |place| place.0);
            of(one).total_cmp(&of(other))
        }),
        Some((x, y)) => {
            // How far, and how much aside; none for what lies another way.
            let distance = |&(to_x, to_y): &(f64, f64)| -> Option<f64> {
                let (along, aside) = match key {
                    "ArrowLeft" => (x - to_x, (y - to_y).abs()),
                    "ArrowRight" => (to_x - x, (y - to_y).abs()),
                    "ArrowUp" => (y - to_y, (x - to_x).abs()),
                    _ => (to_y - y, (x - to_x).abs()),
                };
                let sideways = matches!(key, "ArrowLeft" | "ArrowRight");
                let ahead = along > 0.5;
                ahead.then_some(if sideways {
                    along + 20.0 * aside
                } else {
                    along * 4.0 + aside
                })
            };
            let ahead = places
                .iter()
                .enumerate()
                .filter_map(|(place, at)| Some((place, distance(at)?)));
            ahead
                .min_by(|(_, one), (_, other)| one.total_cmp(other))
                .map(|(place, _)| place)
        }
    };
    let bar = found
        .and_then(|place| all.get(place))
        .and_then(|body| body.parent_element());
    let Some(bar) = bar else { return false };
    // An element of SVG takes the focus as one of HTML does.
    let bar: HtmlElement = bar.unchecked_into();
    dom::focus(&bar);
    true
}
