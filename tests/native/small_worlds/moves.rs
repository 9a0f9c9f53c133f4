//! The moves: everything that may be done in a small world.

use std::fmt;

use codepipeline_simulator::{
    engine::{
        Engine,
        conditions::{AlarmState, LambdaResult},
        control::Control,
        declaration::ConditionPlace,
        ids::{ActionExecutionId, ExecutionId, Kind},
        providers,
        time::DAY,
        world::{World, execution::Execution, pipeline::Pipeline},
    },
    model::{
        ActionExecutionStatus, ApiError, ExecutionMode, FailureType, PipelineExecutionStatus,
        StageExecutionStatus,
    },
};
use serde_json::{Value, json};

use super::{
    DAYS_30,
    cases::{Case, Extent},
};

/// One move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    Start,
    /// Execution, ordinal of the action execution.
    Finish(u32, u32),
    Fail(u32, u32),
    Approve(u32, u32),
    Reject(u32, u32),
    /// Execution, whether it abandons.
    Stop(u32, bool),
    /// Execution, stage, whether all actions.
    Retry(u32, u16, bool),
    /// Target, stage.
    RollBack(u32, u16),
    /// Execution, stage, whether the entry condition.
    Override(u32, u16, bool),
    Close(u16),
    Open(u16),
    /// Which of the case's modes.
    Update(usize),
    /// Whether it is in ALARM.
    Alarm(bool),
    /// Whether the function returns.
    Function(bool),
    /// To the next deadline.
    Time,
    /// 31 days.
    Month,
}

impl fmt::Display for Move {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => write!(out, "start"),
            Self::Finish(number, ordinal) => write!(out, "finish action #{ordinal} of {number}"),
            Self::Fail(number, ordinal) => write!(out, "fail action #{ordinal} of {number}"),
            Self::Approve(number, ordinal) => write!(out, "approve #{ordinal} of {number}"),
            Self::Reject(number, ordinal) => write!(out, "reject #{ordinal} of {number}"),
            Self::Stop(number, false) => write!(out, "stop {number} and wait"),
            Self::Stop(number, true) => write!(out, "stop {number} and abandon"),
            Self::Retry(number, stage, false) => {
                write!(out, "retry the failed actions of {number} in stage {stage}")
            }
            Self::Retry(number, stage, true) => {
                write!(out, "retry all actions of {number} in stage {stage}")
            }
            Self::RollBack(target, stage) => write!(out, "roll stage {stage} back to {target}"),
            Self::Override(number, stage, true) => write!(
                out,
                "override the entry condition of {number} in stage {stage}"
            ),
            Self::Override(number, stage, false) => write!(
                out,
                "override the success condition of {number} in stage {stage}"
            ),
            Self::Close(stage) => write!(out, "close the gate of stage {stage}"),
            Self::Open(stage) => write!(out, "open the gate of stage {stage}"),
            Self::Update(mode) => write!(out, "update, mode {mode}"),
            Self::Alarm(on) => write!(out, "alarm {}", if *on { "on" } else { "off" }),
            Self::Function(returns) => write!(
                out,
                "the function {}",
                if *returns { "returns" } else { "fails" }
            ),
            Self::Time => write!(out, "time passes to the next deadline"),
            Self::Month => write!(out, "31 days pass"),
        }
    }
}

impl Move {
    /// As [`Extent::without`] names it.
    fn kind(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Finish(..) | Self::Approve(..) => "finish",
            Self::Fail(..) | Self::Reject(..) => "fail",
            Self::Stop(_, false) => "stop and wait",
            Self::Stop(_, true) => "stop and abandon",
            Self::Retry(_, _, false) => "retry failed",
            Self::Retry(_, _, true) => "retry all",
            Self::RollBack(..) => "roll back",
            Self::Override(..) => "override",
            Self::Close(_) | Self::Open(_) => "gates",
            Self::Update(_) => "update",
            Self::Alarm(_) | Self::Function(_) => "signals",
            Self::Time | Self::Month => "time",
        }
    }
}

/// The pipeline of a small world.
pub fn shop(world: &World) -> &Pipeline {
    world
        .pipelines
        .values()
        .next()
        .expect("there is a pipeline")
}

/// What may be done, and what is bound to be refused: every stop, retry, rollback and override that the first list does not
/// have.
pub fn moves(world: &World, case: &Case, extent: &Extent) -> (Vec<Move>, Vec<Move>) {
    let (mut may, mut not) = (vec![], vec![]);
    let shop = shop(world);
    let room = shop.started < extent.executions;
    if room {
        may.push(Move::Start);
    }
    for execution in shop.executions.values() {
        let number = execution.number;
        running(shop, execution, &mut may);
        let stopping = execution.stop.as_ref();
        for abandon in [false, true] {
            let can = execution.status == PipelineExecutionStatus::InProgress
                || execution.active() && abandon && stopping.is_some_and(|stop| !stop.abandon);
            if can { &mut may } else { &mut not }.push(Move::Stop(number, abandon));
        }
        for stage in 0..2 {
            for all in [false, true] {
                let can = retryable(shop, execution, stage);
                if can { &mut may } else { &mut not }.push(Move::Retry(number, stage, all));
            }
            let target = stage > 0
                && shop.current().plan.mode != ExecutionMode::Parallel
                && shop.can_be_gone_back_to(execution, stage)
                && shop.stages[usize::from(stage)].holder.is_none();
            // Of several targets the newest stands for all: which one it is makes no difference.
            let newest = shop.stages[usize::from(stage)].succeeded == Some(number);
            if !target {
                not.push(Move::RollBack(number, stage));
            } else if room && newest {
                may.push(Move::RollBack(number, stage));
            }
            for entry in [true, false] {
                let place = if entry {
                    ConditionPlace::BeforeEntry
                } else {
                    ConditionPlace::OnSuccess
                };
                let can = execution
                    .counting_condition(stage, place)
                    .is_some_and(|(_, run)| !run.lets_pass());
                if can { &mut may } else { &mut not }.push(Move::Override(number, stage, entry));
            }
        }
    }
    for stage in extent.gates {
        let closed = shop.stages[usize::from(*stage)]
            .transition
            .disabled
            .is_some();
        may.push(if closed {
            Move::Open(*stage)
        } else {
            Move::Close(*stage)
        });
    }
    may.extend((0..case.modes.len()).map(Move::Update));
    if case.alarm.is_some() {
        let on = world
            .alarms
            .values()
            .any(|(state, _)| *state == AlarmState::Alarm);
        may.push(Move::Alarm(!on));
    }
    if case.function.is_some() {
        let fails = world
            .lambda_results
            .values()
            .any(|result| *result != LambdaResult::Success);
        may.push(Move::Function(fails));
    }
    if world.next_due().is_some() {
        may.push(Move::Time);
    }
    let closed_for_less = shop.stages.iter().any(|state| {
        let since = state.transition.disabled.as_ref().map(|(_, since)| *since);
        since.is_some_and(|since| world.now.since(since) <= DAYS_30)
    });
    if extent.month && closed_for_less {
        may.push(Move::Month);
    }
    may.retain(|one| !extent.without.contains(&one.kind()));
    (may, not)
}

fn running(shop: &Pipeline, execution: &Execution, may: &mut Vec<Move>) {
    let plan = shop.plan(execution.version);
    let number = execution.number;
    for (ordinal, attempt) in execution
        .numbered()
        .filter(|(_, attempt)| attempt.running())
    {
        let kind = plan.action_plan(attempt.stage, attempt.action).kind;
        if providers::of(kind).waits_for_a_person() {
            may.extend([
                Move::Approve(number, ordinal),
                Move::Reject(number, ordinal),
            ]);
        } else {
            may.extend([Move::Finish(number, ordinal), Move::Fail(number, ordinal)]);
        }
    }
}

fn retryable(shop: &Pipeline, execution: &Execution, stage: u16) -> bool {
    let Some(run) = execution.stages.last().filter(|run| run.stage == stage) else {
        return false;
    };
    let failed = execution.actions.iter().any(|attempt| {
        !attempt.dismissed
            && matches!(
                attempt.status,
                ActionExecutionStatus::Failed | ActionExecutionStatus::Abandoned
            )
    });
    let over = matches!(
        run.status,
        StageExecutionStatus::Failed | StageExecutionStatus::Stopped
    );
    let latest = execution.mode == ExecutionMode::Parallel
        || shop.stages[usize::from(stage)].latest == Some(execution.number);
    execution.version == shop.version()
        && latest
        && (over || run.status == StageExecutionStatus::InProgress && failed)
}

/// Carries a move out.
pub fn perform(engine: &mut Engine, case: &Case, one: Move) -> Result<(), ApiError> {
    let world = engine.world();
    let (now, key, pipeline) = (world.now, world.key(), shop(world).id);
    let execution = |number: u32| ExecutionId { pipeline, number };
    let uuid = |number: u32| key.execution(execution(number));
    let action = |number: u32, ordinal: u32| ActionExecutionId {
        execution: execution(number),
        ordinal,
    };
    let names = ["Source", "Deploy"];
    let stage_of = |stage: u16| names[usize::from(stage)];
    let decide = |engine: &mut Engine, id: ActionExecutionId, fail: bool| {
        let decision = Control::CompleteAction {
            action: id,
            failure: fail.then_some((FailureType::JobFailed, None)),
            output_variables: std::collections::BTreeMap::new(),
        };
        engine.control(decision, now).map(|_| ())
    };
    let mut call =
        |operation: &str, input: Value| engine.execute(operation, input, now).map(|_| ());
    match one {
        Move::Start => call("StartPipelineExecution", json!({ "name": "shop" })),
        Move::Finish(number, ordinal) => decide(engine, action(number, ordinal), false),
        Move::Fail(number, ordinal) => decide(engine, action(number, ordinal), true),
        Move::Approve(number, ordinal) | Move::Reject(number, ordinal) => {
            let status = if matches!(one, Move::Approve(..)) {
                "Approved"
            } else {
                "Rejected"
            };
            let token = key.uuid(Kind::Approval, action(number, ordinal));
            let input = json!({
                "pipelineName": "shop", "stageName": "Deploy", "actionName": "Approve", "token": token,
                "result": { "status": status, "summary": "" },
            });
            call("PutApprovalResult", input)
        }
        Move::Stop(number, abandon) => {
            let input = json!({ "pipelineName": "shop", "pipelineExecutionId": uuid(number), "abandon": abandon });
            call("StopPipelineExecution", input)
        }
        Move::Retry(number, stage, all) => {
            let mode = if all { "ALL_ACTIONS" } else { "FAILED_ACTIONS" };
            let input = json!({
                "pipelineName": "shop", "stageName": stage_of(stage), "pipelineExecutionId": uuid(number),
                "retryMode": mode,
            });
            call("RetryStageExecution", input)
        }
        Move::RollBack(target, stage) => {
            let input = json!({
                "pipelineName": "shop", "stageName": stage_of(stage), "targetPipelineExecutionId": uuid(target),
            });
            call("RollbackStage", input)
        }
        Move::Override(number, stage, entry) => {
            let kind = if entry { "BEFORE_ENTRY" } else { "ON_SUCCESS" };
            let input = json!({
                "pipelineName": "shop", "stageName": stage_of(stage), "pipelineExecutionId": uuid(number),
                "conditionType": kind,
            });
            call("OverrideStageCondition", input)
        }
        Move::Close(stage) => {
            let input = json!({
                "pipelineName": "shop", "stageName": stage_of(stage), "transitionType": "Inbound", "reason": "closed",
            });
            call("DisableStageTransition", input)
        }
        Move::Open(stage) => {
            let input = json!({
                "pipelineName": "shop", "stageName": stage_of(stage), "transitionType": "Inbound",
            });
            call("EnableStageTransition", input)
        }
        Move::Update(mode) => {
            let mut declaration = case.declaration.clone();
            declaration["executionMode"] = json!(case.modes[mode]);
            call("UpdatePipeline", json!({ "pipeline": declaration }))
        }
        Move::Alarm(on) => {
            let name = case.alarm.unwrap_or_default().into();
            let state = if on {
                AlarmState::Alarm
            } else {
                AlarmState::Ok
            };
            engine
                .control(Control::SetAlarm { name, state }, now)
                .map(|_| ())
        }
        Move::Function(returns) => {
            let function = case.function.unwrap_or_default().into();
            let result = Some(if returns {
                LambdaResult::Success
            } else {
                LambdaResult::Error { message: None }
            });
            engine
                .control(Control::SetLambdaResult { function, result }, now)
                .map(|_| ())
        }
        Move::Time => {
            let at = engine.next_deadline().unwrap_or(now);
            engine.advance(at);
            Ok(())
        }
        Move::Month => {
            engine.advance(now.after(31 * DAY));
            Ok(())
        }
    }
}
