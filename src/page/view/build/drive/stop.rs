//! StopPipelineExecution: what runs may end, or is cut off.

use serde_json::json;

use super::{Desk, Sheet, check, choose, effect, option, running};
use crate::{
    engine::{
        explain::Work, ids::ActionExecutionId, operations::refusal, world::execution::Execution,
    },
    page::{
        drive::Deed,
        text::drive::stop as words,
        view::{EffectView, FormField, FormInput, FormView},
    },
};

pub fn sheet(desk: &Desk, uuid: &str) -> Sheet {
    let pipeline = desk.pipeline();
    let input = |abandon: bool| json!({ "pipelineName": pipeline, "pipelineExecutionId": uuid, "abandon": abandon });
    let refused = |abandon: bool| {
        refusal(desk.engine.world(), "StopPipelineExecution", input(abandon))
            .map(|error| error.message)
    };
    let mut ways = vec![
        option("false", words::WAIT, words::WAIT_NOTE, ""),
        option("true", words::ABANDON, words::ABANDON_NOTE, ""),
    ];
    for (way, abandon) in ways.iter_mut().zip([false, true]) {
        way.refused = refused(abandon);
    }
    let abandon = choose(&mut ways, desk.draft.value("abandon")) == "true";
    let reason = desk.draft.text("reason", "");
    let mut call = input(abandon);
    if let Some(members) = call.as_object_mut().filter(|_| !reason.is_empty()) {
        members.insert("reason".to_owned(), reason.clone().into());
    }
    let deed = Deed::call("StopPipelineExecution", call);
    let mut fields = vec![
        FormField::new("abandon", "abandon", FormInput::Options(ways)),
        FormField::new("reason", "reason", FormInput::line(reason)).help(words::REASON),
    ];
    let ready = check::fields(&mut fields, &deed, |_| true);
    let outcome = desk.rehearse(&deed);
    let number = desk.number(uuid);
    let execution = number.and_then(|number| desk.scene.pipeline.executions.get(&number));
    let mut effects = outcome.effects;
    if let Some(execution) = execution.filter(|_| !abandon && outcome.refusal.is_none()) {
        effects.extend(drains(desk, execution));
    }
    let who = number.map(super::super::letter).unwrap_or_default();
    Sheet {
        view: FormView {
            title: words::title(&who),
            token: number.map(|number| desk.scene.token(number)),
            call: deed.name.to_owned(),
            fields,
            effects,
            refusal: outcome.refusal.filter(|_| ready),
            ready,
            press: words::PRESS.to_owned(),
            ..FormView::default()
        },
        deed: Some(deed),
    }
    .held()
}

/// What an execution that is let finish still does, and who is next then.
fn drains(desk: &Desk, execution: &Execution) -> Vec<EffectView> {
    let Some(inside) = execution.inside() else {
        return vec![];
    };
    let scene = desk.scene;
    let who = super::super::letter(execution.number);
    let names = running(scene, execution);
    let mut effects = vec![];
    if !names.is_empty() {
        effects.push(effect(words::lets_end(&who, &names)));
    }
    let asked: Vec<String> = execution
        .numbered()
        .filter(|(_, record)| record.running())
        .filter(|(ordinal, record)| {
            let id = ActionExecutionId {
                execution: scene.id(execution.number),
                ordinal: *ordinal,
            };
            let plan = scene.pipeline.plan(execution.version);
            let planned = plan.action_plan(record.stage, record.action);
            crate::engine::explain::work(scene.world, id, planned) == Work::Approval
        })
        .map(|(_, record)| scene.action_name(execution, record.stage, record.action))
        .collect();
    if !asked.is_empty() {
        effects.push(effect(words::approvals(&asked)));
    }
    let next = scene
        .pipeline
        .stage_state(execution.version, inside)
        .filter(|state| state.transition.disabled.is_none() && !scene.parallel())
        .and_then(|state| state.waiting.front().copied());
    effects.extend(next.map(|next| {
        effect(words::next(
            &super::super::letter(next),
            &scene.stage_name(execution, inside),
        ))
    }));
    effects
}
