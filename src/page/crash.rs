//! When the program breaks: a panel that says so and what to do. A panic poisons the instance for good, so nothing
//! here uses the page's state; it fills elements that stand in `www/index.html` from the beginning.

use wasm_bindgen::JsValue;

/// The panel and the place for the message in `www/index.html`.
const PANEL: &str = "crash";
const MESSAGE: &str = "crash-message";

/// Shows the panel with what happened, to copy. Without a document, or without the panel, it does nothing: a broken
/// program has nobody left to tell.
pub fn show_crash(message: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    if let Some(place) = document.get_element_by_id(MESSAGE) {
        // The first one is the cause; what follows is its echo.
        if place.text_content().is_none_or(|text| text.is_empty()) {
            place.set_text_content(Some(message));
        }
    }
    if let Some(panel) = document.get_element_by_id(PANEL) {
        let _ = panel.remove_attribute("hidden");
    }
}

/// From now on a panic is shown on the page and written to the console.
pub fn install_hook() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        web_sys::console::error_1(&JsValue::from_str(&message));
        show_crash(&message);
    }));
}
