//! The clock bar: what time it is, and what happens next, even if that is nothing.

use super::{stage, time};
use crate::{
    engine::{
        explain::{Work, work},
        ids::PipelineId,
        providers,
        world::{
            Due, World,
            execution::{Deadline, DeadlineKind},
            pipeline::Pipeline,
        },
    },
    model::ExecutionMode,
    page::{
        state::{ClockState, Ui},
        text::clock as words,
        view::{ClockView, SPEEDS},
    },
};

pub fn clock(world: &World, shown: Option<PipelineId>, ui: &Ui, clock: &ClockState) -> ClockView {
    let now = world.now;
    ClockView {
        time: time::clock_seconds(now),
        date: time::date(now),
        iso: now.iso_seconds(),
        playing: clock.playing,
        speed: clock.speed.min(SPEEDS.len() - 1),
        next: next(world, shown),
        rests: clock
            .rests
            .then(|| words::rests(&until_somebody(world, shown))),
        can_step: world.next_due().is_some(),
        forward: ui.forward.clone(),
    }
}

/// What is due, told by the first two entries of the agenda: between them nothing moves by itself.
fn next(world: &World, shown: Option<PipelineId>) -> (String, String) {
    let mut due = world.due();
    let nothing = |until: String| (words::NOTHING.to_owned(), until);
    let Some((first, subject)) = due.next() else {
        return nothing(until_somebody(world, shown));
    };
    if matches!(first.kind, DeadlineKind::Timeout | DeadlineKind::Schedule) {
        return nothing(until(world, shown, first, subject));
    }
    let (name, pipeline) = names(world, subject);
    let here = shown.is_some() && shown == subject.pipeline();
    let bold = match (subject, here) {
        (Due::Worker(_), _) => words::worker_polls(name),
        (Due::Job(_), true) if first.kind == DeadlineKind::Offer => words::offered(name),
        (Due::Job(_), false) if first.kind == DeadlineKind::Offer => {
            words::offered_elsewhere(name, pipeline)
        }
        (Due::Poll(_), true) => words::POLL.to_owned(),
        (Due::Poll(_), false) => words::poll_elsewhere(pipeline),
        (_, true) => words::ends(name),
        (_, false) => words::ends_elsewhere(name, pipeline),
    };
    let span = time::about(first.at.since(world.now));
    let rest = match due.next() {
        _ if !leads_nowhere(world, subject) => words::within(&span),
        Some((second, other))
            if matches!(second.kind, DeadlineKind::Timeout | DeadlineKind::Schedule) =>
        {
            then(world, shown, &span, second, other)
        }
        _ => words::within(&span),
    };
    (bold, rest)
}

/// What a person can do for something to be due.
fn until_somebody(world: &World, shown: Option<PipelineId>) -> String {
    let Some(pipeline) = shown.map(|id| world.pipeline(id)) else {
        return words::UNTIL_PIPELINE.to_owned();
    };
    if let Some(stage) = held_by_a_gate(pipeline) {
        words::until_gate(stage)
    } else if some_stage_failed(pipeline) {
        words::UNTIL_RETRY.to_owned()
    } else {
        words::UNTIL_START.to_owned()
    }
}

/// The stage whose closed gate somebody waits at, the first on the line (TR-3).
fn held_by_a_gate(pipeline: &Pipeline) -> Option<&str> {
    let stages = pipeline.stages.iter();
    stages
        .filter(|stage| stage.transition.disabled.is_some() && !stage.waiting.is_empty())
        .map(|stage| &*stage.name)
        .next()
}

/// Whether there is something to retry or to roll back.
fn some_stage_failed(pipeline: &Pipeline) -> bool {
    let executions = pipeline.executions.values();
    executions
        .map(Box::as_ref)
        .any(|execution| stage::waits_for_a_retry(pipeline, execution))
}

/// Whether the end of an action starts nothing: others of its stage still run, so its stage waits for them.
fn leads_nowhere(world: &World, due: Due) -> bool {
    let id = match due {
        Due::Action(id) => id,
        _ => return false,
    };
    let execution = world.execution(id.execution);
    let plan = world
        .pipeline(id.execution.pipeline)
        .plan(execution.version);
    let invokes = execution
        .actions
        .get(id.ordinal as usize)
        .is_some_and(|action| {
            let kind = plan.action_plan(action.stage, action.action).kind;
            let configuration = plan
                .action(action.stage, action.action)
                .configuration
                .as_ref();
            configuration.is_some_and(|configuration| {
                providers::of(kind).starts_pipeline(configuration).is_some()
            })
        });
    let beside = execution
        .numbered()
        .any(|(ordinal, action)| action.running() && ordinal != id.ordinal);
    // PA-3: in PARALLEL mode an action may wait for this one's room.
    beside && !invokes && execution.mode != ExecutionMode::Parallel
}

/// The name of a pipeline that is not the shown one.
fn elsewhere(world: &World, shown: Option<PipelineId>, due: Due) -> Option<&str> {
    (due.pipeline() != shown).then(|| names(world, due).1)
}

fn until(world: &World, shown: Option<PipelineId>, deadline: Deadline, due: Due) -> String {
    let of = elsewhere(world, shown, due);
    let at = time::at(deadline.at, world.now);
    if let Due::Schedule(_) = due {
        words::until_schedule(names(world, due).1, &at)
    } else if is_approval(world, due) {
        words::until_approval(of, &at)
    } else {
        words::until_timeout(names(world, due).0, of, &at)
    }
}

fn then(
    world: &World,
    shown: Option<PipelineId>,
    span: &str,
    deadline: Deadline,
    due: Due,
) -> String {
    let of = elsewhere(world, shown, due);
    let at = time::at(deadline.at, world.now);
    if let Due::Schedule(_) = due {
        words::within_then_schedule(span, names(world, due).1, &at)
    } else if is_approval(world, due) {
        words::within_then_approval(span, of, &at)
    } else {
        words::within_then_timeout(span, names(world, due).0, of, &at)
    }
}

fn is_approval(world: &World, due: Due) -> bool {
    let id = match due {
        Due::Action(id) => id,
        _ => return false,
    };
    let execution = world.execution(id.execution);
    let plan = world
        .pipeline(id.execution.pipeline)
        .plan(execution.version);
    execution
        .actions
        .get(id.ordinal as usize)
        .is_some_and(|action| {
            work(world, id, plan.action_plan(action.stage, action.action)) == Work::Approval
        })
}

/// The names of what will end and of its pipeline. What belongs to a pipeline alone has only the second, a worker only
/// the first: its provider.
fn names(world: &World, due: Due) -> (&str, &str) {
    let Some(pipeline) = due.pipeline().map(|id| world.pipeline(id)) else {
        let worker = match due {
            Due::Worker(number) => world.workers.get(&number),
            _ => None,
        };
        let provider = worker.map(|worker| worker.action_type.provider.as_str());
        return (provider.unwrap_or_default(), "");
    };
    let named = match due {
        Due::Action(id) => {
            let execution = world.execution(id.execution);
            let plan = pipeline.plan(execution.version);
            let action = execution.actions.get(id.ordinal as usize);
            action.map(|action| plan.action(action.stage, action.action).name.as_str())
        }
        Due::Rule(id) => {
            let execution = world.execution(id.execution);
            let plan = pipeline.plan(execution.version);
            let run = execution.rules.get(id.ordinal as usize);
            let condition = run.and_then(|run| execution.conditions.get(run.condition as usize));
            run.zip(condition).and_then(|(run, condition)| {
                let rule = plan.rule(condition.stage, condition.place, run.rule)?;
                Some(rule.name.as_str())
            })
        }
        Due::Job(id) => {
            let execution = world.execution(id.execution);
            let plan = pipeline.plan(execution.version);
            let job = execution.jobs.get(id.ordinal as usize);
            let action = job.and_then(|job| execution.actions.get(job.action as usize));
            action.map(|action| plan.action(action.stage, action.action).name.as_str())
        }
        Due::Poll(_) | Due::Schedule(_) | Due::Worker(_) => None,
    };
    (named.unwrap_or_default(), pipeline.name())
}
