//! The two protocols: how each writes what both say.

use serde_json::{Map, Value, json};

use super::{Failure, Response, Stamp, cbor, headers};
use crate::model::Shape;

/// The namespace of error names in CBOR, where names are whole.
const NAMESPACE: &str = "com.amazonaws.codepipeline#";

/// How the bytes are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// AWS JSON 1.1.
    Json,
    /// Smithy RPC v2 with CBOR.
    Cbor,
}

impl Protocol {
    const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/x-amz-json-1.1",
            Self::Cbor => "application/cbor",
        }
    }

    /// A body as JSON; an empty one is an empty object (W-3). None if it is not what the protocol says.
    pub fn decode(self, body: &[u8]) -> Option<Value> {
        if body.is_empty() {
            return Some(Value::Object(Map::new()));
        }
        match self {
            Self::Json => serde_json::from_slice(body).ok(),
            Self::Cbor => cbor::decode(body),
        }
    }

    /// The response to a call that went well. An operation without output has no body at all (W-5).
    pub fn success(self, output: Option<&Shape>, value: &Value, stamp: &Stamp) -> Response {
        let body = match (output, self) {
            (None, _) => Vec::new(),
            (Some(_), Self::Json) => value.to_string().into_bytes(),
            (Some(shape), Self::Cbor) => cbor::encode(Some(shape), value),
        };
        self.response(200, body, stamp)
    }

    /// The response to a call that did not (W-11, W-12).
    pub fn failure(self, failure: &Failure, stamp: &Stamp) -> Response {
        let Failure {
            name,
            message,
            status,
        } = failure;
        let kind = match self {
            Self::Json => name.clone(),
            Self::Cbor => format!("{NAMESPACE}{name}"),
        };
        let mut body = json!({ "__type": kind });
        if let (false, Some(members)) = (message.is_empty(), body.as_object_mut()) {
            members.insert("message".to_owned(), Value::from(message.as_str()));
        }
        let body = match self {
            Self::Json => body.to_string().into_bytes(),
            Self::Cbor => cbor::encode(None, &body),
        };
        let mut response = self.response(*status, body, stamp);
        response.headers.push(("x-amzn-errortype", name.clone()));
        response
    }

    fn response(self, status: u16, body: Vec<u8>, stamp: &Stamp) -> Response {
        let mut headers = headers(stamp, &body);
        headers.push(("content-type", self.content_type().to_owned()));
        if self == Self::Cbor {
            // A client that misses it does not read the rest.
            headers.push(("smithy-protocol", "rpc-v2-cbor".to_owned()));
        }
        Response {
            status,
            headers,
            body,
        }
    }
}
