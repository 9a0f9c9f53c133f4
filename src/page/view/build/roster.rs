//! The roster: one cell per live or just-ended execution, furthest along the line first.

use std::cmp::Reverse;

use super::{scene::Scene, stage, time};
use crate::order::sort_by_key;
use crate::{
    engine::{
        explain::{Cause, Explanation, Refusal, RuleWork, Situation, Standing, Stay, Work},
        time::MINUTE,
        world::{
            execution::{Execution, Position},
            history::Recorded,
        },
    },
    model::{ExecutionMode, JobStatus, PipelineExecutionStatus},
    page::{
        text::{self, fact::conditions as condition, roster as lines, state as words},
        view::{Icon, Role, RosterCell, StateView},
    },
};

/// How long an ended execution stays, in virtual milliseconds.
pub const STAYS: i64 = 15 * MINUTE;
/// How many executions the roster holds at most: as many as may be active in QUEUED and PARALLEL, and some more.
pub const ROSTER_SHOWN: usize = 60;

pub fn roster(scene: &Scene) -> Vec<RosterCell> {
    let executions = &scene.pipeline.executions;
    let active = executions.values().filter(|execution| execution.active());
    // The newest of those that ended: an old one that lingers is shown for somebody's sake, not for the roster's.
    let ended = executions.values().rev().filter(|execution| {
        !execution.active()
            && (scene.lingers(execution) || stage::waits_for_a_retry(scene.pipeline, execution))
    });
    let mut shown: Vec<Recorded> = active
        .chain(ended)
        .take(ROSTER_SHOWN)
        .map(|execution| Recorded::Live(execution))
        .collect();
    if let Some(chosen) = &scene.chosen
        && !shown
            .iter()
            .any(|execution| execution.number == chosen.number)
    {
        shown.push(chosen.clone());
    }
    sort_by_key(&mut shown, |execution| {
        (Reverse(way(scene, execution)), execution.number)
    });
    shown
        .iter()
        .filter_map(|execution| cell(scene, execution))
        .collect()
}

/// How far an execution has come: twice the stage, and one more for being inside it.
pub fn way(scene: &Scene, execution: &Execution) -> usize {
    let place = |stage: u16| {
        2 * usize::from(
            scene
                .pipeline
                .current_stage(execution.version, stage)
                .unwrap_or(stage),
        )
    };
    match execution.position {
        Position::Boundary { stage, .. }
        | Position::Ended {
            boundary: Some((stage, _)),
        } => place(stage) + 1,
        Position::Inside { stage } => place(stage) + 2,
        Position::Ended { boundary: None } => match execution.stages.last() {
            Some(_) if execution.status == PipelineExecutionStatus::Succeeded => usize::MAX,
            Some(run) => place(run.stage) + 2,
            None => 0,
        },
    }
}

fn cell(scene: &Scene, execution: &Execution) -> Option<RosterCell> {
    let told = scene.told(execution)?;
    Some(RosterCell {
        token: scene.standing(execution),
        state: state(&told.explanation),
        line: line(scene, execution, &told.explanation),
        selected: scene.is_chosen(execution.number),
        why: told.why.clone(),
    })
}

fn view(role: Role, icon: Icon, word: impl Into<String>) -> StateView {
    StateView {
        role,
        icon,
        word: word.into(),
    }
}

/// The state of an execution in the page's word.
pub fn state(explanation: &Explanation) -> StateView {
    match &explanation.situation {
        Situation::Inside(stay) => inside(stay),
        Situation::Lock { .. } => view(Role::Wait, Icon::Lock, words::WAITS_FOR_LOCK),
        Situation::Gate { .. } | Situation::GateAndLock { .. } => {
            view(Role::Wait, Icon::Gate, words::WAITS_AT_GATE)
        }
        Situation::InLine { ahead, .. } => view(
            Role::Wait,
            Icon::Queue,
            words::in_line(&text::nth(ahead.len() + 1)),
        ),
        Situation::Inert { .. } => view(Role::Wait, Icon::Hourglass, words::INERT),
        Situation::Stopped { .. } => view(Role::Gone, Icon::Stopped, words::STOPPED),
        Situation::Passing { .. } => view(Role::Run, Icon::Running, words::PASSING),
        Situation::Superseded { .. } => view(Role::Gone, Icon::Superseded, words::SUPERSEDED),
        Situation::Failed { .. } => view(Role::Fail, Icon::Failed, words::FAILED),
        Situation::Refused(_) => view(Role::Fail, Icon::Failed, words::REFUSED),
        Situation::Cancelled { .. } => view(Role::Gone, Icon::Cancelled, words::CANCELLED),
        Situation::Succeeded | Situation::RolledBack { .. } => {
            view(Role::Ok, Icon::Succeeded, words::SUCCEEDED)
        }
        Situation::Unrecorded { status } => of_status(*status),
    }
}

/// Whoever waits for somebody is told first; a failure is told as soon as nobody can do anything about the rest.
fn inside(stay: &Stay) -> StateView {
    let needs = |work: Work| stay.under_way.iter().any(|action| action.work == work);
    if needs(Work::Approval) {
        return view(Role::Person, Icon::Person, words::NEEDS_APPROVAL);
    }
    if needs(Work::Held) {
        return view(Role::Person, Icon::Person, words::HELD);
    }
    match &stay.standing {
        Standing::Stopping { .. } => view(Role::Wait, Icon::Stopping, words::STOPPING),
        Standing::Cancelling { .. } => view(Role::Wait, Icon::Stopping, words::CANCELLING),
        Standing::Failing(_) => view(Role::Fail, Icon::Failed, words::FAILING),
        Standing::Worker(action)
            if action.job.as_ref().map(|job| job.status) == Some(JobStatus::InProgress) =>
        {
            view(Role::Run, Icon::Running, words::WORKED_AT)
        }
        Standing::Worker(_) => view(Role::Wait, Icon::Ticket, words::WAITS_FOR_WORKER),
        Standing::Asked(_) if stay.rules.iter().all(|rule| rule.work == RuleWork::Running) => {
            view(Role::Run, Icon::Running, words::ASKED)
        }
        Standing::Asked(_) => view(Role::Wait, Icon::Hourglass, words::ASKED),
        Standing::Hanging(_) => view(Role::Run, Icon::Running, words::HANGING),
        Standing::Working | Standing::Limit { .. } | Standing::Approval(_) | Standing::Held(_) => {
            view(Role::Run, Icon::Running, words::RUNNING)
        }
    }
}

fn of_status(status: PipelineExecutionStatus) -> StateView {
    match status {
        PipelineExecutionStatus::InProgress => view(Role::Run, Icon::Running, words::RUNNING),
        PipelineExecutionStatus::Stopping => view(Role::Wait, Icon::Stopping, words::STOPPING),
        PipelineExecutionStatus::Stopped => view(Role::Gone, Icon::Stopped, words::STOPPED),
        PipelineExecutionStatus::Succeeded => view(Role::Ok, Icon::Succeeded, words::SUCCEEDED),
        PipelineExecutionStatus::Superseded => {
            view(Role::Gone, Icon::Superseded, words::SUPERSEDED)
        }
        PipelineExecutionStatus::Cancelled => view(Role::Gone, Icon::Cancelled, words::CANCELLED),
        PipelineExecutionStatus::Failed => view(Role::Fail, Icon::Failed, words::FAILED),
    }
}

/// Where it is and why, as the rest of the state's sentence.
fn line(scene: &Scene, execution: &Execution, explanation: &Explanation) -> String {
    let stage = |index: u16| scene.stage_name(execution, index);
    let letter = super::letter;
    let (span, time) = (
        scene.so_far(explanation.since),
        scene.when(explanation.since),
    );
    match &explanation.situation {
        Situation::Inside(stay) => {
            let name = stage(stay.stage);
            let span = scene.so_far(stay.entered);
            match &stay.standing {
                Standing::Stopping { .. } => lines::stopping(&name),
                Standing::Cancelling { version, .. } => lines::cancelling(&name, *version),
                Standing::Failing(failure) => lines::failing(
                    &name,
                    &scene.action_name(execution, stay.stage, failure.action),
                ),
                Standing::Asked(asked) => lines::asked(&name, condition::place(asked.place)),
                Standing::Limit { waiting } => lines::no_room(&name, waiting.len() as u64, &span),
                _ if execution.mode == ExecutionMode::Parallel => lines::inside(&name, &span),
                _ => lines::holds(&name, &span),
            }
        }
        Situation::Lock {
            stage: index,
            holder,
        } => lines::lock(&stage(*index), &letter(holder.execution), &span),
        Situation::Gate { stage: index, .. } => lines::gate(&stage(*index), &span),
        Situation::GateAndLock {
            stage: index,
            holder,
            ..
        } => lines::gate_and_lock(&stage(*index), &letter(holder.execution), &span),
        Situation::InLine {
            stage: index,
            ahead,
            ..
        } => {
            let nearest = ahead
                .last()
                .map(|number| letter(*number))
                .unwrap_or_default();
            lines::in_line(&stage(*index), &nearest, &span)
        }
        Situation::Inert { stage: index } => lines::inert(&stage(*index), &span),
        Situation::Stopped { .. } => lines::stopped(&time),
        Situation::Passing { stage: index } => lines::passing(&stage(*index)),
        Situation::Superseded {
            by,
            boundary: Some((index, _)),
        } => lines::superseded(&letter(*by), &stage(*index), &time),
        Situation::Superseded { by, boundary: None } => {
            lines::superseded_passing(&letter(*by), &time)
        }
        Situation::Failed {
            stage: index,
            failure,
            ..
        } => match failure {
            Some(Cause::Action(failure)) => lines::failed_action(
                &stage(*index),
                &scene.action_name(execution, *index, failure.action),
                &time,
            ),
            Some(Cause::Condition { place, .. }) => {
                lines::failed_condition(&stage(*index), condition::place(*place), &time)
            }
            None => lines::failed(&stage(*index), &time),
        },
        Situation::Refused(Refusal::TooManyExecutions) => lines::refused_full(&time),
        Situation::Refused(Refusal::VariableMissing { name }) => {
            lines::refused_variable(name, &time)
        }
        Situation::Cancelled { version, .. } => lines::cancelled(*version, &time),
        Situation::Succeeded => lines::succeeded(
            &time::exact(execution.updated.since(execution.started)),
            &time,
        ),
        Situation::RolledBack {
            stage: index,
            target,
        } => lines::rolled_back(&stage(*index), &letter(*target), &time),
        Situation::Unrecorded { .. } => lines::ended(&time),
    }
}
