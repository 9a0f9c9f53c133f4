//! Facts as the outside world hears them: with names and UUIDs in place of the small numbers inside.

use crate::json::ToJson;

use crate::{
    engine::{
        events::approval::{self, Publication},
        fact::{Cause, Event, Fact},
        ids::{ActionExecutionId, ExecutionId, JobId, Kind, RuleExecutionId},
        reason::Reason,
        rules::conditions,
        world::{World, partner_type::type_id, resource::Resource, webhook::Delivery},
    },
    model::{ActionTypeId, JobStatus},
};

/// A fact for a subscriber. Absent members do not apply.
#[derive(Clone, Debug, Default, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Told {
    /// Its number in the world, from 1, without gaps.
    pub sequence: u64,
    /// When, in milliseconds since 1970-01-01T00:00:00Z on the virtual clock.
    pub time: f64,
    /// What happened: `StageEntered`, `ActionEnded` …
    pub r#type: &'static str,
    /// The operation or control that caused it; absent where the clock did.
    #[json(skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// The pipeline.
    #[json(skip_serializing_if = "Option::is_none")]
    pub pipeline_name: Option<String>,
    /// The execution.
    #[json(skip_serializing_if = "Option::is_none")]
    pub pipeline_execution_id: Option<String>,
    /// The stage.
    #[json(skip_serializing_if = "Option::is_none")]
    pub stage_name: Option<String>,
    /// The action.
    #[json(skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
    /// The action execution.
    #[json(skip_serializing_if = "Option::is_none")]
    pub action_execution_id: Option<String>,
    /// Which condition of the stage: `beforeEntry`, `onSuccess`, `onFailure`.
    #[json(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'static str>,
    /// The rule of the condition.
    #[json(skip_serializing_if = "Option::is_none")]
    pub rule_name: Option<String>,
    /// The rule execution.
    #[json(skip_serializing_if = "Option::is_none")]
    pub rule_execution_id: Option<String>,
    /// The job.
    #[json(skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    /// What it is about: the alarm, the function, the client, the ARN of what was tagged or called, the operation that
    /// fails; or the action type whose worker it was, as `Category/Owner/Provider/Version`.
    #[json(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// The status it led to, in the API's word.
    #[json(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why.
    #[json(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ToldReason>,
    /// AP-11: an approval with a topic began, and this is published there.
    #[json(skip_serializing_if = "Option::is_none")]
    pub publication: Option<Publication>,
}

/// A reason for a subscriber.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct ToldReason {
    /// The id of the rule.
    pub rule: &'static str,
    /// The execution that caused it.
    #[json(skip_serializing_if = "Option::is_none")]
    pub pipeline_execution_id: Option<String>,
    /// The stage that caused it.
    #[json(skip_serializing_if = "Option::is_none")]
    pub stage_name: Option<String>,
    /// The action that caused it.
    #[json(skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
    /// The condition that caused it.
    #[json(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'static str>,
    /// The rule of a condition that caused it.
    #[json(skip_serializing_if = "Option::is_none")]
    pub rule_name: Option<String>,
}

/// An action type as controls name it.
#[must_use]
pub fn type_name(id: &ActionTypeId) -> String {
    let ActionTypeId {
        category,
        owner,
        provider,
        version,
    } = id;
    format!("{category}/{owner}/{provider}/{version}")
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
    let record = execution.and_then(|id| world.execution_to_tell(id));
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
            told.publication = approval::message(world, fact);
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
        Event::ExecutionResumed { stage, .. } => {
            told.r#type = "ExecutionResumed";
            told.stage_name = stage_name(*stage);
            told.status = Some("InProgress".to_owned());
        }
        Event::ConditionStarted { condition, .. } | Event::ConditionEnded { condition, .. } => {
            let run = record
                .as_ref()
                .and_then(|record| record.conditions.get(*condition as usize));
            told.stage_name = run.and_then(|run| stage_name(run.stage));
            told.condition = run.map(|run| run.place.member());
            told.r#type = "ConditionStarted";
            told.status = Some("InProgress".to_owned());
            if let Event::ConditionEnded {
                status,
                reason: why,
                ..
            } = event
            {
                told.r#type = "ConditionEnded";
                told.status = Some(status.to_string());
                reason = Some((run.map_or(0, |run| run.stage), why));
            }
        }
        Event::RuleStarted {
            execution, ordinal, ..
        }
        | Event::RuleReplanned {
            execution, ordinal, ..
        }
        | Event::RuleEnded {
            execution, ordinal, ..
        } => {
            let subject = record.as_ref().zip(plan).and_then(|(record, plan)| {
                let run = record.rules.get(*ordinal as usize)?;
                let subject = conditions::subject(plan, record, run)?;
                Some((
                    subject.names.1.to_owned(),
                    subject.place.member(),
                    subject.declaration.name.clone(),
                ))
            });
            if let Some((stage, condition, rule)) = subject {
                told.stage_name = Some(stage);
                told.condition = Some(condition);
                told.rule_name = Some(rule);
            }
            told.rule_execution_id = Some(key.rule(RuleExecutionId {
                execution: *execution,
                ordinal: *ordinal,
            }));
            match event {
                Event::RuleEnded { status, .. } => {
                    told.r#type = "RuleEnded";
                    told.status = Some(status.to_string());
                }
                Event::RuleStarted { .. } => {
                    told.r#type = "RuleStarted";
                    told.status = Some("InProgress".to_owned());
                }
                _ => told.r#type = "RuleReplanned",
            }
        }
        Event::JobCreated { execution, job, .. }
        | Event::JobQueued { execution, job }
        | Event::JobDispatched { execution, job, .. }
        | Event::JobStarted { execution, job, .. }
        | Event::JobEnded { execution, job, .. } => {
            told.job_id = Some(key.job(JobId {
                execution: *execution,
                ordinal: *job,
            }));
            let action = record
                .as_ref()
                .and_then(|record| record.jobs.get(*job as usize))
                .map(|job| job.action);
            if let Some(ordinal) = action {
                let attempt = record
                    .as_ref()
                    .and_then(|record| record.actions.get(ordinal as usize));
                told.stage_name = attempt.and_then(|attempt| stage_name(attempt.stage));
                told.action_name =
                    attempt.and_then(|attempt| action_name(attempt.stage, attempt.action));
                let id = ActionExecutionId {
                    execution: *execution,
                    ordinal,
                };
                told.action_execution_id = Some(key.uuid(Kind::ActionExecution, id));
            }
            let (r#type, status) = match event {
                Event::JobCreated { status, .. } => ("JobCreated", *status),
                Event::JobEnded { status, .. } => ("JobEnded", *status),
                Event::JobQueued { .. } => ("JobQueued", JobStatus::Queued),
                Event::JobDispatched { .. } => ("JobDispatched", JobStatus::Dispatched),
                _ => ("JobStarted", JobStatus::InProgress),
            };
            told.r#type = r#type;
            told.status = Some(status.to_string());
        }
        Event::WorkerAttached { action_type, .. } => {
            told.r#type = "WorkerAttached";
            told.resource = Some(type_name(action_type));
        }
        Event::WorkerDetached { action_type, .. } => {
            told.r#type = "WorkerDetached";
            told.resource = Some(type_name(action_type));
        }
        Event::WorkerPollPlanned { worker, .. } | Event::WorkerPolled { worker } => {
            told.r#type = match event {
                Event::WorkerPolled { .. } => "WorkerPolled",
                _ => "WorkerPollPlanned",
            };
            let worker = world.workers.get(worker);
            told.resource = worker.map(|worker| type_name(&worker.action_type));
        }
        Event::ClientTokenSet { client, .. } => {
            told.r#type = "ClientTokenSet";
            told.resource = Some(client.to_string());
        }
        Event::AlarmSet { name, state } => {
            told.r#type = "AlarmSet";
            told.resource = Some(name.to_string());
            told.status = Some(state.to_string());
        }
        Event::LambdaResultSet { function, .. } => {
            told.r#type = "LambdaResultSet";
            told.resource = Some(function.to_string());
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
        Event::CustomActionTypeDeleted { id } => {
            told.r#type = "CustomActionTypeDeleted";
            told.resource = Some(world.action_type_arn(id));
        }
        Event::ActionTypeUpdated { declaration } => {
            told.r#type = "ActionTypeUpdated";
            told.resource = type_id(&declaration.id).map(|id| world.action_type_arn(&id));
        }
        Event::WebhookPut { definition, .. } => {
            told.r#type = "WebhookPut";
            told.resource = Some(world.webhook_arn(&definition.name));
        }
        Event::WebhookDeleted { name, .. } => {
            told.r#type = "WebhookDeleted";
            told.resource = Some(world.webhook_arn(name));
        }
        Event::WebhookRegistered {
            name, registered, ..
        } => {
            told.r#type = if *registered {
                "WebhookRegistered"
            } else {
                "WebhookDeregistered"
            };
            told.resource = Some(world.webhook_arn(name));
        }
        Event::WebhookDelivered { name, delivery, .. } => {
            told.r#type = "WebhookDelivered";
            told.resource = Some(world.webhook_arn(name));
            told.status = Some(match delivery {
                Delivery::Started => "Started".to_owned(),
                Delivery::Filtered { .. } => "Filtered".to_owned(),
                Delivery::Refused { code, .. } => code.to_string(),
            });
        }
        Event::TagsChanged { resource, .. } => {
            told.r#type = "TagsChanged";
            told.resource = match resource {
                Resource::Pipeline(_) => pipeline.map(|one| world.pipeline_arn(one.name())),
                Resource::Webhook(name) => Some(world.webhook_arn(name)),
                Resource::ActionType(id) => Some(world.action_type_arn(id)),
            };
        }
        Event::FailureArranged { operation, failure } => {
            told.r#type = "FailureArranged";
            told.resource = Some(operation.to_string());
            told.status = failure.as_ref().map(|failure| failure.code.to_string());
        }
        Event::FailureAnswered { operation } => {
            told.r#type = "FailureAnswered";
            told.resource = Some(operation.to_string());
        }
        Event::ExecutionsArchived { .. } => told.r#type = "ExecutionsArchived",
        Event::ExecutionRecalled { .. } => told.r#type = "ExecutionRecalled",
        Event::HistoryDropped { .. } => told.r#type = "HistoryDropped",
    }
    told.reason = reason.map(|(here, why)| {
        let (by, stage, action) = match why {
            Reason::LockHeld { by } | Reason::SupersededBy { by } => (Some(*by), None, None),
            Reason::BehindOthers { ahead } => (Some(*ahead), None, None),
            Reason::ActionFailed { action } => (None, Some(here), Some((here, *action))),
            Reason::StageFailed { stage } => (None, Some(*stage), None),
            Reason::RolledBack { target } => (Some(*target), None, None),
            Reason::ConditionFailed { .. } => (None, Some(here), None),
            _ => (None, None, None),
        };
        let condition = match why {
            Reason::ConditionFailed { place, .. } => Some(place.member()),
            Reason::RuleFailed { .. } => told.condition,
            _ => None,
        };
        let rule_name = match (event, why) {
            (Event::ConditionEnded { condition, .. }, Reason::RuleFailed { rule }) => record
                .as_ref()
                .and_then(|record| record.conditions.get(*condition as usize))
                .and_then(|run| Some(plan?.rule(run.stage, run.place, *rule)?.name.clone())),
            _ => None,
        };
        let pipeline = event.pipeline();
        ToldReason {
            rule: why.rule(),
            pipeline_execution_id: by
                .zip(pipeline)
                .map(|(number, pipeline)| key.execution(ExecutionId { pipeline, number })),
            stage_name: stage.and_then(stage_name),
            action_name: action.and_then(|(stage, action)| action_name(stage, action)),
            condition,
            rule_name,
        }
    });
    told
}
