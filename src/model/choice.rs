//! How the enumerations of the tables are read: one visitor for all of them, which keeps the module small.

use super::shape::{Kind, Shape};
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;

/// The position of the value that is read among the values `shape` lists; an error if it lists no such value.
pub fn position<'de, D: Deserializer<'de>>(
    deserializer: D,
    shape: &'static Shape,
) -> Result<usize, D::Error> {
    deserializer.deserialize_str(OneOf(shape))
}

struct OneOf(&'static Shape);

impl Visitor<'_> for OneOf {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a value of {}", self.0.name)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        let values = match self.0.kind {
            Kind::Choice(values) => values,
            _ => &[],
        };
        values
            .iter()
            .position(|value| *value == text)
            .ok_or_else(|| E::unknown_variant(text, values))
    }
}
