//! An input being filled in: one value, which fields and text both change, and what this form remembers of the person.

use serde_json::Value;

use super::{Answer, moment, place, prefill};
use crate::{
    model::{Kind, Operation, Shape},
    page::{
        edit::{self, Change, pointer},
        import::{SIZE_REFUSED, not_json_at, text as import_text},
        text::operate as text,
    },
};

/// The input of an operation as far as it is filled in.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which operation.
    pub operation: &'static Operation,
    began_as: Value,
    value: Value,
    text: String,
    broken: Option<String>,
    /// Pointers of fields that were filled in: what nobody has touched is not called missing.
    touched: Vec<String>,
    /// Places that were folded or unfolded by hand.
    folds: Vec<(String, bool)>,
    /// A key that another entry has already: the place of the field, and what stands in it.
    clash: Option<(String, String)>,
    /// Whether it was sent as it is: then everything that is missing is said.
    sent: bool,
    /// Whether the answer is being waited for.
    pub busy: bool,
    /// What came of the last call.
    pub answer: Option<Answer>,
}

impl Draft {
    /// A form that begins with this input.
    #[must_use]
    pub fn new(operation: &'static Operation, input: Value) -> Self {
        Self {
            operation,
            text: edit::text(&input),
            began_as: input.clone(),
            value: input,
            broken: None,
            touched: Vec::new(),
            folds: Vec::new(),
            clash: None,
            sent: false,
            busy: false,
            answer: None,
        }
    }

    /// The input.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The input as text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Why the text is no JSON, as a sentence.
    #[must_use]
    pub fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    /// Whether anything differs from what it began as.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.broken.is_some() || self.value != self.began_as
    }

    /// Whether something missing at a pointer is to be said.
    #[must_use]
    pub fn asks_for(&self, pointer: &str) -> bool {
        self.sent || self.touched.iter().any(|one| one == pointer)
    }

    /// What stands in the field of a key that another entry has already.
    #[must_use]
    pub fn clashing(&self, place: &str) -> Option<&str> {
        let (at, key) = self.clash.as_ref()?;
        (at == place).then_some(key)
    }

    /// Whether a part is unfolded, where it usually is or is not.
    #[must_use]
    pub fn unfolded(&self, place: &str, usually: bool) -> bool {
        let by_hand = self.folds.iter().find(|(at, _)| at == place);
        by_hand.map_or(usually, |(_, open)| *open)
    }

    /// Folds a part that is open, and the other way round.
    pub fn fold(&mut self, place: &str, open: bool) {
        self.folds.retain(|(at, _)| at != place);
        self.folds.push((place.to_owned(), open));
    }

    /// The text is this now.
    pub fn write(&mut self, text: String) {
        self.broken = None;
        if text.len() >= SIZE_REFUSED {
            self.broken = Some(import_text::TOO_LARGE.to_owned());
        } else {
            match serde_json::from_str(&text) {
                Ok(value) => self.value = value,
                Err(error) => {
                    let (line, column, message) = not_json_at(&text, &error);
                    self.broken = Some(text::broken(line, column, &message));
                }
            }
        }
        self.clash = None;
        self.text = text;
    }

    /// A field holds this now.
    pub fn fill(&mut self, place: &str, text: &str) {
        if self.broken.is_some() {
            return;
        }
        if let Some(entry) = place.strip_suffix(place::KEY) {
            let entry = entry.trim_end_matches('/');
            let renamed = place::rename(&mut self.value, entry, text);
            self.clash = (!renamed).then(|| (place.to_owned(), text.to_owned()));
            return self.print();
        }
        let Some(at) = place::pointer(&self.value, place) else {
            return;
        };
        match filled(self.operation.input, &at, text) {
            Some(to) => place::set(self.operation.input, &mut self.value, place, to),
            None => place::remove(&mut self.value, place),
        }
        if !self.touched.contains(&at) {
            self.touched.push(at);
        }
        self.print();
    }

    /// A part comes or goes.
    pub fn change(&mut self, change: &Change) {
        if self.broken.is_some() {
            return;
        }
        let input = self.operation.input;
        match change {
            Change::Set { at, to } => {
                self.fold(at, true);
                // What somebody has asked for is open, with the first of its items.
                self.fold(&pointer::join(at, "0"), true);
                self.fold(&place::entry(at, 0), true);
                place::set(input, &mut self.value, at, to.clone());
            }
            Change::Append { at, item } => {
                let next = place::pointer(&self.value, at)
                    .and_then(|at| self.value.pointer(&at))
                    .map_or(0, |list| match list {
                        Value::Array(items) => items.len(),
                        Value::Object(entries) => entries.len(),
                        _ => 0,
                    });
                self.fold(&pointer::join(at, &next.to_string()), true);
                self.fold(&place::entry(at, next), true);
                place::append(input, &mut self.value, at, item.clone());
            }
            Change::Remove { at } => {
                // The places of what comes after it mean others then.
                let around = at.rsplit_once('/').map_or("", |(around, _)| around);
                self.folds.retain(|(place, _)| !place.starts_with(around));
                place::remove(&mut self.value, at);
            }
            _ => return,
        }
        self.clash = None;
        self.print();
    }

    /// It goes out as it is.
    pub fn send(&mut self) {
        self.sent = true;
        self.busy = true;
    }

    /// The token under which the last answer says that it goes on.
    #[must_use]
    pub fn next_page(&self) -> Option<(&'static str, String)> {
        let pages = self.operation.pagination?;
        let said = self.answer.as_ref()?.said.as_ref().ok()?;
        let token = said.get(pages.output_token)?.as_str()?;
        Some((pages.input_token, token.to_owned()))
    }

    fn print(&mut self) {
        self.text = edit::text(&self.value);
    }
}

/// What a text in a field means; `None` where an empty one means that the member is left out. Only a required text that
/// may be empty is sent empty.
fn filled(input: &'static Shape, at: &str, text: &str) -> Option<Value> {
    let shape = pointer::shape_in(input, at)?;
    let parent = pointer::parent(at)
        .and_then(|(before, last)| Some((pointer::shape_in(input, before)?, last)));
    if text.is_empty() {
        let stays = match parent {
            Some((parent, last)) => match parent.kind {
                Kind::Structure(_) => parent
                    .member(&last)
                    .is_some_and(|member| member.required && prefill::may_be_empty(shape)),
                // Items and entries are taken away by their own buttons.
                _ => true,
            },
            None => false,
        };
        return stays.then(|| Value::from(""));
    }
    Some(match shape.kind {
        Kind::Integer { .. } => match text.trim().parse::<i64>() {
            Ok(number) => Value::from(number),
            // As it is, so that the service can say so.
            Err(_) => Value::from(text),
        },
        Kind::Boolean => Value::from(text == "true"),
        Kind::Timestamp => match moment::read(text) {
            Some(at) => moment::seconds(at),
            None => Value::from(text),
        },
        _ => Value::from(text),
    })
}
