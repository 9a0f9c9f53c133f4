//! Reading: values are taken apart; what does not fit is marked.

use serde_json::{Map, Number, Value};

use super::{FromJson, Misfit};

/// Marks what does not fit. The first mark stays.
#[derive(Debug, Default)]
pub struct Reader {
    problem: Option<String>,
    /// What is read is the name of a member, so numbers are texts.
    pub(super) as_key: bool,
}

impl Reader {
    pub(super) fn finish(self) -> Result<(), Misfit> {
        self.problem.map_or(Ok(()), |problem| Err(Misfit(problem)))
    }

    /// Marks a problem in words of one's own.
    #[cold]
    #[inline(never)]
    pub fn mark(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    #[cold]
    #[inline(never)]
    pub(super) fn missing(&mut self, name: &str) {
        self.mark(format!("missing field `{name}`"));
    }

    /// Marks that something else was expected than was found.
    #[cold]
    #[inline(never)]
    pub fn wrong(&mut self, found: &Value, expected: &str) {
        let found = match found {
            Value::Null => "null".to_owned(),
            Value::Bool(found) => format!("boolean `{found}`"),
            Value::Number(found) if found.is_f64() => format!("floating point `{found}`"),
            Value::Number(found) => format!("integer `{found}`"),
            Value::String(found) => format!("string {found:?}"),
            Value::Array(_) => "sequence".to_owned(),
            Value::Object(_) => "map".to_owned(),
        };
        self.mark(format!("invalid type: {found}, expected {expected}"));
    }

    #[cold]
    #[inline(never)]
    fn unknown(&mut self, what: &str, found: &str, expected: &[&str]) {
        let expected = match expected {
            [] => format!("there are no {what}s"),
            [one] => format!("expected `{one}`"),
            [one, other] => format!("expected `{one}` or `{other}`"),
            many => format!("expected one of `{}`", many.join("`, `")),
        };
        self.mark(format!("unknown {what} `{found}`, {expected}"));
    }

    /// The members of a structure by their names. `deny` marks those that have none of the names; `rest` keeps them.
    #[inline(never)]
    pub fn members(
        &mut self,
        value: Value,
        expected: &'static str,
        names: &'static [&'static str],
        deny: bool,
        rest: bool,
    ) -> Members {
        let mut members = Members {
            names: names.iter(),
            values: vec![None; names.len()].into_iter(),
            rest: Map::new(),
        };
        let found = match value {
            Value::Object(found) => found,
            other => {
                self.wrong(&other, expected);
                return members;
            }
        };
        let slots = members.values.as_mut_slice();
        for (name, value) in found {
            let place = names.iter().position(|known| *known == name);
            match place.and_then(|place| slots.get_mut(place)) {
                Some(slot) => *slot = Some(value),
                None if rest => {
                    members.rest.insert(name, value);
                }
                None if deny => self.unknown("field", &name, names),
                None => {}
            }
        }
        members
    }

    /// The number of a variant among the names, and what it holds.
    #[inline(never)]
    pub fn variant(&mut self, value: Value, expected: &str, names: &[&str]) -> (usize, Value) {
        let (name, content) = match value {
            Value::String(name) => (name, Value::Null),
            Value::Object(members) if members.len() == 1 => {
                members.into_iter().next().unwrap_or_default()
            }
            other => {
                self.wrong(&other, expected);
                return (usize::MAX, Value::Null);
            }
        };
        (self.choice(&name, names), content)
    }

    /// The number of a variant that a member tells, and the object without that member.
    #[inline(never)]
    pub fn tagged(
        &mut self,
        value: Value,
        expected: &str,
        tag: &'static str,
        names: &[&str],
    ) -> (usize, Value) {
        let Value::Object(mut members) = value else {
            self.wrong(&value, expected);
            return (usize::MAX, Value::Null);
        };
        let index = match members.shift_remove(tag) {
            Some(Value::String(name)) => self.choice(&name, names),
            Some(other) => {
                self.wrong(&other, "variant identifier");
                usize::MAX
            }
            None => {
                self.missing(tag);
                usize::MAX
            }
        };
        (index, Value::Object(members))
    }

    /// The number of a name among the names.
    #[inline(never)]
    pub fn choice(&mut self, name: &str, names: &[&str]) -> usize {
        let place = names.iter().position(|known| *known == name);
        place.unwrap_or_else(|| {
            self.unknown("variant", name, names);
            usize::MAX
        })
    }

    /// The items of a list that has exactly so many.
    #[inline(never)]
    pub fn tuple(&mut self, value: Value, length: usize) -> Items {
        let items = self.list(value);
        if items.0.len() != length {
            let found = items.0.len();
            self.mark(format!(
                "invalid length {found}, expected a tuple of size {length}"
            ));
        }
        items
    }

    /// The items of a list.
    #[inline(never)]
    pub fn list(&mut self, value: Value) -> Items {
        match value {
            Value::Array(items) => Items(items.into_iter()),
            other => {
                self.wrong(&other, "a sequence");
                Items(Vec::new().into_iter())
            }
        }
    }

    /// Nothing.
    #[inline(never)]
    pub fn unit(&mut self, value: Value) {
        if !value.is_null() {
            self.wrong(&value, "unit");
        }
    }

    /// A text.
    #[inline(never)]
    pub fn text(&mut self, value: Value) -> String {
        match value {
            Value::String(text) => text,
            other => {
                self.wrong(&other, "a string");
                String::new()
            }
        }
    }

    /// A number; the name of a member is read as one where a map has numbers for keys.
    pub(super) fn number(&mut self, value: Value, expected: &str) -> Number {
        let found = match &value {
            Value::Number(number) => Some(number.clone()),
            Value::String(text) if self.as_key => text.parse().ok(),
            _ => None,
        };
        found.unwrap_or_else(|| {
            self.wrong(&value, expected);
            0.into()
        })
    }

    /// A whole number between these.
    #[inline(never)]
    pub(super) fn integer(&mut self, value: Value, expected: &str, min: i64, max: u64) -> i128 {
        let number = self.number(value, expected);
        let whole = match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => i128::from(number),
            (_, Some(number)) => i128::from(number),
            _ => {
                self.wrong(&Value::Number(number), expected);
                return 0;
            }
        };
        if whole < i128::from(min) || whole > i128::from(max) {
            self.mark(format!(
                "invalid value: integer `{whole}`, expected {expected}"
            ));
            return 0;
        }
        whole
    }

    /// Reads a copy, and keeps what came of it only if nothing was marked.
    pub fn attempt<T>(&self, value: &Value, read: impl FnOnce(Value, &mut Self) -> T) -> Option<T> {
        let mut reader = Self::default();
        let read = read(value.clone(), &mut reader);
        reader.problem.is_none().then_some(read)
    }
}

/// The members of a structure, in the order of its names.
#[derive(Debug)]
pub struct Members {
    names: std::slice::Iter<'static, &'static str>,
    values: std::vec::IntoIter<Option<Value>>,
    rest: Map<String, Value>,
}

impl Members {
    /// The next member, if it is there.
    #[inline(never)]
    #[expect(
        clippy::should_implement_trait,
        reason = "an absent member does not end them"
    )]
    pub fn next(&mut self) -> Option<Value> {
        self.names.next();
        self.values.next().flatten()
    }

    /// The next member, which has to be there.
    #[inline(never)]
    pub fn needed(&mut self, reader: &mut Reader) -> Value {
        let name = self.names.next().copied().unwrap_or_default();
        self.values.next().flatten().unwrap_or_else(|| {
            reader.missing(name);
            Value::Null
        })
    }

    /// The next member as its type.
    pub fn required<T: FromJson>(&mut self, reader: &mut Reader) -> T {
        let name = self.names.next().copied().unwrap_or_default();
        match self.values.next().flatten() {
            Some(value) => T::from_json(value, reader),
            None => T::absent(name, reader),
        }
    }

    /// The next member as its type, or that type's default.
    pub fn or_default<T: FromJson + Default>(&mut self, reader: &mut Reader) -> T {
        self.next()
            .map_or_else(T::default, |value| T::from_json(value, reader))
    }

    /// The members that none of the names took.
    pub fn rest(&mut self) -> Value {
        Value::Object(std::mem::take(&mut self.rest))
    }
}

/// The items of a list.
#[derive(Debug)]
pub struct Items(pub(super) std::vec::IntoIter<Value>);

impl Items {
    /// The next item; nothing where there is none, which is marked already.
    pub fn next_item(&mut self) -> Value {
        self.0.next().unwrap_or_default()
    }
}
