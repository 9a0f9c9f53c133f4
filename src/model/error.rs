//! The one error type: a name the service knows and a text for a person.

use super::corrections::{CORRECTIONS, Correction};
use super::tables::errors::ErrorCode;
use std::fmt;

/// An answer that is not the one asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// Which error it is.
    pub code: ErrorCode,
    /// What is wrong, in the service's words where they are known. Empty where the service sends none (W-16).
    pub message: String,
}

impl ApiError {
    /// An error with this name and text.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.is_empty() {
            write!(formatter, "{}", self.code)
        } else {
            write!(formatter, "{}: {}", self.code, self.message)
        }
    }
}

impl std::error::Error for ApiError {}

impl ErrorCode {
    /// The HTTP status it is sent with (W-14, W-15).
    pub fn status(self) -> u16 {
        let corrected = CORRECTIONS.iter().find_map(|correction| match correction {
            Correction::Status { error, status, .. } if *error == self => Some(*status),
            _ => None,
        });
        corrected.or(self.published_status()).unwrap_or(400)
    }

    /// The error with this name, without a namespace before it; none if there is no such error.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::PUBLISHED, Self::COMMON]
            .concat()
            .into_iter()
            .find(|code| code.name() == name)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}
