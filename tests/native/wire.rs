//! The wire: requests as clients send them, and every byte of what they get back that a client looks at.
//!
//! [`SHOWN`] has a row for every rule of jobs-wire-cli.md §5. Everything that is said in JSON is said in CBOR as well, and
//! has to come to the same.

pub mod cbor;
mod errors;
mod requests;
mod responses;

use codepipeline_simulator::api::wire::{Request, Response, Settings, Stamp, respond};
use serde_json::{Value, json};

use crate::bench::{Bench, three_stages};

/// A rule, and what shows it.
type Shown = (&'static str, fn());

fn shown() -> Vec<Shown> {
    [requests::SHOWN, responses::SHOWN, errors::SHOWN].concat()
}

/// The ids of the rules that a row shows.
pub fn rules_of_the_wire() -> Vec<&'static str> {
    shown().into_iter().map(|(rule, _)| rule).collect()
}

#[test]
fn every_rule_of_the_wire_holds() {
    for (rule, show) in shown() {
        // The last line before a failure says which rule it is.
        eprintln!("{rule}");
        show();
    }
}

const JSON: &str = "application/x-amz-json-1.1";

/// A request in the making, and the world it is for.
struct Client {
    bench: Bench,
    settings: Settings,
}

/// A request in the making: an ordinary one until something is changed.
struct Sent {
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

fn header(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// The request of an operation with a body as it is.
fn raw(operation: &str, body: &[u8]) -> Sent {
    Sent {
        method: "POST",
        path: "/".to_owned(),
        headers: vec![
            header("Content-Type", JSON),
            header(
                "X-Amz-Target",
                &format!("CodePipeline_20150709.{operation}"),
            ),
        ],
        body: body.to_vec(),
    }
}

/// The same in CBOR.
fn raw_cbor(operation: &str, body: &[u8]) -> Sent {
    Sent {
        method: "POST",
        path: format!("/service/CodePipeline_20150709/operation/{operation}"),
        headers: vec![
            header("smithy-protocol", "rpc-v2-cbor"),
            header("Content-Type", "application/cbor"),
            header("Accept", "application/cbor"),
        ],
        body: body.to_vec(),
    }
}

fn stamp() -> Stamp {
    Stamp {
        request_id: "00000000-0000-4000-a000-000000000001".to_owned(),
        date: "Sun, 22 Nov 2026 13:00:00 GMT".to_owned(),
    }
}

impl Client {
    /// With the pipeline `shop` in its world.
    fn new() -> Self {
        let mut bench = Bench::new();
        bench.create(&three_stages("shop"));
        Self {
            bench,
            settings: Settings::default(),
        }
    }

    fn send(&mut self, sent: &Sent) -> Response {
        let request = Request {
            method: sent.method,
            path: &sent.path,
            headers: &sent.headers,
            body: &sent.body,
        };
        let bench = &mut self.bench;
        respond(&request, self.settings, &stamp(), |operation, input| {
            bench.call(operation, input)
        })
    }

    /// Says it in JSON; says it in CBOR to a world that has seen the same; both have to come to the same.
    fn say(&mut self, operation: &str, input: &Value) -> (u16, Value) {
        let before = self.bench.engine.snapshot();
        let in_json = self.send(&raw(operation, input.to_string().as_bytes()));
        let mut twin = Self::new();
        twin.bench.engine =
            codepipeline_simulator::engine::Engine::restore(&before).expect("it opens again");
        let in_cbor = twin.send(&raw_cbor(operation, &cbor::written(input)));
        assert_eq!(in_cbor.status, in_json.status, "{operation}");
        assert_eq!(find(&in_cbor, "smithy-protocol"), Some("rpc-v2-cbor"));
        assert_eq!(twin.bench.engine.snapshot(), self.bench.engine.snapshot());
        let answer = body(&in_json);
        let mut other = cbor::read(&in_cbor.body);
        if let Some(kind) = other.get("__type").and_then(Value::as_str) {
            let short = kind.strip_prefix("com.amazonaws.codepipeline#");
            other["__type"] = json!(short.expect("a whole name"));
        }
        assert_eq!(other, answer, "{operation}");
        (in_json.status, answer)
    }

    /// The name and the text of the error that is answered.
    fn refused(&mut self, operation: &str, input: &Value) -> (String, Option<String>) {
        let (status, answer) = self.say(operation, input);
        assert!(status >= 400, "{operation} was answered: {answer}");
        let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
        (text("__type").expect("a name"), text("message"))
    }

    fn ok(&mut self, operation: &str, input: &Value) -> Value {
        let (status, answer) = self.say(operation, input);
        assert_eq!(status, 200, "{operation}: {answer}");
        answer
    }
}

fn find<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    let mut found = response.headers.iter().filter(|(own, _)| *own == name);
    let value = found.next().map(|(_, value)| value.as_str());
    assert!(found.next().is_none(), "{name} stands there twice");
    value
}

fn body(response: &Response) -> Value {
    if response.body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(&response.body).expect("the body is JSON")
}
