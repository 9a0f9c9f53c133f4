//! Tokens that change their place travel there. Only facts move things: an animation starts when a token is drawn
//! somewhere else than before, and runs once. The state is already drawn when it starts, so nothing depends on it.
//! None with reduced motion, and none at speeds at which it would lag behind the facts.

use std::collections::BTreeMap;

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::context::Page;
use super::dom;
use super::soon::Here;
use crate::page::layout::Rect;
use crate::page::view::{PageView, SPEEDS};

/// How long a token travels, in real milliseconds.
const TRAVEL: f64 = 320.0;
/// How long after the head has left the others of a line move up, in real milliseconds.
const MOVES_UP: f64 = 200.0;
/// Speeds from this factor on show the state alone.
const TOO_FAST: u32 = 600;

/// A place on the line.
#[derive(Clone, Debug, PartialEq)]
struct Spot {
    /// The bay or the socket of which stage.
    name: String,
    /// How many stand before it in that bay.
    before: usize,
}

/// Who is where: the UUID and the place, in line order.
fn places(view: &PageView) -> Vec<(String, Spot)> {
    let mut places = Vec::new();
    for stage in view.pipeline.iter().flat_map(|pipeline| &pipeline.stages) {
        let spot = |what: &str, before| Spot {
            name: format!("{what} {}", stage.name),
            before,
        };
        let waiting = stage.waiting.iter().enumerate();
        places.extend(
            waiting.map(|(before, one)| (one.token.execution.clone(), spot("bay", before))),
        );
        let holder = stage.holder.iter();
        places.extend(holder.map(|holder| (holder.execution.clone(), spot("socket", 0))));
    }
    places
}

/// Watches the places and lets tokens travel.
pub(super) fn watch(page: Page) {
    let shown = page.pipeline_part(|pipeline| pipeline.name.clone());
    let now = page.part(|view| {
        (
            view.pipeline.as_ref().map(|pipeline| pipeline.name.clone()),
            places(view),
        )
    });
    let last: StoredValue<BTreeMap<String, (Spot, Rect)>, LocalStorage> =
        StoredValue::new_local(BTreeMap::new());
    let here = Here::new();
    Effect::new(move |before: Option<Option<String>>| {
        let (name, places) = now.get();
        let same_pipeline = before.is_some_and(|before| before == name);
        here.next_frame(move || {
            let drawn = measure(&places);
            let fast = page.view.with_untracked(|view| {
                SPEEDS
                    .get(view.clock.speed)
                    .is_some_and(|speed| speed.0 >= TOO_FAST && view.clock.playing)
            });
            if same_pipeline && !fast && !dom::calm() {
                last.with_value(|last| travel(last, &drawn));
            }
            last.set_value(
                drawn
                    .into_iter()
                    .map(|(id, place, _, rect)| (id, (place, rect)))
                    .collect(),
            );
        });
        shown.get_untracked()
    });
}

type Drawn = (String, Spot, Element, Rect);

/// Where every token is drawn, relative to the line so that scrolling does not matter.
fn measure(places: &[(String, Spot)]) -> Vec<Drawn> {
    let Some(line) =
        dom::picture().and_then(|picture| picture.query_selector(".line").ok().flatten())
    else {
        return Vec::new();
    };
    let area = dom::rect(&line);
    places
        .iter()
        .filter_map(|(id, place)| {
            let holder = dom::with_attribute(&line, "data-execution", id)?;
            let sign = holder.query_selector(".token").ok().flatten()?;
            let rect = dom::rect_in(&sign, &area);
            Some((id.clone(), place.clone(), sign, rect))
        })
        .collect()
}

fn travel(last: &BTreeMap<String, (Spot, Rect)>, drawn: &[Drawn]) {
    for (id, place, sign, rect) in drawn {
        let (from, delay) = match last.get(id) {
            // Who waits moves up when there is room, and not before.
            Some((before, from)) if before.name == place.name => {
                ((before != place).then_some(*from), MOVES_UP)
            }
            Some((_, from)) => (Some(*from), 0.0),
            None => (entry(sign, *rect), 0.0),
        };
        if let Some(from) = from.filter(|_| rect.width > 0.0) {
            animate(sign, from, *rect, delay);
        }
    }
}

/// A new execution comes out of the ring in front of the first stage. Whoever is new elsewhere, as a rollback is, did
/// not come along the line.
fn entry(sign: &Element, to: Rect) -> Option<Rect> {
    let leg = sign.closest(".leg").ok().flatten()?;
    let ring = leg.query_selector(".bay.first .rail").ok().flatten()?;
    let line = leg.parent_element()?;
    Some(Rect {
        x: dom::rect_in(&ring, &dom::rect(&line)).x,
        ..to
    })
}

/// Plays the way from one rectangle to another with the browser's own animation, which needs no style attribute.
fn animate(sign: &Element, from: Rect, to: Rect, delay: f64) {
    // An enlarged picture measures its own lengths smaller than the screen does.
    let enlarged = sign
        .closest(".line")
        .ok()
        .flatten()
        .map_or(1.0, |line| dom::enlarged(&line))
        .max(0.1);
    let (x, y) = ((from.x - to.x) / enlarged, (from.y - to.y) / enlarged);
    let start = format!("translate({x}px, {y}px) scale({})", from.width / to.width);
    let frame = |transform: &str| {
        let frame = Object::new();
        let _ = Reflect::set(&frame, &"transform".into(), &transform.into());
        let _ = Reflect::set(&frame, &"transformOrigin".into(), &"0 0".into());
        frame
    };
    let options = Object::new();
    let _ = Reflect::set(&options, &"duration".into(), &TRAVEL.into());
    let _ = Reflect::set(&options, &"delay".into(), &delay.into());
    // Where it was, until it begins.
    let _ = Reflect::set(&options, &"fill".into(), &"backwards".into());
    let _ = Reflect::set(&options, &"easing".into(), &"cubic-bezier(.2,0,0,1)".into());
    let frames = Array::of2(&frame(&start), &frame("none"));
    let animate = Reflect::get(sign, &"animate".into())
        .ok()
        .and_then(|f: JsValue| f.dyn_into::<Function>().ok());
    if let Some(animate) = animate {
        let _ = animate.call2(sign, &frames, &options);
    }
}
