//! RetryStageExecution, RollbackStage and OverrideStageCondition: a stage goes on, once more, or back.

use serde_json::json;

use super::{Desk, Sheet, check, choose, effect, option};
use crate::{
    engine::{
        behavior::Outcome, declaration::ConditionPlace, operations::refusal, rules::behavior,
    },
    model::{StageExecutionStatus, StageRetryMode},
    page::{
        drive::Deed,
        text::{
            drive::{again as words, sentence},
            fact::conditions,
        },
        view::{EffectView, FormField, FormInput, FormOption, FormView},
    },
};

/// How many executions are offered to go back to, and how many that cannot be are shown with the reason.
const TARGETS: (usize, usize) = (12, 4);
/// How many executions are looked at for that, newest first.
const LOOKED_AT: u32 = 120;

pub fn retry(desk: &Desk, asked: Option<&str>, who: Option<&str>) -> Sheet {
    let who = who.and_then(|uuid| desk.number(uuid));
    // An execution is retried where it was last.
    let last = who
        .and_then(|number| desk.scene.pipeline.execution(number))
        .and_then(|one| Some(desk.scene.stage_name(&one, one.stages.last()?.stage)));
    let asked = asked.or(last.as_deref());
    let failed = |stage: u16| {
        let state = desk.state(stage);
        let latest = state.and_then(|state| super::super::stage::latest(desk.scene, stage, state));
        matches!(
            latest,
            Some((
                _,
                StageExecutionStatus::Failed | StageExecutionStatus::Stopped
            ))
        )
    };
    let (stage, chooser) = desk.stage(asked, failed);
    let name = desk.scene.plan.stage(stage).name.clone();
    let number = who.or_else(|| desk.latest(stage));
    let uuid = number.map(|number| desk.uuid(number)).unwrap_or_default();
    let input = |mode: &str| {
        json!({
            "pipelineName": desk.pipeline(), "stageName": name, "pipelineExecutionId": uuid, "retryMode": mode,
        })
    };
    let mut modes = vec![
        option(
            StageRetryMode::FailedActions.as_str(),
            words::FAILED,
            words::FAILED_NOTE,
            "",
        ),
        option(
            StageRetryMode::AllActions.as_str(),
            words::ALL,
            words::ALL_NOTE,
            "",
        ),
    ];
    for mode in &mut modes {
        mode.refused = match number {
            Some(_) => refusal(
                desk.engine.world(),
                "RetryStageExecution",
                input(&mode.value),
            )
            .map(|error| error.message),
            None => Some(words::NOBODY.to_owned()),
        };
    }
    let mode = choose(&mut modes, desk.draft.value("retryMode"));
    let deed = number.map(|_| Deed::call("RetryStageExecution", input(&mode)));
    let mut fields: Vec<FormField> = chooser.into_iter().collect();
    fields.push(FormField::new("retryMode", "retryMode", FormInput::Options(modes)).required());
    finish(
        desk,
        FormView {
            title: words::retry(&name),
            token: number.map(|number| desk.scene.token(number)),
            call: "RetryStageExecution".to_owned(),
            fields,
            press: words::PRESS_RETRY.to_owned(),
            ..FormView::default()
        },
        deed,
        Some(stage),
    )
}

/// A form of choices: what would happen, or why not; `runs` is the stage whose actions would run.
fn finish(desk: &Desk, mut view: FormView, deed: Option<Deed>, runs: Option<u16>) -> Sheet {
    if let Some(deed) = &deed {
        view.ready = check::fields(&mut view.fields, deed, |_| true);
        let outcome = desk.rehearse(deed);
        view.effects = outcome.effects;
        if let Some(stage) = runs.filter(|_| outcome.refusal.is_none()) {
            view.effects.extend(told_to_fail(desk, stage));
        }
        view.refusal = outcome.refusal;
        view.fields.iter_mut().for_each(say_once);
    }
    Sheet { view, deed }.held()
}

/// The actions of a stage that will fail again, because somebody has told them to.
fn told_to_fail(desk: &Desk, stage: u16) -> Vec<EffectView> {
    let (world, plan) = (desk.engine.world(), desk.scene.plan);
    let actions = (0..).zip(&plan.stage(stage).actions);
    actions
        .filter(|(index, _)| {
            let behavior = behavior::of_declared(world, plan, stage, *index);
            matches!(behavior.outcome, Some(Outcome::Fail { .. }))
        })
        .map(|(_, action)| effect(words::told_to_fail(&action.name)))
        .collect()
}

/// What refuses every way is said once, below them.
fn say_once(field: &mut FormField) {
    let FormInput::Options(options) = &mut field.input else {
        return;
    };
    let first = options.first().and_then(|option| option.refused.clone());
    if first.is_some() && options.iter().all(|option| option.refused == first) {
        for option in options {
            option.refused = Some(String::new());
        }
    }
}

pub fn roll_back(desk: &Desk, asked: Option<&str>) -> Sheet {
    let free = |stage: u16| {
        stage > 0
            && desk
                .state(stage)
                .is_some_and(|state| state.holder.is_none())
    };
    let (stage, chooser) = desk.stage(asked, free);
    let name = desk.scene.plan.stage(stage).name.clone();
    let input = |uuid: &str| json!({ "pipelineName": desk.pipeline(), "stageName": name, "targetPipelineExecutionId": uuid });
    let mut targets = targets(desk, &input);
    let none = targets.is_empty();
    let target = choose(&mut targets, desk.draft.value("targetPipelineExecutionId"));
    let deed = (!none).then(|| Deed::call("RollbackStage", input(&target)));
    let mut fields: Vec<FormField> = chooser.into_iter().collect();
    let field = FormField::new(
        "targetPipelineExecutionId",
        "targetPipelineExecutionId",
        FormInput::Options(targets),
    );
    fields.push(field.required().help(if none {
        words::NO_TARGETS
    } else {
        words::TARGETS
    }));
    finish(
        desk,
        FormView {
            title: words::roll_back(&name),
            call: "RollbackStage".to_owned(),
            fields,
            press: words::PRESS_ROLL_BACK.to_owned(),
            ..FormView::default()
        },
        deed,
        Some(stage),
    )
}

/// The newest executions that may be gone back to, and a few that may not, with the service's reason.
fn targets(desk: &Desk, input: &impl Fn(&str) -> serde_json::Value) -> Vec<FormOption> {
    let (mut open, mut closed) = (vec![], vec![]);
    let started = desk.scene.pipeline.started;
    for number in (1..=started).rev().take(LOOKED_AT as usize) {
        if open.len() >= TARGETS.0 {
            break;
        }
        let Some(execution) = desk.scene.pipeline.execution(number) else {
            continue;
        };
        let uuid = desk.uuid(number);
        let refused = refusal(desk.engine.world(), "RollbackStage", input(&uuid));
        let token = desk.scene.token(number);
        let revisions: Vec<String> = execution
            .actions
            .iter()
            .filter_map(|action| action.ending.revision.as_ref())
            .map(|revision| super::super::details::revision_text(&revision.id, &revision.message))
            .collect();
        let option = FormOption {
            label: words::target(&token.short, &desk.scene.when(execution.started)),
            note: crate::page::text::list(&revisions),
            token: Some(token),
            refused: refused.map(|error| error.message),
            value: uuid,
            chosen: false,
        };
        if option.refused.is_none() {
            open.push(option);
        } else if closed.len() < TARGETS.1 {
            closed.push(option);
        }
    }
    open.extend(closed);
    open
}

pub fn override_condition(desk: &Desk, asked: &str, who: Option<&str>) -> Sheet {
    let (stage, chooser) = desk.stage(Some(asked), |_| false);
    let name = desk.scene.plan.stage(stage).name.clone();
    let number = who
        .and_then(|uuid| desk.number(uuid))
        .or_else(|| desk.latest(stage));
    let uuid = number.map(|number| desk.uuid(number)).unwrap_or_default();
    let input = |condition: &str| {
        json!({
            "pipelineName": desk.pipeline(), "stageName": name, "pipelineExecutionId": uuid, "conditionType": condition,
        })
    };
    let mut conditions: Vec<FormOption> = [
        ("BEFORE_ENTRY", ConditionPlace::BeforeEntry),
        ("ON_SUCCESS", ConditionPlace::OnSuccess),
    ]
    .into_iter()
    .map(|(kind, place)| FormOption {
        refused: match number {
            Some(_) => refusal(desk.engine.world(), "OverrideStageCondition", input(kind))
                .map(|error| error.message),
            None => Some(words::NOBODY.to_owned()),
        },
        ..option(kind, &sentence(conditions::place(place)), "", "")
    })
    .collect();
    let condition = choose(&mut conditions, desk.draft.value("conditionType"));
    let deed = number.map(|_| Deed::call("OverrideStageCondition", input(&condition)));
    let mut fields: Vec<FormField> = chooser.into_iter().collect();
    let field = FormField::new(
        "conditionType",
        "conditionType",
        FormInput::Options(conditions),
    );
    fields.push(field.required());
    finish(
        desk,
        FormView {
            title: words::override_of(&name),
            token: number.map(|number| desk.scene.token(number)),
            call: "OverrideStageCondition".to_owned(),
            intro: words::OVERRIDE_INTRO.to_owned(),
            fields,
            press: words::PRESS_OVERRIDE.to_owned(),
            ..FormView::default()
        },
        deed,
        (condition == "BEFORE_ENTRY").then_some(stage),
    )
}
