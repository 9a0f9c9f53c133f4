//! Something that happens once and is waited for: how a browser's event handler tells a Rust future.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

/// Set once, waited for by one future at a time.
#[derive(Debug)]
pub(super) struct Signal<V> {
    value: RefCell<Option<V>>,
    waker: RefCell<Option<Waker>>,
}

impl<V: Clone> Signal<V> {
    pub(super) fn new() -> Self {
        Self {
            value: RefCell::new(None),
            waker: RefCell::new(None),
        }
    }

    /// The first value stays.
    pub(super) fn set(&self, value: V) {
        self.value.borrow_mut().get_or_insert(value);
        self.wake();
    }

    /// Makes whoever waits look again.
    pub(super) fn wake(&self) {
        // Taken out first: the woken future may look at this signal at once.
        let waker = self.waker.borrow_mut().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) fn get(&self) -> Option<V> {
        self.value.borrow().clone()
    }

    pub(super) fn poll(&self, context: &Context<'_>) -> Poll<V> {
        match self.get() {
            Some(value) => Poll::Ready(value),
            None => {
                *self.waker.borrow_mut() = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }

    pub(super) async fn wait(&self) -> V {
        poll_fn(|context| self.poll(context)).await
    }
}
