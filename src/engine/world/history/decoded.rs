//! Segments that were decoded lately, or have just been sealed: lists and panels ask for neighbours, and for the newest
//! again and again. One store for all pipelines of a world, so that it is bounded however many there are.
//!
//! It cannot change an answer: a segment is recognised by the very bytes that were decoded, not by a number that two
//! worlds may both have given out, and by what no longer counts in them.

use std::{cell::RefCell, rc::Rc};

use super::Segment;
use crate::engine::world::execution::Execution;

/// How many segments are kept: a page of a list touches three at most where executions end in the order of their start.
const MOST_SEGMENTS: usize = 4;

/// How many action executions they may have together, apart from the segment used last.
const MOST_ACTIONS: usize = 20_000;

/// A segment that was decoded.
#[derive(Clone, Debug)]
struct Entry {
    bytes: Rc<[u8]>,
    recalled: Vec<u32>,
    executions: Rc<[Execution]>,
    /// How many action executions these are.
    actions: usize,
}

impl Entry {
    fn is_of(&self, segment: &Segment) -> bool {
        Rc::ptr_eq(&self.bytes, &segment.bytes) && self.recalled == segment.recalled
    }
}

/// Decoded segments, the one used last at the end.
#[derive(Clone, Debug, Default)]
pub struct Decoded(RefCell<Vec<Entry>>);

impl Decoded {
    /// The executions of a segment that count, if they are known.
    pub fn find(&self, segment: &Segment) -> Option<Rc<[Execution]>> {
        let mut entries = self.0.borrow_mut();
        let place = entries.iter().position(|entry| entry.is_of(segment))?;
        let entry = entries.remove(place);
        let executions = Rc::clone(&entry.executions);
        entries.push(entry);
        Some(executions)
    }

    /// Remembers the executions of a segment that count.
    pub fn keep(&self, segment: &Segment, executions: &Rc<[Execution]>) {
        let mut entries = self.0.borrow_mut();
        let mut actions: usize = entries.iter().map(|entry| entry.actions).sum();
        while entries.len() >= MOST_SEGMENTS || (actions > MOST_ACTIONS && !entries.is_empty()) {
            actions -= entries.remove(0).actions;
        }
        entries.push(Entry {
            bytes: Rc::clone(&segment.bytes),
            recalled: segment.recalled.clone(),
            executions: Rc::clone(executions),
            actions: executions.iter().map(|one| one.actions.len()).sum(),
        });
    }

    /// Forgets what these bytes say: the segment was dropped, or part of it no longer counts.
    pub fn forget(&self, bytes: &Rc<[u8]>) {
        self.0
            .borrow_mut()
            .retain(|entry| !Rc::ptr_eq(&entry.bytes, bytes));
    }
}
