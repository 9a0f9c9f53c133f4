//! RetryStageExecution.

use super::lookup;
use crate::{
    engine::{
        decision::Decision,
        ids::ExecutionId,
        rules::{archive, retry, start},
        world::World,
    },
    model::{
        ActionExecutionStatus, ApiError, ErrorCode, ExecutionMode, PipelineExecutionStatus,
        RetryStageExecutionInput, RetryStageExecutionOutput, RetryTrigger, StageExecutionStatus,
        StageRetryMode,
    },
};

/// RE-1 to RE-8: the same execution goes on from the stage where it failed or was stopped.
pub fn retry(
    decision: &mut Decision,
    input: RetryStageExecutionInput,
) -> Result<RetryStageExecutionOutput, ApiError> {
    let (id, stage) = check(decision, &input)?;
    archive::recall(decision, id);
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

/// Which execution goes on in which stage.
///
/// # Errors
/// Why it may not.
pub fn check(
    world: &World,
    input: &RetryStageExecutionInput,
) -> Result<(ExecutionId, u16), ApiError> {
    let pipeline = lookup::pipeline_to_change(world, &input.pipeline_name)?;
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
    let number = lookup::execution(world, pipeline, uuid).map_err(|_| not_latest())?;
    // Executions of PARALLEL mode become history as soon as they have ended, and go on from there (PA-8).
    let execution = pipeline.execution(number).ok_or_else(not_latest)?;
    let latest = pipeline
        .stages
        .get(usize::from(stage))
        .and_then(|state| state.latest);
    let passed = execution.mode != ExecutionMode::Parallel && latest != Some(number);
    // Who came after a rollback may have started before it (RB-8).
    let was_here = execution.version == pipeline.version() && execution.stage_run(stage).is_some();
    let newer = latest.is_some_and(|latest| latest > number)
        || execution.status == PipelineExecutionStatus::Superseded;
    if passed && (was_here || newer) {
        // SU-5, RE-7: somebody came here later.
        return Err(not_latest());
    }
    if execution.version != pipeline.version() {
        return Err(not_retryable("the pipeline has changed since"));
    }
    if passed {
        // SP-15, RE-6: it came no further than the front of the stage.
        return Err(not_retryable("the execution never entered it"));
    }
    let Some(run) = execution.stages.last().filter(|run| run.stage == stage) else {
        return Err(not_retryable("the execution is not there any more"));
    };
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
        StageExecutionStatus::InProgress
            if failed > 0 && execution.running_condition().is_some() =>
        {
            // CO-12: what the failure leads to is being decided.
            return Err(conflict("its failure condition is being evaluated"));
        }
        StageExecutionStatus::InProgress if failed > 0 => {}
        StageExecutionStatus::InProgress if !run.retries.is_none() => {
            return Err(conflict("another retry is in progress"));
        }
        StageExecutionStatus::Stopping => return Err(not_retryable("it is being stopped")),
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
    Ok((id, stage))
}
