//! What GetPipelineState says of the conditions of a stage (CO-31).

use super::rule_executions::{error_details, summary};
use crate::{
    engine::{
        declaration::ConditionPlace,
        ids::{ExecutionId, RuleExecutionId},
        world::{World, condition::RuleRun, execution::Execution, pipeline::Pipeline, plan::Plan},
    },
    model::{
        ConditionExecution, ConditionState, RuleExecution, RuleState, StageConditionState,
        StageConditionsExecution,
    },
};

/// The condition of a stage of the current version at a place; `None` where there is none.
pub fn state(
    world: &World,
    pipeline: &Pipeline,
    plan: &Plan,
    stage: u16,
    place: ConditionPlace,
) -> Option<StageConditionState> {
    let condition = plan.condition(stage, place)?;
    let evaluation = pipeline
        .stages
        .get(usize::from(stage))
        .and_then(|state| state.conditions.at(place))
        .and_then(|(number, index)| {
            let execution = pipeline.executions.get(&number)?;
            let run = execution.conditions.get(index as usize)?;
            Some((execution, index, run))
        });
    let rules = condition.rules.iter().flatten().map(|declared| {
        let latest = evaluation.and_then(|(execution, index, run)| {
            // By its name: an update may have changed the rules.
            let (ordinal, rule) = execution.rules_of(index).find(|(_, rule)| {
                let began = pipeline
                    .plan(execution.version)
                    .rule(run.stage, place, rule.rule);
                began.is_some_and(|began| began.name == declared.name)
            })?;
            Some(latest(world, pipeline, execution, ordinal, rule))
        });
        RuleState {
            rule_name: Some(declared.name.clone()),
            latest_execution: latest,
            ..RuleState::default()
        }
    });
    let rule_states = rules.collect();
    let summary = evaluation.and_then(|(execution, index, _)| {
        let mut said = execution.rules_of(index).filter_map(|(_, rule)| {
            let failed = rule.ending.error.is_some();
            failed.then(|| summary(rule)).flatten()
        });
        said.next()
    });
    let status = evaluation.map(|(_, _, run)| run.status);
    Some(StageConditionState {
        latest_execution: evaluation.map(|_| StageConditionsExecution {
            status,
            summary: summary.clone(),
        }),
        condition_states: Some(vec![ConditionState {
            latest_execution: evaluation.map(|(_, _, run)| ConditionExecution {
                status,
                summary,
                last_status_change: Some(run.updated.timestamp()),
            }),
            rule_states: Some(rule_states),
        }]),
    })
}

fn latest(
    world: &World,
    pipeline: &Pipeline,
    execution: &Execution,
    ordinal: u32,
    rule: &RuleRun,
) -> RuleExecution {
    let id = RuleExecutionId {
        execution: ExecutionId {
            pipeline: pipeline.id,
            number: execution.number,
        },
        ordinal,
    };
    RuleExecution {
        rule_execution_id: Some(world.key().rule(id)),
        status: Some(rule.status),
        summary: summary(rule),
        last_status_change: Some(rule.updated.timestamp()),
        error_details: error_details(rule),
        ..RuleExecution::default()
    }
}
