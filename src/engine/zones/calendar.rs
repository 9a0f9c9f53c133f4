//! Arithmetic of the Gregorian calendar that both the rules of zones and cron expressions need.

/// The days from 1970-01-01 to a date. A day past the end of its month counts on into the next one.
#[must_use]
pub fn days(year: i64, month: u32, day: u32) -> i64 {
    // Years that begin in March, so that the leap day ends them; eras of 400 years.
    let year = if month > 2 { year } else { year - 1 };
    let month_from_march = i64::from((month + 9) % 12);
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// How many days a month has; `month` is 1 to 12.
#[must_use]
pub fn days_in(year: i64, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Whether a year has a 29 February.
#[must_use]
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The day of the week of a day counted from 1970-01-01: 0 is Sunday, 6 is Saturday.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the remainder is 0 to 6")]
pub fn weekday(day: i64) -> u32 {
    (day + 4).rem_euclid(7) as u32
}
