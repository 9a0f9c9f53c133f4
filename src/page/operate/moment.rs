//! Moments as a field of a form holds them: `2026-03-03T09:59:30`, in UTC.

use serde_json::Value;

use crate::{
    engine::{
        time::{DAY, HOUR, Instant, MINUTE, SECOND},
        zones::calendar,
    },
    model::Timestamp,
};

/// An instant as the API writes it: seconds, with a fraction only where there is one.
#[must_use]
pub fn seconds(at: Instant) -> Value {
    if at.0 % SECOND == 0 {
        Value::from(at.0 / SECOND)
    } else {
        Value::from(at.timestamp().0)
    }
}

/// What a field shows for the seconds of the API; `None` for what is none.
#[must_use]
pub fn shown(value: &Value) -> Option<String> {
    let at = Instant::of(Timestamp(value.as_f64()?));
    let text = at.iso_seconds();
    Some(text.trim_end_matches('Z').to_owned())
}

/// The instant that a field holds; `None` for what is none.
#[must_use]
pub fn read(text: &str) -> Option<Instant> {
    let (date, time) = text.split_once('T')?;
    let mut date = date.splitn(3, '-');
    let year: i64 = part(date.next()?, 4)?;
    let month = u32::try_from(part(date.next()?, 2)?).ok()?;
    let day = u32::try_from(part(date.next()?, 2)?).ok()?;
    let mut time = time.splitn(3, ':');
    let hour = part(time.next()?, 2)?;
    let minute = part(time.next()?, 2)?;
    let second = time.next().map_or(Some(0), |text| part(text, 2))?;
    let is_one = (1..=12).contains(&month)
        && (1..=calendar::days_in(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    is_one.then(|| {
        let days = calendar::days(year, month, day);
        Instant(days * DAY + hour * HOUR + minute * MINUTE + second * SECOND)
    })
}

/// A number of so many digits.
fn part(text: &str, digits: usize) -> Option<i64> {
    let is_one = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_one.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_again() {
        for text in [
            "1970-01-01T00:00:00",
            "2026-03-03T09:59:30",
            "2028-02-29T23:59:59",
        ] {
            let at = read(text).map(seconds);
            assert_eq!(at.and_then(|at| shown(&at)).as_deref(), Some(text));
        }
        assert_eq!(
            read("2026-03-03T09:59"),
            Some(Instant(1_772_531_940_000)),
            "browsers leave out seconds that are zero"
        );
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "2026",
            "2026-02-29T00:00",
            "2026-1-1T0:0",
            "x-y-zTa:b",
            "2026-01-01T24:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
