//! Random steps: what people do to a world, and the time that passes between. A step names what it is about by small
//! numbers (the newest execution but two, the third action under way), so that it means something in any world and
//! still does when the steps before it are left out.

use codepipeline_simulator::json as json_of;
use codepipeline_simulator::{
    api::controls::PushRevision,
    engine::{
        Engine,
        behavior::{Behavior, DurationRange, Outcome, Scope},
        conditions::{AlarmState, LambdaResult},
        control::Control,
        declaration::ConditionPlace,
        ids::{ActionExecutionId, ExecutionId, Kind},
        providers,
        time::{DAY, MINUTE},
        world::{execution::Execution, pipeline::Pipeline},
    },
    model::{ApiError, FailureType},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::shape::{ALARMS, FUNCTION, MODES, NAME, Shape, action_name, rule_name, stage_name};

/// What somebody does.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Starts an execution; `false` with a value that variable checks refuse.
    Start(bool),
    /// Time passes.
    Wait(i64),
    /// Time passes until the next deadline.
    Next,
    /// Answers one of the open approvals.
    Answer(usize, bool),
    /// Decides one of the actions under way.
    Decide(usize, bool),
    /// Says how an action behaves from now on: stage, action, how.
    Behave(usize, usize, Manner),
    /// The same of a rule: stage, place, rule, how.
    BehaveRule(usize, usize, usize, Manner),
    /// Says how a running action behaves.
    BehaveOnce(usize, Manner),
    /// Says how all builds behave.
    BehaveAll(Manner),
    /// Puts an alarm into a state.
    Alarm(usize, usize),
    /// Says what the function answers.
    Function(Option<bool>),
    /// A commit arrives, a tag, a pull request, or a report of a revision.
    Push(usize, u64),
    /// Whether an event rule starts the pipeline.
    EventRule(Option<bool>),
    /// Whether a schedule does.
    Schedule(bool),
    /// Saves the pipeline in another mode, or with a stage under another name.
    Update(usize),
    /// Deletes the pipeline and creates it again.
    Recreate,
    Stop(usize, bool),
    Retry(usize, usize, bool),
    RollBack(usize, usize),
    Override(usize, usize, bool),
    Gate {
        stage: usize,
        outbound: bool,
        close: bool,
    },
    /// Says something that is never accepted.
    Nonsense(usize),
}

/// A behavior.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    Usual,
    Fail,
    Hold,
    Hang,
    Flaky,
    Quick,
    Slow,
}

fn manner() -> impl Strategy<Value = Manner> {
    prop_oneof![
        3 => Just(Manner::Usual),
        3 => Just(Manner::Fail),
        2 => Just(Manner::Hold),
        1 => Just(Manner::Hang),
        2 => Just(Manner::Flaky),
        1 => Just(Manner::Quick),
        1 => Just(Manner::Slow),
    ]
}

pub fn step() -> impl Strategy<Value = Step> {
    let back = 0..5_usize;
    let stage = 0..6_usize;
    prop_oneof![
        8 => prop::bool::weighted(0.8).prop_map(Step::Start),
        6 => (1..90_i64).prop_map(|minutes| Step::Wait(minutes * MINUTE)),
        6 => Just(Step::Next),
        1 => (1..45_i64).prop_map(|days| Step::Wait(days * DAY)),
        4 => (0..4_usize, prop::bool::weighted(0.7)).prop_map(|(one, yes)| Step::Answer(one, yes)),
        3 => (0..8_usize, any::<bool>()).prop_map(|(one, fail)| Step::Decide(one, fail)),
        3 => (stage.clone(), 0..4_usize, manner()).prop_map(|(stage, one, how)| Step::Behave(stage, one, how)),
        2 => (stage.clone(), 0..3_usize, 0..3_usize, manner())
            .prop_map(|(stage, place, rule, how)| Step::BehaveRule(stage, place, rule, how)),
        1 => (0..8_usize, manner()).prop_map(|(one, how)| Step::BehaveOnce(one, how)),
        1 => manner().prop_map(Step::BehaveAll),
        2 => (0..2_usize, 0..3_usize).prop_map(|(alarm, state)| Step::Alarm(alarm, state)),
        2 => prop::option::of(any::<bool>()).prop_map(Step::Function),
        3 => (0..CHANGES.len(), any::<u64>()).prop_map(|(kind, number)| Step::Push(kind, number)),
        1 => prop::option::of(any::<bool>()).prop_map(Step::EventRule),
        1 => prop::bool::weighted(0.3).prop_map(Step::Schedule),
        1 => (0..6_usize).prop_map(Step::Update),
        1 => prop::bool::weighted(0.2).prop_map(|yes| if yes { Step::Recreate } else { Step::Start(true) }),
        2 => (back.clone(), any::<bool>()).prop_map(|(back, abandon)| Step::Stop(back, abandon)),
        4 => (back.clone(), stage.clone(), any::<bool>()).prop_map(|(back, stage, all)| Step::Retry(back, stage, all)),
        3 => (back.clone(), stage.clone()).prop_map(|(back, stage)| Step::RollBack(back, stage)),
        3 => (back, stage.clone(), any::<bool>()).prop_map(|(back, stage, entry)| Step::Override(back, stage, entry)),
        3 => (stage, prop::bool::weighted(0.2), prop::bool::weighted(0.4))
            .prop_map(|(stage, outbound, close)| Step::Gate { stage, outbound, close }),
        1 => (0..NONSENSE.len()).prop_map(Step::Nonsense),
    ]
}

const CHANGES: [&str; 4] = ["commit", "tag", "pull request", "report"];

const NONSENSE: [&str; 6] = ["start", "create", "stop", "answer", "gate", "operation"];

impl Step {
    /// Its kind, for counting.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Start(_) => "start",
            Self::Wait(_) => "wait",
            Self::Next => "next",
            Self::Answer(..) => "answer",
            Self::Decide(..) => "decide",
            Self::Behave(..) => "behave",
            Self::BehaveRule(..) => "behave, a rule",
            Self::BehaveOnce(..) => "behave, once",
            Self::BehaveAll(_) => "behave, all",
            Self::Alarm(..) => "alarm",
            Self::Function(_) => "function",
            Self::Push(..) => "push",
            Self::EventRule(_) => "event rule",
            Self::Schedule(_) => "schedule",
            Self::Update(_) => "update",
            Self::Recreate => "recreate",
            Self::Stop(..) => "stop",
            Self::Retry(..) => "retry",
            Self::RollBack(..) => "roll back",
            Self::Override(..) => "override",
            Self::Gate { .. } => "gate",
            Self::Nonsense(_) => "nonsense",
        }
    }

    /// The kinds that are accepted now and then.
    pub const ACCEPTED: [&'static str; 21] = [
        "start",
        "wait",
        "next",
        "answer",
        "decide",
        "behave",
        "behave, a rule",
        "behave, once",
        "behave, all",
        "alarm",
        "function",
        "push",
        "event rule",
        "schedule",
        "update",
        "recreate",
        "stop",
        "retry",
        "roll back",
        "override",
        "gate",
    ];
}

fn shop(engine: &Engine) -> &Pipeline {
    engine
        .world()
        .pipeline_named(NAME)
        .expect("it is always there")
}

/// The UUID of the newest execution but `back`.
fn newest(engine: &Engine, back: usize) -> Option<String> {
    let shop = shop(engine);
    let number = shop.started.checked_sub(u32::try_from(back).ok()?)?;
    let id = ExecutionId {
        pipeline: shop.id,
        number: Some(number).filter(|number| *number > 0)?,
    };
    Some(engine.world().key().execution(id))
}

/// Which stage of an execution is meant: mostly the one where it was last, where something may be retried or overridden.
fn aim(engine: &Engine, shape: &Shape, back: usize, stage: usize) -> String {
    let shop = shop(engine);
    let number = shop
        .started
        .saturating_sub(u32::try_from(back).unwrap_or(u32::MAX));
    let last = shop
        .executions
        .get(&number)
        .and_then(|execution| Some((execution.version, execution.stages.last()?.stage)))
        .filter(|_| stage != 0);
    match last {
        Some((version, stage)) => shop.plan(version).stage(stage).name.clone(),
        None => stage_name(stage % shape.stage_count()),
    }
}

/// An execution that a condition holds up or has ended, the newest first: its place back from the newest one.
fn held_up(engine: &Engine, one: usize) -> Option<usize> {
    let shop = shop(engine);
    let held: Vec<u32> = shop
        .executions
        .values()
        .rev()
        .filter(|execution| {
            execution
                .conditions
                .last()
                .is_some_and(|run| !run.lets_pass() && run.place != ConditionPlace::OnFailure)
        })
        .map(|execution| execution.number)
        .collect();
    let number = held.get(one % held.len().max(1))?;
    usize::try_from(shop.started - number).ok()
}

/// Whether the condition that an execution was held to last was one of entry.
fn asked_last(engine: &Engine, back: usize) -> Option<bool> {
    let shop = shop(engine);
    let number = shop.started.checked_sub(u32::try_from(back).ok()?)?;
    let condition = shop.executions.get(&number)?.conditions.last()?;
    Some(condition.place == ConditionPlace::BeforeEntry)
}

/// The actions under way, those of people or the others, with the names of stage and action.
fn running(engine: &Engine, people: bool) -> Vec<(ActionExecutionId, String, String)> {
    let shop = shop(engine);
    let of = |execution: &Execution| {
        let plan = shop.plan(execution.version).clone();
        let execution_id = ExecutionId {
            pipeline: shop.id,
            number: execution.number,
        };
        let running = execution
            .numbered()
            .filter(|(_, attempt)| attempt.running());
        running
            .filter(|(_, attempt)| {
                let kind = plan.action_plan(attempt.stage, attempt.action).kind;
                providers::of(kind).waits_for_a_person() == people
            })
            .map(|(ordinal, attempt)| {
                let id = ActionExecutionId {
                    execution: execution_id,
                    ordinal,
                };
                let stage = plan.stage(attempt.stage).name.clone();
                let action = plan.action(attempt.stage, attempt.action).name.clone();
                (id, stage, action)
            })
            .collect::<Vec<_>>()
    };
    shop.executions
        .values()
        .flat_map(|execution| of(execution))
        .collect()
}

fn behavior(manner: Manner) -> Option<Behavior> {
    let outcome = |outcome| {
        Some(Behavior {
            outcome: Some(outcome),
            ..Behavior::default()
        })
    };
    let lasting = |minutes: i64| {
        Some(Behavior {
            duration: Some(DurationRange {
                min: minutes * MINUTE,
                max: 3 * minutes * MINUTE,
            }),
            ..Behavior::default()
        })
    };
    match manner {
        Manner::Usual => None,
        Manner::Fail => outcome(Outcome::Fail {
            code: FailureType::JobFailed,
            message: None,
        }),
        Manner::Hold => outcome(Outcome::Hold),
        Manner::Hang => outcome(Outcome::Hang),
        Manner::Flaky => outcome(Outcome::Flaky { probability: 0.5 }),
        Manner::Quick => lasting(0),
        Manner::Slow => lasting(300),
    }
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    Accepted,
    Refused(ApiError),
    /// There was nothing that it could be about.
    Nothing,
}

/// Carries a step out.
pub fn perform(engine: &mut Engine, shape: &Shape, step: &Step) -> Done {
    let now = engine.world().now;
    let count = shape.stage_count();
    let name_of = |stage: usize| stage_name(stage % count);
    let call = |engine: &mut Engine, operation: &str, input: Value| match engine
        .execute(operation, input, now)
    {
        Ok(_) => Done::Accepted,
        Err(error) => Done::Refused(error),
    };
    let control = |engine: &mut Engine, control: Control| match engine.control(control, now) {
        Ok(_) => Done::Accepted,
        Err(error) => Done::Refused(error),
    };
    match step {
        Step::Start(go) => {
            let mut input = json!({ "name": NAME });
            if !go {
                input["variables"] = json!([{ "name": "go", "value": "no" }]);
            }
            call(engine, "StartPipelineExecution", input)
        }
        Step::Wait(span) => {
            engine.advance(now.after(*span));
            Done::Accepted
        }
        Step::Next => match engine.next_deadline() {
            Some(at) => {
                engine.advance(at);
                Done::Accepted
            }
            None => Done::Nothing,
        },
        Step::Answer(one, yes) => {
            let open = running(engine, true);
            let Some((id, stage, action)) = open.get(one % open.len().max(1)) else {
                return Done::Nothing;
            };
            let status = if *yes { "Approved" } else { "Rejected" };
            let token = engine.world().key().uuid(Kind::Approval, *id);
            let input = json!({
                "pipelineName": NAME, "stageName": stage, "actionName": action, "token": token,
                "result": { "status": status, "summary": "" },
            });
            call(engine, "PutApprovalResult", input)
        }
        Step::Decide(one, fail) => {
            let open = running(engine, false);
            let Some((id, ..)) = open.get(one % open.len().max(1)) else {
                return Done::Nothing;
            };
            let decision = Control::CompleteAction {
                action: *id,
                failure: fail.then_some((FailureType::JobFailed, None)),
                output_variables: std::collections::BTreeMap::new(),
            };
            control(engine, decision)
        }
        Step::Behave(stage, one, manner) => {
            let action = if stage % count == 0 {
                "Checkout".to_owned()
            } else {
                action_name(*one)
            };
            let scope = Scope::Action {
                pipeline: NAME.to_owned(),
                stage: name_of(*stage),
                action,
            };
            let behavior = behavior(*manner);
            control(engine, Control::SetBehavior { scope, behavior })
        }
        Step::BehaveRule(stage, place, rule, manner) => {
            let scope = Scope::Rule {
                pipeline: NAME.to_owned(),
                stage: name_of(*stage),
                place: ConditionPlace::ALL[*place],
                rule: rule_name(*rule),
            };
            let behavior = behavior(*manner);
            control(engine, Control::SetBehavior { scope, behavior })
        }
        Step::BehaveOnce(one, manner) => {
            let open = running(engine, false);
            let Some((id, ..)) = open.get(one % open.len().max(1)) else {
                return Done::Nothing;
            };
            let scope = Scope::Execution(*id);
            let behavior = behavior(*manner);
            control(engine, Control::SetBehavior { scope, behavior })
        }
        Step::BehaveAll(manner) => {
            let scope = Scope::Provider {
                category: "Build".to_owned(),
                owner: "AWS".to_owned(),
                provider: "CodeBuild".to_owned(),
            };
            let behavior = behavior(*manner);
            control(engine, Control::SetBehavior { scope, behavior })
        }
        Step::Alarm(alarm, state) => control(
            engine,
            Control::SetAlarm {
                name: ALARMS[*alarm].into(),
                state: AlarmState::ALL[*state],
            },
        ),
        Step::Function(answer) => {
            let result = answer.map(|returns| {
                if returns {
                    LambdaResult::Success
                } else {
                    LambdaResult::Error { message: None }
                }
            });
            let function = FUNCTION.into();
            control(engine, Control::SetLambdaResult { function, result })
        }
        Step::Push(kind, number) => {
            if CHANGES[*kind] == "report" {
                let revision = json!({
                    "revisionId": format!("{number:040x}"), "revisionChangeId": format!("{number:x}"),
                    "created": 1_772_524_800,
                });
                let input = json!({
                    "pipelineName": NAME, "stageName": "Source", "actionName": "Checkout",
                    "actionRevision": revision,
                });
                return call(engine, "PutActionRevision", input);
            }
            let push: PushRevision = json_of::from_value(change(shape, CHANGES[*kind], *number))
                .expect("a change as scripts say it");
            match push.control(engine.world()) {
                Ok(push) => control(engine, push),
                Err(error) => Done::Refused(error),
            }
        }
        Step::EventRule(enabled) => {
            let pipeline = shop(engine).id;
            let enabled = *enabled;
            control(engine, Control::SetEventRule { pipeline, enabled })
        }
        Step::Schedule(on) => {
            let pipeline = shop(engine).id;
            control(
                engine,
                Control::SetSchedule {
                    pipeline,
                    expression: on.then(|| "rate(19 hours)".to_owned()),
                    variables: vec![],
                    overrides: vec![],
                },
            )
        }
        Step::Update(kind) => {
            // The mode it was created in, or another one; at times with a stage under another name, or one action less.
            let mut declaration = shape.declaration(if *kind < MODES.len() {
                *kind
            } else {
                shape.mode
            });
            if *kind == 4 {
                declaration["stages"][1]["name"] = json!("Renamed");
            }
            if *kind == 5
                && let Some(actions) = declaration["stages"][1]["actions"].as_array_mut()
                && actions.len() > 1
            {
                actions.pop();
            }
            call(engine, "UpdatePipeline", json!({ "pipeline": declaration }))
        }
        Step::Recreate => {
            call(engine, "DeletePipeline", json!({ "name": NAME }));
            let declaration = shape.declaration(shape.mode);
            let done = call(engine, "CreatePipeline", json!({ "pipeline": declaration }));
            assert_eq!(done, Done::Accepted, "it is created again");
            done
        }
        Step::Stop(back, abandon) => {
            let Some(id) = newest(engine, *back) else {
                return Done::Nothing;
            };
            let input =
                json!({ "pipelineName": NAME, "pipelineExecutionId": id, "abandon": abandon });
            call(engine, "StopPipelineExecution", input)
        }
        Step::Retry(back, stage, all) => {
            let Some(id) = newest(engine, *back) else {
                return Done::Nothing;
            };
            let mode = if *all {
                "ALL_ACTIONS"
            } else {
                "FAILED_ACTIONS"
            };
            let stage = aim(engine, shape, *back, *stage);
            let input = json!({
                "pipelineName": NAME, "stageName": stage, "pipelineExecutionId": id, "retryMode": mode,
            });
            call(engine, "RetryStageExecution", input)
        }
        Step::RollBack(back, stage) => {
            let Some(id) = newest(engine, *back) else {
                return Done::Nothing;
            };
            let input = json!({
                "pipelineName": NAME, "stageName": name_of(*stage), "targetPipelineExecutionId": id,
            });
            call(engine, "RollbackStage", input)
        }
        Step::Override(back, stage, entry) => {
            let back = &held_up(engine, *back).unwrap_or(*back);
            let Some(id) = newest(engine, *back) else {
                return Done::Nothing;
            };
            let entry = asked_last(engine, *back).unwrap_or(*entry);
            let kind = if entry { "BEFORE_ENTRY" } else { "ON_SUCCESS" };
            let stage = aim(engine, shape, *back, *stage);
            let input = json!({
                "pipelineName": NAME, "stageName": stage, "pipelineExecutionId": id, "conditionType": kind,
            });
            call(engine, "OverrideStageCondition", input)
        }
        Step::Gate {
            stage,
            outbound,
            close,
        } => {
            let kind = if *outbound { "Outbound" } else { "Inbound" };
            let mut input = json!({
                "pipelineName": NAME, "stageName": name_of(*stage), "transitionType": kind,
            });
            let operation = if *close {
                input["reason"] = json!("closed");
                "DisableStageTransition"
            } else {
                "EnableStageTransition"
            };
            call(engine, operation, input)
        }
        Step::Nonsense(kind) => {
            let foreign = "11111111-2222-4333-8444-555555555555";
            let (operation, input) = match NONSENSE[*kind] {
                "start" => ("StartPipelineExecution", json!({ "name": "nobody" })),
                "create" => ("CreatePipeline", json!({ "pipeline": { "name": "x" } })),
                "stop" => (
                    "StopPipelineExecution",
                    json!({ "pipelineName": NAME, "pipelineExecutionId": foreign }),
                ),
                "answer" => (
                    "PutApprovalResult",
                    json!({
                        "pipelineName": NAME, "stageName": "Source", "actionName": "Checkout", "token": foreign,
                        "result": { "status": "Approved", "summary": "" },
                    }),
                ),
                "gate" => (
                    "DisableStageTransition",
                    json!({
                        "pipelineName": NAME, "stageName": "Source", "transitionType": "Inbound",
                        "reason": "it's not, as such, a reason",
                    }),
                ),
                _ => ("LaunchRocket", json!({})),
            };
            let done = call(engine, operation, input);
            assert!(matches!(done, Done::Refused(_)), "{operation} is nonsense");
            done
        }
    }
}

/// A change as a script tells it.
fn change(shape: &Shape, kind: &str, number: u64) -> Value {
    let (provider, repository) = shape.watched.place();
    let files = ["src/basket.rs", "docs/prices.md"];
    let mut change = json!({
        "provider": provider, "repository": repository, "branch": if number.is_multiple_of(4) { "draft" } else { "main" },
        "files": [files[(number >> 2) as usize % 2]], "revisionId": format!("{number:040x}"),
    });
    if kind == "tag" {
        change["tag"] = json!(format!("v{}", number % 3));
        change
            .as_object_mut()
            .expect("an object")
            .shift_remove("files");
    }
    if kind == "pull request" {
        let event = ["OPEN", "UPDATED", "CLOSED"][(number >> 4) as usize % 3];
        change["branch"] = Value::Null;
        change["pullRequest"] = json!({ "event": event, "sourceBranch": "draft", "merged": number.is_multiple_of(2) && event == "CLOSED" });
    }
    change
}
