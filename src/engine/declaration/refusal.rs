//! The five ways to refuse a declaration.

use crate::model::{ApiError, ErrorCode};

/// The request itself is wrong.
pub(super) fn validation(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::ValidationException, message)
}

/// The pipeline as a whole is wrong.
pub(super) fn invalid_structure(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::InvalidStructureException, message)
}

/// A stage is wrong.
pub(super) fn invalid_stage(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::InvalidStageDeclarationException, message)
}

/// A blocker of a stage is wrong.
pub(super) fn invalid_blocker(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::InvalidBlockerDeclarationException, message)
}

/// An action is wrong.
pub(super) fn invalid_action(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::InvalidActionDeclarationException, message)
}

/// The first value that was met before, if there is one.
pub(super) fn repeated<T: Ord>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut met = std::collections::BTreeSet::new();
    for value in values {
        if met.contains(&value) {
            return Some(value);
        }
        met.insert(value);
    }
    None
}
