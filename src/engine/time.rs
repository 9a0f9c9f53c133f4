//! Virtual time: whole milliseconds since 1970-01-01T00:00:00Z, always handed in as a value.
//!
//! Nothing in the engine reads a clock. An [`Instant`] is a point on the world's own clock; spans are plain
//! `i64` milliseconds. Dates are proleptic Gregorian in UTC, without leap seconds, as the service counts.

use crate::json::{FromJson, ToJson};

use crate::model::Timestamp;

/// One second in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// A point on the virtual clock, in whole milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ToJson, FromJson)]
#[json(transparent)]
pub struct Instant(pub i64);

/// A moment of the calendar, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year, such as 2026.
    pub year: i64,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 59.
    pub second: u32,
    /// 0 to 999.
    pub millisecond: u32,
    /// 0 is Sunday, 6 is Saturday.
    pub weekday: u32,
}

impl Instant {
    /// The latest instant that has a calendar date of four digits: 9999-12-31T23:59:59.999Z.
    pub const LAST: Instant = Instant(253_402_300_799_999);

    /// The instant `span` milliseconds later, held inside the calendar.
    #[must_use]
    pub fn after(self, span: i64) -> Self {
        Self(self.0.saturating_add(span).min(Self::LAST.0))
    }

    /// Milliseconds from `earlier` to this instant.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// A moment that a caller names, held inside the calendar.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "floats are held at the ends, and then inside the calendar"
    )]
    pub fn of(moment: Timestamp) -> Self {
        Self(((moment.0 * 1_000.0).round() as i64).clamp(0, Self::LAST.0))
    }

    /// As the API's timestamps: epoch seconds with a millisecond fraction (W-6).
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds until the year 9999 fit into 53 bits"
    )]
    pub fn timestamp(self) -> Timestamp {
        Timestamp(self.0 as f64 / 1_000.0)
    }

    /// The calendar moment in UTC.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "each field is reduced to its range first"
    )]
    pub fn civil(self) -> Civil {
        let days = self.0.div_euclid(DAY);
        let rest = self.0.rem_euclid(DAY);
        // Days since 0000-03-01, counted in eras of 400 years, so that the leap day ends each year.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month: month as u32,
            day: day as u32,
            hour: (rest / HOUR) as u32,
            minute: (rest % HOUR / MINUTE) as u32,
            second: (rest % MINUTE / SECOND) as u32,
            millisecond: (rest % SECOND) as u32,
            weekday: (days + 4).rem_euclid(7) as u32,
        }
    }

    /// ISO 8601 with seconds: `2026-03-03T09:59:30Z`.
    #[must_use]
    pub fn iso_seconds(self) -> String {
        let c = self.civil();
        let mut text = String::with_capacity(20);
        // By hand: every success of a source writes one, and formatting was a tenth of its cost.
        let mut put = |number: u32, behind: char| {
            for digit in [number / 10, number % 10] {
                text.push(char::from_digit(digit % 10, 10).unwrap_or('0'));
            }
            text.push(behind);
        };
        let year = u32::try_from(c.year).unwrap_or_default();
        put(year / 100, '-');
        put(year % 100, '-');
        put(c.month, '-');
        put(c.day, 'T');
        put(c.hour, ':');
        put(c.minute, ':');
        put(c.second, 'Z');
        text.remove(2);
        text
    }

    /// ISO 8601 with milliseconds: `2026-03-03T09:59:30.000Z`.
    #[must_use]
    pub fn iso(self) -> String {
        let c = self.civil();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second, c.millisecond
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_dates_come_out_right() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_772_531_970_123, "2026-03-03T09:59:30.123Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (Instant::LAST.0, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Instant(ms).iso(), text);
            let seconds = text.split_once('.').map(|(before, _)| format!("{before}Z"));
            assert_eq!(Some(Instant(ms).iso_seconds()), seconds);
        }
        assert_eq!(
            Instant(1_772_531_970_000).civil().weekday,
            2,
            "3 March 2026 is a Tuesday"
        );
    }

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let mut before = Instant(-DAY).civil();
        for day in 0..146_097 {
            let today = Instant(day * DAY).civil();
            let next_in_month = today.month == before.month && today.day == before.day + 1;
            let first_of_month =
                today.day == 1 && before.day >= 28 && today.month == before.month % 12 + 1;
            assert!(next_in_month || first_of_month, "{before:?} then {today:?}");
            assert_eq!(today.weekday, (before.weekday + 1) % 7);
            before = today;
        }
    }
}
