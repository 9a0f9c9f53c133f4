//! Running a failed or stopped stage again (execution.md §6).

use super::stage;
use crate::{
    engine::{decision::Decision, declaration::ConditionPlace, fact::Event, ids::ExecutionId},
    model::{ActionExecutionStatus, RetryTrigger, StageRetryMode},
};

/// A caller's retry: the stage is run again at once.
pub fn retry(
    decision: &mut Decision,
    id: ExecutionId,
    stage: u16,
    mode: StageRetryMode,
    trigger: RetryTrigger,
) {
    again(decision, id, stage, mode, trigger);
    stage::go_on(decision, id, stage);
}

/// RE-2, RE-3, RE-9: the execution takes the lock of the stage again, and what did not succeed (or everything) runs
/// once more. Attempts that are repeated stay in the history and no longer count, nor do the conditions that are asked
/// again (CO-33). What starts is the stage's business.
pub fn again(
    decision: &mut Decision,
    id: ExecutionId,
    stage: u16,
    mode: StageRetryMode,
    trigger: RetryTrigger,
) {
    let execution = decision.execution(id);
    let dismissed = execution
        .numbered()
        .filter(|(_, attempt)| attempt.stage == stage && !attempt.dismissed)
        .filter(|(_, attempt)| match mode {
            StageRetryMode::AllActions => true,
            StageRetryMode::FailedActions => matches!(
                attempt.status,
                ActionExecutionStatus::Failed | ActionExecutionStatus::Abandoned
            ),
        })
        .map(|(ordinal, _)| ordinal)
        .collect();
    let conditions = (0_u32..)
        .zip(&execution.conditions)
        .filter(|(_, run)| run.stage == stage && !run.dismissed)
        .filter(|(_, run)| match mode {
            StageRetryMode::AllActions => true,
            StageRetryMode::FailedActions => {
                run.place != ConditionPlace::BeforeEntry || !run.lets_pass()
            }
        })
        .map(|(index, _)| index)
        .collect();
    decision.record(Event::StageRetried {
        execution: id,
        stage,
        trigger,
        dismissed,
        conditions,
    });
}
