//! The order of commits: persist before you tell, and tell in the order of the calls.
//!
//! A [`Committer`] is a small state machine without any browser in it. The api hands it what the engine produced
//! ([`Committer::add_facts`], [`Committer::stand`], segments) and, for every call and every subscriber, a *waiter*
//! (a promise to settle, facts to deliver). It answers what to write next and which waiters may now be told.
//!
//! # Life cycle
//!
//! ```text
//!             next(): something gathered
//!   Idle ────────────────────────────────▶ Writing ──── committed(Err) ───▶ Detached
//!    │▲                                     ▲ │                                (for good)
//!    ││                        made(): text │ │
//!    │└──────────── committed(Ok) ──────────┼─┘
//!    └────────────────────────────────▶ Making
//!             next(): a checkpoint is due
//! ```
//!
//! 1. After every call into the engine, in the same turn: what it produced is gathered, then the call's waiter is
//!    enqueued. Reads enqueue their waiter too: they may have seen facts that are not stored yet.
//! 2. [`drive`] (or a loop like it) asks [`Committer::next`]. At most one write is on its way; whatever is gathered
//!    meanwhile joins the next one. The waiters enqueued so far ride along with the write.
//! 3. Where a checkpoint is due, [`Next::Make`] asks for the live state as it is in that very turn; writing it down may
//!    take many. What was gathered until then is set aside, and what happens meanwhile joins the write after it.
//!    [`Committer::made`] turns the text into the write.
//! 4. [`Committer::committed`] gives back the waiters of that write, in call order. With nothing gathered,
//!    [`Next::Settle`] gives the rest back at once: what they saw is stored.
//!
//! # Failure modes
//!
//! If a write fails, the committer is detached: every waiter is given back, later ones at once, nothing is
//! gathered and nothing is written any more. Nothing is retried: the stored world is the last commit, and a
//! person is told ([`Committer::state`]). A checkpoint that is being made when another world takes the place of this one,
//! or when the tab loses it, is given up; whoever waited for it waits for what is written instead.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::{Batch, FORMAT, Segment, Standing, StorageError, Store, StoredWorld, Write};

/// A checkpoint is due when the journal has grown to this many bytes, or to the size of the last checkpoint if
/// that is more.
///
/// Opening a world replays its journal, at a cost that follows its bytes: 512 KiB are about 2,000 facts, some ten
/// milliseconds. Letting it grow as large as the checkpoint at most doubles what opening has to read, and keeps
/// what checkpoints cost in proportion to what happened, however large the live state is.
pub const JOURNAL_BYTES: usize = 512 * 1024;

/// A world that comes to rest with a journal of so many bytes, and of an eighth of its last checkpoint, is worth a
/// checkpoint before one is due: the next opening has less to replay, and nobody waits for this one.
pub const FOLDED_BYTES: usize = 128 * 1024;

/// From so many bytes of facts on, whoever can wait lets what is on its way be stored before more happens: else a slow
/// storage is handed ever larger commits, each of which takes its time in one piece.
pub const HELD_BYTES: usize = 512 * 1024;

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub enum Next<T> {
    /// Store this, then tell [`Committer::committed`] how it went. Nothing else may be written meanwhile.
    Write(Write),
    /// A checkpoint is due: begin to write the whole live state down as it is now, with every fact gathered and none that
    /// is not, and give the text to [`Committer::made`].
    Make,
    /// Nothing to store: settle these, in this order.
    Settle(Vec<T>),
    /// Nothing to do, or a write is on its way.
    Wait,
}

/// Whether what happens is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorageState {
    /// Every commit so far has been stored.
    Attached,
    /// A commit failed, for this reason. The world goes on in memory.
    Detached(StorageError),
}

#[derive(Debug)]
enum State<T> {
    Idle,
    /// A checkpoint of the world after `batch` is being made, in `onto` where that takes the place of what is stored, and
    /// `riding` wait for it.
    Making {
        batch: Batch,
        onto: Option<Box<StoredWorld>>,
        riding: Vec<T>,
    },
    /// A write is on its way, and `riding` wait for it. With `detach` it is the last one, however it goes.
    Writing {
        riding: Vec<T>,
        detach: Option<StorageError>,
    },
    Detached(StorageError),
}

/// Gathers what is to be stored and knows who waits for it. `T` is a waiter: whatever the caller wants back once
/// everything it saw is stored.
#[derive(Debug)]
pub struct Committer<T> {
    state: State<T>,
    /// In call order: those that no write has taken along yet.
    waiting: VecDeque<T>,
    gathered: Batch,
    /// Another world, to be stored instead of adding to this one.
    replacement: Option<Box<StoredWorld>>,
    /// Whether something other than facts is to be stored.
    moved: bool,
    checkpoint_wanted: bool,
    /// Bytes of facts since the last checkpoint, written or on their way.
    journal_bytes: usize,
    checkpoint_bytes: usize,
}

impl<T> Committer<T> {
    /// For a world of which nothing is stored. Its first write is a checkpoint: a journal alone would not say what
    /// it starts from.
    #[must_use]
    pub fn new(standing: Standing) -> Self {
        Self {
            state: State::Idle,
            waiting: VecDeque::new(),
            gathered: empty_batch(0, standing),
            replacement: None,
            moved: false,
            checkpoint_wanted: true,
            journal_bytes: 0,
            checkpoint_bytes: 0,
        }
    }

    /// For a world as it was loaded.
    #[must_use]
    pub fn opened(world: &StoredWorld) -> Self {
        let mut committer = Self::new(world.header.standing);
        committer.continue_from(world);
        committer
    }

    /// Takes over the numbers of `world`, as it is stored or is about to be.
    fn continue_from(&mut self, world: &StoredWorld) {
        self.gathered = empty_batch(world.header.sequence, world.header.standing);
        self.moved = false;
        self.checkpoint_wanted = world.header.format < FORMAT;
        self.journal_bytes = world.journal.iter().map(|entry| entry.facts.len()).sum();
        self.checkpoint_bytes = world
            .checkpoint
            .as_ref()
            .map_or(0, |checkpoint| checkpoint.text.len());
    }

    /// Gathers `count` facts that have just happened, as one text without line breaks, and where the clock stands
    /// after them. Pieces of one write are joined by line breaks. `count` 0 with an empty text is fine.
    pub fn add_facts(&mut self, text: &str, count: u64, standing: Standing) {
        if count == 0 {
            return self.stand(standing);
        }
        self.gathered.sequence += count;
        self.gathered.standing = standing;
        if self.is_detached() {
            return;
        }
        if self.gathered.count > 0 {
            self.gathered.facts.push('\n');
        }
        self.gathered.count += count;
        self.gathered.facts.push_str(text);
    }

    /// Gathers where the clock stands, if it has moved. A running clock moves with every look at it: call this once
    /// a second and when somebody plays, pauses or advances, not with every read.
    pub fn stand(&mut self, standing: Standing) {
        self.moved |= self.gathered.standing != standing;
        self.gathered.standing = standing;
    }

    /// Gathers segments sealed and dropped since the last call.
    pub fn add_segments(
        &mut self,
        new: impl IntoIterator<Item = Segment>,
        dropped: impl IntoIterator<Item = u64>,
    ) {
        if self.is_detached() {
            return;
        }
        self.gathered.new_segments.extend(new);
        self.gathered.dropped_segments.extend(dropped);
    }

    /// Puts another world in the place of this one (import, reset): what was gathered and is not stored yet is
    /// moot, and later facts continue the numbers of `world`, which has been checked and restored.
    pub fn replace(&mut self, world: StoredWorld) {
        self.give_up_making();
        self.continue_from(&world);
        if !self.is_detached() {
            self.replacement = Some(Box::new(world));
        }
    }

    /// Makes the next write a checkpoint, due or not: before the page goes away, or to make room.
    pub fn want_checkpoint(&mut self) {
        self.checkpoint_wanted = true;
    }

    /// Enqueues a waiter. It is given back after everything gathered until now is stored.
    pub fn enqueue(&mut self, waiter: T) {
        self.waiting.push_back(waiter);
    }

    /// What to do next.
    #[expect(
        clippy::should_implement_trait,
        reason = "it never ends, and what it answers is no item"
    )]
    pub fn next(&mut self) -> Next<T> {
        match self.state {
            State::Making { .. } | State::Writing { .. } => return Next::Wait,
            State::Detached(_) => return self.settle_waiting(),
            State::Idle => {}
        }
        if !self.something_to_write() {
            return self.settle_waiting();
        }
        let next = empty_batch(self.gathered.sequence, self.gathered.standing);
        let batch = std::mem::replace(&mut self.gathered, next);
        self.moved = false;
        self.journal_bytes += batch.facts.len();
        let due = batch.count > 0 && self.journal_bytes >= JOURNAL_BYTES.max(self.checkpoint_bytes);
        let onto = self.replacement.take();
        let riding = self.waiting.drain(..).collect();
        if due || self.checkpoint_wanted {
            self.checkpoint_wanted = false;
            self.journal_bytes = 0;
            self.state = State::Making {
                batch,
                onto,
                riding,
            };
            return Next::Make;
        }
        match self.begin_write(Write::Append(batch), onto, riding) {
            Some(write) => Next::Write(write),
            None => self.settle_waiting(),
        }
    }

    /// Whether a checkpoint is being made whose text [`Self::made`] waits for.
    #[must_use]
    pub fn making(&self) -> bool {
        matches!(self.state, State::Making { .. })
    }

    /// Whether a checkpoint would pay once nothing happens for a while: see [`FOLDED_BYTES`].
    #[must_use]
    pub fn worth_folding(&self) -> bool {
        matches!(self.state, State::Idle)
            && !self.something_to_write()
            && self.journal_bytes >= FOLDED_BYTES.max(self.checkpoint_bytes / 8)
    }

    /// Whether whoever can wait should: a checkpoint is being made, of a world that has to stand still, or storing is far
    /// behind what happens.
    #[must_use]
    pub fn behind(&self) -> bool {
        self.making() || self.gathered.facts.len() >= HELD_BYTES
    }

    /// The text of the checkpoint that [`Next::Make`] asked for. Answers the write to store, as [`Next::Write`] does;
    /// nothing where nobody asks any more.
    #[must_use]
    pub fn made(&mut self, text: String) -> Option<Write> {
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Making {
                batch,
                onto,
                riding,
            } => {
                self.checkpoint_bytes = text.len();
                self.begin_write(Write::Checkpoint(batch.into_checkpoint(text)), onto, riding)
            }
            other => {
                self.state = other;
                None
            }
        }
    }

    /// A write begins. With a world that takes the place of what is stored, what happened in the new one before it was
    /// stored goes with it. Nothing where they do not fit together; then everything is over.
    fn begin_write(
        &mut self,
        write: Write,
        onto: Option<Box<StoredWorld>>,
        riding: Vec<T>,
    ) -> Option<Write> {
        let whole = match onto {
            None => Ok(write),
            Some(world) => StoredWorld::after(Some(*world), &write)
                .map(|world| Write::Replace(Box::new(world))),
        };
        match whole {
            Ok(write) => {
                self.state = State::Writing {
                    riding,
                    detach: None,
                };
                Some(write)
            }
            Err(reason) => {
                self.wait_again(riding);
                self.detach(reason);
                None
            }
        }
    }

    /// Whoever rode along with a write that will not be made waits for the next one, still in call order.
    fn wait_again(&mut self, riding: Vec<T>) {
        for waiter in riding.into_iter().rev() {
            self.waiting.push_front(waiter);
        }
    }

    fn give_up_making(&mut self) {
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Making { riding, .. } => self.wait_again(riding),
            other => self.state = other,
        }
    }

    /// How the write of the last [`Next::Write`] went. Gives back who waited for it, in call order. After an error
    /// that is everybody: nothing will be stored any more.
    #[must_use]
    pub fn committed(&mut self, result: Result<(), StorageError>) -> Vec<T> {
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Writing { mut riding, detach } => {
                if let Some(reason) = detach.or(result.err()) {
                    self.detach(reason);
                    riding.extend(self.waiting.drain(..));
                }
                riding
            }
            other => {
                debug_assert!(false, "no write was on its way");
                self.state = other;
                Vec::new()
            }
        }
    }

    /// Whether what happens is kept.
    #[must_use]
    pub fn state(&self) -> StorageState {
        match &self.state {
            State::Idle | State::Making { .. } | State::Writing { detach: None, .. } => {
                StorageState::Attached
            }
            State::Writing {
                detach: Some(reason),
                ..
            }
            | State::Detached(reason) => StorageState::Detached(reason.clone()),
        }
    }

    /// Stops storing without a failed write: the tab has heard that another one took over. A write that is on its
    /// way keeps its waiters until its result comes. The first reason stays.
    pub fn detach(&mut self, reason: StorageError) {
        self.give_up_making();
        match &mut self.state {
            State::Idle | State::Making { .. } => self.state = State::Detached(reason),
            State::Writing { detach, .. } => {
                detach.get_or_insert(reason);
            }
            State::Detached(_) => {}
        }
        self.gathered = empty_batch(self.gathered.sequence, self.gathered.standing);
        self.replacement = None;
    }

    /// The number of the last fact handed in, stored or not.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.gathered.sequence
    }

    fn is_detached(&self) -> bool {
        matches!(
            self.state,
            State::Detached(_)
                | State::Writing {
                    detach: Some(_),
                    ..
                }
        )
    }

    fn something_to_write(&self) -> bool {
        let gathered = &self.gathered;
        self.moved
            || self.checkpoint_wanted
            || self.replacement.is_some()
            || gathered.count > 0
            || !gathered.new_segments.is_empty()
            || !gathered.dropped_segments.is_empty()
    }

    fn settle_waiting(&mut self) -> Next<T> {
        if self.waiting.is_empty() {
            Next::Wait
        } else {
            Next::Settle(self.waiting.drain(..).collect())
        }
    }
}

fn empty_batch(sequence: u64, standing: Standing) -> Batch {
    Batch {
        sequence,
        count: 0,
        facts: String::new(),
        standing,
        new_segments: Vec::new(),
        dropped_segments: Vec::new(),
    }
}

/// Whoever can write the whole live state down.
pub trait Live {
    /// Writes a part of the text that [`Next::Make`] asks for: at its first call it begins, with the state as it is then.
    /// Answers the text once it is whole; the next call begins anew. Must not touch the committer.
    fn write_some(&self) -> Option<String>;

    /// What was begun is not wanted any more.
    fn give_up(&self);

    /// Lets everything else have its turn between two parts.
    fn pause(&self) -> impl Future<Output = ()>;
}

/// Writes until nothing is left to write, settling on the way. Start it after every call; while one is at work
/// another finds nothing to do and ends.
///
/// `settle` is called without the committer borrowed: it may run code that calls the api again.
pub async fn drive<T>(
    committer: &RefCell<Committer<T>>,
    store: &dyn Store,
    live: &impl Live,
    mut settle: impl FnMut(T),
) {
    loop {
        // Bound to a name, so that the borrow ends before anything else happens.
        let next = committer.borrow_mut().next();
        let settled = match next {
            Next::Wait => return,
            Next::Settle(settled) => settled,
            Next::Write(write) => {
                let result = store.write(&write).await;
                committer.borrow_mut().committed(result)
            }
            Next::Make => match make(committer, live).await {
                Some(write) => {
                    let result = store.write(&write).await;
                    committer.borrow_mut().committed(result)
                }
                None => continue,
            },
        };
        settled.into_iter().for_each(&mut settle);
    }
}

/// The checkpoint that was asked for; nothing where nobody asks any more.
async fn make<T>(committer: &RefCell<Committer<T>>, live: &impl Live) -> Option<Write> {
    while committer.borrow().making() {
        if let Some(text) = live.write_some() {
            return committer.borrow_mut().made(text);
        }
        live.pause().await;
    }
    live.give_up();
    None
}

#[cfg(test)]
pub(super) mod tests;
