//! Instants and spans as people read them. Arithmetic only: the words stand in [`text::time`].

use crate::{
    engine::time::{DAY, HOUR, Instant, MINUTE, SECOND},
    page::text::time as text,
};

/// "09:57:10".
pub fn clock_seconds(at: Instant) -> String {
    let at = at.civil();
    format!("{:02}:{:02}:{:02}", at.hour, at.minute, at.second)
}

/// "09:57".
pub fn clock(at: Instant) -> String {
    let at = at.civil();
    format!("{:02}:{:02}", at.hour, at.minute)
}

/// "Tue 3 Mar 2026, UTC".
pub fn date(at: Instant) -> String {
    let at = at.civil();
    text::date(
        text::weekday(at.weekday),
        at.day,
        text::month(at.month),
        at.year,
    )
}

/// Clock time today, "Tue 10 Mar, 09:12" on another day, with the year in another year.
pub fn when(at: Instant, now: Instant) -> String {
    let (time, day, today) = (clock(at), at.civil(), now.civil());
    if same_day(at, now) {
        return time;
    }
    let (weekday, month) = (text::weekday(day.weekday), text::month(day.month));
    if day.year == today.year {
        text::day(weekday, day.day, month, &time)
    } else {
        text::day_of_year(weekday, day.day, month, day.year, &time)
    }
}

/// The same with its preposition: "at 09:12", "on Tue 10 Mar, 09:12".
pub fn at(instant: Instant, now: Instant) -> String {
    let when = when(instant, now);
    if same_day(instant, now) {
        text::at(&when)
    } else {
        text::on(&when)
    }
}

/// The time of a fact: "09:57:10" today, "2 Mar, 09:57" on another day.
pub fn stamp(at: Instant, now: Instant) -> String {
    if same_day(at, now) {
        return clock_seconds(at);
    }
    let day = at.civil();
    text::short_day(day.day, text::month(day.month), &clock(at))
}

fn same_day(one: Instant, other: Instant) -> bool {
    one.0.div_euclid(DAY) == other.0.div_euclid(DAY)
}

/// A measured span: "58 s", "3 m 40 s", "6 m 02 s", "7 m"; from an hour on as [`rough`].
pub fn exact(span: i64) -> String {
    let (minutes, seconds) = (span / MINUTE, span % MINUTE / SECOND);
    match (minutes, seconds) {
        (60.., _) => rough(span),
        (0, 0) if span > 0 => text::under_a_second(),
        (0, seconds) => text::seconds(seconds),
        (minutes, 0) => text::minutes_exact(minutes),
        (minutes, seconds) => text::minutes_and_seconds(minutes, seconds),
    }
}

/// A span as one says it: "58 s", "47 min", "2 h 46 min", "7 days", "6 days 23 h". Never more than has passed.
pub fn rough(span: i64) -> String {
    let (days, hours, minutes) = (span / DAY, span % DAY / HOUR, span % HOUR / MINUTE);
    match (days, hours, minutes) {
        (0, 0, 0) => text::seconds(span.max(0) / SECOND),
        (0, 0, minutes) => text::minutes(minutes),
        (0, hours, 0) => text::hours(hours),
        (0, hours, minutes) => text::hours_and_minutes(hours, minutes),
        (days, 0, _) => text::days(days),
        (days, hours, _) => text::days_and_hours(days, hours),
    }
}

/// A span to come: "58 s", "about 13 min". To the nearest minute, from a day on to the nearest hour.
pub fn about(span: i64) -> String {
    if span < MINUTE {
        // A part of a second to go is not nothing.
        return text::seconds((span.max(0) + SECOND - 1) / SECOND);
    }
    let step = if span < DAY { MINUTE } else { HOUR };
    let nearest = (span + step / 2) / step * step;
    if nearest == span && span >= HOUR {
        rough(span)
    } else {
        text::about(&rough(nearest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tuesday, 3 March 2026, 09:59:30.
    const NOW: Instant = Instant(1_772_531_970_000);

    #[test]
    fn instants_are_clock_time_today_and_day_and_date_otherwise() {
        assert_eq!(clock_seconds(NOW), "09:59:30");
        assert_eq!(date(NOW), "Tue 3 Mar 2026, UTC");
        for (later, when_is, at_is, stamp_is) in [
            (0, "09:59", "at 09:59", "09:59:30"),
            (-9 * HOUR, "00:59", "at 00:59", "00:59:30"),
            (
                -10 * HOUR,
                "Mon 2 Mar, 23:59",
                "on Mon 2 Mar, 23:59",
                "2 Mar, 23:59",
            ),
            (
                7 * DAY - 47 * MINUTE,
                "Tue 10 Mar, 09:12",
                "on Tue 10 Mar, 09:12",
                "10 Mar, 09:12",
            ),
            (
                365 * DAY,
                "Wed 3 Mar 2027, 09:59",
                "on Wed 3 Mar 2027, 09:59",
                "3 Mar, 09:59",
            ),
        ] {
            let instant = NOW.after(later);
            assert_eq!(when(instant, NOW), when_is);
            assert_eq!(at(instant, NOW), at_is);
            assert_eq!(stamp(instant, NOW), stamp_is);
        }
    }

    #[test]
    fn spans_are_measured_said_and_guessed() {
        for (span, exact_is, rough_is, about_is) in [
            (0, "0 s", "0 s", "0 s"),
            (1, "under 1 s", "0 s", "1 s"),
            (58 * SECOND, "58 s", "58 s", "58 s"),
            (MINUTE, "1 m", "1 min", "about 1 min"),
            (220 * SECOND, "3 m 40 s", "3 min", "about 4 min"),
            (362 * SECOND, "6 m 02 s", "6 min", "about 6 min"),
            (
                47 * MINUTE + 30 * SECOND,
                "47 m 30 s",
                "47 min",
                "about 48 min",
            ),
            (HOUR, "1 h", "1 h", "1 h"),
            (
                2 * HOUR + 46 * MINUTE,
                "2 h 46 min",
                "2 h 46 min",
                "2 h 46 min",
            ),
            (DAY, "1 day", "1 day", "1 day"),
            (7 * DAY, "7 days", "7 days", "7 days"),
            (DAY + HOUR + 1, "1 day 1 h", "1 day 1 h", "about 1 day 1 h"),
            (
                7 * DAY - MINUTE,
                "6 days 23 h",
                "6 days 23 h",
                "about 7 days",
            ),
        ] {
            assert_eq!(
                (exact(span), rough(span), about(span)),
                (exact_is.into(), rough_is.into(), about_is.into()),
                "{span}"
            );
        }
    }
}
