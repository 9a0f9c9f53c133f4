//! What is stored of a world, what one commit brings, and the rules by which the one becomes the other.
//!
//! The rules are here once, as plain functions, and every [`Store`](super::Store) obeys them: the memory store
//! applies a [`Write`] to a [`StoredWorld`], the IndexedDB store asks [`Header::after`] inside its transaction.
//!
//! Facts carry consecutive numbers from 1. A world is its checkpoint (the state after fact `checkpoint.sequence`)
//! followed by the journal, whose entries continue without a gap up to `header.sequence`.

use std::collections::BTreeSet;

use crate::json::{FromJson, ToJson};
use crate::order::{gathered, sort_by_key};

use super::StorageError;

/// The version of everything stored: the parts below and the engine's text and bytes in them. Raised whenever an
/// older build could no longer read what this one writes.
pub const FORMAT: u32 = 1;

/// The greatest number that JavaScript holds exactly (2^53 − 1). Numbers of facts and segments stay below it.
pub(super) const GREATEST_NUMBER: u64 = (1 << 53) - 1;

/// Where the clock stands. It is not a fact: it moves without anything happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToJson, FromJson)]
pub struct Standing {
    /// Virtual time, milliseconds since 1970.
    pub clock: i64,
    /// Whether the clock was running by itself.
    pub playing: bool,
    /// How many virtual seconds pass in a real one while it runs.
    pub speed: u32,
}

/// The small record that every commit reads first and replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToJson, FromJson)]
pub struct Header {
    /// The version in which everything is stored: see [`FORMAT`].
    pub format: u32,
    /// The number of the last fact stored; 0 if none is.
    pub sequence: u64,
    /// Where the clock stood at the last commit.
    pub standing: Standing,
}

/// A whole live state, as the engine wrote it.
#[derive(Debug, Clone, PartialEq, Eq, ToJson, FromJson)]
pub struct Snapshot {
    /// The number of the last fact in it; 0 before the first.
    pub sequence: u64,
    /// The engine's text.
    pub text: String,
}

/// The facts of one commit, as they stand in the journal.
#[derive(Debug, Clone, PartialEq, Eq, ToJson, FromJson)]
pub struct JournalEntry {
    /// The number of the last fact in it.
    pub sequence: u64,
    /// How many facts it holds; at least 1.
    pub count: u64,
    /// The engine's text; pieces handed in one by one are separated by line breaks.
    pub facts: String,
}

/// Finished history: immutable, written once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The engine's number for it, unique in its world.
    pub id: u64,
    /// The engine's bytes.
    pub bytes: Vec<u8>,
}

/// One commit: what happened since the last one. With `count` 0 it only moves the clock (and segments) and leaves
/// no trace in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The number of the last fact in it, or of the last one stored if it has none.
    pub sequence: u64,
    /// How many facts it holds.
    pub count: u64,
    /// The facts, as in [`JournalEntry::facts`].
    pub facts: String,
    /// Where the clock stands after them.
    pub standing: Standing,
    /// Segments sealed since the last commit. An id that is stored already is replaced.
    pub new_segments: Vec<Segment>,
    /// Segments that history has dropped. Ids that are not stored are ignored.
    pub dropped_segments: Vec<u64>,
}

/// A commit that stores the whole live state and deletes the journal it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The live state. Its sequence is at least the stored one.
    pub snapshot: Snapshot,
    /// Where the clock stands in it.
    pub standing: Standing,
    /// As in [`Batch::new_segments`].
    pub new_segments: Vec<Segment>,
    /// As in [`Batch::dropped_segments`].
    pub dropped_segments: Vec<u64>,
}

/// One transaction's worth of change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Facts join the journal, or only the clock moves.
    Append(Batch),
    /// The live state replaces checkpoint and journal.
    Checkpoint(Checkpoint),
    /// Another world takes the place of this one (import, reset).
    Replace(Box<StoredWorld>),
}

/// Everything stored of a world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredWorld {
    /// Version, last fact, clock.
    pub header: Header,
    /// The state to start from; without one, an empty world.
    pub checkpoint: Option<Snapshot>,
    /// The history, by ascending id.
    pub segments: Vec<Segment>,
    /// The commits after the checkpoint, in order.
    pub journal: Vec<JournalEntry>,
}

impl Header {
    /// The header of a world of which nothing is stored.
    fn nothing(standing: Standing) -> Self {
        Self {
            format: FORMAT,
            sequence: 0,
            standing,
        }
    }

    /// Refuses what a later build wrote.
    ///
    /// # Errors
    /// [`StorageError::Newer`].
    pub fn readable(&self) -> Result<(), StorageError> {
        if self.format > FORMAT {
            return Err(StorageError::Newer {
                stored: self.format,
                supported: FORMAT,
            });
        }
        Ok(())
    }

    /// The header after `write`, if `write` may follow what is stored.
    ///
    /// # Errors
    /// [`StorageError::Newer`] if a later build wrote the world, [`StorageError::Outdated`] if facts would be
    /// appended to a world of an older format, [`StorageError::OutOfOrder`] if the facts do not continue those
    /// stored or a checkpoint lies behind them, [`StorageError::Damaged`] if a replacing world is not whole.
    pub fn after(stored: Option<&Self>, write: &Write) -> Result<Self, StorageError> {
        if let Some(header) = stored {
            header.readable()?;
        }
        match write {
            Write::Append(batch) => {
                let before = stored.copied().unwrap_or(Self::nothing(batch.standing));
                if before.format < FORMAT {
                    return Err(StorageError::Outdated {
                        stored: before.format,
                    });
                }
                let follows = before.sequence.checked_add(batch.count) == Some(batch.sequence)
                    && batch.sequence <= GREATEST_NUMBER
                    && (batch.count == 0) == batch.facts.is_empty();
                if !follows {
                    return Err(StorageError::OutOfOrder {
                        stored: before.sequence,
                        given: batch.sequence,
                    });
                }
                Ok(Self {
                    sequence: batch.sequence,
                    standing: batch.standing,
                    ..before
                })
            }
            Write::Checkpoint(checkpoint) => {
                let before = stored
                    .copied()
                    .unwrap_or(Self::nothing(checkpoint.standing));
                let sequence = checkpoint.snapshot.sequence;
                if sequence < before.sequence || sequence > GREATEST_NUMBER {
                    return Err(StorageError::OutOfOrder {
                        stored: before.sequence,
                        given: sequence,
                    });
                }
                Ok(Self {
                    format: FORMAT,
                    sequence,
                    standing: checkpoint.standing,
                })
            }
            Write::Replace(world) => {
                world.check()?;
                Ok(world.header)
            }
        }
    }
}

impl StoredWorld {
    /// What is stored once `write` has been: the meaning of a write, for the memory store and as the measure of
    /// every other.
    ///
    /// # Errors
    /// Those of [`Header::after`].
    pub fn after(stored: Option<Self>, write: &Write) -> Result<Self, StorageError> {
        let header = Header::after(stored.as_ref().map(|world| &world.header), write)?;
        let before = stored.unwrap_or(Self {
            header,
            checkpoint: None,
            segments: Vec::new(),
            journal: Vec::new(),
        });
        Ok(match write {
            Write::Append(batch) => {
                let mut world = Self { header, ..before };
                if batch.count > 0 {
                    world.journal.push(batch.entry());
                }
                world.exchange_segments(&batch.new_segments, &batch.dropped_segments);
                world
            }
            Write::Checkpoint(checkpoint) => {
                let mut world = Self {
                    header,
                    checkpoint: Some(checkpoint.snapshot.clone()),
                    journal: Vec::new(),
                    segments: before.segments,
                };
                world.exchange_segments(&checkpoint.new_segments, &checkpoint.dropped_segments);
                world
            }
            Write::Replace(world) => (**world).clone(),
        })
    }

    /// Removes and adds segments and keeps them by ascending id.
    fn exchange_segments(&mut self, new: &[Segment], dropped: &[u64]) {
        if new.is_empty() && dropped.is_empty() {
            return;
        }
        let replaced = new.iter().map(|segment| segment.id);
        let gone: BTreeSet<u64> = gathered(dropped.iter().copied().chain(replaced));
        self.segments.retain(|segment| !gone.contains(&segment.id));
        // New before dropped: a segment both sealed and dropped within one commit is dropped.
        let dropped: BTreeSet<u64> = gathered(dropped.iter().copied());
        self.segments.extend(
            new.iter()
                .filter(|segment| !dropped.contains(&segment.id))
                .cloned(),
        );
        sort_by_key(&mut self.segments, |segment| segment.id);
    }

    /// Whether the parts fit together: a readable format, a journal that runs without a gap from the checkpoint to
    /// the header's last fact, segments by ascending id.
    ///
    /// # Errors
    /// [`StorageError::Newer`] or [`StorageError::Damaged`], which names the first part that does not fit.
    pub fn check(&self) -> Result<(), StorageError> {
        self.header.readable()?;
        if self.header.format == 0 {
            return Err(StorageError::damaged("format", "there is no format 0"));
        }
        if self.header.sequence > GREATEST_NUMBER {
            return Err(StorageError::damaged("sequence", "the number is too great"));
        }
        let mut reached = self
            .checkpoint
            .as_ref()
            .map_or(0, |checkpoint| checkpoint.sequence);
        for (index, entry) in self.journal.iter().enumerate() {
            if entry.count == 0 {
                return Err(StorageError::damaged(
                    format!("journal[{index}].count"),
                    "an entry holds at least one fact",
                ));
            }
            if reached.checked_add(entry.count) != Some(entry.sequence) {
                let problem = format!(
                    "{} facts up to number {} do not continue after number {reached}",
                    entry.count, entry.sequence
                );
                return Err(StorageError::damaged(
                    format!("journal[{index}].sequence"),
                    problem,
                ));
            }
            reached = entry.sequence;
        }
        if reached != self.header.sequence {
            let problem = format!(
                "{} facts are announced, checkpoint and journal hold {reached}",
                self.header.sequence
            );
            return Err(StorageError::damaged("sequence", problem));
        }
        let mut last = None;
        for (index, segment) in self.segments.iter().enumerate() {
            if last.is_some_and(|last| last >= segment.id) || segment.id > GREATEST_NUMBER {
                let problem = format!("segment {} is out of order", segment.id);
                return Err(StorageError::damaged(
                    format!("segments[{index}].id"),
                    problem,
                ));
            }
            last = Some(segment.id);
        }
        Ok(())
    }
}

impl Batch {
    /// What the journal keeps of it.
    #[must_use]
    pub fn entry(&self) -> JournalEntry {
        JournalEntry {
            sequence: self.sequence,
            count: self.count,
            facts: self.facts.clone(),
        }
    }

    /// The same commit with the whole live state in place of its facts.
    #[must_use]
    pub fn into_checkpoint(self, text: String) -> Checkpoint {
        Checkpoint {
            snapshot: Snapshot {
                sequence: self.sequence,
                text,
            },
            standing: self.standing,
            new_segments: self.new_segments,
            dropped_segments: self.dropped_segments,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Standing = Standing {
        clock: 43_200_000,
        playing: true,
        speed: 60,
    };

    fn batch(sequence: u64, count: u64) -> Batch {
        let facts = if count == 0 {
            String::new()
        } else {
            format!("facts up to {sequence}")
        };
        Batch {
            sequence,
            count,
            facts,
            standing: NOON,
            new_segments: vec![],
            dropped_segments: vec![],
        }
    }

    fn written(writes: &[Write]) -> Result<StoredWorld, StorageError> {
        let mut world = None;
        for write in writes {
            world = Some(StoredWorld::after(world, write)?);
        }
        Ok(world.expect("at least one write"))
    }

    fn segment(id: u64) -> Segment {
        Segment {
            id,
            bytes: vec![1, 2, 3],
        }
    }

    #[test]
    fn facts_join_the_journal_and_the_clock_alone_does_not() {
        let still = Standing {
            playing: false,
            ..NOON
        };
        let world = written(&[
            Write::Append(batch(3, 3)),
            Write::Append(Batch {
                standing: still,
                ..batch(3, 0)
            }),
            Write::Append(batch(5, 2)),
        ])
        .expect("in order");
        assert_eq!(
            world
                .journal
                .iter()
                .map(|entry| entry.sequence)
                .collect::<Vec<_>>(),
            [3, 5]
        );
        assert_eq!(
            world.header,
            Header {
                format: FORMAT,
                sequence: 5,
                standing: NOON
            }
        );
        assert_eq!(world.check(), Ok(()));
    }

    #[test]
    fn a_gap_a_repetition_and_a_lie_about_the_count_are_out_of_order() {
        for second in [
            batch(5, 1),
            batch(3, 3),
            batch(2, 0),
            batch(u64::MAX, 2),
            Batch {
                facts: String::new(),
                ..batch(4, 1)
            },
        ] {
            let given = second.sequence;
            let refused = written(&[Write::Append(batch(3, 3)), Write::Append(second)]);
            assert_eq!(refused, Err(StorageError::OutOfOrder { stored: 3, given }));
        }
    }

    #[test]
    fn a_checkpoint_replaces_the_journal_and_may_not_lie_behind_it() {
        let first = [Write::Append(batch(2, 2)), Write::Append(batch(3, 1))];
        let covering = Write::Checkpoint(batch(4, 1).into_checkpoint("state after 4".into()));
        let world = written(&[&first[..], &[covering]].concat()).expect("in order");
        assert_eq!(
            world.checkpoint,
            Some(Snapshot {
                sequence: 4,
                text: "state after 4".into()
            })
        );
        assert!(world.journal.is_empty());
        assert_eq!(world.check(), Ok(()));

        let behind = Write::Checkpoint(batch(2, 0).into_checkpoint("state after 2".into()));
        let refused = written(&[&first[..], &[behind]].concat());
        assert_eq!(
            refused,
            Err(StorageError::OutOfOrder {
                stored: 3,
                given: 2
            })
        );
    }

    #[test]
    fn segments_are_kept_by_id_and_dropping_wins() {
        let add = Batch {
            new_segments: vec![segment(2), segment(1)],
            ..batch(0, 0)
        };
        let exchange = Batch {
            new_segments: vec![segment(3), segment(4)],
            dropped_segments: vec![1, 4, 9],
            ..batch(0, 0)
        };
        let world = written(&[Write::Append(add), Write::Append(exchange)]).expect("in order");
        assert_eq!(world.segments, [segment(2), segment(3)]);
    }

    #[test]
    fn an_older_format_needs_a_checkpoint_first_and_a_newer_one_is_left_alone() {
        let header = |format| Header {
            format,
            sequence: 3,
            standing: NOON,
        };
        let append = Write::Append(batch(4, 1));
        let checkpoint = Write::Checkpoint(batch(4, 1).into_checkpoint("state".into()));
        assert_eq!(
            Header::after(Some(&header(0)), &append),
            Err(StorageError::Outdated { stored: 0 })
        );
        assert_eq!(
            Header::after(Some(&header(0)), &checkpoint).map(|header| header.format),
            Ok(FORMAT)
        );
        let newer = Err(StorageError::Newer {
            stored: FORMAT + 1,
            supported: FORMAT,
        });
        for write in [append, checkpoint] {
            assert_eq!(Header::after(Some(&header(FORMAT + 1)), &write), newer);
        }
    }

    #[test]
    fn check_names_the_part_that_does_not_fit() {
        let whole = written(&[
            Write::Checkpoint(batch(1, 1).into_checkpoint("state".into())),
            Write::Append(Batch {
                new_segments: vec![segment(1), segment(2)],
                ..batch(3, 2)
            }),
            Write::Append(batch(4, 1)),
        ])
        .expect("in order");
        assert_eq!(whole.check(), Ok(()));
        let place = |spoil: &dyn Fn(&mut StoredWorld)| {
            let mut world = whole.clone();
            spoil(&mut world);
            match world.check() {
                Err(StorageError::Damaged { place, .. }) => place,
                other => format!("{other:?}"),
            }
        };
        assert_eq!(
            place(&|world| drop(world.journal.remove(0))),
            "journal[0].sequence"
        );
        assert_eq!(place(&|world| drop(world.journal.pop())), "sequence");
        assert_eq!(
            place(&|world| world.journal[1].count = 0),
            "journal[1].count"
        );
        assert_eq!(
            place(&|world| world.checkpoint = None),
            "journal[0].sequence"
        );
        assert_eq!(place(&|world| world.segments.reverse()), "segments[1].id");
        assert_eq!(place(&|world| world.header.format = 0), "format");
    }
}
