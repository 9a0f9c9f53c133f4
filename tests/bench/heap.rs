//! The ceiling: the hold model on the standard library's binary heap. As many pending entries as the world has pending
//! deadlines; each step takes the earliest and puts a later one in. An entry is what an entry of the world's agenda is.

use std::{cmp::Reverse, collections::BinaryHeap};

use codepipeline_simulator::engine::random::mix;

/// Instant, kind, order of creation, whose.
type Entry = Reverse<(i64, u8, u64, (u32, u32, u32))>;

/// A heap in the middle of a run.
pub struct Hold {
    heap: BinaryHeap<Entry>,
    order: u64,
}

impl Hold {
    /// A heap with so many pending entries.
    pub fn new(pending: usize) -> Self {
        let mut hold = Self {
            heap: BinaryHeap::with_capacity(pending + 1),
            order: 0,
        };
        (0..pending).for_each(|_| hold.put(0));
        hold
    }

    fn put(&mut self, now: i64) {
        self.order += 1;
        let takes = mix(self.order) % 240_000;
        let at = now + i64::try_from(takes).unwrap_or_default();
        self.heap
            .push(Reverse((at, 0, self.order, (0, self.order as u32, 0))));
    }

    /// So many steps.
    pub fn run(&mut self, steps: usize) {
        for _ in 0..steps {
            let Some(Reverse((now, ..))) = self.heap.pop() else {
                return;
            };
            self.put(now);
        }
        std::hint::black_box(self.heap.peek());
    }
}
