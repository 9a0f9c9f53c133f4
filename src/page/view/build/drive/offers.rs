//! What is offered beside the selected thing, and what its "why?" can be ended with: one place decides what can be done,
//! by asking the engine.

use serde_json::json;

use super::outside;
use crate::{
    engine::{
        conditions::RuleKind,
        declaration::{ConditionPlace, condition},
        operations::refusal,
        world::{execution::Execution, pipeline::StageState},
    },
    model::PipelineExecutionStatus,
    page::{
        command::{Command, JobsCommand},
        drive::{Ask, DriveCommand},
        text::drive::offer as words,
        view::{OfferView, build::scene::Scene},
    },
};

fn ask(ask: Ask) -> Command {
    Command::Drive(DriveCommand::Ask(ask))
}

fn offer(label: &str, asked: Ask, refused: Option<String>) -> OfferView {
    OfferView {
        label: label.to_owned(),
        command: ask(asked),
        refused,
    }
}

/// Whether the service would refuse a stop, and why.
fn stop_refused(scene: &Scene, uuid: &str, abandon: bool) -> Option<String> {
    let input = json!({
        "pipelineName": scene.pipeline.name(), "pipelineExecutionId": uuid, "abandon": abandon,
    });
    refusal(scene.world, "StopPipelineExecution", input).map(|error| error.message)
}

/// Why no way of retrying a stage is open for an execution: the reason of the first way.
fn retry_refused(scene: &Scene, stage: &str, number: u32) -> Option<String> {
    let uuid = scene.key().execution(scene.id(number));
    let refused = |mode: &str| {
        let input = json!({
            "pipelineName": scene.pipeline.name(), "stageName": stage, "pipelineExecutionId": uuid, "retryMode": mode,
        });
        refusal(scene.world, "RetryStageExecution", input).map(|error| error.message)
    };
    let first = refused("FAILED_ACTIONS");
    first.filter(|_| refused("ALL_ACTIONS").is_some())
}

fn override_refused(
    scene: &Scene,
    stage: &str,
    place: ConditionPlace,
    number: u32,
) -> Option<String> {
    let kind = match place {
        ConditionPlace::BeforeEntry => "BEFORE_ENTRY",
        ConditionPlace::OnSuccess => "ON_SUCCESS",
        ConditionPlace::OnFailure => return Some(words::NO_CONDITION.to_owned()),
    };
    let input = json!({
        "pipelineName": scene.pipeline.name(), "stageName": stage, "conditionType": kind,
        "pipelineExecutionId": scene.key().execution(scene.id(number)),
    });
    refusal(scene.world, "OverrideStageCondition", input).map(|error| error.message)
}

/// What can be done to a stage.
pub fn of_stage(scene: &Scene, index: u16) -> Vec<OfferView> {
    let declared = scene.plan.stage(index);
    let name = declared.name.as_str();
    let nothing = StageState::default();
    let state = scene
        .pipeline
        .stages
        .get(usize::from(index))
        .unwrap_or(&nothing);
    let latest = super::super::stage::latest(scene, index, state).map(|(number, _)| number);
    let mut offers = vec![];
    if let Some(holder) = state.holder.filter(|_| !scene.parallel()) {
        offers.extend(stop(scene, holder));
    }
    let gate = if state.transition.disabled.is_some() {
        words::OPEN_GATE
    } else {
        words::CLOSE_GATE
    };
    offers.push(offer(
        words::RETRY,
        Ask::Retry {
            stage: Some(name.to_owned()),
            execution: None,
        },
        match latest {
            Some(number) => retry_refused(scene, name, number),
            None => Some(words::NEVER_ENTERED.to_owned()),
        },
    ));
    offers.push(offer(
        words::ROLL_BACK,
        Ask::RollBack(Some(name.to_owned())),
        roll_back_refused(scene, index, name),
    ));
    let overridable = [ConditionPlace::BeforeEntry, ConditionPlace::OnSuccess];
    let mut declared_places = overridable
        .into_iter()
        .filter(|place| condition(declared, *place).is_some())
        .peekable();
    if declared_places.peek().is_some() {
        let mut refused = latest.is_none().then(|| words::NEVER_ENTERED.to_owned());
        if let Some(number) = latest {
            let mut reasons =
                declared_places.map(|place| override_refused(scene, name, place, number));
            let first = reasons.next().flatten();
            refused = first.filter(|_| reasons.all(|reason| reason.is_some()));
        }
        offers.push(offer(
            words::OVERRIDE,
            Ask::Override {
                stage: name.to_owned(),
                execution: None,
            },
            refused,
        ));
    }
    offers.push(offer(gate, Ask::Gate(Some(name.to_owned())), None));
    let alarms = outside::of_stage(declared, RuleKind::CloudWatchAlarm, "AlarmName");
    offers.extend(
        alarms
            .into_iter()
            .next()
            .map(|alarm| offer(words::ALARM, Ask::Alarm(Some(alarm)), None)),
    );
    let functions = outside::of_stage(declared, RuleKind::LambdaInvoke, "FunctionName");
    offers.extend(
        functions
            .into_iter()
            .next()
            .map(|function| offer(words::LAMBDA, Ask::Lambda(Some(function)), None)),
    );
    offers
}

/// A rollback needs a target; without one that succeeded here, the newest execution's reason says why not.
fn roll_back_refused(scene: &Scene, index: u16, stage: &str) -> Option<String> {
    let refused = |number: u32| {
        let input = json!({
            "pipelineName": scene.pipeline.name(), "stageName": stage,
            "targetPipelineExecutionId": scene.key().execution(scene.id(number)),
        });
        refusal(scene.world, "RollbackStage", input).map(|error| error.message)
    };
    // Whoever succeeded here last is live, and the first that comes to mind.
    let state = scene.pipeline.stages.get(usize::from(index));
    let last = state.and_then(|state| state.succeeded);
    match last.or(Some(scene.pipeline.started).filter(|number| *number > 0)) {
        Some(number) => refused(number),
        None => Some(words::NEVER_ENTERED.to_owned()),
    }
}

/// Stopping an execution; one that is stopping already can be abandoned.
pub fn stop(scene: &Scene, number: u32) -> Option<OfferView> {
    let execution = scene.pipeline.executions.get(&number)?;
    if !execution.active() {
        return None;
    }
    let uuid = scene.key().execution(scene.id(number));
    let stopping = execution.status == PipelineExecutionStatus::Stopping;
    let label = if stopping {
        words::abandon(&super::super::letter(number))
    } else {
        words::stop(&super::super::letter(number))
    };
    let refused = stop_refused(scene, &uuid, stopping);
    Some(offer(&label, Ask::Stop(uuid), refused))
}

/// The same, where it can be done.
pub fn can_stop(scene: &Scene, number: u32) -> Option<(String, Command)> {
    stop(scene, number).and_then(open)
}

fn open(offer: OfferView) -> Option<(String, Command)> {
    offer
        .refused
        .is_none()
        .then_some((offer.label, offer.command))
}

/// Retrying the stage in which an execution failed, where it can be done.
pub fn can_retry(scene: &Scene, execution: &Execution, stage: u16) -> Option<(String, Command)> {
    let name = scene.stage_name(execution, stage);
    retry_refused(scene, &name, execution.number)
        .is_none()
        .then(|| (words::retry(&name), ask(retry(scene, execution, &name))))
}

fn retry(scene: &Scene, execution: &Execution, stage: &str) -> Ask {
    Ask::Retry {
        stage: Some(stage.to_owned()),
        execution: Some(scene.key().execution(scene.id(execution.number))),
    }
}

/// Overriding the condition that holds or failed an execution, where it can be done.
pub fn can_override(
    scene: &Scene,
    execution: &Execution,
    stage: u16,
    place: ConditionPlace,
) -> Option<(String, Command)> {
    let name = scene.stage_name(execution, stage);
    override_refused(scene, &name, place, execution.number)
        .is_none()
        .then(|| {
            let execution = Some(scene.key().execution(scene.id(execution.number)));
            let asked = Ask::Override {
                stage: name,
                execution,
            };
            (words::OVERRIDE.to_owned(), ask(asked))
        })
}

/// Starting once more what can go no further.
pub fn start_like(scene: &Scene, number: u32) -> (String, Command) {
    let uuid = scene.key().execution(scene.id(number));
    (
        words::start_like(&super::super::letter(number)),
        ask(Ask::Start(Some(uuid))),
    )
}

/// The form that opens with an alarm.
pub fn set_alarm(name: &str) -> (String, Command) {
    (
        words::ALARM.to_owned(),
        ask(Ask::Alarm(Some(name.to_owned()))),
    )
}

/// What can be done to an execution.
pub fn of_execution(scene: &Scene, execution: &Execution) -> Vec<OfferView> {
    let mut offers: Vec<OfferView> = stop(scene, execution.number).into_iter().collect();
    if let Some(run) = execution.stages.last().filter(|_| !execution.active()) {
        let stage = scene.stage_name(execution, run.stage);
        if let Some((label, command)) = can_retry(scene, execution, run.stage) {
            offers.push(OfferView {
                label,
                command,
                refused: None,
            });
        } else if execution.status == PipelineExecutionStatus::Failed {
            let refused = retry_refused(scene, &stage, execution.number);
            offers.push(offer(
                &words::retry(&stage),
                retry(scene, execution, &stage),
                refused,
            ));
        }
    }
    let uuid = scene.key().execution(scene.id(execution.number));
    offers.push(offer(words::START_AGAIN, Ask::Start(Some(uuid)), None));
    offers
}

/// What can be done to the pipeline.
pub fn of_pipeline() -> Vec<OfferView> {
    vec![
        offer(words::START_WITH, Ask::Start(None), None),
        offer(words::PUSH, Ask::Push, None),
    ]
}

/// What can be done to an action.
pub fn of_action(stage: &str, action: &str) -> OfferView {
    let asked = Ask::Behaviour {
        stage: stage.to_owned(),
        action: action.to_owned(),
    };
    offer(words::BEHAVIOUR, asked, None)
}

/// What leads from an action to its jobs.
pub fn of_jobs(stage: &str, action: &str, count: &str) -> OfferView {
    OfferView {
        label: crate::page::text::jobs::details::show_jobs(count),
        command: Command::Jobs(JobsCommand::Of {
            stage: stage.to_owned(),
            action: action.to_owned(),
        }),
        refused: None,
    }
}
