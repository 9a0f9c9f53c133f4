//! UpdatePipeline and DeletePipeline while executions are under way (execution.md §12).

use std::rc::Rc;

use super::{action, conditions, scheduler, stage};
use crate::{
    engine::{
        decision::Decision,
        fact::Event,
        ids::{ActionExecutionId, ExecutionId, PipelineId},
        providers,
        reason::Reason,
        world::execution::{Ending, Position},
    },
    model::{
        ActionExecutionStatus, ConditionExecutionStatus, ExecutionMode, PipelineDeclaration,
        PipelineExecutionStatus,
    },
};

/// UP-1, UP-3: a new version is saved. Whoever waits is cancelled at once, whoever is inside a stage when its running
/// actions are done; PARALLEL executions go on in their own version (PA-9).
pub fn update(decision: &mut Decision, pipeline: PipelineId, declaration: PipelineDeclaration) {
    decision.record(Event::PipelineUpdated {
        pipeline,
        declaration: Rc::new(declaration),
    });
    let version = decision.pipeline(pipeline).version();
    let affected: Vec<(ExecutionId, Option<u16>)> = decision
        .pipeline(pipeline)
        .executions
        .values()
        .filter(|execution| {
            // LC-9: whoever is Stopping stays on its way to Stopped.
            execution.status == PipelineExecutionStatus::InProgress
                && execution.mode != ExecutionMode::Parallel
        })
        .map(|execution| {
            let id = ExecutionId {
                pipeline,
                number: execution.number,
            };
            match execution.position {
                Position::Inside { stage } => (id, Some(stage)),
                _ => (id, None),
            }
        })
        .collect();
    // Those who wait go first: a stage that becomes free below must not let one of them in.
    for (execution, _) in affected.iter().filter(|(_, inside)| inside.is_none()) {
        decision.record(Event::ExecutionEnded {
            execution: *execution,
            status: PipelineExecutionStatus::Cancelled,
            reason: Reason::PipelineUpdated { version },
        });
    }
    release_leftovers(decision, pipeline);
    for (execution, inside) in affected {
        let Some(inside) = inside else { continue };
        if decision.execution(execution).cancelled_by.is_none() {
            decision.record(Event::ExecutionCancelling { execution, version });
        }
        // UP-14: a condition is nothing to drain.
        conditions::cut_off(
            decision,
            execution,
            ConditionExecutionStatus::Cancelled,
            Reason::CutOffByUpdate { version },
        );
        abandon_approvals(decision, execution);
        stage::go_on(decision, execution, inside);
    }
}

/// MO-6, PA-9: executions of PARALLEL mode that wait at a gate which the new version does not have for them, because
/// the stage is gone or the mode is another, go on: they are part of nobody's queue.
fn release_leftovers(decision: &mut Decision, pipeline: PipelineId) {
    let record = decision.pipeline(pipeline);
    let parallel = record.current().plan.mode == ExecutionMode::Parallel;
    let leftovers: Vec<u32> = record
        .executions
        .values()
        .filter(|execution| execution.active() && execution.mode == ExecutionMode::Parallel)
        .filter(|execution| match execution.position {
            Position::Boundary { stage, .. } => {
                !parallel || record.stage_state(execution.version, stage).is_none()
            }
            _ => false,
        })
        .map(|execution| execution.number)
        .collect();
    for number in leftovers {
        scheduler::release(decision, ExecutionId { pipeline, number });
    }
}

/// UP-6: a pending approval would hold the drain for days; it is cut off.
fn abandon_approvals(decision: &mut Decision, id: ExecutionId) {
    let execution = decision.execution(id);
    let plan = Rc::clone(decision.pipeline(id.pipeline).plan(execution.version));
    let pending: Vec<u32> = execution
        .numbered()
        .filter(|(_, attempt)| {
            attempt.running()
                && providers::of(plan.action_plan(attempt.stage, attempt.action).kind)
                    .waits_for_a_person()
        })
        .map(|(ordinal, _)| ordinal)
        .collect();
    for ordinal in pending {
        action::end(
            decision,
            ActionExecutionId {
                execution: id,
                ordinal,
            },
            ActionExecutionStatus::Abandoned,
            Ending::default(),
        );
    }
}

/// UP-13: everything of the pipeline is gone; nothing is told to anybody.
pub fn delete(decision: &mut Decision, pipeline: PipelineId) {
    let name = decision.pipeline(pipeline).name().into();
    decision.record(Event::PipelineDeleted { pipeline, name });
}
