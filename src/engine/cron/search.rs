//! When a window opens and when it closes.
//!
//! Between two changes of the clocks, local time is time itself, moved by an offset. So the search goes through one
//! such stretch after the other and looks in each for a minute on the wall clock. Minutes that a change skips lie in
//! no stretch and never come; those that come twice lie in two and count in both (CO-35).

use super::{
    Cron,
    field::{HOURS, MINUTES, Values},
};
use crate::engine::{
    time::{DAY, Instant, MINUTE},
    zones::{Local, Zone, calendar::days},
};

/// How far ahead is looked, in years (CO-35).
const YEARS: i64 = 5;
const MINUTES_OF_DAY: i64 = DAY / MINUTE;

impl Cron {
    /// The first instant from `from` on at which the window is open: `from` itself, or the start of a minute. `None`
    /// when it does not open in the next five years (CO-35).
    #[must_use]
    pub fn next_open(&self, from: Instant, zone: Zone) -> Option<Instant> {
        first(from, zone, |start, end| self.first_open(start, end))
    }

    /// The first instant from `from` on at which the window is shut: `from` itself if it is shut then. `None` when it
    /// stays open for the next five years.
    #[must_use]
    pub fn closes(&self, from: Instant, zone: Zone) -> Option<Instant> {
        first(from, zone, |start, end| self.first_shut(start, end))
    }

    /// The first open one of the local minutes from `start` up to but not including `end`.
    fn first_open(&self, start: i64, end: i64) -> Option<i64> {
        let from = Local(start * MINUTE).civil();
        for year in
            (from.year..=Local(end * MINUTE).civil().year).filter(|year| self.has_year(*year))
        {
            for month in (1..=12).filter(|month| self.months.contains(*month)) {
                if (year, month) < (from.year, from.month) {
                    continue;
                }
                let matching = self.days.of(year, month);
                for day in (1..=31).filter(|day| matching >> day & 1 == 1) {
                    let midnight = days(year, month, day) * MINUTES_OF_DAY;
                    if midnight >= end {
                        return None;
                    }
                    if midnight + MINUTES_OF_DAY <= start {
                        continue;
                    }
                    if let Some(minute) = self.open_from(midnight, start) {
                        return (minute < end).then_some(minute);
                    }
                }
            }
        }
        None
    }

    /// The first open minute from `start` on of the day that begins at `midnight` and that matches.
    fn open_from(&self, midnight: i64, start: i64) -> Option<i64> {
        for hour in (0..24).filter(|hour| self.hours.contains(*hour)) {
            let o_clock = midnight + i64::from(hour) * 60;
            let opens = (o_clock..)
                .zip(0..60)
                .find(|(at, minute)| *at >= start && self.minutes.contains(*minute));
            if let Some((at, _)) = opens {
                return Some(at);
            }
        }
        None
    }

    /// The first shut one of the local minutes from `start` up to but not including `end`.
    fn first_shut(&self, start: i64, end: i64) -> Option<i64> {
        let whole_days = self.hours == Values::all(&HOURS) && self.minutes == Values::all(&MINUTES);
        let mut at = start;
        while at < end {
            let civil = Local(at * MINUTE).civil();
            let day_matches = self.has_year(civil.year)
                && self.months.contains(civil.month)
                && self.days.of(civil.year, civil.month) >> civil.day & 1 == 1;
            if !day_matches || !self.hours.contains(civil.hour) {
                return Some(at);
            }
            if whole_days {
                at = (at.div_euclid(MINUTES_OF_DAY) + 1) * MINUTES_OF_DAY;
                continue;
            }
            let shut = (at..)
                .zip(civil.minute..60)
                .find(|(_, minute)| !self.minutes.contains(*minute));
            match shut {
                Some((at, _)) => return (at < end).then_some(at),
                None => at = (at.div_euclid(60) + 1) * 60,
            }
        }
        None
    }
}

/// Looks from stretch to stretch between changes of the clocks. `look` gets the first local minute of a stretch and
/// the one that is not part of it any more, and answers the minute that is looked for.
fn first(from: Instant, zone: Zone, look: impl Fn(i64, i64) -> Option<i64>) -> Option<Instant> {
    let civil = from.civil();
    let horizon =
        Instant(days(civil.year + YEARS, civil.month, civil.day) * DAY + from.0.rem_euclid(DAY));
    let mut start = from;
    while start < horizon {
        let end = zone
            .next_change(start)
            .map_or(horizon, |change| change.min(horizon));
        let offset = zone.offset(start);
        // A minute that has begun counts from its beginning, one that the change cuts off still begins.
        let first = (start.0 + offset).div_euclid(MINUTE);
        let beyond = (end.0 + offset + MINUTE - 1).div_euclid(MINUTE);
        if let Some(minute) = look(first, beyond) {
            return Some(Instant(minute * MINUTE - offset).max(start));
        }
        start = end;
    }
    None
}
