//! The frame: once per drawn picture time passes and what changed is drawn. And what else belongs to the window: its
//! address, and whether anybody looks.

use std::{cell::RefCell, rc::Rc};

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::App;

/// While the clock plays and nothing happens, the picture is drawn this often, in milliseconds: bars grow, spans count.
const PLAYING: f64 = 100.0;
/// While fast-forwarding, this often: the counter counts, the work goes on.
const FORWARDING: f64 = 250.0;

/// Milliseconds on a clock that does not jump.
pub(super) fn real_now() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

type Frame = Closure<dyn FnMut()>;

/// Looks once a frame, for as long as the page stands.
pub(super) fn every_frame(app: Rc<App>) {
    let frame: Rc<RefCell<Option<Frame>>> = Rc::default();
    let again = Rc::clone(&frame);
    *frame.borrow_mut() = Some(Closure::new(move || {
        look(&app);
        request(&again);
    }));
    request(&frame);
}

fn request(frame: &RefCell<Option<Frame>>) {
    if let (Some(window), Some(frame)) = (web_sys::window(), frame.borrow().as_ref()) {
        let _ = window.request_animation_frame(frame.as_ref().unchecked_ref());
    }
}

fn look(app: &Rc<App>) {
    let host = app.host();
    host.tick();
    let since = real_now() - app.drawn_at.get();
    let due = if host.forward().is_some() {
        since >= FORWARDING
    } else if app.drawn.get() != host.happened() {
        true
    } else {
        host.changes() != app.drawn_changes.get() && since >= PLAYING
    };
    if due {
        app.redraw();
    }
}

/// Hears when the page is hidden or seen again.
pub(super) fn watch_visibility(app: &Rc<App>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let app = Rc::clone(app);
    let listened = document.clone();
    EventListener::new(&document, "visibilitychange", move |_| {
        app.host().set_hidden(listened.hidden());
    })
    .forget();
}

/// The world that the address names: `#world=name`.
pub(super) fn world_in_address() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let name = hash
        .trim_start_matches('#')
        .split('&')
        .find_map(|part| part.strip_prefix("world="))?;
    let name = js_sys::decode_uri_component(name).ok()?.as_string()?;
    Some(name).filter(|name| !name.is_empty() && name.len() <= 100)
}

/// Writes the world into the address, so that a reload shows it again.
pub(super) fn set_world_in_address(name: &str, first: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Ok(history) = window.history() else {
        return;
    };
    let address = if name == first {
        window.location().pathname().unwrap_or_default()
    } else {
        format!("#world={}", js_sys::encode_uri_component(name))
    };
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
}
