//! What a function answers to a LambdaInvoke rule.

use crate::json::{FromJson, ToJson};

use super::Finding;
use crate::engine::declaration::ConditionPlace;

/// What a function answers.
#[derive(Clone, Debug, PartialEq, Eq, ToJson, FromJson)]
#[json(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum LambdaResult {
    /// It returns.
    Success,
    /// It throws.
    Error {
        /// The message of the error.
        #[json(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
}

/// What an answer means to a rule: on entry and on success the function has to return; after a failure it is the
/// error that the condition waits for.
#[must_use]
pub fn finding(place: ConditionPlace, function: &str, result: &LambdaResult) -> Finding {
    let said = match result {
        LambdaResult::Success => format!("The function {function} returned"),
        LambdaResult::Error { message: None } => {
            format!("The function {function} returned an error")
        }
        LambdaResult::Error {
            message: Some(message),
        } => {
            format!("The function {function} returned an error: {message}")
        }
    };
    let returned = *result == LambdaResult::Success;
    if returned == (place != ConditionPlace::OnFailure) {
        Finding::Succeeds(said)
    } else {
        Finding::Fails(said)
    }
}
