//! Lists of what executions started, newest first: action executions and rule executions (LA-1 to LA-3, CO-32).

use std::{cmp::Reverse, fmt, rc::Rc};

use crate::{
    engine::{
        rules::archive::kept_from,
        time::Instant,
        world::{
            World,
            execution::Execution,
            history::{Began, Recorded},
            pipeline::Pipeline,
        },
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

/// The rows of a page as they are found: where each stands, and whose it is. What a row shows is worked out when the
/// page is known, because most of what is found is on no page.
pub struct Rows<'a> {
    before: Option<Place>,
    size: usize,
    found: Vec<(Place, Recorded<'a>)>,
}

impl<'a> Rows<'a> {
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
    pub fn put(&mut self, place: Place, execution: &Recorded<'a>) {
        self.found.push((place, execution.clone()));
    }

    /// Visits every execution of a pipeline that can have a row of this page, and only segments that have such rows.
    ///
    /// Live executions are all looked at: they are few. Segments come by the latest row in them, so once the page is
    /// full of later ones, no further segment can add to it; and those in which everything began after the page does
    /// are not even looked at.
    pub fn gather(
        &mut self,
        world: &World,
        pipeline: &'a Pipeline,
        what: Began,
        mut visit: impl FnMut(&Recorded<'a>, &mut Self),
    ) {
        let kept = kept_from(world.now);
        for execution in pipeline.executions.values() {
            visit(&Recorded::Live(execution), self);
        }
        let from = self
            .before
            .map_or(Instant(i64::MAX), |before| before.at.after(1));
        for segment in pipeline.history.begun_before(what, from) {
            if segment.latest_start < kept {
                continue;
            }
            self.keep_newest();
            let full = self
                .found
                .get(self.size)
                .is_some_and(|(place, _)| place.at > segment.latest_action);
            if full {
                break;
            }
            let executions = pipeline.history.executions(segment);
            for place in 0..executions.len() {
                visit(&Recorded::Past(Rc::clone(&executions), place), self);
            }
        }
    }

    /// Sorts, and forgets what this page cannot show; one more stays, to know whether more follow.
    fn keep_newest(&mut self) {
        let newer = |(place, _): &(Place, Recorded)| Reverse(*place);
        let most = self.size.saturating_add(1);
        if self.found.len() > most {
            self.found.select_nth_unstable_by_key(most, newer);
            self.found.truncate(most);
        }
        self.found.sort_unstable_by_key(newer);
    }

    /// The page, and the place of its last row where more follow.
    pub fn page<T>(
        mut self,
        show: impl Fn(&Execution, u32) -> Option<T>,
    ) -> (Vec<T>, Option<Place>) {
        self.keep_newest();
        let more = self.found.len() > self.size;
        self.found.truncate(self.size);
        let last = self.found.last().filter(|_| more).map(|(place, _)| *place);
        let rows = self.found.iter();
        let shown = rows.filter_map(|(place, execution)| show(execution, place.ordinal));
        (shown.collect(), last)
    }
}
