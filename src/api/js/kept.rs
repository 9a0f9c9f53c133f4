//! Where a world is kept, and who may write it.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use crate::storage::{
    StorageError, Store, StoredWorld,
    handed::HandedStore,
    indexeddb::IndexedDbStore,
    lock::{self, Attempt, WriterLock},
    memory::MemoryStore,
    relay::Telling,
};

/// Where a world is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In IndexedDB, where this tab writes it, or in a storage that was handed in.
    Stored,
    /// In memory, because that was asked for, or for this reason.
    Memory(Option<String>),
    /// In memory, because what is stored under its name cannot be read, for this reason, and stays as it is.
    Beside(String),
    /// In IndexedDB, and another tab writes it: what is shown here follows its commits.
    ReadOnly,
    /// It was in IndexedDB, and a commit failed; it goes on in memory. What was saved before is untouched.
    Detached(String),
}

impl Kept {
    /// The word of the API's `storageState`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Stored => "attached",
            Self::Memory(_) | Self::Beside(_) => "memory",
            Self::ReadOnly => "readonly",
            Self::Detached(_) => "detached",
        }
    }

    /// Why it is not simply stored.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Stored | Self::Memory(None) => None,
            Self::Memory(Some(reason)) | Self::Beside(reason) | Self::Detached(reason) => {
                Some(reason)
            }
            Self::ReadOnly => Some("Another tab writes this world. Take over here to change it."),
        }
    }
}

/// A place to keep a world, opened.
pub struct Place {
    /// Where commits go.
    pub store: Rc<dyn Store>,
    /// The lock, where this tab is the writer.
    pub lock: Option<WriterLock>,
    /// What is stored.
    pub stored: Option<StoredWorld>,
    /// How it is kept.
    pub kept: Kept,
}

/// Memory, where nothing is kept beyond the page.
#[must_use]
pub fn memory(reason: Option<String>) -> Place {
    in_memory(Kept::Memory(reason))
}

/// Memory, where what is stored cannot be read for this reason.
#[must_use]
pub fn beside(reason: String) -> Place {
    in_memory(Kept::Beside(reason))
}

fn in_memory(kept: Kept) -> Place {
    Place {
        store: Rc::new(MemoryStore::new()),
        lock: None,
        stored: None,
        kept,
    }
}

/// A world in a storage that was handed in.
///
/// # Errors
/// What is stored cannot be read; it is left as it is.
pub async fn handed(object: JsValue) -> Result<Place, StorageError> {
    let store = HandedStore::new(object);
    let stored = store.load().await?;
    Ok(Place {
        store: Rc::new(store),
        lock: None,
        stored,
        kept: Kept::Stored,
    })
}

/// How a tab comes to write a world.
#[derive(Debug)]
pub enum Claim {
    /// If no other tab does.
    Free,
    /// Whoever writes it loses it.
    TakenOver,
    /// It waited in line, and its turn came.
    Inherited(WriterLock),
}

/// A world in IndexedDB. Where that cannot be, memory with the reason; where another tab writes it, its last commit
/// to read.
///
/// # Errors
/// What is stored cannot be read: a later build wrote it, or it is damaged. It is left as it is.
pub async fn indexed_db(world: &str, claim: Claim) -> Result<Place, StorageError> {
    let held = match claim {
        Claim::Free => lock::try_now(world).await,
        Claim::TakenOver => lock::steal(world).await.map(Attempt::Held),
        Claim::Inherited(lock) => Ok(Attempt::Held(lock)),
    };
    let attempt = match held {
        Ok(attempt) => attempt,
        Err(reason) => return Ok(memory(Some(reason.to_string()))),
    };
    let store = match IndexedDbStore::open(world).await {
        Ok(store) => store,
        Err(reason @ (StorageError::Newer { .. } | StorageError::Damaged { .. })) => {
            return Err(reason);
        }
        Err(reason) => return Ok(memory(Some(reason.to_string()))),
    };
    let lock = match attempt {
        Attempt::Held(lock) => {
            if let Err(reason) = store.become_writer().await {
                return match reason {
                    StorageError::Newer { .. } | StorageError::Damaged { .. } => Err(reason),
                    other => Ok(memory(Some(other.to_string()))),
                };
            }
            Some(lock)
        }
        Attempt::Taken => None,
    };
    let stored = store.load().await?;
    let kept = if lock.is_some() {
        Kept::Stored
    } else {
        Kept::ReadOnly
    };
    Ok(Place {
        store: Rc::new(Telling::new(store, world)),
        lock,
        stored,
        kept,
    })
}
