//! Errors that look like the AWS SDK's, so that a user's `catch` carries over.

use js_sys::{Error, Object, Reflect};
use wasm_bindgen::JsValue;

use super::steady::request_id;
use crate::model::{ApiError, ErrorCode};

fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(key), value);
}

/// `$metadata` of an answer or an error.
#[must_use]
pub fn metadata(status: u16) -> JsValue {
    let metadata = Object::new();
    set(&metadata, "httpStatusCode", &JsValue::from(status));
    set(&metadata, "requestId", &JsValue::from_str(&request_id()));
    set(&metadata, "attempts", &JsValue::from(1));
    set(&metadata, "totalRetryDelay", &JsValue::from(0));
    metadata.into()
}

/// An error of the service as a JavaScript `Error` with `name`, `message`, `$fault` and `$metadata`.
#[must_use]
pub fn api_error(error: &ApiError) -> JsValue {
    let status = error.code.status();
    let thrown = named(error.code.name(), &error.message);
    set(
        &thrown,
        "$fault",
        &JsValue::from_str(if status >= 500 { "server" } else { "client" }),
    );
    set(&thrown, "$metadata", &metadata(status));
    thrown
}

/// An error of the simulator itself.
#[must_use]
pub fn named(name: &str, message: &str) -> JsValue {
    let error = Error::new(message);
    error.set_name(name);
    error.into()
}

/// A control that was called with what does not fit.
#[must_use]
pub fn invalid(message: &str) -> JsValue {
    api_error(&ApiError::new(ErrorCode::ValidationException, message))
}
