//! Spans that are asked for from above: which of them reach below a bound, the highest first, without looking at the
//! others. Segments of history are spans twice: of execution numbers, and of the instants at which actions began.
//!
//! Neighbours may overlap (an execution that took long is sealed late), so the order by upper ends alone does not say
//! where to stop above the bound. The floor does: the lowest beginning among a span and all those above it.

use super::segment::Key;

/// A span and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span<T> {
    from: T,
    to: T,
    floor: T,
    key: Key,
}

/// Spans, ascending by their upper ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spans<T>(Vec<Span<T>>);

impl<T> Default for Spans<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + Ord> Spans<T> {
    /// Adds a span. Cheap at the upper end, where history grows.
    pub fn insert(&mut self, from: T, to: T, key: Key) {
        let place = self
            .0
            .partition_point(|other| (other.to, other.key) < (to, key));
        let floor = self
            .0
            .get(place)
            .map_or(from, |above| above.floor.min(from));
        let span = Span {
            from,
            to,
            floor,
            key,
        };
        self.0.insert(place, span);
        for below in self.0.iter_mut().take(place).rev() {
            if below.floor <= floor {
                break;
            }
            below.floor = floor;
        }
    }

    /// Keeps only the spans that stand for one of these.
    pub fn retain(&mut self, keep: impl Fn(Key) -> bool) {
        self.0.retain(|span| keep(span.key));
        let mut floor = None;
        for span in self.0.iter_mut().rev() {
            span.floor = floor.map_or(span.from, |floor: T| floor.min(span.from));
            floor = Some(span.floor);
        }
    }

    /// What the spans that begin below a bound stand for, with their upper ends, the highest of these first.
    pub fn below(&self, bound: T) -> impl Iterator<Item = (T, Key)> {
        let inside = self.0.partition_point(|span| span.to < bound);
        let (low, high) = self.0.split_at_checked(inside).unwrap_or_default();
        let across: Vec<&Span<T>> = high
            .iter()
            .take_while(|span| span.floor < bound)
            .filter(|span| span.from < bound)
            .collect();
        across
            .into_iter()
            .rev()
            .chain(low.iter().rev())
            .map(|span| (span.to, span.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way to ask, compared with looking at all of them.
    #[test]
    fn exactly_the_spans_below_a_bound_are_found_highest_first() {
        let mut given: Vec<(u32, u32)> = (0..40).map(|n| (n * 3, n * 3 + n % 7)).collect();
        given.push((1, 90));
        given.push((50, 51));
        for turn in 0..given.len() {
            given.rotate_left(turn);
            let mut spans = Spans::default();
            for (key, (from, to)) in (0..).zip(&given) {
                spans.insert(*from, *to, (key, 0));
            }
            spans.retain(|(key, _)| key % 5 != 2);
            for bound in 0..130 {
                let mut wanted: Vec<(u32, Key)> = (0..)
                    .zip(&given)
                    .filter(|(key, (from, _))| key % 5 != 2 && *from < bound)
                    .map(|(key, (_, to))| (*to, (key, 0)))
                    .collect();
                wanted.sort_unstable_by(|a, b| b.cmp(a));
                assert_eq!(spans.below(bound).collect::<Vec<_>>(), wanted, "{bound}");
            }
        }
    }
}
