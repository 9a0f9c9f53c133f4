//! Errors that somebody asked for: what the next calls of an operation answer in place of what they were for. They are
//! the only way to see what a simulator with one user cannot bring about: throttling, a denied access, a clash.

use std::rc::Rc;

use crate::json::{FromJson, ToJson};

use crate::model::{ApiError, ErrorCode};

/// The most calls that one saying lets fail.
pub const MOST_TIMES: u32 = 1_000;

/// The most failures that wait for the calls of one operation.
pub const MOST_WAITING: usize = 100;

/// An error for the next calls of an operation.
#[derive(Clone, Debug, PartialEq, Eq, ToJson, FromJson)]
pub struct Failure {
    /// The name of the error.
    pub code: Rc<str>,
    /// Its text.
    pub message: Rc<str>,
    /// How many calls it is for, from 1 to [`MOST_TIMES`].
    pub times: u32,
}

impl Failure {
    /// The answer; `None` where no error has this name, which only a stranger's world can say.
    #[must_use]
    pub fn error(&self) -> Option<ApiError> {
        ErrorCode::from_name(&self.code).map(|code| ApiError::new(code, &*self.message))
    }

    /// Whether it is one that a control would accept.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        (1..=MOST_TIMES).contains(&self.times) && self.error().is_some()
    }
}
