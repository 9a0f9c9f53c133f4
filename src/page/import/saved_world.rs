//! A world saved as a file, as far as its outermost members tell. Reading all of it is the storage's work, when it is
//! opened.

use serde_json::Value;

use crate::engine::time::Instant;

/// What a world file says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SavedWorld {
    /// How many facts it holds.
    pub facts: Option<u64>,
    /// Where its clock stands.
    pub clock: Option<Instant>,
}

impl SavedWorld {
    /// A member of another type than it should have is left out here; opening the file says what is wrong.
    pub(super) fn of(document: &Value) -> Self {
        Self {
            facts: document.get("sequence").and_then(Value::as_u64),
            clock: document.get("clock").and_then(Value::as_i64).map(Instant),
        }
    }
}
