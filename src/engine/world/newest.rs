//! The executions of a pipeline, newest start first, live and past as one list. A segment is decoded when the walk
//! reaches it, and not before.

use std::{collections::btree_map, iter::Peekable, rc::Rc};

use super::{
    execution::Execution,
    history::{History, Recorded, Segment},
    pipeline::Pipeline,
};

/// A segment that the walk has reached: its executions, and how many of them are still ahead.
type Open = (Rc<[Execution]>, usize);

/// A walk from the newest execution to the oldest.
pub struct NewestFirst<'a, S: Iterator<Item = &'a Segment>> {
    before: u32,
    history: &'a History,
    live: Peekable<std::iter::Rev<btree_map::Range<'a, u32, Box<Execution>>>>,
    closed: Peekable<S>,
    open: Vec<Open>,
}

impl Pipeline {
    /// Executions with a number below `before`, newest start first; of the past only those in segments that `concern`
    /// the caller.
    pub fn newest_first<'a>(
        &'a self,
        before: u32,
        concern: impl Fn(&Segment) -> bool + 'a,
    ) -> impl Iterator<Item = Recorded<'a>> {
        NewestFirst {
            before,
            history: &self.history,
            live: self.executions.range(..before).rev().peekable(),
            closed: self
                .history
                .below(before)
                .filter(move |segment| concern(segment))
                .peekable(),
            open: Vec::new(),
        }
    }
}

/// The number of the execution that is next in a segment.
fn head((executions, ahead): &Open) -> Option<u32> {
    let place = ahead.checked_sub(1)?;
    executions.get(place).map(|execution| execution.number)
}

impl<'a, S: Iterator<Item = &'a Segment>> Iterator for NewestFirst<'a, S> {
    type Item = Recorded<'a>;

    fn next(&mut self) -> Option<Recorded<'a>> {
        loop {
            let past = self.open.iter().filter_map(head).max();
            let live = self.live.peek().map(|(number, _)| **number);
            let best = past.max(live);
            // Segments come by the highest number in them: the next may have a newer execution only if that is newer.
            if let Some(segment) = self.closed.next_if(|segment| best < Some(segment.last)) {
                let executions = self.history.executions(segment);
                let ahead = executions.partition_point(|execution| execution.number < self.before);
                self.open.push((executions, ahead));
                continue;
            }
            if live >= past {
                return self
                    .live
                    .next()
                    .map(|(_, execution)| Recorded::Live(execution));
            }
            let (executions, ahead) = self.open.iter_mut().find(|open| head(open) == past)?;
            *ahead -= 1;
            let found = Recorded::Past(Rc::clone(executions), *ahead);
            self.open.retain(|(_, ahead)| *ahead > 0);
            return Some(found);
        }
    }
}
