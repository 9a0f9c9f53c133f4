//! GetPipelineExecution and ListPipelineExecutions (execution.md §14.2, §14.3).

use super::{lookup, paging};
use crate::{
    engine::{
        ids::ExecutionId,
        providers,
        reason::Reason,
        rules::archive::kept_from,
        world::{
            World,
            execution::{Execution, Trigger},
            history::{Recorded, Segment},
            pipeline::Pipeline,
            source::Revision,
        },
    },
    model::{
        ApiError, ArtifactRevision, ErrorCode, ExecutionTrigger, GetPipelineExecutionInput,
        GetPipelineExecutionOutput, ListPipelineExecutionsInput, ListPipelineExecutionsOutput,
        PipelineExecution, PipelineExecutionSummary, PipelineRollbackMetadata, SourceRevision,
        StageExecutionStatus, StopExecutionTrigger,
    },
};

/// LE-2: items of a page.
const PAGE: usize = 100;

fn trigger(trigger: &Trigger) -> ExecutionTrigger {
    ExecutionTrigger {
        trigger_type: Some(trigger.kind),
        trigger_detail: Some(trigger.detail.to_string()),
    }
}

/// LC-20: the service's own texts are unknown; only what nobody could otherwise find out is said.
fn status_summary(execution: &Execution) -> Option<String> {
    match &execution.reason {
        Some(Reason::VariableMissing { name }) => Some(format!(
            "The pipeline variable {name} has no default value and none was given."
        )),
        _ => None,
    }
}

/// What a source action took up, with the summary that the service gives it (GE-3).
struct Taken<'a> {
    action: &'a str,
    artifact: Option<&'a str>,
    revision: &'a Revision,
    summary: Option<String>,
    url: Option<String>,
}

/// ST-13, RB-2: the revisions of an execution, from the latest success of each source action.
fn taken<'a>(pipeline: &'a Pipeline, execution: &'a Execution) -> Vec<Taken<'a>> {
    let plan = pipeline.plan(execution.version);
    let stage = plan.stage(0);
    stage
        .actions
        .iter()
        .zip(0_u16..)
        .filter_map(|(action, index)| {
            let product = execution.product(0, index)?;
            let revision = product.revision?;
            let kind = plan.action_plan(0, index).kind;
            let configuration = product.resolved.or(action.configuration.as_ref());
            let place =
                configuration.and_then(|configuration| providers::of(kind).place(configuration));
            let summary = if !revision.message.is_empty() {
                Some(revision.message.clone())
            } else if matches!(
                place,
                Some(crate::engine::world::source::Place::Object { .. })
            ) {
                Some(format!("Amazon S3 version id: {}", revision.id))
            } else {
                None
            };
            Some(Taken {
                action: &action.name,
                artifact: action
                    .output_artifacts
                    .as_ref()
                    .and_then(|list| list.first())
                    .map(|artifact| artifact.name.as_str()),
                revision,
                summary,
                url: place.and_then(|place| providers::revision_url(&place, revision)),
            })
        })
        .collect()
}

/// RB-1: the execution that a rollback goes back to.
fn rollback_metadata(
    world: &World,
    pipeline: &Pipeline,
    execution: &Execution,
) -> Option<PipelineRollbackMetadata> {
    let rollback = execution.rollback.as_ref()?;
    let target = ExecutionId {
        pipeline: pipeline.id,
        number: rollback.target,
    };
    Some(PipelineRollbackMetadata {
        rollback_target_pipeline_execution_id: Some(world.key().execution(target)),
    })
}

/// GetPipelineExecution.
pub fn get(
    world: &World,
    input: GetPipelineExecutionInput,
) -> Result<GetPipelineExecutionOutput, ApiError> {
    let pipeline = lookup::pipeline(world, &input.pipeline_name)?;
    let number = lookup::execution(world, pipeline, &input.pipeline_execution_id)?;
    let execution = pipeline.execution(number).ok_or_else(|| {
        ApiError::new(
            ErrorCode::PipelineExecutionNotFoundException,
            input.pipeline_execution_id.clone(),
        )
    })?;
    let revisions = taken(pipeline, &execution)
        .into_iter()
        .map(|taken| ArtifactRevision {
            name: taken.artifact.map(str::to_owned),
            revision_id: Some(taken.revision.id.clone()),
            revision_change_identifier: None,
            revision_summary: taken.summary,
            created: Some(taken.revision.created.timestamp()),
            revision_url: taken.url,
        })
        .collect();
    Ok(GetPipelineExecutionOutput {
        pipeline_execution: Some(PipelineExecution {
            pipeline_name: Some(pipeline.name().to_owned()),
            pipeline_version: Some(i64::from(execution.version)),
            pipeline_execution_id: Some(input.pipeline_execution_id),
            status: Some(execution.status),
            status_summary: status_summary(&execution),
            artifact_revisions: Some(revisions),
            variables: Some(execution.variables.clone()).filter(|list| !list.is_empty()),
            trigger: Some(trigger(&execution.trigger)),
            execution_mode: Some(execution.mode),
            execution_type: Some(execution.kind()),
            rollback_metadata: rollback_metadata(world, pipeline, &execution),
        }),
    })
}

fn summary(world: &World, pipeline: &Pipeline, execution: &Execution) -> PipelineExecutionSummary {
    let id = ExecutionId {
        pipeline: pipeline.id,
        number: execution.number,
    };
    let revisions = taken(pipeline, execution)
        .into_iter()
        .map(|taken| SourceRevision {
            action_name: taken.action.to_owned(),
            revision_id: Some(taken.revision.id.clone()),
            revision_summary: taken.summary,
            revision_url: taken.url,
        })
        .collect();
    PipelineExecutionSummary {
        pipeline_execution_id: Some(world.key().execution(id)),
        status: Some(execution.status),
        status_summary: status_summary(execution),
        start_time: Some(execution.started.timestamp()),
        last_update_time: Some(execution.updated.timestamp()),
        source_revisions: Some(revisions),
        trigger: Some(trigger(&execution.trigger)),
        stop_trigger: execution
            .stop
            .as_ref()
            .and_then(|stop| stop.reason.as_ref())
            .map(|reason| StopExecutionTrigger {
                reason: Some(reason.to_string()),
            }),
        execution_mode: Some(execution.mode),
        execution_type: Some(execution.kind()),
        rollback_metadata: rollback_metadata(world, pipeline, execution),
    }
}

/// ListPipelineExecutions: newest start first (LE-1). Costs what a page touches.
pub fn list(
    world: &World,
    input: ListPipelineExecutionsInput,
) -> Result<ListPipelineExecutionsOutput, ApiError> {
    let pipeline = lookup::pipeline(world, &input.pipeline_name)?;
    let succeeded_in = input
        .filter
        .and_then(|filter| filter.succeeded_in_stage)
        .and_then(|stage| stage.stage_name);
    let stage = match &succeeded_in {
        None => None,
        Some(name) => Some(pipeline.current().plan.stage_index(name).ok_or_else(|| {
            ApiError::new(
                ErrorCode::ValidationException,
                format!(
                    "The pipeline '{}' does not have a stage with name '{name}'",
                    input.pipeline_name
                ),
            )
        })?),
    };
    let filters = format!(
        "{} {}",
        input.pipeline_name,
        succeeded_in.as_deref().unwrap_or_default()
    );
    let question = paging::Question::new(world, "ListPipelineExecutions", &filters);
    let before = question
        .position(input.next_token.as_deref())?
        .map_or(u32::MAX, |position| position.parse().unwrap_or_default());
    let size = paging::size(input.max_results, PAGE);
    let kept = kept_from(world.now);
    let wanted = |execution: &Execution| {
        execution.started >= kept
            && stage.is_none_or(|stage| {
                execution.version == pipeline.version()
                    && execution
                        .stage_run(stage)
                        .is_some_and(|run| run.status == StageExecutionStatus::Succeeded)
            })
    };
    // A segment in which nobody left the stage with success is not even decoded.
    let concern = |segment: &Segment| {
        stage.is_none_or(|stage| segment.may_have_succeeded(pipeline.version(), stage))
    };
    let mut found: Vec<Recorded> = pipeline
        .newest_first(before, concern)
        .take_while(|execution| execution.started >= kept)
        .filter(|execution| wanted(execution))
        .take(size.saturating_add(1))
        .collect();
    let more = found.len() > size;
    found.truncate(size);
    let last = found.last().filter(|_| more);
    let next_token = last.map(|execution| question.token(&execution.number.to_string()));
    let summaries = found
        .iter()
        .map(|execution| summary(world, pipeline, execution));
    Ok(ListPipelineExecutionsOutput {
        pipeline_execution_summaries: Some(summaries.collect()),
        next_token,
    })
}
