//! StopPipelineExecution.

use super::lookup;
use crate::{
    engine::{decision::Decision, ids::ExecutionId, rules::stop, world::World},
    model::{
        ApiError, ErrorCode, PipelineExecutionStatus, StopPipelineExecutionInput,
        StopPipelineExecutionOutput,
    },
};

/// SP-1 to SP-8.
pub fn stop(
    decision: &mut Decision,
    input: StopPipelineExecutionInput,
) -> Result<StopPipelineExecutionOutput, ApiError> {
    let id = check(decision, &input)?;
    let before = decision.execution(id).stop.as_ref();
    let reason = input.reason.filter(|reason| !reason.is_empty());
    let reason = reason.map_or_else(
        || before.and_then(|stop| stop.reason.clone()),
        |reason| Some(reason.into()),
    );
    stop::stop(decision, id, input.abandon.unwrap_or(false), reason);
    Ok(StopPipelineExecutionOutput {
        pipeline_execution_id: Some(input.pipeline_execution_id),
    })
}

/// Which execution is stopped.
///
/// # Errors
/// Why it may not.
pub fn check(world: &World, input: &StopPipelineExecutionInput) -> Result<ExecutionId, ApiError> {
    let pipeline = lookup::pipeline_to_change(world, &input.pipeline_name)?;
    let uuid = &input.pipeline_execution_id;
    // SP-8: an id that is not known is not in progress either; the operation has no other error for it.
    let execution = lookup::execution(world, pipeline, uuid)
        .ok()
        .and_then(|number| pipeline.executions.get(&number))
        .filter(|execution| execution.active());
    let Some(execution) = execution else {
        return Err(ApiError::new(
            ErrorCode::PipelineExecutionNotStoppableException,
            format!("The pipeline execution '{uuid}' is not in progress and cannot be stopped"),
        ));
    };
    let abandon = input.abandon.unwrap_or(false);
    // SP-6: once more only to abandon what a stop before it lets finish.
    let upgrade = abandon && execution.stop.as_ref().is_some_and(|stop| !stop.abandon);
    if execution.status == PipelineExecutionStatus::Stopping && !upgrade {
        return Err(ApiError::new(
            ErrorCode::DuplicatedStopRequestException,
            format!("The pipeline execution '{uuid}' is already being stopped"),
        ));
    }
    Ok(ExecutionId {
        pipeline: pipeline.id,
        number: execution.number,
    })
}
