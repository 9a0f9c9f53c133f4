//! One pipeline execution and everything it did: its stage runs, its action executions, the conditions it was held to.
//!
//! A live execution stands at a boundary, is inside a stage, or has ended. A finished one is the same record; it
//! stays with its pipeline while a stage still shows it, and then moves into a segment of the history.

use std::{collections::BTreeMap, rc::Rc};

use crate::json::{FromJson, ToJson};

use super::{
    condition::{ConditionRun, RuleRun},
    job::{Job, Progress},
    pin::Pin,
    source::Revision,
};
use crate::{
    engine::{declaration::ConditionPlace, reason::Reason, time::Instant},
    model::{
        ActionExecutionStatus, ExecutionMode, ExecutionType, FailureType, PipelineExecutionStatus,
        ResolvedPipelineVariable, RetryTrigger, SourceRevisionOverride, StageExecutionStatus,
        TriggerType,
    },
};

/// What started an execution (§11.1).
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Trigger {
    /// The kind of start.
    #[json(rename = "k")]
    pub kind: TriggerType,
    /// The caller, the rule, the source action: what §11.1 says for this kind.
    #[json(rename = "d")]
    pub detail: Rc<str>,
}

/// What will end a running action by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ToJson, FromJson)]
pub struct Deadline {
    /// When.
    #[json(rename = "a")]
    pub at: Instant,
    /// How.
    #[json(rename = "k")]
    pub kind: DeadlineKind,
}

/// The kinds of deadlines, in the order in which those of one instant are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ToJson, FromJson)]
pub enum DeadlineKind {
    /// The simulated provider is done.
    #[json(rename = "c")]
    Completion,
    /// A job can be had, for the first time or again (J-13, J-31).
    #[json(rename = "o")]
    Offer,
    /// The window that a rule waits for opens (CO-22).
    #[json(rename = "w")]
    Opening,
    /// The action has taken as long as it may (TO-1), an approval included (AP-7).
    #[json(rename = "t")]
    Timeout,
    /// A source is looked at and something will be found (TG-22).
    #[json(rename = "p")]
    Poll,
    /// A schedule starts a pipeline.
    #[json(rename = "s")]
    Schedule,
}

/// What an action left behind when it ended. Everything that the declaration, the ids and the status already
/// say is derived from them and not kept here.
#[derive(Clone, Debug, PartialEq, Default, ToJson, FromJson)]
#[json(default)]
pub struct Ending {
    /// The result's text, where it is not the provider's usual one.
    #[json(rename = "s", skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What went wrong.
    #[json(rename = "e", skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorNote>,
    /// Output variables of a success.
    #[json(rename = "v", skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, String>,
    /// The revision that a source action fetched.
    #[json(rename = "r", skip_serializing_if = "Option::is_none")]
    pub revision: Option<Rc<Revision>>,
    /// Who ended it, where that was a person (AP-6).
    #[json(rename = "b", skip_serializing_if = "Option::is_none")]
    pub by: Option<Rc<str>>,
    /// The id that the provider gave its own work, where it is not derived from the action execution's.
    #[json(rename = "x", skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
}

impl Ending {
    /// An ending of which nothing needs to be said. Nearly all are, so they share one.
    #[must_use]
    pub fn plain() -> Rc<Self> {
        thread_local! {
            static PLAIN: Rc<Ending> = Rc::default();
        }
        PLAIN.with(Rc::clone)
    }

    /// The ending as facts and records share it.
    #[must_use]
    pub fn shared(self) -> Rc<Self> {
        if self.is_plain() {
            Self::plain()
        } else {
            Rc::new(self)
        }
    }

    /// Whether nothing needs to be said.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// A failure with a code and a message.
    #[must_use]
    pub fn failure(code: FailureType, message: impl Into<String>) -> Self {
        Self {
            error: Some(ErrorNote {
                code,
                message: message.into(),
            }),
            ..Self::default()
        }
    }
}

/// `errorDetails` of a failed action (LC-22).
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct ErrorNote {
    /// The code.
    #[json(rename = "c")]
    pub code: FailureType,
    /// The message.
    #[json(rename = "m")]
    pub message: String,
}

/// One attempt at one action.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct ActionExecution {
    /// Index of the stage.
    #[json(rename = "g")]
    pub stage: u16,
    /// Index of the action in the stage.
    #[json(rename = "a")]
    pub action: u16,
    /// When it began.
    #[json(rename = "s")]
    pub started: Instant,
    /// When its status last changed.
    #[json(rename = "u")]
    pub updated: Instant,
    /// Its status; no record exists before it began (§1.1).
    #[json(rename = "t")]
    pub status: ActionExecutionStatus,
    /// What will end it by itself, while it runs.
    #[json(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// The number of the fact that set the deadline: earlier ones go first at the same instant.
    #[json(rename = "o", default, skip_serializing_if = "is_zero")]
    pub order: u64,
    /// The resolved configuration, where it differs from the declared one.
    #[json(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Rc<BTreeMap<String, String>>>,
    /// What a source action found when it began; its ending says whether it took it.
    #[json(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Rc<Revision>>,
    /// How many targets it reaches, where that is not the usual number (DT-2).
    #[json(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<u16>,
    /// What it left behind.
    #[json(
        rename = "e",
        default = "Ending::plain",
        skip_serializing_if = "is_plain"
    )]
    pub ending: Rc<Ending>,
    /// What the reports of its jobs told (J-33).
    #[json(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Box<Progress>>,
    /// A retry took its place: it stays in the history and no longer counts for its stage (RE-2, RE-3).
    #[json(rename = "x", default, skip_serializing_if = "is_false")]
    pub dismissed: bool,
}

fn is_false(truth: &bool) -> bool {
    !truth
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn is_plain(ending: &Ending) -> bool {
    ending.is_plain()
}

impl ActionExecution {
    /// Whether it is under way.
    #[must_use]
    pub fn running(&self) -> bool {
        self.status == ActionExecutionStatus::InProgress
    }

    /// Whether it left behind what others may read (VA-17).
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.status == ActionExecutionStatus::Succeeded
    }
}

/// One stay of an execution in a stage.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct StageRun {
    /// Index of the stage.
    #[json(rename = "g")]
    pub stage: u16,
    /// Its status.
    #[json(rename = "t")]
    pub status: StageExecutionStatus,
    /// When the execution reached the stage's boundary.
    #[json(rename = "w")]
    pub arrived: Instant,
    /// When it took the lock.
    #[json(rename = "s")]
    pub entered: Instant,
    /// When the stage ended for it.
    #[json(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Instant>,
    /// Why it ended as it did.
    #[json(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// How often it was retried.
    #[json(rename = "y", default, skip_serializing_if = "Retries::is_none")]
    pub retries: Retries,
    /// When the execution was not in the stage between entering it and now: it had ended there and was taken up again
    /// (RE-1). Worlds of earlier builds do not say.
    #[json(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    pub interruptions: Vec<Interruption>,
}

/// From the end of a stay in a stage until it was taken up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson, FromJson)]
pub struct Interruption {
    /// When it ended.
    #[json(rename = "f")]
    pub from: Instant,
    /// When it was taken up again.
    #[json(rename = "t")]
    pub to: Instant,
}

impl StageRun {
    /// Since when the execution has been in the stage without a break; of one that has ended, how long it was before.
    #[must_use]
    pub fn since(&self) -> Instant {
        self.interruptions
            .last()
            .map_or(self.entered, |interruption| interruption.to)
    }

    /// From when to when it was in the stage: the last stay may still go on.
    pub fn stays(&self) -> impl Iterator<Item = (Instant, Option<Instant>)> {
        let begins = self.interruptions.iter().map(|one| one.to);
        let ends = self.interruptions.iter().map(|one| Some(one.from));
        std::iter::once(self.entered)
            .chain(begins)
            .zip(ends.chain(std::iter::once(self.ended)))
    }
}

/// How often a stage was retried in one stay (RE-12, RE-15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, ToJson, FromJson)]
#[json(default)]
pub struct Retries {
    /// By hand.
    #[json(rename = "m", skip_serializing_if = "is_zero_u32")]
    pub manual: u32,
    /// By itself (RE-14: once at most).
    #[json(rename = "a", skip_serializing_if = "is_zero_u32")]
    pub automatic: u32,
    /// The last one's cause.
    #[json(rename = "l", skip_serializing_if = "Option::is_none")]
    pub latest: Option<RetryTrigger>,
}

/// Things with their numbers.
#[expect(
    clippy::cast_possible_truncation,
    reason = "an ordinal has 18 bits (ids)"
)]
fn numbered<T>(things: &[T]) -> impl DoubleEndedIterator<Item = (u32, &T)> {
    things
        .iter()
        .enumerate()
        .map(|(index, thing)| (index as u32, thing))
}

fn is_zero_u32(number: &u32) -> bool {
    *number == 0
}

impl Retries {
    /// Whether there was none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.latest.is_none()
    }
}

/// One time that an execution went on after a stage of it had failed or stopped. These are never changed: they say
/// what was the case at an earlier fact, for events that are told late.
#[derive(Clone, Debug, PartialEq, Eq, ToJson, FromJson)]
pub struct Resumption {
    /// The number of the fact.
    #[json(rename = "n")]
    pub fact: u64,
    /// When.
    #[json(rename = "t")]
    pub at: Instant,
    /// Index of the stage.
    #[json(rename = "g")]
    pub stage: u16,
    /// How many action executions had begun before.
    #[json(rename = "b")]
    pub begun: u32,
    /// The attempts that no longer counted from then on, by their ordinals.
    #[json(rename = "d", default, skip_serializing_if = "Vec::is_empty")]
    pub dismissed: Vec<u32>,
}

/// A stop under way or done (SP-9).
#[derive(Clone, Debug, PartialEq, Eq, ToJson, FromJson)]
pub struct Stop {
    /// Whether running actions are abandoned.
    #[json(rename = "a", default, skip_serializing_if = "is_false")]
    pub abandon: bool,
    /// The caller's words.
    #[json(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Rc<str>>,
}

/// What a ROLLBACK execution brings back (RB-1 to RB-3).
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Rollback {
    /// The number of the execution that it goes back to.
    #[json(rename = "t")]
    pub target: u32,
    /// Index of the one stage that runs.
    #[json(rename = "g")]
    pub stage: u16,
    /// What the earlier stages of the target left behind. It is copied, because the target may become history, and
    /// history may be dropped, while the rollback still reads it.
    #[json(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    pub inherited: Vec<Inherited>,
}

/// What an action of the target left behind (RB-2).
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Inherited {
    /// Index of the stage.
    #[json(rename = "g")]
    pub stage: u16,
    /// Index of the action in the stage.
    #[json(rename = "a")]
    pub action: u16,
    /// The number of the action execution within the target: whose artifacts are read.
    #[json(rename = "o")]
    pub ordinal: u32,
    /// Its output variables.
    #[json(rename = "v", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, String>,
    /// The revision that it fetched.
    #[json(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Rc<Revision>>,
    /// The configuration that it ran with, where that differs from the declared one.
    #[json(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Rc<BTreeMap<String, String>>>,
}

/// What an action left behind for later ones to read: its own success in this execution or, in a rollback, that in
/// the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Product<'a> {
    /// The number of the execution that made it.
    pub execution: u32,
    /// The number of the action execution within that.
    pub ordinal: u32,
    /// Its output variables.
    pub variables: &'a BTreeMap<String, String>,
    /// The revision that it fetched.
    pub revision: Option<&'a Revision>,
    /// The configuration that it ran with, where that differs from the declared one.
    pub resolved: Option<&'a BTreeMap<String, String>>,
}

/// Where an execution is.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub enum Position {
    /// In front of a stage, on its way into it.
    #[json(rename = "w")]
    Boundary {
        /// Index of the stage.
        stage: u16,
        /// Since when.
        since: Instant,
        /// What held it when it arrived; `None` while it is only passing.
        #[json(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
        /// TR-10: the transition was disabled for so long that it will not go on.
        #[json(default, skip_serializing_if = "is_false")]
        inert: bool,
    },
    /// Inside a stage: the last of its stage runs.
    #[json(rename = "i")]
    Inside {
        /// Index of the stage.
        stage: u16,
    },
    /// Nowhere any more.
    #[json(rename = "e")]
    Ended {
        /// The boundary at which it left the line without entering, if it did.
        #[json(default, skip_serializing_if = "Option::is_none")]
        boundary: Option<(u16, Instant)>,
    },
}

/// A pipeline execution.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Execution {
    /// Its number in the pipeline, from 1 in start order.
    #[json(rename = "n")]
    pub number: u32,
    /// The pipeline version it is bound to (UP-7).
    #[json(rename = "v")]
    pub version: u32,
    /// The mode it started in (MO-5).
    #[json(rename = "m")]
    pub mode: ExecutionMode,
    /// What started it.
    #[json(rename = "g")]
    pub trigger: Trigger,
    /// When it was accepted.
    #[json(rename = "s")]
    pub started: Instant,
    /// When its status or place last changed.
    #[json(rename = "u")]
    pub updated: Instant,
    /// Its status.
    #[json(rename = "t")]
    pub status: PipelineExecutionStatus,
    /// Where it is.
    #[json(rename = "p")]
    pub position: Position,
    /// Pipeline variables with their values.
    #[json(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<ResolvedPipelineVariable>,
    /// The client request token that started it (TG-2).
    #[json(rename = "tk", default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Rc<str>>,
    /// Source revision overrides.
    #[json(rename = "o", default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<SourceRevisionOverride>,
    /// The revisions it was started for (ST-12).
    #[json(rename = "f", default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
    /// Its stays in stages, in order.
    #[json(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageRun>,
    /// Its action executions, in start order: the index is the ordinal of the action execution's id.
    #[json(rename = "x", default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionExecution>,
    /// UP-3: it goes no further because the pipeline was updated; the new version.
    #[json(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<u32>,
    /// Somebody stopped it.
    #[json(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<Stop>,
    /// It is a ROLLBACK execution.
    #[json(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<Rc<Rollback>>,
    /// The conditions it was held to, in the order in which they began.
    #[json(rename = "l", default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ConditionRun>,
    /// The runs of their rules, in start order: the index is the ordinal of the rule execution's id.
    #[json(rename = "y", default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleRun>,
    /// The jobs of its actions, in the order in which they were made: the index is the ordinal of the job's id.
    #[json(rename = "j", default, skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<Job>,
    /// How often it was resumed: `pipeline-execution-attempt` of the events, less one (RE-12).
    #[json(rename = "q", default, skip_serializing_if = "is_zero_u32")]
    pub resumed: u32,
    /// When it was resumed, oldest first; worlds from before this was kept know only how often.
    #[json(rename = "z", default, skip_serializing_if = "Vec::is_empty")]
    pub resumptions: Vec<Resumption>,
    /// Why it ended.
    #[json(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

impl Execution {
    /// Whether it waits where it will not go on (TR-10).
    #[must_use]
    pub fn inert(&self) -> bool {
        matches!(self.position, Position::Boundary { inert: true, .. })
    }

    /// Remembers that it goes on with a stage (RE-12).
    pub fn note_resumption(&mut self, fact: u64, at: Instant, stage: u16, dismissed: &[u32]) {
        self.resumed = self.resumed.saturating_add(1);
        self.resumptions.push(Resumption {
            fact,
            at,
            stage,
            begun: u32::try_from(self.actions.len()).unwrap_or(u32::MAX),
            dismissed: dismissed.to_vec(),
        });
    }

    /// `pipeline-execution-attempt` after a fact (RE-12): 1 until it was first resumed.
    #[must_use]
    pub fn attempt_at(&self, fact: u64) -> u32 {
        let later = self.resumptions.iter().rev();
        let later = later
            .take_while(|resumption| resumption.fact > fact)
            .count();
        let resumed = self
            .resumed
            .saturating_sub(u32::try_from(later).unwrap_or(u32::MAX));
        resumed.saturating_add(1)
    }

    /// The last time before or at a fact that it was resumed in a stage.
    #[must_use]
    pub fn resumption_at(&self, stage: u16, fact: u64) -> Option<&Resumption> {
        self.resumptions
            .iter()
            .rev()
            .find(|resumption| resumption.stage == stage && resumption.fact <= fact)
    }

    /// The revision that a source action has to take, and what Git told with it.
    #[must_use]
    pub fn pin(&self, action: &str) -> Option<&Pin> {
        self.pins.iter().find(|pin| pin.action == action)
    }

    /// EV-2: the revision that came through a connection and started this execution.
    #[must_use]
    pub fn git_pin(&self) -> Option<&Pin> {
        self.pins.iter().find(|pin| pin.git.is_some())
    }

    /// The attempt at an action that counts for its stage: the latest one that no retry took the place of.
    #[must_use]
    pub fn counting_attempt(&self, stage: u16, action: u16) -> Option<(u32, &ActionExecution)> {
        self.attempts(stage, action)
            .rev()
            .find(|(_, attempt)| !attempt.dismissed)
    }

    /// GE-2: STANDARD or ROLLBACK.
    #[must_use]
    pub fn kind(&self) -> ExecutionType {
        match self.rollback {
            Some(_) => ExecutionType::Rollback,
            None => ExecutionType::Standard,
        }
    }

    /// QU-9: whether it counts as active.
    #[must_use]
    pub fn active(&self) -> bool {
        matches!(
            self.status,
            PipelineExecutionStatus::InProgress | PipelineExecutionStatus::Stopping
        )
    }

    /// Whether it waits at the boundary of a stage.
    #[must_use]
    pub fn waits_at(&self, index: u16) -> bool {
        self.active() && matches!(self.position, Position::Boundary { stage, .. } if stage == index)
    }

    /// The stage it is inside.
    #[must_use]
    pub fn inside(&self) -> Option<u16> {
        match self.position {
            Position::Inside { stage } => Some(stage),
            _ => None,
        }
    }

    /// The stay in a stage that counts: the last one.
    #[must_use]
    pub fn stage_run(&self, stage: u16) -> Option<&StageRun> {
        self.stages.iter().rev().find(|run| run.stage == stage)
    }

    /// The action executions with their ordinals, in start order.
    pub fn numbered(&self) -> impl DoubleEndedIterator<Item = (u32, &ActionExecution)> {
        numbered(&self.actions)
    }

    /// The attempts at an action with their ordinals, oldest first.
    pub fn attempts(
        &self,
        stage: u16,
        action: u16,
    ) -> impl DoubleEndedIterator<Item = (u32, &ActionExecution)> {
        self.in_stage(stage)
            .filter(move |(_, execution)| execution.action == action)
    }

    /// The action executions in a stage with their ordinals, oldest first. Executions go through their stages in order,
    /// so these stand together, and those of the stage it is in stand last.
    pub fn in_stage(&self, stage: u16) -> impl DoubleEndedIterator<Item = (u32, &ActionExecution)> {
        let from = self.actions.partition_point(|action| action.stage < stage);
        let rest = self.actions.get(from..).unwrap_or_default();
        let until = match rest.last() {
            Some(last) if last.stage > stage => {
                rest.partition_point(|action| action.stage == stage)
            }
            _ => rest.len(),
        };
        let first = u32::try_from(from).unwrap_or(u32::MAX);
        numbered(rest.get(..until).unwrap_or_default())
            .map(move |(index, action)| (first + index, action))
    }

    /// The latest attempt at an action.
    #[must_use]
    pub fn latest_attempt(&self, stage: u16, action: u16) -> Option<(u32, &ActionExecution)> {
        self.attempts(stage, action).next_back()
    }

    /// ST-7, VA-18, RB-2: what an action left behind for the action execution with this ordinal: the last success
    /// that began before.
    #[must_use]
    pub fn product_before(&self, stage: u16, action: u16, reader: u32) -> Option<Product<'_>> {
        let own = self
            .attempts(stage, action)
            .rev()
            .find(|(ordinal, attempt)| *ordinal < reader && attempt.succeeded());
        if let Some((ordinal, attempt)) = own {
            return Some(Product {
                execution: self.number,
                ordinal,
                variables: &attempt.ending.variables,
                revision: attempt.ending.revision.as_deref(),
                resolved: attempt.resolved.as_deref(),
            });
        }
        let rollback = self.rollback.as_deref()?;
        let inherited = rollback
            .inherited
            .iter()
            .find(|inherited| (inherited.stage, inherited.action) == (stage, action))?;
        Some(Product {
            execution: rollback.target,
            ordinal: inherited.ordinal,
            variables: &inherited.variables,
            revision: inherited.revision.as_deref(),
            resolved: inherited.resolved.as_deref(),
        })
    }

    /// As [`Self::product_before`], for whoever reads now.
    #[must_use]
    pub fn product(&self, stage: u16, action: u16) -> Option<Product<'_>> {
        self.product_before(stage, action, u32::MAX)
    }

    /// The evaluation of a condition that counts for its stage: the latest one that no retry took the place of.
    #[must_use]
    pub fn counting_condition(
        &self,
        stage: u16,
        place: ConditionPlace,
    ) -> Option<(u32, &ConditionRun)> {
        numbered(&self.conditions)
            .rev()
            .find(|(_, run)| run.stage == stage && run.place == place && !run.dismissed)
    }

    /// The condition that is being evaluated: never more than one.
    #[must_use]
    pub fn running_condition(&self) -> Option<(u32, &ConditionRun)> {
        numbered(&self.conditions)
            .next_back()
            .filter(|(_, run)| run.running())
    }

    /// The jobs of an action execution with their ordinals, oldest first.
    pub fn jobs_of(&self, action: u32) -> impl DoubleEndedIterator<Item = (u32, &Job)> {
        numbered(&self.jobs).filter(move |(_, job)| job.action == action)
    }

    /// The job of an action execution that is not over: never more than one.
    #[must_use]
    pub fn open_job(&self, action: u32) -> Option<(u32, &Job)> {
        self.jobs_of(action)
            .next_back()
            .filter(|(_, job)| job.open())
    }

    /// The runs of the rules of a condition, with their ordinals.
    pub fn rules_of(&self, condition: u32) -> impl DoubleEndedIterator<Item = (u32, &RuleRun)> {
        numbered(&self.rules).filter(move |(_, rule)| rule.condition == condition)
    }
}
