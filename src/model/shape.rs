//! What a table entry is: the shape of a value, as the service publishes it.
//!
//! Every shape is a `static`; shapes point at each other, so a walk from an operation's input reaches everything
//! that may be sent. No shape contains itself, so such a walk is never deeper than the tables, however deep the
//! value is. Nothing here changes at run time.

use super::pattern::Pattern;

/// A named kind of value: the name and the limits the service publishes for it.
#[derive(Debug)]
pub struct Shape {
    /// The service's name of the shape, for example `PipelineName`.
    pub name: &'static str,
    /// What values of the shape are made of, and their limits.
    pub kind: Kind,
    /// The service asks clients to keep values of this shape out of logs (S-6).
    pub sensitive: bool,
}

/// What a value is made of.
#[derive(Debug)]
pub enum Kind {
    /// A JSON object with known members, in the order in which the service lists them.
    Structure(&'static [Member]),
    /// A JSON array whose items all have one shape.
    List {
        /// Shape of each item.
        member: &'static Shape,
        /// Number of items.
        length: Bounds,
    },
    /// A JSON object with free keys.
    Map {
        /// Shape of each key, always a text.
        key: &'static Shape,
        /// Shape of each value.
        value: &'static Shape,
        /// Number of entries.
        length: Bounds,
    },
    /// A free text.
    Text {
        /// Length in UTF-16 code units (VM-14).
        length: Bounds,
        /// What the whole text has to look like.
        pattern: Option<&'static Pattern>,
    },
    /// One text out of a list, in the order in which the service lists them.
    Choice(&'static [&'static str]),
    /// A whole number of 32 bits.
    Integer {
        /// Its value.
        value: Bounds,
    },
    /// `true` or `false`.
    Boolean,
    /// An instant: a JSON number, seconds since 1970-01-01T00:00:00Z (W-6).
    Timestamp,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// What its value has to be.
    pub shape: &'static Shape,
    /// The service refuses the structure without it.
    pub required: bool,
    /// Clients make one up when the caller gives none, so that a repeated request has one effect.
    pub idempotency_token: bool,
}

/// A lower and an upper limit, both inclusive, each only where the service publishes one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least value allowed.
    pub min: Option<i64>,
    /// The greatest value allowed.
    pub max: Option<i64>,
}

impl Shape {
    /// The members of a structure; none for anything else.
    pub fn members(&self) -> &'static [Member] {
        match self.kind {
            Kind::Structure(members) => members,
            _ => &[],
        }
    }

    /// The member with this wire name, if the shape is a structure and has one.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members().iter().find(|member| member.name == name)
    }
}
