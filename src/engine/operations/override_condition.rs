//! OverrideStageCondition.

use super::lookup;
use crate::{
    engine::{
        decision::Decision,
        declaration::ConditionPlace,
        ids::ExecutionId,
        rules::{archive, conditions, start},
        world::World,
    },
    model::{
        ApiError, ConditionExecutionStatus, ConditionResult, ConditionType, ErrorCode,
        ExecutionMode, OverrideStageConditionInput, StageExecutionStatus,
    },
};

/// CO-27 to CO-30: an execution goes on past a condition that is being evaluated, or that it failed.
pub fn override_condition(
    decision: &mut Decision,
    input: OverrideStageConditionInput,
) -> Result<(), ApiError> {
    let (id, stage, index) = check(decision, &input)?;
    archive::recall(decision, id);
    conditions::override_condition(decision, id, stage, index);
    Ok(())
}

/// Which execution goes past which evaluation of a condition of which stage.
///
/// # Errors
/// Why it may not.
pub fn check(
    world: &World,
    input: &OverrideStageConditionInput,
) -> Result<(ExecutionId, u16, u32), ApiError> {
    let pipeline = lookup::pipeline_to_change(world, &input.pipeline_name)?;
    let (uuid, name) = (&input.pipeline_execution_id, &input.stage_name);
    let stage = lookup::stage(pipeline, name)?;
    let place = match input.condition_type {
        ConditionType::BeforeEntry => ConditionPlace::BeforeEntry,
        ConditionType::OnSuccess => ConditionPlace::OnSuccess,
    };
    let not_overridable = |why: &str| {
        ApiError::new(
            ErrorCode::ConditionNotOverridableException,
            format!(
                "The {} condition of stage '{name}' cannot be overridden: {why}",
                place.member()
            ),
        )
    };
    let not_latest = || {
        ApiError::new(
            ErrorCode::NotLatestPipelineExecutionException,
            format!(
                "The pipeline execution '{uuid}' is not the latest execution of stage '{name}'"
            ),
        )
    };
    let conflict = |why: &str| {
        ApiError::new(
            ErrorCode::ConflictException,
            format!(
                "The {} condition of stage '{name}' cannot be overridden now: {why}",
                place.member()
            ),
        )
    };
    let number = lookup::execution(world, pipeline, uuid).map_err(|_| not_latest())?;
    // PA-8: one of PARALLEL mode becomes history as soon as it has ended, and goes on from there.
    let execution = pipeline.execution(number).ok_or_else(not_latest)?;
    let condition = pipeline.current().plan.condition(stage, place);
    let Some(condition) = condition else {
        return Err(not_overridable("the stage has no such condition"));
    };
    // CO-16.
    if condition.result == Some(ConditionResult::Skip) {
        return Err(not_overridable("a skip cannot be overridden"));
    }
    let of_this_version = execution.version == pipeline.version();
    let evaluation = execution
        .counting_condition(stage, place)
        .filter(|_| of_this_version);
    let failed = |status| {
        matches!(
            status,
            ConditionExecutionStatus::Failed | ConditionExecutionStatus::Errored
        )
    };
    if let Some((_, run)) = evaluation
        && failed(run.status)
        && condition.result == Some(ConditionResult::Rollback)
    {
        return Err(not_overridable("it has asked for a rollback"));
    }
    let state = pipeline.stages.get(usize::from(stage));
    let latest = state.and_then(|state| state.latest);
    if execution.mode != ExecutionMode::Parallel && latest != Some(number) {
        let rolls_back = state
            .and_then(|state| pipeline.executions.get(&state.holder?))
            .is_some_and(|holder| holder.rollback.is_some());
        return Err(if rolls_back {
            conflict("the stage is being rolled back")
        } else {
            not_latest()
        });
    }
    if !of_this_version {
        return Err(conflict("the pipeline has changed since"));
    }
    let run = execution.stages.last().filter(|run| run.stage == stage);
    let Some((run, (index, evaluation))) = run.zip(evaluation) else {
        let retried = run.is_some_and(|run| {
            run.status == StageExecutionStatus::InProgress && !run.retries.is_none()
        });
        return Err(if retried {
            conflict("the stage is being retried")
        } else {
            not_overridable("it is not being evaluated")
        });
    };
    if execution.stop.is_some() {
        return Err(conflict("the execution was stopped"));
    }
    match evaluation.status {
        ConditionExecutionStatus::InProgress => {}
        status if failed(status) && run.status == StageExecutionStatus::Failed => {}
        ConditionExecutionStatus::Overridden => {
            return Err(not_overridable("it is overridden already"));
        }
        _ => return Err(not_overridable("it does not hold the execution up")),
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
    Ok((id, stage, index))
}
