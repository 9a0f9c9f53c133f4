//! What an answer has to be: an error that the operation may give, or an output that satisfies its shape.

use codepipeline_simulator::model::{
    ApiError, ErrorCode, Kind, Operation, Shape, answer_violations, violations,
};
use serde_json::Value;

/// What is wrong with an answer; `None` where nothing is.
pub fn problem(operation: &'static Operation, answer: &Result<Value, ApiError>) -> Option<String> {
    match answer {
        Err(error) => wrong_error(operation, error),
        Ok(output) => wrong_output(operation, output),
    }
}

/// An error that the model neither declares nor lists, or one that says nothing.
fn wrong_error(operation: &Operation, error: &ApiError) -> Option<String> {
    if !operation.may_fail_with(error.code) {
        return Some(format!("it is neither declared nor listed: {error}"));
    }
    // W-16: a body that is none of an operation gets no text.
    let silent = error.code == ErrorCode::SerializationException;
    if error.message.trim().is_empty() && !silent {
        return Some(format!("{} has no text", error.code));
    }
    None
}

fn wrong_output(operation: &'static Operation, output: &Value) -> Option<String> {
    let Some(shape) = operation.output else {
        return (!output.is_null()).then(|| format!("it has no output and answers {output}"));
    };
    if let Some(first) = answer_violations(operation, output.clone()).first() {
        return Some(format!("the answer does not fit: {first:?}"));
    }
    unknown(shape, output, operation.name)
}

/// A member that the shape does not have, or one that is null.
fn unknown(shape: &'static Shape, value: &Value, path: &str) -> Option<String> {
    match (&shape.kind, value) {
        (Kind::Structure(_), Value::Object(entries)) => entries.iter().find_map(|(name, inner)| {
            let path = format!("{path}.{name}");
            match shape.member(name) {
                None => Some(format!("{path} is not in the model")),
                Some(_) if inner.is_null() => Some(format!("{path} is null")),
                Some(member) => unknown(member.shape, inner, &path),
            }
        }),
        (Kind::List { member, .. }, Value::Array(items)) => {
            let mut items = items.iter().zip(0_u32..);
            items.find_map(|(inner, index)| unknown(member, inner, &format!("{path}[{index}]")))
        }
        (Kind::Map { value, .. }, Value::Object(entries)) => entries
            .iter()
            .find_map(|(key, inner)| unknown(value, inner, &format!("{path}.{key}"))),
        _ => None,
    }
}

/// Whether an answer tells anything at all.
pub fn says_something(output: &Value) -> bool {
    match output {
        Value::Null => false,
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(entries) => entries.values().any(says_something),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// An input that keeps every published limit is one that the first check lets through.
pub fn spoilt(operation: &Operation, input: &Value) -> Option<String> {
    let found = violations(operation.input, "", input.clone());
    found
        .first()
        .map(|first| format!("the generator broke a limit: {first:?}"))
}
