//! What the writing tab has stored, told to the tabs that read along: a channel of the browser's that all tabs of an
//! origin share, one for each world.
//!
//! A message is sent after the transaction is done, never before: whoever reads along shows nothing that could still be
//! lost. It is the commit as a line ([`journal`]), or, where the commit stored a whole state, only that there is
//! something to load.
//!
//! # Life cycle
//!
//! The writer wraps its store in a [`Telling`]; a reader holds a [`Listener`], and dropping that ends it.
//!
//! # Failure modes
//!
//! A browser without BroadcastChannel, and a message that cannot be read: the reader shows its last state, or loads.
//! Messages may be missed or come twice; their numbers say so, and a gap is closed by loading.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Answer, Batch, StorageError, Store, StoredWorld, Write, journal};

/// What a reader is told.
#[derive(Debug)]
pub enum Told {
    /// One commit, which continues the journal or only moves the clock.
    Commit(Batch),
    /// The stored world was written as a whole, up to this fact; 0 where another world took its place.
    Whole(u64),
}

/// The world whose text this is in the channel's name.
fn channel(world: &str) -> Option<BroadcastChannel> {
    BroadcastChannel::new(&format!("codepipeline-simulator:{world}")).ok()
}

/// A store that tells what it has stored.
pub struct Telling<S> {
    store: S,
    channel: Option<BroadcastChannel>,
}

impl<S: Store> Telling<S> {
    /// Tells what is written to `store`, which keeps `world`.
    #[must_use]
    pub fn new(store: S, world: &str) -> Self {
        Self {
            store,
            channel: channel(world),
        }
    }

    fn tell(&self, write: &Write) {
        let Some(channel) = &self.channel else { return };
        let message = match write {
            Write::Append(batch) => JsValue::from_str(&journal::write(batch)),
            #[expect(
                clippy::cast_precision_loss,
                reason = "numbers of facts stay below 2^53"
            )]
            Write::Checkpoint(checkpoint) => JsValue::from_f64(checkpoint.snapshot.sequence as f64),
            Write::Replace(_) => JsValue::from_f64(0.0),
        };
        // A text or a number can always be cloned; a closed channel is nobody's loss.
        let _ = channel.post_message(&message);
    }
}

impl<S> Drop for Telling<S> {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

impl<S: Store> Store for Telling<S> {
    fn load(&self) -> Answer<'_, Option<StoredWorld>> {
        self.store.load()
    }

    fn write<'a>(&'a self, write: &'a Write) -> Answer<'a, ()> {
        Box::pin(async move {
            self.store.write(write).await?;
            self.tell(write);
            Ok::<(), StorageError>(())
        })
    }

    fn delete(&self) -> Answer<'_, ()> {
        self.store.delete()
    }

    fn folds(&self) -> bool {
        self.store.folds()
    }
}

/// Somebody who reads along.
pub struct Listener {
    channel: Option<BroadcastChannel>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Listener {
    /// Calls `hear` with whatever is told of `world` from now on, for as long as it lives.
    #[must_use]
    pub fn new(world: &str, mut hear: impl FnMut(Told) + 'static) -> Self {
        let heard: Closure<dyn FnMut(MessageEvent)> = Closure::new(move |event: MessageEvent| {
            if let Some(told) = read(&event.data()) {
                hear(told);
            }
        });
        let channel = channel(world);
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
        Self {
            channel,
            _heard: heard,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}

/// A message of this build's or of another's; what is neither is not for us.
fn read(message: &JsValue) -> Option<Told> {
    if let Some(line) = message.as_string() {
        return Some(journal::read(&line, 1).map_or(Told::Whole(0), Told::Commit));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number of a fact"
    )]
    message
        .as_f64()
        .map(|sequence| Told::Whole(sequence as u64))
}
