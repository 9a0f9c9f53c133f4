//! Jobs: which actions have one, when it can be had, how it ends (jobs-wire-cli.md §1, execution.md §16).
//!
//! A custom action has a job for a worker, unless a behavior decides the action. A partner's action has one where
//! somebody said that a worker does the work (T-9). A function's job begins with its invocation, and the simulated
//! function reports by itself, unless it is held, throws, or runs outside (J-5). A job that its action does not wait
//! for any more is closed before the action ends: no open job outlives its action.

use std::rc::Rc;

use super::{action, behavior, workers};
use crate::{
    engine::{
        catalogue,
        conditions::LambdaResult,
        decision::Decision,
        fact::Event,
        ids::{ActionExecutionId, JobId},
        providers::{self, Configuration},
        random::within,
        time::{Instant, MINUTE, SECOND},
        world::{
            World,
            execution::{ActionExecution, Deadline, DeadlineKind, Ending},
            job::{Job, Progress},
            plan::{ActionPlan, Plan},
        },
    },
    model::{
        ActionCategory, ActionDeclaration, ActionExecutionStatus, ActionOwner, ActionTypeId,
        FailureType, JobStatus,
    },
};

/// J-31: how long it takes until the job that goes on can be had.
pub const CONTINUATION_DELAY: i64 = 30 * SECOND;
/// J-13: how long a job that was handed out is nobody else's.
pub const VISIBILITY: i64 = 60 * SECOND;
/// J-43: how long a function may say nothing.
pub const SILENCE: i64 = 20 * MINUTE;

/// Who does the work of an action that has jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// A worker of the account (J-1).
    Worker,
    /// A worker of a partner (T-1).
    Partner,
    /// A function (J-52).
    Function,
}

/// Who does the work of an action, by its type; `None` where no job is ever made.
#[must_use]
pub fn doer(plan: &ActionPlan) -> Option<Doer> {
    doer_of(plan.kind)
}

/// The same of a built-in type; every other one is a custom type.
#[must_use]
pub fn doer_of(kind: Option<&catalogue::ActionType>) -> Option<Doer> {
    let Some(kind) = kind else {
        return Some(Doer::Worker);
    };
    match (kind.owner, kind.category, kind.provider) {
        (ActionOwner::Aws, ActionCategory::Invoke, "Lambda") => Some(Doer::Function),
        // The service itself looks at a partner's source.
        (ActionOwner::ThirdParty, category, _) if category != ActionCategory::Source => {
            Some(Doer::Partner)
        }
        _ => None,
    }
}

/// Whether an action that is about to begin ends without anybody outside, where no behavior decides it.
#[must_use]
pub fn ends_alone(
    world: &World,
    plan: &ActionPlan,
    declaration: &ActionDeclaration,
    configuration: &Configuration,
) -> bool {
    let attached = world.worker_of(&declaration.action_type_id);
    match doer(plan) {
        None => true,
        Some(Doer::Worker) => false,
        Some(Doer::Partner) => attached.is_none(),
        Some(Doer::Function) => attached.is_none() && !throws(world, configuration),
    }
}

/// J-55: whether the function of an action throws, so that it never reports.
fn throws(world: &World, configuration: &Configuration) -> bool {
    let function = configuration.get("FunctionName").map(String::as_str);
    let said = function.and_then(|function| world.lambda_results.get(function));
    matches!(said, Some(LambdaResult::Error { .. }))
}

/// As [`ends_alone`], of an action under way: a partner's action stays with whom it began.
#[must_use]
pub fn under_way_alone(world: &World, id: ActionExecutionId) -> bool {
    action::with_run(world, id, |run, plan| {
        let Some(record) = run.execution.actions.get(id.ordinal as usize) else {
            return true;
        };
        let action_plan = plan.action_plan(record.stage, record.action);
        match doer(action_plan) {
            Some(Doer::Partner) => run.execution.jobs_of(id.ordinal).next().is_none(),
            _ => ends_alone(world, action_plan, run.declaration, run.configuration),
        }
    })
}

/// Whether an action under way waits for a worker or for a function outside, where no behavior decides it.
#[must_use]
pub fn awaits_worker(world: &World, id: ActionExecutionId) -> bool {
    let execution = world.execution(id.execution);
    let plan = world
        .pipeline(id.execution.pipeline)
        .plan(execution.version);
    let Some(record) = execution.actions.get(id.ordinal as usize) else {
        return false;
    };
    match doer(plan.action_plan(record.stage, record.action)) {
        None => false,
        Some(Doer::Worker) => true,
        Some(Doer::Partner) => execution.jobs_of(id.ordinal).next().is_some(),
        Some(Doer::Function) => {
            let declared = plan.action(record.stage, record.action);
            world.worker_of(&declared.action_type_id).is_some()
        }
    }
}

/// How long who does the work may take until each word, in milliseconds, where that is less than all of it: a function
/// may say nothing for so long (J-43), and a single job of a partner's type takes as long as the type says (J-44).
fn at_a_time(world: &World, plan: &ActionPlan, declaration: &ActionDeclaration) -> Option<i64> {
    match doer(plan)? {
        Doer::Worker => None,
        Doer::Function => Some(SILENCE),
        Doer::Partner => {
            let changed = world.partner_type(&declaration.action_type_id)?;
            let seconds = changed.declaration.executor.job_timeout?;
            Some(seconds.saturating_mul(SECOND))
        }
    }
}

/// How long an action may take from its start until the first word of who does the work, in milliseconds (J-42 to J-44).
#[must_use]
pub fn patience(world: &World, plan: &ActionPlan, declaration: &ActionDeclaration) -> i64 {
    let whole = providers::timeout(plan, declaration);
    at_a_time(world, plan, declaration).map_or(whole, |span| whole.min(span))
}

/// When an action under way times out: each job begins what is allowed at a time anew (J-43, J-44). Always later than
/// now, also where a type was changed that allowed more.
#[must_use]
pub fn times_out(
    world: &World,
    id: ActionExecutionId,
    record: &ActionExecution,
    plan: &Plan,
) -> Instant {
    let action_plan = plan.action_plan(record.stage, record.action);
    let declaration = plan.action(record.stage, record.action);
    let end = record
        .started
        .after(providers::timeout(action_plan, declaration));
    let Some(span) = at_a_time(world, action_plan, declaration) else {
        return end;
    };
    let jobs = world.execution(id.execution).jobs_of(id.ordinal);
    let spoke = jobs.last().map_or(record.started, |(_, job)| job.created);
    end.min(spoke.after(span)).max(world.now.after(1))
}

/// An action has begun just now, or its behavior was changed: its first job, or the next one (J-1, J-52). Nothing where
/// it has one, or where a behavior decides it.
pub fn begin(decision: &mut Decision, id: ActionExecutionId, fresh: bool) {
    // What an action started, or its end, may have removed the very pipeline that it belongs to.
    let Some(pipeline) = decision.pipelines.get(&id.execution.pipeline) else {
        return;
    };
    let Some(execution) = pipeline.executions.get(&id.execution.number) else {
        return;
    };
    let Some(record) = execution.actions.get(id.ordinal as usize) else {
        return;
    };
    if !record.running() || execution.open_job(id.ordinal).is_some() {
        return;
    }
    let stays = fresh || execution.jobs_of(id.ordinal).next().is_some();
    let plan = Rc::clone(pipeline.plan(execution.version));
    let (stage, place) = (record.stage, record.action);
    let action_type = plan.action(stage, place).action_type_id.clone();
    let decided = behavior::of_execution(decision, id).outcome.is_some();
    let status = match doer(plan.action_plan(stage, place)) {
        None => return,
        Some(Doer::Function) => JobStatus::InProgress,
        Some(_) if decided => return,
        Some(Doer::Partner) if !stays || decision.worker_of(&action_type).is_none() => return,
        Some(Doer::Worker | Doer::Partner) => JobStatus::Queued,
    };
    create(decision, id, status, None, None);
    workers::plan(decision, &action_type);
}

fn create(
    decision: &mut Decision,
    id: ActionExecutionId,
    status: JobStatus,
    deadline: Option<Deadline>,
    token: Option<Rc<str>>,
) {
    let made = decision.execution(id.execution).jobs.len();
    decision.record(Event::JobCreated {
        execution: id.execution,
        job: u32::try_from(made).unwrap_or(u32::MAX),
        action: id.ordinal,
        status,
        deadline,
        token,
    });
}

/// A job that is live, with the action execution that it does.
#[must_use]
pub fn live(world: &World, id: JobId) -> Option<(&Job, ActionExecutionId)> {
    let pipeline = world.pipelines.get(&id.execution.pipeline)?;
    let execution = pipeline.executions.get(&id.execution.number)?;
    let job = execution.jobs.get(id.ordinal as usize)?;
    let action = ActionExecutionId {
        execution: id.execution,
        ordinal: job.action,
    };
    Some((job, action))
}

/// The type of the action that a live job does.
#[must_use]
pub fn action_type(world: &World, id: JobId) -> Option<&ActionTypeId> {
    let (job, _) = live(world, id)?;
    let execution = world.execution(id.execution);
    let plan = world
        .pipeline(id.execution.pipeline)
        .plan(execution.version);
    let record = execution.actions.get(job.action as usize)?;
    Some(&plan.action(record.stage, record.action).action_type_id)
}

/// Whether a job would be handed out now: it is Queued, and no behavior decides its action.
#[must_use]
pub fn offered(world: &World, id: JobId) -> bool {
    live(world, id).is_some_and(|(job, action)| {
        job.status == JobStatus::Queued && behavior::of_execution(world, action).outcome.is_none()
    })
}

/// The jobs of a type that would be handed out now, oldest first (J-11).
pub fn offers<'a>(
    world: &'a World,
    wanted: &'a ActionTypeId,
) -> impl Iterator<Item = JobId> + use<'a> {
    // nobody gets jobs of a type that there is not any more.
    let known = wanted.owner != ActionOwner::Custom || world.custom_type_record(wanted).is_some();
    world
        .queued_jobs()
        .filter(move |id| known && action_type(world, *id) == Some(wanted) && offered(world, *id))
}

/// J-13, J-14: a job is handed out, and is nobody else's for a while.
pub fn hand_out(decision: &mut Decision, id: JobId) {
    let deadline = Deadline {
        at: decision.now().after(VISIBILITY),
        kind: DeadlineKind::Offer,
    };
    decision.record(Event::JobDispatched {
        execution: id.execution,
        job: id.ordinal,
        deadline,
    });
}

/// J-17: a worker outside has acknowledged a job.
pub fn acknowledge(decision: &mut Decision, id: JobId) {
    decision.record(Event::JobStarted {
        execution: id.execution,
        job: id.ordinal,
        deadline: None,
        worker: None,
        report: None,
    });
}

/// A deadline of a job has come.
pub fn due(decision: &mut Decision, id: JobId, kind: DeadlineKind) {
    if kind == DeadlineKind::Completion {
        workers::report(decision, id);
        return;
    }
    let Some((job, action)) = live(decision, id) else {
        return;
    };
    let created = job.status == JobStatus::Created;
    let execution = decision.execution(id.execution);
    let plan = Rc::clone(
        decision
            .pipeline(id.execution.pipeline)
            .plan(execution.version),
    );
    let Some(record) = execution.actions.get(action.ordinal as usize).cloned() else {
        return;
    };
    let action_plan = plan.action_plan(record.stage, record.action);
    if created && doer(action_plan) == Some(Doer::Function) {
        invoke(decision, id, action, &record, &plan);
        return;
    }
    decision.record(Event::JobQueued {
        execution: id.execution,
        job: id.ordinal,
    });
    let declared = plan.action(record.stage, record.action);
    workers::plan(decision, &declared.action_type_id);
}

/// J-54: the function is invoked again, and takes its time again.
fn invoke(
    decision: &mut Decision,
    id: JobId,
    action: ActionExecutionId,
    record: &ActionExecution,
    plan: &Plan,
) {
    acknowledge(decision, id);
    let setting = behavior::of_execution(decision, action);
    let action_plan = plan.action_plan(record.stage, record.action);
    let alone = under_way_alone(decision, action);
    if !behavior::ends_by_itself(action_plan, &setting, alone) {
        return;
    }
    let usual = action::with_run(decision, action, |run, _| {
        providers::usual_duration(action_plan.kind, run.configuration)
    });
    let (shortest, longest) = setting
        .duration
        .map_or(usual, |range| (range.min, range.max));
    let takes = within(decision.draw(), shortest, longest).max(1);
    let at = decision.now().after(takes);
    if at <= times_out(decision, action, record, plan) {
        decision.record(Event::ActionReplanned {
            execution: action.execution,
            ordinal: action.ordinal,
            deadline: Some(Deadline {
                at,
                kind: DeadlineKind::Completion,
            }),
        });
    }
}

/// J-31, J-33: a job under way is reported to have succeeded so far, and goes on in another one.
pub fn go_on(decision: &mut Decision, id: JobId, token: &str, progress: Progress) {
    let Some((_, action)) = live(decision, id) else {
        return;
    };
    let action_type = action_type(decision, id).cloned();
    decision.record(Event::JobEnded {
        execution: id.execution,
        job: id.ordinal,
        status: JobStatus::Succeeded,
        progress: Box::new(progress),
    });
    let visible = Deadline {
        at: decision.now().after(CONTINUATION_DELAY),
        kind: DeadlineKind::Offer,
    };
    let token = Some(Rc::from(token));
    create(decision, action, JobStatus::Created, Some(visible), token);
    let execution = decision.execution(id.execution);
    let plan = Rc::clone(
        decision
            .pipeline(id.execution.pipeline)
            .plan(execution.version),
    );
    let Some(record) = execution.actions.get(action.ordinal as usize).cloned() else {
        return;
    };
    let action_plan = plan.action_plan(record.stage, record.action);
    let declared = plan.action(record.stage, record.action);
    if at_a_time(decision, action_plan, declared).is_some() {
        let at = times_out(decision, action, &record, &plan);
        decision.record(Event::ActionReplanned {
            execution: action.execution,
            ordinal: action.ordinal,
            deadline: Some(Deadline {
                at,
                kind: DeadlineKind::Timeout,
            }),
        });
    }
    if let Some(action_type) = action_type {
        workers::plan(decision, &action_type);
    }
}

/// J-32, J-33, J-35: a job under way is reported to have succeeded, and its action with it.
pub fn succeed(
    decision: &mut Decision,
    id: JobId,
    variables: std::collections::BTreeMap<String, String>,
    progress: Progress,
) {
    if let Some(action) = end(decision, id, JobStatus::Succeeded, progress) {
        action::succeed(decision, action, variables);
    }
}

/// J-40: a job under way is reported to have failed, and its action with it.
pub fn fail(
    decision: &mut Decision,
    id: JobId,
    code: FailureType,
    message: String,
    progress: Progress,
) {
    if let Some(action) = end(decision, id, JobStatus::Failed, progress) {
        let ending = Ending::failure(code, message);
        action::end(decision, action, ActionExecutionStatus::Failed, ending);
    }
}

/// Records the end of a job; answers its action.
fn end(
    decision: &mut Decision,
    id: JobId,
    status: JobStatus,
    progress: Progress,
) -> Option<ActionExecutionId> {
    let (_, action) = live(decision, id)?;
    let action_type = action_type(decision, id).cloned();
    decision.record(Event::JobEnded {
        execution: id.execution,
        job: id.ordinal,
        status,
        progress: Box::new(progress),
    });
    if let Some(action_type) = action_type {
        workers::plan(decision, &action_type);
    }
    Some(action)
}

/// An action is about to end by another hand than its worker's: its job, if it has one, is over. What was under way
/// when a simulated function or a control let the action succeed has succeeded; everything else is lost (J-45, J-47).
pub fn close(
    decision: &mut Decision,
    id: ActionExecutionId,
    status: ActionExecutionStatus,
    timed_out: bool,
) {
    let open = decision.execution(id.execution).open_job(id.ordinal);
    let Some((ordinal, job)) = open else { return };
    let ended = match (timed_out, status, job.status) {
        (true, ..) => JobStatus::TimedOut,
        (_, ActionExecutionStatus::Succeeded, JobStatus::InProgress) => JobStatus::Succeeded,
        _ => JobStatus::Failed,
    };
    let job = JobId {
        execution: id.execution,
        ordinal,
    };
    end(decision, job, ended, Progress::default());
}
