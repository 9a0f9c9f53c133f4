//! Which setting counts for an action, and what a changed setting does to actions under way.

use std::rc::Rc;

use super::{action, jobs, workers};
use crate::{
    engine::{
        behavior::{Behavior, Scope},
        conditions::RuleKind,
        decision::Decision,
        declaration::ConditionPlace,
        fact::Event,
        ids::{ActionExecutionId, ExecutionId},
        providers,
        world::{
            World,
            execution::{Deadline, DeadlineKind},
            plan::{ActionPlan, Plan},
        },
    },
    model::{ActionDeclaration, RuleDeclaration},
};

fn scopes(pipeline: &str, stage: &str, declaration: &ActionDeclaration) -> (Scope, Scope) {
    let id = &declaration.action_type_id;
    (
        Scope::Action {
            pipeline: pipeline.to_owned(),
            stage: stage.to_owned(),
            action: declaration.name.clone(),
        },
        Scope::Provider {
            category: id.category.to_string(),
            owner: id.owner.to_string(),
            provider: id.provider.clone(),
        },
    )
}

/// The setting for a rule of a condition, in the stage with these names of pipeline and stage. Only what a rule runs
/// behaves; what it merely looks at is as it is.
#[must_use]
pub fn of_rule(
    world: &World,
    (pipeline, stage): (&str, &str),
    place: ConditionPlace,
    declaration: &RuleDeclaration,
) -> Behavior {
    let provider = &declaration.rule_type_id.provider;
    if world.behaviors.is_empty() || !RuleKind::of(provider).is_some_and(RuleKind::behaves) {
        return Behavior::default();
    }
    let by_rule = Scope::Rule {
        pipeline: pipeline.to_owned(),
        stage: stage.to_owned(),
        place,
        rule: declaration.name.clone(),
    };
    let by_provider = Scope::Provider {
        category: "Rule".to_owned(),
        owner: "AWS".to_owned(),
        provider: provider.clone(),
    };
    let own = world.behaviors.get(&by_rule).cloned().unwrap_or_default();
    own.or(world.behaviors.get(&by_provider))
}

/// The setting for an action that is about to begin, or has begun, with this ordinal.
#[must_use]
pub fn of_action(
    world: &World,
    id: ExecutionId,
    plan: &Plan,
    stage: u16,
    action: u16,
    ordinal: u32,
) -> Behavior {
    if world.behaviors.is_empty() {
        return Behavior::default();
    }
    let own = world.behaviors.get(&Scope::Execution(ActionExecutionId {
        execution: id,
        ordinal,
    }));
    own.cloned()
        .unwrap_or_default()
        .or(Some(&of_declared(world, plan, stage, action)))
}

/// The setting for an action as declared, whoever runs it.
#[must_use]
pub fn of_declared(world: &World, plan: &Plan, stage: u16, action: u16) -> Behavior {
    if world.behaviors.is_empty() {
        return Behavior::default();
    }
    let (by_action, by_provider) = scopes(
        &plan.declaration.name,
        &plan.stage(stage).name,
        plan.action(stage, action),
    );
    world
        .behaviors
        .get(&by_action)
        .cloned()
        .unwrap_or_default()
        .or(world.behaviors.get(&by_provider))
}

/// The setting for an action under way.
#[must_use]
pub fn of_execution(world: &World, id: ActionExecutionId) -> Behavior {
    let execution = world.execution(id.execution);
    let plan = world
        .pipeline(id.execution.pipeline)
        .plan(execution.version);
    match execution.actions.get(id.ordinal as usize) {
        Some(record) => of_action(
            world,
            id.execution,
            plan,
            record.stage,
            record.action,
            id.ordinal,
        ),
        None => Behavior::default(),
    }
}

/// Whether an action ends without anybody's doing: what its setting says, or else what it is by nature. An approval
/// always waits for its person; `alone` says whether an action of its type ends without a worker.
#[must_use]
pub fn ends_by_itself(plan: &ActionPlan, setting: &Behavior, alone: bool) -> bool {
    let provider = providers::of(plan.kind);
    if provider.waits_for_a_person() {
        return false;
    }
    match &setting.outcome {
        Some(outcome) => outcome.ends_by_itself(),
        None => alone,
    }
}

/// The actions under way that only somebody, or their timeout, ends: because of their setting, or by nature.
#[must_use]
pub fn waiting(world: &World) -> Vec<ActionExecutionId> {
    let mut waiting = running(world);
    waiting.retain(|id| !by_itself(world, *id));
    waiting
}

fn running(world: &World) -> Vec<ActionExecutionId> {
    world
        .pipelines
        .values()
        .flat_map(|pipeline| {
            pipeline
                .executions
                .values()
                .filter(|execution| execution.active())
                .flat_map(|execution| {
                    let id = ExecutionId {
                        pipeline: pipeline.id,
                        number: execution.number,
                    };
                    execution
                        .numbered()
                        .filter(|(_, attempt)| attempt.running())
                        .map(move |(ordinal, _)| ActionExecutionId {
                            execution: id,
                            ordinal,
                        })
                })
        })
        .collect()
}

fn by_itself(world: &World, id: ActionExecutionId) -> bool {
    let execution = world.execution(id.execution);
    let plan = world
        .pipeline(id.execution.pipeline)
        .plan(execution.version);
    execution
        .actions
        .get(id.ordinal as usize)
        .is_some_and(|record| {
            let action_plan = plan.action_plan(record.stage, record.action);
            let alone = jobs::under_way_alone(world, id);
            ends_by_itself(action_plan, &of_execution(world, id), alone)
        })
}

/// A setting was changed: actions under way that now hold or hang wait for their timeout, and those that were waiting
/// before and no longer are end as the setting says. What merely takes longer than it may is left to its timeout.
pub fn changed(decision: &mut Decision, waited: &[ActionExecutionId]) {
    for id in running(decision) {
        replan(decision, id, waited.contains(&id));
    }
    workers::plan_all(decision);
}

fn replan(decision: &mut Decision, id: ActionExecutionId, waited: bool) {
    let Some(record) = decision
        .pipelines
        .get(&id.execution.pipeline)
        .and_then(|pipeline| pipeline.executions.get(&id.execution.number))
        .and_then(|execution| execution.actions.get(id.ordinal as usize))
        .filter(|record| record.running())
        .cloned()
    else {
        return;
    };
    let version = decision.execution(id.execution).version;
    let plan = Rc::clone(decision.pipeline(id.execution.pipeline).plan(version));
    let action_plan = plan.action_plan(record.stage, record.action);
    if providers::of(action_plan.kind).waits_for_a_person() {
        return;
    }
    let setting = of_execution(decision, id);
    let alone = jobs::under_way_alone(decision, id);
    let by_itself = ends_by_itself(action_plan, &setting, alone);
    let Some(deadline) = record.deadline else {
        return;
    };
    match (by_itself, deadline.kind) {
        (false, DeadlineKind::Completion) => {
            let at = jobs::times_out(decision, id, &record, &plan);
            decision.record(Event::ActionReplanned {
                execution: id.execution,
                ordinal: id.ordinal,
                deadline: Some(Deadline {
                    at,
                    kind: DeadlineKind::Timeout,
                }),
            });
        }
        (true, DeadlineKind::Timeout) if waited => action::complete(decision, id),
        _ => {}
    }
    jobs::begin(decision, id, false);
}
