//! Cron expressions: the window of a DeploymentWindow rule (CO-23) and the schedules that start pipelines.
//!
//! Both are Quartz's notation at the granularity of minutes. A deployment window has a field of seconds in front,
//! which means nothing, and its year may be left out; a schedule ([`schedule`]) is EventBridge's, without seconds.
//! An expression that was read is a small value; asking when it is open steps through years, months and days, never
//! through minutes. What fails is only the reading ([`CronError`]).
//!
//! Only the notation and its arithmetic live here. What a closed window means to a stage is the rules' business.

mod day;
mod field;
pub mod schedule;
mod search;

use std::fmt;

use self::{
    day::Days,
    field::{HOURS, MINUTES, MONTH, Values, YEAR},
};
use super::time::Civil;

/// A cron expression: the minutes of some wall clock at which it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cron {
    minutes: Values,
    hours: Values,
    days: Days,
    months: Values,
    years: Values,
}

/// Why a text is not a cron expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronError {
    /// The field that is wrong; `None` when their number is.
    pub field: Option<&'static str>,
    /// What stands there.
    pub text: String,
    /// What is wrong with it.
    pub problem: String,
}

impl fmt::Display for CronError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, problem, .. } = self;
        match self.field {
            Some(field) => write!(out, "The {field} field '{text}' is not valid: {problem}"),
            None => write!(out, "The cron expression '{text}' is not valid: {problem}"),
        }
    }
}

impl std::error::Error for CronError {}

impl Cron {
    /// Reads the expression of a deployment window: seconds, minutes, hours, day of month, month, day of week and,
    /// if it is there, year (CO-23). The seconds may be anything. One of the two day fields has to be `?`, as Quartz
    /// and EventBridge want it.
    ///
    /// # Errors
    /// Which field is wrong and how.
    pub fn parse(text: &str) -> Result<Self, CronError> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        match fields.as_slice() {
            [_, minutes, hours, days, month, weekdays] => {
                Self::of([minutes, hours, days, month, weekdays, "*"])
            }
            [_, minutes, hours, days, month, weekdays, year] => {
                Self::of([minutes, hours, days, month, weekdays, year])
            }
            other => Err(CronError {
                field: None,
                text: text.to_owned(),
                problem: format!(
                    "it has {} fields; seconds, minutes, hours, day-of-month, month and day-of-week are needed, a \
                     year can follow",
                    other.len()
                ),
            }),
        }
    }

    /// The fields from the minutes on.
    fn of([minutes, hours, days, month, weekdays, year]: [&str; 6]) -> Result<Self, CronError> {
        Ok(Self {
            minutes: MINUTES.values(minutes)?,
            hours: HOURS.values(hours)?,
            months: MONTH.values(month)?,
            days: Days::parse(days, weekdays)?,
            years: YEAR.values(year)?,
        })
    }

    /// Whether the window is open in the minute in which a wall clock shows this.
    #[must_use]
    pub fn matches(&self, local: &Civil) -> bool {
        self.hours.contains(local.hour)
            && self.minutes.contains(local.minute)
            && self.months.contains(local.month)
            && self.has_year(local.year)
            && self.days.of(local.year, local.month) >> local.day & 1 == 1
    }

    fn has_year(&self, year: i64) -> bool {
        u32::try_from(year).is_ok_and(|year| self.years.contains(year))
    }
}
