//! The pipeline as a whole: how many stages and actions, where the sources are, what needs type V2.

use super::refusal::invalid_structure;
use super::subject::Subject;
use crate::model::{ApiError, ExecutionMode, PipelineType};

/// PL-6.
pub(super) fn has_two_stages(subject: &Subject) -> Result<(), ApiError> {
    let count = subject.declaration.stages.len();
    if count >= 2 {
        return Ok(());
    }
    Err(invalid_structure(format!(
        "Pipeline has only {count} stage(s). There should be a minimum of 2 stages in a pipeline"
    )))
}

/// PL-7.
pub(super) fn has_at_most_50_stages(subject: &Subject) -> Result<(), ApiError> {
    if subject.declaration.stages.len() <= 50 {
        return Ok(());
    }
    Err(invalid_structure(
        "Pipeline has too many stages. There can only be up to 50 stages in a pipeline",
    ))
}

/// PL-8: at least one, and nothing else.
pub(super) fn starts_with_sources_only(subject: &Subject) -> Result<(), ApiError> {
    let mut first = subject
        .actions()
        .take_while(|placed| placed.position.stage == 0)
        .peekable();
    if first.peek().is_some() && first.all(|placed| placed.is_source()) {
        return Ok(());
    }
    Err(invalid_structure(
        "Pipeline should start with a stage that only contains source actions",
    ))
}

/// PL-9.
pub(super) fn has_sources_in_the_first_stage_only(subject: &Subject) -> Result<(), ApiError> {
    if subject
        .actions()
        .all(|placed| placed.position.stage == 0 || !placed.is_source())
    {
        return Ok(());
    }
    Err(invalid_structure(
        "Source actions can only be included in the first stage of the pipeline",
    ))
}

/// PL-10. Stages without any action are left to SG-3, which says what is wrong with them.
pub(super) fn has_an_action_that_is_no_source(subject: &Subject) -> Result<(), ApiError> {
    let some_stage_is_empty = subject
        .declaration
        .stages
        .iter()
        .any(|stage| stage.actions.is_empty());
    if some_stage_is_empty || !subject.actions.iter().all(|placed| placed.is_source()) {
        return Ok(());
    }
    Err(invalid_structure(
        "Pipeline should contain at least 1 action whose category is not Source",
    ))
}

/// PL-11.
pub(super) fn has_at_most_1000_actions(subject: &Subject) -> Result<(), ApiError> {
    if subject.actions.len() <= 1000 {
        return Ok(());
    }
    Err(invalid_structure(
        "Pipeline has too many actions. There can only be up to 1000 actions in a pipeline",
    ))
}

/// VT-1. An empty list is no use of variables.
pub(super) fn variables_need_v2(subject: &Subject) -> Result<(), ApiError> {
    if subject.pipeline_type == PipelineType::V2
        || subject
            .declaration
            .variables
            .iter()
            .flatten()
            .next()
            .is_none()
    {
        return Ok(());
    }
    Err(invalid_structure(
        "Pipeline variable can only be used with V2 pipelines",
    ))
}

/// VT-3.
pub(super) fn execution_modes_need_v2(subject: &Subject) -> Result<(), ApiError> {
    match (subject.pipeline_type, subject.declaration.execution_mode) {
        (PipelineType::V2, _) | (_, None | Some(ExecutionMode::Superseded)) => Ok(()),
        (_, Some(ExecutionMode::Queued | ExecutionMode::Parallel)) => Err(invalid_structure(
            "QUEUED or PARALLEL mode can only be used with V2 pipelines",
        )),
    }
}
