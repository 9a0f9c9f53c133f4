//! Which blocks are seen, and whom the picture follows. Looked at after the picture was scrolled, resized or drawn
//! otherwise; nothing is told where nothing is another than before.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use super::super::context::{Page, spot};
use super::super::dom;
use super::super::lanes;
use super::super::soon::Here;
use crate::page::command::Command;
use crate::page::layout;
use crate::page::state::picture::PictureCommand;

/// The part of the picture that scrolls; where the line runs down, the bar under it scrolls along.
pub(in super::super) fn scroller() -> Option<HtmlElement> {
    dom::first(if dom::narrow() {
        ".picture"
    } else {
        ".picture > .scroller"
    })
}

/// Looks whenever there is something else to see.
pub(in super::super) fn watch(page: Page) {
    let here = Here::new();
    let large = page.pipeline_part(|pipeline| (pipeline.name.clone(), pipeline.large));
    Effect::new(move || {
        large.track();
        page.moved.track();
        page.spot.track();
        page.sight.placed.track();
        here.next_frame(move || look(page));
    });
    let place = page.following({
        let followed = page.sight.followed;
        move |view| {
            let id = followed.get()?;
            let pipeline = view.pipeline.as_ref()?;
            let held = pipeline.stages.iter().position(|stage| {
                stage.holder.iter().any(|holder| holder.execution == id)
                    || stage.waiting.iter().any(|one| one.token.execution == id)
            });
            let shown = pipeline
                .roster
                .iter()
                .any(|cell| cell.token.execution == id);
            Some((id, held, shown))
        }
    });
    Effect::new(move || match place.get() {
        Some((id, _, true)) => here.next_frame(move || bring(page, &id)),
        // It is gone from the picture: there is nobody to follow.
        Some((_, None, false)) => page.sight.followed.set(None),
        _ => {}
    });
}

fn look(page: Page) {
    let Some(scroller) = scroller() else { return };
    let drawn = dom::first(".picture .line").or_else(|| dom::first(".picture .lanes"));
    let Some(line) = drawn else { return };
    let unit = dom::root_size() / 16.0 * dom::enlarged(&line).max(0.1);
    let from = f64::from(scroller.scroll_left()) / unit;
    let to = from + f64::from(scroller.client_width()) / unit;
    if page.sight.window.get_untracked() != (from, to) {
        page.sight.window.set((from, to));
    }
    let large = page.view.with_untracked(|view| {
        view.pipeline
            .as_ref()
            .is_some_and(|pipeline| pipeline.large)
    });
    if !large {
        return;
    }
    let lanes = !line.class_list().contains("line");
    let (first, count) = if dom::narrow() && lanes {
        // The stages of a lane stand beside each other in any case.
        (0, usize::MAX)
    } else if dom::narrow() {
        down(&scroller, &line)
    } else {
        page.sight
            .placed
            .with_untracked(|placed| placed.line.seen(from, to))
    };
    let kept = dom::focused()
        .filter(|focused| scroller.contains(Some(focused)))
        .and_then(|focused| spot::stage_of(&focused.get_attribute("data-spot")?));
    page.perform(Command::Picture(PictureCommand::Stages {
        first,
        count,
        kept,
    }));
}

/// Where the line runs down, how high a block is says the browser.
fn down(scroller: &Element, line: &Element) -> (usize, usize) {
    let area = dom::rect(scroller);
    let legs = dom::all(line, ".leg");
    let seen = |leg: &Element| dom::rect(leg).overlaps(&area);
    let first = legs.iter().position(seen).unwrap_or_default();
    let count = legs.iter().filter(|leg| seen(leg)).count();
    (first, count)
}

/// Follows an execution from now on.
pub(in super::super) fn follow(page: Page, id: &str) {
    page.sight.followed.set(Some(id.to_owned()));
    bring(page, id);
}

/// Scrolls so that an execution can be seen. A lane that is not drawn is where its number says.
fn bring(page: Page, id: &str) {
    let found =
        dom::picture().and_then(|picture| dom::with_attribute(&picture, "data-execution", id));
    if let Some(found) = found {
        return show(&found);
    }
    let place = page.view.with_untracked(|view| {
        let lanes = view.pipeline.as_ref()?.lanes.as_ref()?;
        lanes.chosen
    });
    if let (Some(place), Some(scroller)) = (place, scroller()) {
        scroller.set_scroll_top(lanes::top_of(page, place));
    }
}

/// Scrolls so that an element of the picture can be seen, with a little around it. At once where motion is unwanted.
pub(in super::super) fn show(element: &Element) {
    let Some(scroller) = scroller() else { return };
    let area = dom::rect(&scroller);
    let at = dom::rect_in(element, &area);
    let aside = layout::into_view(area.width, at.x - 48.0, at.width + 96.0);
    let down = layout::into_view(area.height, at.y - 24.0, at.height + 48.0);
    by(&scroller, aside, down);
}

/// Scrolls by so many pixels.
pub(super) fn by(scroller: &Element, aside: i32, down: i32) {
    if aside == 0 && down == 0 {
        return;
    }
    let options = Object::new();
    let behaviour = if dom::calm() { "auto" } else { "smooth" };
    for (name, value) in [
        ("left", aside.into()),
        ("top", down.into()),
        ("behavior", JsValue::from_str(behaviour)),
    ] {
        let _ = Reflect::set(&options, &name.into(), &value);
    }
    let scroll = Reflect::get(scroller, &"scrollBy".into());
    if let Some(scroll) = scroll.ok().and_then(|it| it.dyn_into::<Function>().ok()) {
        let _ = scroll.call1(scroller, &options);
    }
}
