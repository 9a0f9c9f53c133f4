//! What an entry of the operations table says.

use super::corrections::{CORRECTIONS, Correction};
use super::shape::Shape;
use super::tables::errors::ErrorCode;
use super::tables::operations::OPERATIONS;

/// One thing the service can be asked to do.
#[derive(Debug)]
pub struct Operation {
    /// The service's name, for example `CreatePipeline`.
    pub name: &'static str,
    /// What it does, in one sentence for a person.
    pub summary: &'static str,
    /// What it takes: always a structure.
    pub input: &'static Shape,
    /// What it answers: a structure, or nothing at all (W-5).
    pub output: Option<&'static Shape>,
    /// How its list is paged through, if it answers one in pages.
    pub pagination: Option<&'static Pagination>,
    /// The errors its model declares. See also [`Operation::may_fail_with`].
    pub errors: &'static [ErrorCode],
}

/// How a list is paged through (jobs-wire-cli.md §6).
#[derive(Debug)]
pub struct Pagination {
    /// Member of the input that takes the token of the previous page.
    pub input_token: &'static str,
    /// Member of the answer that holds the token of the next page; absent on the last one (P-1).
    pub output_token: &'static str,
    /// Member of the answer that holds the items.
    pub result_key: &'static str,
    /// Member of the input that limits the items of a page, where there is one.
    pub limit_key: Option<&'static str>,
}

impl Operation {
    /// The name of the method in JavaScript: the operation's own with a small first letter.
    pub fn method(&self) -> String {
        let mut letters = self.name.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_ascii_lowercase().to_string() + letters.as_str()
        })
    }

    /// Whether the operation may answer this error by itself: its model declares it, or the corrections list it.
    pub fn may_fail_with(&self, code: ErrorCode) -> bool {
        self.errors.contains(&code)
            || CORRECTIONS.iter().any(|correction| match correction {
                Correction::Undeclared {
                    operation, error, ..
                } => *operation == self.name && *error == code,
                Correction::UndeclaredByAll {
                    error, asked_for, ..
                } => *error == code && !asked_for,
                _ => false,
            })
    }
}

/// The operation with this name, as the service writes it; none if there is no such operation.
pub fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name == name)
}
