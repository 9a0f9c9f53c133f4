//! The two fields of a cron expression that name days. One of them is `?` and leaves the days to the other.

use super::{
    CronError,
    field::{DAY_OF_MONTH, DAY_OF_WEEK, Values, number},
};
use crate::engine::zones::calendar::{days, days_in, weekday};

/// Saturday as the field counts it.
const SATURDAY: u32 = 7;
/// Sunday as the field counts it.
const SUNDAY: u32 = 1;

/// Which days of a month match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    /// Days of the month.
    OfMonth(Values),
    /// `L`, `L-3`: so many days before the last one.
    BeforeLast(u32),
    /// `LW`: the last Monday to Friday.
    LastWorkday,
    /// `15W`: the Monday to Friday nearest to a day, in its month. No day in months that lack the day.
    NearestWorkday(u32),
    /// Days of the week, 1 is Sunday.
    OfWeek(Values),
    /// `6L`: the last Friday.
    LastOfWeek(u32),
    /// `6#3`: the third Friday, if there is one.
    NthOfWeek {
        /// 1 is Sunday.
        day: u32,
        /// 1 to 5.
        nth: u32,
    },
}

impl Days {
    /// Reads both fields.
    pub(super) fn parse(of_month: &str, of_week: &str) -> Result<Self, CronError> {
        match (of_month, of_week) {
            ("?", "?") => Err(DAY_OF_WEEK.error("?", "only one of the two day fields can be ?")),
            (_, "?") => parse_of_month(of_month),
            ("?", _) => parse_of_week(of_week),
            _ => Err(DAY_OF_WEEK.error(
                of_week,
                "days of the month and days of the week cannot both be given; one of the two fields has to be ?",
            )),
        }
    }

    /// The days of a month that match: a bit each, bit 1 for the first.
    pub(super) fn of(self, year: i64, month: u32) -> u32 {
        let last = days_in(year, month);
        let before_first = days(year, month, 1) - 1;
        let weekday_of = |day: u32| weekday(before_first + i64::from(day)) + 1;
        let only = |day: u32| {
            if (1..=last).contains(&day) {
                1 << day
            } else {
                0
            }
        };
        let those = |wanted: &dyn Fn(u32) -> bool| {
            (1..=last)
                .filter(|day| wanted(*day))
                .fold(0, |days, day| days | 1 << day)
        };
        match self {
            Self::OfMonth(values) => those(&|day| values.contains(day)),
            Self::BeforeLast(before) => last.checked_sub(before).map_or(0, only),
            Self::LastWorkday => only(nearest_workday(last, weekday_of(last), last)),
            Self::NearestWorkday(day) if day > last => 0,
            Self::NearestWorkday(day) => only(nearest_workday(day, weekday_of(day), last)),
            Self::OfWeek(values) => those(&|day| values.contains(weekday_of(day))),
            Self::LastOfWeek(wanted) => those(&|day| weekday_of(day) == wanted && day + 7 > last),
            Self::NthOfWeek { day: wanted, nth } => {
                those(&|day| weekday_of(day) == wanted && day.div_ceil(7) == nth)
            }
        }
    }
}

/// The Monday to Friday nearest to a day without leaving the month.
fn nearest_workday(day: u32, weekday: u32, last: u32) -> u32 {
    match weekday {
        SATURDAY if day == 1 => 3,
        SATURDAY => day - 1,
        SUNDAY if day == last => day - 2,
        SUNDAY => day + 1,
        _ => day,
    }
}

fn parse_of_month(text: &str) -> Result<Days, CronError> {
    let field = &DAY_OF_MONTH;
    let error = |problem: &str| field.error(text, problem);
    let upper = text.to_ascii_uppercase();
    match upper.as_str() {
        "L" => return Ok(Days::BeforeLast(0)),
        "LW" => return Ok(Days::LastWorkday),
        _ => {}
    }
    if let Some(before) = upper.strip_prefix("L-") {
        return number(before)
            .filter(|before| (1..=30).contains(before))
            .map(Days::BeforeLast)
            .ok_or_else(|| error("L- takes a number of days from 1 to 30"));
    }
    if let Some(day) = upper.strip_suffix('W') {
        return match field.value(day) {
            Ok(day) => Ok(Days::NearestWorkday(day)),
            Err(_) => Err(error("W takes one day of the month, from 1W to 31W, or LW")),
        };
    }
    if upper.contains('L') {
        return Err(error("L stands alone, as L, LW or L-3"));
    }
    field.values(text).map(Days::OfMonth)
}

fn parse_of_week(text: &str) -> Result<Days, CronError> {
    let field = &DAY_OF_WEEK;
    let error = |problem: String| field.error(text, problem);
    if let Some((day, nth)) = text.split_once('#') {
        let day = field.value(day).map_err(error)?;
        return number(nth)
            .filter(|nth| (1..=5).contains(nth))
            .map(|nth| Days::NthOfWeek { day, nth })
            .ok_or_else(|| error("# takes a number from 1 to 5".to_owned()));
    }
    if text.eq_ignore_ascii_case("L") {
        return field.values("SAT").map(Days::OfWeek);
    }
    if let Some(day) = text.strip_suffix(['L', 'l']) {
        return field
            .value(day)
            .map(Days::LastOfWeek)
            .map_err(|problem| error(format!("{problem}; L takes one day")));
    }
    field.values(text).map(Days::OfWeek)
}
