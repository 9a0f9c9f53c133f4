//! What the timeline remembers from one picture to the next: courses of executions, which never change once they are
//! over, and the part of the past that was read for the present window.
//!
//! The past is read by [`Known::read`], one segment at a time and never while a picture is built; what is kept of it is
//! bounded. A world that was replaced, or another pipeline or version, begins anew.

use std::{cell::RefCell, collections::BTreeMap, fmt, rc::Rc, sync::Arc};

use super::{
    axis::BUCKET,
    spans::{Course, Waits, course},
};
use crate::{
    engine::{
        fact::{Event, Fact},
        ids::PipelineId,
        reason::Reason,
        world::{World, history::Segment, pipeline::Pipeline, plan::Plan},
    },
    page::view::timeline::Plot,
};

/// How many segments of the past are kept as courses.
pub const MOST_SEGMENTS: usize = 32;
/// How many stretches they may have together.
const MOST_SPANS: usize = 200_000;
/// Of how many waits the reason is kept.
const MOST_WAITS: usize = 20_000;

/// What a segment is recognised by: its id, and how many of its executions no longer count.
pub type SegmentName = (u64, usize);

pub fn name_of(segment: &Segment) -> SegmentName {
    (segment.id, segment.recalled.len())
}

/// From when to when actions of a segment began.
pub fn extent(segment: &Segment) -> (i64, i64) {
    let to = segment.latest_action.0.max(segment.latest_start.0);
    // A segment of an earlier build does not say when its first action began.
    let from = segment.earliest_action().0;
    (if from < 0 || from > to { to } else { from }, to)
}

/// Remembered, behind a shared reference: whoever looks at a picture cannot tell whether it was built or remembered,
/// so any two are equal.
#[derive(Default)]
pub struct TimelineMemo(pub(super) RefCell<Known>);

impl Clone for TimelineMemo {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for TimelineMemo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for TimelineMemo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TimelineMemo")
    }
}

/// What a drawn plot depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub sequence: u64,
    pub generation: u64,
    /// Anchor, scale, width, height.
    pub numbers: [f64; 4],
    pub rows: (usize, usize),
    pub order: crate::page::state::timeline::By,
    pub unfolded: bool,
    pub chosen: (Option<u32>, Option<String>),
    pub day: i64,
    /// Where the clock stands, while that moves what is due.
    pub folded_now: Option<i64>,
}

#[derive(Default)]
pub struct Known {
    of: Option<(PipelineId, Rc<Plan>)>,
    sequence: Option<u64>,
    heard: u64,
    pub waits: Waits,
    pub live: BTreeMap<u32, Rc<Course>>,
    /// Segments that were read, the one used last at the end.
    pub past: Vec<(SegmentName, Rc<[Course]>)>,
    /// Grows with everything that was read.
    pub generation: u64,
    /// Segments that the last plot would have needed, the one needed most first.
    pub wanted: Vec<SegmentName>,
    pub drawn: Option<(Asked, Arc<Plot>)>,
    /// When anything happened to whoever is live, as buckets, ascending.
    pub happened: Vec<i64>,
    /// The same of the past; of segments that were not read, a few buckets that keep them from being folded away.
    pub past_happened: Vec<i64>,
    /// What the past was when these were worked out.
    past_of: Option<(usize, Option<u64>, u64)>,
    /// The earliest beginning of a live execution.
    pub earliest: Option<i64>,
}

impl Known {
    /// Brings what is known of the live executions up to date. Costs nothing where nothing has happened.
    pub fn keep_up(&mut self, world: &World, pipeline: &Pipeline, recent: &[&Fact]) {
        let sequence = world.sequence;
        let plan = &pipeline.current().plan;
        let same = self
            .of
            .as_ref()
            .is_some_and(|(id, of)| *id == pipeline.id && Rc::ptr_eq(of, plan));
        if !same || self.sequence.is_some_and(|known| known > sequence) {
            *self = Self {
                of: Some((pipeline.id, Rc::clone(plan))),
                // A plot of the world before must not be taken for one of this.
                generation: self.generation + 1,
                ..Self::default()
            };
        }
        if self.sequence == Some(sequence) {
            return;
        }
        self.sequence = Some(sequence);
        self.hear(pipeline.id, recent);
        let mut before = std::mem::take(&mut self.live);
        self.happened.clear();
        for (number, execution) in &pipeline.executions {
            let known = before
                .remove(number)
                .filter(|known| !execution.active() && known.to == Some(execution.updated.0));
            let course =
                known.unwrap_or_else(|| Rc::new(course(world, pipeline, execution, &self.waits)));
            self.happened.extend(&course.happened);
            self.live.insert(*number, course);
        }
        self.happened.sort_unstable();
        self.happened.dedup();
        self.earliest = self.live.values().map(|course| course.from).min();
        self.look_back(pipeline);
    }

    fn look_back(&mut self, pipeline: &Pipeline) {
        const MARKS: i64 = 8;
        let segments = pipeline.history.segments();
        let of = (
            segments.len(),
            segments.last().map(|segment| segment.id),
            self.generation,
        );
        if self.past_of == Some(of) {
            return;
        }
        self.past_of = Some(of);
        self.past_happened.clear();
        for segment in segments {
            let name = name_of(segment);
            match self.past.iter().find(|(known, _)| *known == name) {
                Some((_, courses)) => {
                    for course in courses.iter() {
                        self.past_happened.extend(&course.happened);
                    }
                }
                None => {
                    let (from, to) = extent(segment);
                    for mark in 0..=MARKS {
                        let at = from + (to - from) / MARKS * mark;
                        self.past_happened.push(at.div_euclid(BUCKET));
                    }
                }
            }
        }
        self.past_happened.sort_unstable();
        self.past_happened.dedup();
    }

    /// Facts say why somebody waited; records say only that they did.
    fn hear(&mut self, pipeline: PipelineId, recent: &[&Fact]) {
        let fresh = recent
            .iter()
            .take_while(|fact| fact.sequence > self.heard)
            .count();
        for fact in recent.iter().take(fresh).rev() {
            if let Event::ExecutionWaits {
                execution,
                stage,
                reason,
            } = &fact.event
                && execution.pipeline == pipeline
            {
                let gate = matches!(reason, Reason::TransitionDisabled { .. });
                self.waits.insert((execution.number, *stage), gate);
            }
        }
        while self.waits.len() > MOST_WAITS {
            self.waits.pop_first();
        }
        self.heard = recent.first().map_or(self.heard, |fact| fact.sequence);
    }

    /// The courses of a segment, if it was read.
    pub fn find(&mut self, name: SegmentName) -> Option<Rc<[Course]>> {
        let place = self.past.iter().rposition(|(known, _)| *known == name)?;
        let entry = self.past.remove(place);
        let courses = Rc::clone(&entry.1);
        self.past.push(entry);
        Some(courses)
    }

    /// Reads the segment that is needed most. Says whether one was read.
    pub fn read(&mut self, world: &World, pipeline: &Pipeline) -> bool {
        let mut wanted = std::mem::take(&mut self.wanted).into_iter();
        let history = &pipeline.history;
        let Some((name, segment)) = wanted.find_map(|name| {
            let segments = history.segments().iter();
            let mut named = segments.filter(|segment| name_of(segment) == name);
            Some((name, named.next()?))
        }) else {
            return false;
        };
        self.wanted = wanted.collect();
        let courses: Rc<[Course]> = history
            .executions(segment)
            .iter()
            .map(|execution| course(world, pipeline, execution, &self.waits))
            .collect();
        self.past.push((name, courses));
        let weight = |past: &[(SegmentName, Rc<[Course]>)]| -> usize {
            let courses = past.iter().flat_map(|(_, courses)| courses.iter());
            courses.map(|course| course.spans.len()).sum()
        };
        while self.past.len() > MOST_SEGMENTS
            || (self.past.len() > 1 && weight(&self.past) > MOST_SPANS)
        {
            self.past.remove(0);
        }
        self.generation += 1;
        self.look_back(pipeline);
        true
    }
}
