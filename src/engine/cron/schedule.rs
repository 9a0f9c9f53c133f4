//! The schedules of EventBridge: `cron(0 10 ? * MON-FRI *)` and `rate(5 minutes)`. They run on UTC.

use std::fmt;

use super::{Cron, CronError};
use crate::engine::{
    time::{DAY, HOUR, Instant, MINUTE},
    zones::Zone,
};

/// When a rule of EventBridge fires by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// At the start of each minute that matches, in UTC.
    Cron(Cron),
    /// Again and again.
    Rate {
        /// Milliseconds from one time to the next: whole minutes.
        every: i64,
    },
}

/// Why a text is not a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScheduleError {
    /// The expression within `cron(…)`.
    Cron(CronError),
    /// What is wrong with the rest.
    Other(String),
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Parameter ScheduleExpression is not valid. ")?;
        match self {
            Self::Cron(error) => error.fmt(out),
            Self::Other(problem) => out.write_str(problem),
        }
    }
}

impl std::error::Error for ScheduleError {}

impl Schedule {
    /// Reads a schedule: `cron(minutes hours day-of-month month day-of-week year)`, or `rate(value unit)` with
    /// minute, hour or day for 1 and minutes, hours or days for more.
    ///
    /// # Errors
    /// What is wrong, in words that begin with EventBridge's own.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        let inside = |name: &str| {
            text.strip_prefix(name)?
                .strip_prefix('(')?
                .strip_suffix(')')
        };
        if let Some(expression) = inside("cron") {
            cron(expression)
                .map(Self::Cron)
                .map_err(ScheduleError::Cron)
        } else if let Some(rate) = inside("rate") {
            every(rate)
                .map(|every| Self::Rate { every })
                .map_err(ScheduleError::Other)
        } else {
            Err(ScheduleError::Other(format!(
                "'{text}' is neither cron(...) nor rate(...)"
            )))
        }
    }

    /// The first time after `after` at which it fires. `since` is when the schedule was set: a rate counts from
    /// there. `None` when a cron fires no more in the next five years, a rate no more on the calendar.
    #[must_use]
    pub fn next(&self, after: Instant, since: Instant) -> Option<Instant> {
        match self {
            Self::Cron(cron) => {
                let minute = (after.0.div_euclid(MINUTE) + 1) * MINUTE;
                cron.next_open(Instant(minute), Zone::UTC)
            }
            Self::Rate { every } => {
                let passed = after.since(since).div_euclid(*every).max(0);
                let at = since.0.checked_add((passed + 1).checked_mul(*every)?)?;
                Some(Instant(at)).filter(|at| *at <= Instant::LAST)
            }
        }
    }
}

fn cron(text: &str) -> Result<Cron, CronError> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let count = fields.len();
    let fields = <[&str; 6]>::try_from(fields).map_err(|_| CronError {
        field: None,
        text: text.to_owned(),
        problem: format!(
            "it has {count} fields; minutes, hours, day-of-month, month, day-of-week and year are needed"
        ),
    })?;
    Cron::of(fields)
}

/// The milliseconds of a rate.
fn every(text: &str) -> Result<i64, String> {
    let mut words = text.split_whitespace();
    let (Some(value), Some(unit), None) = (words.next(), words.next(), words.next()) else {
        return Err(format!("The rate '{text}' is not a value and a unit"));
    };
    let digits = value.len() <= 9 && value.bytes().all(|byte| byte.is_ascii_digit());
    let value: i64 = Some(value)
        .filter(|_| digits)
        .and_then(|value| value.parse().ok())
        .filter(|value| *value > 0)
        .ok_or_else(|| format!("The value of the rate '{text}' is not a positive number"))?;
    let span = match (unit, value) {
        ("minute", 1) | ("minutes", 2..) => MINUTE,
        ("hour", 1) | ("hours", 2..) => HOUR,
        ("day", 1) | ("days", 2..) => DAY,
        _ => {
            return Err(format!(
                "The unit of the rate '{text}' is none of minute, hour and day for 1, and of minutes, hours and days \
                 for more"
            ));
        }
    };
    Ok(value * span)
}
