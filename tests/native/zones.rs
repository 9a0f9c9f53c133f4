//! Time zones: the table against the facts of `zones.facts` (made by another implementation), the notation of the
//! rules, and the ways to name a zone.

use std::collections::BTreeSet;

use codepipeline_simulator::engine::{
    time::{HOUR, Instant, MINUTE, SECOND},
    zones::{self, Local, Occurrences, Rule, Zone, calendar},
};
use proptest::prelude::*;

const FACTS: &str = include_str!("../zones.facts");

/// `2026-03-08 02:30` on some clock.
pub(super) fn on_the_clock(text: &str) -> Local {
    let numbers: Vec<i64> = text
        .split(['-', ' ', ':'])
        .map(|number| number.parse().expect("a number"))
        .collect();
    let &[year, month, day, hour, minute] = numbers.as_slice() else {
        panic!("{text} is a date and a time");
    };
    let days = calendar::days(year, month as u32, day as u32);
    Local((days * 24 + hour) * HOUR + minute * MINUTE)
}

/// The same in UTC.
pub(super) fn utc(text: &str) -> Instant {
    Instant(on_the_clock(text).0)
}

pub(super) fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap_or_else(|error| panic!("{error}"))
}

fn facts() -> impl Iterator<Item = (&'static str, Instant, i64)> {
    FACTS.lines().skip(1).map(|line| {
        let mut words = line.split(' ');
        let name = words.next().expect("a name");
        let mut number = || {
            words
                .next()
                .expect("a number")
                .parse::<i64>()
                .expect("a number")
        };
        (name, Instant(number() * SECOND), number() * SECOND)
    })
}

#[test]
fn co_24_every_zone_is_as_far_from_utc_as_the_facts_say() {
    let mut asked = 0;
    for (name, at, offset) in facts() {
        assert_eq!(zone(name).offset(at), offset, "{name} at {}", at.iso());
        asked += 1;
    }
    assert!(asked > 1_000, "{asked} facts");
}

#[test]
fn co_24_the_table_has_the_zones_of_the_facts_and_no_other() {
    let told: BTreeSet<String> = facts().map(|(name, ..)| name.to_owned()).collect();
    let known: BTreeSet<String> = zones::names().collect();
    assert_eq!(zones::names().count(), known.len(), "no name stands twice");
    assert_eq!(told, known);
    let version = zones::version();
    assert_eq!(version.len(), 5, "{version} is a version of the database");
    assert!(
        FACTS.starts_with(&format!("# tzdata {version}:")),
        "made from one version"
    );
}

#[test]
fn co_24_a_zone_can_be_an_offset_from_utc() {
    for (text, minutes) in [
        ("UTC", 0),
        ("UTC+00:00", 0),
        ("UTC+05:30", 330),
        ("UTC-03:45", -225),
        ("UTC+18:00", 1080),
    ] {
        assert_eq!(zone(text).offset(Instant(0)), minutes * MINUTE, "{text}");
    }
    for text in [
        "UTC+5",
        "UTC+5:30",
        "UTC+05:60",
        "UTC+18:01",
        "UTC05:30",
        "UTC+",
        "UTC+05:30:00",
        "UTC+0x:00",
        "UTC++5:00",
        "utc+05:30",
    ] {
        assert!(Zone::parse(text).is_err(), "{text}");
    }
}

#[test]
fn co_24_abbreviations_mean_one_offset_the_us_one_if_there_are_several() {
    let july = utc("2026-07-01 12:00");
    for (text, minutes) in [
        ("PST", -480),
        ("PDT", -420),
        ("CST", -360),
        ("CDT", -300),
        ("EST", -300),
        ("EDT", -240),
        ("AKST", -540),
        ("HST", -600),
        ("SST", -660),
        ("AST", -240),
        ("CEST", 120),
        ("JST", 540),
        ("BST", 60),
        ("IST", 330),
        ("AEDT", 660),
        ("pst", -480),
        ("GMT", 0),
    ] {
        assert_eq!(zone(text).offset(july), minutes * MINUTE, "{text}");
    }
    // A name of the database, with what the database says of it.
    assert_eq!(zone("CET").offset(july), 2 * HOUR);
}

#[test]
fn co_24_what_names_no_zone_is_refused_with_a_hint() {
    for text in [
        "",
        "/",
        "/Iran",
        "Europe",
        "Europe/",
        "Europe/Atlantis",
        "America/Detroit,Nassau",
        "XYZ",
        "ABCDEF",
        "AB",
        " UTC",
        "é/é",
    ] {
        let error = Zone::parse(text).expect_err(text);
        assert!(error.to_string().contains(&format!("'{text}'")), "{error}");
        assert_eq!(error.nearly, None, "{text}");
    }
    let error = Zone::parse("europe/berlin").expect_err("capitals count");
    assert!(
        error.to_string().ends_with("Did you mean Europe/Berlin?"),
        "{error}"
    );
}

#[test]
fn co_35_skipped_times_never_come_and_repeated_ones_come_twice() {
    let new_york = zone("America/New_York");
    let instants = |text| new_york.instants(on_the_clock(text));
    assert_eq!(instants("2026-03-08 02:30"), Occurrences::Never);
    assert_eq!(
        instants("2026-03-08 03:00"),
        Occurrences::Once(utc("2026-03-08 07:00"))
    );
    assert_eq!(
        instants("2026-11-01 01:30"),
        Occurrences::Twice(utc("2026-11-01 05:30"), utc("2026-11-01 06:30"))
    );
    assert_eq!(
        instants("2026-11-01 02:00"),
        Occurrences::Once(utc("2026-11-01 07:00"))
    );
    // Half an hour on Lord Howe; backwards in the sense of the notation in Dublin.
    let lord_howe = zone("Australia/Lord_Howe");
    assert_eq!(
        lord_howe.instants(on_the_clock("2026-10-04 02:15")),
        Occurrences::Never
    );
    let dublin = zone("Europe/Dublin");
    assert_eq!(dublin.offset(utc("2026-07-01 00:00")), HOUR);
    assert_eq!(
        dublin.instants(on_the_clock("2026-03-29 01:30")),
        Occurrences::Never
    );
    assert_eq!(zone("Asia/Tokyo").next_change(Instant(0)), None);
}

fn ruled(text: &str) -> Zone {
    Zone::of(Rule::parse(text).unwrap_or_else(|| panic!("{text} is a rule")))
}

#[test]
fn rules_name_days_in_three_ways() {
    let changes = |rule: &str, from: &str| {
        let zone = ruled(rule);
        let first = zone.next_change(utc(from)).expect("a change");
        (zone.local(Instant(first.0 - MINUTE)), first)
    };
    // The 60th day that is no leap day is 1 March, always; the day after 58 is 29 February in a leap year.
    for (rule, year, shown) in [
        ("AAA0BBB,J60/1,J300", "2027", "2027-03-01 00:59"),
        ("AAA0BBB,J60/1,J300", "2028", "2028-03-01 00:59"),
        ("AAA0BBB,J59/1,J300", "2028", "2028-02-28 00:59"),
        ("AAA0BBB,59/1,300", "2027", "2027-03-01 00:59"),
        ("AAA0BBB,59/1,300", "2028", "2028-02-29 00:59"),
        ("AAA0BBB,M2.5.0/1,M10.1.0", "2027", "2027-02-28 00:59"),
        ("AAA0BBB,M2.4.0/1,M10.1.0", "2027", "2027-02-28 00:59"),
        // Two hours before Sunday begins, and 26 hours after Friday began.
        ("AAA0BBB,M3.2.0/-2,M10.1.0", "2027", "2027-03-13 21:59"),
        ("AAA0BBB,M3.4.4/50,M10.1.0", "2027", "2027-03-27 01:59"),
    ] {
        assert_eq!(
            changes(rule, &format!("{year}-01-15 00:00")).0,
            on_the_clock(shown),
            "{rule} in {year}"
        );
    }
}

#[test]
fn rules_have_offsets_with_minutes_and_seconds_and_summers_of_their_own() {
    let march = utc("2026-03-01 00:00");
    let july = utc("2026-07-01 00:00");
    assert_eq!(ruled("<-0330>3:30").offset(july), -(3 * HOUR + 30 * MINUTE));
    assert_eq!(
        ruled("ABC+1:02:03").offset(july),
        -(HOUR + 2 * MINUTE + 3 * SECOND)
    );
    let half = ruled("ABC-10:30DEF-11,M4.1.0,M10.1.0");
    assert_eq!(half.offset(march), 10 * HOUR + 30 * MINUTE);
    assert_eq!(half.offset(july), 11 * HOUR);
    // Summer all year round, as the standard writes it.
    let always = ruled("ABC3DEF,0/0,J365/25");
    for at in [
        march,
        july,
        utc("2026-12-31 23:30"),
        utc("2027-01-01 03:30"),
    ] {
        assert_eq!(always.offset(at), -2 * HOUR, "{}", at.iso());
    }
}

#[test]
fn what_is_no_rule_is_refused() {
    for text in [
        "",
        "A0",
        "AB0",
        "ABC",
        "ABC25",
        "ABC0DEF",
        "ABC0DEF,M3.2.0",
        "ABC0DEF,M13.1.0,M1.1.0",
        "ABC0DEF,M0.1.0,M1.1.0",
        "ABC0DEF,M3.6.0,M10.1.0",
        "ABC0DEF,M3.0.0,M10.1.0",
        "ABC0DEF,M3.1.7,M10.1.0",
        "ABC0DEF,M3.1,M10.1.0",
        "ABC0DEF,M3.1.0.0,M10.1.0",
        "ABC0DEF,J0,J300",
        "ABC0DEF,J366,J300",
        "ABC0DEF,366,300",
        "ABC0DEF,M3.1.0/168,M10.1.0",
        "ABC0DEF,M3.1.0/1x,M10.1.0",
        "<ABC0",
        "<>0",
        "ABC0:60",
        "ABC99999999999",
    ] {
        assert_eq!(Rule::parse(text), None, "{text}");
    }
}

fn any_zone() -> impl Strategy<Value = Zone> {
    let names: Vec<String> = zones::names().collect();
    prop::sample::select(names).prop_map(|name| zone(&name))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_clock_shows_at_an_instant_what_it_shows_then(zone in any_zone(), at in 0..4_102_444_800_000_i64) {
        let at = Instant(at);
        match zone.instants(zone.local(at)) {
            Occurrences::Never => prop_assert!(false, "it shows it now"),
            Occurrences::Once(one) => prop_assert_eq!(one, at),
            Occurrences::Twice(first, second) => {
                prop_assert!(first < second);
                prop_assert!(at == first || at == second);
            }
        }
    }

    #[test]
    fn between_two_changes_the_offset_stays(zone in any_zone(), at in 0..4_102_444_800_000_i64, part in 0.0..1.0) {
        let at = Instant(at);
        if let Some(change) = zone.next_change(at) {
            prop_assert!(change > at);
            prop_assert_ne!(zone.offset(change), zone.offset(at));
            let between = Instant(at.0 + ((change.0 - 1 - at.0) as f64 * part) as i64);
            prop_assert_eq!(zone.offset(between), zone.offset(at));
        }
    }

    #[test]
    fn no_text_panics(text in "(UTC[+-]?[0-9:]{0,6}|[A-Z<>]{1,5}[-+0-9:]{0,5}[A-Z]{0,4},?[MJ0-9./,-]{0,18}|\\PC{0,12})") {
        let _ = Zone::parse(&text);
        if let Some(rule) = Rule::parse(&text) {
            let _ = Zone::of(rule).next_change(Instant(0));
        }
    }
}
