//! Which stretch of time is seen, and how that changes: fit, zoom at a place, pan, follow the clock.

use super::{
    axis::{Axis, FOLDED, idle, length},
    known::Known,
};
use crate::{
    engine::{
        time::{Instant, MINUTE},
        world::pipeline::Pipeline,
    },
    page::state::timeline::{By, TimelineCommand, TimelineUi, Window},
};

/// Height of a stage's row, and of an execution's.
pub const STAGE_ROW: f64 = 46.0;
pub const EXECUTION_ROW: f64 = 28.0;

/// The share of the width at which the clock stands at most while it is followed: right of it is what is to come.
const NOW_AT: f64 = 0.9;
/// Milliseconds in a unit: the closest and the farthest look.
const CLOSEST: f64 = 20.0;
const FARTHEST: f64 = 1.2e8;
/// What fits is shown at one of these scales, each this much larger than the one before, so that the plot stands still
/// while time passes and not everything shrinks all the time.
const STEP: f64 = 1.189_207_115;
/// Fewer than this many milliseconds in all are never spread over the whole width.
const LEAST: i64 = 10 * MINUTE;
/// Room left of the first bar.
const MARGIN: f64 = 10.0;

/// A stretch of time on the screen.
pub struct Frame {
    pub axis: Axis,
    /// The place of the left edge.
    pub left: f64,
    pub width: f64,
    now: Instant,
}

impl Frame {
    pub fn new(pipeline: &Pipeline, now: Instant, known: &Known, shown: &TimelineUi) -> Self {
        let start = known.earliest.unwrap_or(pipeline.created.0).min(now.0);
        let width = shown.width.max(1.0);
        let stretches = if shown.unfolded {
            Vec::new()
        } else {
            idle(&known.happened, &known.past_happened, now.0)
        };
        match shown.window {
            Window::Fit => {
                // More folds than have room: then the newest stretches are what fits.
                let most = room_for_folds(width);
                let in_view: Vec<(i64, i64)> = stretches
                    .iter()
                    .copied()
                    .filter(|(from, _)| *from >= start)
                    .collect();
                let left_out = in_view.len().saturating_sub(most);
                let start = match left_out.checked_sub(1).and_then(|last| in_view.get(last)) {
                    Some((_, to)) => *to,
                    None => start,
                };
                let scale = fitting(start, now.0, &stretches, width);
                let axis = Axis::new(pipeline.created.0.min(start), scale, &stretches);
                let left = axis.place(Instant(start)) - MARGIN;
                Self {
                    axis,
                    left,
                    width,
                    now,
                }
            }
            Window::At {
                from,
                scale,
                follows,
            } => {
                let axis = Axis::new(pipeline.created.0.min(start), scale, &stretches);
                let mut left = axis.place(from);
                if let Some(share) = follows {
                    left = left.max(axis.place(now) - share * width);
                }
                Self {
                    axis,
                    left,
                    width,
                    now,
                }
            }
        }
    }

    /// The place from which the drawn places are counted: it moves only once a whole width has gone by.
    pub fn anchor(&self) -> f64 {
        (self.left / self.width).floor() * self.width
    }

    /// Whether nothing has happened for so long that the stretch up to now is folded.
    pub fn now_is_folded(&self) -> bool {
        self.axis.fold_at(self.now.0 - 1).is_some()
    }

    /// The first row that is drawn, and the first that is not.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between 0 and the number of rows"
    )]
    pub fn rows(&self, pipeline: &Pipeline, shown: &TimelineUi) -> (usize, usize) {
        let pitch = pitch(shown.by);
        let count = count(pipeline, shown.by);
        let first = (shown.scroll / pitch).floor().max(0.0) as usize;
        let last = ((shown.scroll + shown.height) / pitch).ceil().max(0.0) as usize;
        (first.min(count), last.min(count))
    }

    /// What is shown after a command.
    pub fn after(
        &self,
        pipeline: &Pipeline,
        shown: &TimelineUi,
        command: TimelineCommand,
        now: Instant,
    ) -> TimelineUi {
        let mut next = *shown;
        match command {
            TimelineCommand::Order(by) => {
                next.by = by;
                next.scroll = 0.0;
            }
            TimelineCommand::Size { width, height } => {
                next.width = width.clamp(40.0, 20_000.0);
                next.height = height.clamp(20.0, 20_000.0);
            }
            TimelineCommand::Scroll(to) => next.scroll = to.max(0.0),
            TimelineCommand::Unfold(unfolded) => {
                next.unfolded = unfolded;
                next.window = Window::Fit;
            }
            TimelineCommand::Fit => next.window = Window::Fit,
            TimelineCommand::Read(at) => {
                let instant = at.map(|at| self.axis.instant(self.left + at));
                next.read = instant.filter(|instant| *instant <= now);
            }
            TimelineCommand::Pan(by) => {
                next.window = self.at(self.left + by, self.axis.scale(), now);
            }
            TimelineCommand::Zoom { factor, at } => {
                let scale =
                    (self.axis.scale() / factor.clamp(0.01, 100.0)).clamp(CLOSEST, FARTHEST);
                let here = self.axis.place(now) - self.left;
                let seen = (0.0..=self.width).contains(&here);
                let at = at.unwrap_or(if seen { here } else { self.width / 2.0 });
                // What is under the pointer stays there; folds keep their width, so its place is asked for anew.
                let stays = self.axis.instant(self.left + at);
                let closer = self.axis.rescaled(scale);
                let from = closer.place(stays) - at;
                let moved = Self {
                    axis: closer,
                    left: from,
                    width: self.width,
                    now,
                };
                next.window = moved.at(from, scale, now);
            }
        }
        let height = pitch(next.by) * length(i64::try_from(count(pipeline, next.by)).unwrap_or(0));
        next.scroll = next.scroll.min((height - next.height).max(0.0));
        next
    }

    /// A window whose left edge is at a place. It follows the clock if that is seen in it.
    fn at(&self, left: f64, scale: f64, now: Instant) -> Window {
        let here = self.axis.place(now);
        // Something is always seen: the past ends at the first thing that happened, the future a width from now.
        let left = left.clamp(-0.8 * self.width, here + 20.0 * self.width);
        Window::At {
            from: self.axis.instant(left),
            scale,
            follows: (left..=left + self.width)
                .contains(&here)
                .then_some(((here - left) / self.width).max(NOW_AT)),
        }
    }
}

/// Height of a row.
pub fn pitch(by: By) -> f64 {
    match by {
        By::Stage | By::Table => STAGE_ROW,
        By::Execution => EXECUTION_ROW,
    }
}

/// How many rows there are. Executions that history has dropped have none.
pub fn count(pipeline: &Pipeline, by: By) -> usize {
    match by {
        By::Stage | By::Table => pipeline.stages.len(),
        By::Execution => (pipeline.started - oldest(pipeline).min(pipeline.started)) as usize,
    }
}

/// The number before that of the oldest execution that is kept.
fn oldest(pipeline: &Pipeline) -> u32 {
    let live = pipeline.executions.keys().next().copied();
    let past = pipeline
        .history
        .segments()
        .first()
        .map(|segment| segment.first);
    let first = match (live, past) {
        (Some(live), Some(past)) => live.min(past),
        (live, past) => live.or(past).unwrap_or(pipeline.started + 1),
    };
    first.saturating_sub(1)
}

/// How many folds a width has room for: half of it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width of the screen"
)]
fn room_for_folds(width: f64) -> usize {
    (width / 2.0 / FOLDED).floor().max(1.0) as usize
}

/// The scale at which everything from a beginning until now fits.
fn fitting(start: i64, now: i64, idle: &[(i64, i64)], width: f64) -> f64 {
    let folded = idle
        .iter()
        .filter(|(from, to)| *from >= start && *to <= now);
    let (mut span, mut folds) = ((now - start).max(LEAST), 0.0);
    for (from, to) in folded {
        span -= to - from;
        folds += FOLDED;
    }
    let room = (NOW_AT * width - MARGIN - folds).max(width / 4.0);
    let least = (length(span.max(LEAST)) / room).max(CLOSEST);
    let mut scale = CLOSEST;
    while scale < least && scale < FARTHEST {
        scale *= STEP;
    }
    scale
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::{DAY, HOUR};

    #[test]
    fn what_fits_fits_at_few_scales() {
        let mut scales = Vec::new();
        for minutes in 1..2_000 {
            let scale = fitting(0, minutes * MINUTE, &[], 600.0);
            let end = length((minutes * MINUTE).max(LEAST)) / scale;
            assert!(end <= 600.0 * NOW_AT, "{minutes} min end at {end}");
            assert!(end >= 600.0 * 0.72, "{minutes} min end at {end}");
            scales.push(scale);
        }
        scales.dedup();
        assert!(scales.len() < 36, "{} scales", scales.len());
    }

    #[test]
    fn folds_take_their_room_and_no_more() {
        let idle = [(HOUR, 7 * DAY)];
        let scale = fitting(0, 7 * DAY + HOUR, &idle, 600.0);
        let axis = Axis::new(0, scale, &idle);
        let end = axis.place(Instant(7 * DAY + HOUR));
        assert!((300.0..=545.0).contains(&end), "{end}");
    }
}
