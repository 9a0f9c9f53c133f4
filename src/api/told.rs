//! Facts as the outside world hears them: with names and UUIDs in place of the small numbers inside.

use serde::Serialize;

use crate::engine::{
    fact::{Cause, Event, Fact},
    ids::{ActionExecutionId, ExecutionId, Kind},
    reason::Reason,
    world::World,
};

/// A fact for a subscriber. Absent members do not apply.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// Its number in the world, from 1, without gaps.
    pub sequence: u64,
    /// When, in milliseconds since 1970-01-01T00:00:00Z on the virtual clock.
    pub time: f64,
    /// What happened: `StageEntered`, `ActionEnded` …
    pub r#type: &'static str,
    /// The operation or control that caused it; absent where the clock did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// The pipeline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline_name: Option<String>,
    /// The execution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline_execution_id: Option<String>,
    /// The stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_name: Option<String>,
    /// The action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
    /// The action execution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_execution_id: Option<String>,
    /// The status it led to, in the API's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ToldReason>,
}

/// A reason for a subscriber.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ToldReason {
    /// The id of the rule.
    pub rule: &'static str,
    /// The execution that caused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline_execution_id: Option<String>,
    /// The stage that caused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_name: Option<String>,
    /// The action that caused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
}

/// Names everything in a fact. To be called before anything else happens: what a fact names may be deleted later.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds until the year 9999 fit into 53 bits"
)]
pub fn told(world: &World, fact: &Fact) -> Told {
    let event = &fact.event;
    let key = world.key();
    let pipeline = event.pipeline().and_then(|id| world.pipelines.get(&id));
    let execution = event.execution();
    let record =
        execution.and_then(|id| pipeline.and_then(|pipeline| pipeline.execution(id.number)));
    let plan = record
        .as_ref()
        .and_then(|record| pipeline.map(|pipeline| pipeline.plan(record.version)));
    let stage_name = |stage: u16| plan.map(|plan| plan.stage(stage).name.clone());
    let action_name =
        |stage: u16, action: u16| plan.map(|plan| plan.action(stage, action).name.clone());
    let mut told = Told {
        sequence: fact.sequence,
        time: fact.at.0 as f64,
        call: match &fact.cause {
            Cause::Time => None,
            Cause::Call(name) | Cause::Control(name) => Some(name.to_string()),
        },
        pipeline_name: pipeline.map(|pipeline| pipeline.name().to_owned()),
        pipeline_execution_id: execution.map(|id| key.execution(id)),
        ..Told::default()
    };
    let mut reason = None;
    match event {
        Event::PipelineCreated { .. } => told.r#type = "PipelineCreated",
        Event::PipelineUpdated { .. } => told.r#type = "PipelineUpdated",
        Event::PipelineDeleted { name, .. } => {
            told.r#type = "PipelineDeleted";
            told.pipeline_name = Some(name.to_string());
        }
        Event::ExecutionStarted(_) => {
            told.r#type = "ExecutionStarted";
            told.status = Some("InProgress".to_owned());
        }
        Event::ExecutionWaits {
            stage, reason: why, ..
        } => {
            told.r#type = "ExecutionWaits";
            told.stage_name = stage_name(*stage);
            reason = Some((*stage, why));
        }
        Event::ExecutionStopping { .. } => {
            told.r#type = "ExecutionStopping";
            told.status = Some("Stopping".to_owned());
        }
        Event::StageRetried { stage, .. } => {
            told.r#type = "StageRetried";
            told.stage_name = stage_name(*stage);
            told.status = Some("InProgress".to_owned());
        }
        Event::TransitionDisabled { stage, .. } | Event::TransitionEnabled { stage, .. } => {
            told.r#type = if matches!(event, Event::TransitionDisabled { .. }) {
                "TransitionDisabled"
            } else {
                "TransitionEnabled"
            };
            told.stage_name = pipeline
                .and_then(|pipeline| pipeline.stages.get(usize::from(*stage)))
                .map(|state| state.name.to_string());
        }
        Event::ExecutionCancelling { .. } => told.r#type = "ExecutionCancelling",
        Event::ExecutionEnded {
            status,
            reason: why,
            ..
        } => {
            told.r#type = "ExecutionEnded";
            told.status = Some(status.to_string());
            reason = Some((0, why));
        }
        Event::StageEntered { stage, .. } => {
            told.r#type = "StageEntered";
            told.stage_name = stage_name(*stage);
            told.status = Some("InProgress".to_owned());
        }
        Event::StageEnded {
            stage,
            status,
            reason: why,
            ..
        } => {
            told.r#type = "StageEnded";
            told.stage_name = stage_name(*stage);
            told.status = Some(status.to_string());
            reason = Some((*stage, why));
        }
        Event::ActionStarted {
            execution,
            stage,
            action,
            ordinal,
            ..
        } => {
            told.r#type = "ActionStarted";
            told.stage_name = stage_name(*stage);
            told.action_name = action_name(*stage, *action);
            told.status = Some("InProgress".to_owned());
            let id = ActionExecutionId {
                execution: *execution,
                ordinal: *ordinal,
            };
            told.action_execution_id = Some(key.uuid(Kind::ActionExecution, id));
        }
        Event::ActionReplanned {
            execution, ordinal, ..
        }
        | Event::ActionEnded {
            execution, ordinal, ..
        } => {
            let attempt = record
                .as_ref()
                .and_then(|record| record.actions.get(*ordinal as usize));
            told.stage_name = attempt.and_then(|attempt| stage_name(attempt.stage));
            told.action_name =
                attempt.and_then(|attempt| action_name(attempt.stage, attempt.action));
            let id = ActionExecutionId {
                execution: *execution,
                ordinal: *ordinal,
            };
            told.action_execution_id = Some(key.uuid(Kind::ActionExecution, id));
            told.r#type = "ActionReplanned";
            if let Event::ActionEnded { status, .. } = event {
                told.r#type = "ActionEnded";
                told.status = Some(status.to_string());
            }
        }
        Event::RevisionArrived { .. } => told.r#type = "RevisionArrived",
        Event::PollPlanned { .. } => told.r#type = "PollPlanned",
        Event::Polled { .. } => told.r#type = "Polled",
        Event::EventRuleSet { .. } => told.r#type = "EventRuleSet",
        Event::ScheduleSet { .. } => told.r#type = "ScheduleSet",
        Event::ScheduleFired { .. } => told.r#type = "ScheduleFired",
        Event::RevisionReported { .. } => told.r#type = "RevisionReported",
        Event::BehaviorSet { .. } => told.r#type = "BehaviorSet",
        Event::CustomActionTypeCreated { .. } => told.r#type = "CustomActionTypeCreated",
        Event::ExecutionsArchived { .. } => told.r#type = "ExecutionsArchived",
        Event::HistoryDropped { .. } => told.r#type = "HistoryDropped",
    }
    told.reason = reason.map(|(here, why)| {
        let (by, stage, action) = match why {
            Reason::LockHeld { by } | Reason::SupersededBy { by } => (Some(*by), None, None),
            Reason::BehindOthers { ahead } => (Some(*ahead), None, None),
            Reason::ActionFailed { action } => (None, Some(here), Some((here, *action))),
            Reason::StageFailed { stage } => (None, Some(*stage), None),
            _ => (None, None, None),
        };
        let pipeline = event.pipeline();
        ToldReason {
            rule: why.rule(),
            pipeline_execution_id: by
                .zip(pipeline)
                .map(|(number, pipeline)| key.execution(ExecutionId { pipeline, number })),
            stage_name: stage.and_then(stage_name),
            action_name: action.and_then(|(stage, action)| action_name(stage, action)),
        }
    });
    told
}
