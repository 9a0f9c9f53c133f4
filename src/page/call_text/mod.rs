//! A call of the API as text that can be pasted: AWS CLI, boto3 and the JavaScript SDK (version 3). A pure function of
//! the operation's name and its input, for whatever shows a call: facts, forms, answers.
//!
//! Whatever the input holds, the text means exactly that input: it is quoted for the shell and for each language, and
//! instants, which are bare numbers on the wire, become what each client takes for an instant. The tables of `model`
//! say which members these are. An input that does not fit the tables (a refused call) is rendered as it is.

mod cli;
mod javascript;
mod literal;
mod names;
mod python;

use serde_json::Value;

use crate::model;

pub use names::{kebab, snake};

/// A call in each of the clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallText {
    /// For a POSIX shell.
    pub cli: String,
    /// For Python, with its imports.
    pub boto3: String,
    /// For a JavaScript module, with its imports.
    pub javascript: String,
}

/// The call of an operation with this input. Members that are null count as absent, as everywhere in the API.
#[must_use]
pub fn call_text(operation: &str, input: &Value) -> CallText {
    let shape = model::operation(operation).map(|operation| operation.input);
    CallText {
        cli: cli::render(operation, input, shape),
        boto3: python::render(operation, input, shape),
        javascript: javascript::render(operation, input, shape),
    }
}

/// The members of an input that are there.
fn members(input: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let members = input.as_object().into_iter().flatten();
    members.filter(|(_, value)| !value.is_null())
}

#[cfg(test)]
mod tests;
