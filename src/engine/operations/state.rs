//! GetPipelineState (execution.md §14.1).

use std::collections::BTreeMap;

use super::{conditions, lookup};
use crate::{
    engine::{
        declaration::ConditionPlace,
        ids::{ActionExecutionId, ExecutionId, Kind},
        providers::{self, Run},
        rules::action::configuration,
        world::{World, pipeline::Pipeline, plan::Plan},
    },
    model::{
        ActionExecution, ActionExecutionStatus, ActionRevision, ActionState, ApiError,
        ErrorDetails, ExecutionMode, ExecutionType, GetPipelineStateInput, GetPipelineStateOutput,
        PipelineExecutionStatus, RetryStageMetadata, StageExecution, StageExecutionStatus,
        StageState, TransitionState,
    },
};

/// GetPipelineState.
pub fn get(
    world: &World,
    input: GetPipelineStateInput,
) -> Result<GetPipelineStateOutput, ApiError> {
    Ok(state(world, lookup::pipeline(world, &input.name)?))
}

/// The state of a pipeline as the service tells it.
#[must_use]
pub fn state(world: &World, pipeline: &Pipeline) -> GetPipelineStateOutput {
    let plan = &pipeline.current().plan;
    let stages = (0..plan.stage_count()).map(|index| stage_state(world, pipeline, plan, index));
    GetPipelineStateOutput {
        pipeline_name: Some(pipeline.name().to_owned()),
        pipeline_version: Some(i64::from(pipeline.version())),
        stage_states: Some(stages.collect()),
        created: Some(pipeline.created.timestamp()),
        updated: Some(pipeline.updated.timestamp()),
    }
}

fn stage_state(world: &World, pipeline: &Pipeline, plan: &Plan, index: u16) -> StageState {
    let Some(stage) = pipeline.stages.get(usize::from(index)) else {
        return StageState::default();
    };
    // PA-4: PARALLEL has no state.
    let silent = plan.mode == ExecutionMode::Parallel;
    let of = |number: u32, status: StageExecutionStatus| StageExecution {
        pipeline_execution_id: world.key().execution(ExecutionId {
            pipeline: pipeline.id,
            number,
        }),
        status,
        // RB-4.
        r#type: Some(
            pipeline
                .executions
                .get(&number)
                .map_or(ExecutionType::Standard, |execution| execution.kind()),
        ),
    };
    // MO-8, MO-9: a list in queue order, and its head alone.
    let inbound: Vec<StageExecution> = if silent {
        vec![]
    } else {
        stage
            .waiting
            .iter()
            .map(|number| of(*number, StageExecutionStatus::InProgress))
            .collect()
    };
    // MO-10: one that was stopped here stays visible until another one arrives, which is a newer one, or an update.
    let stopped = stage
        .left
        .filter(|number| inbound.is_empty() && !silent && stage.latest <= Some(*number))
        .and_then(|number| {
            let execution = pipeline.executions.get(&number)?;
            (execution.status == PipelineExecutionStatus::Stopped
                && execution.version == pipeline.version())
            .then(|| of(number, StageExecutionStatus::Stopped))
        });
    let inbound: Vec<StageExecution> = inbound.into_iter().chain(stopped).collect();
    // GS-2: the last execution that entered, by the name of the stage in the version it ran in.
    let latest = stage.latest.filter(|_| !silent).and_then(|number| {
        let execution = pipeline.executions.get(&number)?;
        let place = pipeline.plan(execution.version).stage_index(&stage.name)?;
        Some(of(number, execution.stage_run(place)?.status))
    });
    let declaration = plan.stage(index);
    let actions = declaration
        .actions
        .iter()
        .zip(0_u16..)
        .map(|(action, place)| {
            let shown = stage
                .actions
                .get(usize::from(place))
                .copied()
                .flatten()
                .filter(|_| !silent);
            match shown.and_then(|(number, ordinal)| {
                let id = ActionExecutionId {
                    execution: ExecutionId {
                        pipeline: pipeline.id,
                        number,
                    },
                    ordinal,
                };
                action_state(world, pipeline, id)
            }) {
                Some(state) => ActionState {
                    action_name: Some(action.name.clone()),
                    ..state
                },
                None => {
                    let urls = providers::declared_urls(world, action);
                    ActionState {
                        action_name: Some(action.name.clone()),
                        entity_url: urls.entity,
                        revision_url: urls.revision,
                        ..ActionState::default()
                    }
                }
            }
        });
    let condition =
        |place| conditions::state(world, pipeline, plan, index, place).filter(|_| !silent);
    StageState {
        stage_name: Some(declaration.name.clone()),
        inbound_execution: inbound.first().cloned(),
        inbound_executions: Some(inbound),
        inbound_transition_state: Some(TransitionState {
            enabled: Some(stage.transition.disabled.is_none()),
            last_changed_by: stage
                .transition
                .changed
                .as_ref()
                .map(|(by, _)| by.to_string()),
            last_changed_at: stage
                .transition
                .changed
                .as_ref()
                .map(|(_, at)| at.timestamp()),
            disabled_reason: stage
                .transition
                .disabled
                .as_ref()
                .map(|(reason, _)| reason.to_string()),
        }),
        action_states: Some(actions.collect()),
        latest_execution: latest,
        before_entry_condition_state: condition(ConditionPlace::BeforeEntry),
        on_success_condition_state: condition(ConditionPlace::OnSuccess),
        on_failure_condition_state: condition(ConditionPlace::OnFailure),
        retry_stage_metadata: retries(pipeline, stage).filter(|_| !silent),
    }
}

/// GS-5, RE-15: how often the latest execution of a stage was retried there; a counter of zero is left out.
fn retries(
    pipeline: &Pipeline,
    stage: &crate::engine::world::pipeline::StageState,
) -> Option<RetryStageMetadata> {
    let execution = pipeline.executions.get(&stage.latest?)?;
    let place = pipeline.plan(execution.version).stage_index(&stage.name)?;
    let retries = execution.stage_run(place)?.retries;
    let count = |number: u32| Some(i64::from(number)).filter(|number| *number > 0);
    retries.latest.map(|latest| RetryStageMetadata {
        auto_stage_retry_attempt: count(retries.automatic),
        manual_stage_retry_attempt: count(retries.manual),
        latest_retry_trigger: Some(latest),
    })
}

/// GS-3: what the state says of the latest execution of an action.
fn action_state(world: &World, pipeline: &Pipeline, id: ActionExecutionId) -> Option<ActionState> {
    let execution = pipeline.executions.get(&id.execution.number)?;
    let record = execution.actions.get(id.ordinal as usize)?;
    let plan = pipeline.plan(execution.version);
    let declaration = plan.action(record.stage, record.action);
    let empty = BTreeMap::new();
    let run = Run {
        world,
        pipeline,
        execution,
        id,
        declaration,
        configuration: configuration(record.resolved.as_ref(), declaration, &empty),
    };
    let action_plan = plan.action_plan(record.stage, record.action);
    let provider = providers::of(action_plan.kind);
    let shown = providers::shown(&run, action_plan, record);
    let urls = providers::urls(&run, shown.external_id.as_deref());
    let token = (provider.waits_for_a_person()
        && record.status == ActionExecutionStatus::InProgress)
        .then(|| world.key().uuid(Kind::Approval, id));
    let revision = record.ending.revision.as_ref();
    let progress = record.progress.as_deref();
    // J-35: what a worker reports, once its action has succeeded.
    let reported = progress
        .and_then(|progress| progress.revision.as_ref())
        .filter(|_| record.succeeded())
        .map(|reported| ActionRevision {
            revision_id: reported.revision.clone(),
            revision_change_id: reported.change_identifier.clone(),
            created: reported.created.unwrap_or(record.updated.timestamp()),
        });
    let place = provider.place(run.configuration);
    Some(ActionState {
        action_name: None,
        current_revision: reported.or_else(|| {
            revision.map(|revision| ActionRevision {
                revision_id: revision.id.clone(),
                revision_change_id: revision.id.chars().take(100).collect(),
                created: revision.created.timestamp(),
            })
        }),
        latest_execution: Some(ActionExecution {
            action_execution_id: Some(world.key().uuid(Kind::ActionExecution, id)),
            status: Some(record.status),
            summary: shown.summary,
            last_status_change: Some(record.updated.timestamp()),
            token,
            last_updated_by: record.ending.by.as_ref().map(ToString::to_string),
            external_execution_id: shown.external_id,
            external_execution_url: urls.execution,
            percent_complete: progress.and_then(|progress| progress.percent),
            error_details: error_details(record),
            log_stream_arn: None,
        }),
        entity_url: urls.entity,
        revision_url: urls.revision.or_else(|| {
            revision
                .zip(place)
                .and_then(|(revision, place)| providers::revision_url(&place, revision))
        }),
    })
}

/// `errorDetails` of a failed action.
#[must_use]
pub fn error_details(
    record: &crate::engine::world::execution::ActionExecution,
) -> Option<ErrorDetails> {
    record.ending.error.as_ref().map(|error| ErrorDetails {
        code: Some(error.code.to_string()),
        message: Some(error.message.clone()),
    })
}
