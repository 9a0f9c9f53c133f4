//! What this browser remembers of the page itself, apart from any world: the world last in front, the pipeline last looked at and the drafts in each world,
//! and the settings (for all tabs), and what the clock stops at (for this tab). Where the browser keeps nothing, it is forgotten.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::api::stops::{Stop, Stops};

const WORLD: &str = "codepipeline-simulator:world";
const STOPS: &str = "codepipeline-simulator:stops";
const SETTINGS: &str = "codepipeline-simulator:settings";

fn pipeline_key(world: &str) -> String {
    format!("codepipeline-simulator:pipeline:{world}")
}

fn drafts_key(world: &str) -> String {
    format!("codepipeline-drafts {world}")
}

#[wasm_bindgen]
extern "C" {
    /// A `Storage` of the window; web-sys has it behind a feature that everything would be compiled anew for.
    type Drawer;

    #[wasm_bindgen(method, catch, js_name = getItem)]
    fn get_item(this: &Drawer, key: &str) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setItem)]
    fn set_item(this: &Drawer, key: &str, value: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = removeItem)]
    fn remove_item(this: &Drawer, key: &str) -> Result<(), JsValue>;
}

fn drawer(name: &str) -> Option<Drawer> {
    let window = web_sys::window()?;
    // Throws where the person has forbidden it.
    let found = Reflect::get(&window, &JsValue::from_str(name)).ok()?;
    found.is_object().then(|| found.unchecked_into())
}

/// The pipeline that was last looked at in a world.
pub(super) fn pipeline(world: &str) -> Option<String> {
    drawer("localStorage")?
        .get_item(&pipeline_key(world))
        .ok()
        .flatten()
}

/// Remembers the pipeline that is looked at.
pub(super) fn set_pipeline(world: &str, pipeline: &str) {
    if let Some(drawer) = drawer("localStorage") {
        let _ = drawer.set_item(&pipeline_key(world), pipeline);
    }
}

/// The world that was last in front in any tab.
pub(super) fn world() -> Option<String> {
    drawer("localStorage")?.get_item(WORLD).ok().flatten()
}

/// Remembers the world that is in front.
pub(super) fn set_world(world: &str) {
    if let Some(drawer) = drawer("localStorage") {
        let _ = drawer.set_item(WORLD, world);
    }
}

/// The drafts of a world that a tab left behind, as they were written.
pub(super) fn drafts(world: &str) -> Option<String> {
    drawer("localStorage")?
        .get_item(&drafts_key(world))
        .ok()
        .flatten()
}

/// Keeps the drafts of a world for the next tab; `None`: there are none any more.
pub(super) fn set_drafts(world: &str, written: Option<&str>) {
    if let Some(drawer) = drawer("localStorage") {
        let _ = match written {
            Some(written) => drawer.set_item(&drafts_key(world), written),
            None => drawer.remove_item(&drafts_key(world)),
        };
    }
}

/// How the person wants the page, as it was written.
pub(super) fn settings() -> String {
    let written =
        drawer("localStorage").and_then(|drawer| drawer.get_item(SETTINGS).ok().flatten());
    written.unwrap_or_default()
}

/// Remembers how the person wants the page.
pub(super) fn set_settings(written: &str) {
    if let Some(drawer) = drawer("localStorage") {
        let _ = drawer.set_item(SETTINGS, written);
    }
}

/// What the clock of this tab stops at. It rests while nothing is under way, unless somebody said otherwise.
pub(super) fn stops() -> Stops {
    let written = drawer("sessionStorage").and_then(|drawer| drawer.get_item(STOPS).ok().flatten());
    Stops::read(written.as_deref().unwrap_or(Stop::Idle.name()))
}

/// Remembers what the clock of this tab stops at.
pub(super) fn set_stops(stops: Stops) {
    if let Some(drawer) = drawer("sessionStorage") {
        let _ = drawer.set_item(STOPS, &stops.written());
    }
}
