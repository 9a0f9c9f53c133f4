//! What must hold after every fact (design, engine contract). Checked in debug builds after each, by the property
//! tests, and on every world that comes from outside: a stored one, a file.

use std::collections::BTreeSet;

use super::world::{
    World,
    execution::{ActionExecution, Execution, Position},
    job::due_fits,
    pipeline::Pipeline,
    plan::Plan,
};
use super::{
    declaration::ConditionPlace,
    ids::{MAX_EXECUTIONS, MAX_PIPELINES},
    time::Instant,
};
use crate::model::{ActionExecutionStatus, ExecutionMode, PipelineExecutionStatus};

/// More stages than this, or actions in one, no declaration of ours can have (QT-5, QT-6): indices have 16 bits.
pub const MOST: usize = 1_000;

/// Checks a pipeline of a world after a fact about it.
///
/// # Panics
/// When an invariant does not hold: always a bug of ours.
pub fn hold(pipeline: &Pipeline) {
    let checked = pipeline_holds(pipeline);
    assert!(checked.is_ok(), "{}: {checked:?}", pipeline.name());
}

/// Checks a whole world from outside.
///
/// # Errors
/// What does not hold, for a person.
pub fn check(world: &World) -> Result<(), String> {
    /// Numbers stay where JavaScript and arithmetic hold them exactly.
    const GREATEST: u64 = 1 << 53;
    let counted = world.sequence < GREATEST
        && world.sealed_segments < GREATEST
        && world.created_pipelines <= MAX_PIPELINES;
    require(counted, || "its numbers cannot be".to_owned())?;
    require((Instant(0)..=Instant::LAST).contains(&world.now), || {
        "its clock stands outside the calendar".to_owned()
    })?;
    let mut types = BTreeSet::new();
    for (number, worker) in &world.workers {
        let known = worker.number == *number && *number < world.attached_workers;
        let alone = types.insert(format!("{:?}", worker.action_type));
        require(known && alone, || format!("worker {number} cannot be"))?;
    }
    let mut segments = BTreeSet::new();
    for (id, pipeline) in &world.pipelines {
        if pipeline.versions.is_empty() {
            return Err(format!("pipeline {} has no version", id.0));
        }
        let large = pipeline.versions.iter().any(|version| {
            version.plan.stages.len() > MOST
                || version
                    .plan
                    .stages
                    .iter()
                    .any(|stage| stage.actions.len() > MOST)
        });
        require(!large, || {
            format!("pipeline {} has too many stages or actions", id.0)
        })?;
        let named = |problem: String| format!("pipeline {}: {problem}", pipeline.name());
        require(id.0 < world.created_pipelines, || {
            "it was never created".to_owned()
        })
        .map_err(named)?;
        let same = world
            .pipeline_named(pipeline.name())
            .is_some_and(|other| other.id == *id);
        require(same, || "another one has its name".to_owned()).map_err(named)?;
        require(pipeline.started < MAX_EXECUTIONS, || {
            "it started more executions than there can be".to_owned()
        })
        .map_err(named)?;
        references_hold(pipeline).map_err(named)?;
        pipeline_holds(pipeline).map_err(named)?;
        for segment in pipeline.history.segments() {
            let fresh = segments.insert(segment.id) && segment.id <= world.sealed_segments;
            require(fresh, || format!("segment {} is not its own", segment.id)).map_err(named)?;
        }
    }
    Ok(())
}

fn require(holds: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(problem()) }
}

/// Every index and number leads somewhere. Asked before anything follows them.
fn references_hold(pipeline: &Pipeline) -> Result<(), String> {
    let plan = &pipeline.current().plan;
    require(
        pipeline.stages.len() == plan.stages.len() && !plan.stages.is_empty(),
        || "its stages are not those of its version".to_owned(),
    )?;
    for (state, stage) in pipeline.stages.iter().zip(&plan.declaration.stages) {
        let fits = *state.name == *stage.name && state.actions.len() == stage.actions.len();
        require(fits, || {
            format!("stage {} is not that of its version", state.name)
        })?;
        let live = |number: &u32| pipeline.executions.contains_key(number);
        let named = state
            .holder
            .iter()
            .chain(&state.latest)
            .chain(&state.left)
            .chain(&state.succeeded)
            .chain(&state.waiting);
        require(named.clone().all(live), || {
            format!("stage {} shows an execution that is gone", state.name)
        })?;
        for (number, index) in state.conditions.shown() {
            let known = pipeline
                .executions
                .get(&number)
                .is_some_and(|execution| (index as usize) < execution.conditions.len());
            require(known, || {
                format!("stage {} shows a condition that is gone", state.name)
            })?;
        }
        for (number, ordinal) in state.actions.iter().flatten() {
            let known = pipeline
                .executions
                .get(number)
                .is_some_and(|execution| (*ordinal as usize) < execution.actions.len());
            require(known, || {
                format!(
                    "stage {} shows an action execution that is gone",
                    state.name
                )
            })?;
        }
    }
    for execution in pipeline.executions.values() {
        let number = execution.number;
        let version = execution.version;
        require(
            version >= 1 && version <= pipeline.version() && number <= pipeline.started,
            || format!("execution {number} is of no version"),
        )?;
        execution_fits(execution, pipeline.plan(version))
            .map_err(|problem| format!("execution {number} {problem}"))?;
    }
    Ok(())
}

/// Every index in an execution is one of its version's.
///
/// # Errors
/// Which is not.
pub fn execution_fits(execution: &Execution, plan: &Plan) -> Result<(), String> {
    let count = plan.stage_count();
    let place = match execution.position {
        Position::Boundary { stage, .. } | Position::Inside { stage } => Some(stage),
        Position::Ended { boundary } => boundary.map(|(stage, _)| stage),
    };
    let stages = execution.stages.iter().map(|run| run.stage).chain(place);
    for stage in stages {
        require(stage < count, || format!("is at stage {stage} of {count}"))?;
    }
    for run in &execution.conditions {
        let known = run.stage < count && plan.condition(run.stage, run.place).is_some();
        require(known, || {
            "is held to a condition that is not declared".to_owned()
        })?;
    }
    for rule in &execution.rules {
        let condition = execution.conditions.get(rule.condition as usize);
        let known =
            condition.is_some_and(|run| plan.rule(run.stage, run.place, rule.rule).is_some());
        require(known, || "ran a rule that is not declared".to_owned())?;
    }
    for job in &execution.jobs {
        let known = (job.action as usize) < execution.actions.len();
        require(known, || "has a job of no action".to_owned())?;
        let due = due_fits(job.status, job.deadline, job.report.is_some());
        require(due, || "has a job that is due as none can be".to_owned())?;
    }
    if let Some(rollback) = &execution.rollback {
        let known = rollback.stage < count && rollback.target < execution.number;
        require(known, || "rolls back what it cannot".to_owned())?;
    }
    require(
        execution.actions.is_sorted_by_key(|action| action.stage),
        || "went back to an earlier stage".to_owned(),
    )?;
    for action in &execution.actions {
        let known = plan
            .stages
            .get(usize::from(action.stage))
            .is_some_and(|stage| usize::from(action.action) < stage.actions.len());
        require(known, || {
            format!(
                "ran action {}.{}, which is not declared",
                action.stage, action.action
            )
        })?;
    }
    Ok(())
}

fn pipeline_holds(pipeline: &Pipeline) -> Result<(), String> {
    let mut holders = BTreeSet::new();
    for stage in &pipeline.stages {
        if let Some(holder) = stage.holder {
            require(holders.insert(holder), || {
                format!("{holder} holds two stages")
            })?;
            let execution = pipeline.executions.get(&holder);
            let alive = execution
                .is_some_and(|execution| execution.active() && execution.inside().is_some());
            require(alive, || {
                format!("the lock of {} has no live owner", stage.name)
            })?;
        }
        let mut before = 0;
        for waiting in &stage.waiting {
            let waits = pipeline.executions.get(waiting).is_some_and(|execution| {
                execution.active() && matches!(execution.position, Position::Boundary { .. })
            });
            require(waits, || {
                format!(
                    "{waiting} is in the queue of {} and does not wait",
                    stage.name
                )
            })?;
            // In PARALLEL mode nobody waits for anybody, so arrivals at a closed gate have no order.
            let lines_up = pipeline
                .executions
                .get(waiting)
                .is_some_and(|execution| execution.mode != ExecutionMode::Parallel);
            let ordered = *waiting > before || !lines_up;
            require(ordered, || {
                format!("QU-2: the queue of {} is out of order", stage.name)
            })?;
            if lines_up {
                before = *waiting;
            }
        }
        // Those of an older version are on their way out (UP-3).
        let current = |number: &&u32| {
            let waiting = pipeline.executions.get(number);
            waiting.is_some_and(|execution| execution.version == pipeline.version())
        };
        let superseding = pipeline.current().plan.mode == ExecutionMode::Superseded;
        let count = stage.waiting.iter().filter(current).count();
        require(!superseding || count <= 1, || {
            format!("MO-9: two wait at {}", stage.name)
        })?;
    }
    let mut active = 0;
    for execution in pipeline.executions.values() {
        active += u32::from(execution.active());
        execution_holds(pipeline, execution)?;
    }
    require(active == pipeline.active, || {
        format!(
            "{active} executions are active, {} counted",
            pipeline.active
        )
    })
}

fn execution_holds(pipeline: &Pipeline, execution: &Execution) -> Result<(), String> {
    let number = execution.number;
    let mut running = execution.actions.iter().filter(|action| action.running());
    let ended = matches!(execution.position, Position::Ended { .. });
    if execution.active() {
        require(!ended, || format!("{number} is active and nowhere"))?;
        if let Some(inside) = execution.inside() {
            for action in running {
                require(action.stage == inside, || {
                    format!("{number} runs an action elsewhere")
                })?;
                run_order_holds(pipeline, execution, inside, action.action)?;
            }
        }
    } else {
        require(running.next().is_none(), || {
            format!("{number} is over and still runs an action")
        })?;
        require(ended, || format!("{number} is over and still somewhere"))?;
    }
    let superseded = execution.status == PipelineExecutionStatus::Superseded;
    require(
        !superseded || execution.mode == ExecutionMode::Superseded,
        || format!("LC-4: {number} was superseded in another mode"),
    )?;
    rollback_holds(execution)?;
    jobs_hold(execution)?;
    conditions_hold(pipeline, execution)
}

/// J-31, J-45, J-47: an action under way has one open job at most, and none outlives its action.
fn jobs_hold(execution: &Execution) -> Result<(), String> {
    let number = execution.number;
    let mut open = BTreeSet::new();
    for job in execution.jobs.iter().filter(|job| job.open()) {
        let action = execution.actions.get(job.action as usize);
        require(action.is_some_and(ActionExecution::running), || {
            format!("J-47: a job of {number} outlives its action")
        })?;
        require(open.insert(job.action), || {
            format!("J-31: an action of {number} has two jobs")
        })?;
    }
    Ok(())
}

/// RB-3, RB-8, RB-9: a rollback runs its one stage, at once, and is held to no condition.
fn rollback_holds(execution: &Execution) -> Result<(), String> {
    let Some(rollback) = &execution.rollback else {
        return Ok(());
    };
    let number = execution.number;
    let stage = rollback.stage;
    let elsewhere = execution.stages.iter().any(|run| run.stage != stage)
        || execution.stages.len() > 1
        || matches!(execution.position, Position::Boundary { stage: at, .. } if at != stage);
    require(!elsewhere, || {
        format!("RB-3: {number} leaves its one stage")
    })?;
    let waits = matches!(
        execution.position,
        Position::Boundary {
            reason: Some(_),
            ..
        }
    );
    require(!waits, || format!("RB-8: {number} waits"))?;
    require(execution.conditions.is_empty(), || {
        format!("RB-9: {number} is held to a condition")
    })
}

/// CO-7, CO-8, CO-10 to CO-12: a condition is evaluated inside its stage, alone, and its rules end with it; actions run
/// only past the entry condition.
fn conditions_hold(pipeline: &Pipeline, execution: &Execution) -> Result<(), String> {
    let number = execution.number;
    let last = execution.conditions.len().saturating_sub(1);
    for (index, run) in execution.conditions.iter().enumerate() {
        let here = execution.active() && execution.inside() == Some(run.stage);
        require(!run.running() || (here && index == last), || {
            format!("{number} is held to a condition somewhere else")
        })?;
    }
    let asked = execution.running_condition().map(|(index, _)| index);
    for rule in execution.rules.iter().filter(|rule| rule.running()) {
        require(asked == Some(rule.condition), || {
            format!("CO-8: a rule of {number} outlives its condition")
        })?;
    }
    let mut running = execution.actions.iter().filter(|action| action.running());
    require(asked.is_none() || running.next().is_none(), || {
        format!("{number} is held to a condition while an action runs")
    })?;
    let Some(inside) = execution.inside().filter(|_| execution.rollback.is_none()) else {
        return Ok(());
    };
    let place = ConditionPlace::BeforeEntry;
    let plan = pipeline.plan(execution.version);
    let works = execution
        .actions
        .iter()
        .any(|action| action.stage == inside && !action.dismissed);
    let passed = plan.condition(inside, place).is_none()
        || execution
            .counting_condition(inside, place)
            .is_some_and(|(_, run)| run.lets_pass());
    require(!works || passed, || {
        format!("CO-10: {number} works before it was let pass")
    })
}

/// ST-2: an action runs only after all lower groups of its stage succeeded.
fn run_order_holds(
    pipeline: &Pipeline,
    execution: &Execution,
    stage: u16,
    action: u16,
) -> Result<(), String> {
    let plan = pipeline.plan(execution.version);
    let group = plan.action_plan(stage, action).group;
    for (other, index) in plan.stage_plan(stage).actions.iter().zip(0_u16..) {
        if other.group < group {
            let done = execution
                .counting_attempt(stage, index)
                .is_some_and(|(_, attempt)| attempt.status == ActionExecutionStatus::Succeeded);
            require(done, || {
                format!(
                    "ST-2: action {action} of stage {stage} runs before action {index} succeeded"
                )
            })?;
        }
    }
    Ok(())
}
