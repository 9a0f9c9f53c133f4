//! WHY. Why an execution is where it is: a question that has an answer for every execution at every time.
//!
//! [`explain`] only reads. What still goes on is read off the live world (who holds the lock *now*, what *its*
//! actions are doing); what is over is told from the reason that was recorded when it was decided. The answer is
//! structured: which situation, since when, by which rule, what would end it, what can still go wrong. It holds
//! numbers and indices and no sentence; naming and wording are the page's business.
//!
//! What may not live here: a decision. A situation that a rule can bring about and that has no variant in
//! [`Situation`] is a gap in this folder.

mod inside;
mod situation;

pub use inside::{stay, work};
pub use situation::{
    Asked, Cause, ClosedGate, End, Explanation, Failure, JobUnderWay, Left, Refusal, Risk,
    RuleUnderWay, RuleWork, Situation, Standing, Stay, UnderWay, Work,
};

use super::{
    ids::ExecutionId,
    reason::Reason,
    time::Instant,
    world::{
        World,
        execution::{Execution, Position, StageRun},
        pipeline::{Pipeline, StageState},
    },
};
use crate::model::{ExecutionMode, StageExecutionStatus, TriggerType};

/// Why an execution is where it is. `None` only if the world has no such execution.
#[must_use]
pub fn explain(world: &World, id: ExecutionId) -> Option<Explanation> {
    let pipeline = world.pipelines.get(&id.pipeline)?;
    let execution = pipeline.execution(id.number)?;
    Some(match execution.position {
        Position::Inside { stage } if execution.active() => {
            explain_inside(world, pipeline, &execution, stage)
        }
        Position::Boundary { stage, since, .. } if execution.active() => {
            explain_waiting(world, pipeline, &execution, stage, since)
        }
        _ => explain_ended(pipeline, &execution),
    })
}

fn id_of(pipeline: &Pipeline, execution: &Execution) -> ExecutionId {
    ExecutionId {
        pipeline: pipeline.id,
        number: execution.number,
    }
}

fn explain_inside(
    world: &World,
    pipeline: &Pipeline,
    execution: &Execution,
    stage: u16,
) -> Explanation {
    let stay = stay(world, pipeline, execution, stage);
    let mut risks = inside::risks(world, pipeline, &stay);
    if execution.mode != ExecutionMode::Parallel
        && !matches!(stay.standing, Standing::Cancelling { .. })
    {
        risks.push(Risk::Update);
    }
    Explanation {
        execution: id_of(pipeline, execution),
        since: stay.since(),
        rule: stay.rule(),
        ends: stay.ends(),
        risks,
        situation: Situation::Inside(stay),
    }
}

/// The closed inbound transition of a stage.
fn closed_gate(state: &StageState) -> Option<ClosedGate> {
    let (reason, since) = state.transition.disabled.clone()?;
    let changed = state.transition.changed.as_ref();
    Some(ClosedGate {
        reason,
        by: changed.map(|(by, _)| by.clone()),
        since: Some(since),
    })
}

fn explain_waiting(
    world: &World,
    pipeline: &Pipeline,
    execution: &Execution,
    stage: u16,
    since: Instant,
) -> Explanation {
    let state = pipeline.stage_state(execution.version, stage);
    let gate = state.and_then(closed_gate);
    // MO-6, PA-1: locks and queues are nothing to an execution of PARALLEL mode.
    let locks = execution.mode != ExecutionMode::Parallel;
    let holder = state
        .filter(|_| locks)
        .and_then(|state| state.holder)
        .and_then(|number| pipeline.executions.get(&number))
        .and_then(|holder| Some(stay(world, pipeline, holder, holder.inside()?)));
    let ahead: Vec<u32> = state
        .filter(|_| locks)
        .map(|state| {
            state
                .waiting
                .iter()
                .copied()
                .take_while(|number| *number != execution.number)
                .collect()
        })
        .unwrap_or_default();

    let mut ends = vec![];
    if gate.is_some() {
        ends.push(End::GateOpens { stage });
    }
    ends.extend(ahead.iter().map(|number| End::Leaves {
        execution: *number,
        stage,
    }));
    if let Some(holder) = &holder {
        ends.push(End::Leaves {
            execution: holder.execution,
            stage,
        });
        ends.extend(holder.ends());
    }
    let mut risks = vec![];
    if execution.mode == ExecutionMode::Superseded {
        risks.push(Risk::Superseded { stage });
    }
    if locks {
        risks.push(Risk::Update);
    }
    let situation = if ahead.is_empty() {
        match (gate, holder) {
            (Some(gate), Some(holder)) => Situation::GateAndLock {
                stage,
                gate,
                holder,
            },
            (Some(gate), None) => Situation::Gate { stage, gate },
            (None, Some(holder)) => Situation::Lock { stage, holder },
            (None, None) => Situation::Passing { stage },
        }
    } else {
        Situation::InLine {
            stage,
            ahead,
            gate,
            holder,
        }
    };
    // TR-10 comes before everything else: nothing that happens here lets it in, only a newer arrival does.
    let situation = if execution.inert() {
        Situation::Inert { stage }
    } else {
        situation
    };
    let rule = match &situation {
        Situation::Inert { .. } => "TR-10",
        Situation::InLine { .. } => "QU-1",
        Situation::GateAndLock { .. } => "TR-8",
        Situation::Gate { .. } => "TR-3",
        Situation::Lock { holder, .. } => match (&holder.standing, execution.mode) {
            (Standing::Working | Standing::Limit { .. }, _) => "MO-4",
            (_, ExecutionMode::Superseded) => "SU-2",
            _ => "MO-2",
        },
        _ => "MO-4",
    };
    Explanation {
        execution: id_of(pipeline, execution),
        situation,
        since,
        rule,
        ends,
        risks,
    }
}

/// What is over is told from what was recorded.
fn explain_ended(pipeline: &Pipeline, execution: &Execution) -> Explanation {
    let boundary = match execution.position {
        Position::Ended { boundary } => boundary,
        Position::Boundary { stage, since, .. } => Some((stage, since)),
        Position::Inside { .. } => None,
    };
    let mut risks = vec![];
    let mut rule = execution.reason.as_ref().map_or("LC-1", Reason::rule);
    let situation = match &execution.reason {
        Some(Reason::SupersededBy { by }) => Situation::Superseded { by: *by, boundary },
        Some(Reason::StageFailed { stage }) => {
            let run = execution.stage_run(*stage);
            let failure = run.and_then(|run| recorded_cause(execution, run));
            let followed_by = followed(pipeline, execution, *stage);
            // What made the stage fail says more than that it did.
            if let Some(recorded) = run.and_then(|run| run.reason.as_ref()) {
                rule = recorded.rule();
            }
            if followed_by.is_none() && execution.mode != ExecutionMode::Parallel {
                risks.push(Risk::NoRetry { stage: *stage });
            }
            Situation::Failed {
                stage: *stage,
                failure,
                rolled_back_by: rolled_back_by(pipeline, execution, *stage),
                followed_by,
            }
        }
        Some(Reason::PipelineUpdated { version }) => {
            let inside = execution
                .stages
                .last()
                .filter(|run| run.status == StageExecutionStatus::Cancelled);
            let left = match (boundary, inside) {
                (Some((stage, since)), _) => Left::InFrontOf { stage, since },
                (None, Some(run)) => Left::Inside { stage: run.stage },
                (None, None) => Left::Nowhere,
            };
            Situation::Cancelled {
                version: *version,
                left,
            }
        }
        Some(Reason::Stopped { abandon }) => {
            let inside = execution
                .stages
                .last()
                .filter(|run| run.status == StageExecutionStatus::Stopped);
            let left = match (boundary, inside) {
                (Some((stage, since)), _) => Left::InFrontOf { stage, since },
                (None, Some(run)) => Left::Inside { stage: run.stage },
                (None, None) => Left::Nowhere,
            };
            Situation::Stopped {
                left,
                abandon: *abandon,
                reason: execution.stop.as_ref().and_then(|stop| stop.reason.clone()),
            }
        }
        Some(Reason::TooManyExecutions) => Situation::Refused(Refusal::TooManyExecutions),
        Some(Reason::VariableMissing { name }) => {
            Situation::Refused(Refusal::VariableMissing { name: name.clone() })
        }
        Some(Reason::LastStageSucceeded) => Situation::Succeeded,
        Some(Reason::RolledBack { target }) => Situation::RolledBack {
            stage: execution.rollback.as_ref().map_or(0, |back| back.stage),
            target: *target,
        },
        _ => Situation::Unrecorded {
            status: execution.status,
        },
    };
    Explanation {
        execution: id_of(pipeline, execution),
        situation,
        since: execution.updated,
        rule,
        ends: vec![],
        risks,
    }
}

/// What a stage's end names as its cause.
fn recorded_cause(execution: &Execution, run: &StageRun) -> Option<Cause> {
    match run.reason {
        Some(Reason::ActionFailed { action }) => {
            let (ordinal, _) = execution.latest_attempt(run.stage, action)?;
            inside::failure(execution, ordinal).map(Cause::Action)
        }
        Some(Reason::ConditionFailed { place, .. }) => {
            let (index, _) = execution.counting_condition(run.stage, place)?;
            let failed = execution
                .rules_of(index)
                .find(|(_, rule)| rule.ending.error.is_some())
                .map(|(_, rule)| rule);
            Some(Cause::Condition {
                place,
                rule: failed.map(|rule| rule.rule),
                message: failed
                    .and_then(|rule| rule.ending.error.as_ref())
                    .map(|error| error.message.clone())
                    .unwrap_or_default(),
            })
        }
        _ => None,
    }
}

/// RB-14, RB-15: the rollback that took the lock over from it. It is the very next one to enter.
fn rolled_back_by(pipeline: &Pipeline, execution: &Execution, stage: u16) -> Option<u32> {
    let ended = execution.stage_run(stage)?.ended?;
    pipeline
        .executions
        .range(execution.number + 1..)
        .find(|(_, other)| {
            let back = other.rollback.as_ref();
            back.is_some_and(|back| back.stage == stage)
                && other.trigger.kind == TriggerType::AutomatedRollback
                && other.started == ended
        })
        .map(|(number, _)| *number)
}

/// SU-6: the newer execution that has entered the stage since.
fn followed(pipeline: &Pipeline, execution: &Execution, stage: u16) -> Option<u32> {
    let latest = pipeline.stage_state(execution.version, stage)?.latest?;
    (latest > execution.number).then_some(latest)
}
