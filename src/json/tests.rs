//! Against serde, whose names, order and refusals these are.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::*;

#[derive(Debug, PartialEq, Serialize, Deserialize, ToJson, FromJson)]
struct Id(u32);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToJson, FromJson)]
enum Kind {
    Small,
    Large,
}

#[derive(Debug, PartialEq, Serialize, Deserialize, ToJson, FromJson)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[json(tag = "kind", rename_all = "lowercase")]
enum Tagged {
    Nothing,
    Much { bytes: Vec<u8>, of: Option<Id> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize, ToJson, FromJson)]
enum Any {
    Unit,
    One(Id),
    Two(i64, String),
    Named { deep: Box<Record> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize, ToJson, FromJson)]
struct Part {
    flat: bool,
    rest: f64,
}

#[derive(Debug, PartialEq, Serialize, Deserialize, ToJson, FromJson)]
struct Record {
    id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[json(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    by_kind: BTreeMap<Kind, Vec<Any>>,
    by_number: BTreeMap<u64, (i32, char)>,
    tagged: Vec<Tagged>,
    #[serde(flatten)]
    #[json(flatten)]
    part: Part,
    untyped: Value,
    nothing: (),
}

fn record(deep: bool) -> Record {
    let inner = || {
        vec![Any::Named {
            deep: Box::new(record(false)),
        }]
    };
    Record {
        id: Id(7),
        name: deep.then(|| "ünïcode \" \u{0}".to_owned()),
        by_kind: BTreeMap::from([
            (
                Kind::Small,
                vec![Any::Unit, Any::One(Id(3)), Any::Two(-9, String::new())],
            ),
            (Kind::Large, if deep { inner() } else { vec![] }),
        ]),
        by_number: BTreeMap::from([(u64::MAX, (-1, 'x')), (0, (i32::MAX, 'ß'))]),
        tagged: vec![
            Tagged::Nothing,
            Tagged::Much {
                bytes: vec![0, 255],
                of: Some(Id(1)),
            },
        ],
        part: Part {
            flat: true,
            rest: 0.5,
        },
        untyped: serde_json::json!({ "a": [1, -1, 1.5, null, "b", false] }),
        nothing: (),
    }
}

#[test]
fn what_serde_json_writes_is_read_back() {
    let written = serde_json::to_string(&record(true)).expect("it is written");
    assert_eq!(to_text(&record(true)), written);
    assert_eq!(to_value(&record(true)).to_string(), written);
    assert_eq!(
        from_text::<Record>(&written).expect("it is read"),
        record(true)
    );
    let read: Record = serde_json::from_str(&written).expect("serde_json reads it");
    assert_eq!(read, record(true));
}

/// Wherever a value does not fit, it is refused as serde_json refuses it, but for records written as lists.
#[test]
fn what_serde_json_refuses_is_refused() {
    fn same<T: FromJson + DeserializeOwned + Debug + PartialEq>(input: &Value) {
        let ours = from_value::<T>(input.clone());
        let theirs = serde_json::from_value::<T>(input.clone());
        assert_eq!(
            ours.is_ok(),
            theirs.is_ok(),
            "{input}: {ours:?}, {theirs:?}"
        );
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            assert_eq!(ours, theirs, "{input}");
        }
    }
    let inputs = serde_json::json!([
        null, true, 0, -1, 1.5, 300, 5_000_000_000_u64, "", "Small", "Unit", "x", "xy", [], [1], [1, "x"], [1, "x", 2], {},
        { "Unit": null }, { "Unit": 1 }, { "One": 3 }, { "One": "3" }, { "Two": [1, "x"] }, { "Two": [1] },
        { "Two": [1, "x", 1] }, { "Named": {} }, { "Other": 1 }, { "Unit": null, "One": 1 }, { "kind": "nothing" },
        { "kind": "much", "bytes": [1], "of": null }, { "kind": "much" }, { "kind": 1 }, { "flat": true, "rest": 1 },
        { "flat": true, "rest": 1, "more": [] }, { "flat": true }, { "1": 2 }, { "x": 2 }, { "Small": 2 },
    ]);
    for input in inputs.as_array().expect("a list") {
        same::<bool>(input);
        same::<u8>(input);
        same::<i64>(input);
        same::<f64>(input);
        same::<char>(input);
        same::<String>(input);
        same::<Option<Id>>(input);
        same::<Kind>(input);
        same::<Any>(input);
        same::<Tagged>(input);
        same::<(i64, String)>(input);
        same::<Vec<u32>>(input);
        same::<BTreeMap<u16, u32>>(input);
        same::<BTreeMap<Kind, u32>>(input);
        same::<BTreeMap<String, Value>>(input);
        same::<Value>(input);
        same::<()>(input);
        if !input.is_array() {
            same::<Part>(input);
            same::<Record>(input);
        }
    }
}

#[test]
fn a_record_is_an_object_and_nothing_else() {
    let error = from_value::<Part>(serde_json::json!([true, 1.0])).expect_err("a list");
    assert_eq!(
        error.to_string(),
        "invalid type: sequence, expected struct Part"
    );
    let error = from_value::<Part>(serde_json::json!({ "flat": "yes", "rest": 1 }));
    assert_eq!(
        error.expect_err("a text").to_string(),
        "invalid type: string \"yes\", expected a boolean"
    );
}

/// Every beginning of a text, and the text with every byte replaced: read as serde_json reads it, or refused in its words.
#[test]
fn texts_are_taken_apart_as_serde_json_does() {
    fn same(text: &str) {
        let theirs: Result<Value, _> = serde_json::from_str(text);
        match (from_text::<Value>(text), theirs) {
            (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{text}"),
            (Err(ours), Err(theirs)) => assert_eq!(ours.to_string(), theirs.to_string(), "{text}"),
            (ours, theirs) => panic!("{text}: {ours:?}, {theirs:?}"),
        }
    }
    let texts = [
        r#" { "a" : [ true , false , null , "b\n\u00fc\ud83d\ude00" , "ü" ] , "a" : { } , "" : [ [ ] ] } "#,
        "[0,-0,1,-1,10,999999999999999999,1000000000000000000,18446744073709551615,18446744073709551616]",
        "[-9223372036854775808,-9223372036854775809,1.5,-1.5e3,1E-2,0.1,1e400]",
        "[01]",
        "\"\u{1}\"",
        "\"\\x\"",
        "\"\\",
        "1 2",
        "",
        "nul",
        "+1",
        ".5",
    ];
    for text in texts {
        same(text);
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            same(&text[..end]);
        }
        for (place, letter) in text.char_indices() {
            for other in [
                "", "\"", "\\", "{", "]", ",", ":", "0", "-", "e", ".", "\n", "\0",
            ] {
                let after = place + letter.len_utf8();
                same(&format!("{}{other}{}", &text[..place], &text[after..]));
            }
        }
    }
    for depth in [126, 127, 128, 10_000] {
        same(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        same(&format!(
            "{}1{}",
            "{\"a\":".repeat(depth),
            "}".repeat(depth)
        ));
    }
}
