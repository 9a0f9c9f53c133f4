//! JSON text taken apart: what a [`Reader`](super::Reader) reads.
//!
//! A node borrows from the text whatever it can, and an object is a list: nobody looks members up by name more than
//! once. That is what makes opening a large world quick; serde_json's values hash and copy every name.
//!
//! Failure modes: what [`parse`] does not understand is given to serde_json, which refuses it in its own words.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use super::Misfit;

/// As deep as serde_json goes.
const DEEPEST: u32 = 127;

/// One value of JSON.
#[derive(Clone, Debug, Default)]
pub enum Node<'a> {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// An object, in the order of the text. Of members with the same name the last one counts.
    Object(Members<'a>),
}

/// The members of an object.
pub type Members<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

impl From<Value> for Node<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(Cow::Owned(text)),
            Value::Array(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    list.push(item.into());
                }
                Self::List(list)
            }
            Value::Object(found) => {
                let mut members = Vec::with_capacity(found.len());
                for (name, value) in found {
                    members.push((Cow::Owned(name), value.into()));
                }
                Self::Object(members)
            }
        }
    }
}

impl From<Node<'_>> for Value {
    fn from(node: Node<'_>) -> Self {
        match node {
            Node::Null => Self::Null,
            Node::Bool(value) => Self::Bool(value),
            Node::Number(number) => Self::Number(number),
            Node::Text(text) => Self::String(text.into_owned()),
            Node::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    list.push(item.into());
                }
                Self::Array(list)
            }
            Node::Object(members) => Self::Object(map(members)),
        }
    }
}

/// The members as a map.
pub(super) fn map(members: Members<'_>) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in members {
        map.insert(name.into_owned(), value.into());
    }
    map
}

/// JSON text, taken apart.
///
/// # Errors
/// The text is not JSON.
pub(super) fn parse(text: &str) -> Result<Node<'_>, Misfit> {
    let mut parser = Parser {
        text,
        place: 0,
        items: Vec::new(),
        members: Vec::new(),
    };
    let node = parser.value(0);
    if let Some(node) = node
        && parser.next().is_none()
    {
        return Ok(node);
    }
    let value: Result<Value, _> = serde_json::from_str(text);
    value
        .map(Node::from)
        .map_err(|error| Misfit(error.to_string()))
}

/// A place in a text. What it cannot read is `None`.
struct Parser<'a> {
    text: &'a str,
    place: usize,
    /// The items of the lists that are open, and the members of the objects: a list is made once its length is known.
    items: Vec<Node<'a>>,
    members: Members<'a>,
}

impl<'a> Parser<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    /// The next byte that is no space, which stays the next one.
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.place += 1,
                other => return Some(other),
            }
        }
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then(|| self.place += 1)
    }

    fn word(&mut self, word: &str, node: Node<'a>) -> Option<Node<'a>> {
        let rest = self.text.get(self.place..)?;
        rest.starts_with(word).then(|| {
            self.place += word.len();
            node
        })
    }

    fn value(&mut self, depth: u32) -> Option<Node<'a>> {
        match self.next()? {
            b'"' => self.string().map(Node::Text),
            b'{' if depth < DEEPEST => self.object(depth + 1),
            b'[' if depth < DEEPEST => self.list(depth + 1),
            b't' => self.word("true", Node::Bool(true)),
            b'f' => self.word("false", Node::Bool(false)),
            b'n' => self.word("null", Node::Null),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: u32) -> Option<Node<'a>> {
        let before = self.items.len();
        self.place += 1;
        if self.next()? == b']' {
            self.place += 1;
            return Some(Node::List(Vec::new()));
        }
        loop {
            let item = self.value(depth)?;
            self.items.push(item);
            if self.next()? == b']' {
                self.place += 1;
                return Some(Node::List(self.items.split_off(before)));
            }
            self.take(b',')?;
        }
    }

    fn object(&mut self, depth: u32) -> Option<Node<'a>> {
        let before = self.members.len();
        self.place += 1;
        if self.next()? == b'}' {
            self.place += 1;
            return Some(Node::Object(Vec::new()));
        }
        loop {
            if self.next()? != b'"' {
                return None;
            }
            let name = self.string()?;
            self.take(b':')?;
            let value = self.value(depth)?;
            self.members.push((name, value));
            if self.next()? == b'}' {
                self.place += 1;
                return Some(Node::Object(self.members.split_off(before)));
            }
            self.take(b',')?;
        }
    }

    /// The text whose first quote is next.
    fn string(&mut self) -> Option<Cow<'a, str>> {
        let begin = self.place;
        let mut plain = true;
        self.place += 1;
        let mut rest = self.text.as_bytes().get(self.place..)?.iter();
        loop {
            match rest.next()? {
                b'"' => break,
                b'\\' => {
                    rest.next()?;
                    plain = false;
                }
                0..=0x1f => return None,
                _ => {}
            }
        }
        self.place = self.text.len() - rest.len();
        if plain {
            return self.text.get(begin + 1..self.place - 1).map(Cow::Borrowed);
        }
        let quoted = self.text.get(begin..self.place)?;
        serde_json::from_str(quoted).ok().map(Cow::Owned)
    }

    fn number(&mut self) -> Option<Node<'a>> {
        /// So many digits always fit.
        const SURE: usize = 18;
        let begin = self.place;
        let mut whole = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            whole = whole.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.place += 1;
        }
        let digits = self.place - begin;
        let leading = digits > 1 && self.text.as_bytes().get(begin) == Some(&b'0');
        let simple = (1..=SURE).contains(&digits) && !leading;
        if simple && !matches!(self.byte(), Some(b'.' | b'e' | b'E')) {
            return Some(Node::Number(whole.into()));
        }
        while let Some(b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-') = self.byte() {
            self.place += 1;
        }
        let text = self.text.get(begin..self.place)?;
        text.parse().ok().map(Node::Number)
    }
}
