//! The lock that makes one tab the writer of a world: the browser's Web Locks, which end with the tab that holds
//! them, however it ends.
//!
//! The lock alone does not fence: a frozen tab does not know that it was taken over. So the holder takes an epoch
//! ([`IndexedDbStore::become_writer`](super::indexeddb::IndexedDbStore::become_writer)) before it loads, and every
//! transaction compares it.
//!
//! # Life cycle
//!
//! [`try_now`] gives the lock or says that another tab has it; that tab can be waited for ([`wait`]) or be taken
//! over ([`steal`]), which it hears from [`WriterLock::ended`]. Dropping a [`WriterLock`] lets go. Dropping a
//! future that waits gives the lock on to the next in line when its turn comes.
//!
//! # Failure modes
//!
//! A browser that does not answer at once whether a tab has the lock: [`StorageError::NoAnswer`]. An insecure address has no Web Locks: [`StorageError::NoWebLocks`], and the world is kept in memory only.
//!
//! Own declarations instead of web-sys, whose `LockManager` needs an unstable flag for everything compiled.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::rc::{Rc, Weak};
use std::task::Poll;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::StorageError;
use super::patience::in_time;
use super::signal::Signal;

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        granted: &Function,
    ) -> Result<Promise, JsValue>;
}

/// What [`try_now`] found.
#[derive(Debug)]
pub enum Attempt {
    /// This tab is the writer.
    Held(WriterLock),
    /// Another tab is.
    Taken,
}

/// How a [`WriterLock`] ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// This tab let go of it.
    Released,
    /// Another tab took over.
    Stolen,
}

/// The right to write a world, for as long as it lives and nobody takes over.
#[derive(Debug)]
#[must_use = "the lock is released when this is dropped"]
pub struct WriterLock {
    grip: Rc<Grip>,
}

impl WriterLock {
    /// Whether another tab has taken over.
    #[must_use]
    pub fn is_stolen(&self) -> bool {
        self.grip.stolen.get().is_some()
    }

    /// Waits until the lock is gone. The future does not hold the lock; only one may wait at a time.
    pub fn ended(&self) -> impl Future<Output = Ending> + 'static {
        let grip = Rc::downgrade(&self.grip);
        poll_fn(move |context| match grip.upgrade() {
            None => Poll::Ready(Ending::Released),
            Some(grip) => grip.stolen.poll(context).map(|()| Ending::Stolen),
        })
    }
}

/// Takes the lock of `world` if no other tab has it.
///
/// # Errors
/// [`StorageError::NoWebLocks`], or [`StorageError::Other`] if the browser refuses.
pub async fn try_now(world: &str) -> Result<Attempt, StorageError> {
    Ok(match request(world, Some("ifAvailable")).await? {
        Some(lock) => Attempt::Held(lock),
        None => Attempt::Taken,
    })
}

/// Waits in line for the lock of `world`.
///
/// # Errors
/// As [`try_now`].
pub async fn wait(world: &str) -> Result<WriterLock, StorageError> {
    request(world, None)
        .await?
        .ok_or_else(|| StorageError::Other("the lock was refused".into()))
}

/// Takes the lock of `world` from whoever has it: "take over here".
///
/// # Errors
/// As [`try_now`].
pub async fn steal(world: &str) -> Result<WriterLock, StorageError> {
    request(world, Some("steal"))
        .await?
        .ok_or_else(|| StorageError::Other("the lock was refused".into()))
}

/// What the browser's callbacks and the holder share. The browser holds the lock until a promise of ours settles;
/// `release` settles it, at the latest when the last owner is gone.
#[derive(Debug)]
struct Grip {
    /// Granted or not, or why the request failed.
    answer: Signal<Result<bool, StorageError>>,
    release: RefCell<Option<Function>>,
    stolen: Signal<()>,
}

impl Drop for Grip {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            // A promise's own function: it cannot throw.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
        self.stolen.wake();
    }
}

async fn request(world: &str, option: Option<&str>) -> Result<Option<WriterLock>, StorageError> {
    let options = Object::new();
    if let Some(option) = option {
        Reflect::set(&options, &option.into(), &JsValue::TRUE).map_err(refused)?;
    }
    let grip = Rc::new(Grip {
        answer: Signal::new(),
        release: RefCell::new(None),
        stolen: Signal::new(),
    });
    let callback = granted_callback(Rc::downgrade(&grip));
    let held = lock_manager()?
        .request(
            &format!("codepipeline-simulator:{world}"),
            &options,
            callback.unchecked_ref(),
        )
        .map_err(refused)?;
    spawn_local(watch(held, Rc::downgrade(&grip)));
    let answer = grip.answer.wait();
    // Only whoever stands in line waits for as long as it takes.
    let granted = match option {
        Some(_) => in_time(answer).await?,
        None => answer.await?,
    };
    Ok(granted.then_some(WriterLock { grip }))
}

/// What the browser calls with the lock, or with `null` if it is not to be had now.
fn granted_callback(grip: Weak<Grip>) -> JsValue {
    Closure::once_into_js(move |lock: JsValue| -> JsValue {
        // Whoever asked may have gone: answering with anything but a promise passes the lock on.
        let Some(grip) = grip.upgrade() else {
            return JsValue::UNDEFINED;
        };
        if lock.is_null() {
            grip.answer.set(Ok(false));
            return JsValue::UNDEFINED;
        }
        let hold = Promise::new(&mut |resolve, _| *grip.release.borrow_mut() = Some(resolve));
        grip.answer.set(Ok(true));
        hold.into()
    })
}

/// The promise of the request fulfils when the lock is released and rejects when the request fails or the lock is
/// stolen.
async fn watch(held: Promise, grip: Weak<Grip>) {
    let Err(reason) = JsFuture::from(held).await else {
        return;
    };
    let Some(grip) = grip.upgrade() else { return };
    if grip.answer.get() == Some(Ok(true)) {
        grip.stolen.set(());
    } else {
        grip.answer.set(Err(refused(reason)));
    }
}

fn lock_manager() -> Result<LockManager, StorageError> {
    let member = |object: &JsValue, name: &str| {
        let value = Reflect::get(object, &name.into()).ok();
        value
            .filter(|value| value.is_object())
            .ok_or(StorageError::NoWebLocks)
    };
    let navigator = member(&js_sys::global(), "navigator")?;
    Ok(member(&navigator, "locks")?.unchecked_into())
}

fn refused(error: JsValue) -> StorageError {
    StorageError::Other(super::indexeddb::words_of(&error))
}
