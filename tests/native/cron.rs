//! Cron expressions: what their fields mean, when windows open and close, and the schedules of EventBridge.

use codepipeline_simulator::engine::{
    cron::{Cron, CronError, schedule::Schedule},
    time::{DAY, HOUR, Instant, MINUTE},
    zones::Zone,
};
use proptest::prelude::*;

use crate::zones::{utc, zone};

fn cron(text: &str) -> Cron {
    Cron::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

fn opens(text: &str, from: &str, place: &str) -> Option<String> {
    let at = cron(text).next_open(utc(from), zone(place))?;
    let c = zone(place).local(at).civil();
    Some(format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        c.year, c.month, c.day, c.hour, c.minute
    ))
}

#[test]
fn co_23_fields_say_when_the_window_opens() {
    // 1 January 2026 is a Thursday.
    for (text, from, expected) in [
        ("0 30 9 ? * *", "2026-01-01 00:00", "2026-01-01 09:30"),
        ("0 30 9 ? * *", "2026-01-01 09:31", "2026-01-02 09:30"),
        ("N/A 30 9 ? * *", "2026-01-01 00:00", "2026-01-01 09:30"),
        (
            "0 0 9-17 ? * MON-FRI *",
            "2026-01-03 00:00",
            "2026-01-05 09:00",
        ),
        ("0 0/20 * * * ?", "2026-01-01 00:01", "2026-01-01 00:20"),
        ("0 */20 * * * ?", "2026-01-01 00:41", "2026-01-01 01:00"),
        ("0 /20 * * * ?", "2026-01-01 00:41", "2026-01-01 01:00"),
        ("0 5/20 * * * ?", "2026-01-01 00:46", "2026-01-01 01:05"),
        ("0 10-40/15 * * * ?", "2026-01-01 00:26", "2026-01-01 00:40"),
        ("0 10-40/15 * * * ?", "2026-01-01 00:41", "2026-01-01 01:10"),
        ("0 7,3 8 * * ?", "2026-01-01 00:00", "2026-01-01 08:03"),
        // Over midnight and over the weekend.
        ("0 0 22-2 * * ?", "2026-01-01 03:00", "2026-01-01 22:00"),
        ("0 0 22-2 * * ?", "2026-01-01 01:30", "2026-01-01 02:00"),
        ("0 0 22-2/3 * * ?", "2026-01-01 02:00", "2026-01-01 22:00"),
        ("0 0 0 ? * FRI-MON", "2026-01-06 00:00", "2026-01-09 00:00"),
        ("0 0 0 1 11-2 ?", "2026-03-01 00:00", "2026-11-01 00:00"),
        // Names in whatever capitals; the week begins with Sunday.
        ("0 0 0 1 jun ?", "2026-01-01 00:00", "2026-06-01 00:00"),
        ("0 0 0 1 Feb,DEC ?", "2026-03-01 00:00", "2026-12-01 00:00"),
        ("0 0 0 ? * 1", "2026-01-01 00:00", "2026-01-04 00:00"),
        ("0 0 0 ? * sat", "2026-01-01 00:00", "2026-01-03 00:00"),
        ("0 0 0 ? * 2/2", "2026-01-03 00:00", "2026-01-05 00:00"),
        ("0 0 0 ? * L", "2026-01-01 00:00", "2026-01-03 00:00"),
        // The last day and days before it.
        ("0 0 12 L * ?", "2026-02-01 00:00", "2026-02-28 12:00"),
        ("0 0 12 L * ?", "2028-02-01 00:00", "2028-02-29 12:00"),
        ("0 0 12 L-3 2 ?", "2028-01-01 00:00", "2028-02-26 12:00"),
        ("0 0 12 l-30 * ?", "2026-02-01 00:00", "2026-03-01 12:00"),
        // Workdays: 31 May and 15 November 2026 are Sundays, 1 and 15 August Saturdays.
        ("0 0 12 LW 5 ?", "2026-01-01 00:00", "2026-05-29 12:00"),
        ("0 0 12 15W 8 ?", "2026-01-01 00:00", "2026-08-14 12:00"),
        ("0 0 12 15w 11 ?", "2026-01-01 00:00", "2026-11-16 12:00"),
        ("0 0 12 1W 8 ?", "2026-01-01 00:00", "2026-08-03 12:00"),
        ("0 0 12 31W * ?", "2026-04-01 00:00", "2026-05-29 12:00"),
        ("0 0 12 16W 1 ?", "2026-01-01 00:00", "2026-01-16 12:00"),
        // The last and the n-th of a weekday.
        ("0 0 0 ? * 6L", "2026-02-01 00:00", "2026-02-27 00:00"),
        ("0 0 0 ? * fril", "2026-02-01 00:00", "2026-02-27 00:00"),
        ("0 0 0 ? * 6#3", "2026-01-01 00:00", "2026-01-16 00:00"),
        ("0 0 0 ? * Fri#3", "2026-01-01 00:00", "2026-01-16 00:00"),
        ("0 0 0 ? * 2#5", "2026-01-01 00:00", "2026-03-30 00:00"),
        // Years.
        ("0 0 0 1 1 ? 2028", "2026-01-01 00:00", "2028-01-01 00:00"),
        (
            "0 0 0 1 1 ? 2020-2199/4",
            "2026-01-02 00:00",
            "2028-01-01 00:00",
        ),
        ("0 0 0 29 2 ?", "2028-03-01 00:00", "2032-02-29 00:00"),
    ] {
        assert_eq!(
            opens(text, from, "UTC").as_deref(),
            Some(expected),
            "{text} from {from}"
        );
    }
}

#[test]
fn co_23_errors_name_the_field() {
    for (text, field, problem) in [
        ("", None, "it has 0 fields"),
        ("* * * * *", None, "it has 5 fields"),
        ("0 0 0 ? * * * *", None, "it has 8 fields"),
        (
            "0 60 0 ? * *",
            Some("minutes"),
            "60 is not between 0 and 59",
        ),
        ("0 -1 0 ? * *", Some("minutes"), "a value is missing"),
        ("0 5,,6 0 ? * *", Some("minutes"), "a value is missing"),
        ("0 ? 0 ? * *", Some("minutes"), "'?' is not a number"),
        ("0 */0 0 ? * *", Some("minutes"), "a step of 0"),
        ("0 */60 0 ? * *", Some("minutes"), "a step of 60"),
        ("0 */ 0 ? * *", Some("minutes"), "'' is not a step"),
        ("0 99999999999 0 ? * *", Some("minutes"), "is not a number"),
        ("0 0 24 ? * *", Some("hours"), "24 is not between 0 and 23"),
        (
            "0 0 9-25 ? * *",
            Some("hours"),
            "25 is not between 0 and 23",
        ),
        (
            "0 0 9-10-11 ? * *",
            Some("hours"),
            "'10-11' is not a number",
        ),
        (
            "0 0 0 32 * ?",
            Some("day-of-month"),
            "32 is not between 1 and 31",
        ),
        (
            "0 0 0 0 * ?",
            Some("day-of-month"),
            "0 is not between 1 and 31",
        ),
        ("0 0 0 L-31 * ?", Some("day-of-month"), "from 1 to 30"),
        ("0 0 0 L,3 * ?", Some("day-of-month"), "L stands alone"),
        ("0 0 0 1-5W * ?", Some("day-of-month"), "W takes one day"),
        ("0 0 0 W * ?", Some("day-of-month"), "W takes one day"),
        ("0 0 0 1 13 ?", Some("month"), "13 is not between 1 and 12"),
        ("0 0 0 1 JUNE ?", Some("month"), "'JUNE' is neither"),
        (
            "0 0 0 ? * 8",
            Some("day-of-week"),
            "8 is not between 1 and 7",
        ),
        (
            "0 0 0 ? * 6#6",
            Some("day-of-week"),
            "# takes a number from 1 to 5",
        ),
        (
            "0 0 0 ? * 6#",
            Some("day-of-week"),
            "# takes a number from 1 to 5",
        ),
        ("0 0 0 ? * 2-4L", Some("day-of-week"), "L takes one day"),
        ("0 0 0 ? * ?", Some("day-of-week"), "only one"),
        ("0 0 0 1 * MON", Some("day-of-week"), "has to be ?"),
        ("0 0 0 * * *", Some("day-of-week"), "has to be ?"),
        (
            "0 0 0 ? * * 1969",
            Some("year"),
            "1969 is not between 1970 and 2199",
        ),
        ("0 0 0 ? * * 2200", Some("year"), "2200 is not between"),
        (
            "0 0 0 ? * * 2030-2026",
            Some("year"),
            "ends before it starts",
        ),
    ] {
        let error: CronError = Cron::parse(text).expect_err(text);
        assert_eq!(error.field, field, "{text}");
        let told = error.to_string();
        assert!(told.contains(problem), "{text}: {told}");
        if let Some(field) = field {
            assert!(told.contains(&format!("The {field} field")), "{told}");
        }
    }
}

#[test]
fn co_23_the_window_is_open_for_the_whole_minute_and_the_seconds_mean_nothing() {
    let nine = cron("0 0 9 ? * *");
    let open = utc("2026-01-01 09:00");
    let within = Instant(open.0 + 59_999);
    assert_eq!(nine.next_open(within, Zone::UTC), Some(within));
    assert_eq!(
        nine.closes(within, Zone::UTC),
        Some(utc("2026-01-01 09:01"))
    );
    let after = Instant(open.0 + MINUTE);
    assert_eq!(
        nine.next_open(after, Zone::UTC),
        Some(Instant(open.0 + DAY))
    );
    assert_eq!(nine.closes(after, Zone::UTC), Some(after), "shut already");
    assert_eq!(cron("59 0 9 ? * *"), nine);
}

#[test]
fn co_23_windows_close_where_the_run_of_open_minutes_ends() {
    for (text, from, expected) in [
        (
            "0 * 9-17 ? * MON-FRI",
            "2026-01-02 12:34",
            Some("2026-01-02 18:00"),
        ),
        (
            "0 * 22-2 * * ?",
            "2026-01-02 23:00",
            Some("2026-01-03 03:00"),
        ),
        (
            "0 * * ? * SAT,SUN",
            "2026-01-03 00:00",
            Some("2026-01-05 00:00"),
        ),
        (
            "0 * * ? * * 2026",
            "2026-06-01 00:00",
            Some("2027-01-01 00:00"),
        ),
        (
            "0 * * * 6-8 ?",
            "2026-06-01 00:00",
            Some("2026-09-01 00:00"),
        ),
        (
            "0 0-29 10 * * ?",
            "2026-06-01 10:10",
            Some("2026-06-01 10:30"),
        ),
        (
            "0 30-59 10 * * ?",
            "2026-06-01 10:40",
            Some("2026-06-01 11:00"),
        ),
        ("0 * * ? * *", "2026-06-01 10:40", None),
        ("0 * * L 2 ?", "2028-02-29 10:40", Some("2028-03-01 00:00")),
    ] {
        let closes = cron(text).closes(utc(from), Zone::UTC);
        assert_eq!(closes, expected.map(utc), "{text} from {from}");
    }
}

#[test]
fn co_35_a_window_that_does_not_open_in_five_years_never_opens() {
    for (text, from, expected) in [
        ("0 0 0 30 2 ?", "2026-01-01 00:00", None),
        ("0 0 0 1 1 ? 1999", "2026-01-01 00:00", None),
        (
            "0 0 0 1 1 ? 2031",
            "2026-01-02 00:00",
            Some("2031-01-01 00:00"),
        ),
        ("0 0 0 1 1 ? 2031", "2026-01-01 00:00", None),
        ("0 0 0 ? 2 2#5", "2026-01-01 00:00", None),
        // The century without leap day.
        ("0 0 0 29 2 ?", "2096-03-01 00:00", None),
    ] {
        assert_eq!(
            opens(text, from, "UTC").as_deref(),
            expected,
            "{text} from {from}"
        );
    }
}

#[test]
fn co_35_times_that_a_clock_change_skips_do_not_occur_and_repeated_ones_occur_twice() {
    let new_york = zone("America/New_York");
    let half_past_two = cron("0 30 2 * * ?");
    assert_eq!(
        half_past_two.next_open(utc("2026-03-08 06:00"), new_york),
        Some(utc("2026-03-09 06:30")),
        "8 March has no half past two"
    );
    let half_past_one = cron("0 30 1 * * ?");
    let first = utc("2026-11-01 05:30");
    assert_eq!(
        half_past_one.next_open(utc("2026-11-01 05:00"), new_york),
        Some(first)
    );
    assert_eq!(
        half_past_one.closes(first, new_york),
        Some(Instant(first.0 + MINUTE))
    );
    assert_eq!(
        half_past_one.next_open(Instant(first.0 + MINUTE), new_york),
        Some(Instant(first.0 + HOUR)),
        "the second half past one"
    );
    // The window of one hour lasts two that night, and none in spring.
    let one_o_clock = cron("0 * 1 * * ?");
    assert_eq!(
        one_o_clock.closes(utc("2026-11-01 05:00"), new_york),
        Some(utc("2026-11-01 07:00"))
    );
    let two_o_clock = cron("0 * 2 * * ?");
    assert_eq!(
        two_o_clock.next_open(utc("2026-03-08 06:30"), new_york),
        Some(utc("2026-03-09 06:00"))
    );
    // Open until three, which comes when two should.
    assert_eq!(
        cron("0 * 0-2 * * ?").closes(utc("2026-03-08 05:00"), new_york),
        Some(utc("2026-03-08 07:00"))
    );
}

#[test]
fn co_24_the_window_follows_the_clock_of_its_zone() {
    for (place, from, expected) in [
        ("Asia/Tokyo", "2026-01-01 00:00", "2026-01-01 09:00"),
        ("Asia/Kolkata", "2026-01-01 00:00", "2026-01-01 09:00"),
        ("UTC-03:30", "2026-01-01 00:00", "2026-01-01 09:00"),
        ("Pacific/Kiritimati", "2026-01-01 00:00", "2026-01-02 09:00"),
    ] {
        assert_eq!(
            opens("0 0 9 ? * *", from, place).as_deref(),
            Some(expected),
            "{place}"
        );
    }
}

/// What there is to compare with: every minute, one after the other.
fn scan(cron: &Cron, from: Instant, zone: Zone, minutes: i64, open: bool) -> Option<Instant> {
    let first = from.0.div_euclid(MINUTE);
    (first..first + minutes)
        .map(|minute| Instant(minute * MINUTE).max(from))
        .find(|at| cron.matches(&zone.local(*at).civil()) == open)
}

fn field(max: u32, min: u32) -> impl Strategy<Value = String> {
    let value = min..=max;
    prop_oneof![
        3 => Just("*".to_owned()),
        2 => prop::collection::vec(value.clone(), 1..4).prop_map(|all| {
            all.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
        }),
        2 => (value.clone(), value.clone()).prop_map(|(from, to)| format!("{from}-{to}")),
        1 => (value, 1..=max).prop_map(|(from, step)| format!("{from}/{step}")),
    ]
}

fn days() -> impl Strategy<Value = (String, String)> {
    let of_month = prop_oneof![
        4 => field(31, 1),
        1 => Just("L".to_owned()),
        1 => Just("LW".to_owned()),
        1 => (1..31).prop_map(|day| format!("L-{day}")),
        1 => (1..32).prop_map(|day| format!("{day}W")),
    ];
    let of_week = prop_oneof![
        4 => field(7, 1),
        1 => (1..8).prop_map(|day| format!("{day}L")),
        1 => (1..8, 1..6).prop_map(|(day, nth)| format!("{day}#{nth}")),
    ];
    prop_oneof![
        of_month.prop_map(|days| (days, "?".to_owned())),
        of_week.prop_map(|days| ("?".to_owned(), days)),
    ]
}

const PLACES: [&str; 8] = [
    "UTC",
    "America/New_York",
    "Europe/Dublin",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Pacific/Chatham",
];

/// Days around which clocks change somewhere, and any others.
fn moments() -> impl Strategy<Value = Instant> {
    let turns = [
        "2026-03-07 00:00",
        "2026-03-27 00:00",
        "2026-10-24 00:00",
        "2026-10-31 00:00",
        "2026-04-03 00:00",
    ];
    prop_oneof![
        (prop::sample::select(turns.to_vec()), 0..3 * DAY)
            .prop_map(|(turn, after)| Instant(utc(turn).0 + after)),
        (0..4_000_000_000_000_i64).prop_map(Instant),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn co_23_a_window_opens_and_closes_where_a_look_at_every_minute_finds_it(
        (minutes, hours, (days, weekdays), months) in (field(59, 0), field(23, 0), days(), field(12, 1)),
        place in prop::sample::select(PLACES.to_vec()),
        from in moments(),
    ) {
        let cron = cron(&format!("0 {minutes} {hours} {days} {months} {weekdays}"));
        let zone = zone(place);
        let weeks = 3 * 7 * DAY / MINUTE;
        let end = Instant((from.0.div_euclid(MINUTE) + weeks) * MINUTE);
        for (scanned, found) in [
            (scan(&cron, from, zone, weeks, true), cron.next_open(from, zone)),
            (scan(&cron, from, zone, weeks, false), cron.closes(from, zone)),
        ] {
            match scanned {
                Some(_) => prop_assert_eq!(found, scanned),
                None => prop_assert!(found.is_none_or(|found| found >= end), "{found:?} was overlooked"),
            }
        }
    }

    #[test]
    fn co_23_a_field_matches_the_values_that_it_lists(
        from in 0_u32..24, to in 0_u32..24, step in 1_u32..24, others in prop::collection::vec(0_u32..24, 0..3),
    ) {
        let list: String = others.iter().map(|hour| format!(",{hour}")).collect();
        let cron = cron(&format!("0 0 {from}-{to}/{step}{list} * * ?"));
        // Counted round the clock from the first hour.
        let width = (to + 24 - from) % 24;
        for hour in 0_u32..24 {
            let distance = (hour + 24 - from) % 24;
            let listed = others.contains(&hour) || (distance <= width && distance.is_multiple_of(step));
            let at = Instant(i64::from(hour) * HOUR).civil();
            prop_assert_eq!(cron.matches(&at), listed, "{} of {}-{}/{}{}", hour, from, to, step, list);
        }
    }

    #[test]
    fn no_text_panics(text in "[-0-9*?/,LW#A-Za-z ]{0,40}|\\PC{0,30}", from in moments()) {
        if let Ok(cron) = Cron::parse(&text) {
            let _ = (cron.next_open(from, Zone::UTC), cron.closes(from, Zone::UTC));
        }
        if let Ok(schedule) = Schedule::parse(&text) {
            let _ = schedule.next(from, from);
        }
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a measurement, with room for slow machines"
)]
fn searching_years_does_not_go_minute_by_minute() {
    let hard = [
        cron("0 0 0 30 2 ?"),
        cron("0 59 23 ? * 2#5"),
        cron("0 * * ? * *"),
    ];
    let new_york = zone("America/New_York");
    let from = utc("2026-01-01 00:00");
    let begin = std::time::Instant::now();
    for _ in 0..100 {
        for cron in &hard {
            std::hint::black_box((cron.next_open(from, new_york), cron.closes(from, new_york)));
        }
    }
    assert!(
        begin.elapsed().as_secs() < 20,
        "{:?} for 600 searches",
        begin.elapsed()
    );
}

#[test]
fn schedules_fire_at_a_rate_or_at_times_in_utc() {
    let since = utc("2026-01-01 00:00");
    for (text, after, expected) in [
        ("rate(5 minutes)", "2026-01-01 00:00", "2026-01-01 00:05"),
        ("rate(5 minutes)", "2026-01-01 00:05", "2026-01-01 00:10"),
        ("rate(1 hour)", "2026-01-01 07:59", "2026-01-01 08:00"),
        ("rate(7 days)", "2026-01-10 00:00", "2026-01-15 00:00"),
        ("rate(1 day)", "2025-12-01 00:00", "2026-01-02 00:00"),
        ("cron(0 10 * * ? *)", "2026-01-01 10:00", "2026-01-02 10:00"),
        (
            "cron(15 12 ? * MON-FRI 2027)",
            "2026-01-01 10:00",
            "2027-01-01 12:15",
        ),
        ("cron(0 8 1 * ? *)", "2026-01-01 08:00", "2026-02-01 08:00"),
        (
            "cron(0/10 * ? * MON-FRI *)",
            "2026-01-01 00:03",
            "2026-01-01 00:10",
        ),
    ] {
        let schedule = Schedule::parse(text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(
            schedule.next(utc(after), since),
            Some(utc(expected)),
            "{text} after {after}"
        );
    }
    let once = Schedule::parse("cron(0 0 1 1 ? 2026)").expect("a schedule");
    assert_eq!(once.next(since, since), None, "it has fired");
}

#[test]
fn what_is_no_schedule_is_refused_in_the_words_of_eventbridge() {
    for (text, problem) in [
        ("", "neither cron(...) nor rate(...)"),
        ("0 10 * * ? *", "neither"),
        ("cron(0 10 * * ? *", "neither"),
        ("rate 5 minutes", "neither"),
        ("cron(0 10 * * ?)", "it has 5 fields"),
        ("cron(0 0 10 * * ? *)", "it has 7 fields"),
        ("cron(0 10 * * * *)", "has to be ?"),
        ("cron(60 10 * * ? *)", "The minutes field '60'"),
        ("rate(5)", "not a value and a unit"),
        ("rate(0 minutes)", "positive number"),
        ("rate(-5 minutes)", "positive number"),
        ("rate(1.5 hours)", "positive number"),
        ("rate(99999999999999999999 hours)", "positive number"),
        ("rate(1 minutes)", "The unit of the rate"),
        ("rate(5 minute)", "The unit of the rate"),
        ("rate(5 weeks)", "The unit of the rate"),
    ] {
        let told = Schedule::parse(text).expect_err(text).to_string();
        assert!(
            told.starts_with("Parameter ScheduleExpression is not valid. "),
            "{told}"
        );
        assert!(told.contains(problem), "{text}: {told}");
    }
}
