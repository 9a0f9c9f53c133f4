//! Inside a stage: run order, parallel actions, the end of a stage (execution.md §4.1, LC-10 to LC-12).

use std::rc::Rc;

use crate::{
    engine::{
        decision::Decision,
        ids::ExecutionId,
        reason::Reason,
        rules::{action, scheduler},
    },
    model::{ActionExecutionStatus, ExecutionMode, StageExecutionStatus},
};

/// PA-3: how many actions of one execution may run at once in PARALLEL mode.
const PARALLEL_ACTIONS: usize = 5;

/// The stage was entered: its first group starts.
pub fn begin(decision: &mut Decision, id: ExecutionId, stage: u16) {
    go_on(decision, id, stage);
}

/// Something in the stage changed: starts what may start, ends the stage when nothing can go on. Harmless when
/// there is nothing to do.
pub fn go_on(decision: &mut Decision, id: ExecutionId, stage: u16) {
    loop {
        // What an action started may have ended the very execution it belongs to.
        let Some(execution) = decision
            .pipelines
            .get(&id.pipeline)
            .and_then(|pipeline| pipeline.executions.get(&id.number))
        else {
            return;
        };
        if !execution.active() || execution.inside() != Some(stage) {
            return;
        }
        let next = next_step(decision, id, stage);
        match next {
            Step::Wait => return,
            Step::Start(actions) => {
                for index in actions {
                    action::start(decision, id, stage, index);
                }
                // An action may fail while it starts, so look again.
            }
            Step::End(status, reason) => {
                scheduler::leave(decision, id, stage, status, reason);
                return;
            }
        }
    }
}

/// What a stage does next.
#[derive(Debug, PartialEq)]
enum Step {
    /// Actions are under way.
    Wait,
    /// These actions start.
    Start(Vec<u16>),
    /// The stage is over.
    End(StageExecutionStatus, Reason),
}

fn next_step(decision: &Decision, id: ExecutionId, stage: u16) -> Step {
    let execution = decision.execution(id);
    let plan = Rc::clone(decision.pipeline(id.pipeline).plan(execution.version));
    let latest = |index: u16| {
        execution
            .counting_attempt(stage, index)
            .map(|(_, attempt)| attempt.status)
    };
    let running = execution
        .actions
        .iter()
        .filter(|attempt| attempt.running())
        .count();

    // SP-2: nothing further starts once somebody stopped it; what runs is let finish. A stop is never undone by an
    // update (LC-9).
    if let Some(stop) = &execution.stop {
        return if running > 0 {
            Step::Wait
        } else {
            Step::End(
                StageExecutionStatus::Stopped,
                Reason::Stopped {
                    abandon: stop.abandon,
                },
            )
        };
    }
    // UP-3: nothing further starts once the pipeline was updated; what runs is let finish.
    if let Some(version) = execution.cancelled_by {
        return if running > 0 {
            Step::Wait
        } else {
            Step::End(
                StageExecutionStatus::Cancelled,
                Reason::PipelineUpdated { version },
            )
        };
    }
    for group in &plan.stage_plan(stage).groups {
        let failed = group.iter().copied().find(|index| {
            matches!(
                latest(*index),
                Some(ActionExecutionStatus::Failed | ActionExecutionStatus::Abandoned)
            )
        });
        if let Some(action) = failed {
            // ST-3, LC-12: the others of the group come to their own end first; later groups never start.
            return if running > 0 {
                Step::Wait
            } else {
                Step::End(
                    StageExecutionStatus::Failed,
                    Reason::ActionFailed { action },
                )
            };
        }
        let unstarted = group
            .iter()
            .copied()
            .filter(|index| latest(*index).is_none());
        let room = if execution.mode == ExecutionMode::Parallel {
            PARALLEL_ACTIONS.saturating_sub(running)
        } else {
            usize::MAX
        };
        let startable: Vec<u16> = unstarted.take(room).collect();
        if !startable.is_empty() {
            return Step::Start(startable);
        }
        // ST-2: the next group waits until every action of this one succeeded.
        if !group
            .iter()
            .all(|index| latest(*index) == Some(ActionExecutionStatus::Succeeded))
        {
            return Step::Wait;
        }
    }
    Step::End(StageExecutionStatus::Succeeded, Reason::AllActionsSucceeded)
}
