//! Segments that were decoded lately, or have just been sealed: lists and panels ask for neighbours, and for the newest
//! again and again. One store for all pipelines of a world, so that it is bounded however many there are.
//!
//! It cannot change an answer: a segment is recognised by the very bytes that were decoded, not by a number that two
//! worlds may both have given out.

use std::{cell::RefCell, rc::Rc};

use crate::engine::world::execution::Execution;

/// How many segments are kept: a page of a list touches three at most where executions end in the order of their start.
const MOST_SEGMENTS: usize = 4;

/// How many action executions they may have together, apart from the segment used last.
const MOST_ACTIONS: usize = 20_000;

/// The bytes of a segment, what they say, and how many action executions that is.
type Entry = (Rc<[u8]>, Rc<[Execution]>, usize);

/// Decoded segments, the one used last at the end.
#[derive(Clone, Debug, Default)]
pub struct Decoded(RefCell<Vec<Entry>>);

impl Decoded {
    /// What these bytes say, if it is known.
    pub fn find(&self, bytes: &Rc<[u8]>) -> Option<Rc<[Execution]>> {
        let mut entries = self.0.borrow_mut();
        let place = entries
            .iter()
            .position(|(of, _, _)| Rc::ptr_eq(of, bytes))?;
        let entry = entries.remove(place);
        let executions = Rc::clone(&entry.1);
        entries.push(entry);
        Some(executions)
    }

    /// Remembers what these bytes say.
    pub fn keep(&self, bytes: &Rc<[u8]>, executions: &Rc<[Execution]>) {
        let mut entries = self.0.borrow_mut();
        let mut actions: usize = entries.iter().map(|(_, _, actions)| actions).sum();
        while entries.len() >= MOST_SEGMENTS || (actions > MOST_ACTIONS && !entries.is_empty()) {
            actions -= entries.remove(0).2;
        }
        let actions = executions.iter().map(|one| one.actions.len()).sum();
        entries.push((Rc::clone(bytes), Rc::clone(executions), actions));
    }

    /// Forgets what these bytes say: the segment was dropped.
    pub fn forget(&self, bytes: &Rc<[u8]>) {
        self.0
            .borrow_mut()
            .retain(|(of, _, _)| !Rc::ptr_eq(of, bytes));
    }
}
