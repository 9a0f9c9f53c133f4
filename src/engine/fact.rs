//! Facts: what has happened, in order. A command decides, the facts say what was decided, and
//! [`World::apply`](super::world::World::apply) carries each out without asking whether it may.
//!
//! One stream feeds everybody: the world itself, the journal on disk, the page, other tabs. Replaying facts
//! never runs a rule again, so an old journal means the same under newer rules; chance and time are already
//! baked in. Facts name things by their small numbers (see [`super::ids`]), stages and actions by their index in
//! the declaration of the execution's version.

use std::rc::Rc;

use crate::json::{FromJson, ToJson};

use super::{
    behavior::{Behavior, Scope},
    conditions::{AlarmState, LambdaResult},
    declaration::ConditionPlace,
    ids::{ExecutionId, PipelineId},
    reason::Reason,
    time::Instant,
    worker::{Report, WorkerSettings},
    world::{
        execution::{Deadline, Ending, Rollback, Trigger},
        failure::Failure,
        job::Progress,
        pin::Pin,
        resource::Resource,
        source::{Place, Revision},
        watch::Schedule,
        webhook::Delivery,
    },
};
use crate::model::{
    ActionExecutionStatus, ActionTypeDeclaration, ActionTypeId, ConditionExecutionStatus,
    CreateCustomActionTypeInput, JobStatus, PipelineDeclaration, PipelineExecutionStatus,
    ResolvedPipelineVariable, RetryTrigger, RuleExecutionStatus, SourceRevisionOverride,
    StageExecutionStatus, Tag, WebhookDefinition,
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Fact {
    /// Its number in the world, from 1, without gaps.
    #[json(rename = "n")]
    pub sequence: u64,
    /// When, on the virtual clock.
    #[json(rename = "t")]
    pub at: Instant,
    /// Who caused it.
    #[json(rename = "c", default, skip_serializing_if = "Cause::is_time")]
    pub cause: Cause,
    /// What.
    #[json(rename = "e")]
    pub event: Event,
}

/// What made a fact happen.
#[derive(Clone, Debug, PartialEq, Eq, Default, ToJson, FromJson)]
pub enum Cause {
    /// The clock reached a deadline.
    #[default]
    Time,
    /// An API operation, by name.
    Call(Rc<str>),
    /// A control of the simulator, by name.
    Control(Rc<str>),
}

impl Cause {
    fn is_time(&self) -> bool {
        *self == Self::Time
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub enum Event {
    /// CreatePipeline was accepted.
    PipelineCreated {
        /// Its id in the world.
        pipeline: PipelineId,
        /// The declaration with defaults filled in and secrets in clear.
        declaration: Rc<PipelineDeclaration>,
        /// Its tags.
        #[json(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<Tag>,
    },
    /// UpdatePipeline was accepted (UP-1).
    PipelineUpdated {
        /// Which.
        pipeline: PipelineId,
        /// The declaration of the new version.
        declaration: Rc<PipelineDeclaration>,
    },
    /// DeletePipeline (UP-13).
    PipelineDeleted {
        /// Which.
        pipeline: PipelineId,
        /// Its name, which nothing else tells any more.
        name: Rc<str>,
    },
    /// An execution was accepted (LC-1).
    ExecutionStarted(Box<Start>),
    /// It reached a boundary and cannot go on (MO-3).
    ExecutionWaits {
        /// Who.
        execution: ExecutionId,
        /// In front of which stage.
        stage: u16,
        /// Why.
        reason: Reason,
    },
    /// UP-3: it goes no further than its running actions, because the pipeline was updated.
    ExecutionCancelling {
        /// Who.
        execution: ExecutionId,
        /// The version that replaced its own.
        version: u32,
    },
    /// StopPipelineExecution (SP-2, SP-4), or the upgrade of a stop that waits to one that abandons (SP-6).
    ExecutionStopping {
        /// Who.
        execution: ExecutionId,
        /// Whether running actions are abandoned.
        abandon: bool,
        /// The caller's words (SP-9).
        #[json(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Rc<str>>,
        /// The stage it is inside; none where it waits in front of one.
        #[json(default, skip_serializing_if = "Option::is_none")]
        inside: Option<u16>,
        /// SP-6: it was Stopping already.
        #[json(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    /// A stage that failed or was stopped is run again by the same execution (RE-1).
    StageRetried {
        /// Who.
        execution: ExecutionId,
        /// Which stage.
        stage: u16,
        /// By hand or by itself.
        trigger: RetryTrigger,
        /// Attempts at actions that no longer count, by their ordinals (RE-2, RE-3).
        dismissed: Vec<u32>,
        /// Evaluations of conditions that no longer count, by their indices (CO-33).
        #[json(default, skip_serializing_if = "Vec::is_empty")]
        conditions: Vec<u32>,
    },
    /// A condition of a stage began to be evaluated (CO-10 to CO-12).
    ConditionStarted {
        /// Who is held to it.
        execution: ExecutionId,
        /// In which stage.
        stage: u16,
        /// Which condition of the stage.
        place: ConditionPlace,
        /// Its number within the execution: the count of evaluations begun before.
        condition: u32,
    },
    /// The evaluation of a condition ended (CO-6, CO-9, CO-28), or a failed one was overridden (CO-29).
    ConditionEnded {
        /// Who is held to it.
        execution: ExecutionId,
        /// Which of its evaluations.
        condition: u32,
        /// How.
        status: ConditionExecutionStatus,
        /// Why.
        reason: Reason,
    },
    /// A rule of a condition began.
    RuleStarted {
        /// Whose.
        execution: ExecutionId,
        /// Which of the execution's evaluations it belongs to.
        condition: u32,
        /// Which rule of the condition.
        rule: u16,
        /// Its number within the execution: the count of rules begun before.
        ordinal: u32,
        /// What will end it by itself.
        #[json(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<Deadline>,
        /// The configuration after resolution, where it differs from the declared one (CO-13).
        #[json(default, skip_serializing_if = "Option::is_none")]
        resolved: Option<Rc<std::collections::BTreeMap<String, String>>>,
    },
    /// A rule has looked and goes on watching (CO-21, CO-22), or its behavior changed.
    RuleReplanned {
        /// Whose.
        execution: ExecutionId,
        /// Which of its rule executions.
        ordinal: u32,
        /// What will end it now.
        deadline: Option<Deadline>,
        /// Whether it watches from now on.
        watching: bool,
    },
    /// A rule ended.
    RuleEnded {
        /// Whose.
        execution: ExecutionId,
        /// Which of its rule executions.
        ordinal: u32,
        /// How.
        status: RuleExecutionStatus,
        /// What it left behind.
        #[json(default, skip_serializing_if = "Ending::is_plain")]
        ending: Rc<Ending>,
    },
    /// CO-29: an execution that a failed condition had ended goes on past it.
    ExecutionResumed {
        /// Who.
        execution: ExecutionId,
        /// In which stage.
        stage: u16,
    },
    /// A person or a script put an alarm into a state.
    AlarmSet {
        /// Its name.
        name: Rc<str>,
        /// Its state.
        state: AlarmState,
    },
    /// A person or a script said what a function answers.
    LambdaResultSet {
        /// The name of the function.
        function: Rc<str>,
        /// What it answers; `None` forgets what was said.
        result: Option<LambdaResult>,
    },
    /// DisableStageTransition (TR-3).
    TransitionDisabled {
        /// Of which pipeline.
        pipeline: PipelineId,
        /// In front of which stage of the current version.
        stage: u16,
        /// Why.
        reason: Rc<str>,
        /// Who did it.
        by: Rc<str>,
    },
    /// EnableStageTransition.
    TransitionEnabled {
        /// Of which pipeline.
        pipeline: PipelineId,
        /// In front of which stage of the current version.
        stage: u16,
        /// Who did it.
        by: Rc<str>,
        /// TR-10: it was disabled for more than 30 days, so whoever waits there goes no further.
        #[json(default, skip_serializing_if = "std::ops::Not::not")]
        expired: bool,
    },
    /// It reached the end of its life, or left the line (LC-2 to LC-6).
    ExecutionEnded {
        /// Who.
        execution: ExecutionId,
        /// How.
        status: PipelineExecutionStatus,
        /// Why.
        reason: Reason,
    },
    /// It took the lock of a stage (LC-10), or entered it in PARALLEL mode (PA-1).
    StageEntered {
        /// Who.
        execution: ExecutionId,
        /// Which stage.
        stage: u16,
    },
    /// The stage ended for it and the lock is free (LC-16).
    StageEnded {
        /// Who.
        execution: ExecutionId,
        /// Which stage.
        stage: u16,
        /// How.
        status: StageExecutionStatus,
        /// Why.
        reason: Reason,
    },
    /// An action began (LC-17).
    ActionStarted {
        /// Whose.
        execution: ExecutionId,
        /// In which stage.
        stage: u16,
        /// Which action of the stage.
        action: u16,
        /// Its number within the execution: the count of actions begun before.
        ordinal: u32,
        /// What will end it by itself.
        #[json(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<Deadline>,
        /// What a source action found when it began, which is what it takes (PA-7).
        #[json(default, skip_serializing_if = "Option::is_none")]
        revision: Option<Rc<Revision>>,
        /// The configuration after resolution, where it differs from the declared one (VA-11).
        #[json(default, skip_serializing_if = "Option::is_none")]
        resolved: Option<Rc<std::collections::BTreeMap<String, String>>>,
        /// How many targets a deployment reaches, where somebody said so (DT-2).
        #[json(default, skip_serializing_if = "Option::is_none")]
        targets: Option<u16>,
    },
    /// What ends a running action by itself changed, because its behavior did.
    ActionReplanned {
        /// Whose.
        execution: ExecutionId,
        /// Which of its action executions.
        ordinal: u32,
        /// What will end it now.
        deadline: Option<Deadline>,
    },
    /// An action ended.
    ActionEnded {
        /// Whose.
        execution: ExecutionId,
        /// Which of its action executions.
        ordinal: u32,
        /// How.
        status: ActionExecutionStatus,
        /// What it left behind.
        #[json(default, skip_serializing_if = "Ending::is_plain")]
        ending: Rc<Ending>,
    },
    /// A job was made: its action began (J-1), or the worker of the job before reported that the work goes on (J-31).
    JobCreated {
        /// Whose.
        execution: ExecutionId,
        /// Its number within the execution: the count of jobs made before.
        job: u32,
        /// The action execution that it does, by its ordinal.
        action: u32,
        /// Queued where it can be had at once, Created where that takes a while, InProgress where a function was
        /// invoked (J-52).
        status: JobStatus,
        /// When it can be had.
        #[json(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<Deadline>,
        /// What the worker handed in with the job before.
        #[json(default, skip_serializing_if = "Option::is_none")]
        token: Option<Rc<str>>,
    },
    /// A job can be had: for the first time (J-31), or again because nobody acknowledged it (J-13).
    JobQueued {
        /// Whose.
        execution: ExecutionId,
        /// Which of its jobs.
        job: u32,
    },
    /// A job was handed out, with the next nonce (J-16).
    JobDispatched {
        /// Whose.
        execution: ExecutionId,
        /// Which of its jobs.
        job: u32,
        /// When it can be had again.
        deadline: Deadline,
    },
    /// A worker acknowledged a job (J-17), or its function was invoked (J-54).
    JobStarted {
        /// Whose.
        execution: ExecutionId,
        /// Which of its jobs.
        job: u32,
        /// When the simulated worker will be done.
        #[json(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<Deadline>,
        /// The simulated worker.
        #[json(default, skip_serializing_if = "Option::is_none")]
        worker: Option<u32>,
        /// What that will say.
        #[json(default, skip_serializing_if = "Option::is_none")]
        report: Option<Rc<Report>>,
    },
    /// A job is over: it was reported (J-31, J-40), has timed out (J-45) or was lost with its action (J-47).
    JobEnded {
        /// Whose.
        execution: ExecutionId,
        /// Which of its jobs.
        job: u32,
        /// How.
        status: JobStatus,
        /// What the report told besides (J-33).
        #[json(default, skip_serializing_if = "Progress::is_empty")]
        progress: Box<Progress>,
    },
    /// Somebody attached a worker to an action type, or set one to work in another way.
    WorkerAttached {
        /// Its number: the count of workers attached before. An attached one that gets other settings keeps its.
        worker: u32,
        /// Whose jobs it does.
        action_type: Box<ActionTypeId>,
        /// How it works.
        settings: Box<WorkerSettings>,
    },
    /// Somebody detached a worker: it asks for no more jobs. What it has in hand it still reports.
    WorkerDetached {
        /// Which.
        worker: u32,
        /// Whose jobs it did.
        action_type: Box<ActionTypeId>,
    },
    /// The next poll of a worker will find something.
    WorkerPollPlanned {
        /// Which.
        worker: u32,
        /// When.
        at: Instant,
    },
    /// A worker has polled.
    WorkerPolled {
        /// Which.
        worker: u32,
    },
    /// Somebody said with which token a partner's worker shows who it is (T-7).
    ClientTokenSet {
        /// The client id.
        client: Rc<str>,
        /// The token; `None`: the usual one.
        token: Option<Rc<str>>,
    },
    /// A revision arrived at a source place.
    RevisionArrived {
        /// Where.
        place: Place,
        /// What.
        revision: Rc<Revision>,
    },
    /// The next poll of a pipeline will find something (TG-22). Later ones join it.
    PollPlanned {
        /// Of which pipeline.
        pipeline: PipelineId,
        /// When it will look.
        at: Instant,
        /// The source action that will find something, by name.
        action: Rc<str>,
        /// Where the action looks.
        place: Place,
    },
    /// The poll that was planned has looked.
    Polled {
        /// Of which pipeline.
        pipeline: PipelineId,
    },
    /// Somebody made or removed the rule of EventBridge that has the pipeline as its target.
    EventRuleSet {
        /// Of which pipeline.
        pipeline: PipelineId,
        /// Whether there is one; `None`: where the console would have made one.
        enabled: Option<bool>,
    },
    /// Somebody set or removed the schedule that starts a pipeline.
    ScheduleSet {
        /// Of which pipeline.
        pipeline: PipelineId,
        /// What starts it from now on; `None`: nothing. When it was set and the number of this fact are filled in.
        schedule: Option<Box<Schedule>>,
    },
    /// A schedule has come to one of its times.
    ScheduleFired {
        /// Of which pipeline.
        pipeline: PipelineId,
        /// When it will come again.
        #[json(default, skip_serializing_if = "Option::is_none")]
        next: Option<Instant>,
    },
    /// PutActionRevision was accepted with a revision that is new (TG-28).
    RevisionReported {
        /// To which pipeline.
        pipeline: PipelineId,
        /// To which source action, by name.
        action: Rc<str>,
        /// The id of the revision.
        id: Rc<str>,
    },
    /// Somebody said how actions behave.
    BehaviorSet {
        /// Which actions.
        scope: Scope,
        /// How; `None` forgets what was said.
        behavior: Option<Behavior>,
    },
    /// CreateCustomActionType was accepted.
    CustomActionTypeCreated {
        /// As it was asked for.
        definition: Rc<CreateCustomActionTypeInput>,
    },
    /// DeleteCustomActionType: the type is there no more, and remembered.
    CustomActionTypeDeleted {
        /// Which.
        id: Rc<ActionTypeId>,
    },
    /// UpdateActionType was accepted.
    ActionTypeUpdated {
        /// As the integrator describes it from now on.
        declaration: Rc<ActionTypeDeclaration>,
    },
    /// PutWebhook was accepted.
    WebhookPut {
        /// The pipeline that it starts.
        pipeline: PipelineId,
        /// As it was asked for, with its secret in clear.
        definition: Rc<WebhookDefinition>,
        /// The tags it has from now on; `None` leaves them as they are.
        #[json(default, skip_serializing_if = "Option::is_none")]
        tags: Option<Vec<Tag>>,
    },
    /// DeleteWebhook.
    WebhookDeleted {
        /// The pipeline that it started, if it is still there.
        #[json(default, skip_serializing_if = "Option::is_none")]
        pipeline: Option<PipelineId>,
        /// Its name.
        name: Rc<str>,
    },
    /// The repository of its source action calls a webhook by itself from now on, or does so no more (WH-15).
    WebhookRegistered {
        /// The pipeline that it starts, if it is still there.
        #[json(default, skip_serializing_if = "Option::is_none")]
        pipeline: Option<PipelineId>,
        /// Its name.
        name: Rc<str>,
        /// Whether it does.
        registered: bool,
    },
    /// Somebody called a webhook (WH-12).
    WebhookDelivered {
        /// The pipeline that it starts, if it is still there.
        #[json(default, skip_serializing_if = "Option::is_none")]
        pipeline: Option<PipelineId>,
        /// Its name.
        name: Rc<str>,
        /// What came of it.
        delivery: Delivery,
    },
    /// TagResource or UntagResource changed something.
    TagsChanged {
        /// Of what.
        resource: Resource,
        /// All of its tags from now on.
        tags: Vec<Tag>,
    },
    /// Somebody said that the next calls of an operation fail.
    FailureArranged {
        /// The operation.
        operation: Rc<str>,
        /// How, behind what was said before; `None` takes everything back that was said about the operation.
        failure: Option<Failure>,
    },
    /// A call was answered with the error that was said of its operation.
    FailureAnswered {
        /// The operation.
        operation: Rc<str>,
    },
    /// Finished executions left the live state for a segment of the history.
    ExecutionsArchived {
        /// Of which pipeline.
        pipeline: PipelineId,
        /// Their numbers, ascending.
        executions: Vec<u32>,
    },
    /// A finished execution came back from the history, because it goes on (PA-8).
    ExecutionRecalled {
        /// Who.
        execution: ExecutionId,
    },
    /// Segments older than the retention were dropped (TO-5).
    HistoryDropped {
        /// Of which pipeline.
        pipeline: PipelineId,
        /// Their ids.
        segments: Vec<u64>,
    },
}

/// The start of an execution.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Start {
    /// Who.
    pub execution: ExecutionId,
    /// What started it (§11.1 of execution.md).
    pub trigger: Trigger,
    /// Pipeline variables with their values for this execution (VA-9).
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<ResolvedPipelineVariable>,
    /// Source revision overrides (TG-23).
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<SourceRevisionOverride>,
    /// The revisions it was started for (ST-12).
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
    /// The client request token, kept for TG-2.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What it brings back, where it is a ROLLBACK execution (RB-1).
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<Rc<Rollback>>,
}

impl Event {
    /// The pipeline that this is about; `None` for what concerns the whole world.
    #[must_use]
    pub fn pipeline(&self) -> Option<PipelineId> {
        match self {
            Self::PipelineCreated { pipeline, .. }
            | Self::PipelineUpdated { pipeline, .. }
            | Self::PipelineDeleted { pipeline, .. }
            | Self::TransitionDisabled { pipeline, .. }
            | Self::TransitionEnabled { pipeline, .. }
            | Self::PollPlanned { pipeline, .. }
            | Self::Polled { pipeline }
            | Self::EventRuleSet { pipeline, .. }
            | Self::ScheduleSet { pipeline, .. }
            | Self::ScheduleFired { pipeline, .. }
            | Self::RevisionReported { pipeline, .. }
            | Self::WebhookPut { pipeline, .. }
            | Self::ExecutionsArchived { pipeline, .. }
            | Self::HistoryDropped { pipeline, .. } => Some(*pipeline),
            Self::WebhookDeleted { pipeline, .. }
            | Self::WebhookRegistered { pipeline, .. }
            | Self::WebhookDelivered { pipeline, .. } => *pipeline,
            Self::TagsChanged { resource, .. } => resource.pipeline(),
            _ => self.execution().map(|execution| execution.pipeline),
        }
    }

    /// The execution that this is about.
    #[must_use]
    pub fn execution(&self) -> Option<ExecutionId> {
        match self {
            Self::ExecutionStarted(start) => Some(start.execution),
            Self::ExecutionWaits { execution, .. }
            | Self::ExecutionCancelling { execution, .. }
            | Self::ExecutionStopping { execution, .. }
            | Self::StageRetried { execution, .. }
            | Self::ExecutionEnded { execution, .. }
            | Self::StageEntered { execution, .. }
            | Self::StageEnded { execution, .. }
            | Self::ActionStarted { execution, .. }
            | Self::ActionReplanned { execution, .. }
            | Self::ActionEnded { execution, .. }
            | Self::ConditionStarted { execution, .. }
            | Self::ConditionEnded { execution, .. }
            | Self::RuleStarted { execution, .. }
            | Self::RuleReplanned { execution, .. }
            | Self::RuleEnded { execution, .. }
            | Self::ExecutionResumed { execution, .. }
            | Self::JobCreated { execution, .. }
            | Self::JobQueued { execution, .. }
            | Self::JobDispatched { execution, .. }
            | Self::JobStarted { execution, .. }
            | Self::JobEnded { execution, .. }
            | Self::ExecutionRecalled { execution } => Some(*execution),
            _ => None,
        }
    }
}
