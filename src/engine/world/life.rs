//! LIVES. Which status may follow which, as tables: one for each kind of thing that has a status.
//!
//! A row is (from, to, rule). `None` as the status before is the beginning: no record was there. A pair without a row
//! never happens: [`World::apply`] asserts that in debug builds, [`World::fits`] refuses it in facts from outside, and
//! `tests/native/lives.rs` enumerates every pair. A row from a status to itself is something that happens to it without
//! changing it, such as a stop that waits being made one that abandons (SP-6).
//!
//! For another kind of status: its table as an `impl Life`, and its steps in `steps`. What may not live here: when
//! something happens. That is decided in `rules`.
//!
//! [`World::apply`]: super::World::apply
//! [`World::fits`]: super::World::fits

use super::{execution::Execution, job::is_open, pipeline::Pipeline};
use crate::{
    engine::fact::Event,
    model::{
        ActionExecutionStatus, ConditionExecutionStatus, JobStatus, PipelineExecutionStatus,
        RuleExecutionStatus, StageExecutionStatus,
    },
};

/// One row of a table: from, to, and the rule that says so.
pub type Row<S> = (Option<S>, S, &'static str);

/// A status with a table of what may follow what.
pub trait Life: Copy + PartialEq + std::fmt::Debug + 'static {
    /// What has this status, for a person.
    const OF: &'static str;
    /// Every step there is.
    const TABLE: &'static [Row<Self>];
}

/// §1.2 of execution.md.
impl Life for PipelineExecutionStatus {
    const OF: &'static str = "execution";
    const TABLE: &'static [Row<Self>] = &[
        (None, Self::InProgress, "LC-1"),
        (Some(Self::InProgress), Self::Succeeded, "LC-2"),
        (Some(Self::InProgress), Self::Failed, "LC-3"),
        (Some(Self::InProgress), Self::Superseded, "LC-4"),
        (Some(Self::InProgress), Self::Stopping, "LC-5"),
        (Some(Self::Stopping), Self::Stopping, "SP-6"),
        (Some(Self::Stopping), Self::Stopped, "LC-5"),
        (Some(Self::InProgress), Self::Cancelled, "LC-6"),
        (Some(Self::Failed), Self::InProgress, "LC-7"),
        (Some(Self::Stopped), Self::InProgress, "LC-7"),
        // Others of its stage still run when what failed is run again.
        (Some(Self::InProgress), Self::InProgress, "RE-2"),
    ];
}

/// §1.3 of execution.md.
impl Life for StageExecutionStatus {
    const OF: &'static str = "stage execution";
    const TABLE: &'static [Row<Self>] = &[
        (None, Self::InProgress, "LC-10"),
        (Some(Self::InProgress), Self::Succeeded, "LC-11"),
        (Some(Self::InProgress), Self::Failed, "LC-12"),
        (Some(Self::InProgress), Self::Stopping, "LC-13"),
        (Some(Self::Stopping), Self::Stopping, "SP-6"),
        (Some(Self::Stopping), Self::Stopped, "LC-13"),
        (Some(Self::InProgress), Self::Cancelled, "LC-14"),
        (Some(Self::InProgress), Self::Skipped, "LC-15"),
        (Some(Self::Failed), Self::InProgress, "RE-1"),
        (Some(Self::Stopped), Self::InProgress, "RE-4"),
        (Some(Self::InProgress), Self::InProgress, "RE-2"),
    ];
}

/// §1.4 of execution.md. A retry is another action execution (LC-18), so nothing leaves an end.
impl Life for ActionExecutionStatus {
    const OF: &'static str = "action execution";
    const TABLE: &'static [Row<Self>] = &[
        (None, Self::InProgress, "LC-17"),
        (Some(Self::InProgress), Self::Succeeded, "LC-17"),
        (Some(Self::InProgress), Self::Failed, "LC-17"),
        (Some(Self::InProgress), Self::Abandoned, "LC-17"),
    ];
}

/// §8 of execution.md. A retry asks again in another record (CO-33).
impl Life for ConditionExecutionStatus {
    const OF: &'static str = "condition execution";
    const TABLE: &'static [Row<Self>] = &[
        (None, Self::InProgress, "CO-10"),
        (Some(Self::InProgress), Self::Succeeded, "CO-6"),
        (Some(Self::InProgress), Self::Failed, "CO-6"),
        (Some(Self::InProgress), Self::Errored, "CO-9"),
        (Some(Self::InProgress), Self::Abandoned, "SP-12"),
        (Some(Self::InProgress), Self::Cancelled, "UP-14"),
        (Some(Self::InProgress), Self::Overridden, "CO-28"),
        (Some(Self::Failed), Self::Overridden, "CO-29"),
        (Some(Self::Errored), Self::Overridden, "CO-29"),
    ];
}

/// §8 of execution.md.
impl Life for RuleExecutionStatus {
    const OF: &'static str = "rule execution";
    const TABLE: &'static [Row<Self>] = &[
        (None, Self::InProgress, "CO-7"),
        (Some(Self::InProgress), Self::Succeeded, "CO-6"),
        (Some(Self::InProgress), Self::Failed, "CO-6"),
        (Some(Self::InProgress), Self::Abandoned, "CO-8"),
    ];
}

/// §1.1 of jobs-wire-cli.md. A job that goes on does so in another job (J-31).
impl Life for JobStatus {
    const OF: &'static str = "job";
    const TABLE: &'static [Row<Self>] = &[
        // The first job of a worker can be had at once, a function is simply invoked, a follow-up job takes a while.
        (None, Self::Queued, "J-3"),
        (None, Self::InProgress, "J-52"),
        (None, Self::Created, "J-31"),
        (Some(Self::Created), Self::Queued, "J-31"),
        (Some(Self::Created), Self::InProgress, "J-54"),
        (Some(Self::Queued), Self::Dispatched, "J-13"),
        (Some(Self::Dispatched), Self::Queued, "J-13"),
        (Some(Self::Dispatched), Self::InProgress, "J-17"),
        (Some(Self::Queued), Self::InProgress, "J-19"),
        (Some(Self::InProgress), Self::Succeeded, "J-31"),
        (Some(Self::InProgress), Self::Failed, "J-40"),
        (Some(Self::Created), Self::TimedOut, "J-45"),
        (Some(Self::Queued), Self::TimedOut, "J-45"),
        (Some(Self::Dispatched), Self::TimedOut, "J-45"),
        (Some(Self::InProgress), Self::TimedOut, "J-45"),
        (Some(Self::Created), Self::Failed, "J-47"),
        (Some(Self::Queued), Self::Failed, "J-47"),
        (Some(Self::Dispatched), Self::Failed, "J-47"),
    ];
}

/// The rule by which a status may follow another; `None` where it never does.
#[must_use]
pub fn may_become<S: Life>(from: Option<S>, to: S) -> Option<&'static str> {
    S::TABLE
        .iter()
        .find(|(before, after, _)| *before == from && *after == to)
        .map(|(_, _, rule)| *rule)
}

/// The change of one status that a fact means.
#[derive(Clone, Copy)]
enum Step {
    /// Of the execution.
    Execution(Option<PipelineExecutionStatus>, PipelineExecutionStatus),
    /// Of its stay in a stage.
    Stage(Option<StageExecutionStatus>, StageExecutionStatus),
    /// Of one of its action executions.
    Action(Option<ActionExecutionStatus>, ActionExecutionStatus),
    /// Of one of its conditions.
    Condition(Option<ConditionExecutionStatus>, ConditionExecutionStatus),
    /// Of one of its rule executions.
    Rule(Option<RuleExecutionStatus>, RuleExecutionStatus),
    /// Of one of its jobs.
    Job(Option<JobStatus>, JobStatus),
}

impl Step {
    /// # Errors
    /// Which status would follow which, where it never does.
    fn checked(self) -> Result<(), String> {
        fn check<S: Life>(from: Option<S>, to: S) -> Result<(), String> {
            match (may_become(from, to), from) {
                (Some(_), _) => Ok(()),
                (None, Some(from)) => {
                    Err(format!("makes {from:?} {to:?}, as no {} becomes", S::OF))
                }
                (None, None) => Err(format!("makes {to:?} what no {} begins as", S::OF)),
            }
        }
        match self {
            Self::Execution(from, to) => check(from, to),
            Self::Stage(from, to) => check(from, to),
            Self::Action(from, to) => check(from, to),
            Self::Condition(from, to) => check(from, to),
            Self::Rule(from, to) => check(from, to),
            Self::Job(from, to) => check(from, to),
        }
    }
}

/// What a fact about a pipeline changes in statuses, before it is applied.
fn steps(pipeline: &Pipeline, event: &Event) -> [Option<Step>; 2] {
    let record = event
        .execution()
        .and_then(|id| pipeline.executions.get(&id.number))
        .map(Box::as_ref);
    let status = record.map(|record| record.status);
    let stay = record.and_then(|record| record.stages.last());
    let stay = stay.map(|run| run.status);
    match event {
        Event::ExecutionStarted(_) => [
            Some(Step::Execution(status, PipelineExecutionStatus::InProgress)),
            None,
        ],
        Event::ExecutionEnded { status: to, .. } => [Some(Step::Execution(status, *to)), None],
        Event::ExecutionStopping { .. } => {
            let inside = record.is_some_and(|record| record.inside().is_some());
            [
                Some(Step::Execution(status, PipelineExecutionStatus::Stopping)),
                inside.then_some(Step::Stage(stay, StageExecutionStatus::Stopping)),
            ]
        }
        Event::StageRetried { .. } | Event::ExecutionResumed { .. } => [
            Some(Step::Execution(status, PipelineExecutionStatus::InProgress)),
            Some(Step::Stage(stay, StageExecutionStatus::InProgress)),
        ],
        // Every stay is a record of its own.
        Event::StageEntered { .. } => [
            Some(Step::Stage(None, StageExecutionStatus::InProgress)),
            None,
        ],
        Event::StageEnded { status: to, .. } => [Some(Step::Stage(stay, *to)), None],
        Event::ActionStarted { ordinal, .. } => {
            let before = record.and_then(|record| record.actions.get(*ordinal as usize));
            let before = before.map(|action| action.status);
            [
                Some(Step::Action(before, ActionExecutionStatus::InProgress)),
                None,
            ]
        }
        Event::ActionEnded {
            ordinal,
            status: to,
            ..
        } => {
            let before = record.and_then(|record| record.actions.get(*ordinal as usize));
            [
                Some(Step::Action(before.map(|action| action.status), *to)),
                None,
            ]
        }
        Event::ConditionStarted { condition, .. } => [
            Some(Step::Condition(
                evaluation(record, *condition),
                ConditionExecutionStatus::InProgress,
            )),
            None,
        ],
        Event::ConditionEnded {
            condition,
            status: to,
            ..
        } => [
            Some(Step::Condition(evaluation(record, *condition), *to)),
            None,
        ],
        Event::RuleStarted { ordinal, .. } => [
            Some(Step::Rule(
                rule(record, *ordinal),
                RuleExecutionStatus::InProgress,
            )),
            None,
        ],
        Event::RuleEnded {
            ordinal,
            status: to,
            ..
        } => [Some(Step::Rule(rule(record, *ordinal), *to)), None],
        Event::JobCreated {
            job, status: to, ..
        }
        | Event::JobEnded {
            job, status: to, ..
        } => [Some(Step::Job(self::job(record, *job), *to)), None],
        Event::JobQueued { job, .. } => [
            Some(Step::Job(self::job(record, *job), JobStatus::Queued)),
            None,
        ],
        Event::JobDispatched { job, .. } => [
            Some(Step::Job(self::job(record, *job), JobStatus::Dispatched)),
            None,
        ],
        Event::JobStarted { job, .. } => [
            Some(Step::Job(self::job(record, *job), JobStatus::InProgress)),
            None,
        ],
        Event::PipelineCreated { .. }
        | Event::WorkerAttached { .. }
        | Event::WorkerDetached { .. }
        | Event::WorkerPollPlanned { .. }
        | Event::WorkerPolled { .. }
        | Event::ClientTokenSet { .. }
        | Event::RuleReplanned { .. }
        | Event::AlarmSet { .. }
        | Event::LambdaResultSet { .. }
        | Event::PollPlanned { .. }
        | Event::Polled { .. }
        | Event::EventRuleSet { .. }
        | Event::ScheduleSet { .. }
        | Event::ScheduleFired { .. }
        | Event::RevisionReported { .. }
        | Event::PipelineUpdated { .. }
        | Event::PipelineDeleted { .. }
        | Event::ExecutionWaits { .. }
        | Event::ExecutionCancelling { .. }
        | Event::TransitionDisabled { .. }
        | Event::TransitionEnabled { .. }
        | Event::ActionReplanned { .. }
        | Event::RevisionArrived { .. }
        | Event::BehaviorSet { .. }
        | Event::CustomActionTypeCreated { .. }
        | Event::CustomActionTypeDeleted { .. }
        | Event::ActionTypeUpdated { .. }
        | Event::WebhookPut { .. }
        | Event::WebhookDeleted { .. }
        | Event::WebhookRegistered { .. }
        | Event::WebhookDelivered { .. }
        | Event::TagsChanged { .. }
        | Event::FailureArranged { .. }
        | Event::FailureAnswered { .. }
        | Event::ExecutionsArchived { .. }
        | Event::ExecutionRecalled { .. }
        | Event::HistoryDropped { .. } => [None, None],
    }
}

fn evaluation(record: Option<&Execution>, index: u32) -> Option<ConditionExecutionStatus> {
    let run = record?.conditions.get(index as usize)?;
    Some(run.status)
}

fn rule(record: Option<&Execution>, ordinal: u32) -> Option<RuleExecutionStatus> {
    let run = record?.rules.get(ordinal as usize)?;
    Some(run.status)
}

fn job(record: Option<&Execution>, ordinal: u32) -> Option<JobStatus> {
    let job = record?.jobs.get(ordinal as usize)?;
    Some(job.status)
}

/// Checks a fact about a pipeline, before it is applied, against the tables.
///
/// # Errors
/// Which status would follow which, where it never does, or that an end is none.
pub fn check(pipeline: &Pipeline, event: &Event) -> Result<(), String> {
    let open = match event {
        Event::ExecutionEnded { status, .. } => matches!(
            status,
            PipelineExecutionStatus::InProgress | PipelineExecutionStatus::Stopping
        ),
        Event::StageEnded { status, .. } => matches!(
            status,
            StageExecutionStatus::InProgress | StageExecutionStatus::Stopping
        ),
        Event::ActionEnded { status, .. } => *status == ActionExecutionStatus::InProgress,
        Event::ConditionEnded { status, .. } => *status == ConditionExecutionStatus::InProgress,
        Event::RuleEnded { status, .. } => *status == RuleExecutionStatus::InProgress,
        Event::JobEnded { status, .. } => is_open(*status),
        _ => false,
    };
    if open {
        return Err("ends what goes on".to_owned());
    }
    steps(pipeline, event)
        .into_iter()
        .flatten()
        .try_for_each(Step::checked)
}
