//! Reading: nodes are taken apart; what does not fit is marked.

use std::borrow::Cow;

use serde_json::Number;

use super::{FromJson, Misfit, Node, node};

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
    pub fn wrong(&mut self, found: &Node<'_>, expected: &str) {
        let found = match found {
            Node::Null => "null".to_owned(),
            Node::Bool(found) => format!("boolean `{found}`"),
            Node::Number(found) if found.is_f64() => format!("floating point `{found}`"),
            Node::Number(found) => format!("integer `{found}`"),
            Node::Text(found) => format!("string {found:?}"),
            Node::List(_) => "sequence".to_owned(),
            Node::Object(_) => "map".to_owned(),
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
    pub fn members<'a>(
        &mut self,
        value: Node<'a>,
        expected: &'static str,
        names: &'static [&'static str],
        deny: bool,
        rest: bool,
    ) -> Members<'a> {
        let mut members = Members {
            names: names.iter(),
            values: vec![None; names.len()].into_iter(),
            rest: Vec::new(),
        };
        let found = match value {
            Node::Object(found) => found,
            other => {
                self.wrong(&other, expected);
                return members;
            }
        };
        let slots = members.values.as_mut_slice();
        // Most stand in the order of the names.
        let mut last = 0;
        for (name, value) in found {
            let same = |known: &&str| **known == *name;
            let (before, after) = names.split_at_checked(last).unwrap_or_default();
            let place = after.iter().position(same).map(|place| last + place);
            let place = place.or_else(|| before.iter().position(same));
            last = place.map_or(last, |place| place + 1);
            match place.and_then(|place| slots.get_mut(place)) {
                Some(slot) => *slot = Some(value),
                None if rest => {
                    members.rest.push((name, value));
                }
                None if deny => self.unknown("field", &name, names),
                None => {}
            }
        }
        members
    }

    /// The number of a variant among the names, and what it holds.
    #[inline(never)]
    pub fn variant<'a>(
        &mut self,
        value: Node<'a>,
        expected: &str,
        names: &[&str],
    ) -> (usize, Node<'a>) {
        let (name, content) = match value {
            Node::Text(name) => (name, Node::Null),
            Node::Object(members) if members.len() == 1 => {
                members.into_iter().next().unwrap_or_default()
            }
            other => {
                self.wrong(&other, expected);
                return (usize::MAX, Node::Null);
            }
        };
        (self.choice(&name, names), content)
    }

    /// The number of a variant that a member tells, and the object without that member.
    #[inline(never)]
    pub fn tagged<'a>(
        &mut self,
        value: Node<'a>,
        expected: &str,
        tag: &'static str,
        names: &[&str],
    ) -> (usize, Node<'a>) {
        let Node::Object(mut members) = value else {
            self.wrong(&value, expected);
            return (usize::MAX, Node::Null);
        };
        let place = members.iter().position(|(name, _)| *name == tag);
        let index = match place.map(|place| members.remove(place).1) {
            Some(Node::Text(name)) => self.choice(&name, names),
            Some(other) => {
                self.wrong(&other, "variant identifier");
                usize::MAX
            }
            None => {
                self.missing(tag);
                usize::MAX
            }
        };
        (index, Node::Object(members))
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
    pub fn tuple<'a>(&mut self, value: Node<'a>, length: usize) -> Items<'a> {
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
    pub fn list<'a>(&mut self, value: Node<'a>) -> Items<'a> {
        match value {
            Node::List(items) => Items(items.into_iter()),
            other => {
                self.wrong(&other, "a sequence");
                Items(Vec::new().into_iter())
            }
        }
    }

    /// Nothing.
    #[inline(never)]
    pub fn unit(&mut self, value: Node<'_>) {
        if !matches!(value, Node::Null) {
            self.wrong(&value, "unit");
        }
    }

    /// A text.
    #[inline(never)]
    pub fn text<'a>(&mut self, value: Node<'a>) -> Cow<'a, str> {
        match value {
            Node::Text(text) => text,
            other => {
                self.wrong(&other, "a string");
                Cow::Borrowed("")
            }
        }
    }

    /// A number; the name of a member is read as one where a map has numbers for keys.
    pub(super) fn number(&mut self, value: Node<'_>, expected: &str) -> Number {
        let found = match &value {
            Node::Number(number) => Some(number.clone()),
            Node::Text(text) if self.as_key => text.parse().ok(),
            _ => None,
        };
        found.unwrap_or_else(|| {
            self.wrong(&value, expected);
            0.into()
        })
    }

    /// A whole number between these.
    #[inline(never)]
    pub(super) fn integer(&mut self, value: Node<'_>, expected: &str, min: i64, max: u64) -> i128 {
        let number = self.number(value, expected);
        let whole = match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => i128::from(number),
            (_, Some(number)) => i128::from(number),
            _ => {
                self.wrong(&Node::Number(number), expected);
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
    pub fn attempt<'a, T>(
        &self,
        value: &Node<'a>,
        read: impl FnOnce(Node<'a>, &mut Self) -> T,
    ) -> Option<T> {
        let mut reader = Self::default();
        let read = read(value.clone(), &mut reader);
        reader.problem.is_none().then_some(read)
    }
}

/// The members of a structure, in the order of its names.
#[derive(Debug)]
pub struct Members<'a> {
    names: std::slice::Iter<'static, &'static str>,
    values: std::vec::IntoIter<Option<Node<'a>>>,
    rest: node::Members<'a>,
}

impl<'a> Members<'a> {
    /// The next member, if it is there.
    #[inline(never)]
    #[expect(
        clippy::should_implement_trait,
        reason = "an absent member does not end them"
    )]
    pub fn next(&mut self) -> Option<Node<'a>> {
        self.names.next();
        self.values.next().flatten()
    }

    /// The next member, which has to be there.
    #[inline(never)]
    pub fn needed(&mut self, reader: &mut Reader) -> Node<'a> {
        let name = self.names.next().copied().unwrap_or_default();
        self.values.next().flatten().unwrap_or_else(|| {
            reader.missing(name);
            Node::Null
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
    pub fn rest(&mut self) -> Node<'a> {
        Node::Object(std::mem::take(&mut self.rest))
    }
}

/// The items of a list.
#[derive(Debug)]
pub struct Items<'a>(pub(super) std::vec::IntoIter<Node<'a>>);

impl<'a> Items<'a> {
    /// The next item; nothing where there is none, which is marked already.
    pub fn next_item(&mut self) -> Node<'a> {
        self.0.next().unwrap_or_default()
    }
}
