//! RetryStageExecution.

use super::lookup;
use crate::{
    engine::{
        decision::Decision,
        ids::ExecutionId,
        rules::{retry, start},
    },
    model::{
        ActionExecutionStatus, ApiError, ErrorCode, ExecutionMode, RetryStageExecutionInput,
        RetryStageExecutionOutput, RetryTrigger, StageExecutionStatus, StageRetryMode,
    },
};

/// RE-1 to RE-8: the same execution goes on from the stage where it failed or was stopped.
pub fn retry(
    decision: &mut Decision,
    input: RetryStageExecutionInput,
) -> Result<RetryStageExecutionOutput, ApiError> {
    let pipeline = lookup::pipeline_to_change(decision, &input.pipeline_name)?;
    let stage = lookup::stage(pipeline, &input.stage_name)?;
    let (uuid, name) = (&input.pipeline_execution_id, &input.stage_name);
    let not_latest = || {
        ApiError::new(
            ErrorCode::NotLatestPipelineExecutionException,
            format!(
                "The pipeline execution '{uuid}' is not the latest execution of stage '{name}'"
            ),
        )
    };
    let not_retryable = |why: &str| {
        ApiError::new(
            ErrorCode::StageNotRetryableException,
            format!("The stage '{name}' cannot be retried: {why}"),
        )
    };
    let conflict = |why: &str| {
        ApiError::new(
            ErrorCode::ConflictException,
            format!("The stage '{name}' cannot be retried now: {why}"),
        )
    };
    let number = lookup::execution(decision, pipeline, uuid).map_err(|_| not_latest())?;
    let Some(execution) = pipeline.executions.get(&number) else {
        // PA-8: only executions of PARALLEL mode leave the stages without a newer one in their place.
        let parallel = pipeline
            .execution(number)
            .is_some_and(|execution| execution.mode == ExecutionMode::Parallel);
        return Err(if parallel {
            not_retryable("the execution has become history")
        } else {
            not_latest()
        });
    };
    let parallel = execution.mode == ExecutionMode::Parallel;
    let latest = pipeline
        .stages
        .get(usize::from(stage))
        .and_then(|state| state.latest);
    if !parallel && latest != Some(number) {
        // SU-5, RE-6: somebody newer entered, or this one never did.
        return Err(not_latest());
    }
    if execution.version != pipeline.version() {
        return Err(not_retryable("the pipeline has changed since"));
    }
    let Some(run) = execution.stages.last().filter(|run| run.stage == stage) else {
        return Err(not_retryable("the execution is not there any more"));
    };
    if execution.running_condition().is_some() {
        return Err(conflict("a condition of it is being evaluated"));
    }
    let count = |status: ActionExecutionStatus| {
        let attempts = execution
            .numbered()
            .filter(|(_, attempt)| attempt.stage == stage);
        attempts
            .filter(|(_, attempt)| !attempt.dismissed && attempt.status == status)
            .count()
    };
    let running = count(ActionExecutionStatus::InProgress);
    let failed = count(ActionExecutionStatus::Failed) + count(ActionExecutionStatus::Abandoned);
    match run.status {
        StageExecutionStatus::Failed | StageExecutionStatus::Stopped => {}
        StageExecutionStatus::InProgress if failed > 0 => {}
        StageExecutionStatus::InProgress if !run.retries.is_none() => {
            return Err(conflict("another retry is in progress"));
        }
        _ => return Err(not_retryable("it has no failed actions")),
    }
    if input.retry_mode == StageRetryMode::AllActions && running > 0 {
        return Err(conflict("its actions are in progress"));
    }
    if input.retry_mode == StageRetryMode::FailedActions
        && run.status == StageExecutionStatus::Failed
        && failed == 0
    {
        // RE-8: it failed without a failed action, so there is nothing to repeat but everything.
        return Err(not_retryable("it has no failed actions"));
    }
    if !execution.active() && start::full(pipeline) {
        return Err(ApiError::new(
            ErrorCode::ConcurrentPipelineExecutionsLimitExceededException,
            format!(
                "The pipeline '{}' has the maximum number of concurrent executions ({})",
                input.pipeline_name,
                start::MOST_CONCURRENT
            ),
        ));
    }
    let id = ExecutionId {
        pipeline: pipeline.id,
        number,
    };
    retry::retry(
        decision,
        id,
        stage,
        input.retry_mode,
        RetryTrigger::ManualStageRetry,
    );
    Ok(RetryStageExecutionOutput {
        pipeline_execution_id: Some(input.pipeline_execution_id),
    })
}
