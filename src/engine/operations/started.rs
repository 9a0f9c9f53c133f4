//! Lists of what executions started, newest first: action executions and rule executions (LA-1 to LA-3, CO-32).

use std::{cmp::Reverse, fmt};

use crate::{
    engine::{
        rules::archive::kept_from,
        time::Instant,
        world::{World, execution::Execution, history::Segment, pipeline::Pipeline},
    },
    model::{ApiError, ErrorCode, LatestInPipelineExecutionFilter, StartTimeRange},
};

/// Where a row stands in the list: newest start first, then the newer execution, then the later start in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    at: Instant,
    execution: u32,
    ordinal: u32,
}

impl Place {
    /// The place of what an execution started.
    pub fn new(at: Instant, execution: u32, ordinal: u32) -> Self {
        Self {
            at,
            execution,
            ordinal,
        }
    }

    /// Reads a place out of a token that this list has issued.
    pub fn parse(position: &str) -> Self {
        let mut parts = position.split(' ');
        Self {
            at: Instant(number(parts.next())),
            execution: number(parts.next()),
            ordinal: number(parts.next()),
        }
    }
}

fn number<N: std::str::FromStr + Default>(part: Option<&str>) -> N {
    part.and_then(|part| part.parse().ok()).unwrap_or_default()
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.at.0, self.execution, self.ordinal)
    }
}

/// LA-2: which execution a filter means, and whether only the last attempts of it are wanted.
///
/// # Errors
/// ValidationException where both members of the filter are given.
pub fn wanted(
    execution: Option<String>,
    latest: Option<LatestInPipelineExecutionFilter>,
) -> Result<(Option<String>, bool), ApiError> {
    match (execution, latest) {
        (Some(_), Some(_)) => Err(ApiError::new(
            ErrorCode::ValidationException,
            "Only one of pipelineExecutionId and latestInPipelineExecution can be specified in the filter",
        )),
        (Some(id), None) => Ok((Some(id), false)),
        (None, Some(latest)) => Ok((
            Some(latest.pipeline_execution_id),
            latest.start_time_range == StartTimeRange::Latest,
        )),
        (None, None) => Ok((None, false)),
    }
}

/// The rows of a page as they are found.
pub struct Rows<T> {
    before: Option<Place>,
    size: usize,
    found: Vec<(Place, T)>,
}

impl<T> Rows<T> {
    /// No row yet, of a page of this size that begins after a place.
    pub fn new(before: Option<Place>, size: usize) -> Self {
        Self {
            before,
            size,
            found: vec![],
        }
    }

    /// Whether a row at this place belongs behind the page before.
    pub fn wants(&self, place: Place) -> bool {
        self.before.is_none_or(|before| place < before)
    }

    /// Adds a row.
    pub fn put(&mut self, place: Place, row: T) {
        self.found.push((place, row));
    }

    /// Visits every execution of a pipeline that can have a row of this page, and only segments that matter.
    ///
    /// What an execution starts begins after it does. So once the page is full of rows that began after the start of
    /// an execution, no older execution can add to it, unless it was under way as long as that: live ones are all
    /// looked at, and a segment says when the latest row in it began.
    pub fn gather(
        &mut self,
        world: &World,
        pipeline: &Pipeline,
        matters: impl Fn(&Segment) -> bool,
        mut visit: impl FnMut(&Execution, &mut Self),
    ) {
        let kept = kept_from(world.now);
        for execution in pipeline.executions.values() {
            visit(execution, self);
        }
        let segments = pipeline.history.segments().iter();
        let mut segments: Vec<_> = segments.filter(|segment| matters(segment)).collect();
        segments.sort_by_key(|segment| Reverse(segment.latest_action));
        for segment in segments {
            self.sort();
            let full = self
                .found
                .get(self.size)
                .is_some_and(|(place, _)| place.at > segment.latest_action);
            if full || segment.latest_start < kept {
                break;
            }
            self.found.truncate(self.size + 1);
            for execution in pipeline.history.executions(segment).iter() {
                visit(execution, self);
            }
        }
    }

    fn sort(&mut self) {
        self.found.sort_by_key(|(place, _)| Reverse(*place));
    }

    /// The page, and the place of its last row where more follow.
    pub fn page(mut self) -> (Vec<T>, Option<Place>) {
        self.sort();
        let more = self.found.len() > self.size;
        self.found.truncate(self.size);
        let last = self.found.last().filter(|_| more).map(|(place, _)| *place);
        (self.found.into_iter().map(|(_, row)| row).collect(), last)
    }
}
