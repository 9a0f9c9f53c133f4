//! Retention: finished executions move into the history, and out of it after 12 months (TO-5). One that goes on comes
//! back (PA-8).

use crate::engine::{
    decision::Decision,
    fact::Event,
    ids::{ExecutionId, PipelineId},
    time::{DAY, Instant},
    world::{HistoryOption, history::SEGMENT_EXECUTIONS},
};

/// TO-5: how long an execution is kept after its start: 12 months.
pub const RETENTION: i64 = 365 * DAY;

/// The earliest start that is still kept.
#[must_use]
pub fn kept_from(now: Instant) -> Instant {
    now.after(-RETENTION)
}

/// Seals a segment once enough executions have finished, so that the live state stays small. Cheap when there is
/// nothing to do: a comparison.
pub fn tidy(decision: &mut Decision, pipeline: PipelineId) {
    let Some(record) = decision.pipelines.get(&pipeline) else {
        return;
    };
    let batch = if decision.options.history == HistoryOption::Full {
        SEGMENT_EXECUTIONS
    } else {
        1
    };
    if (record.ended as usize) < batch {
        return;
    }
    // Whatever a stage shows stays; more than this many can be neither shown nor under way.
    let shown = record
        .stages
        .iter()
        .map(|stage| 2 + stage.actions.len())
        .sum::<usize>();
    if (record.ended as usize) < batch + shown.min(2 * record.stages.len() + batch) {
        return;
    }
    let finished: Vec<u32> = record
        .executions
        .values()
        .filter(|execution| !execution.active() && !record.shows(execution.number))
        .map(|execution| execution.number)
        .take(batch.max(SEGMENT_EXECUTIONS))
        .collect();
    if finished.len() < batch {
        return;
    }
    decision.record(Event::ExecutionsArchived {
        pipeline,
        executions: finished,
    });
    let kept_from = kept_from(decision.now());
    let old: Vec<u64> = decision
        .pipeline(pipeline)
        .history
        .segments()
        .iter()
        // In the order of their latest execution, and so of its start.
        .take_while(|segment| segment.latest_start < kept_from)
        .map(|segment| segment.id)
        .collect();
    if !old.is_empty() {
        decision.record(Event::HistoryDropped {
            pipeline,
            segments: old,
        });
    }
}

/// Brings an execution back from the history, because something is about to happen to it. Nothing where it is live.
pub fn recall(decision: &mut Decision, execution: ExecutionId) {
    let live = &decision.pipeline(execution.pipeline).executions;
    if !live.contains_key(&execution.number) {
        decision.record(Event::ExecutionRecalled { execution });
    }
}
