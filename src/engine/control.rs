//! Controls: what a person or a script says to the simulator and cannot say to the service. Each is recorded as a
//! fact like any call, so a replay needs nobody to say it again.

use std::rc::Rc;

use serde_json::{Value, json};

use super::{
    behavior::{Behavior, MOST_TARGETS, Outcome, Scope},
    catalogue,
    conditions::{AlarmState, LambdaResult},
    decision::Decision,
    declaration::CustomTypes,
    fact::Event,
    ids::{ActionExecutionId, PipelineId},
    providers,
    rules::{
        action, behavior, conditions, schedule,
        source_change::{self, SourceChange},
        variables::MOST_OUTPUT_BYTES,
        webhook::{self, Addressee, Call},
        workers,
    },
    time::{HOUR, SECOND},
    worker::WorkerSettings,
    world::failure::{Failure, MOST_WAITING},
};
use crate::model::{
    ActionCategory, ActionOwner, ActionTypeId, ApiError, ErrorCode, FailureType, PipelineVariable,
    SourceRevisionOverride,
};

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
    /// A worker does the jobs of an action type from now on, or the one that does works in another way.
    AttachWorker {
        /// Whose jobs: a custom type, a partner's, or functions (external only).
        action_type: ActionTypeId,
        /// How it works.
        settings: WorkerSettings,
    },
    /// The worker of an action type asks for no more jobs.
    DetachWorker {
        /// Whose jobs it did.
        action_type: ActionTypeId,
    },
    /// With which token a partner's worker shows who it is (T-7).
    SetClientToken {
        /// The client id.
        client: Rc<str>,
        /// The token; `None`: the usual one.
        token: Option<Rc<str>>,
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
            Self::AttachWorker { .. } => "attachWorker",
            Self::DetachWorker { .. } => "detachWorker",
            Self::SetClientToken { .. } => "setClientToken",
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
            Self::AttachWorker {
                action_type,
                settings,
            } => {
                fits_worker(decision, &action_type, &settings)?;
                workers::attach(decision, action_type, settings);
            }
            Self::DetachWorker { action_type } => workers::detach(decision, &action_type),
            Self::SetClientToken { client, token } => {
                if token
                    .as_ref()
                    .is_some_and(|token| !(1..=256).contains(&token.chars().count()))
                {
                    return invalid("A client token has between 1 and 256 characters");
                }
                decision.record(Event::ClientTokenSet { client, token });
            }
            Self::PushRevision(change) => {
                let reactions = source_change::happen(decision, &change);
                return Ok(crate::json::to_value(&reactions));
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
                return Ok(json!({ "nextStart": next.map(|next| next.0) }));
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
                return Ok(crate::json::to_value(&answer));
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

/// The longest a worker may take for anything, in milliseconds: a custom action is given up before (J-42).
const LONGEST: i64 = 24 * HOUR;
/// The most jobs at once, and the most continuations.
const MOST: u32 = 1_000;

/// Whether a worker that works so can do the jobs of a type.
fn fits_worker(
    decision: &Decision,
    id: &ActionTypeId,
    settings: &WorkerSettings,
) -> Result<(), ApiError> {
    let require = |holds: bool, message: &str| {
        if holds {
            Ok(())
        } else {
            Err(ApiError::new(ErrorCode::ValidationException, message))
        }
    };
    let built_in = catalogue::find(id.category, id.owner, &id.provider, &id.version);
    let known = built_in.is_some() || decision.find(id).is_some();
    require(known, "There is no such action type")?;
    let function = built_in.is_some_and(|kind| {
        (kind.owner, kind.category, kind.provider)
            == (ActionOwner::Aws, ActionCategory::Invoke, "Lambda")
    });
    let partner = built_in.is_some_and(|kind| {
        kind.owner == ActionOwner::ThirdParty && kind.category != ActionCategory::Source
    });
    require(
        function || partner || built_in.is_none(),
        "Workers do the jobs of custom types, of partners, and of functions",
    )?;
    if settings.external {
        let external = WorkerSettings {
            external: true,
            ..WorkerSettings::default()
        };
        return require(
            *settings == external,
            "An external worker is not told how to work",
        );
    }
    require(
        !function,
        "A function is invoked and polls for nothing: only an external worker can stand for it",
    )?;
    require(
        settings
            .interval
            .is_none_or(|interval| (SECOND..=LONGEST).contains(&interval)),
        "An interval is from a second to a day, in milliseconds",
    )?;
    require(
        settings
            .duration
            .is_none_or(|range| 0 <= range.min && range.min <= range.max && range.max <= LONGEST),
        "A duration is a range of milliseconds whose minimum is not above its maximum, up to a day",
    )?;
    let probability = settings.failure.as_ref().and_then(|it| it.probability);
    require(
        probability.is_none_or(|probability| (0.0..=1.0).contains(&probability)),
        "A probability is a number from 0 to 1",
    )?;
    let message = settings.failure.as_ref().and_then(|it| it.message.as_ref());
    require(
        message.is_none_or(|message| (1..=5_000).contains(&message.chars().count())),
        "The message of a failure has between 1 and 5000 characters",
    )?;
    require(
        settings.continuations <= MOST
            && settings
                .jobs_at_once
                .is_none_or(|most| (1..=MOST).contains(&most)),
        "A worker has from 1 to 1000 jobs at once, and goes on at most 1000 times",
    )?;
    let outputs = &settings.output_variables;
    let size: usize = outputs
        .iter()
        .map(|(key, value)| key.len() + value.len())
        .sum();
    let named = outputs.keys().all(|key| {
        !key.is_empty()
            && key
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "@-_".contains(letter))
    });
    require(
        named && size <= MOST_OUTPUT_BYTES,
        "Output variables have names of letters, digits, @, - and _, and at most 122880 bytes together",
    )?;
    require(
        outputs.is_empty() || !partner,
        "A partner's worker has no output variables to give",
    )
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
