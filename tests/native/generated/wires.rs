//! The same input over the wire, in both protocols: the same answer, and what is no body at all is refused.

use codepipeline_simulator::{
    api::wire::{Request, Response, Settings, Stamp, respond},
    engine::Engine,
    model::{ApiError, ErrorCode, Operation},
};
use serde_json::Value;

use super::random::Random;
use crate::wire::cbor;

/// Deeper than this no protocol reads.
const DEEPEST: usize = 120;

/// A way to send an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Protocol {
    Json,
    Cbor,
}

impl Protocol {
    fn body(self, input: &Value) -> Vec<u8> {
        match self {
            Self::Json => input.to_string().into_bytes(),
            Self::Cbor => cbor::written(input),
        }
    }

    fn headers(self, operation: &Operation) -> (String, Vec<(String, String)>) {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        match self {
            Self::Json => (
                "/".to_owned(),
                vec![
                    header("Content-Type", "application/x-amz-json-1.1"),
                    header(
                        "X-Amz-Target",
                        &format!("CodePipeline_20150709.{}", operation.name),
                    ),
                ],
            ),
            Self::Cbor => (
                format!(
                    "/service/CodePipeline_20150709/operation/{}",
                    operation.name
                ),
                vec![
                    header("smithy-protocol", "rpc-v2-cbor"),
                    header("Content-Type", "application/cbor"),
                ],
            ),
        }
    }

    fn send(self, engine: &mut Engine, operation: &Operation, body: &[u8]) -> Response {
        let (path, headers) = self.headers(operation);
        let request = Request {
            method: "POST",
            path: &path,
            headers: &headers,
            body,
        };
        let stamp = Stamp {
            request_id: "00000000-0000-4000-a000-000000000001".to_owned(),
            date: "Sun, 22 Nov 2026 13:00:00 GMT".to_owned(),
        };
        respond(&request, Settings::default(), &stamp, |operation, input| {
            let now = engine.world().now;
            engine.execute(operation, input, now)
        })
    }
}

/// What is wrong with an answer over the wire, where the answer of a call that changes nothing is known.
pub fn differs(
    protocol: Protocol,
    engine: &mut Engine,
    operation: &'static Operation,
    input: &Value,
    known: &Result<Value, ApiError>,
) -> Option<String> {
    let body = protocol.body(input);
    let response = protocol.send(engine, operation, &body);
    let (status, name, answer) = read(protocol, &response);
    // A value may be as deep where the operation does not look: then it is the protocol alone that refuses.
    let unread = levels(input) > DEEPEST
        && name.as_deref() == Some(ErrorCode::SerializationException.name());
    if unread {
        return None;
    }
    match known {
        Ok(output) if status != 200 => Some(format!(
            "{protocol:?} refuses what answers {output}: {answer}"
        )),
        // Numbers of both protocols are told apart where the engine does not: the texts are compared.
        Ok(output) => {
            let same = protocol == Protocol::Cbor || answer == *output;
            (!same).then(|| format!("{protocol:?} answers {answer}, not {output}"))
        }
        Err(error) => {
            let same = status == error.code.status() && name.as_deref() == Some(error.code.name());
            (!same).then(|| format!("{protocol:?} answers {status} {answer}, not {error}"))
        }
    }
}

/// Bytes that were damaged on their way: whatever comes of them, it is an answer, and a cut body is refused.
pub fn damaged(
    protocol: Protocol,
    random: &mut Random,
    engine: &mut Engine,
    operation: &'static Operation,
    input: &Value,
) -> Option<String> {
    let mut body = protocol.body(input);
    let cut = random.percent(50);
    let place = random.below(body.len());
    if cut {
        body.truncate(place);
    } else {
        body[place] = random.next() as u8;
    }
    let response = protocol.send(engine, operation, &body);
    let (status, name, answer) = read(protocol, &response);
    // No body at all is the empty input (W-3).
    if cut && place > 0 && name.as_deref() != Some("SerializationException") {
        return Some(format!(
            "{protocol:?}: a cut body is answered with {status} {answer}"
        ));
    }
    let allowed = match (status, name.as_deref()) {
        (200, None) => true,
        (_, Some(name)) => {
            ErrorCode::from_name(name).is_some_and(|code| operation.may_fail_with(code))
        }
        _ => false,
    };
    (!allowed).then(|| format!("{protocol:?}: a damaged body is answered with {status} {answer}"))
}

/// Status, name of the error, and body of a response.
fn read(protocol: Protocol, response: &Response) -> (u16, Option<String>, Value) {
    let body = match protocol {
        _ if response.body.is_empty() => Value::Null,
        Protocol::Json => serde_json::from_slice(&response.body).expect("a JSON body"),
        Protocol::Cbor => cbor::read(&response.body),
    };
    let name = body.get("__type").and_then(Value::as_str);
    let name = name.map(|name| name.rsplit('#').next().unwrap_or(name).to_owned());
    (
        response.status,
        name.filter(|_| response.status != 200),
        body,
    )
}

/// How deep a value is.
fn levels(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(levels).max().unwrap_or(0),
        Value::Object(entries) => 1 + entries.values().map(levels).max().unwrap_or(0),
        _ => 0,
    }
}
