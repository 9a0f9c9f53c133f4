//! Time as places on a line. Idle stretches may be folded: each then takes the same few units, however long it was.

use crate::engine::time::{HOUR, Instant, MINUTE};

/// Width of a folded stretch.
pub const FOLDED: f64 = 30.0;
/// Nothing happens for at least this long in a stretch that is folded.
pub const IDLE: i64 = HOUR;
/// What happens is noted to this precision: this much is left on either side of a fold at most.
pub const BUCKET: i64 = 15 * MINUTE;

/// A folded stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Folded {
    pub from: i64,
    pub to: i64,
    /// Where it begins.
    pub place: f64,
}

/// A line of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The instant at place 0.
    zero: i64,
    /// Milliseconds in a unit.
    scale: f64,
    /// The idle stretches, folded at this scale or not.
    idle: Vec<(i64, i64)>,
    folds: Vec<Folded>,
}

/// The idle stretches between what happened, in buckets: two ascending lists, and where the clock stands.
pub fn idle(live: &[i64], past: &[i64], now: i64) -> Vec<(i64, i64)> {
    let (mut live, mut past) = (live.iter().peekable(), past.iter().peekable());
    let mut merged = std::iter::from_fn(|| match (live.peek(), past.peek()) {
        (Some(one), Some(other)) if one <= other => live.next(),
        (_, Some(_)) => past.next(),
        (_, None) => live.next(),
    });
    let mut stretches = Vec::new();
    let mut add = |before: i64, after: i64| {
        let (from, to) = ((before + 1) * BUCKET, after * BUCKET);
        if to - from >= IDLE {
            stretches.push((from, to));
        }
    };
    let Some(mut before) = merged.next().copied() else {
        return stretches;
    };
    for bucket in merged {
        add(before, *bucket);
        before = before.max(*bucket);
    }
    add(before, now.div_euclid(BUCKET));
    stretches
}

impl Axis {
    /// A line at a scale with these idle stretches, ascending. One that would take less room unfolded is left.
    pub fn new(zero: i64, scale: f64, idle: &[(i64, i64)]) -> Self {
        let mut axis = Self {
            zero,
            scale,
            idle: idle.to_vec(),
            folds: Vec::new(),
        };
        for &(from, to) in idle {
            if length(to - from) / scale > FOLDED && from >= zero {
                let place = axis.place(Instant(from));
                axis.folds.push(Folded { from, to, place });
            }
        }
        axis
    }

    /// The same stretches at another scale.
    pub fn rescaled(&self, scale: f64) -> Self {
        Self::new(self.zero, scale, &self.idle)
    }

    /// Milliseconds in a unit.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Where an instant is.
    pub fn place(&self, at: Instant) -> f64 {
        let before = self.folds.partition_point(|fold| fold.from <= at.0);
        let fold = before.checked_sub(1).and_then(|last| self.folds.get(last));
        match fold {
            None => length(at.0 - self.zero) / self.scale,
            Some(fold) if at.0 < fold.to => {
                fold.place + FOLDED * length(at.0 - fold.from) / length(fold.to - fold.from)
            }
            Some(fold) => fold.place + FOLDED + length(at.0 - fold.to) / self.scale,
        }
    }

    /// Which instant is at a place.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float that does not fit is held at the ends"
    )]
    pub fn instant(&self, place: f64) -> Instant {
        let before = self.folds.partition_point(|fold| fold.place <= place);
        let fold = before.checked_sub(1).and_then(|last| self.folds.get(last));
        let (from, span) = match fold {
            None => (self.zero, place * self.scale),
            Some(fold) if place < fold.place + FOLDED => {
                let share = (place - fold.place) / FOLDED;
                (fold.from, share * length(fold.to - fold.from))
            }
            Some(fold) => (fold.to, (place - fold.place - FOLDED) * self.scale),
        };
        Instant(from.saturating_add(span as i64))
    }

    /// The folded stretches that touch these places.
    pub fn folds_in(&self, from: f64, to: f64) -> impl Iterator<Item = &Folded> {
        self.folds
            .iter()
            .skip_while(move |fold| fold.place + FOLDED < from)
            .take_while(move |fold| fold.place < to)
    }

    /// The fold that an instant is in.
    pub fn fold_at(&self, at: i64) -> Option<&Folded> {
        let before = self.folds.partition_point(|fold| fold.from <= at);
        let fold = self.folds.get(before.checked_sub(1)?)?;
        (at < fold.to).then_some(fold)
    }
}

/// A span as a number that can be divided.
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds until the year 9999 fit into 53 bits"
)]
pub fn length(span: i64) -> f64 {
    span as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::DAY;

    #[test]
    fn every_instant_has_a_place_and_every_place_an_instant() {
        let idle = [
            (2 * HOUR, 5 * HOUR),
            (7 * HOUR, 30 * DAY),
            (30 * DAY + 1, 30 * DAY + HOUR),
        ];
        for scale in [500.0, 30_000.0, 400_000.0] {
            let axis = Axis::new(0, scale, &idle);
            let mut last = f64::NEG_INFINITY;
            for at in (-20..600).map(|n| n * 73 * MINUTE + n) {
                let place = axis.place(Instant(at));
                assert!(place > last, "{at} at {scale}");
                last = place;
                let back = axis.instant(place).0;
                assert!(
                    (back - at).abs() <= 2,
                    "{at} came back as {back} at {scale}"
                );
            }
        }
    }

    #[test]
    fn a_fold_takes_as_much_room_whatever_its_length_and_none_grows() {
        let axis = Axis::new(0, 60_000.0, &[(HOUR, 3 * HOUR), (4 * HOUR, 400 * DAY)]);
        assert_eq!(axis.place(Instant(HOUR)), 60.0);
        assert_eq!(axis.place(Instant(3 * HOUR)), 60.0 + FOLDED);
        assert_eq!(axis.place(Instant(400 * DAY)), 120.0 + 2.0 * FOLDED);
        assert_eq!(axis.folds_in(0.0, 70.0).count(), 1);
        assert_eq!(axis.folds_in(95.0, 400.0).count(), 1);
        assert!(axis.fold_at(2 * HOUR).is_some() && axis.fold_at(3 * HOUR).is_none());
        // At this scale an hour takes less room than a fold.
        let far = Axis::new(0, 600_000.0, &[(HOUR, 3 * HOUR)]);
        assert_eq!(far.place(Instant(3 * HOUR)), 18.0);
    }

    #[test]
    fn idle_is_where_nothing_happened_for_an_hour() {
        let bucket = |at: i64| at.div_euclid(BUCKET);
        let live = [bucket(0), bucket(0), bucket(10 * HOUR)];
        assert_eq!(
            idle(&live, &[bucket(HOUR)], 10 * HOUR + MINUTE),
            [(HOUR + BUCKET, 10 * HOUR)]
        );
        assert_eq!(idle(&[bucket(HOUR)], &live, 10 * HOUR).len(), 1);
        // The clock itself ends a stretch.
        assert_eq!(idle(&[0], &[], 3 * HOUR), [(BUCKET, 3 * HOUR)]);
        assert_eq!(idle(&[], &[], DAY), []);
    }
}
