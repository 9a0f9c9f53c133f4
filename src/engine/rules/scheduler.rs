//! The line: boundaries, locks, queues (execution.md §1.6, §2, §3). The reference scheduler, function by function.

use crate::{
    engine::{
        decision::Decision,
        fact::Event,
        ids::ExecutionId,
        reason::Reason,
        rules::{rollback, stage},
        world::execution::Position,
    },
    model::{ExecutionMode, PipelineExecutionStatus, StageExecutionStatus},
};

/// An execution reaches the boundary of a stage: it has just been accepted, or has finished the stage before.
pub fn arrive(decision: &mut Decision, id: ExecutionId, index: u16) {
    let pipeline = decision.pipeline(id.pipeline);
    let execution = decision.execution(id);
    let mode = execution.mode;
    let Some(state) = pipeline.stage_state(execution.version, index) else {
        // Only a leftover of PARALLEL mode can come here: its stage is gone from the newer version, and nothing
        // there can hold it (PA-9, MO-6).
        enter(decision, id, index);
        return;
    };
    let open = state.transition.disabled.is_none();
    let foreign = mode != pipeline.current().plan.mode;
    if mode == ExecutionMode::Parallel {
        if open || foreign {
            enter(decision, id, index);
        } else {
            wait(decision, id, index);
        }
        return;
    }
    if mode == ExecutionMode::Superseded {
        // SU-1: whoever waits here is older (nobody overtakes in front of a stage) and loses its place.
        let older: Vec<u32> = state.waiting.iter().copied().collect();
        for number in older {
            debug_assert!(
                number < id.number,
                "SU-1: an older execution cannot supersede a newer one"
            );
            decision.record(Event::ExecutionEnded {
                execution: ExecutionId {
                    pipeline: id.pipeline,
                    number,
                },
                status: PipelineExecutionStatus::Superseded,
                reason: Reason::SupersededBy { by: id.number },
            });
        }
    }
    let execution = decision.execution(id);
    let free = decision
        .pipeline(id.pipeline)
        .stage_state(execution.version, index)
        .is_some_and(|state| {
            state.holder.is_none()
                && state.transition.disabled.is_none()
                && state.waiting.is_empty()
        });
    if free {
        enter(decision, id, index);
        return;
    }
    wait(decision, id, index);
    // TR-10: its arrival may have set those in motion that an expired gate had left behind.
    let version = decision.execution(id).version;
    if let Some(current) = decision.pipeline(id.pipeline).current_stage(version, index) {
        try_admit(decision, id.pipeline, current);
    }
}

/// Records that an execution cannot go on, with what holds it: the gate before the lock, the lock before the queue.
fn wait(decision: &mut Decision, id: ExecutionId, index: u16) {
    let pipeline = decision.pipeline(id.pipeline);
    let version = decision.execution(id).version;
    let reason =
        pipeline
            .stage_state(version, index)
            .map_or(Reason::LockHeld { by: id.number }, |state| {
                if state.transition.disabled.is_some() {
                    let since = state
                        .transition
                        .changed
                        .as_ref()
                        .map_or(decision.now(), |(_, at)| *at);
                    Reason::TransitionDisabled { since }
                } else if let Some(ahead) = state.waiting.back() {
                    Reason::BehindOthers { ahead: *ahead }
                } else {
                    Reason::LockHeld {
                        by: state.holder.unwrap_or(id.number),
                    }
                }
            });
    decision.record(Event::ExecutionWaits {
        execution: id,
        stage: index,
        reason,
    });
}

/// MO-4: the obstacle in front of a stage may be gone; the first who may enters.
pub fn try_admit(decision: &mut Decision, pipeline: crate::engine::ids::PipelineId, index: u16) {
    let record = decision.pipeline(pipeline);
    let Some(state) = record.stages.get(usize::from(index)) else {
        return;
    };
    if state.holder.is_some() || state.transition.disabled.is_some() {
        return;
    }
    let head = state.waiting.iter().copied().find(|number| {
        let waiting = record.executions.get(number);
        waiting.is_some_and(|execution| execution.active() && !execution.inert())
    });
    let Some(number) = head else {
        return;
    };
    enter(decision, ExecutionId { pipeline, number }, index);
}

/// PA-8, MO-6: an execution of PARALLEL mode that waited for a gate alone goes in.
pub fn release(decision: &mut Decision, id: ExecutionId) {
    if let Position::Boundary { stage, .. } = decision.execution(id).position {
        enter(decision, id, stage);
    }
}

/// LC-10: an execution takes the lock of a stage, and its first actions start, or its entry condition is asked.
pub fn enter(decision: &mut Decision, id: ExecutionId, index: u16) {
    decision.record(Event::StageEntered {
        execution: id,
        stage: index,
    });
    stage::begin(decision, id, index);
}

/// LC-16: a stage has ended for an execution. The leaver goes on before its follower enters (SCH-1).
pub fn leave(
    decision: &mut Decision,
    id: ExecutionId,
    index: u16,
    status: StageExecutionStatus,
    reason: Reason,
) {
    let execution = decision.execution(id);
    let version = execution.version;
    let cancelled = execution.cancelled_by;
    let rollback = execution.rollback.as_ref().map(|rollback| rollback.target);
    let last = index + 1 == decision.pipeline(id.pipeline).plan(version).stage_count();
    decision.record(Event::StageEnded {
        execution: id,
        stage: index,
        status,
        reason: reason.clone(),
    });
    let ended = |status, reason| Event::ExecutionEnded {
        execution: id,
        status,
        reason,
    };
    match (status, cancelled) {
        (StageExecutionStatus::Stopped, _) => {
            let abandon = decision
                .execution(id)
                .stop
                .as_ref()
                .is_some_and(|stop| stop.abandon);
            decision.record(ended(
                PipelineExecutionStatus::Stopped,
                Reason::Stopped { abandon },
            ));
        }
        (_, Some(version)) => {
            decision.record(ended(
                PipelineExecutionStatus::Cancelled,
                Reason::PipelineUpdated { version },
            ));
        }
        (StageExecutionStatus::Succeeded, None) if let Some(target) = rollback => {
            decision.record(ended(
                PipelineExecutionStatus::Succeeded,
                Reason::RolledBack { target },
            ));
        }
        (StageExecutionStatus::Succeeded | StageExecutionStatus::Skipped, None) if last => {
            decision.record(ended(
                PipelineExecutionStatus::Succeeded,
                Reason::LastStageSucceeded,
            ));
        }
        (StageExecutionStatus::Succeeded | StageExecutionStatus::Skipped, None) => {
            arrive(decision, id, index + 1)
        }
        _ => {
            decision.record(ended(
                PipelineExecutionStatus::Failed,
                Reason::StageFailed { stage: index },
            ));
            // RB-15: before anybody who waits gets the lock.
            rollback::after_failure(decision, id, index, &reason);
        }
    }
    if let Some(current) = decision.pipeline(id.pipeline).current_stage(version, index) {
        try_admit(decision, id.pipeline, current);
    }
}
