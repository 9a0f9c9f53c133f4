//! The gate: untyped input comes in, and leaves fit for its Rust type, or as the service's own error.
//!
//! One walk over value and shape together does everything: members nobody knows and nulls go (W-7, W-8), whole
//! numbers written as `1.0` become `1`, and everything that is wrong is collected. Nothing is repaired beyond that.
//! The service looks at JSON types first and answers the first wrong one alone; then at all limits, which it answers
//! together (W-16, VM-1); a few limits come last and alone (VM-5).
//!
//! The walk goes as deep as the shapes, not as deep as the value, so no input can exhaust the stack. At most
//! [`MOST_LISTED`] violations are worded, so no input can make an answer many times its own size.

use super::constraint::Constraint;
use super::error::ApiError;
use super::operation::Operation;
use super::shape::{Kind, Member, Shape};
use super::tables::errors::ErrorCode;
use super::violation::{self, Violation, ViolationKind};
use serde_json::{Map, Value};

/// Of more violations than this, the rest is counted but not listed. Our choice: the service publishes no limit.
pub const MOST_LISTED: usize = 1000;

/// Checks the input of an operation. What comes back can be read as the operation's input type without fail.
///
/// # Errors
///
/// `SerializationException` without text for anything but an object, with text for a wrong JSON type inside;
/// `ValidationException` in the service's wording for everything else.
pub fn admit(operation: &Operation, mut input: Value) -> Result<Value, ApiError> {
    if !input.is_object() {
        return Err(ApiError::new(ErrorCode::SerializationException, ""));
    }
    let mut walk = Walk::over(Side::Input);
    walk.visit(operation.input, &mut input, &Path::Start(""));
    match violation::error(&walk.violations, walk.constraints) {
        None => Ok(input),
        Some(error) => Err(error),
    }
}

/// Everything that is wrong with a value somebody wants to send, in the order of the service's message. `path` is
/// where the value will be, for example `pipeline` for a declaration; empty for a whole input.
pub fn violations(shape: &'static Shape, path: &str, mut value: Value) -> Vec<Violation> {
    let mut walk = Walk::over(Side::Input);
    walk.visit(shape, &mut value, &Path::Start(path));
    walk.violations
}

/// Everything in an answer that does not fit what the service publishes. For tests: the service itself does not keep
/// to all of it (see [`Correction::OnlyInInput`](super::corrections::Correction::OnlyInInput)), which is allowed for.
pub fn answer_violations(operation: &Operation, mut answer: Value) -> Vec<Violation> {
    let mut walk = Walk::over(Side::Answer);
    if let Some(shape) = operation.output {
        walk.visit(shape, &mut answer, &Path::Start(""));
    }
    walk.violations
}

/// Which way a value travels.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Input,
    Answer,
}

/// Where the walk is; a chain on the stack, written out only when there is something to report.
enum Path<'walk> {
    Start(&'walk str),
    Member(&'walk Path<'walk>, &'walk str),
    Item(&'walk Path<'walk>, usize),
    Entry(&'walk Path<'walk>, &'walk str),
}

impl Path<'_> {
    fn write(&self, text: &mut String) {
        let (parent, step, suffix) = match self {
            Self::Start(path) => {
                text.push_str(path);
                return;
            }
            Self::Member(parent, name) => (parent, (*name).to_owned(), ""),
            Self::Item(parent, index) => (parent, (index + 1).to_string(), ".member"),
            Self::Entry(parent, key) => (parent, (*key).to_owned(), ".member"),
        };
        parent.write(text);
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(&step);
        text.push_str(suffix);
    }
}

/// How a limit is worded, depending on where the value it is about is kept.
#[derive(Clone, Copy)]
enum Place {
    Item,
    Key,
    Value,
}

struct Walk {
    side: Side,
    violations: Vec<Violation>,
    /// How many limits are broken, listed or not.
    constraints: usize,
    /// Whether a wrong type was found: the first one decides the answer and is listed whatever came before it.
    converted: bool,
}

impl Walk {
    fn over(side: Side) -> Self {
        Self {
            side,
            violations: Vec::new(),
            constraints: 0,
            converted: false,
        }
    }

    #[inline(never)]
    fn report(&mut self, path: &Path<'_>, kind: ViolationKind, constraint: &dyn std::fmt::Display) {
        let decides = kind == ViolationKind::Conversion && !self.converted;
        match kind {
            ViolationKind::Conversion => self.converted = true,
            ViolationKind::Constraint => self.constraints += 1,
            ViolationKind::LateLimit { .. } => {}
        }
        if decides || self.violations.len() < MOST_LISTED {
            let mut text = String::new();
            path.write(&mut text);
            self.violations.push(Violation {
                path: text,
                kind,
                constraint: constraint.to_string(),
            });
        }
    }

    fn visit(&mut self, shape: &'static Shape, value: &mut Value, path: &Path<'_>) {
        if !self.convert(shape, value, path) {
            return;
        }
        self.check(shape, value, path);
        match (&shape.kind, value) {
            (Kind::Structure(members), Value::Object(entries)) => {
                self.structure(members, entries, path)
            }
            (Kind::List { member, .. }, Value::Array(items)) => self.items(member, items, path),
            (Kind::Map { key, value, .. }, Value::Object(entries)) => {
                self.entries(key, value, entries, path)
            }
            _ => {}
        }
    }

    fn structure(
        &mut self,
        members: &'static [Member],
        entries: &mut Map<String, Value>,
        path: &Path<'_>,
    ) {
        entries.retain(|name, value| {
            !value.is_null() && members.iter().any(|member| member.name == name)
        });
        for member in members {
            if member.required && !entries.contains_key(member.name) {
                self.report(
                    &Path::Member(path, member.name),
                    ViolationKind::Constraint,
                    &Constraint::Present,
                );
            }
        }
        for (name, value) in entries {
            if let Some(member) = members.iter().find(|member| member.name == name) {
                self.visit(member.shape, value, &Path::Member(path, member.name));
            }
        }
    }

    fn items(&mut self, shape: &'static Shape, items: &mut [Value], path: &Path<'_>) {
        let mut reported = false;
        for (index, item) in items.iter_mut().enumerate() {
            let here = Path::Item(path, index);
            if item.is_null() {
                self.report(&here, ViolationKind::Constraint, &Constraint::Present);
            } else if is_container(shape) {
                self.visit(shape, item, &here);
            } else if self.convert(shape, item, &here) && !reported && self.is_broken(shape, item) {
                reported = true;
                self.report(
                    path,
                    ViolationKind::Constraint,
                    &InPlace(Place::Item, shape),
                );
            }
        }
    }

    fn entries(
        &mut self,
        key_shape: &'static Shape,
        value_shape: &'static Shape,
        entries: &mut Map<String, Value>,
        path: &Path<'_>,
    ) {
        let limits = key_shape.constraints();
        if entries.keys().any(|key| {
            !limits
                .iter()
                .flatten()
                .all(|limit| limit.holds_for_text(key))
        }) {
            self.report(
                path,
                ViolationKind::Constraint,
                &InPlace(Place::Key, key_shape),
            );
        }
        let mut reported = false;
        let mut late = false;
        for (key, value) in entries {
            let here = Path::Entry(path, key);
            if value.is_null() {
                self.report(&here, ViolationKind::Constraint, &Constraint::Present);
            } else if is_container(value_shape) {
                self.visit(value_shape, value, &here);
            } else if !self.convert(value_shape, value, &here) {
                // Reported by the conversion.
            } else if self.is_broken(value_shape, value) {
                if !reported {
                    reported = true;
                    self.report(
                        path,
                        ViolationKind::Constraint,
                        &InPlace(Place::Value, value_shape),
                    );
                }
            } else if !late && let Some(message) = late_message(value_shape, value) {
                late = true;
                let constraint = Limits(Place::Value, value_shape.constraints());
                self.report(path, ViolationKind::LateLimit { message }, &constraint);
            }
        }
    }

    /// Reports each limit of the value itself that is broken.
    fn check(&mut self, shape: &'static Shape, value: &Value, path: &Path<'_>) {
        if self.side == Side::Answer && shape.limits_only_input() {
            return;
        }
        for constraint in shape.first_constraints().iter().flatten() {
            if !constraint.holds(value) {
                self.report(path, ViolationKind::Constraint, constraint);
            }
        }
    }

    fn is_broken(&self, shape: &Shape, value: &Value) -> bool {
        if self.side == Side::Answer && shape.limits_only_input() {
            return false;
        }
        shape
            .first_constraints()
            .iter()
            .flatten()
            .any(|constraint| !constraint.holds(value))
    }

    /// Whether the value has the JSON type of the shape; numbers that are whole are written so on the way.
    #[inline(never)]
    fn convert(&mut self, shape: &Shape, value: &mut Value, path: &Path<'_>) -> bool {
        let wanted = match (&shape.kind, &*value) {
            (Kind::Structure(_) | Kind::Map { .. }, Value::Object(_))
            | (Kind::List { .. }, Value::Array(_))
            | (Kind::Text { .. } | Kind::Choice(_), Value::String(_))
            | (Kind::Boolean, Value::Bool(_))
            | (Kind::Timestamp, Value::Number(_)) => return true,
            (Kind::Integer { .. }, Value::Number(number)) => {
                if let Some(whole) = whole(number) {
                    *value = Value::from(whole);
                    return true;
                }
                "an Integer"
            }
            (Kind::Integer { .. }, _) => "an Integer",
            (Kind::Structure(_), _) => "a Structure",
            (Kind::Map { .. }, _) => "a Map",
            (Kind::List { .. }, _) => "a List",
            (Kind::Text { .. } | Kind::Choice(_), _) => "a String",
            (Kind::Boolean, _) => "a Boolean",
            (Kind::Timestamp, _) => "a Timestamp",
        };
        let found = match value {
            Value::Null => "NULL_VALUE",
            Value::Bool(true) => "TRUE_VALUE",
            Value::Bool(false) => "FALSE_VALUE",
            Value::Number(_) => "NUMBER_VALUE",
            Value::String(_) => "STRING_VALUE",
            Value::Array(_) => "START_ARRAY",
            Value::Object(_) => "START_OBJECT",
        };
        let text = format!("{found} can not be converted to {wanted}");
        self.report(path, ViolationKind::Conversion, &text);
        false
    }
}

/// Whether violations inside a value of the shape have paths of their own.
fn is_container(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        Kind::Structure(_) | Kind::List { .. } | Kind::Map { .. }
    )
}

/// The message of the second check of a text with a late limit, if the text fails it.
fn late_message(shape: &Shape, value: &Value) -> Option<&'static str> {
    let (_, message) = shape.late_limit()?;
    let mut limits = shape.constraints().into_iter().flatten();
    limits.any(|limit| !limit.holds(value)).then_some(message)
}

/// A whole number of 32 bits, which is all the service's integers hold; a fraction of zero does not matter.
fn whole(number: &serde_json::Number) -> Option<i32> {
    if let Some(whole) = number.as_i64() {
        return i32::try_from(whole).ok();
    }
    let float = number.as_f64()?;
    let whole = float as i32;
    (f64::from(whole) == float).then_some(whole)
}

/// The limits of items, keys or values as the list or map they are in words them: all of them, broken or not.
struct InPlace(Place, &'static Shape);

impl std::fmt::Display for InPlace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Limits(self.0, self.1.first_constraints()).fmt(formatter)
    }
}

struct Limits(Place, [Option<Constraint>; 3]);

impl std::fmt::Display for Limits {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self.0 {
            Place::Item => "Member must satisfy constraint: [",
            Place::Key => "Map keys must satisfy constraint: [",
            Place::Value => "Map value must satisfy constraint: [",
        })?;
        for (position, constraint) in self.1.iter().flatten().enumerate() {
            if position > 0 {
                formatter.write_str(", ")?;
            }
            constraint.fmt(formatter)?;
        }
        formatter.write_str("]")
    }
}
