//! Every short life of a committer, and the few long ones that matter.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::storage::Answer;
use crate::storage::memory::MemoryStore;

/// Runs a future that never really waits.
pub(in crate::storage) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            return output;
        }
    }
}

fn at(clock: i64) -> Standing {
    Standing {
        clock,
        playing: false,
        speed: 1,
    }
}

/// The next write, made at once with this text where it is a checkpoint.
fn next_write<T: std::fmt::Debug>(committer: &mut Committer<T>, text: &str) -> Write {
    match committer.next() {
        Next::Write(write) => write,
        Next::Make => committer.made(text.into()).expect("asked for"),
        other => panic!("{other:?}"),
    }
}

/// The live state, which takes so many parts to write down.
struct Parts {
    parts: u32,
    left: Cell<u32>,
    text: String,
    given_up: Cell<bool>,
}

impl Parts {
    fn of(parts: u32, text: &str) -> Self {
        Self {
            parts,
            left: Cell::new(parts),
            text: text.to_owned(),
            given_up: Cell::new(false),
        }
    }
}

impl Live for Parts {
    fn write_some(&self) -> Option<String> {
        let left = self.left.get() - 1;
        self.left.set(if left == 0 { self.parts } else { left });
        (left == 0).then(|| self.text.clone())
    }

    fn give_up(&self) {
        self.left.set(self.parts);
        self.given_up.set(true);
    }

    async fn pause(&self) {
        let mut paused = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut paused, true) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}

/// A committer whose first checkpoint is behind it.
fn settled_in<T: std::fmt::Debug>() -> Committer<T> {
    let mut committer = Committer::new(at(0));
    let Write::Checkpoint(_) = next_write(&mut committer, "state") else {
        panic!("the first write of a new world is a checkpoint")
    };
    assert!(committer.committed(Ok(())).is_empty());
    committer
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A command: one fact and its waiter.
    Command,
    /// A read: only a waiter.
    Read,
    /// The clock moves.
    Stand,
    /// Ask what to do.
    Next,
    /// The text of the checkpoint that was asked for is whole.
    Make,
    /// The write on its way succeeds, or fails.
    Succeed,
    Fail,
    /// Another tab takes over; a checkpoint is wanted; another world is imported.
    Detach,
    Checkpoint,
    Replace,
}

const STEPS: [Step; 10] = [
    Step::Command,
    Step::Read,
    Step::Stand,
    Step::Next,
    Step::Make,
    Step::Succeed,
    Step::Fail,
    Step::Detach,
    Step::Checkpoint,
    Step::Replace,
];

/// What the committer says, measured against a world that is stored as a [`Store`] would.
struct Life {
    committer: Committer<Waiter>,
    stored: Option<StoredWorld>,
    on_its_way: Option<Write>,
    /// What is being written down.
    making: Option<String>,
    detached: bool,
    clock: i64,
    /// How often the world changed in any way, and how much of that is stored.
    changes: u64,
    changes_on_its_way: u64,
    changes_stored: u64,
    next_waiter: u64,
    settled: u64,
}

/// Its place in the order of calls, and what it saw.
#[derive(Debug, PartialEq, Eq)]
struct Waiter {
    place: u64,
    changes: u64,
}

impl Life {
    fn new() -> Self {
        Self {
            committer: settled_in(),
            stored: StoredWorld::after(
                None,
                &Write::Checkpoint(empty_batch(0, at(0)).into_checkpoint("state".into())),
            )
            .ok(),
            on_its_way: None,
            making: None,
            detached: false,
            clock: 0,
            changes: 0,
            changes_on_its_way: 0,
            changes_stored: 0,
            next_waiter: 0,
            settled: 0,
        }
    }

    fn enqueue(&mut self) {
        self.committer.enqueue(Waiter {
            place: self.next_waiter,
            changes: self.changes,
        });
        self.next_waiter += 1;
    }

    fn settle(&mut self, waiters: Vec<Waiter>) {
        for waiter in waiters {
            assert_eq!(waiter.place, self.settled, "in call order, each once");
            assert!(
                self.detached || waiter.changes <= self.changes_stored,
                "told before it was stored"
            );
            self.settled += 1;
        }
    }

    /// Takes the step; `false` if it cannot happen now.
    fn take(&mut self, step: Step) -> bool {
        match step {
            Step::Command => {
                self.changes += 1;
                self.clock += 1;
                self.committer.add_facts("fact", 1, at(self.clock));
                self.enqueue();
            }
            Step::Read => self.enqueue(),
            Step::Stand => {
                self.changes += 1;
                self.clock += 1;
                self.committer.stand(at(self.clock));
            }
            Step::Next => match self.committer.next() {
                Next::Wait => {}
                Next::Settle(waiters) => self.settle(waiters),
                Next::Write(write) => {
                    assert!(
                        self.on_its_way.is_none() && !self.detached,
                        "nothing may be written now"
                    );
                    self.on_its_way = Some(write);
                    self.changes_on_its_way = self.changes;
                }
                Next::Make => {
                    assert!(
                        self.on_its_way.is_none() && !self.detached,
                        "nothing may be written now"
                    );
                    self.making = Some(format!("state {}", self.clock));
                    self.changes_on_its_way = self.changes;
                }
            },
            Step::Make => {
                let Some(text) = self.making.take() else {
                    return false;
                };
                let wanted = self.committer.making();
                self.on_its_way = self.committer.made(text).or(self.on_its_way.take());
                assert!(!wanted || self.on_its_way.is_some());
            }
            Step::Succeed => {
                let Some(write) = self.on_its_way.take() else {
                    return false;
                };
                let world = StoredWorld::after(self.stored.take(), &write)
                    .expect("every write follows the last");
                assert_eq!(world.check(), Ok(()));
                self.stored = Some(world);
                self.changes_stored = self.changes_on_its_way;
                let waiters = self.committer.committed(Ok(()));
                self.settle(waiters);
            }
            Step::Fail => {
                if self.on_its_way.take().is_none() {
                    return false;
                }
                self.detached = true;
                let waiters = self.committer.committed(Err(StorageError::Full));
                self.settle(waiters);
            }
            Step::Detach => {
                self.detached = true;
                self.committer.detach(StorageError::LostLock);
            }
            Step::Checkpoint => self.committer.want_checkpoint(),
            Step::Replace => {
                self.changes += 1;
                self.clock = 1000;
                let write = Write::Append(Batch {
                    facts: "f".into(),
                    count: 1,
                    ..empty_batch(1, at(self.clock))
                });
                self.committer
                    .replace(StoredWorld::after(None, &write).expect("whole"));
            }
        }
        assert_eq!(
            matches!(self.committer.state(), StorageState::Detached(_)),
            self.detached
        );
        true
    }

    /// Lets everything that is gathered be stored: then everybody is told, and what is stored is the whole story.
    fn finish(mut self) {
        while self.take(Step::Make) || self.take(Step::Succeed) || {
            self.take(Step::Next);
            self.on_its_way.is_some() || self.making.is_some()
        } {}
        assert_eq!(self.settled, self.next_waiter, "somebody was never told");
        if !self.detached {
            let header = self.stored.expect("stored").header;
            assert_eq!(
                (header.sequence, header.standing.clock),
                (self.committer.sequence(), self.clock)
            );
        }
    }
}

#[test]
fn every_life_of_six_steps_tells_everybody_in_order_and_never_too_early() {
    let mut lives = 0;
    for number in 0..STEPS.len().pow(6) {
        let steps = (0..6).map(|place| STEPS[number / STEPS.len().pow(place) % STEPS.len()]);
        let mut life = Life::new();
        if steps.into_iter().all(|step| life.take(step)) {
            life.finish();
            lives += 1;
        }
    }
    assert!(lives > 100_000, "only {lives} lives were possible");
}

#[test]
fn what_happens_during_a_write_joins_the_next_one() {
    let mut committer = settled_in();
    committer.add_facts("one", 1, at(1));
    committer.enqueue("first");
    let Next::Write(Write::Append(first)) = committer.next() else {
        panic!("one is gathered")
    };
    committer.add_facts("two\u{2028}", 2, at(2));
    committer.enqueue("second");
    committer.enqueue("a read");
    committer.add_facts("four", 1, at(2));
    committer.enqueue("third");
    assert_eq!(committer.next(), Next::Wait);
    assert_eq!(committer.committed(Ok(())), ["first"]);
    let Next::Write(Write::Append(second)) = committer.next() else {
        panic!("more is gathered")
    };
    assert_eq!(
        (first.sequence, first.count, first.facts.as_str()),
        (1, 1, "one")
    );
    assert_eq!(
        (second.sequence, second.count, second.facts.as_str()),
        (4, 3, "two\u{2028}\nfour")
    );
    assert_eq!(committer.committed(Ok(())), ["second", "a read", "third"]);
}

#[test]
fn a_read_that_saw_nothing_new_is_told_at_once() {
    let mut committer = settled_in();
    committer.enqueue("a read");
    assert_eq!(committer.next(), Next::Settle(vec!["a read"]));
    assert_eq!(committer.next(), Next::Wait);
}

#[test]
fn a_clock_that_has_not_moved_and_an_empty_answer_write_nothing() {
    let mut committer = settled_in::<()>();
    committer.stand(at(0));
    committer.add_facts("", 0, at(0));
    assert_eq!(committer.next(), Next::Wait);
    committer.stand(at(5));
    let Next::Write(Write::Append(batch)) = committer.next() else {
        panic!("the clock has moved")
    };
    assert_eq!(batch, empty_batch(0, at(5)));
}

#[test]
fn segments_alone_are_written_without_a_trace_in_the_journal() {
    let mut committer = settled_in::<()>();
    committer.add_segments(
        [Segment {
            id: 1,
            bytes: vec![7],
        }],
        [],
    );
    let Next::Write(Write::Append(batch)) = committer.next() else {
        panic!("a segment is gathered")
    };
    assert_eq!((batch.count, batch.new_segments.len()), (0, 1));
}

#[test]
fn a_checkpoint_is_due_when_the_journal_has_grown_as_large_as_the_last_one() {
    let mut committer = settled_in::<()>();
    let half = "x".repeat(JOURNAL_BYTES / 2);
    let mut checkpoints_of = |size: usize, commits: usize| {
        let mut checkpoints = 0;
        for _ in 0..commits {
            committer.add_facts(&half, 1, at(0));
            match next_write(&mut committer, &"s".repeat(size)) {
                Write::Checkpoint(_) => checkpoints += 1,
                Write::Append(_) => {}
                Write::Replace(_) => panic!("of what?"),
            }
            assert!(committer.committed(Ok(())).is_empty());
        }
        checkpoints
    };
    assert_eq!(checkpoints_of(10, 4), 2);
    assert_eq!(checkpoints_of(JOURNAL_BYTES * 2, 2), 1);
    assert_eq!(checkpoints_of(10, 3), 0);
    assert_eq!(checkpoints_of(10, 1), 1);
}

#[test]
fn an_opened_world_continues_its_numbers_and_its_journal_counts() {
    let facts = "x".repeat(JOURNAL_BYTES - 1);
    let write = Write::Append(Batch {
        sequence: 7,
        count: 7,
        facts,
        ..empty_batch(0, at(3))
    });
    let world = StoredWorld::after(None, &write).expect("whole");
    let mut committer = Committer::<()>::opened(&world);
    assert_eq!(committer.next(), Next::Wait);
    committer.add_facts("8", 1, at(4));
    let Write::Checkpoint(checkpoint) = next_write(&mut committer, "state") else {
        panic!("the journal has grown to the limit")
    };
    assert_eq!(checkpoint.snapshot.sequence, 8);
}

#[test]
fn after_a_failure_everybody_is_told_and_the_first_reason_stays() {
    let mut committer = settled_in();
    committer.add_facts("one", 1, at(1));
    committer.enqueue(1);
    let Next::Write(_) = committer.next() else {
        panic!("one is gathered")
    };
    committer.add_facts("two", 1, at(2));
    committer.enqueue(2);
    assert_eq!(committer.committed(Err(StorageError::Full)), [1, 2]);
    committer.detach(StorageError::LostLock);
    assert_eq!(
        committer.state(),
        StorageState::Detached(StorageError::Full)
    );
    committer.add_facts("three", 1, at(3));
    committer.enqueue(3);
    assert_eq!(committer.next(), Next::Settle(vec![3]));
    assert_eq!(committer.sequence(), 3);
}

/// A store whose writes take two polls and fail from the given one on.
struct Slow {
    inner: MemoryStore,
    writes_left: Cell<u32>,
    at_work: Cell<bool>,
}

impl Store for Slow {
    fn load(&self) -> Answer<'_, Option<StoredWorld>> {
        self.inner.load()
    }

    fn write<'a>(&'a self, write: &'a Write) -> Answer<'a, ()> {
        Box::pin(async move {
            assert!(!self.at_work.replace(true), "two writes at a time");
            let mut polled = false;
            std::future::poll_fn(|_| {
                if std::mem::replace(&mut polled, true) {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                }
            })
            .await;
            self.at_work.set(false);
            let left = self
                .writes_left
                .get()
                .checked_sub(1)
                .ok_or(StorageError::Full)?;
            self.writes_left.set(left);
            self.inner.write(write).await
        })
    }

    fn delete(&self) -> Answer<'_, ()> {
        self.inner.delete()
    }
}

#[test]
fn two_drivers_at_once_write_one_at_a_time_and_settle_in_order() {
    let store = Slow {
        inner: MemoryStore::new(),
        writes_left: Cell::new(2),
        at_work: Cell::new(false),
    };
    let committer = RefCell::new(Committer::new(at(0)));
    let told = Rc::new(RefCell::new(Vec::new()));
    let call = |number: u64| {
        committer.borrow_mut().add_facts("fact", 1, at(0));
        committer.borrow_mut().enqueue(number);
    };
    let settle = |number| {
        // The api may be called again from here.
        if number == 1 {
            call(4);
        }
        told.borrow_mut().push(number);
    };
    let live = Parts::of(1, "state");
    let mut first = pin!(drive(&committer, &store, &live, settle));
    let mut second = pin!(drive(&committer, &store, &live, settle));
    let context = &mut Context::from_waker(Waker::noop());
    call(1);
    assert!(first.as_mut().poll(context).is_pending());
    call(2);
    assert!(second.as_mut().poll(context).is_ready());
    call(3);
    assert_eq!(*told.borrow(), [0u64; 0]);
    block_on(first);
    assert_eq!(*told.borrow(), [1, 2, 3, 4]);
    assert_eq!(committer.borrow().state(), StorageState::Attached);

    call(5);
    block_on(drive(&committer, &store, &live, settle));
    assert_eq!(*told.borrow(), [1, 2, 3, 4, 5]);
    assert_eq!(
        committer.borrow().state(),
        StorageState::Detached(StorageError::Full)
    );
    assert_eq!(
        block_on(store.load())
            .expect("loads")
            .expect("stored")
            .header
            .sequence,
        4
    );
}

/// A world that is stored in memory, with what was told of it, while its next checkpoint is being made in three parts.
struct Making {
    store: MemoryStore,
    committer: RefCell<Committer<u64>>,
    live: Parts,
    told: RefCell<Vec<u64>>,
}

impl Making {
    fn new() -> Self {
        let making = Self {
            store: MemoryStore::new(),
            committer: RefCell::new(Committer::new(at(0))),
            live: Parts::of(3, "state"),
            told: RefCell::default(),
        };
        block_on(making.drive());
        making.call(1);
        making.committer.borrow_mut().want_checkpoint();
        making
    }

    fn call(&self, number: u64) {
        let clock = i64::try_from(number).expect("small");
        self.committer.borrow_mut().add_facts("fact", 1, at(clock));
        self.committer.borrow_mut().enqueue(number);
    }

    async fn drive(&self) {
        drive(&self.committer, &self.store, &self.live, |number| {
            self.told.borrow_mut().push(number);
        })
        .await;
    }

    fn stored(&self) -> StoredWorld {
        let loaded = block_on(self.store.load()).expect("loads");
        loaded.expect("stored")
    }
}

#[test]
fn a_call_while_a_checkpoint_is_made_is_stored_after_it() {
    let making = Making::new();
    let context = &mut Context::from_waker(Waker::noop());
    let mut driver = pin!(making.drive());
    assert!(driver.as_mut().poll(context).is_pending());
    assert!(making.committer.borrow().behind());
    making.call(2);
    let mut second = pin!(making.drive());
    assert!(second.as_mut().poll(context).is_ready(), "one at a time");
    assert_eq!(*making.told.borrow(), [0_u64; 0]);
    block_on(driver);
    assert_eq!(*making.told.borrow(), [1, 2]);
    let stored = making.stored();
    let checkpoint = stored.checkpoint.expect("made");
    assert_eq!(
        (checkpoint.sequence, checkpoint.text.as_str()),
        (1, "state")
    );
    let journal: Vec<u64> = stored.journal.iter().map(|one| one.sequence).collect();
    assert_eq!((journal, stored.header.standing), (vec![2], at(2)));
    assert!(!making.committer.borrow().behind());
}

#[test]
fn another_world_in_the_place_of_one_whose_checkpoint_is_made_is_stored_instead() {
    let making = Making::new();
    let context = &mut Context::from_waker(Waker::noop());
    let mut driver = pin!(making.drive());
    assert!(driver.as_mut().poll(context).is_pending());
    let write = Write::Checkpoint(empty_batch(7, at(9)).into_checkpoint("another".into()));
    let other = StoredWorld::after(None, &write).expect("whole");
    making.committer.borrow_mut().replace(other.clone());
    making.committer.borrow_mut().enqueue(2);
    block_on(making.drive());
    assert_eq!(*making.told.borrow(), [1, 2]);
    assert_eq!(making.stored(), other);
    block_on(driver);
    assert!(making.live.given_up.get());
    assert_eq!(making.stored(), other);
}

#[test]
fn a_tab_that_loses_its_world_while_a_checkpoint_is_made_stores_nothing_more() {
    let making = Making::new();
    let before = making.stored();
    let context = &mut Context::from_waker(Waker::noop());
    let mut driver = pin!(making.drive());
    assert!(driver.as_mut().poll(context).is_pending());
    let lost = StorageError::LostLock;
    making.committer.borrow_mut().detach(lost.clone());
    block_on(driver);
    assert_eq!(*making.told.borrow(), [1]);
    assert_eq!(making.stored(), before);
    assert!(making.live.given_up.get());
    let state = making.committer.borrow().state();
    assert_eq!(state, StorageState::Detached(lost));
}

#[test]
fn a_checkpoint_that_cannot_be_stored_detaches_and_tells_everybody() {
    let making = Making::new();
    let full = Slow {
        inner: MemoryStore::new(),
        writes_left: Cell::new(0),
        at_work: Cell::new(false),
    };
    let told = RefCell::new(Vec::new());
    let settle = |number| told.borrow_mut().push(number);
    let context = &mut Context::from_waker(Waker::noop());
    let mut driver = pin!(drive(&making.committer, &full, &making.live, settle));
    assert!(driver.as_mut().poll(context).is_pending());
    making.call(2);
    block_on(driver);
    assert_eq!(*told.borrow(), [1, 2]);
    let state = making.committer.borrow().state();
    assert_eq!(state, StorageState::Detached(StorageError::Full));
}

#[test]
fn whoever_can_wait_does_so_while_storing_is_far_behind() {
    let mut committer = settled_in::<()>();
    committer.want_checkpoint();
    // Large, so that no journal here makes another one due.
    let Write::Checkpoint(_) = next_write(&mut committer, &"s".repeat(9 * HELD_BYTES)) else {
        panic!("a checkpoint is wanted")
    };
    assert!(committer.committed(Ok(())).is_empty());
    let facts = "x".repeat(HELD_BYTES);
    committer.add_facts("few", 1, at(1));
    assert!(!committer.behind());
    committer.add_facts(&facts, 1, at(1));
    assert!(committer.behind());
    let Next::Write(_) = committer.next() else {
        panic!("facts are gathered")
    };
    assert!(!committer.behind());
    committer.add_facts(&facts, 1, at(2));
    assert!(committer.behind());
    assert!(committer.committed(Ok(())).is_empty());
    committer.want_checkpoint();
    let Next::Make = committer.next() else {
        panic!("a checkpoint is wanted")
    };
    assert!(committer.behind(), "the world stands still");
    assert!(committer.made("state".into()).is_some());
    assert!(!committer.behind());
    committer.detach(StorageError::LostLock);
    committer.add_facts(&facts, 1, at(3));
    assert!(!committer.behind(), "nothing is stored any more");
}

#[test]
fn a_journal_is_worth_folding_once_it_is_long_and_nothing_else_is_to_be_stored() {
    let mut committer = settled_in::<()>();
    let most = "x".repeat(FOLDED_BYTES - 1);
    let mut journal = |facts: &str, worth: bool| {
        committer.add_facts(facts, 1, at(1));
        assert!(!committer.worth_folding(), "it is gathered");
        let Write::Append(_) = next_write(&mut committer, "state") else {
            panic!("no checkpoint is due")
        };
        assert!(!committer.worth_folding(), "it is on its way");
        assert!(committer.committed(Ok(())).is_empty());
        assert_eq!(committer.worth_folding(), worth);
    };
    journal(&most, false);
    journal("x", true);
    committer.want_checkpoint();
    let Write::Checkpoint(_) = next_write(&mut committer, &"s".repeat(16 * FOLDED_BYTES)) else {
        panic!("a checkpoint is wanted")
    };
    assert!(committer.committed(Ok(())).is_empty());
    assert!(!committer.worth_folding(), "it is folded");
    // A large checkpoint is not written anew for a little.
    committer.add_facts(&most, 1, at(1));
    let Write::Append(_) = next_write(&mut committer, "state") else {
        panic!("no checkpoint is due")
    };
    assert!(committer.committed(Ok(())).is_empty());
    committer.add_facts("xx", 1, at(1));
    let Write::Append(_) = next_write(&mut committer, "state") else {
        panic!("no checkpoint is due")
    };
    assert!(committer.committed(Ok(())).is_empty());
    assert!(!committer.worth_folding());
}
