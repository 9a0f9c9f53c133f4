//! Real time, waiting and the beat, in a page, a worker or Node.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessagePort};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_name = setInterval)]
    fn set_interval(callback: &Closure<dyn FnMut()>, milliseconds: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearInterval)]
    fn clear_interval(interval: &JsValue);
}

/// Something that is done again and again until this is dropped. In Node it keeps no process alive: a script that has
/// nothing else to do may end.
pub struct Beat {
    interval: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Beat {
    /// Does it every so many milliseconds.
    #[must_use]
    pub fn new(milliseconds: u32, callback: impl FnMut() + 'static) -> Self {
        let callback: Closure<dyn FnMut()> = Closure::new(callback);
        let interval = set_interval(&callback, milliseconds);
        // Node's timers are objects with this method, a browser's are numbers.
        let unref = Reflect::get(&interval, &JsValue::from_str("unref"));
        if let Ok(unref) = unref.and_then(|it| it.dyn_into::<Function>()) {
            let _ = unref.call0(&interval);
        }
        Self {
            interval,
            _callback: callback,
        }
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        clear_interval(&self.interval);
    }
}

/// Milliseconds on a clock that does not jump.
#[must_use]
pub fn real_now() -> f64 {
    performance_now()
}

/// Lets everything else that waits for its turn go first: a task of its own, not a microtask.
pub async fn next_task() {
    let promise = Promise::new(&mut |resolve: Function, _| {
        if is_hidden() && MESSAGES.with(|messages| messages.send(&resolve)) {
            return;
        }
        let global = js_sys::global();
        let timeout = Reflect::get(&global, &JsValue::from_str("setTimeout"))
            .ok()
            .and_then(|it| it.dyn_into::<Function>().ok());
        match timeout {
            Some(timeout) => {
                let _ = timeout.call2(&global, &resolve, &JsValue::from(0));
            }
            // Nothing to wait with: go on at once.
            None => {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Whether this is a page that nobody sees. Browsers let the timers of such a page go off once a second, later once a
/// minute; what takes a thousand turns would never end.
fn is_hidden() -> bool {
    let document = Reflect::get(&js_sys::global(), &JsValue::from_str("document"));
    document
        .and_then(|document| Reflect::get(&document, &JsValue::from_str("hidden")))
        .is_ok_and(|hidden| hidden.is_truthy())
}

/// Messages from the page to itself, which come as tasks of their own and are not slowed down in a hidden page. One pair of
/// ports for as long as the page stands: ports that were not closed are never let go.
struct Messages {
    sender: OnceCell<Option<MessagePort>>,
    waiting: Rc<RefCell<VecDeque<Function>>>,
}

impl Messages {
    /// Calls a function when the message has come. Says whether there are messages.
    fn send(&self, resolve: &Function) -> bool {
        let Some(sender) = self.sender.get_or_init(|| self.open()) else {
            return false;
        };
        self.waiting.borrow_mut().push_back(resolve.clone());
        let sent = sender.post_message(&JsValue::NULL).is_ok();
        if !sent {
            self.waiting.borrow_mut().pop_back();
        }
        sent
    }

    fn open(&self) -> Option<MessagePort> {
        let channel = MessageChannel::new().ok()?;
        let waiting = Rc::clone(&self.waiting);
        let heard: Closure<dyn FnMut()> = Closure::new(move || {
            let next = waiting.borrow_mut().pop_front();
            if let Some(resolve) = next {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
        });
        let receiver = channel.port1();
        receiver.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
        Some(channel.port2())
    }
}

thread_local! {
    static MESSAGES: Messages = Messages {
        sender: OnceCell::new(),
        waiting: Rc::default(),
    };
}

thread_local! {
    static REQUESTS: Cell<u64> = const { Cell::new(0) };
}

/// A request id, as the service gives each call one.
#[must_use]
pub fn request_id() -> String {
    use crate::engine::random::{hexadecimal, mix};
    let count = REQUESTS.with(|requests| {
        requests.set(requests.get() + 1);
        requests.get()
    });
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "only its bits matter"
    )]
    let salt = (js_sys::Math::random() * 9e15) as u64;
    let digits = hexadecimal(mix(count) ^ salt, 31);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-4{}-a{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 15),
        part(15, 18),
        part(18, 30)
    )
}
