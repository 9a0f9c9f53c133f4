//! What stands against an import, and where.

use serde_json::error::Category;

use super::found::Found;
use super::recognise::Document;
use super::text;
use crate::model::{ApiError, Violation, ViolationKind, admission::MOST_LISTED};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong: the service's own sentence where the service has one.
    pub message: String,
    /// Where: a path as the service writes it (VM-6), or line and column.
    pub path: Option<String>,
    /// What helps, where we know it.
    pub remedy: Option<String>,
    /// The rule that is broken, by its id, where it is one on declarations.
    pub rule: Option<&'static str>,
}

/// A text that cannot be imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// What it is instead.
    pub document: Document,
    /// What was found all the same.
    pub found: Option<Found>,
    /// The line over the problems.
    pub headline: String,
    /// What is wrong, in the order in which the service names it; at least one.
    pub problems: Vec<Problem>,
}

/// A problem without a place.
pub(super) fn plain(message: String) -> Problem {
    Problem {
        message,
        path: None,
        remedy: None,
        rule: None,
    }
}

/// A refusal of the service.
pub(super) fn refusal(error: &ApiError, rule: Option<&'static str>) -> Problem {
    Problem {
        rule,
        ..plain(error.to_string())
    }
}

/// The places at which a declaration has the wrong shape, and the line over them.
pub(super) fn violated(violations: &[Violation]) -> (String, Vec<Problem>) {
    let problems: Vec<Problem> = violations.iter().map(problem).collect();
    let headline = if problems.len() >= MOST_LISTED {
        text::at_least_errors(problems.len())
    } else {
        text::errors(problems.len())
    };
    (headline, problems)
}

fn problem(violation: &Violation) -> Problem {
    let path = text::clipped(&violation.path);
    let constraint = violation.constraint.clone();
    let message = match violation.kind {
        ViolationKind::Conversion => constraint,
        ViolationKind::Constraint => text::violation(&path, &constraint),
        ViolationKind::LateLimit { message } => message.to_owned(),
    };
    Problem {
        path: Some(path),
        ..plain(message)
    }
}

/// Where a text is not JSON, as line and column, both from 1, and what is wrong there.
pub(in crate::page) fn not_json_at(
    source: &str,
    error: &serde_json::Error,
) -> (usize, usize, String) {
    let line = error.line().max(1);
    let column = column(source, line, error.column());
    let message = match error.classify() {
        Category::Eof => text::ENDS_EARLY.to_owned(),
        _ => text::not_json(&detail(error)),
    };
    (line, column, message)
}

/// A text that is not JSON.
pub(super) fn not_json(source: &str, error: &serde_json::Error) -> Refused {
    let (line, column, message) = not_json_at(source, error);
    let starts_like_json = source.trim_start().starts_with(['{', '[']);
    Refused {
        document: Document::Unread,
        found: None,
        headline: text::NOT_JSON.to_owned(),
        problems: vec![Problem {
            path: Some(text::line_and_column(line, column)),
            remedy: (!starts_like_json).then(|| text::EXPECTED.to_owned()),
            ..plain(message)
        }],
    }
}

/// The parser's words without the place, which is said in ours.
fn detail(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    let words = whole.rsplit_once(" at line ").map(|(words, _)| words);
    words.unwrap_or(&whole).to_owned()
}

/// The parser counts bytes; people count letters.
fn column(source: &str, line: usize, bytes: usize) -> usize {
    let line = source.split('\n').nth(line - 1).unwrap_or_default();
    let letters = line.char_indices().take_while(|(at, _)| *at < bytes);
    letters.count().max(1)
}

/// JSON that is something else.
pub(super) fn not_a_declaration(document: Document) -> Refused {
    let sentence = match document {
        Document::CloudFormationTemplate => text::IS_A_TEMPLATE,
        Document::PipelineList => text::IS_A_LIST,
        Document::PipelineState => text::IS_A_STATE,
        Document::StoredRecords => text::IS_RECORDS,
        Document::Declaration(_) | Document::WorldFile | Document::Other | Document::Unread => {
            text::IS_SOMETHING_ELSE
        }
    };
    Refused {
        document,
        found: None,
        headline: text::NOTHING_IMPORTED.to_owned(),
        problems: vec![Problem {
            remedy: Some(text::EXPECTED.to_owned()),
            ..plain(sentence.to_owned())
        }],
    }
}
