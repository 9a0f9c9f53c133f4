//! The few things the components ask of the browser directly: rectangles, focus, the person's wish for calm.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::page::layout::Rect;
use crate::page::state::settings::Motion;

/// Where an element is on the screen, in CSS pixels.
pub(super) fn rect(element: &Element) -> Rect {
    let r = element.get_bounding_client_rect();
    Rect {
        x: r.x(),
        y: r.y(),
        width: r.width(),
        height: r.height(),
    }
}

/// The same as seen from the upper left corner of `area`.
pub(super) fn rect_in(element: &Element, area: &Rect) -> Rect {
    let r = rect(element);
    Rect {
        x: r.x - area.x,
        y: r.y - area.y,
        ..r
    }
}

/// All elements under `root` that a selector names.
pub(super) fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|i| list.item(i))
        .filter_map(|node| node.dyn_into().ok())
        .collect()
}

/// The element under `root` whose attribute has this value. Compared, not selected: values may hold anything.
pub(super) fn with_attribute(root: &Element, attribute: &str, value: &str) -> Option<Element> {
    all(root, &format!("[{attribute}]"))
        .into_iter()
        .find(|element| element.get_attribute(attribute).as_deref() == Some(value))
}

/// The picture's frame.
pub(super) fn picture() -> Option<Element> {
    document().query_selector(".picture").ok().flatten()
}

/// The first element that a selector names.
pub(super) fn first(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten()?;
    found.dyn_into().ok()
}

/// Whatever has the focus.
pub(super) fn focused() -> Option<HtmlElement> {
    document()
        .active_element()
        .and_then(|element| element.dyn_into().ok())
}

/// Gives the focus; an element that cannot take it is left alone.
pub(super) fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// Whether the person asked for less motion, in the system or on the page.
pub(super) fn calm() -> bool {
    let wish = document()
        .document_element()
        .and_then(|root| root.get_attribute("data-motion"));
    if let Some(wish) = wish {
        return wish == Motion::Reduced.word();
    }
    window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Whether the page stands in one column, as on a phone.
pub(super) fn narrow() -> bool {
    window()
        .match_media("(width < 50em)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Whether there is so much room that the details stand in a column of their own.
pub(super) fn wide() -> bool {
    window()
        .match_media("(width >= 112.5em)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// By how much an element is enlarged against its own measure.
pub(super) fn enlarged(element: &Element) -> f64 {
    let own = element
        .dyn_ref::<HtmlElement>()
        .map_or(0, HtmlElement::offset_width);
    if own > 0 {
        rect(element).width / f64::from(own)
    } else {
        1.0
    }
}

/// Sets a custom property on an element.
pub(super) fn property(element: &HtmlElement, name: &str, value: &str) {
    let _ = element.style().set_property(name, value);
}

/// Size of a root em in CSS pixels.
pub(super) fn root_size() -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| size.trim_end_matches("px").parse().ok())
        .unwrap_or(16.0)
}
