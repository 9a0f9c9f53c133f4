//! A value as a literal of a programming language: one writer for Python and JavaScript, which differ in a few words.

use serde_json::Value;

use crate::model::{Kind, Shape};

/// What is short enough stands on one line.
const LINE: usize = 76;
const INDENT: usize = 4;

/// How a language writes what JSON knows.
pub struct Language {
    /// `true`, `false` and nothing.
    pub words: [&'static str; 3],
    /// A text in quotes.
    pub text: fn(&str) -> String,
    /// A key of a map, with what stands between key and value.
    pub key: fn(&str) -> String,
    /// An instant, by its seconds since 1970.
    pub instant: fn(&serde_json::Number) -> String,
}

impl Language {
    /// A value, indented for lines that begin at `depth`.
    pub fn value(&self, value: &Value, shape: Option<&Shape>, depth: usize) -> String {
        let [yes, no, nothing] = self.words;
        match value {
            Value::Null => nothing.to_owned(),
            Value::Bool(true) => yes.to_owned(),
            Value::Bool(false) => no.to_owned(),
            Value::Number(number) => match shape.map(|shape| &shape.kind) {
                Some(Kind::Timestamp) => (self.instant)(number),
                _ => number.to_string(),
            },
            Value::String(text) => (self.text)(text),
            Value::Array(items) => {
                let member = match shape.map(|shape| &shape.kind) {
                    Some(Kind::List { member, .. }) => Some(*member),
                    _ => None,
                };
                let items = items
                    .iter()
                    .map(|item| self.value(item, member, depth + 1))
                    .collect();
                enclosed("[", items, "]", depth)
            }
            Value::Object(members) => {
                let entries = members
                    .iter()
                    .filter(|(_, value)| !value.is_null())
                    .map(|(name, value)| {
                        let inner = inner(shape, name);
                        format!(
                            "{}{}",
                            (self.key)(name),
                            self.value(value, inner, depth + 1)
                        )
                    })
                    .collect();
                enclosed("{", entries, "}", depth)
            }
        }
    }
}

/// The shape of a member of a structure, or of an entry of a map.
pub fn inner(shape: Option<&Shape>, name: &str) -> Option<&'static Shape> {
    match &shape?.kind {
        Kind::Structure(members) => members
            .iter()
            .find(|member| member.name == name)
            .map(|member| member.shape),
        Kind::Map { value, .. } => Some(*value),
        _ => None,
    }
}

/// Parts between brackets: on one line, or one a line where that would be long.
pub fn enclosed(open: &str, parts: Vec<String>, close: &str, depth: usize) -> String {
    if parts.is_empty() {
        return format!("{open}{close}");
    }
    let length: usize = parts.iter().map(|part| part.chars().count() + 2).sum();
    let flat = parts.iter().all(|part| !part.contains('\n'));
    if flat && length + depth * INDENT <= LINE {
        let space = if open.ends_with('{') { " " } else { "" };
        return format!("{open}{space}{}{space}{close}", parts.join(", "));
    }
    lines(open, parts, close, depth)
}

/// Parts between brackets, one a line.
pub fn lines(open: &str, parts: Vec<String>, close: &str, depth: usize) -> String {
    let (outer, inner) = (" ".repeat(depth * INDENT), " ".repeat((depth + 1) * INDENT));
    let mut text = format!("{open}\n");
    for part in parts {
        text.push_str(&inner);
        text.push_str(&part);
        text.push_str(",\n");
    }
    text + &outer + close
}

/// A text between double quotes. Both languages read these escapes alike; `control` writes what has no short one.
pub fn quoted(text: &str, control: fn(u32) -> String) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // These end a line for some editors, turn the reading order round, or cannot be seen at all.
            '\u{2028}'
            | '\u{2029}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter if letter.is_control() => quoted.push_str(&control(u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a name is one of ASCII letters, digits and underscores that does not begin with a digit.
pub fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next();
    first.is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
