//! The glob patterns of trigger filters (TG-18).
//!
//! `*` stands for any characters but `/`, `**` for any at all, `?` for one that is not `/`; `[abc]`, `[a-z]` and
//! `[!a]` for one out of a class, never `/`; `{a,b}` for one of several, not nested; `\` takes its meaning from the
//! character behind it, but not inside brackets. Capitals count.
//!
//! A pattern becomes a small program whose states are stepped through all at once, so that no pattern is slow. A text
//! that is no pattern ([`GlobError`]) matches nothing: the service takes such a filter without a word.

use std::{fmt, iter::Peekable, str::Chars};

/// A glob pattern that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    steps: Vec<Step>,
}

/// Why a text is no glob pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobError {
    /// A `[` without `]`.
    OpenClass,
    /// A class without members.
    EmptyClass,
    /// A range such as `z-a`.
    BackwardRange,
    /// A `{` without `}`.
    OpenGroup,
    /// A `{` within `{…}`.
    NestedGroup,
    /// A `\` at the end.
    NothingEscaped,
}

impl fmt::Display for GlobError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::OpenClass => "a [ has no ]",
            Self::EmptyClass => "there is nothing between [ and ]",
            Self::BackwardRange => "a range in brackets ends before it starts",
            Self::OpenGroup => "a { has no }",
            Self::NestedGroup => "a { stands within another",
            Self::NothingEscaped => "there is nothing behind the last \\",
        })
    }
}

impl std::error::Error for GlobError {}

/// A step of the program; what it leads to is counted from the program's start.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// This character.
    One(char),
    /// Any character but a slash.
    NoSlash,
    /// A character of the class.
    Class {
        ranges: Vec<(char, char)>,
        not: bool,
    },
    /// Any number of characters.
    Run { slashes: bool },
    /// On with each of these.
    Fork(Vec<usize>),
    /// On over there.
    Jump(usize),
}

impl Glob {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What the text lacks to be one.
    pub fn parse(text: &str) -> Result<Self, GlobError> {
        let mut steps = Vec::new();
        let mut group: Option<Group> = None;
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => steps.push(Step::One(letters.next().ok_or(GlobError::NothingEscaped)?)),
                '*' => {
                    let slashes = letters.next_if_eq(&'*').is_some();
                    steps.push(Step::Run { slashes });
                }
                '?' => steps.push(Step::NoSlash),
                '[' => steps.push(class(&mut letters)?),
                '{' if group.is_some() => return Err(GlobError::NestedGroup),
                '{' => {
                    group = Some(Group {
                        fork: steps.len(),
                        starts: vec![steps.len() + 1],
                        ends: Vec::new(),
                    });
                    steps.push(Step::Fork(Vec::new()));
                }
                ',' if let Some(group) = &mut group => {
                    group.ends.push(steps.len());
                    steps.push(Step::Jump(0));
                    group.starts.push(steps.len());
                }
                '}' => match group.take() {
                    Some(group) => group.close(&mut steps),
                    None => steps.push(Step::One('}')),
                },
                other => steps.push(Step::One(other)),
            }
        }
        match group {
            None => Ok(Self { steps }),
            Some(_) => Err(GlobError::OpenGroup),
        }
    }

    /// Whether the pattern stands for the whole of a text.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let mut now = States::new(self.steps.len());
        self.enter(0, &mut now);
        for letter in text.chars() {
            let mut next = States::new(self.steps.len());
            for (at, step) in self.steps.iter().enumerate() {
                if !now.has(at) {
                    continue;
                }
                match step {
                    Step::One(wanted) if *wanted == letter => self.enter(at + 1, &mut next),
                    Step::NoSlash if letter != '/' => self.enter(at + 1, &mut next),
                    Step::Class { ranges, not } if letter != '/' => {
                        let member = ranges
                            .iter()
                            .any(|(first, last)| (*first..=*last).contains(&letter));
                        if member != *not {
                            self.enter(at + 1, &mut next);
                        }
                    }
                    Step::Run { slashes } if *slashes || letter != '/' => self.enter(at, &mut next),
                    _ => {}
                }
            }
            now = next;
        }
        now.has(self.steps.len())
    }

    /// Reaches a step and all that follow without a character.
    fn enter(&self, at: usize, states: &mut States) {
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            if !states.add(at) {
                continue;
            }
            match self.steps.get(at) {
                Some(Step::Run { .. }) => open.push(at + 1),
                Some(Step::Fork(starts)) => open.extend(starts),
                Some(Step::Jump(end)) => open.push(*end),
                _ => {}
            }
        }
    }
}

/// The steps that are reached; the one behind the last means a match.
struct States(Vec<bool>);

impl States {
    fn new(steps: usize) -> Self {
        Self(vec![false; steps + 1])
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or(false)
    }

    /// Whether it was not there yet.
    fn add(&mut self, at: usize) -> bool {
        self.0
            .get_mut(at)
            .is_some_and(|state| !std::mem::replace(state, true))
    }
}

/// A `{…}` that is being read.
struct Group {
    /// Where its fork stands.
    fork: usize,
    /// Where each alternative starts.
    starts: Vec<usize>,
    /// The jumps behind all alternatives but the last.
    ends: Vec<usize>,
}

impl Group {
    fn close(self, steps: &mut [Step]) {
        let end = steps.len();
        for jump in self.ends {
            if let Some(step) = steps.get_mut(jump) {
                *step = Step::Jump(end);
            }
        }
        if let Some(step) = steps.get_mut(self.fork) {
            *step = Step::Fork(self.starts);
        }
    }
}

/// What stands between brackets, and the closing one.
fn class(letters: &mut Peekable<Chars>) -> Result<Step, GlobError> {
    let not = letters.next_if_eq(&'!').is_some();
    let mut ranges = Vec::new();
    loop {
        let first = match letters.next().ok_or(GlobError::OpenClass)? {
            ']' if ranges.is_empty() => return Err(GlobError::EmptyClass),
            ']' => return Ok(Step::Class { ranges, not }),
            first => first,
        };
        // A dash between two characters makes a range; at either end it means itself.
        let mut ahead = letters.clone();
        let range_end = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) if last != ']' => Some(last),
            _ => None,
        };
        match range_end {
            Some(last) if last < first => return Err(GlobError::BackwardRange),
            Some(last) => {
                *letters = ahead;
                ranges.push((first, last));
            }
            None => ranges.push((first, first)),
        }
    }
}
