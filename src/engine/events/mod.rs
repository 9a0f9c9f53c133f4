//! WHAT IS SENT. The messages that the service sends by itself, as pure functions of the world and a fact: events
//! about changes of state for EventBridge ([`of`], execution.md §15), the fuller form that notification rules get
//! ([`notification::of`], EV-8), and the message to the topic of an approval ([`approval::message`], AP-11).
//!
//! A message may be asked for right after its fact or much later: it is the same. So nothing here may be read off
//! the world that another fact could have changed since. What counts is the fact itself, and records that stay as
//! they are: starts, ends, resolved configurations, the list of resumptions. Of an execution that the world no longer
//! knows (its pipeline was deleted, or its history is not kept and more has happened) nothing is sent any more (UP-13).
//!
//! What may not live here: anything that changes the world, and who listens.

pub mod approval;
mod detail;
mod git;
mod links;
pub mod notification;
mod scene;

use crate::json::ToJson;

pub use detail::{ActionKind, ExecutionResult, ExecutionTrigger, PlainTrigger, StateChangeDetail};
pub use git::GitTrigger;

use self::scene::Scene;
use super::{
    fact::{Cause, Event, Fact},
    reason::Reason,
    world::World,
};
use crate::model::{
    ActionExecutionStatus, PipelineExecutionStatus, RetryTrigger, StageExecutionStatus,
};

/// An event as EventBridge delivers it.
#[derive(Clone, Debug, PartialEq, ToJson)]
pub struct StateChange {
    /// The version of the envelope, always `0`.
    pub version: &'static str,
    /// A UUID: the same for the same fact of the same world.
    pub id: String,
    /// What changed its state.
    #[json(rename = "detail-type")]
    pub detail_type: Level,
    /// Always `aws.codepipeline`.
    pub source: &'static str,
    /// The account.
    pub account: String,
    /// When, in UTC, to the second.
    pub time: String,
    /// The Region.
    pub region: String,
    /// The ARN of the pipeline.
    pub resources: [String; 1],
    /// What happened.
    pub detail: StateChangeDetail,
}

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson)]
pub enum Level {
    /// An execution.
    #[json(rename = "CodePipeline Pipeline Execution State Change")]
    Pipeline,
    /// A stage of an execution.
    #[json(rename = "CodePipeline Stage Execution State Change")]
    Stage,
    /// An attempt at an action.
    #[json(rename = "CodePipeline Action Execution State Change")]
    Action,
}

/// The states of events. They are not spelled as the statuses of the API are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson)]
#[json(rename_all = "UPPERCASE")]
pub enum State {
    /// It began; an execution was accepted (EV-7).
    Started,
    /// It goes on after it had failed or stopped.
    Resumed,
    /// It has succeeded.
    Succeeded,
    /// It has failed.
    Failed,
    /// Somebody stopped it, and something still runs.
    Stopping,
    /// It has stopped.
    Stopped,
    /// An update cut it short. One L, two in the API.
    Canceled,
    /// A newer execution took its place.
    Superseded,
    /// Nobody waits for the action any more.
    Abandoned,
}

/// The events that a fact means, in the order of EV-6. None for a fact that changes no state.
#[must_use]
pub fn of(world: &World, fact: &Fact) -> Vec<StateChange> {
    let Some(scene) = Scene::of(world, fact) else {
        return vec![];
    };
    let details = details(&scene, fact);
    let options = &world.options;
    details
        .into_iter()
        .zip(0_u64..)
        .map(|((detail_type, detail), place)| StateChange {
            version: "0",
            id: world.key().event(fact.sequence, place),
            detail_type,
            source: "aws.codepipeline",
            account: options.account_id.clone(),
            time: fact.at.iso_seconds(),
            region: options.region.clone(),
            resources: [world.pipeline_arn(scene.pipeline.name())],
            detail,
        })
        .collect()
}

fn details(scene: &Scene, fact: &Fact) -> Vec<(Level, StateChangeDetail)> {
    match &fact.event {
        Event::ExecutionStarted(_) => vec![scene.pipeline_detail(State::Started)],
        Event::ExecutionStopping {
            reason,
            inside,
            again,
            ..
        } => {
            if *again {
                // SP-6: what was Stopping is Stopping.
                return vec![];
            }
            let mut stopping = scene.pipeline_detail(State::Stopping);
            stopping.1.stop_execution_comments = reason.as_deref().map(str::to_owned);
            let stage = inside.map(|stage| scene.stage_detail(stage, State::Stopping));
            std::iter::once(stopping).chain(stage).collect()
        }
        Event::StageRetried { stage, trigger, .. } => {
            // RE-17: who retries a stage by itself never shows that it failed, and tells it.
            let failed = (*trigger == RetryTrigger::AutomatedStageRetry)
                .then(|| scene.before().stage_detail(*stage, State::Failed));
            let resumed = [
                scene.pipeline_detail(State::Resumed),
                scene.stage_detail(*stage, State::Resumed),
            ];
            failed.into_iter().chain(resumed).collect()
        }
        Event::ExecutionResumed { stage, .. } => vec![
            scene.pipeline_detail(State::Resumed),
            scene.stage_detail(*stage, State::Resumed),
        ],
        Event::StageEntered { stage, .. } => vec![scene.stage_detail(*stage, State::Started)],
        Event::StageEnded { stage, status, .. } => {
            let state = match status {
                StageExecutionStatus::Succeeded => State::Succeeded,
                StageExecutionStatus::Failed => State::Failed,
                StageExecutionStatus::Stopped => State::Stopped,
                StageExecutionStatus::Cancelled => State::Canceled,
                // EV-5; a stage does not end with the others.
                StageExecutionStatus::Skipped
                | StageExecutionStatus::InProgress
                | StageExecutionStatus::Stopping => return vec![],
            };
            vec![scene.stage_detail(*stage, state)]
        }
        Event::ExecutionEnded { status, reason, .. } => {
            let state = match status {
                PipelineExecutionStatus::Succeeded => State::Succeeded,
                PipelineExecutionStatus::Failed => State::Failed,
                PipelineExecutionStatus::Stopped => State::Stopped,
                PipelineExecutionStatus::Cancelled => State::Canceled,
                PipelineExecutionStatus::Superseded => State::Superseded,
                PipelineExecutionStatus::InProgress | PipelineExecutionStatus::Stopping => {
                    return vec![];
                }
            };
            let (level, mut detail) = scene.pipeline_detail(state);
            // EV-2: a commit that could not be fetched is not shown.
            if state == State::Failed && *reason == (Reason::StageFailed { stage: 0 }) {
                detail.execution_trigger = None;
            }
            vec![(level, detail)]
        }
        Event::ActionStarted { ordinal, .. } => scene
            .action_detail(*ordinal, State::Started)
            .into_iter()
            .collect(),
        Event::ActionEnded {
            ordinal, status, ..
        } => {
            let state = match status {
                ActionExecutionStatus::Succeeded => State::Succeeded,
                ActionExecutionStatus::Failed => State::Failed,
                // EV-10: an update abandons nothing but approvals (UP-6).
                ActionExecutionStatus::Abandoned if cut_off(&fact.cause) => State::Canceled,
                ActionExecutionStatus::Abandoned => State::Abandoned,
                ActionExecutionStatus::InProgress => return vec![],
            };
            scene.action_detail(*ordinal, state).into_iter().collect()
        }
        // EV-5: waiting, gates, conditions and what people tell the simulator are no states that events know.
        Event::PipelineCreated { .. }
        | Event::PipelineUpdated { .. }
        | Event::PipelineDeleted { .. }
        | Event::ExecutionWaits { .. }
        | Event::ExecutionCancelling { .. }
        | Event::TransitionDisabled { .. }
        | Event::TransitionEnabled { .. }
        | Event::ActionReplanned { .. }
        | Event::RevisionArrived { .. }
        | Event::RevisionReported { .. }
        | Event::PollPlanned { .. }
        | Event::Polled { .. }
        | Event::EventRuleSet { .. }
        | Event::ScheduleSet { .. }
        | Event::ScheduleFired { .. }
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
        | Event::ConditionStarted { .. }
        | Event::ConditionEnded { .. }
        | Event::RuleStarted { .. }
        | Event::RuleReplanned { .. }
        | Event::RuleEnded { .. }
        | Event::AlarmSet { .. }
        | Event::LambdaResultSet { .. }
        | Event::JobCreated { .. }
        | Event::JobQueued { .. }
        | Event::JobDispatched { .. }
        | Event::JobStarted { .. }
        | Event::JobEnded { .. }
        | Event::WorkerAttached { .. }
        | Event::WorkerDetached { .. }
        | Event::WorkerPollPlanned { .. }
        | Event::WorkerPolled { .. }
        | Event::ClientTokenSet { .. }
        | Event::ExecutionRecalled { .. }
        | Event::ExecutionsArchived { .. }
        | Event::HistoryDropped { .. } => vec![],
    }
}

/// Whether an update of the pipeline caused a fact.
fn cut_off(cause: &Cause) -> bool {
    matches!(cause, Cause::Call(operation) if &**operation == "UpdatePipeline")
}
