//! A text as a file for the person.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::cast;

/// The type of a world file.
pub(super) const JSON: &str = "application/json";
/// The type of a picture.
pub(super) const SVG: &str = "image/svg+xml";

/// Lets the browser save a text under a name.
pub(super) fn save(name: &str, text: &str, kind: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob =
        Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options)
            .ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let anchor: HtmlAnchorElement = cast(document.create_element("a").ok()?.into())?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    let _ = Url::revoke_object_url(&address);
    Some(())
}
