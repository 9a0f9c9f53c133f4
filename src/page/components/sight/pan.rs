//! Moving the picture: dragging its paper, Shift with an arrow, and the pinch that draws it closer or more generously.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent, WheelEvent};

use super::super::context::Page;
use super::super::dom;
use super::seen;
use crate::page::layout::{Direction, line};

/// Less than this is a press and no drag, in pixels.
const THRESHOLD: i32 = 4;
/// How far an arrow moves the picture, in pixels.
const STEP: i32 = 160;
/// How far a pinch goes until the picture is drawn otherwise.
const PINCH: f64 = 60.0;

/// A drag under way: where it began, and how far the picture was scrolled then.
#[derive(Clone, Copy, Default)]
pub(in super::super) struct Drag {
    from: Option<(i32, i32, i32, i32)>,
    moved: bool,
    pinched: f64,
}

/// The state of a drag; `held` is that of the scroller.
pub(in super::super) type Held = StoredValue<Drag>;

pub(in super::super) fn down(held: Held, event: &PointerEvent) {
    let mouse = event.pointer_type() == "mouse" && event.button() == 0;
    let on_paper = target(event).is_some_and(|target| {
        target
            .closest("button, a, input, select, .watch")
            .ok()
            .flatten()
            .is_none()
    });
    let Some(scroller) = seen::scroller().filter(|_| mouse && on_paper) else {
        return;
    };
    // A press on the scroll bar is none on the paper.
    let area = dom::rect(&scroller);
    if f64::from(event.client_x()) > area.x + f64::from(scroller.client_width())
        || f64::from(event.client_y()) > area.y + f64::from(scroller.client_height())
    {
        return;
    }
    let from = (
        event.client_x(),
        event.client_y(),
        scroller.scroll_left(),
        scroller.scroll_top(),
    );
    held.update_value(|drag| {
        drag.from = Some(from);
        drag.moved = false;
    });
}

pub(in super::super) fn moved(page: Page, held: Held, event: &PointerEvent) {
    let Some((x, y, left, top)) = held.with_value(|drag| drag.from) else {
        return;
    };
    if event.buttons() & 1 == 0 {
        return held.update_value(|drag| drag.from = None);
    }
    let (aside, down) = (event.client_x() - x, event.client_y() - y);
    let far = aside.abs().max(down.abs()) >= THRESHOLD;
    if !far && !held.with_value(|drag| drag.moved) {
        return;
    }
    held.update_value(|drag| drag.moved = true);
    page.sight.followed.set(None);
    if let Some(scroller) = seen::scroller() {
        scroller.set_scroll_left(left - aside);
        scroller.set_scroll_top(top - down);
    }
}

/// The drag is over. Whether it moved anything is known until the press that follows it.
pub(in super::super) fn up(held: Held) {
    held.update_value(|drag| drag.from = None);
}

/// Whether the press that comes now ends a drag.
pub(in super::super) fn was_drag(held: Held) -> bool {
    let moved = held.with_value(|drag| drag.moved);
    held.update_value(|drag| drag.moved = false);
    moved
}

/// A pinch, or the wheel with Ctrl.
pub(in super::super) fn wheel(page: Page, held: Held, event: &WheelEvent) {
    let lanes = page
        .view
        .with_untracked(|view| view.pipeline.as_ref().is_some_and(super::is_lanes));
    if !event.ctrl_key() || lanes || dom::narrow() {
        return;
    }
    event.prevent_default();
    held.update_value(|drag| drag.pinched += event.delta_y());
    let pinched = held.with_value(|drag| drag.pinched);
    if pinched.abs() >= PINCH {
        held.update_value(|drag| drag.pinched = 0.0);
        let density = page
            .sight
            .placed
            .with_untracked(|placed| placed.look.density);
        page.sight.chosen.set(Some(density.step(pinched > 0.0)));
    }
}

/// Shift and an arrow. Says whether there is a picture to move.
pub(in super::super) fn step(page: Page, direction: Direction) -> bool {
    let Some(scroller) = seen::scroller() else {
        return false;
    };
    page.sight.followed.set(None);
    let (aside, down) = match direction {
        Direction::Left => (-STEP, 0),
        Direction::Right => (STEP, 0),
        Direction::Up => (0, -STEP),
        Direction::Down => (0, STEP),
    };
    seen::by(&scroller, aside, down);
    true
}

/// Draws the line as generously as it fits, and shows its beginning; once more, as it usually is. Says whether there is one.
pub(in super::super) fn fit(page: Page) -> bool {
    let Some(scroller) = seen::scroller() else {
        return false;
    };
    let unit = dom::root_size() / 16.0;
    let area = (
        f64::from(scroller.client_width()) / unit,
        f64::from(scroller.client_height()) / unit,
    );
    let (fits, now) = page.sight.placed.with_untracked(|placed| {
        let fits = line::fitting(&placed.shapes, placed.look, area);
        (fits, placed.look.density)
    });
    page.sight.chosen.set((fits != now).then_some(fits));
    page.sight.followed.set(None);
    scroller.set_scroll_left(0);
    scroller.set_scroll_top(0);
    true
}

fn target(event: &PointerEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
