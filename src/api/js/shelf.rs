//! THE SHELF. The worlds that are kept in this browser, as things: list, read, put, rename and remove them without
//! opening them.
//!
//! A world goes on and off the shelf as the text of its file, so that what was taken away can be put back. Whatever
//! writes takes the writer's lock of every world it touches first: what is open anywhere, in this tab or another, is
//! left alone. Nothing that is on the shelf is ever written over.
//!
//! Failure modes: [`ShelfError`]. After an error the shelf is as it was, but for one: a rename that cannot delete the
//! old name leaves both, and says so by its error.

use crate::storage::{
    StorageError, Store, Write,
    indexeddb::{IndexedDbStore, stored_records},
    lock::{self, Attempt, WriterLock},
    world_file,
};

/// A world on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// Its name.
    pub name: String,
    /// How many facts it holds; `None` where it cannot be read.
    pub facts: Option<u64>,
    /// Where its clock stood at its last commit, in milliseconds since 1970.
    pub clock: i64,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShelfError {
    /// The world is open in a tab that writes it.
    InUse,
    /// There is a world of this name already.
    Exists,
    /// There is no world of this name.
    Missing,
    /// It cannot be read or kept.
    Storage(StorageError),
}

impl From<StorageError> for ShelfError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// The worlds that are kept, by name; none where nothing can be kept.
pub async fn list() -> Vec<Shelved> {
    let headers = match IndexedDbStore::open("").await {
        Ok(store) => store.headers().await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    let shelved = |(name, header): (String, Option<crate::storage::Header>)| Shelved {
        name,
        facts: header.map(|header| header.sequence),
        clock: header.map_or(0, |header| header.standing.clock),
    };
    headers.into_iter().map(shelved).collect()
}

/// The file of a world, as of its last commit. It may be open.
///
/// # Errors
/// There is none, or it cannot be read.
pub async fn read(name: &str) -> Result<String, ShelfError> {
    let store = IndexedDbStore::open(name).await?;
    let stored = store.load().await?.ok_or(ShelfError::Missing)?;
    Ok(world_file::write(&stored))
}

/// What is stored of a world that cannot be opened, record by record as it is ([`crate::storage::records`]); `problem` says
/// why it cannot.
///
/// # Errors
/// The database itself cannot be opened.
pub async fn records(name: &str, problem: &str) -> Result<String, ShelfError> {
    Ok(stored_records(name, problem).await?)
}

/// Puts the world of a file on the shelf under a free name. Only the envelope of the file is checked: whoever opens
/// the world checks the rest.
///
/// # Errors
/// The name is taken, the file is none, or there is no room.
pub async fn put(name: &str, file: &str) -> Result<(), ShelfError> {
    let stored = world_file::read(file)?;
    // A world in which nothing ever happened is as good as none.
    let taken = |world: &Shelved| world.name == name && world.facts != Some(0);
    if list().await.iter().any(taken) {
        return Err(ShelfError::Exists);
    }
    let place = Place::of(name).await?;
    place
        .store
        .write(&Write::Replace(Box::new(stored)))
        .await
        .map_err(ShelfError::from)
}

/// Takes a world off the shelf; answers its file.
///
/// # Errors
/// It is open somewhere, there is none, or it cannot be read: what cannot be put back is not taken away.
pub async fn remove(name: &str) -> Result<String, ShelfError> {
    let place = Place::of(name).await?;
    let stored = place.store.load().await?.ok_or(ShelfError::Missing)?;
    let file = world_file::write(&stored);
    place.store.delete().await?;
    Ok(file)
}

/// Gives a world another, free name.
///
/// # Errors
/// It is open somewhere, there is none, or the name is taken.
pub async fn rename(name: &str, to: &str) -> Result<(), ShelfError> {
    let place = Place::of(name).await?;
    let stored = place.store.load().await?.ok_or(ShelfError::Missing)?;
    put(to, &world_file::write(&stored)).await?;
    Ok(place.store.delete().await?)
}

/// A world that nobody else writes for as long as this lives.
struct Place {
    store: IndexedDbStore,
    _lock: WriterLock,
}

impl Place {
    async fn of(name: &str) -> Result<Self, ShelfError> {
        let Attempt::Held(lock) = lock::try_now(name).await? else {
            return Err(ShelfError::InUse);
        };
        let store = IndexedDbStore::open(name).await?;
        store.become_writer().await?;
        Ok(Self { store, _lock: lock })
    }
}
