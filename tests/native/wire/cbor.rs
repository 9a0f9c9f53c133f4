//! CBOR by another hand: written as no encoder of ours would (lengths unknown, numbers wide), read by what the bytes say;
//! and the bytes of others, good and bad.

use codepipeline_simulator::model;
use serde_json::{Map, Value, json};

use super::{Client, raw_cbor};

/// A value in bytes: everything without a length, every number in 64 bits.
pub fn written(value: &Value) -> Vec<u8> {
    let mut bytes = vec![];
    write(value, &mut bytes);
    bytes
}

fn write(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Null => bytes.push(0xf6),
        Value::Bool(truth) => bytes.push(if *truth { 0xf5 } else { 0xf4 }),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(whole), _) => {
                bytes.push(0x1b);
                bytes.extend(whole.to_be_bytes());
            }
            (None, Some(negative)) => {
                bytes.push(0x3b);
                bytes.extend(((-1 - negative) as u64).to_be_bytes());
            }
            _ => {
                bytes.push(0xfb);
                bytes.extend(number.as_f64().expect("a number").to_be_bytes());
            }
        },
        Value::String(text) => {
            bytes.push(0x7f);
            for piece in text.chars() {
                let mut buffer = [0; 4];
                let piece = piece.encode_utf8(&mut buffer).as_bytes();
                bytes.push(0x60 | piece.len() as u8);
                bytes.extend(piece);
            }
            bytes.push(0xff);
        }
        Value::Array(items) => {
            bytes.push(0x9f);
            items.iter().for_each(|item| write(item, bytes));
            bytes.push(0xff);
        }
        Value::Object(entries) => {
            bytes.push(0xbf);
            for (key, inner) in entries {
                write(&json!(key), bytes);
                write(inner, bytes);
            }
            bytes.push(0xff);
        }
    }
}

/// What bytes of definite lengths say. An instant is its number. No bytes are nothing.
pub fn read(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    let mut rest = bytes;
    let value = one(&mut rest);
    assert!(rest.is_empty(), "nothing follows");
    value
}

fn number(rest: &mut &[u8], count: usize) -> u64 {
    let (taken, left) = rest.split_at(count);
    *rest = left;
    taken
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

fn one(rest: &mut &[u8]) -> Value {
    let first = number(rest, 1) as u8;
    if first == 0xfb {
        return json!(f64::from_bits(number(rest, 8)));
    }
    let argument = match first & 31 {
        low @ 0..=23 => u64::from(low),
        low => number(rest, 1 << (low - 24)),
    };
    match first >> 5 {
        0 => json!(argument),
        1 => json!(-1 - argument as i64),
        3 => {
            let (text, left) = rest.split_at(argument as usize);
            *rest = left;
            json!(std::str::from_utf8(text).expect("a text"))
        }
        4 => (0..argument).map(|_| one(rest)).collect(),
        5 => {
            let mut entries = Map::new();
            for _ in 0..argument {
                let key = one(rest);
                let key = key.as_str().expect("a text").to_owned();
                entries.insert(key, one(rest));
            }
            Value::Object(entries)
        }
        6 => {
            assert_eq!(argument, 1, "the tag of an instant");
            one(rest)
        }
        _ => match argument {
            20 => json!(false),
            21 => json!(true),
            other => panic!("simple value {other} has no place in an answer"),
        },
    }
}

/// The status of ListPipelines with these bytes.
fn status(bytes: &[u8]) -> u16 {
    Client::new().send(&raw_cbor("ListPipelines", bytes)).status
}

#[test]
fn every_way_to_write_a_number_is_read() {
    let with = |number: &[u8]| [&b"\xa1\x6amaxResults"[..], number].concat();
    for one in [
        &b"\x01"[..],
        b"\x18\x01",
        b"\x19\x00\x01",
        b"\x1a\x00\x00\x00\x01",
        b"\x1b\x00\x00\x00\x00\x00\x00\x00\x01",
        b"\xf9\x3c\x00",
        b"\xfa\x3f\x80\x00\x00",
        b"\xfb\x3f\xf0\x00\x00\x00\x00\x00\x00",
        b"\xc1\x01",
        // Absent.
        b"\xf6",
        b"\xf7",
    ] {
        assert_eq!(status(&with(one)), 200, "{one:x?}");
    }
    for wrong in [
        // 0, −1, 0.5, ∞, not a number, "1", [1].
        &b"\x00"[..],
        b"\x20",
        b"\xf9\x38\x00",
        b"\xf9\x7c\x00",
        b"\xf9\x7e\x00",
        b"\x611",
        b"\x81\x01",
        b"\x3b\xff\xff\xff\xff\xff\xff\xff\xff",
    ] {
        assert_eq!(status(&with(wrong)), 400, "{wrong:x?}");
    }
}

#[test]
fn bytes_that_make_no_sense_are_refused() {
    for wrong in [
        // Cut off, more than one value, no map, a key that is no text, a break alone, bytes, reserved lengths,
        // a piece of another kind or without a length, a tag or a number without its number.
        &b"\xa1"[..],
        b"\xa0\xa0",
        b"\x80",
        b"\xa1\x01\x02",
        b"\xff",
        b"\xa1\x61a\x41a",
        b"\xa1\x61a\x1c",
        b"\xa1\x61a\x7f\x41a\xff",
        b"\xa1\x61a\x7f\x7f\xff\xff",
        b"\xa1\x61a\xdf\x01",
        b"\xa1\x61a\x1f",
        b"\xa1\x61a\x62\xff\xff",
        b"\xbf\x61a\xff",
        // As many as there are numbers.
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x7b\xff\xff\xff\xff\xff\xff\xff\xff",
    ] {
        let response = Client::new().send(&raw_cbor("ListPipelines", wrong));
        let answer = read(&response.body);
        let kind = "com.amazonaws.codepipeline#SerializationException";
        assert_eq!(answer, json!({ "__type": kind }), "{wrong:x?}");
        assert_eq!(response.status, 400);
    }
}

#[test]
fn nesting_is_limited_as_in_json() {
    let deep = |levels: usize| [&b"\xa1\x61a"[..], &vec![0x81; levels], b"\x01"].concat();
    assert_eq!(status(&deep(100)), 200);
    assert_eq!(status(&deep(1_000_000)), 400);
    let tags = [&b"\xa1\x61a"[..], &vec![0xc1; 1_000_000], b"\x01"].concat();
    assert_eq!(status(&tags), 400);
}

#[test]
fn instants_are_marked() {
    let mut client = Client::new();
    let input = written(&json!({ "name": "shop" }));
    let response = client.send(&raw_cbor("GetPipeline", &input));
    let created = b"\x67created\xc1";
    let found = response
        .body
        .windows(created.len())
        .any(|window| window == created);
    assert!(found, "{:x?}", response.body);
}

#[test]
fn an_operation_that_answers_nothing_sends_nothing() {
    let mut client = Client::new();
    let input = written(&json!({ "name": "shop" }));
    let response = client.send(&raw_cbor("DeletePipeline", &input));
    assert_eq!((response.status, response.body.len()), (200, 0));
    assert!(model::operation("DeletePipeline").is_some_and(|operation| operation.output.is_none()));
}

#[test]
fn a_path_of_another_service_or_operation_is_unknown() {
    for path in [
        "/",
        "/service/CodePipeline_20150709/operation/Nothing",
        "/service/CodeBuild_20161006/operation/ListPipelines",
        "/operation/ListPipelines",
    ] {
        let mut sent = raw_cbor("ListPipelines", &[]);
        sent.path = path.to_owned();
        let response = Client::new().send(&sent);
        let kind = "com.amazonaws.codepipeline#UnknownOperationException";
        assert_eq!(read(&response.body), json!({ "__type": kind }), "{path}");
    }
    let mut sent = raw_cbor("ListPipelines", &[]);
    sent.path = "/base/service/CodePipeline_20150709/operation/ListPipelines".to_owned();
    assert_eq!(Client::new().send(&sent).status, 200);
}
