//! Finding what a call names, with the service's error when it is not there.

use crate::{
    engine::{
        rules::archive,
        world::{World, execution::Execution, pipeline::Pipeline},
    },
    model::{ApiError, ErrorCode},
};

/// The pipeline that a call reads (PL-2: the wording of Get and List calls).
///
/// # Errors
/// PipelineNotFoundException.
pub fn pipeline<'a>(world: &'a World, name: &str) -> Result<&'a Pipeline, ApiError> {
    world.pipeline_named(name).ok_or_else(|| {
        ApiError::new(
            ErrorCode::PipelineNotFoundException,
            format!(
                "Account '{}' does not have a pipeline with name '{name}'",
                world.options.account_id
            ),
        )
    })
}

/// The pipeline that a call changes or starts (PL-2: the other wording).
///
/// # Errors
/// PipelineNotFoundException.
pub fn pipeline_to_change<'a>(world: &'a World, name: &str) -> Result<&'a Pipeline, ApiError> {
    world.pipeline_named(name).ok_or_else(|| {
        ApiError::new(
            ErrorCode::PipelineNotFoundException,
            format!(
                "The account with id '{}' does not include a pipeline with the name '{name}'",
                world.options.account_id
            ),
        )
    })
}

/// The stage of the current version that a call names.
///
/// # Errors
/// StageNotFoundException.
pub fn stage(pipeline: &Pipeline, name: &str) -> Result<u16, ApiError> {
    pipeline.current().plan.stage_index(name).ok_or_else(|| {
        ApiError::new(
            ErrorCode::StageNotFoundException,
            format!(
                "Pipeline '{}' does not have a stage with name '{name}'",
                pipeline.name()
            ),
        )
    })
}

/// TO-5: what is older than the retention is not known any more.
#[must_use]
pub fn known(world: &World, execution: &Execution) -> bool {
    execution.active() || execution.started >= archive::kept_from(world.now)
}

/// The number of an execution that a call names (GE-4).
///
/// # Errors
/// PipelineExecutionNotFoundException.
pub fn execution(world: &World, pipeline: &Pipeline, uuid: &str) -> Result<u32, ApiError> {
    world
        .key()
        .parse_execution(uuid)
        .filter(|id| id.pipeline == pipeline.id)
        .map(|id| id.number)
        .filter(|number| {
            let execution = pipeline.execution(*number);
            execution.is_some_and(|execution| known(world, &execution))
        })
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::PipelineExecutionNotFoundException,
                format!(
                    "The pipeline '{}' does not have an execution with id '{uuid}'",
                    pipeline.name()
                ),
            )
        })
}
