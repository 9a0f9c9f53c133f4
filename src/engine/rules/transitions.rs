//! Stage transitions: the gate in front of a stage (execution.md §3).

use std::rc::Rc;

use super::scheduler;
use crate::{
    engine::{
        decision::Decision,
        fact::Event,
        ids::{ExecutionId, PipelineId},
        time::DAY,
    },
    model::ExecutionMode,
};

/// TR-10: a transition that was disabled for longer no longer lets those in that wait in front of it.
pub const EXPIRES: i64 = 30 * DAY;

/// TR-3, TR-12: closes the gate in front of a stage of the current version, or gives a closed one another reason.
pub fn disable(
    decision: &mut Decision,
    pipeline: PipelineId,
    stage: u16,
    reason: Rc<str>,
    by: Rc<str>,
) {
    decision.record(Event::TransitionDisabled {
        pipeline,
        stage,
        reason,
        by,
    });
}

/// TR-7, TR-10, TR-12: opens the gate and lets in who may enter. An open gate stays as it is.
pub fn enable(decision: &mut Decision, pipeline: PipelineId, stage: u16, by: Rc<str>) {
    let record = decision.pipeline(pipeline);
    let Some(state) = record.stages.get(usize::from(stage)) else {
        return;
    };
    let Some((_, since)) = &state.transition.disabled else {
        return;
    };
    let expired = decision.now().since(*since) > EXPIRES;
    decision.record(Event::TransitionEnabled {
        pipeline,
        stage,
        by,
        expired,
    });
    let record = decision.pipeline(pipeline);
    if record.current().plan.mode == ExecutionMode::Parallel {
        // PA-8: everybody who waits goes on, each in its own version, unless the gate was closed for too long (TR-10).
        let waiting: Vec<u32> = record
            .stages
            .get(usize::from(stage))
            .into_iter()
            .flat_map(|state| state.waiting.iter().copied())
            .filter(|number| {
                let execution = record.executions.get(number);
                execution.is_some_and(|execution| !execution.inert())
            })
            .collect();
        for number in waiting {
            scheduler::release(decision, ExecutionId { pipeline, number });
        }
    } else {
        scheduler::try_admit(decision, pipeline, stage);
    }
}
