//! The gate: EnableStageTransition and DisableStageTransition of the way into a stage.

use serde_json::json;

use super::{Desk, Sheet, check, effect};
use crate::{
    engine::world::pipeline::StageState,
    page::{
        drive::Deed,
        text::drive::gate as words,
        view::{EffectView, FormField, FormInput, FormView},
    },
};

/// The call that opens the gate in front of a stage.
pub fn opening(pipeline: &str, stage: &str) -> Deed {
    Deed::call(
        "EnableStageTransition",
        json!({ "pipelineName": pipeline, "stageName": stage, "transitionType": "Inbound" }),
    )
}

pub fn sheet(desk: &Desk, asked: Option<&str>) -> Sheet {
    // Whoever stands at a gate is what a person thinks of, and a closed one before an open one.
    let closed = |stage: u16| {
        desk.state(stage)
            .is_some_and(|state| state.transition.disabled.is_some())
    };
    let any_closed = (0..desk.scene.plan.stage_count()).any(closed);
    let (stage, chooser) = desk.stage(asked, |stage| {
        if any_closed {
            closed(stage)
        } else {
            desk.state(stage)
                .is_some_and(|state| !state.waiting.is_empty())
        }
    });
    let name = desk.scene.plan.stage(stage).name.clone();
    if closed(stage) {
        open(desk, stage, &name, chooser)
    } else {
        close(desk, stage, &name, chooser)
    }
}

fn letters(state: Option<&StageState>) -> Vec<String> {
    let waiting = state.into_iter().flat_map(|state| &state.waiting);
    waiting
        .map(|number| super::super::letter(*number))
        .collect()
}

fn open(desk: &Desk, stage: u16, name: &str, chooser: Option<FormField>) -> Sheet {
    let deed = opening(desk.pipeline(), name);
    let outcome = desk.rehearse(&deed);
    let mut effects = outcome.effects;
    if effects.is_empty() {
        effects.push(stays(desk, stage, name));
    }
    Sheet {
        view: FormView {
            title: words::open(name),
            call: deed.name.to_owned(),
            fields: chooser.into_iter().collect(),
            effects,
            ready: outcome.refusal.is_none(),
            refusal: outcome.refusal,
            press: words::PRESS_OPEN.to_owned(),
            ..FormView::default()
        },
        deed: Some(deed),
    }
}

/// Why nobody enters although the gate opens.
fn stays(desk: &Desk, stage: u16, name: &str) -> EffectView {
    let state = desk.state(stage);
    let head = state.and_then(|state| state.waiting.front().copied());
    let Some(head) = head else {
        return effect(words::NOBODY_WAITS);
    };
    let who = super::super::letter(head);
    let executions = &desk.scene.pipeline.executions;
    if executions.get(&head).is_some_and(|one| one.inert()) || expired(desk, stage) {
        return effect(words::inert(&who));
    }
    match state
        .and_then(|state| state.holder)
        .filter(|_| !desk.scene.parallel())
    {
        Some(holder) => effect(words::held(&who, &super::super::letter(holder), name)),
        None => effect(words::goes_on_waiting(&who)),
    }
}

fn expired(desk: &Desk, stage: u16) -> bool {
    use crate::engine::rules::transitions::EXPIRES;
    let since = desk
        .state(stage)
        .and_then(|state| Some(state.transition.disabled.as_ref()?.1));
    since.is_some_and(|since| desk.scene.now.since(since) > EXPIRES)
}

fn close(desk: &Desk, stage: u16, name: &str, chooser: Option<FormField>) -> Sheet {
    let reason = desk.draft.text("reason", "");
    let deed = Deed::call(
        "DisableStageTransition",
        json!({
            "pipelineName": desk.pipeline(), "stageName": name, "transitionType": "Inbound", "reason": reason,
        }),
    );
    let mut fields: Vec<FormField> = chooser.into_iter().collect();
    fields.push(
        FormField::new("reason", "reason", FormInput::line(reason))
            .required()
            .help(words::REASON),
    );
    let ready = check::fields(&mut fields, &deed, |field| {
        desk.draft.value(field).is_some()
    });
    let outcome = desk.rehearse(&deed);
    let state = desk.state(stage);
    let waiting = letters(state);
    let mut effects = vec![];
    let inside = state
        .and_then(|state| state.holder)
        .filter(|_| !desk.scene.parallel());
    effects.extend(
        inside.map(|holder| effect(words::inside_goes_on(&super::super::letter(holder), name))),
    );
    effects.push(if waiting.is_empty() {
        effect(words::STOPS_WHOEVER)
    } else {
        effect(words::stays(&waiting))
    });
    effects.push(effect(words::THIRTY_DAYS));
    Sheet {
        view: FormView {
            title: words::close(name),
            call: deed.name.to_owned(),
            fields,
            effects,
            // A wrong reason is said at its field already.
            refusal: outcome.refusal.filter(|_| ready),
            ready,
            press: words::PRESS_CLOSE.to_owned(),
            ..FormView::default()
        },
        deed: Some(deed),
    }
    .held()
}

impl Sheet {
    /// What would be refused cannot be pressed.
    pub(super) fn held(mut self) -> Self {
        self.view.ready = self.view.ready && self.view.refusal.is_none() && self.deed.is_some();
        self
    }
}
