//! An action as a tile: whose record it shows, in which state, how far, and whether it will simply succeed.

use std::collections::BTreeMap;

use super::{scene::Scene, time};
use crate::{
    engine::{
        behavior::Outcome,
        catalogue, declaration,
        explain::{Work, work},
        ids::{ActionExecutionId, Kind},
        providers,
        rules::{action::configuration, behavior},
        world::execution::{ActionExecution, DeadlineKind, Execution},
    },
    model::{ActionDeclaration, ActionExecutionStatus, JobStatus},
    page::{
        text::{action as words, state as states},
        view::{ActionView, ApprovalView, Icon, Role, Selection, StateView, Tile},
    },
};

/// The record that a tile shows.
pub struct Record<'a> {
    pub execution: &'a Execution,
    pub id: ActionExecutionId,
    pub action: &'a ActionExecution,
    /// What goes on, while it runs.
    pub work: Option<Work>,
}

/// The record of an action of the current version, if it has one.
pub fn record<'a>(scene: &Scene<'a>, stage: u16, action: u16) -> Option<Record<'a>> {
    let (number, ordinal) = match &scene.lanes {
        Some(lanes) => lanes.record(stage, action)?,
        None => {
            let state = scene.pipeline.stages.get(usize::from(stage))?;
            state.actions.get(usize::from(action)).copied().flatten()?
        }
    };
    let execution = scene.pipeline.executions.get(&number)?;
    let record = execution.actions.get(ordinal as usize)?;
    Some(of_execution(scene, execution, ordinal, record))
}

/// A record of an execution, with what goes on.
pub fn of_execution<'a>(
    scene: &Scene,
    execution: &'a Execution,
    ordinal: u32,
    action: &'a ActionExecution,
) -> Record<'a> {
    let id = ActionExecutionId {
        execution: scene.id(execution.number),
        ordinal,
    };
    let plan = scene
        .pipeline
        .plan(execution.version)
        .action_plan(action.stage, action.action);
    Record {
        execution,
        id,
        action,
        work: action.running().then(|| work(scene.world, id, plan)),
    }
}

pub fn action(scene: &Scene, stage: u16, index: u16) -> ActionView {
    let declaration = scene.plan.action(stage, index);
    let record = record(scene, stage, index);
    let name = declaration.name.as_str();
    let provider = provider(declaration, record.as_ref());
    let (state, tile) = match &record {
        Some(record) => (state(scene, record), tile(record)),
        None => (not_started(), Tile::None),
    };
    let order = u32::try_from(declaration::run_order(declaration)).unwrap_or(1);
    let owner = record
        .as_ref()
        .map(|record| scene.token(record.execution.number));
    let label = match &owner {
        Some(owner) => words::label_owned(name, &provider, order, &state.word, &owner.letter),
        None => words::label(name, &provider, order, &state.word),
    };
    let selected = matches!(&scene.selection, Selection::Action(within, chosen)
        if chosen == name && *within == scene.plan.stage(stage).name);
    ActionView {
        name: name.to_owned(),
        label,
        owner,
        progress: record.as_ref().and_then(|record| share(scene, record)),
        behaviour: mark(scene, stage, index, record.as_ref()),
        approval: record.as_ref().and_then(|record| approval(scene, record)),
        jobs: record.as_ref().and_then(jobs),
        provider,
        state,
        tile,
        selected,
    }
}

/// "CodeBuild", "CodeBuild, attempt 2".
fn provider(declaration: &ActionDeclaration, record: Option<&Record>) -> String {
    let name = catalogue::display_name(&declaration.action_type_id.provider);
    let attempt = record.map_or(1, attempt);
    if attempt > 1 {
        words::attempt(name, attempt)
    } else {
        name.to_owned()
    }
}

/// "2 jobs" of a record; `None` where it has none.
pub fn jobs(record: &Record) -> Option<String> {
    let count = record.execution.jobs_of(record.id.ordinal).count();
    (count > 0).then(|| crate::page::text::jobs::count(count as u64))
}

/// Which attempt of its execution at the action it is, from 1.
pub fn attempt(record: &Record) -> usize {
    let attempts = record
        .execution
        .attempts(record.action.stage, record.action.action);
    attempts
        .take_while(|(ordinal, _)| *ordinal <= record.id.ordinal)
        .count()
}

pub fn not_started() -> StateView {
    StateView {
        role: Role::Gone,
        icon: Icon::NotStarted,
        word: states::NOT_STARTED.to_owned(),
    }
}

/// The state of an action execution in the page's word.
pub fn state(scene: &Scene, record: &Record) -> StateView {
    let action = record.action;
    let (role, icon, word) = match action.status {
        ActionExecutionStatus::InProgress => match record.work {
            Some(Work::Approval) => (
                Role::Person,
                Icon::Person,
                states::NEEDS_APPROVAL.to_owned(),
            ),
            Some(Work::Held) => (Role::Person, Icon::Person, states::HELD.to_owned()),
            Some(Work::Worker) if worked_at(record) => {
                (Role::Run, Icon::Running, states::WORKED_AT.to_owned())
            }
            Some(Work::Worker) => (
                Role::Wait,
                Icon::Ticket,
                states::WAITS_FOR_WORKER.to_owned(),
            ),
            Some(Work::Hanging) => (Role::Run, Icon::Running, states::HANGING.to_owned()),
            Some(Work::Running) | None => {
                let word = match share(scene, record) {
                    Some(percent) => states::running_share(percent),
                    None => states::RUNNING.to_owned(),
                };
                (Role::Run, Icon::Running, word)
            }
        },
        ActionExecutionStatus::Succeeded => {
            let span = time::exact(action.updated.since(action.started));
            let word = if person(scene, record) {
                states::approved(&span)
            } else {
                states::done(&span)
            };
            (Role::Ok, Icon::Succeeded, word)
        }
        ActionExecutionStatus::Failed => {
            (Role::Fail, Icon::Failed, failed(scene, record).to_owned())
        }
        ActionExecutionStatus::Abandoned => {
            (Role::Gone, Icon::Abandoned, states::ABANDONED.to_owned())
        }
    };
    StateView { role, icon, word }
}

/// Whether a worker has acknowledged the job and is at work (J-17).
fn worked_at(record: &Record) -> bool {
    let job = record.execution.open_job(record.id.ordinal);
    job.is_some_and(|(_, job)| job.status == JobStatus::InProgress)
}

fn person(scene: &Scene, record: &Record) -> bool {
    let plan = scene.pipeline.plan(record.execution.version);
    providers::of(
        plan.action_plan(record.action.stage, record.action.action)
            .kind,
    )
    .waits_for_a_person()
}

/// How it failed: by a person, by nobody answering, by its timeout, or by itself.
fn failed(scene: &Scene, record: &Record) -> &'static str {
    let action = record.action;
    let plan = scene.pipeline.plan(record.execution.version);
    let declared = plan.action(action.stage, action.action);
    match (person(scene, record), &action.ending.by) {
        (true, Some(_)) => states::REJECTED,
        (true, None) => states::EXPIRED,
        (false, _) => {
            let timeout =
                providers::timeout(plan.action_plan(action.stage, action.action), declared);
            // J-45: also a function's that was silent for too long.
            let job = record.execution.jobs_of(record.id.ordinal).next_back();
            let silent = job.is_some_and(|(_, job)| job.status == JobStatus::TimedOut);
            if silent || action.updated.since(action.started) >= timeout {
                states::TIMED_OUT
            } else {
                states::FAILED
            }
        }
    }
}

/// How the box of a record is drawn.
pub fn tile(record: &Record) -> Tile {
    match (record.action.status, record.work) {
        (ActionExecutionStatus::InProgress, Some(Work::Approval | Work::Held)) => Tile::Person,
        (ActionExecutionStatus::InProgress, Some(Work::Worker)) if worked_at(record) => Tile::Run,
        (ActionExecutionStatus::InProgress, Some(Work::Worker)) => Tile::Wait,
        (ActionExecutionStatus::InProgress, _) => Tile::Run,
        (ActionExecutionStatus::Failed, _) => Tile::Fail,
        _ => Tile::Plain,
    }
}

/// The share of its drawn duration that is over; none where it does not end by itself.
pub fn share(scene: &Scene, record: &Record) -> Option<u8> {
    let deadline = record
        .action
        .deadline
        .filter(|deadline| deadline.kind == DeadlineKind::Completion)?;
    let whole = deadline.at.since(record.action.started).max(1);
    Some((scene.span(record.action.started).saturating_mul(100) / whole).clamp(0, 100) as u8)
}

/// A probability in whole percent.
pub fn percent(probability: f64) -> u8 {
    (probability * 100.0).round().clamp(0.0, 100.0) as u8
}

/// What a setting will make of it. Nothing is said where its state says it already.
fn mark(scene: &Scene, stage: u16, index: u16, record: Option<&Record>) -> Option<String> {
    if scene.world.behaviors.is_empty() {
        return None;
    }
    let running = record.filter(|record| record.action.running());
    let setting = match running {
        Some(record) => behavior::of_execution(scene.world, record.id),
        None => behavior::of_declared(scene.world, scene.plan, stage, index),
    };
    if providers::of(scene.plan.action_plan(stage, index).kind).waits_for_a_person() {
        return None;
    }
    match setting.outcome? {
        Outcome::Fail { .. } => Some(words::WILL_FAIL.to_owned()),
        Outcome::Flaky { probability } => Some(words::may_fail(percent(probability))),
        Outcome::Hold if running.is_none() => Some(words::WILL_BE_HELD.to_owned()),
        Outcome::Hang if running.is_none() => Some(words::WILL_HANG.to_owned()),
        Outcome::Hold | Outcome::Hang | Outcome::Succeed => None,
    }
}

/// The open approval of a record.
pub fn approval(scene: &Scene, record: &Record) -> Option<ApprovalView> {
    if record.work != Some(Work::Approval) {
        return None;
    }
    let plan = scene.pipeline.plan(record.execution.version);
    let declared = plan.action(record.action.stage, record.action.action);
    let empty = BTreeMap::new();
    let values = configuration(record.action.resolved.as_ref(), declared, &empty);
    let value = |key: &str| values.get(key).filter(|value| !value.is_empty()).cloned();
    Some(ApprovalView {
        token: scene.key().uuid(Kind::Approval, record.id),
        expiry: record
            .action
            .deadline
            .map(|deadline| words::expiry(&scene.at(deadline.at)))
            .unwrap_or_default(),
        comment: value("CustomData"),
        link: value("ExternalEntityLink").filter(|link| is_web(link)),
    })
}

/// Whether a link leads to the web: everything else (`javascript:`, `data:`, a path) is text and no link.
fn is_web(link: &str) -> bool {
    let scheme = link.split_once("://").map(|(scheme, _)| scheme);
    let web = scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    });
    web && !link
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        for link in [
            "https://example.com/a?b=c",
            "http://localhost:8080",
            "HTTPS://EXAMPLE.COM",
        ] {
            assert!(is_web(link), "{link}");
        }
        for link in [
            "javascript:alert(1)",
            "java\nscript://x",
            "data:text/html,x",
            "//example.com",
            "https:example.com",
            "",
            "https://a b",
        ] {
            assert!(!is_web(link), "{link}");
        }
    }

    #[test]
    fn probabilities_are_whole_percents() {
        for (probability, expected) in [
            (0.0, 0),
            (0.25, 25),
            (0.5, 50),
            (1.0, 100),
            (7.0, 100),
            (-1.0, 0),
        ] {
            assert_eq!(percent(probability), expected);
        }
    }
}
