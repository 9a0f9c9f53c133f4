//! ListRuleExecutions and ListRuleTypes (execution.md §8.5, §8.7).

use super::{
    lookup, paging,
    started::{self, Place, Rows},
};
use crate::{
    engine::{
        catalogue::{self, RuleType as BuiltIn},
        declaration,
        ids::{ExecutionId, RuleExecutionId},
        operations::action_executions::artifact_location,
        rules::{archive::kept_from, conditions::subject},
        world::{
            World,
            condition::RuleRun,
            execution::Execution,
            history::{Began, Recorded},
            pipeline::Pipeline,
        },
    },
    model::{
        ActionConfigurationPropertyType, ApiError, ArtifactDetails, ErrorDetails,
        ListRuleExecutionsInput, ListRuleExecutionsOutput, ListRuleTypesInput, ListRuleTypesOutput,
        RuleCategory, RuleConfigurationProperty, RuleConfigurationPropertyType,
        RuleExecutionDetail, RuleExecutionInput, RuleExecutionOutput, RuleExecutionResult,
        RuleExecutionStatus, RuleOwner, RuleType, RuleTypeId, RuleTypeSettings,
    },
};

/// CO-32: items of a page.
const PAGE: usize = 100;

/// ListRuleExecutions (CO-32): as ListActionExecutions.
pub fn list(
    world: &World,
    input: ListRuleExecutionsInput,
) -> Result<ListRuleExecutionsOutput, ApiError> {
    let pipeline = lookup::pipeline(world, &input.pipeline_name)?;
    let filter = input.filter.unwrap_or_default();
    let latest = filter.latest_in_pipeline_execution;
    let filters = format!(
        "{} {:?} {latest:?}",
        input.pipeline_name, filter.pipeline_execution_id
    );
    let (execution, only_latest) = started::wanted(filter.pipeline_execution_id, latest)?;
    let question = paging::Question::new(world, "ListRuleExecutions", &filters);
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
        None => rows.gather(world, pipeline, Began::Rules, |execution, rows| {
            collect(world, execution, false, rows)
        }),
    }
    let (details, last) = rows.page(|execution, ordinal| {
        let run = execution.rules.get(ordinal as usize)?;
        detail(world, pipeline, execution, run, ordinal)
    });
    Ok(ListRuleExecutionsOutput {
        rule_execution_details: Some(details),
        next_token: last.map(|place| question.token(&place.to_string())),
    })
}

fn collect<'a>(world: &World, execution: &Recorded<'a>, only_latest: bool, rows: &mut Rows<'a>) {
    // TO-5: also one that a stage still shows.
    if execution.started < kept_from(world.now) {
        return;
    }
    for (run, ordinal) in execution.rules.iter().zip(0_u32..) {
        let place = Place::new(run.started, execution.number, ordinal);
        if rows.wants(place) && (!only_latest || !repeated(execution, run, ordinal)) {
            rows.put(place, execution);
        }
    }
}

/// Whether the same rule was run again later.
fn repeated(execution: &Execution, run: &RuleRun, ordinal: u32) -> bool {
    let of = |run: &RuleRun| {
        let condition = execution.conditions.get(run.condition as usize);
        condition.map(|condition| (condition.stage, condition.place, run.rule))
    };
    let this = of(run);
    let later = execution.rules.iter().skip(ordinal as usize + 1);
    later.map(of).any(|other| other == this)
}

fn detail(
    world: &World,
    pipeline: &Pipeline,
    execution: &Execution,
    run: &RuleRun,
    ordinal: u32,
) -> Option<RuleExecutionDetail> {
    let plan = pipeline.plan(execution.version);
    let subject = subject(plan, execution, run)?;
    let declaration = subject.declaration;
    let id = ExecutionId {
        pipeline: pipeline.id,
        number: execution.number,
    };
    let key = world.key();
    let condition = execution.conditions.get(run.condition as usize)?;
    // What the rule read: the last success of each producer before its condition was asked.
    let artifacts = declaration.input_artifacts.iter().flatten();
    let artifacts = artifacts.filter_map(|artifact| {
        let (stage, action) = *plan.producers.get(&artifact.name)?;
        let begun = execution
            .actions
            .partition_point(|action| action.started <= condition.started);
        let product =
            execution.product_before(stage, action, u32::try_from(begun).unwrap_or(u32::MAX))?;
        Some(artifact_location(
            world,
            pipeline,
            execution.version,
            declaration.region.as_deref(),
            &artifact.name,
            product,
        ))
    });
    let over = run.status != RuleExecutionStatus::InProgress;
    Some(RuleExecutionDetail {
        pipeline_execution_id: Some(key.execution(id)),
        rule_execution_id: Some(key.rule(RuleExecutionId {
            execution: id,
            ordinal,
        })),
        pipeline_version: Some(i64::from(execution.version)),
        stage_name: Some(subject.names.1.to_owned()),
        rule_name: Some(declaration.name.clone()),
        start_time: Some(run.started.timestamp()),
        last_update_time: Some(run.updated.timestamp()),
        updated_by: None,
        status: Some(run.status),
        input: Some(RuleExecutionInput {
            rule_type_id: Some(declaration.rule_type_id.clone()),
            configuration: Some(declaration.configuration.clone().unwrap_or_default()),
            resolved_configuration: Some(subject.configuration.clone()),
            role_arn: declaration.role_arn.clone(),
            region: Some(
                declaration
                    .region
                    .clone()
                    .unwrap_or_else(|| world.options.region.clone()),
            ),
            input_artifacts: Some(artifacts.collect()),
        }),
        output: Some(RuleExecutionOutput {
            execution_result: over.then(|| RuleExecutionResult {
                external_execution_id: None,
                external_execution_summary: summary(run),
                external_execution_url: None,
                error_details: error_details(run),
            }),
        }),
    })
}

/// What a rule said when it ended.
#[must_use]
pub fn summary(run: &RuleRun) -> Option<String> {
    let message = run.ending.error.as_ref().map(|error| &error.message);
    run.ending.summary.as_ref().or(message).cloned()
}

/// `errorDetails` of a failed rule.
#[must_use]
pub fn error_details(run: &RuleRun) -> Option<ErrorDetails> {
    run.ending.error.as_ref().map(|error| ErrorDetails {
        code: Some(error.code.to_string()),
        message: Some(error.message.clone()),
    })
}

/// ListRuleTypes: all at once (§8.5). Every one is available in every Region.
pub fn types(world: &World, input: ListRuleTypesInput) -> Result<ListRuleTypesOutput, ApiError> {
    // There is one owner, so its filter keeps everything; a Region that is none has no types.
    let region = input.region_filter.as_deref();
    let here = region
        .is_none_or(|region| region == world.options.region || declaration::is_region(region));
    let rule_types = if here {
        catalogue::RULE_TYPES.iter().map(shown).collect()
    } else {
        vec![]
    };
    Ok(ListRuleTypesOutput { rule_types })
}

fn kind(kind: ActionConfigurationPropertyType) -> RuleConfigurationPropertyType {
    match kind {
        ActionConfigurationPropertyType::String => RuleConfigurationPropertyType::String,
        ActionConfigurationPropertyType::Number => RuleConfigurationPropertyType::Number,
        ActionConfigurationPropertyType::Boolean => RuleConfigurationPropertyType::Boolean,
    }
}

fn shown(built_in: &BuiltIn) -> RuleType {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    RuleType {
        id: RuleTypeId {
            category: RuleCategory::Rule,
            owner: Some(RuleOwner::Aws),
            provider: built_in.provider.to_owned(),
            version: Some(built_in.version.to_owned()),
        },
        settings: Some(RuleTypeSettings::default()),
        rule_configuration_properties: Some(
            built_in
                .properties
                .iter()
                .map(|property| RuleConfigurationProperty {
                    name: property.name.to_owned(),
                    required: property.required,
                    key: property.key,
                    secret: property.secret,
                    queryable: Some(false),
                    description: Some(property.description.to_owned()),
                    r#type: Some(kind(property.kind)),
                })
                .collect(),
        ),
        input_artifact_details: ArtifactDetails {
            minimum_count: count(built_in.inputs.min),
            maximum_count: count(built_in.inputs.max),
        },
    }
}
