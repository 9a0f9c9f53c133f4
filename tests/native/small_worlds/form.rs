//! The form of a world: what two worlds have in common that will behave alike. Worlds of one form are one state.
//!
//! Left out, because nothing that happens later depends on it:
//!
//! - ids, sequence numbers and the clock. Executions are known by their place in start order among those that count.
//! - how long until an action times out: to the world, a timeout is a failure at another time, and every action may fail
//!   at any time here. What is kept of the clock is what decides something else: whether a gate was closed for more than
//!   30 days (TR-10; the move "31 days pass" leads there), and whether a rule is the next that is due.
//! - what is only shown: since when, who, why it ended, summaries, what a stage showed last, how often somebody retried
//!   by hand (whether somebody did counts, RE-7), the words of a stop.
//! - how a version is numbered. An execution is of the current version or of an older one; all versions of a case differ in
//!   nothing but the mode, which each execution has.
//! - executions that are over and that nobody can retry any more: of an older version, or followed by a newer one in the
//!   stage where they ended, or ended otherwise than by a failure or a stop inside a stage. That they were started counts
//!   (there are three at most), and where one of them was the last in a stage, that it was, and whether the stage was
//!   skipped (RB-7). Of those that succeeded in a stage and can be rolled back to, that there is one: which one makes no
//!   difference to anything but what is shown.
//! - revisions, output variables, resolved configurations: nobody pushes here, so they are always the same.
//! - attempts and conditions that a retry took the place of, except that an action has once succeeded (its output is
//!   there to be read, VA-18).
//! - the declaration and the behaviors: the same all the time.

use codepipeline_simulator::{
    engine::{
        conditions::LambdaResult,
        declaration::ConditionPlace,
        world::{
            Due, World,
            execution::{Execution, Position},
            pipeline::Pipeline,
        },
    },
    model::{ExecutionMode, PipelineExecutionStatus, StageExecutionStatus},
};

use super::DAYS_30;

/// Nothing, where a number could stand.
const NOTHING: u8 = 255;
/// Somebody who does not count any more.
const SPENT: u8 = 254;

/// Writes the form of a world with one pipeline.
pub fn form(world: &World, interchangeable: bool) -> Box<[u8]> {
    write(world, interchangeable, false)
}

/// What an update sees of a world: to it, whoever has ended is spent, and nothing of the old version can be gone back to.
/// Worlds that are alike in this have the same form once they were updated.
pub fn form_for_update(world: &World, interchangeable: bool) -> Box<[u8]> {
    write(world, interchangeable, true)
}

fn write(world: &World, interchangeable: bool, outdated: bool) -> Box<[u8]> {
    let pipeline = world
        .pipelines
        .values()
        .next()
        .expect("there is a pipeline");
    let counting: Vec<&Execution> = pipeline
        .executions
        .values()
        .map(Box::as_ref)
        .filter(|execution| execution.active() || !outdated && counts(pipeline, execution))
        .collect();
    let rank = |number: u32| {
        let place = counting
            .iter()
            .position(|execution| execution.number == number);
        place.map_or(SPENT, |place| place as u8)
    };
    let mut form = Form {
        bytes: Vec::with_capacity(128),
    };
    form.put(u8::try_from(pipeline.started).expect("few executions"));
    form.put(pipeline.current().plan.mode as u8);
    for state in &pipeline.stages {
        form.flag(state.succeeded.is_some() && !outdated);
        let closed = state
            .transition
            .disabled
            .as_ref()
            .map(|(_, since)| world.now.since(*since) > DAYS_30);
        form.put(closed.map_or(0, |expired| 1 + u8::from(expired)));
        // Executions of PARALLEL mode stand in no order, hold nothing and follow nobody.
        if interchangeable {
            continue;
        }
        form.put(state.holder.map_or(NOTHING, rank));
        form.put(state.waiting.len() as u8);
        for waiting in &state.waiting {
            form.put(rank(*waiting));
        }
        let latest = state
            .latest
            .and_then(|latest| pipeline.executions.get(&latest));
        form.put(latest.map_or(NOTHING, |latest| rank(latest.number)));
        let skipped = latest.is_some_and(|latest| {
            let mut runs = latest.stages.iter();
            runs.any(|run| run.status == StageExecutionStatus::Skipped)
        });
        form.flag(skipped);
    }
    let mut parts: Vec<Vec<u8>> = counting
        .iter()
        .map(|execution| of_execution(pipeline, execution))
        .collect();
    if interchangeable {
        parts.sort();
    }
    for part in parts {
        form.put(part.len() as u8);
        form.bytes.extend(part);
    }
    form.flag(matches!(world.next_due(), Some((_, Due::Rule(_)))));
    for (state, _) in world.alarms.values() {
        form.put(*state as u8);
    }
    for result in world.lambda_results.values() {
        form.flag(*result == LambdaResult::Success);
    }
    form.bytes.into_boxed_slice()
}

/// Whether anything can still be done with an execution that has ended, but roll back to it.
fn counts(pipeline: &Pipeline, execution: &Execution) -> bool {
    let resumable = matches!(
        execution.status,
        PipelineExecutionStatus::Failed | PipelineExecutionStatus::Stopped
    );
    let last = execution.stages.last();
    let inside = last.filter(|run| {
        matches!(
            run.status,
            StageExecutionStatus::Failed | StageExecutionStatus::Stopped
        )
    });
    let latest = inside.is_some_and(|run| {
        execution.mode == ExecutionMode::Parallel
            || pipeline.stages[usize::from(run.stage)].latest == Some(execution.number)
    });
    resumable && execution.version == pipeline.version() && latest
}

struct Form {
    bytes: Vec<u8>,
}

impl Form {
    fn put(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    fn flag(&mut self, flag: bool) {
        self.put(u8::from(flag));
    }
}

fn of_execution(pipeline: &Pipeline, execution: &Execution) -> Vec<u8> {
    let mut form = Form {
        bytes: Vec::with_capacity(48),
    };
    form.flag(execution.version == pipeline.version());
    form.put(execution.mode as u8);
    form.put(execution.status as u8);
    match &execution.position {
        Position::Boundary {
            stage,
            reason,
            inert,
            ..
        } => {
            form.put(1);
            form.put(*stage as u8);
            form.flag(reason.is_some());
            form.flag(*inert);
        }
        Position::Inside { stage } => {
            form.put(2);
            form.put(*stage as u8);
        }
        Position::Ended { .. } => form.put(3),
    }
    form.put(
        execution
            .stop
            .as_ref()
            .map_or(0, |stop| 1 + u8::from(stop.abandon)),
    );
    form.flag(execution.cancelled_by.is_some());
    match &execution.rollback {
        Some(rollback) => {
            form.put(1 + rollback.stage as u8);
            form.put(rollback.inherited.len() as u8);
        }
        None => form.put(0),
    }
    // Of several stays in one stage the last one counts.
    form.put(
        execution
            .stages
            .last()
            .map_or(NOTHING, |run| run.stage as u8),
    );
    let plan = pipeline.plan(execution.version);
    for stage in 0..plan.stage_count() {
        let Some(run) = execution.stage_run(stage) else {
            form.put(NOTHING);
            continue;
        };
        form.put(run.status as u8);
        form.flag(run.retries.is_none());
        form.put(run.retries.automatic as u8);
        for action in 0..plan.stage_plan(stage).actions.len() {
            let action = action as u16;
            let attempts = execution.attempts(stage, action);
            for (_, attempt) in attempts.filter(|(_, attempt)| !attempt.dismissed) {
                form.put(attempt.status as u8);
            }
            form.put(NOTHING);
            form.flag(execution.product(stage, action).is_some());
        }
        for place in ConditionPlace::ALL {
            let Some((index, condition)) = execution.counting_condition(stage, place) else {
                form.put(NOTHING);
                continue;
            };
            form.put(condition.status as u8);
            if condition.running() {
                for (_, rule) in execution.rules_of(index) {
                    form.put(rule.status as u8);
                    form.flag(rule.watching);
                }
            }
        }
    }
    form.bytes
}
