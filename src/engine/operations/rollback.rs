//! RollbackStage.

use super::lookup;
use crate::{
    engine::{
        decision::Decision,
        ids::PipelineId,
        rules::rollback,
        world::{
            World,
            execution::{Execution, Trigger},
        },
    },
    model::{
        ApiError, ErrorCode, ExecutionMode, PipelineType, RollbackStageInput, RollbackStageOutput,
        StageExecutionStatus, TriggerType,
    },
};

/// RB-1 to RB-7: one stage runs again, as an earlier execution brought it there.
pub fn roll_back(
    decision: &mut Decision,
    input: RollbackStageInput,
) -> Result<RollbackStageOutput, ApiError> {
    let (pipeline, stage, target) = check(decision, &input)?;
    let trigger = Trigger {
        kind: TriggerType::ManualRollback,
        detail: decision.options.caller_arn.as_str().into(),
    };
    let id = rollback::roll_back(decision, pipeline, stage, &target, trigger);
    Ok(RollbackStageOutput {
        pipeline_execution_id: decision.key().execution(id),
    })
}

/// Which stage of which pipeline runs again, as which execution brought it there.
///
/// # Errors
/// Why it may not.
pub fn check(
    world: &World,
    input: &RollbackStageInput,
) -> Result<(PipelineId, u16, Execution), ApiError> {
    let pipeline = lookup::pipeline_to_change(world, &input.pipeline_name)?;
    let name = &input.stage_name;
    let stage = lookup::stage(pipeline, name)?;
    let uuid = &input.target_pipeline_execution_id;
    let number = lookup::execution(world, pipeline, uuid)?;
    let target: Execution = pipeline
        .execution(number)
        .map(|target| (*target).clone())
        .ok_or_else(|| {
            ApiError::new(ErrorCode::PipelineExecutionNotFoundException, uuid.clone())
        })?;
    let unable = |why: &str| {
        ApiError::new(
            ErrorCode::UnableToRollbackStageException,
            format!("The stage '{name}' cannot be rolled back: {why}"),
        )
    };
    let plan = &pipeline.current().plan;
    if plan.declaration.pipeline_type != Some(PipelineType::V2) {
        return Err(unable("only pipelines of type V2 can be rolled back"));
    }
    if plan.mode == ExecutionMode::Parallel {
        return Err(unable(
            "a pipeline in PARALLEL mode has no stage to roll back",
        ));
    }
    if stage == 0 {
        return Err(unable("it contains source actions"));
    }
    let state = pipeline.stages.get(usize::from(stage));
    if state.is_some_and(|state| state.holder.is_some()) {
        return Err(unable("it is running"));
    }
    let skipped = state
        .and_then(|state| state.latest)
        .and_then(|latest| pipeline.executions.get(&latest))
        .and_then(|latest| latest.stage_run(pipeline.plan(latest.version).stage_index(name)?))
        .is_some_and(|run| run.status == StageExecutionStatus::Skipped);
    if skipped {
        return Err(unable("it was skipped"));
    }
    if target.version != pipeline.version() {
        return Err(ApiError::new(
            ErrorCode::PipelineExecutionOutdatedException,
            format!(
                "The pipeline execution '{uuid}' ran version {} of the pipeline, which has changed since",
                target.version
            ),
        ));
    }
    if target.rollback.is_some() {
        return Err(unable("the target is a rollback itself"));
    }
    if !pipeline.can_be_gone_back_to(&target, stage) {
        return Err(unable("the target did not succeed in it"));
    }
    Ok((pipeline.id, stage, target))
}
