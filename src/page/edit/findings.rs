//! What the service would refuse in a draft, before anything is saved: the limits of the model, all at once, and every
//! rule on declarations, each with its places. The sentences are the service's; only the places are found here.

use serde_json::Value;

use super::desk::inside;
use super::pointer;
use crate::engine::declaration::{Context, refusals};
use crate::model::{
    ErrorCode, Kind, PipelineDeclaration, Shape, Violation, ViolationKind, violations,
};
use crate::page::text::edit as text;

/// One thing that the service would refuse.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The rule, where one is broken; `None` for a limit of the model.
    pub rule: Option<&'static str>,
    /// The exception's name.
    pub error: &'static str,
    /// The service's sentence.
    pub message: String,
    /// Where, as JSON pointers; at least one.
    pub places: Vec<String>,
}

/// Everything that the service would refuse, in the order in which it looks: its own answer is about the first.
#[must_use]
pub fn problems(draft: &Value, context: &Context) -> Vec<Problem> {
    let mut declaration = draft.clone();
    // PL-18: the service counts versions itself, whatever stands there.
    if let Some(members) = declaration.as_object_mut() {
        members.shift_remove("version");
    }
    let violated = violations(&PipelineDeclaration, "pipeline", declaration.clone());
    let mut problems: Vec<Problem> = violated.iter().map(|one| of_model(draft, one)).collect();
    // The rules are asked as soon as the declaration can be read at all: a name that is too long hides nothing.
    let Ok(declaration) = crate::json::from_value::<PipelineDeclaration>(declaration) else {
        return problems;
    };
    let mut broken = refusals(&declaration, context);
    // What is not even written as a type should be is no unknown type as well.
    broken.retain(|refusal| {
        !refusal.places.iter().any(|at| {
            at.ends_with("TypeId")
                && problems
                    .iter()
                    .any(|one| one.places.iter().any(|place| inside(place, at)))
        })
    });
    problems.extend(broken.into_iter().map(|refusal| Problem {
        rule: Some(refusal.rule),
        error: refusal.error.code.name(),
        message: refusal.error.message,
        places: refusal.places,
    }));
    problems
}

fn of_model(draft: &Value, violation: &Violation) -> Problem {
    let Violation {
        path,
        kind,
        constraint,
    } = violation;
    let (error, message) = match kind {
        ViolationKind::Conversion => (ErrorCode::SerializationException, constraint.clone()),
        ViolationKind::Constraint => (
            ErrorCode::ValidationException,
            text::violation(path, constraint),
        ),
        ViolationKind::LateLimit { message } => {
            (ErrorCode::ValidationException, (*message).to_owned())
        }
    };
    Problem {
        rule: None,
        error: error.name(),
        message,
        places: vec![place(
            &PipelineDeclaration,
            draft,
            path.strip_prefix("pipeline").unwrap_or(path),
            constraint,
        )],
    }
}

/// The value of a key in a path, and a member of that.
const VALUE: &str = ".member";
const VALUE_MEMBER: &str = ".member.";

/// The JSON pointer of a path as the service writes it (VM-6). The service names a list or a map where an item or a
/// value is wrong; the first one that is wrong is meant. The path is one into a value of the shape, and begins with a
/// period.
pub(in crate::page) fn place(
    mut shape: &'static Shape,
    draft: &Value,
    path: &str,
    constraint: &str,
) -> String {
    let mut at = String::new();
    let mut rest = path;
    while let Some(next) = rest.strip_prefix('.') {
        let (part, after) = match shape.kind {
            // The key of a map may have periods of its own, so its end is known by what comes behind it.
            Kind::Map { value, .. } if matches!(value.kind, Kind::Structure(_)) => {
                let end = next.find(VALUE_MEMBER).unwrap_or(next.len());
                let (key, after) = next.split_at(end);
                let key = key.strip_suffix(VALUE).unwrap_or(key);
                (key, after.strip_prefix(VALUE).unwrap_or_default())
            }
            // And nothing comes after a value that is no structure.
            Kind::Map { .. } => (next.strip_suffix(VALUE).unwrap_or(next), ""),
            _ => {
                let end = next.find('.').unwrap_or(next.len());
                next.split_at(end)
            }
        };
        rest = after;
        match shape.kind {
            Kind::Structure(_) => {
                at = pointer::join(&at, part);
                match shape.member(part) {
                    Some(member) => shape = member.shape,
                    None => break,
                }
            }
            Kind::List { member, .. } => {
                let number: usize = part.parse().unwrap_or(1);
                at = pointer::join(&at, &number.saturating_sub(1).to_string());
                shape = member;
                rest = rest.strip_prefix(VALUE).unwrap_or(rest);
            }
            Kind::Map { value, .. } => {
                at = pointer::join(&at, part);
                shape = value;
            }
            _ => break,
        }
    }
    let inside = constraint.contains("satisfy constraint: [");
    match (inside, &shape.kind, draft.pointer(&at)) {
        (true, Kind::List { member, .. }, Some(Value::Array(items))) => {
            let wrong = items.iter().position(|item| breaks(member, item));
            wrong.map_or(at.clone(), |index| pointer::join(&at, &index.to_string()))
        }
        (true, Kind::Map { key, value, .. }, Some(Value::Object(members))) => {
            let wrong = members.iter().find(|(name, member)| {
                breaks(value, member) || breaks(key, &Value::from(name.as_str()))
            });
            wrong.map_or(at.clone(), |(name, _)| pointer::join(&at, name))
        }
        _ => at,
    }
}

fn breaks(shape: &Shape, value: &Value) -> bool {
    let limits = shape.constraints();
    limits.iter().flatten().any(|limit| !limit.holds(value))
}
