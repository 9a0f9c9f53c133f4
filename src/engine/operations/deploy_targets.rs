//! ListDeployActionExecutionTargets (execution.md §13a).

use std::collections::BTreeMap;

use super::{lookup, paging};
use crate::{
    engine::{
        ids::Kind,
        providers::{self, Run},
        rules::action::configuration,
        world::World,
    },
    model::{
        ApiError, DeployActionExecutionTarget, ErrorCode, ListDeployActionExecutionTargetsInput,
        ListDeployActionExecutionTargetsOutput, TargetFilter, TargetFilterName,
    },
};

/// P-1: items of a page.
const PAGE: usize = 100;

/// ListDeployActionExecutionTargets: in the order in which the deployment goes through them.
pub fn list(
    world: &World,
    input: ListDeployActionExecutionTargetsInput,
) -> Result<ListDeployActionExecutionTargetsOutput, ApiError> {
    let named = input.pipeline_name.as_deref();
    let named = named
        .map(|name| lookup::pipeline(world, name))
        .transpose()?;
    let filters = input.filters.unwrap_or_default();
    let action = &input.action_execution_id;
    let all = all(world, action, named.map(|pipeline| pipeline.id))?;
    let question = paging::Question::new(
        world,
        "ListDeployActionExecutionTargets",
        &format!("{:?} {action} {filters:?}", input.pipeline_name),
    );
    let after = question.position(input.next_token.as_deref())?;
    let size = paging::size(input.max_results, PAGE);
    // A target is known by its place: no deployment loses one that it has reached.
    let after: usize = after.and_then(|at| at.parse().ok()).unwrap_or_default();
    let mut found = all
        .into_iter()
        .enumerate()
        .skip(after)
        .filter(|(_, target)| filters.iter().all(|filter| passes(filter, target)));
    let page: Vec<_> = found.by_ref().take(size).collect();
    let next_token = match (page.last(), found.next()) {
        (Some((place, _)), Some(_)) => Some(question.token(&(place + 1).to_string())),
        _ => None,
    };
    Ok(ListDeployActionExecutionTargetsOutput {
        targets: Some(page.into_iter().map(|(_, target)| target).collect()),
        next_token,
    })
}

/// Filters all have to be passed, by any of their values.
fn passes(filter: &TargetFilter, target: &DeployActionExecutionTarget) -> bool {
    let value = match filter.name {
        Some(TargetFilterName::TargetStatus) => target.status.as_ref(),
        None => return true,
    };
    let values = filter.values.as_deref().unwrap_or_default();
    values.is_empty() || value.is_some_and(|value| values.contains(value))
}

/// DT-1: the targets of the action execution that a call names.
fn all(
    world: &World,
    uuid: &str,
    named: Option<crate::engine::ids::PipelineId>,
) -> Result<Vec<DeployActionExecutionTarget>, ApiError> {
    let unknown = || {
        ApiError::new(
            ErrorCode::ActionExecutionNotFoundException,
            format!("There is no action execution with id '{uuid}'"),
        )
    };
    let id = world
        .key()
        .parse(Kind::ActionExecution, uuid)
        .filter(|id| named.is_none_or(|named| id.execution.pipeline == named))
        .ok_or_else(unknown)?;
    let pipeline = world
        .pipelines
        .get(&id.execution.pipeline)
        .ok_or_else(unknown)?;
    let execution_uuid = world.key().execution(id.execution);
    let number = lookup::execution(world, pipeline, &execution_uuid).map_err(|_| unknown())?;
    let execution = pipeline.execution(number).ok_or_else(unknown)?;
    let record = execution
        .actions
        .get(id.ordinal as usize)
        .ok_or_else(unknown)?;
    let plan = pipeline.plan(execution.version);
    let action_plan = plan.action_plan(record.stage, record.action);
    let declaration = plan.action(record.stage, record.action);
    let empty = BTreeMap::new();
    let run = Run {
        world,
        pipeline,
        execution: &execution,
        id,
        declaration,
        configuration: configuration(record.resolved.as_ref(), declaration, &empty),
    };
    Ok(if providers::of(action_plan.kind).has_targets() {
        providers::targets(&run, action_plan, record)
    } else {
        vec![]
    })
}
