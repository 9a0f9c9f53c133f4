//! Running a failed or stopped stage again (execution.md §6).

use super::stage;
use crate::{
    engine::{decision::Decision, fact::Event, ids::ExecutionId},
    model::{ActionExecutionStatus, RetryTrigger, StageRetryMode},
};

/// RE-2, RE-3, RE-9: the execution takes the lock of the stage again, and what did not succeed (or everything) runs
/// once more. Attempts that are repeated stay in the history and no longer count.
pub fn retry(
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
    decision.record(Event::StageRetried {
        execution: id,
        stage,
        trigger,
        dismissed,
    });
    stage::go_on(decision, id, stage);
}
