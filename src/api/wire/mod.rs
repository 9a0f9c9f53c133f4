//! THE WIRE. HTTP requests as AWS clients send them become calls, and what comes of a call becomes a response: AWS JSON
//! 1.1 (jobs-wire-cli.md §5) and RPC v2 CBOR, which share everything but the bytes.
//!
//! Pure: no clock, no sockets, no browser. Life of a request: [`read`] decides which protocol it speaks and what it
//! asks ([`Reading::Call`]), or answers it at once (a preflight, a request that is none); whoever has the world carries
//! the call out; [`Call::answer`] makes the response. [`respond`] does all three where the world answers at once.
//!
//! Failure modes: every request gets a response. What a request may do wrong is listed in W-16; a body that is not what
//! its protocol says is a SerializationException, and nothing was done.

mod cbor;
mod protocol;
mod route;

use serde_json::Value;

use crate::model::{ApiError, ErrorCode, Operation};
use protocol::Protocol;

/// A request: what matters of it.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// `POST`, `OPTIONS` …
    pub method: &'a str,
    /// The path of its address.
    pub path: &'a str,
    /// Names in any case, and values.
    pub headers: &'a [(String, String)],
    /// The bytes after the headers.
    pub body: &'a [u8],
}

impl Request<'_> {
    /// The value of a header; names are the same in any case (W-1).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case, each once.
    pub headers: Vec<(&'static str, String)>,
    /// The bytes after the headers.
    pub body: Vec<u8>,
}

/// What every response carries and nothing here can know.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// A UUID of its own (W-4).
    pub request_id: String,
    /// The present instant as HTTP writes it: `Sun, 22 Nov 2026 13:00:00 GMT`.
    pub date: String,
}

/// How strict the wire is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// Requests without an `Authorization` header are refused. Signatures are never looked into (W-2).
    pub require_authorization: bool,
}

/// What came of a request.
#[derive(Debug)]
pub enum Reading {
    /// It asks for this.
    Call(Call),
    /// It is answered without asking anybody.
    Answered(Response),
}

/// A request that asks for an operation.
#[derive(Debug)]
pub struct Call {
    /// The operation.
    pub operation: &'static Operation,
    /// What it was given, of the protocol's own types only; not checked yet.
    pub input: Value,
    protocol: Protocol,
}

/// An error by its name. The service's own errors convert into it; the simulator has a few more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `__type` of the body.
    pub name: String,
    /// A text for a person; empty where the service sends none.
    pub message: String,
    /// The HTTP status (W-14, W-15).
    pub status: u16,
}

impl From<&ApiError> for Failure {
    fn from(error: &ApiError) -> Self {
        Self {
            name: error.code.name().to_owned(),
            message: error.message.clone(),
            status: error.code.status(),
        }
    }
}

/// What a request asks for. The order is that of W-16: whom it is for, what it carries, and only then what that means.
#[must_use]
pub fn read(request: &Request<'_>, settings: Settings, stamp: &Stamp) -> Reading {
    if request.method.eq_ignore_ascii_case("OPTIONS") {
        return Reading::Answered(preflight(request, stamp));
    }
    let (protocol, name) = match route::find(request) {
        Some(found) => found,
        None => return Reading::Answered(not_a_request(stamp)),
    };
    let refuse = |code, message: &str| {
        let failure = Failure::from(&ApiError::new(code, message));
        Reading::Answered(protocol.failure(&failure, stamp))
    };
    let Some(operation) = name.and_then(crate::model::operation) else {
        return refuse(ErrorCode::UnknownOperationException, "");
    };
    if settings.require_authorization && request.header("authorization").is_none() {
        return refuse(
            ErrorCode::MissingAuthenticationTokenException,
            "Missing Authentication Token",
        );
    }
    match protocol.decode(request.body) {
        Some(input) if input.is_object() => Reading::Call(Call {
            operation,
            input,
            protocol,
        }),
        _ => refuse(ErrorCode::SerializationException, ""),
    }
}

impl Call {
    /// The response to what came of it.
    #[must_use]
    pub fn answer(&self, answer: Result<&Value, Failure>, stamp: &Stamp) -> Response {
        match answer {
            Ok(value) => self.protocol.success(self.operation.output, value, stamp),
            Err(failure) => self.protocol.failure(&failure, stamp),
        }
    }
}

/// The response to a request, where `execute` carries the call out at once.
pub fn respond(
    request: &Request<'_>,
    settings: Settings,
    stamp: &Stamp,
    execute: impl FnOnce(&str, Value) -> Result<Value, ApiError>,
) -> Response {
    match read(request, settings, stamp) {
        Reading::Answered(response) => response,
        Reading::Call(mut call) => {
            let answer = execute(call.operation.name, std::mem::take(&mut call.input));
            call.answer(answer.as_ref().map_err(Failure::from), stamp)
        }
    }
}

/// The headers of every response, errors included (W-4, W-26).
fn headers(stamp: &Stamp, body: &[u8]) -> Vec<(&'static str, String)> {
    vec![
        ("x-amzn-requestid", stamp.request_id.clone()),
        ("date", stamp.date.clone()),
        ("content-length", body.len().to_string()),
        ("access-control-allow-origin", "*".to_owned()),
        (
            "access-control-expose-headers",
            "x-amzn-RequestId, x-amzn-ErrorType, Date".to_owned(),
        ),
    ]
}

/// What a browser asks before it sends a request with headers of its own (W-26).
fn preflight(request: &Request<'_>, stamp: &Stamp) -> Response {
    let mut headers = headers(stamp, &[]);
    headers.push(("access-control-allow-methods", "POST, OPTIONS".to_owned()));
    if let Some(asked) = request.header("access-control-request-headers") {
        headers.push(("access-control-allow-headers", asked.to_owned()));
    }
    headers.push(("access-control-max-age", "86400".to_owned()));
    Response {
        status: 200,
        headers,
        body: Vec::new(),
    }
}

/// Not a request of either protocol (W-16).
fn not_a_request(stamp: &Stamp) -> Response {
    let body = b"<UnknownOperationException/>\n".to_vec();
    let mut headers = headers(stamp, &body);
    headers.push(("content-type", "application/xml".to_owned()));
    Response {
        status: 404,
        headers,
        body,
    }
}
