//! What conditions look at besides the pipeline: alarms and functions.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Desk, Sheet, option};
use crate::order::gathered;
use crate::{
    engine::{
        conditions::{AlarmState, LambdaResult, RuleKind},
        declaration::conditions,
        world::World,
    },
    page::{
        drive::Deed,
        text::drive::outside as words,
        view::{FormField, FormInput, FormView},
    },
};

/// What rules of a kind name in this member of their configuration, in all pipelines.
pub fn named(world: &World, kind: RuleKind, member: &str) -> BTreeSet<String> {
    let stages = world
        .pipelines_by_name()
        .flat_map(|pipeline| &pipeline.current().plan.declaration.stages);
    gathered(stages.flat_map(|stage| of_stage(stage, kind, member)))
}

/// What rules of a kind name in the conditions of a stage.
pub fn of_stage(
    stage: &crate::model::StageDeclaration,
    kind: RuleKind,
    member: &str,
) -> Vec<String> {
    conditions(stage)
        .flat_map(|(_, condition)| condition.rules.iter().flatten())
        .filter(|rule| RuleKind::of(&rule.rule_type_id.provider) == Some(kind))
        .filter_map(|rule| rule.configuration.as_ref()?.get(member).cloned())
        .collect()
}

pub fn alarm(desk: &Desk, asked: Option<&str>) -> Sheet {
    let world = desk.engine.world();
    let mut names = named(world, RuleKind::CloudWatchAlarm, "AlarmName");
    names.extend(world.alarms.keys().map(|name| name.to_string()));
    let view = FormView {
        title: words::ALARM.to_owned(),
        call: "setAlarm".to_owned(),
        press: words::PRESS_ALARM.to_owned(),
        ..FormView::default()
    };
    let Some(name) = chosen(desk, "alarmName", asked, &names) else {
        return nothing(view, words::NO_ALARM);
    };
    let now = world
        .alarms
        .get(name.as_str())
        .map_or(AlarmState::default(), |(state, _)| *state);
    // Whoever opens this wants another state than the present one.
    let usual = if now == AlarmState::Alarm {
        AlarmState::Ok
    } else {
        AlarmState::Alarm
    };
    let state = desk.draft.text("state", usual.as_str());
    let states = AlarmState::ALL.map(|one| {
        let note = if one == now {
            words::now(now.as_str())
        } else {
            String::new()
        };
        option(one.as_str(), one.as_str(), &note, &state)
    });
    let fields = vec![
        chooser("alarmName", &name, &names),
        FormField::new("state", "state", FormInput::Options(states.into())).required(),
    ];
    let deed = Deed::control("setAlarm", json!({ "alarmName": name, "state": state }));
    finish(desk, FormView { fields, ..view }, deed)
}

pub fn lambda(desk: &Desk, asked: Option<&str>) -> Sheet {
    let world = desk.engine.world();
    let mut names = named(world, RuleKind::LambdaInvoke, "FunctionName");
    names.extend(world.lambda_results.keys().map(|name| name.to_string()));
    let view = FormView {
        title: words::LAMBDA.to_owned(),
        call: "setLambdaResult".to_owned(),
        press: words::PRESS_LAMBDA.to_owned(),
        ..FormView::default()
    };
    let Some(name) = chosen(desk, "functionName", asked, &names) else {
        return nothing(view, words::NO_LAMBDA);
    };
    let throws = matches!(
        world.lambda_results.get(name.as_str()),
        Some(LambdaResult::Error { .. })
    );
    let result = desk
        .draft
        .text("result", if throws { "success" } else { "error" });
    let results = [
        option("success", words::RETURNS, "", &result),
        option("error", words::THROWS, "", &result),
    ];
    let mut fields = vec![
        chooser("functionName", &name, &names),
        FormField::new("result", "result", FormInput::Options(results.into())).required(),
    ];
    let mut answer = json!({ "kind": result });
    if result == "error" {
        let message = desk.draft.text("message", "");
        if !message.is_empty() {
            answer["message"] = message.clone().into();
        }
        fields.push(FormField::new(
            "message",
            "message",
            FormInput::line(message),
        ));
    }
    let input = json!({ "functionName": name, "result": answer });
    finish(
        desk,
        FormView { fields, ..view },
        Deed::control("setLambdaResult", input),
    )
}

fn chosen(
    desk: &Desk,
    field: &str,
    asked: Option<&str>,
    names: &BTreeSet<String>,
) -> Option<String> {
    let here = |name: &&str| names.contains(*name);
    desk.draft
        .value(field)
        .filter(here)
        .or(asked.filter(here))
        .map(str::to_owned)
        .or_else(|| names.first().cloned())
}

fn chooser(field: &str, chosen: &str, names: &BTreeSet<String>) -> FormField {
    let options = names.iter().map(|name| option(name, name, "", chosen));
    FormField::new(field, field, FormInput::Select(options.collect())).required()
}

fn nothing(view: FormView, why: &str) -> Sheet {
    Sheet {
        view: FormView {
            intro: why.to_owned(),
            ..view
        },
        deed: None,
    }
}

fn finish(desk: &Desk, view: FormView, deed: Deed) -> Sheet {
    let outcome = desk.rehearse(&deed);
    Sheet {
        view: FormView {
            effects: outcome.effects,
            refusal: outcome.refusal,
            ready: true,
            ..view
        },
        deed: Some(deed),
    }
    .held()
}
