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

fn no_snapshot() -> String {
    panic!("no checkpoint is due")
}

/// A committer whose first checkpoint is behind it.
fn settled_in<T>() -> Committer<T> {
    let mut committer = Committer::new(at(0));
    let Next::Write(Write::Checkpoint(_)) = committer.next(|| "state".into()) else {
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
    /// The write on its way succeeds, or fails.
    Succeed,
    Fail,
    /// Another tab takes over; a checkpoint is wanted; another world is imported.
    Detach,
    Checkpoint,
    Replace,
}

const STEPS: [Step; 9] = [
    Step::Command,
    Step::Read,
    Step::Stand,
    Step::Next,
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
            Step::Next => match self.committer.next(|| format!("state {}", self.clock)) {
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
            },
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
        while self.take(Step::Succeed) || {
            self.take(Step::Next);
            self.on_its_way.is_some()
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
    let Next::Write(Write::Append(first)) = committer.next(no_snapshot) else {
        panic!("one is gathered")
    };
    committer.add_facts("two\u{2028}", 2, at(2));
    committer.enqueue("second");
    committer.enqueue("a read");
    committer.add_facts("four", 1, at(2));
    committer.enqueue("third");
    assert_eq!(committer.next(no_snapshot), Next::Wait);
    assert_eq!(committer.committed(Ok(())), ["first"]);
    let Next::Write(Write::Append(second)) = committer.next(no_snapshot) else {
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
    assert_eq!(committer.next(no_snapshot), Next::Settle(vec!["a read"]));
    assert_eq!(committer.next(no_snapshot), Next::Wait);
}

#[test]
fn a_clock_that_has_not_moved_and_an_empty_answer_write_nothing() {
    let mut committer = settled_in::<()>();
    committer.stand(at(0));
    committer.add_facts("", 0, at(0));
    assert_eq!(committer.next(no_snapshot), Next::Wait);
    committer.stand(at(5));
    let Next::Write(Write::Append(batch)) = committer.next(no_snapshot) else {
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
    let Next::Write(Write::Append(batch)) = committer.next(no_snapshot) else {
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
            match committer.next(|| "s".repeat(size)) {
                Next::Write(Write::Checkpoint(_)) => checkpoints += 1,
                Next::Write(Write::Append(_)) => {}
                other => panic!("{other:?}"),
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
    assert_eq!(committer.next(no_snapshot), Next::Wait);
    committer.add_facts("8", 1, at(4));
    let Next::Write(Write::Checkpoint(checkpoint)) = committer.next(|| "state".into()) else {
        panic!("the journal has grown to the limit")
    };
    assert_eq!(checkpoint.snapshot.sequence, 8);
}

#[test]
fn after_a_failure_everybody_is_told_and_the_first_reason_stays() {
    let mut committer = settled_in();
    committer.add_facts("one", 1, at(1));
    committer.enqueue(1);
    let Next::Write(_) = committer.next(no_snapshot) else {
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
    assert_eq!(committer.next(no_snapshot), Next::Settle(vec![3]));
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
    let mut first = pin!(drive(&committer, &store, || "state".into(), settle));
    let mut second = pin!(drive(&committer, &store, || "state".into(), settle));
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
    block_on(drive(&committer, &store, || "state".into(), settle));
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
