//! Controls: what a person or a script says to the simulator and cannot say to the service. Each is recorded as a
//! fact like any call, so a replay needs nobody to say it again.

use std::rc::Rc;

use serde_json::{Value, json};

use super::{
    behavior::{Behavior, MOST_TARGETS, Outcome, Scope},
    conditions::{AlarmState, LambdaResult},
    decision::Decision,
    fact::Event,
    ids::{ActionExecutionId, PipelineId},
    providers,
    rules::{
        action, behavior, conditions, schedule,
        source_change::{self, SourceChange},
        webhook::{self, Addressee, Call},
    },
    world::failure::{Failure, MOST_WAITING},
};
use crate::model::{ApiError, ErrorCode, FailureType, PipelineVariable, SourceRevisionOverride};

/// A control.
#[derive(Clone, Debug, PartialEq)]
pub enum Control {
    /// How actions behave from now on; `None` forgets what was said.
    SetBehavior {
        /// Which.
        scope: Scope,
        /// How.
        behavior: Option<Behavior>,
    },
    /// Decides an action that is under way.
    CompleteAction {
        /// Which.
        action: ActionExecutionId,
        /// `None` lets it succeed, a code fails it.
        failure: Option<(FailureType, Option<String>)>,
        /// Output variables of a success.
        output_variables: std::collections::BTreeMap<String, String>,
    },
    /// Puts an alarm into a state (CO-21).
    SetAlarm {
        /// Its name.
        name: Rc<str>,
        /// Its state.
        state: AlarmState,
    },
    /// Says what a function answers to a LambdaInvoke rule; `None` forgets what was said.
    SetLambdaResult {
        /// The name of the function.
        function: Rc<str>,
        /// What it answers.
        result: Option<LambdaResult>,
    },
    /// Something changes at a source place, and the pipelines that watch it react.
    PushRevision(Box<SourceChange>),
    /// Whether a rule of EventBridge starts a pipeline when its CodeCommit, S3 or ECR sources change.
    SetEventRule {
        /// Which pipeline.
        pipeline: PipelineId,
        /// `None`: where the console would have made one.
        enabled: Option<bool>,
    },
    /// A schedule of EventBridge starts a pipeline.
    SetSchedule {
        /// Which pipeline.
        pipeline: PipelineId,
        /// `cron(…)` or `rate(…)`; `None` removes the schedule.
        expression: Option<String>,
        /// Values of pipeline variables that come with each start (TG-27).
        variables: Vec<PipelineVariable>,
        /// Revisions that come with each start (TG-27).
        overrides: Vec<SourceRevisionOverride>,
    },
    /// Somebody calls a webhook.
    DeliverWebhook(Box<Call>),
    /// The next calls of an operation answer with an error and change nothing.
    FailNext {
        /// The operation, which exists.
        operation: Rc<str>,
        /// With which error, behind those said before; `None` takes back what was said of the operation.
        failure: Option<Failure>,
    },
}

impl Control {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SetBehavior { .. } => "setBehavior",
            Self::CompleteAction { .. } => "completeAction",
            Self::SetAlarm { .. } => "setAlarm",
            Self::SetLambdaResult { .. } => "setLambdaResult",
            Self::PushRevision(_) => "pushRevision",
            Self::SetEventRule { .. } => "setEventRule",
            Self::SetSchedule { .. } => "setSchedule",
            Self::DeliverWebhook(_) => "deliverWebhook",
            Self::FailNext { .. } => "failNext",
        }
    }

    /// Carries it out, and answers what it has to say; null where it has nothing to say.
    ///
    /// # Errors
    /// ValidationException, and nothing has changed.
    pub fn perform(self, decision: &mut Decision) -> Result<Value, ApiError> {
        let invalid = |message: &str| Err(ApiError::new(ErrorCode::ValidationException, message));
        match self {
            Self::SetBehavior {
                scope,
                behavior: setting,
            } => {
                if let Some(range) = setting.as_ref().and_then(|setting| setting.duration)
                    && (range.min < 0 || range.max < range.min)
                {
                    return invalid(
                        "A duration is a range of milliseconds whose minimum is not above its maximum",
                    );
                }
                if let Some(Outcome::Flaky { probability }) = setting
                    .as_ref()
                    .and_then(|setting| setting.outcome.as_ref())
                    && !(0.0..=1.0).contains(probability)
                {
                    return invalid("A probability is a number from 0 to 1");
                }
                if let Some(targets) = setting.as_ref().and_then(|setting| setting.targets)
                    && !(1..=MOST_TARGETS).contains(&targets)
                {
                    return invalid("A deployment has from 1 to 1000 targets");
                }
                if let Scope::Execution(id) = &scope
                    && !subject(decision, *id).is_some_and(|(_, running)| running)
                {
                    return invalid("There is no such action execution under way");
                }
                let waited = behavior::waiting(decision);
                let rules_waited = conditions::waiting(decision);
                decision.record(Event::BehaviorSet {
                    scope,
                    behavior: setting,
                });
                behavior::changed(decision, &waited);
                conditions::behavior_changed(decision, &rules_waited);
            }
            Self::CompleteAction {
                action: id,
                failure,
                output_variables,
            } => {
                let Some((person, running)) = subject(decision, id) else {
                    return invalid("There is no such action execution under way");
                };
                if person {
                    return invalid("An approval is answered with PutApprovalResult");
                }
                if !running {
                    return invalid("The action execution has ended");
                }
                match failure {
                    None => action::succeed(decision, id, output_variables),
                    Some((code, message)) => action::fail(decision, id, code, message),
                }
            }
            Self::SetAlarm { name, state } => {
                decision.record(Event::AlarmSet {
                    name: Rc::clone(&name),
                    state,
                });
                conditions::alarm_changed(decision, &name);
            }
            Self::SetLambdaResult { function, result } => {
                decision.record(Event::LambdaResultSet { function, result });
            }
            Self::PushRevision(change) => {
                let reactions = source_change::happen(decision, &change);
                return Ok(serde_json::to_value(reactions).unwrap_or_default());
            }
            Self::SetEventRule { pipeline, enabled } => {
                let Some(record) = decision.pipelines.get(&pipeline) else {
                    return invalid("There is no such pipeline");
                };
                if record.watch.event_rule != enabled {
                    decision.record(Event::EventRuleSet { pipeline, enabled });
                }
            }
            Self::SetSchedule {
                pipeline,
                expression,
                variables,
                overrides,
            } => {
                if !decision.pipelines.contains_key(&pipeline) {
                    return invalid("There is no such pipeline");
                }
                let next = schedule::set(
                    decision,
                    pipeline,
                    expression.as_deref(),
                    variables,
                    overrides,
                )?;
                return Ok(json!({ "nextStart": next }));
            }
            Self::DeliverWebhook(call) => {
                if let Addressee::Name(name) = &call.to
                    && webhook::addressed(decision, &call.to).is_none()
                {
                    return Err(ApiError::new(
                        ErrorCode::WebhookNotFoundException,
                        format!("There is no webhook with the name '{name}'"),
                    ));
                }
                let answer = webhook::deliver(decision, &call);
                return Ok(serde_json::to_value(answer).unwrap_or_default());
            }
            Self::FailNext { operation, failure } => {
                if let Some(failure) = &failure {
                    if !failure.is_sound() {
                        return invalid(
                            "A failure has an error of the service and a number of times",
                        );
                    }
                    let waiting = decision.failures.get(&operation).map_or(0, Vec::len);
                    if waiting >= MOST_WAITING {
                        return invalid("So many failures wait for this operation already");
                    }
                } else if !decision.failures.contains_key(&operation) {
                    return Ok(Value::Null);
                }
                decision.record(Event::FailureArranged { operation, failure });
            }
        }
        Ok(Value::Null)
    }
}

/// Whether an action execution waits for a person, and whether it is under way.
fn subject(decision: &Decision, id: ActionExecutionId) -> Option<(bool, bool)> {
    let pipeline = decision.pipelines.get(&id.execution.pipeline)?;
    let execution = pipeline.executions.get(&id.execution.number)?;
    let record = execution.actions.get(id.ordinal as usize)?;
    let plan = pipeline
        .plan(execution.version)
        .action_plan(record.stage, record.action);
    Some((
        providers::of(plan.kind).waits_for_a_person(),
        record.running(),
    ))
}
