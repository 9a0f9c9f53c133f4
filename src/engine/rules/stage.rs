//! Inside a stage: its conditions, run order, parallel actions, the end of a stage (execution.md §4.1, §6.2, §8.4, LC-10
//! to LC-12).

use std::rc::Rc;

use crate::{
    engine::{
        decision::Decision,
        declaration::ConditionPlace,
        ids::ExecutionId,
        reason::Reason,
        rules::{action, conditions, retry, scheduler},
        world::{execution::Execution, plan::Plan},
    },
    model::{
        ActionExecutionStatus, ConditionExecutionStatus, ConditionResult, ExecutionMode,
        RetryTrigger, StageExecutionStatus, StageRetryMode,
    },
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
            Step::Ask(place) => conditions::begin(decision, id, stage, place),
            Step::Retry(mode) => {
                let by_itself = RetryTrigger::AutomatedStageRetry;
                retry::again(decision, id, stage, mode, by_itself);
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
    /// Actions or the rules of a condition are under way.
    Wait,
    /// This condition is evaluated.
    Ask(ConditionPlace),
    /// RE-13: it is run again, without having been over.
    Retry(StageRetryMode),
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
        .in_stage(stage)
        .filter(|(_, attempt)| attempt.running())
        .count();
    let asked = execution.running_condition().is_some();

    // SP-2: nothing further starts once somebody stopped it; what runs is let finish. A stop is never undone by an
    // update (LC-9).
    if let Some(stop) = &execution.stop {
        // SP-12: so is a condition, whatever it comes to.
        return if running > 0 || asked {
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
    if asked {
        return Step::Wait;
    }
    if let Some(step) = held_to(execution, &plan, stage, ConditionPlace::BeforeEntry) {
        return step;
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
                after_failure(execution, &plan, stage, action)
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
    held_to(execution, &plan, stage, ConditionPlace::OnSuccess).unwrap_or(Step::End(
        StageExecutionStatus::Succeeded,
        Reason::AllActionsSucceeded,
    ))
}

/// CO-10, CO-11, CO-14 to CO-18: what the condition at a place makes of the stage; `None` when the stage goes on past
/// it. A ROLLBACK execution is held to none (RB-9).
fn held_to(execution: &Execution, plan: &Plan, stage: u16, place: ConditionPlace) -> Option<Step> {
    if execution.rollback.is_some() {
        return None;
    }
    let condition = plan.condition(stage, place)?;
    let Some((_, run)) = execution.counting_condition(stage, place) else {
        return Some(Step::Ask(place));
    };
    if run.lets_pass() {
        return None;
    }
    let result = condition.result.unwrap_or(ConditionResult::Fail);
    let status = match result {
        ConditionResult::Skip => StageExecutionStatus::Skipped,
        ConditionResult::Fail | ConditionResult::Rollback | ConditionResult::Retry => {
            StageExecutionStatus::Failed
        }
    };
    Some(Step::End(status, Reason::ConditionFailed { place, result }))
}

/// CO-12, RE-13, RE-14: an action of the stage failed and none runs any more. The stage is tried again by itself, once;
/// or asks its condition what to do; or fails. Whether a failed stage is rolled back is decided when it is over.
fn after_failure(execution: &Execution, plan: &Plan, stage: u16, action: u16) -> Step {
    let over = Step::End(
        StageExecutionStatus::Failed,
        Reason::ActionFailed { action },
    );
    let on_failure = plan.stage(stage).on_failure.as_ref();
    let Some(on_failure) = on_failure.filter(|_| execution.rollback.is_none()) else {
        return over;
    };
    let tried = execution
        .stage_run(stage)
        .is_some_and(|run| run.retries.automatic > 0);
    let condition = plan.condition(stage, ConditionPlace::OnFailure);
    let result = match condition {
        None => on_failure.result,
        // RE-14: nothing is left to be decided.
        Some(condition) if tried && condition.result == Some(ConditionResult::Retry) => None,
        Some(condition) => {
            match execution.counting_condition(stage, ConditionPlace::OnFailure) {
                None => return Step::Ask(ConditionPlace::OnFailure),
                // CO-19: met, so its result counts.
                Some((_, run)) if run.status == ConditionExecutionStatus::Succeeded => {
                    condition.result
                }
                Some(_) => None,
            }
        }
    };
    if result == Some(ConditionResult::Retry) && !tried {
        // RE-13: what failed, unless something else is said.
        let mode = on_failure
            .retry_configuration
            .as_ref()
            .and_then(|configuration| configuration.retry_mode);
        return Step::Retry(mode.unwrap_or(StageRetryMode::FailedActions));
    }
    over
}
