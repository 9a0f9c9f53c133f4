//! Writing: to text, or into a value.

use serde_json::{Map, Number, Value};

use super::ToJson;

/// Takes what is written, in order. The calls have to be balanced: a member's name, then its value.
#[derive(Debug)]
pub struct Writer {
    target: Target,
    /// The next scalar is the name of a member.
    as_key: bool,
    /// The next object adds its members to the one around it.
    flat: bool,
    /// For every open object, whether it has braces of its own.
    braces: Vec<bool>,
    hole: Hole,
}

/// Whether something is left out, to be written later by whoever asked for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hole {
    Unwanted,
    Wanted,
    /// It was left out here.
    At(usize),
}

#[derive(Debug)]
enum Target {
    Text {
        text: Vec<u8>,
        /// Something stands before what comes next in the same list or object.
        follows: bool,
    },
    Value {
        open: Vec<Open>,
        done: Value,
    },
}

#[derive(Debug)]
enum Open {
    List(Vec<Value>),
    Object(Map<String, Value>, String),
}

impl Writer {
    pub(super) fn text_writer() -> Self {
        Self::new(Target::Text {
            text: Vec::new(),
            follows: false,
        })
    }

    pub(super) fn holed_writer() -> Self {
        Self {
            hole: Hole::Wanted,
            ..Self::text_writer()
        }
    }

    pub(super) fn value_writer() -> Self {
        Self::new(Target::Value {
            open: Vec::new(),
            done: Value::Null,
        })
    }

    fn new(target: Target) -> Self {
        Self {
            target,
            as_key: false,
            flat: false,
            braces: Vec::new(),
            hole: Hole::Unwanted,
        }
    }

    /// Asked inside a list that may grow large: whether its items are to be left out here. True once for each writer that
    /// was made to leave something out.
    pub fn leaves_out(&mut self) -> bool {
        match (&self.target, self.hole) {
            (Target::Text { text, .. }, Hole::Wanted) => {
                self.hole = Hole::At(text.len());
                true
            }
            _ => false,
        }
    }

    /// The text before and after what was left out; nothing after where nothing was.
    pub(super) fn into_texts(self) -> (String, String) {
        let hole = self.hole;
        let mut text = self.into_text();
        let after = match hole {
            Hole::At(place) => text.split_off(place),
            Hole::Unwanted | Hole::Wanted => String::new(),
        };
        (text, after)
    }

    pub(super) fn into_text(self) -> String {
        match self.target {
            // Everything that is appended is UTF-8.
            Target::Text { text, .. } => String::from_utf8(text).unwrap_or_default(),
            Target::Value { done, .. } => done.to_string(),
        }
    }

    pub(super) fn into_value(self) -> Value {
        match self.target {
            Target::Text { text, .. } => serde_json::from_slice(&text).unwrap_or_default(),
            Target::Value { done, .. } => done,
        }
    }

    /// A member of the object that is open.
    #[inline(never)]
    pub fn member(&mut self, name: &str, value: &dyn ToJson) {
        self.key(name);
        value.to_json(self);
    }

    /// A list of these.
    #[inline(never)]
    pub fn items(&mut self, items: &[&dyn ToJson]) {
        self.begin_list();
        for item in items {
            item.to_json(self);
        }
        self.end_list();
    }

    /// Writes the members of an object into the one that is open.
    #[inline(never)]
    pub fn flatten(&mut self, value: &dyn ToJson) {
        self.flat = true;
        value.to_json(self);
        self.flat = false;
    }

    /// Begins the object that a variant with content is; its content and the end follow.
    #[inline(never)]
    pub fn variant(&mut self, name: &str) {
        self.begin_object();
        self.key(name);
    }

    /// Begins an object with the tag that tells its variant.
    #[inline(never)]
    pub fn tagged(&mut self, tag: &str, name: &str) {
        self.begin_object();
        self.key(tag);
        self.text(name);
    }

    /// The name of the member whose value comes next, from a key of a map.
    #[inline(never)]
    pub fn key_of(&mut self, key: &dyn ToJson) {
        self.as_key = true;
        key.to_json(self);
        self.as_key = false;
    }

    /// The name of the member whose value comes next.
    pub fn key(&mut self, name: &str) {
        match &mut self.target {
            Target::Text { text, follows } => {
                if *follows {
                    text.push(b',');
                }
                quote(text, name);
                text.push(b':');
                *follows = false;
            }
            Target::Value { open, .. } => {
                if let Some(Open::Object(_, key)) = open.last_mut() {
                    name.clone_into(key);
                }
            }
        }
    }

    /// Begins an object.
    #[inline(never)]
    pub fn begin_object(&mut self) {
        let flat = std::mem::take(&mut self.flat);
        self.braces.push(!flat);
        if flat {
            return;
        }
        match &mut self.target {
            Target::Text { text, follows } => begin(text, follows, b'{'),
            Target::Value { open, .. } => open.push(Open::Object(Map::new(), String::new())),
        }
    }

    /// Ends the object that was begun last.
    #[inline(never)]
    pub fn end_object(&mut self) {
        if self.braces.pop() == Some(false) {
            return;
        }
        match &mut self.target {
            Target::Text { text, follows } => {
                text.push(b'}');
                *follows = true;
            }
            Target::Value { .. } => self.close(),
        }
    }

    /// Begins a list.
    pub fn begin_list(&mut self) {
        match &mut self.target {
            Target::Text { text, follows } => begin(text, follows, b'['),
            Target::Value { open, .. } => open.push(Open::List(Vec::new())),
        }
    }

    /// Ends the list that was begun last.
    pub fn end_list(&mut self) {
        match &mut self.target {
            Target::Text { text, follows } => {
                text.push(b']');
                *follows = true;
            }
            Target::Value { .. } => self.close(),
        }
    }

    /// Nothing.
    #[inline(never)]
    pub fn null(&mut self) {
        self.scalar(Value::Null);
    }

    /// Yes or no.
    #[inline(never)]
    pub fn bool(&mut self, value: bool) {
        self.scalar(Value::Bool(value));
    }

    /// A whole number.
    #[inline(never)]
    pub fn integer(&mut self, value: i64) {
        self.scalar(Value::Number(value.into()));
    }

    /// A whole number without a sign.
    #[inline(never)]
    pub fn unsigned(&mut self, value: u64) {
        self.scalar(Value::Number(value.into()));
    }

    /// A number; what is none becomes nothing.
    #[inline(never)]
    pub fn float(&mut self, value: f64) {
        self.scalar(Number::from_f64(value).map_or(Value::Null, Value::Number));
    }

    /// A text.
    #[inline(never)]
    pub fn text(&mut self, value: &str) {
        if std::mem::take(&mut self.as_key) {
            return self.key(value);
        }
        match &mut self.target {
            Target::Text { text, follows } => {
                if *follows {
                    text.push(b',');
                }
                quote(text, value);
                *follows = true;
            }
            Target::Value { .. } => self.put(Value::String(value.to_owned())),
        }
    }

    /// A value as it is.
    pub fn value(&mut self, value: &Value) {
        match (&mut self.target, value) {
            (Target::Value { .. }, _) if !self.flat => self.put(value.clone()),
            (_, Value::Object(members)) => {
                self.begin_object();
                for (name, value) in members {
                    self.key(name);
                    self.value(value);
                }
                self.end_object();
            }
            (Target::Text { text, follows }, _) => {
                if *follows {
                    text.push(b',');
                }
                // A vector takes whatever is written to it.
                let _ = serde_json::to_writer(text, value);
                *follows = true;
            }
            (Target::Value { .. }, _) => {}
        }
    }

    fn scalar(&mut self, value: Value) {
        if std::mem::take(&mut self.as_key) {
            return self.key(&value.to_string());
        }
        match &mut self.target {
            Target::Text { text, follows } => {
                if *follows {
                    text.push(b',');
                }
                let _ = serde_json::to_writer(text, &value);
                *follows = true;
            }
            Target::Value { .. } => self.put(value),
        }
    }

    fn close(&mut self) {
        if let Target::Value { open, .. } = &mut self.target {
            let closed = match open.pop() {
                Some(Open::List(items)) => Value::Array(items),
                Some(Open::Object(members, _)) => Value::Object(members),
                None => Value::Null,
            };
            self.put(closed);
        }
    }

    fn put(&mut self, value: Value) {
        if let Target::Value { open, done } = &mut self.target {
            match open.last_mut() {
                Some(Open::List(items)) => items.push(value),
                Some(Open::Object(members, key)) => {
                    members.insert(std::mem::take(key), value);
                }
                None => *done = value,
            }
        }
    }
}

fn begin(text: &mut Vec<u8>, follows: &mut bool, bracket: u8) {
    if *follows {
        text.push(b',');
    }
    text.push(bracket);
    *follows = false;
}

fn quote(text: &mut Vec<u8>, value: &str) {
    // A vector takes whatever is written to it.
    let _ = serde_json::to_writer(text, value);
}
