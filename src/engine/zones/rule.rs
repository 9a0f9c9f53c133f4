//! The rule of a zone: its offset, and if its clocks change every year, when and to what. Read from the POSIX
//! notation in which compiled zone files end, such as `EST5EDT,M3.2.0,M11.1.0`.
//!
//! The notation counts offsets west of UTC; here they count east, in milliseconds, as everybody else does. Times of
//! change may be negative or beyond 24 hours: `M3.4.4/50` is two hours into the Saturday after the fourth Thursday.

use super::calendar::{days, days_in, is_leap, weekday};
use crate::engine::time::{DAY, HOUR, Instant, MINUTE, SECOND};
use crate::order::sort_by_key;

/// The rule of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Milliseconds east of UTC, in standard time.
    pub(super) standard: i64,
    /// What changes every year, where something does.
    pub(super) daylight: Option<Daylight>,
}

/// The part of the year in which another offset holds. It may be the one with the smaller offset, and it may span
/// the turn of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Daylight {
    /// Milliseconds east of UTC.
    pub(super) offset: i64,
    starts: Change,
    ends: Change,
}

/// When clocks change: a day of the year and a time on the clock as it stood before the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    day: ChangeDay,
    /// Milliseconds from midnight; may be negative or more than a day.
    time: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ChangeDay {
    /// `Mm.w.d`: the w-th weekday of a month, the last one when w is 5.
    Weekday { month: u32, week: u32, weekday: u32 },
    /// `Jn`: day n of the year from 1, where 29 February is never counted.
    WithoutLeapDay(u32),
    /// `n`: day n of the year from 0.
    FromZero(u32),
}

impl ChangeDay {
    /// Days since 1970-01-01.
    fn in_year(self, year: i64) -> i64 {
        match self {
            Self::Weekday {
                month,
                week,
                weekday: wanted,
            } => {
                let first = days(year, month, 1);
                let to_wanted = i64::from((7 + wanted - weekday(first)) % 7);
                let day = to_wanted + 7 * (i64::from(week) - 1);
                let beyond = day >= i64::from(days_in(year, month));
                first + if beyond { day - 7 } else { day }
            }
            Self::WithoutLeapDay(day) => {
                let leap_day_passed = is_leap(year) && day >= 60;
                days(year, 1, 1) + i64::from(day) - i64::from(!leap_day_passed)
            }
            Self::FromZero(day) => days(year, 1, 1) + i64::from(day),
        }
    }
}

impl Rule {
    /// A zone whose clocks never change.
    pub(super) const fn fixed(offset: i64) -> Self {
        Self {
            standard: offset,
            daylight: None,
        }
    }

    /// Reads the POSIX notation; `None` when the text is not in it. Changes of the clock have to be spelled out: the
    /// notation leaves to each system what holds where they are not.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (_, rest) = abbreviation(text)?;
        let (west, rest) = time(rest, 24)?;
        let standard = -west;
        if rest.is_empty() {
            return Some(Self::fixed(standard));
        }
        let (_, rest) = abbreviation(rest)?;
        let (offset, rest) = match rest.strip_prefix(',') {
            Some(changes) => (standard + HOUR, changes),
            None => {
                let (west, rest) = time(rest, 24)?;
                (-west, rest.strip_prefix(',')?)
            }
        };
        let (starts, ends) = rest.split_once(',')?;
        Some(Self {
            standard,
            daylight: Some(Daylight {
                offset,
                starts: change(starts)?,
                ends: change(ends)?,
            }),
        })
    }

    /// Milliseconds east of UTC at an instant.
    #[must_use]
    pub fn offset(self, at: Instant) -> i64 {
        let Some(daylight) = self.daylight else {
            return self.standard;
        };
        self.changes(daylight, at)
            .into_iter()
            .rev()
            .find(|(change, _)| *change <= at)
            .map_or(self.standard, |(_, offset)| offset)
    }

    /// The first instant after this one at which the offset becomes another one; `None` if it never does.
    #[must_use]
    pub fn next_change(self, at: Instant) -> Option<Instant> {
        let daylight = self.daylight?;
        let now = self.offset(at);
        self.changes(daylight, at)
            .into_iter()
            .find(|(change, offset)| *change > at && *offset != now)
            .map(|(change, _)| change)
    }

    /// The changes of the years around an instant, in order, each with the offset that holds from then on. The year
    /// before and the two after are enough for whatever zone and turn of the year.
    fn changes(self, daylight: Daylight, at: Instant) -> Vec<(Instant, i64)> {
        let year = at.civil().year;
        let start = |year| {
            let local = daylight.starts.day.in_year(year) * DAY + daylight.starts.time;
            (Instant(local - self.standard), daylight.offset)
        };
        let end = |year| {
            let local = daylight.ends.day.in_year(year) * DAY + daylight.ends.time;
            (Instant(local - daylight.offset), self.standard)
        };
        let mut all = vec![
            end(year - 1),
            start(year - 1),
            end(year),
            start(year),
            end(year + 1),
            start(year + 1),
            end(year + 2),
            start(year + 2),
        ];
        // Stable: where an end and a start fall on one instant, the start has the last word.
        sort_by_key(&mut all, |(change, _)| *change);
        all
    }
}

/// The abbreviations of a rule with their offsets: one, or two where clocks change.
pub(super) fn abbreviations(text: &str) -> impl Iterator<Item = (&str, i64)> {
    let rule = Rule::parse(text);
    let standard = abbreviation(text);
    let daylight = standard.and_then(|(_, rest)| abbreviation(time(rest, 24)?.1));
    [
        standard.zip(rule.map(|rule| rule.standard)),
        daylight.zip(rule.and_then(|rule| rule.daylight).map(|one| one.offset)),
    ]
    .into_iter()
    .flatten()
    .map(|((name, _), offset)| (name, offset))
}

/// An abbreviation and what follows: three letters or more, or anything between angle brackets.
fn abbreviation(text: &str) -> Option<(&str, &str)> {
    if let Some(quoted) = text.strip_prefix('<') {
        return quoted.split_once('>').filter(|(name, _)| !name.is_empty());
    }
    let end = text
        .find(|letter: char| !letter.is_ascii_alphabetic())
        .unwrap_or(text.len());
    text.split_at_checked(end)
        .filter(|(name, _)| name.len() >= 3)
}

/// `[+-]hh[:mm[:ss]]` in milliseconds and what follows.
fn time(text: &str, most_hours: u32) -> Option<(i64, &str)> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, mut rest) = number(rest, most_hours)?;
    let mut total = i64::from(hours) * HOUR;
    for unit in [MINUTE, SECOND] {
        let Some(more) = rest.strip_prefix(':') else {
            break;
        };
        let (count, after) = number(more, 59)?;
        total += i64::from(count) * unit;
        rest = after;
    }
    Some((sign * total, rest))
}

/// A number from 0 to `most` and what follows.
fn number(text: &str, most: u32) -> Option<(u32, &str)> {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let value = digits.parse().ok().filter(|value| *value <= most)?;
    Some((value, rest))
}

/// A day with or without `/time`, and nothing behind it.
fn change(text: &str) -> Option<Change> {
    let (day, at) = match text.split_once('/') {
        Some((day, at)) => {
            // A week less an hour, either way (RFC 8536).
            let (at, rest) = time(at, 167)?;
            rest.is_empty().then_some((day, at))?
        }
        None => (text, 2 * HOUR),
    };
    let whole = |text: &str, most| match number(text, most) {
        Some((value, "")) => Some(value),
        _ => None,
    };
    let day = if let Some(parts) = day.strip_prefix('M') {
        let mut parts = parts.split('.');
        let month = whole(parts.next()?, 12)?;
        let week = whole(parts.next()?, 5)?;
        let weekday = whole(parts.next()?, 6)?;
        (month >= 1 && week >= 1 && parts.next().is_none()).then_some(ChangeDay::Weekday {
            month,
            week,
            weekday,
        })?
    } else if let Some(day) = day.strip_prefix('J') {
        let day = whole(day, 365)?;
        (day >= 1).then_some(ChangeDay::WithoutLeapDay(day))?
    } else {
        ChangeDay::FromZero(whole(day, 365)?)
    };
    Some(Change { day, time: at })
}
