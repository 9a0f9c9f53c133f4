//! Going back to an earlier execution (execution.md §7): a new execution that runs one stage again, with what an
//! earlier one brought to it.

use std::rc::Rc;

use super::scheduler;
use crate::{
    engine::{
        decision::Decision,
        declaration::ConditionPlace,
        fact::{Event, Start},
        ids::{ExecutionId, PipelineId},
        reason::Reason,
        world::{
            execution::{Execution, Inherited, Rollback, Trigger},
            pipeline::Pipeline,
        },
    },
    model::{ConditionExecutionStatus, ConditionResult, ExecutionMode, TriggerType},
};

/// RB-1, RB-2, RB-8: starts a rollback of a stage, whose lock is free, to an execution that succeeded in it. It takes
/// the lock at once, past a disabled transition and past those who wait.
pub fn roll_back(
    decision: &mut Decision,
    pipeline: PipelineId,
    stage: u16,
    target: &Execution,
    trigger: Trigger,
) -> ExecutionId {
    let record = decision.pipeline(pipeline);
    let execution = ExecutionId {
        pipeline,
        number: record.started + 1,
    };
    let rollback = Rollback {
        target: target.number,
        stage,
        inherited: inheritance(record, target, stage),
    };
    decision.record(Event::ExecutionStarted(Box::new(Start {
        execution,
        trigger,
        variables: target.variables.clone(),
        overrides: vec![],
        pins: vec![],
        token: None,
        rollback: Some(Rc::new(rollback)),
    })));
    scheduler::enter(decision, execution, stage);
    execution
}

/// RB-2: what the stages before this one left behind in the target.
fn inheritance(pipeline: &Pipeline, target: &Execution, stage: u16) -> Vec<Inherited> {
    let plan = pipeline.plan(target.version);
    (0..stage)
        .flat_map(|stage| {
            let actions = 0_u16..;
            let count = plan.stage_plan(stage).actions.len();
            actions.take(count).map(move |action| (stage, action))
        })
        .filter_map(|(stage, action)| {
            let (ordinal, attempt) = target
                .attempts(stage, action)
                .rev()
                .find(|(_, attempt)| attempt.succeeded())?;
            Some(Inherited {
                stage,
                action,
                ordinal,
                variables: attempt.ending.variables.clone(),
                revision: attempt.ending.revision.clone(),
                resolved: attempt.resolved.clone(),
            })
        })
        .collect()
}

/// RB-11 to RB-15, CO-18 to CO-20: a stage failed for an execution, which is over. The stage is rolled back where its
/// declaration asks for that and there is something to go back to. Called while the lock is still free, so that it
/// passes to the rollback.
pub fn after_failure(decision: &mut Decision, id: ExecutionId, stage: u16, reason: &Reason) {
    let pipeline = decision.pipeline(id.pipeline);
    let execution = decision.execution(id);
    // RB-5, RB-9, PA-5: of the current version, and never after a rollback or in PARALLEL mode.
    if execution.version != pipeline.version()
        || execution.rollback.is_some()
        || execution.mode == ExecutionMode::Parallel
        || !asks_for_rollback(pipeline, execution, stage, reason)
    {
        return;
    }
    let state = pipeline.stages.get(usize::from(stage));
    let target = state
        .and_then(|state| state.succeeded)
        .and_then(|number| pipeline.executions.get(&number))
        .cloned();
    let Some(target) = target else {
        // RB-12, CO-20: nothing to go back to.
        return;
    };
    let failed = decision.key().execution(id);
    let trigger = Trigger {
        kind: TriggerType::AutomatedRollback,
        detail: format!("{{\"FailedPipelineExecutionId\":\"{failed}\"}}").into(),
    };
    roll_back(decision, id.pipeline, stage, &target, trigger);
}

fn asks_for_rollback(
    pipeline: &Pipeline,
    execution: &Execution,
    stage: u16,
    reason: &Reason,
) -> bool {
    match reason {
        Reason::ConditionFailed { result, .. } => *result == ConditionResult::Rollback,
        Reason::ActionFailed { .. } => {
            let plan = pipeline.plan(execution.version);
            let Some(failure) = &plan.stage(stage).on_failure else {
                return false;
            };
            // CO-19: the condition is met, and so says its result.
            let met = execution
                .counting_condition(stage, ConditionPlace::OnFailure)
                .is_some_and(|(_, run)| run.status == ConditionExecutionStatus::Succeeded);
            let result = if met {
                plan.condition(stage, ConditionPlace::OnFailure)
                    .and_then(|condition| condition.result)
            } else {
                failure.result
            };
            result == Some(ConditionResult::Rollback)
        }
        _ => false,
    }
}
