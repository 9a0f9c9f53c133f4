//! Time zones: what the clock on a wall shows at an instant, and when it shows a given time (CO-24).
//!
//! A [`Zone`] is read once from the text that a declaration holds and is then a small value without any reference.
//! It knows the rule that holds in its place from now on and applies it to all of time: past changes of law are not
//! modelled, nor are those that follow no rule, as around Ramadan in Gaza. Two things may live here: the generated `table.txt` (`tests/zones.py`), and arithmetic on it. Nothing
//! here knows the instant "now".
//!
//! What fails is only the reading: a text that names no zone gives a [`ZoneError`].

pub mod calendar;
mod rule;

use std::fmt;

pub use self::rule::Rule;
use super::time::{Civil, HOUR, Instant, MINUTE};

/// One line per rule, then its zones; see the script.
const TABLE: &str = include_str!("table.txt");

/// Abbreviations that several places use, none of them in the US, and the place that is meant.
const PREFERRED: &[(&str, &str)] = &[("IST", "Asia/Kolkata")];

/// A place's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Rule);

/// A text that names no zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneError {
    /// The text.
    pub text: String,
    /// A zone that is written almost so, with other capitals.
    pub nearly: Option<String>,
}

impl fmt::Display for ZoneError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, nearly } = self;
        write!(
            out,
            "The time zone '{text}' is not known. Use Region/City, UTC, UTC+HH:MM, or an abbreviation of 3 to 5 letters"
        )?;
        match nearly {
            Some(name) => write!(out, ". Did you mean {name}?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ZoneError {}

/// A time that a wall clock shows: milliseconds from 1970-01-01T00:00 on that clock, without saying where it hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Local(pub i64);

impl Local {
    /// The calendar moment that the clock shows.
    #[must_use]
    pub fn civil(self) -> Civil {
        Instant(self.0).civil()
    }
}

/// When a wall clock shows a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurrences {
    /// Clocks are set forward over it.
    Never,
    /// As nearly always.
    Once(Instant),
    /// Clocks are set back over it: the first time and the second.
    Twice(Instant, Instant),
}

impl Zone {
    /// Coordinated universal time, the default of a deployment window.
    pub const UTC: Zone = Zone(Rule::fixed(0));

    /// Reads a zone (CO-24): a name of the time zone database, `UTC` with or without `±HH:MM` (up to 18 hours), or
    /// an abbreviation of 3 to 5 letters.
    ///
    /// A name of the database is taken first and as it is written there: `EST` and `CET` are such names, `CET` with
    /// its changes of the clock. Any other abbreviation means one offset, all year: `PST` is eight hours behind UTC
    /// in July as well. Where several places use one abbreviation the US meaning counts.
    ///
    /// # Errors
    /// The text names no zone.
    pub fn parse(text: &str) -> Result<Self, ZoneError> {
        named(text)
            .or_else(|| universal(text))
            .or_else(|| abbreviated(text))
            .map(Zone)
            .ok_or_else(|| ZoneError {
                text: text.to_owned(),
                nearly: names().find(|name| name.eq_ignore_ascii_case(text)),
            })
    }

    /// A zone with a rule of its own.
    #[must_use]
    pub const fn of(rule: Rule) -> Self {
        Self(rule)
    }

    /// Milliseconds east of UTC at an instant.
    #[must_use]
    pub fn offset(self, at: Instant) -> i64 {
        self.0.offset(at)
    }

    /// The next instant after `at` at which clocks are changed; `None` where they never are.
    #[must_use]
    pub fn next_change(self, at: Instant) -> Option<Instant> {
        self.0.next_change(at)
    }

    /// What the clock shows at an instant.
    #[must_use]
    pub fn local(self, at: Instant) -> Local {
        Local(at.0 + self.offset(at))
    }

    /// When the clock shows a time.
    #[must_use]
    pub fn instants(self, local: Local) -> Occurrences {
        let daylight = self.0.daylight.map(|one| one.offset);
        let at = |offset: i64| {
            let at = Instant(local.0 - offset);
            (self.offset(at) == offset).then_some(at)
        };
        match (at(self.0.standard), daylight.and_then(at)) {
            (None, None) => Occurrences::Never,
            (Some(one), None) | (None, Some(one)) => Occurrences::Once(one),
            (Some(one), Some(other)) if one == other => Occurrences::Once(one),
            (Some(one), Some(other)) => Occurrences::Twice(one.min(other), one.max(other)),
        }
    }
}

/// The names of all zones, in the order of the table.
pub fn names() -> impl Iterator<Item = String> {
    lines().flat_map(|(_, groups)| groups.flat_map(cities))
}

/// The version of the time zone database that the table was made from, such as `2026f`.
#[must_use]
pub fn version() -> &'static str {
    TABLE
        .strip_prefix("# tzdata ")
        .and_then(|rest| rest.split(':').next())
        .unwrap_or_default()
}

/// The lines of the table: a rule, and its zones as groups of one Region with its cities.
fn lines() -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut groups = line.split_whitespace();
        Some((groups.next()?, groups))
    })
}

/// The names that a group stands for: `Region/City,City`, or `/Name,Name` for those that have no Region.
fn cities(group: &'static str) -> impl Iterator<Item = String> {
    let (region, cities) = group.split_once('/').unwrap_or_default();
    let slash = if region.is_empty() { "" } else { "/" };
    cities
        .split(',')
        .map(move |city| format!("{region}{slash}{city}"))
}

fn has_region(mut groups: impl Iterator<Item = &'static str>, region: &str) -> bool {
    groups.any(|group| group.split_once('/').is_some_and(|(own, _)| own == region))
}

/// The rule of a name of the database.
fn named(name: &str) -> Option<Rule> {
    // The table writes a slash before names without Region; nobody else may.
    if name.starts_with('/') {
        return None;
    }
    let (region, city) = name.split_once('/').unwrap_or(("", name));
    lines()
        .find(|(_, groups)| {
            groups.clone().any(|group| {
                group.split_once('/').is_some_and(|(own, cities)| {
                    own == region && cities.split(',').any(|one| one == city)
                })
            })
        })
        .and_then(|(rule, _)| Rule::parse(rule))
}

/// `UTC` and a sign with hours and minutes of two digits.
fn universal(text: &str) -> Option<Rule> {
    let rest = text.strip_prefix("UTC")?;
    let (sign, rest) = match rest.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, rest.strip_prefix('+')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two_digits = |text: &str| -> Option<i64> {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok())?
    };
    let span = two_digits(hours)? * HOUR + two_digits(minutes).filter(|one| *one < 60)? * MINUTE;
    (span <= 18 * HOUR).then_some(Rule::fixed(sign * span))
}

/// The offset that an abbreviation stands for, in whatever capitals.
fn abbreviated(text: &str) -> Option<Rule> {
    if !(3..=5).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let preferred = PREFERRED
        .iter()
        .find(|(abbreviation, _)| abbreviation.eq_ignore_ascii_case(text));
    if let Some((_, place)) = preferred {
        return named(place);
    }
    let uses = || {
        lines().filter_map(|(rule, groups)| {
            let (_, offset) =
                rule::abbreviations(rule).find(|(one, _)| one.eq_ignore_ascii_case(text))?;
            Some((offset, groups))
        })
    };
    uses()
        .find(|(_, groups)| has_region(groups.clone(), "US"))
        .or_else(|| uses().next())
        .map(|(offset, _)| Rule::fixed(offset))
}
