//! What is wrong with a value and where: for the service's message, and for a form or an import that shows it in place.

use super::error::ApiError;
use super::tables::errors::ErrorCode;

/// One thing that is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where: wire names joined by dots, items of lists as `<1-based>.member`, entries of maps as `<key>.member`
    /// (VM-6). Empty for the value as a whole.
    pub path: String,
    /// What kind of thing it is, which decides the error that is answered.
    pub kind: ViolationKind,
    /// What has to hold, in the service's words: `Member must not be null`.
    pub constraint: String,
}

/// What kind of thing is wrong, in the order in which the service looks for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    /// A value has the wrong JSON type (W-16).
    Conversion,
    /// A limit is broken or a member missing (VM-1).
    Constraint,
    /// A limit is broken that is checked after all others, with a message of its own (VM-5).
    LateLimit {
        /// The whole message.
        message: &'static str,
    },
}

/// The error the service answers for these violations; none if there are none. `total` counts violated constraints
/// beyond those that are listed.
#[inline(never)]
pub(super) fn error(violations: &[Violation], total: usize) -> Option<ApiError> {
    let first = violations
        .iter()
        .find(|violation| violation.kind == ViolationKind::Conversion);
    if let Some(violation) = first {
        return Some(ApiError::new(
            ErrorCode::SerializationException,
            violation.constraint.as_str(),
        ));
    }
    let texts: Vec<String> = violations
        .iter()
        .filter(|violation| violation.kind == ViolationKind::Constraint)
        .map(|violation| {
            let Violation {
                path, constraint, ..
            } = violation;
            format!("Value at '{path}' failed to satisfy constraint: {constraint}")
        })
        .collect();
    if texts.is_empty() {
        return violations
            .iter()
            .find_map(|violation| match violation.kind {
                ViolationKind::LateLimit { message } => {
                    Some(ApiError::new(ErrorCode::ValidationException, message))
                }
                _ => None,
            });
    }
    let plural = if total == 1 { "error" } else { "errors" };
    let texts = texts.join("; ");
    Some(ApiError::new(
        ErrorCode::ValidationException,
        format!("{total} validation {plural} detected: {texts}"),
    ))
}
