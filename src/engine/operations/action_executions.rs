//! ListActionExecutions (execution.md §14.4).

use std::{collections::BTreeMap, rc::Rc};

use super::{lookup, paging, state::error_details};
use crate::{
    engine::{
        declaration,
        ids::{ActionExecutionId, ExecutionId, Kind},
        providers::{self, Run},
        random::alphanumeric,
        rules::{action::configuration, archive::kept_from},
        time::Instant,
        world::{World, execution::Execution, history::Recorded, pipeline::Pipeline, plan::Plan},
    },
    model::{
        ActionDeclaration, ActionExecutionDetail, ActionExecutionInput, ActionExecutionOutput,
        ActionExecutionResult, ActionExecutionStatus, ApiError, ArtifactDetail, ErrorCode,
        ListActionExecutionsInput, ListActionExecutionsOutput, S3Location, StartTimeRange,
    },
};

/// LA-3: items of a page.
const PAGE: usize = 100;

/// Where an action execution stands in the list: newest start first, then the newer execution, then the later action.
type Place = (Instant, u32, u32);

/// ListActionExecutions.
pub fn list(
    world: &World,
    input: ListActionExecutionsInput,
) -> Result<ListActionExecutionsOutput, ApiError> {
    let pipeline = lookup::pipeline(world, &input.pipeline_name)?;
    let filter = input.filter.unwrap_or_default();
    let latest = filter.latest_in_pipeline_execution;
    let filters = format!(
        "{} {:?} {latest:?}",
        input.pipeline_name, filter.pipeline_execution_id
    );
    let (execution, only_latest) = match (filter.pipeline_execution_id, latest) {
        (Some(_), Some(_)) => {
            return Err(ApiError::new(
                ErrorCode::ValidationException,
                "Only one of pipelineExecutionId and latestInPipelineExecution can be specified in the filter",
            ));
        }
        (Some(id), None) => (Some(id), false),
        (None, Some(latest)) => (
            Some(latest.pipeline_execution_id),
            latest.start_time_range == StartTimeRange::Latest,
        ),
        (None, None) => (None, false),
    };
    let question = paging::Question::new(world, "ListActionExecutions", &filters);
    let before = question
        .position(input.next_token.as_deref())?
        .map(|position| parse(&position));
    let size = paging::size(input.max_results, PAGE);

    let mut found: Vec<(Place, Recorded)> = vec![];
    match execution {
        Some(uuid) => {
            let number = lookup::execution(world, pipeline, &uuid)?;
            if let Some(execution) = pipeline.execution(number) {
                collect(world, &execution, only_latest, before, &mut found);
            }
        }
        None => {
            // Live ones are all looked at: they are few. Segments come by their latest action, so once the page is full
            // of later ones, no further segment can add to it.
            for execution in pipeline.executions.values() {
                let execution = Recorded::Live(execution);
                collect(world, &execution, false, before, &mut found);
            }
            let from = before.map_or(Instant(i64::MAX), |(at, _, _)| at.after(1));
            for segment in pipeline.history.begun_before(from) {
                keep_newest(&mut found, size.saturating_add(1));
                let full = found
                    .get(size)
                    .is_some_and(|((at, _, _), _)| *at > segment.latest_action);
                if full {
                    break;
                }
                if segment.latest_start < kept_from(world.now) {
                    continue;
                }
                let executions = pipeline.history.executions(segment);
                for place in 0..executions.len() {
                    let execution = Recorded::Past(Rc::clone(&executions), place);
                    collect(world, &execution, false, before, &mut found);
                }
            }
        }
    }
    keep_newest(&mut found, size.saturating_add(1));
    let more = found.len() > size;
    found.truncate(size);
    let next_token = if more {
        found.last().map(|((at, number, ordinal), _)| {
            question.token(&format!("{} {number} {ordinal}", at.0))
        })
    } else {
        None
    };
    let details = found
        .iter()
        .filter_map(|((_, number, ordinal), execution)| {
            let id = ActionExecutionId {
                execution: ExecutionId {
                    pipeline: pipeline.id,
                    number: *number,
                },
                ordinal: *ordinal,
            };
            detail(world, pipeline, execution, id)
        });
    Ok(ListActionExecutionsOutput {
        action_execution_details: Some(details.collect()),
        next_token,
    })
}

/// Sorts the newest to the front and forgets what no page can show.
fn keep_newest(found: &mut Vec<(Place, Recorded)>, most: usize) {
    let newer = |(place, _): &(Place, Recorded)| std::cmp::Reverse(*place);
    if found.len() > most {
        found.select_nth_unstable_by_key(most, newer);
        found.truncate(most);
    }
    found.sort_unstable_by_key(newer);
}

fn parse(position: &str) -> Place {
    let mut parts = position.split(' ');
    let at = parts
        .next()
        .and_then(|part| part.parse().ok())
        .unwrap_or_default();
    let number = parts
        .next()
        .and_then(|part| part.parse().ok())
        .unwrap_or_default();
    let ordinal = parts
        .next()
        .and_then(|part| part.parse().ok())
        .unwrap_or_default();
    (Instant(at), number, ordinal)
}

fn collect<'a>(
    world: &World,
    execution: &Recorded<'a>,
    only_latest: bool,
    before: Option<Place>,
    found: &mut Vec<(Place, Recorded<'a>)>,
) {
    // TO-5: also one that a stage still shows.
    if execution.started < kept_from(world.now) {
        return;
    }
    for (ordinal, record) in execution.numbered() {
        let place = (record.started, execution.number, ordinal);
        let latest = || {
            execution
                .latest_attempt(record.stage, record.action)
                .map(|(latest, _)| latest)
        };
        if before.is_none_or(|before| place < before) && (!only_latest || latest() == Some(ordinal))
        {
            found.push((place, execution.clone()));
        }
    }
}

/// LA-4: one row.
#[must_use]
pub fn detail(
    world: &World,
    pipeline: &Pipeline,
    execution: &Execution,
    id: ActionExecutionId,
) -> Option<ActionExecutionDetail> {
    let record = execution.actions.get(id.ordinal as usize)?;
    let plan = pipeline.plan(execution.version);
    let declaration = plan.action(record.stage, record.action);
    let empty = BTreeMap::new();
    let resolved = configuration(record.resolved.as_ref(), declaration, &empty);
    let run = Run {
        world,
        pipeline,
        execution,
        id,
        declaration,
        configuration: resolved,
    };
    let action_plan = plan.action_plan(record.stage, record.action);
    let shown = providers::shown(&run, action_plan, record);
    let type_id = &declaration.action_type_id;
    let masked =
        |map: &BTreeMap<String, String>| declaration::mask_configuration(type_id, map, world);
    let over = record.status != ActionExecutionStatus::InProgress;
    let key = world.key();
    Some(ActionExecutionDetail {
        pipeline_execution_id: Some(key.execution(id.execution)),
        action_execution_id: Some(key.uuid(Kind::ActionExecution, id)),
        pipeline_version: Some(i64::from(execution.version)),
        stage_name: Some(plan.stage(record.stage).name.clone()),
        action_name: Some(declaration.name.clone()),
        start_time: Some(record.started.timestamp()),
        last_update_time: Some(record.updated.timestamp()),
        updated_by: record.ending.by.as_ref().map(ToString::to_string),
        status: Some(record.status),
        input: Some(ActionExecutionInput {
            action_type_id: Some(type_id.clone()),
            configuration: Some(masked(declaration.configuration.as_ref().unwrap_or(&empty))),
            resolved_configuration: Some(masked(resolved)),
            role_arn: declaration.role_arn.clone(),
            region: Some(run.region().to_owned()),
            input_artifacts: Some(inputs(world, pipeline, execution, plan, id, declaration)),
            namespace: declaration.namespace.clone(),
        }),
        output: Some(ActionExecutionOutput {
            output_artifacts: Some(if record.status == ActionExecutionStatus::Succeeded {
                outputs(world, pipeline, execution, id, declaration)
            } else {
                vec![]
            }),
            execution_result: (over || shown.external_id.is_some()).then(|| {
                ActionExecutionResult {
                    external_execution_id: shown.external_id,
                    external_execution_summary: shown.summary,
                    external_execution_url: None,
                    error_details: error_details(record),
                    log_stream_arn: None,
                }
            }),
            output_variables: Some(record.ending.variables.clone()),
        }),
    })
}

/// The bucket that holds the artifacts of an action in its Region.
fn bucket(
    world: &World,
    pipeline: &Pipeline,
    version: u32,
    declaration: &ActionDeclaration,
) -> Option<String> {
    let pipeline_declaration = &pipeline.plan(version).declaration;
    if let Some(store) = &pipeline_declaration.artifact_store {
        return Some(store.location.clone());
    }
    let region = declaration
        .region
        .as_deref()
        .unwrap_or(&world.options.region);
    let stores = pipeline_declaration.artifact_stores.as_ref()?;
    stores.get(region).map(|store| store.location.clone())
}

/// ST-9: pipeline name cut to 20, artifact name cut to 10, seven characters of chance.
#[must_use]
pub fn object_key(
    world: &World,
    pipeline: &str,
    artifact: &str,
    producer: ActionExecutionId,
) -> String {
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let number = world
        .key()
        .number(producer, crate::engine::random::digest(artifact));
    format!(
        "{}/{}/{}",
        cut(pipeline, 20),
        cut(artifact, 10),
        alphanumeric(number, 7)
    )
}

fn location(
    world: &World,
    pipeline: &Pipeline,
    version: u32,
    reader: &ActionDeclaration,
    name: &str,
    producer: ActionExecutionId,
) -> ArtifactDetail {
    ArtifactDetail {
        name: Some(name.to_owned()),
        s3_location: Some(S3Location {
            bucket: bucket(world, pipeline, version, reader),
            key: Some(object_key(world, pipeline.name(), name, producer)),
        }),
    }
}

fn outputs(
    world: &World,
    pipeline: &Pipeline,
    execution: &Execution,
    id: ActionExecutionId,
    declaration: &ActionDeclaration,
) -> Vec<ArtifactDetail> {
    let artifacts = declaration.output_artifacts.iter().flatten();
    artifacts
        .map(|artifact| {
            location(
                world,
                pipeline,
                execution.version,
                declaration,
                &artifact.name,
                id,
            )
        })
        .collect()
}

/// ST-7, ST-8: what the action read: the last success of each producer before it began.
fn inputs(
    world: &World,
    pipeline: &Pipeline,
    execution: &Execution,
    plan: &Plan,
    id: ActionExecutionId,
    declaration: &ActionDeclaration,
) -> Vec<ArtifactDetail> {
    let artifacts = declaration.input_artifacts.iter().flatten();
    artifacts
        .filter_map(|artifact| {
            let (stage, action) = *plan.producers.get(&artifact.name)?;
            let (ordinal, _) =
                execution
                    .attempts(stage, action)
                    .rev()
                    .find(|(ordinal, attempt)| {
                        *ordinal < id.ordinal && attempt.status == ActionExecutionStatus::Succeeded
                    })?;
            let producer = ActionExecutionId {
                execution: id.execution,
                ordinal,
            };
            Some(location(
                world,
                pipeline,
                execution.version,
                declaration,
                &artifact.name,
                producer,
            ))
        })
        .collect()
}
