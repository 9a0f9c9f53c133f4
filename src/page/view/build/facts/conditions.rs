//! Facts about conditions, their rules and what they look at.

use super::{Past, Scene, first_line, letter};
use crate::{
    engine::{
        declaration::{self, ConditionPlace},
        fact::Event,
        ids::ExecutionId,
        rules::conditions::subject,
        world::{execution::DeadlineKind, plan::Plan},
    },
    model::{ConditionResult, RuleExecutionStatus},
    page::text::fact::{self as words, Said, conditions as said},
};

/// Whether a rule of a pipeline names this in its configuration.
pub(super) fn asks_about(plan: &Plan, key: &str, name: &str) -> bool {
    let stages = plan.declaration.stages.iter();
    let mut rules = stages
        .flat_map(declaration::conditions)
        .flat_map(|(_, condition)| condition.rules.iter().flatten());
    rules.any(|rule| {
        let configuration = rule.configuration.as_ref();
        configuration.is_some_and(|configuration| {
            configuration
                .get(key)
                .is_some_and(|value| value == name || value.contains("#{"))
        })
    })
}

/// What a condition made of a stage.
pub(super) fn stage_ended(
    who: &str,
    stage: &str,
    place: ConditionPlace,
    result: ConditionResult,
) -> Said {
    if result == ConditionResult::Skip {
        said::stage_skipped(who, stage)
    } else {
        said::stage_failed(who, stage, said::place(place))
    }
}

pub(super) fn sentence(scene: &Scene, past: &Past, event: &Event) -> Option<Said> {
    Some(match event {
        Event::ConditionStarted {
            execution,
            stage,
            place,
            ..
        } => said::asked(
            &letter(execution.number),
            said::place(*place),
            &past.stage(execution.number, *stage),
        ),
        Event::ConditionEnded {
            execution,
            condition,
            status,
            ..
        } => {
            let who = letter(execution.number);
            match evaluation(scene, *execution, *condition) {
                Some((stage, place)) => said::answered(
                    &who,
                    said::place(place),
                    &past.stage(execution.number, stage),
                    status.as_str(),
                ),
                None => said::answered(&who, said::A_CONDITION, words::A_STAGE, status.as_str()),
            }
        }
        Event::RuleStarted {
            execution, ordinal, ..
        } => said::rule_started(
            &letter(execution.number),
            &rule(scene, *execution, *ordinal),
        ),
        Event::RuleReplanned {
            execution,
            ordinal,
            deadline,
            watching,
        } => {
            let who = letter(execution.number);
            let name = rule(scene, *execution, *ordinal);
            match deadline {
                Some(deadline) if *watching && deadline.kind == DeadlineKind::Opening => {
                    said::window_closed(&who, &name, &scene.at(deadline.at))
                }
                Some(deadline) if *watching => {
                    said::rule_watches(&who, &name, &scene.at(deadline.at))
                }
                _ => said::rule_held(&who, &name),
            }
        }
        Event::RuleEnded {
            execution,
            ordinal,
            status,
            ending,
        } => {
            let who = letter(execution.number);
            let name = rule(scene, *execution, *ordinal);
            let message = ending.error.as_ref().map(|error| error.message.as_str());
            let message = first_line(message.or(ending.summary.as_deref()).unwrap_or_default());
            match status {
                RuleExecutionStatus::Succeeded => said::rule_succeeded(&who, &name, &message),
                RuleExecutionStatus::Failed => said::rule_failed(&who, &name, &message),
                RuleExecutionStatus::Abandoned | RuleExecutionStatus::InProgress => {
                    said::rule_abandoned(&who, &name)
                }
            }
        }
        Event::ExecutionResumed { execution, stage } => said::resumed(
            &letter(execution.number),
            &past.stage(execution.number, *stage),
        ),
        Event::AlarmSet { name, state } => said::alarm(name, state.as_str()),
        Event::LambdaResultSet { function, result } => said::function(
            function,
            match result {
                None => said::AS_USUAL,
                Some(crate::engine::conditions::LambdaResult::Success) => said::RETURNS,
                Some(crate::engine::conditions::LambdaResult::Error { .. }) => said::THROWS,
            },
        ),
        _ => return None,
    })
}

fn evaluation(scene: &Scene, id: ExecutionId, condition: u32) -> Option<(u16, ConditionPlace)> {
    let execution = scene.pipeline.executions.get(&id.number)?;
    let run = execution.conditions.get(condition as usize)?;
    Some((run.stage, run.place))
}

/// The name of a rule that an execution began; one that is history is not opened for it.
fn rule(scene: &Scene, id: ExecutionId, ordinal: u32) -> String {
    let named = || {
        let execution = scene.pipeline.executions.get(&id.number)?;
        let run = execution.rules.get(ordinal as usize)?;
        let plan = scene.pipeline.plan(execution.version);
        Some(subject(plan, execution, run)?.declaration.name.clone())
    };
    named().unwrap_or_else(|| said::A_RULE.to_owned())
}
