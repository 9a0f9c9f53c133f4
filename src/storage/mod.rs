//! KEEPING IT. What happened in a world is kept here, so that closing the page loses nothing that was told.
//!
//! What lives here: the [`Store`] trait and its implementations, the order of commits ([`committer`]), the lock
//! that makes one tab the writer (`lock`), and the world file a person can take away ([`world_file`]).
//! What may not: any knowledge of what a fact, a checkpoint or a segment says. They are text and bytes of the
//! engine's choosing; storage knows their numbers, their order and their sizes.
//!
//! # Life of a stored world
//!
//! 1. *Open.* The tab asks for the writer's lock, opens the database, takes the next **epoch** and loads.
//! 2. *Work.* Every commit is one [`Write`] and one transaction, which first compares the epoch: whoever lost
//!    the lock (taken over, frozen and resumed) gets [`StorageError::LostLock`] and changes nothing.
//! 3. *Checkpoint.* When the journal has grown, a commit stores the whole live state instead of its facts and
//!    deletes the journal it covers, in that same transaction. History is not part of it: segments are written
//!    once, when they are sealed.
//! 4. *Close.* Nothing to do: the last commit is the state.
//!
//! # Failure modes
//!
//! Each is a variant of [`StorageError`] with a sentence for a person. A failed commit detaches the world: it goes
//! on in memory, says so, and nothing is retried behind the person's back.

pub mod base64;
pub mod committer;
mod error;
#[cfg(target_arch = "wasm32")]
pub mod handed;
#[cfg(target_arch = "wasm32")]
pub mod indexeddb;
pub mod journal;
#[cfg(target_arch = "wasm32")]
pub mod lock;
pub mod memory;
#[cfg(target_arch = "wasm32")]
mod patience;
pub mod records;
#[cfg(target_arch = "wasm32")]
pub mod relay;
#[cfg(target_arch = "wasm32")]
mod signal;
mod world;
pub mod world_file;

use std::future::Future;
use std::pin::Pin;

pub use error::StorageError;
pub use world::{
    Batch, Checkpoint, FORMAT, Header, JournalEntry, Segment, Snapshot, Standing, StoredWorld,
    Write,
};

/// What a [`Store`] answers: boxed, so that the one who writes need not know which kind of store it has.
/// Not `Send`: a browser tab has one thread.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + 'a>>;

/// A place where one world is kept: memory, IndexedDB, or something handed in from JavaScript.
///
/// Every method is all or nothing: after an error what is stored is what was stored before. Calls must not
/// overlap; [`committer::Committer`] sees to that.
pub trait Store {
    /// Everything stored of the world, checked by [`StoredWorld::check`]; `None` if nothing ever was.
    ///
    /// # Errors
    /// [`StorageError::Newer`] if a later build wrote it, [`StorageError::Damaged`] if its parts do not fit
    /// together, and whatever reading can meet.
    fn load(&self) -> Answer<'_, Option<StoredWorld>>;

    /// Stores one commit.
    ///
    /// # Errors
    /// Those of [`Header::after`], [`StorageError::LostLock`], and whatever writing can meet.
    fn write<'a>(&'a self, write: &'a Write) -> Answer<'a, ()>;

    /// Forgets the world. Deleting what is not there is fine.
    ///
    /// # Errors
    /// [`StorageError::LostLock`], and whatever writing can meet.
    fn delete(&self) -> Answer<'_, ()>;

    /// Whether the last write before the world is closed should be a checkpoint: where a journal is a file of its own.
    fn folds(&self) -> bool {
        false
    }
}
