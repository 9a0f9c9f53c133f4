//! What can be wrong with an input: every way in which a value can miss its shape.

use codepipeline_simulator::model::{Kind, Shape};
use serde_json::{Value, json};

use super::{
    nodes::{self, Node, Step},
    random::Random,
};

/// A way to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A member that has to be there is not.
    Missing,
    /// Nothing stands where something is.
    Null,
    /// Another JSON type.
    WrongType,
    /// Longer than it may be, or more of them.
    TooLong,
    /// Shorter than it may be, or fewer of them.
    TooShort,
    /// Letters that the pattern does not let through.
    Pattern,
    /// None of the values.
    Choice,
    /// A number beside its range.
    Range,
    /// A member that nobody knows.
    Unknown,
    /// Lists in lists in lists.
    Deep,
    /// Very long, or very many.
    Huge,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Missing,
        Self::Null,
        Self::WrongType,
        Self::TooLong,
        Self::TooShort,
        Self::Pattern,
        Self::Choice,
        Self::Range,
        Self::Unknown,
        Self::Deep,
        Self::Huge,
    ];

    /// What a single one of them has to be answered with, where that follows from the model alone.
    pub fn answer(self) -> Option<&'static str> {
        match self {
            Self::Missing
            | Self::TooLong
            | Self::TooShort
            | Self::Pattern
            | Self::Choice
            | Self::Range => Some("ValidationException"),
            Self::WrongType => Some("SerializationException"),
            Self::Null | Self::Unknown | Self::Deep | Self::Huge => None,
        }
    }

    /// Puts the fault somewhere into an input; `false` where it has no place for it.
    pub fn put(self, random: &mut Random, shape: &'static Shape, input: &mut Value) -> bool {
        let mut nodes = nodes::of(shape, input);
        nodes.retain(|node| self.fits(node));
        if nodes.is_empty() {
            return false;
        }
        let node = random.pick(&nodes).clone();
        if self == Self::Missing {
            let Some((Step::Member(name), around)) = node.path.split_last() else {
                return false;
            };
            let around = nodes::at(input, around).as_object_mut();
            return around.is_some_and(|entries| entries.shift_remove(name).is_some());
        }
        self.spoil(random, node.shape, nodes::at(input, &node.path));
        true
    }

    /// Whether a place can have this fault.
    fn fits(self, node: &Node) -> bool {
        let inside = !node.path.is_empty();
        match (self, &node.shape.kind) {
            (Self::Missing, _) => node.required,
            (Self::Null | Self::WrongType | Self::Deep | Self::Huge, _) => inside,
            (Self::Unknown, Kind::Structure(_)) => true,
            (Self::TooLong, Kind::Text { length, .. } | Kind::List { length, .. }) => {
                length.max.is_some_and(|max| max < 60_000)
            }
            (Self::TooShort, Kind::Text { length, .. } | Kind::List { length, .. }) => {
                length.min.is_some_and(|min| min > 0)
            }
            (Self::Pattern, Kind::Text { pattern, .. }) => pattern.is_some(),
            (Self::Choice, Kind::Choice(_)) => true,
            (Self::Range, Kind::Integer { value }) => value.min.is_some(),
            _ => false,
        }
    }

    fn spoil(self, random: &mut Random, shape: &Shape, value: &mut Value) {
        match (self, &shape.kind) {
            (Self::Null, _) => *value = Value::Null,
            (Self::WrongType, kind) => *value = of_another_type(random, kind),
            (Self::TooLong, Kind::Text { length, .. }) => {
                *value = json!("a".repeat(length.max.unwrap_or(0) as usize + 1 + random.below(3)));
            }
            (Self::TooLong, Kind::List { length, .. }) => {
                let wanted = length.max.unwrap_or(0) as usize + 1;
                if let Some(items) = value.as_array_mut() {
                    let item = items.first().cloned().unwrap_or(Value::Null);
                    items.resize(wanted, item);
                }
            }
            (Self::TooShort, Kind::List { .. }) => *value = json!([]),
            (Self::TooShort, _) => *value = json!(""),
            (Self::Pattern, _) => {
                let letters = ["\n", " \n", "\u{0}\n", "\u{e9}\n", "a\nb", "\u{2028}"];
                *value = json!(*random.pick(&letters));
            }
            (Self::Choice, _) => {
                *value = json!(*random.pick(&["", "Nonsense", "source", " ", "AWS "]))
            }
            (Self::Range, Kind::Integer { value: range }) => {
                let mut wrong = vec![range.min.unwrap_or(0) - 1, i64::from(i32::MIN)];
                wrong.extend(range.max.map(|max| max + 1));
                *value = json!(*random.pick(&wrong));
            }
            (Self::Unknown, _) => {
                let inner = random
                    .pick(&[json!(1), json!({ "a": [null] }), json!("x"), Value::Null])
                    .clone();
                if let Some(entries) = value.as_object_mut() {
                    entries.insert("unheardOf".to_owned(), inner);
                }
            }
            (Self::Deep, _) => *value = deep(random),
            (Self::Huge, kind) => *value = huge(random, kind, value),
            _ => {}
        }
    }
}

/// A value that none of its kind can be.
fn of_another_type(random: &mut Random, kind: &Kind) -> Value {
    let all = [
        json!({}),
        json!([]),
        json!("text"),
        json!(7),
        json!(7.5),
        json!(true),
        json!({ "a": 1 }),
        json!([1]),
    ];
    let fits = |value: &Value| match kind {
        Kind::Structure(_) | Kind::Map { .. } => value.is_object(),
        Kind::List { .. } => value.is_array(),
        Kind::Text { .. } | Kind::Choice(_) => value.is_string(),
        Kind::Integer { .. } => value.is_i64(),
        Kind::Boolean => value.is_boolean(),
        Kind::Timestamp => value.is_number(),
    };
    let wrong: Vec<&Value> = all.iter().filter(|value| !fits(value)).collect();
    (*random.pick(&wrong)).clone()
}

/// Up to a thousand levels.
fn deep(random: &mut Random) -> Value {
    let levels = *random.pick(&[10, 120, 130, 1_000]);
    let in_lists = random.percent(50);
    (0..levels).fold(json!(1), |inner, _| {
        if in_lists {
            json!([inner])
        } else {
            json!({ "a": inner })
        }
    })
}

fn huge(random: &mut Random, kind: &Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::List { .. }, Value::Array(items)) => {
            let item = items.first().cloned().unwrap_or(Value::Null);
            vec![item; 1_500].into()
        }
        (Kind::Structure(_) | Kind::Map { .. }, Value::Object(entries)) => {
            let mut entries = entries.clone();
            entries.extend((0..1_500).map(|number| (format!("k{number}"), json!("v"))));
            entries.into()
        }
        (Kind::Integer { .. } | Kind::Timestamp, _) => random
            .pick(&[
                json!(u64::MAX),
                json!(i64::MIN),
                json!(1e308),
                json!(-1e308),
                json!(1e-300),
                json!(4_294_967_296_i64),
            ])
            .clone(),
        _ => json!(random.pick(&["a", "\u{1f680}", "#{", "/"]).repeat(20_000)),
    }
}
