//! A world kept in memory: for Node, for windows that may not store, and for tests. It obeys the same rules as
//! every other store and is gone with its last owner.

use std::cell::RefCell;

use super::{Answer, Store, StoredWorld, Write};

/// One world in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    world: RefCell<Option<StoredWorld>>,
}

impl MemoryStore {
    /// A store that holds nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Store for MemoryStore {
    fn load(&self) -> Answer<'_, Option<StoredWorld>> {
        Box::pin(async {
            let world = self.world.borrow().clone();
            if let Some(world) = &world {
                world.check()?;
            }
            Ok(world)
        })
    }

    fn write<'a>(&'a self, write: &'a Write) -> Answer<'a, ()> {
        Box::pin(async {
            let mut world = self.world.borrow_mut();
            // Asked first, because taking the world out and then failing would lose it.
            super::Header::after(world.as_ref().map(|world| &world.header), write)?;
            *world = Some(StoredWorld::after(world.take(), write)?);
            Ok(())
        })
    }

    fn delete(&self) -> Answer<'_, ()> {
        Box::pin(async {
            *self.world.borrow_mut() = None;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::committer::tests::block_on;
    use crate::storage::{Batch, Standing, StorageError};

    fn batch(sequence: u64, count: u64) -> Write {
        let standing = Standing {
            clock: 0,
            playing: false,
            speed: 1,
        };
        let facts = "f".repeat(usize::try_from(count).expect("small"));
        Write::Append(Batch {
            sequence,
            count,
            facts,
            standing,
            new_segments: vec![],
            dropped_segments: vec![],
        })
    }

    #[test]
    fn holds_what_was_written_until_it_is_deleted() {
        let store = MemoryStore::new();
        assert_eq!(block_on(store.load()), Ok(None));
        assert_eq!(block_on(store.write(&batch(2, 2))), Ok(()));
        let world = block_on(store.load())
            .expect("loads")
            .expect("holds a world");
        assert_eq!(world.header.sequence, 2);
        assert_eq!(block_on(store.delete()), Ok(()));
        assert_eq!(block_on(store.load()), Ok(None));
    }

    #[test]
    fn a_refused_write_changes_nothing() {
        let store = MemoryStore::new();
        assert_eq!(block_on(store.write(&batch(2, 2))), Ok(()));
        let before = block_on(store.load());
        assert_eq!(
            block_on(store.write(&batch(9, 1))),
            Err(StorageError::OutOfOrder {
                stored: 2,
                given: 9
            })
        );
        assert_eq!(block_on(store.load()), before);
    }
}
