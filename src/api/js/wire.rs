//! The wire in JavaScript: `fetch` for a `Request`, and the handler that the AWS SDK for JavaScript takes in the place of
//! its connections. Both hand bytes to [`wire`] and settle like any other call: once what they did is committed.

use std::rc::Rc;

use js_sys::{Array, Date, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{
    errors,
    host::{Host, Refusal, settling},
    simulator::Simulator,
    steady::request_id,
};
use crate::api::wire::{self, Failure, Reading, Settings, Stamp};

#[wasm_bindgen]
extern "C" {
    /// A `Request`, of whichever realm.
    type Asked;
    #[wasm_bindgen(method, getter, structural)]
    fn method(this: &Asked) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn url(this: &Asked) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn headers(this: &Asked) -> JsValue;
    #[wasm_bindgen(method, structural, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &Asked) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = Response)]
    type Answered;
    #[wasm_bindgen(constructor, catch, js_class = "Response")]
    fn new(body: &JsValue, init: &JsValue) -> Result<Answered, JsValue>;
}

/// A request that owns its parts.
struct Sent {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(key)).unwrap_or_default()
}

fn set(object: &Object, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(key), value);
}

fn stamp() -> Stamp {
    Stamp {
        request_id: request_id(),
        date: String::from(Date::new_0().to_utc_string()),
    }
}

/// The response to a request, once what it did is committed.
async fn exchange(host: &Rc<Host>, sent: Sent, settings: Settings) -> wire::Response {
    let request = wire::Request {
        method: &sent.method,
        path: &sent.path,
        headers: &sent.headers,
        body: &sent.body,
    };
    let mut call = match wire::read(&request, settings, &stamp()) {
        Reading::Answered(response) => return response,
        Reading::Call(call) => call,
    };
    let (settle, settled) = settling();
    host.call(call.operation.name, call.input.take(), settle);
    let answer = settled.await;
    call.answer(answer.as_ref().map_err(failure), &stamp())
}

/// What the service refuses in its own words; what the simulator refuses (a world that another tab writes, say) as a
/// fault of the client that no SDK tries again.
fn failure(refusal: &Refusal) -> Failure {
    if let Refusal::Api(error) = refusal {
        return Failure::from(error);
    }
    let (name, message) = refusal.words();
    Failure {
        name,
        message,
        status: 400,
    }
}

/// The path of an address.
fn path(address: &str) -> String {
    let after = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = after
        .find('/')
        .map_or("/", |at| after.get(at..).unwrap_or("/"));
    path.split(['?', '#']).next().unwrap_or("/").to_owned()
}

/// The headers of a `Headers`, or of any other iterable of pairs.
fn pairs(headers: &JsValue) -> Vec<(String, String)> {
    let all = Array::from(headers);
    let text = |pair: &JsValue, index: u32| {
        let pair: &Array = pair.unchecked_ref();
        pair.get(index).as_string()
    };
    all.iter()
        .filter_map(|pair| Some((text(&pair, 0)?, text(&pair, 1)?)))
        .collect()
}

/// The members of a plain object that are texts.
fn texts(object: &JsValue) -> Vec<(String, String)> {
    let Some(object) = object.dyn_ref::<Object>() else {
        return Vec::new();
    };
    Object::entries(object)
        .iter()
        .filter_map(|pair| {
            let pair: Array = pair.unchecked_into();
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

/// The bytes of a body as SDKs send them: a text, bytes, or nothing.
fn bytes(body: &JsValue) -> Vec<u8> {
    if let Some(text) = body.as_string() {
        return text.into_bytes();
    }
    if body.is_undefined() || body.is_null() {
        return Vec::new();
    }
    Uint8Array::new(body).to_vec()
}

fn header_object(response: &wire::Response) -> Object {
    let headers = Object::new();
    for (name, value) in &response.headers {
        set(&headers, name, &JsValue::from_str(value));
    }
    headers
}

#[wasm_bindgen]
impl Simulator {
    /// Answers a `Request` as the service would: `{ requireAuthorization }` refuses those without a signature.
    #[wasm_bindgen(skip_typescript)]
    pub fn fetch(&self, request: JsValue, options: &JsValue) -> Promise {
        let host = Rc::clone(self.host());
        let settings = Settings {
            require_authorization: get(options, "requireAuthorization").is_truthy(),
        };
        future_to_promise(async move {
            let asked: &Asked = request.unchecked_ref();
            let (Some(method), Some(url)) = (asked.method().as_string(), asked.url().as_string())
            else {
                return Err(errors::invalid("fetch: a Request is expected"));
            };
            let headers = pairs(&asked.headers());
            let body = JsFuture::from(Promise::resolve(&asked.array_buffer()?)).await?;
            let sent = Sent {
                method,
                path: path(&url),
                headers,
                body: bytes(&body),
            };
            let response = exchange(&host, sent, settings).await;
            let init = Object::new();
            set(&init, "status", &JsValue::from(response.status));
            set(&init, "headers", &header_object(&response));
            let body = Uint8Array::from(response.body.as_slice());
            Answered::new(&body, &init).map(JsValue::from)
        })
    }

    /// What `new CodePipelineClient({ requestHandler })` takes.
    #[wasm_bindgen(js_name = requestHandler, skip_typescript)]
    #[must_use]
    pub fn request_handler(&self) -> JsValue {
        let host = Rc::clone(self.host());
        let handle: Closure<dyn FnMut(JsValue, JsValue) -> Promise> =
            Closure::new(move |request: JsValue, options: JsValue| {
                let host = Rc::clone(&host);
                future_to_promise(async move {
                    if get(&get(&options, "abortSignal"), "aborted").is_truthy() {
                        return Err(errors::named("AbortError", "Request aborted"));
                    }
                    let sent = Sent {
                        method: get(&request, "method").as_string().unwrap_or_default(),
                        path: get(&request, "path").as_string().unwrap_or_default(),
                        headers: texts(&get(&request, "headers")),
                        body: bytes(&get(&request, "body")),
                    };
                    let response = exchange(&host, sent, Settings::default()).await;
                    let made = Object::new();
                    set(&made, "statusCode", &JsValue::from(response.status));
                    set(&made, "headers", &header_object(&response));
                    let body = Uint8Array::from(response.body.as_slice());
                    set(&made, "body", &body);
                    let output = Object::new();
                    set(&output, "response", &made);
                    Ok(output.into())
                })
            });
        let handler = Object::new();
        set(&handler, "handle", &handle.into_js_value());
        let metadata = Object::new();
        set(&metadata, "handlerProtocol", &JsValue::from_str("h1"));
        set(&handler, "metadata", &metadata);
        // The SDK's settings of connections: there are none to set.
        for method in ["destroy", "updateHttpClientConfig"] {
            set(&handler, method, &Function::new_no_args(""));
        }
        set(
            &handler,
            "httpHandlerConfigs",
            &Function::new_no_args("return {}"),
        );
        handler.into()
    }
}
