//! ListActionExecutions (execution.md §14.4).

use std::collections::BTreeMap;

use super::{
    lookup, paging,
    started::{self, Place, Rows},
    state::error_details,
};
use crate::{
    engine::{
        declaration,
        ids::{ActionExecutionId, ExecutionId, Kind},
        providers::{self, Run},
        random::alphanumeric,
        rules::{action::configuration, archive::kept_from},
        world::{
            World,
            execution::{Execution, Product},
            history::{Began, Recorded},
            pipeline::Pipeline,
            plan::Plan,
        },
    },
    model::{
        ActionDeclaration, ActionExecutionDetail, ActionExecutionInput, ActionExecutionOutput,
        ActionExecutionResult, ActionExecutionStatus, ApiError, ArtifactDetail,
        ListActionExecutionsInput, ListActionExecutionsOutput, S3Location,
    },
};

/// LA-3: items of a page.
const PAGE: usize = 100;

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
    let (execution, only_latest) = started::wanted(filter.pipeline_execution_id, latest)?;
    let question = paging::Question::new(world, "ListActionExecutions", &filters);
    let before = question
        .position(input.next_token.as_deref())?
        .map(|position| Place::parse(&position));
    let mut rows = Rows::new(before, paging::size(input.max_results, PAGE));
    match execution {
        Some(uuid) => {
            let number = lookup::execution(world, pipeline, &uuid)?;
            if let Some(execution) = pipeline.execution(number) {
                collect(world, &execution, only_latest, &mut rows);
            }
        }
        None => rows.gather(world, pipeline, Began::Actions, |execution, rows| {
            collect(world, execution, false, rows)
        }),
    }
    let (details, last) = rows.page(|execution, ordinal| {
        let id = ActionExecutionId {
            execution: ExecutionId {
                pipeline: pipeline.id,
                number: execution.number,
            },
            ordinal,
        };
        detail(world, pipeline, execution, id)
    });
    Ok(ListActionExecutionsOutput {
        action_execution_details: Some(details),
        next_token: last.map(|place| question.token(&place.to_string())),
    })
}

fn collect<'a>(world: &World, execution: &Recorded<'a>, only_latest: bool, rows: &mut Rows<'a>) {
    // TO-5: also one that a stage still shows.
    if execution.started < kept_from(world.now) {
        return;
    }
    for (ordinal, record) in execution.numbered() {
        let place = Place::new(record.started, execution.number, ordinal);
        let latest = || {
            execution
                .latest_attempt(record.stage, record.action)
                .map(|(latest, _)| latest)
        };
        if rows.wants(place) && (!only_latest || latest() == Some(ordinal)) {
            rows.put(place, execution);
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
    let urls = providers::urls(&run, shown.external_id.as_deref());
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
                    external_execution_url: urls.execution,
                    error_details: error_details(record),
                    log_stream_arn: None,
                }
            }),
            output_variables: Some(record.ending.variables.clone()),
        }),
    })
}

/// The bucket that holds the artifacts of a pipeline in a Region.
fn bucket(
    world: &World,
    pipeline: &Pipeline,
    version: u32,
    region: Option<&str>,
) -> Option<String> {
    let pipeline_declaration = &pipeline.plan(version).declaration;
    if let Some(store) = &pipeline_declaration.artifact_store {
        return Some(store.location.clone());
    }
    let region = region.unwrap_or(&world.options.region);
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

/// Where something that an execution made lies, for a reader in a Region.
#[must_use]
pub fn artifact_location(
    world: &World,
    pipeline: &Pipeline,
    version: u32,
    region: Option<&str>,
    name: &str,
    product: Product,
) -> ArtifactDetail {
    let producer = ActionExecutionId {
        execution: ExecutionId {
            pipeline: pipeline.id,
            number: product.execution,
        },
        ordinal: product.ordinal,
    };
    location(world, pipeline, version, region, name, producer)
}

fn location(
    world: &World,
    pipeline: &Pipeline,
    version: u32,
    region: Option<&str>,
    name: &str,
    producer: ActionExecutionId,
) -> ArtifactDetail {
    ArtifactDetail {
        name: Some(name.to_owned()),
        s3_location: Some(S3Location {
            bucket: bucket(world, pipeline, version, region),
            key: Some(object_key(world, pipeline.name(), name, producer)),
        }),
    }
}

/// The output artifacts of an action that succeeded, in the order of its declaration.
#[must_use]
pub fn outputs(
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
                declaration.region.as_deref(),
                &artifact.name,
                id,
            )
        })
        .collect()
}

/// ST-7, ST-8: what the action read: the last success of each producer before it began.
#[must_use]
pub fn inputs(
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
            let product = execution.product_before(stage, action, id.ordinal)?;
            Some(artifact_location(
                world,
                pipeline,
                execution.version,
                declaration.region.as_deref(),
                &artifact.name,
                product,
            ))
        })
        .collect()
}
