//! Reading JSON text into a type: always by way of a [`Value`], in one step more than serde_json needs.
//!
//! Serde writes a reader for every type and every format. Untyped input has to be read from a [`Value`] anyway, so
//! reading text straight into types as well would put every reader into the page twice: half a megabyte of wasm.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// The value of a text.
///
/// # Errors
/// The text is not JSON, or not of this type.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(serde_json::from_str::<Value>(text)?)
}
