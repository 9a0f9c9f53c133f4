//! What came of a call.

use serde_json::Value;

/// An answer, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// When it came, on the world's clock: "09:57:10".
    pub at: String,
    /// The answer, null for an operation that answers nothing; else the exception's name and message.
    pub said: Result<Value, (String, String)>,
}
