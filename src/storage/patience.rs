//! How long an answer of the browser is waited for that should come at once.
//!
//! A browser's database can fall silent: it neither opens nor refuses, until the page is loaded again. Whoever opens a world
//! waits so long and no longer, and goes on without it.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use gloo::timers::callback::Timeout;

use super::StorageError;
use super::signal::Signal;

/// In milliseconds: far more than a busy machine needs, and less than a person would sit in front of an empty page.
const MOST: u32 = 30_000;

/// A wait that began.
pub(super) struct Patience {
    over: Rc<Signal<()>>,
    _timer: Timeout,
}

impl Patience {
    pub(super) fn begins() -> Self {
        let over = Rc::new(Signal::new());
        let ends = Rc::clone(&over);
        Self {
            over,
            _timer: Timeout::new(MOST, move || ends.set(())),
        }
    }

    /// Ready once it is over.
    pub(super) fn poll(&self, context: &Context<'_>) -> Poll<()> {
        self.over.poll(context)
    }
}

/// The answer, or [`StorageError::NoAnswer`]. What is not waited for any more is dropped, and so taken back.
pub(super) async fn in_time<T>(
    answer: impl Future<Output = Result<T, StorageError>>,
) -> Result<T, StorageError> {
    let patience = Patience::begins();
    let mut answer = pin!(answer);
    poll_fn(|context| match answer.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(answer),
        Poll::Pending => patience.poll(context).map(|()| Err(StorageError::NoAnswer)),
    })
    .await
}
