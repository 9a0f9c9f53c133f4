//! A single published limit: whether a value keeps it, and how the service words it (VM-7 to VM-14).

use super::corrections::{CORRECTIONS, Correction};
use super::pattern::Pattern;
use super::shape::{Kind, Shape};
use serde_json::Value;
use std::fmt;

/// One limit on one value. Its text is the service's.
#[derive(Clone, Copy, Debug)]
pub enum Constraint {
    /// There has to be a value.
    Present,
    /// The whole text has to match.
    Pattern(&'static Pattern),
    /// The text is one of these.
    OneOf(&'static [&'static str]),
    /// At most so many UTF-16 code units, items or entries.
    MaxLength(i64),
    /// At least so many UTF-16 code units, items or entries.
    MinLength(i64),
    /// The number is at most this.
    MaxValue(i64),
    /// The number is at least this.
    MinValue(i64),
}

impl fmt::Display for Constraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Present => formatter.write_str("Member must not be null"),
            Self::Pattern(pattern) => {
                let source = pattern.source;
                write!(
                    formatter,
                    "Member must satisfy regular expression pattern: {source}"
                )
            }
            Self::OneOf(values) => {
                let values = values.join(", ");
                write!(formatter, "Member must satisfy enum value set: [{values}]")
            }
            Self::MaxLength(max) => {
                write!(
                    formatter,
                    "Member must have length less than or equal to {max}"
                )
            }
            Self::MinLength(min) => {
                write!(
                    formatter,
                    "Member must have length greater than or equal to {min}"
                )
            }
            Self::MaxValue(max) => {
                write!(
                    formatter,
                    "Member must have value less than or equal to {max}"
                )
            }
            Self::MinValue(min) => {
                write!(
                    formatter,
                    "Member must have value greater than or equal to {min}"
                )
            }
        }
    }
}

impl Constraint {
    /// Whether a value of the right JSON type keeps the limit. Values the limit says nothing about keep it.
    #[inline(never)]
    pub fn holds(&self, value: &Value) -> bool {
        match value {
            Value::Null => !matches!(self, Self::Present),
            Value::String(text) => self.holds_for_text(text),
            Value::Array(items) => self.holds_for_length(items.len()),
            Value::Object(entries) => self.holds_for_length(entries.len()),
            Value::Number(number) => match (self, number.as_i64()) {
                (Self::MaxValue(max), Some(number)) => number <= *max,
                (Self::MinValue(min), Some(number)) => number >= *min,
                _ => true,
            },
            Value::Bool(_) => true,
        }
    }

    /// Whether a text keeps the limit.
    pub fn holds_for_text(&self, text: &str) -> bool {
        match self {
            Self::Pattern(pattern) => (pattern.matches)(text),
            Self::OneOf(values) => values.contains(&text),
            Self::MaxLength(_) | Self::MinLength(_) if text.is_ascii() => {
                self.holds_for_length(text.len())
            }
            _ => self.holds_for_length(text.encode_utf16().count()),
        }
    }

    fn holds_for_length(&self, length: usize) -> bool {
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        match self {
            Self::MaxLength(max) => length <= *max,
            Self::MinLength(min) => length >= *min,
            _ => true,
        }
    }
}

impl Shape {
    /// The limits of a value of this shape, in the order in which they are checked: pattern or list of values, then
    /// the upper limit, then the lower (W-21). They do not go into members, items or entries.
    #[inline(never)]
    pub fn constraints(&self) -> [Option<Constraint>; 3] {
        match self.kind {
            Kind::Structure(_) | Kind::Boolean | Kind::Timestamp => [None; 3],
            Kind::Choice(values) => [Some(Constraint::OneOf(values)), None, None],
            Kind::Integer { value } => [
                None,
                value.max.map(Constraint::MaxValue),
                value.min.map(Constraint::MinValue),
            ],
            Kind::List { length, .. } | Kind::Map { length, .. } => [
                None,
                length.max.map(Constraint::MaxLength),
                length.min.map(Constraint::MinLength),
            ],
            Kind::Text { length, pattern } => [
                pattern.map(Constraint::Pattern),
                length.max.map(Constraint::MaxLength),
                length.min.map(Constraint::MinLength),
            ],
        }
    }

    /// The limits that the first check has and names, which is not the one that counts for shapes with a late limit.
    pub(super) fn first_constraints(&self) -> [Option<Constraint>; 3] {
        let mut constraints = self.constraints();
        if let Some((first_max, _)) = self.late_limit() {
            constraints[1] = Some(Constraint::MaxLength(first_max));
        }
        if let Some(pattern) = self.wider_pattern() {
            constraints[0] = Some(Constraint::Pattern(pattern));
        }
        constraints
    }

    /// What really decides about a text whose published pattern is too narrow.
    fn wider_pattern(&self) -> Option<&'static Pattern> {
        CORRECTIONS.iter().find_map(|correction| match correction {
            Correction::Wider { shape, pattern, .. } if std::ptr::eq(*shape, self) => {
                Some(*pattern)
            }
            _ => None,
        })
    }

    /// For a shape with a late limit: the upper limit of the first check, and the whole message of the second.
    pub(super) fn late_limit(&self) -> Option<(i64, &'static str)> {
        CORRECTIONS.iter().find_map(|correction| match correction {
            Correction::LateLimit {
                shape,
                first_max,
                message,
                ..
            } if std::ptr::eq(*shape, self) => Some((*first_max, *message)),
            _ => None,
        })
    }

    /// Whether the published limits say nothing about answers.
    pub(super) fn limits_only_input(&self) -> bool {
        CORRECTIONS.iter().any(|correction| {
            matches!(correction, Correction::OnlyInInput { shape, .. } if std::ptr::eq(*shape, self))
        })
    }
}
