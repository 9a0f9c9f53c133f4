//! Refused calls among the facts: each at its time, with the exception's name and message, and the rule behind it where
//! one explains it.

use serde_json::{Value, json};

use super::Line;
use crate::{
    api::{calls::Calls, refused::RefusedCall},
    engine::{declaration::Context, fact::Fact, operations::rule_behind, sentences, world::World},
    page::{
        call_text::call_text,
        edit::findings::problems,
        state::facts::{FactFilter, FactKind},
        text::facts as words,
        view::{
            FactDetail, FactRow, Icon, Role,
            build::{scene::Scene, time},
        },
    },
};

/// No fact has such a number.
const FIRST: u64 = 1 << 62;

/// What a refused call is known by in the list.
pub fn id(call: &RefusedCall) -> u64 {
    FIRST | call.number
}

/// The facts with the refused calls in between, the newest first.
pub fn among<'a>(
    shown: Shown,
    facts: Vec<(&'a Fact, u32)>,
    calls: &'a Calls,
    filter: &FactFilter,
) -> Vec<Line<'a>> {
    let mut refused = calls
        .refused
        .newest()
        .filter(|call| shown.wants(call, filter))
        .peekable();
    let mut lines = Vec::with_capacity(facts.len());
    for (fact, version) in facts {
        while let Some(call) = refused.next_if(|call| call.after >= fact.sequence) {
            lines.push(Line::Refused(call));
        }
        lines.push(Line::Fact(fact, version));
    }
    lines.extend(refused.map(Line::Refused));
    lines
}

/// A member of the input.
fn said<'a>(call: &'a RefusedCall, pointer: &str) -> Option<&'a str> {
    call.input.pointer(pointer).and_then(Value::as_str)
}

/// Where a call was refused: in a world, with the pipeline that is shown, if there is one.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    pub world: &'a World,
    pub scene: Option<&'a Scene<'a>>,
}

impl Shown<'_> {
    fn wants(self, call: &RefusedCall, filter: &FactFilter) -> bool {
        // What names no pipeline that there is may be a mistake in the name of this one.
        let named = [
            "/pipelineName",
            "/name",
            "/pipeline/name",
            "/webhook/targetPipeline",
        ]
        .iter()
        .find_map(|at| said(call, at));
        let here = self.scene.map(|scene| scene.pipeline.name());
        let others = named
            .is_some_and(|name| Some(name) != here && self.world.pipeline_named(name).is_some());
        let looked_for = |wanted: Option<&str>, at: &str| {
            wanted.is_none_or(|wanted| said(call, at) == Some(wanted))
        };
        !others
            && matches!(filter.kind, FactKind::All | FactKind::Refused)
            && looked_for(filter.stage.as_deref(), "/stageName")
            && looked_for(filter.execution.as_deref(), "/pipelineExecutionId")
    }
}

/// The number of the execution that the call names, if it is one of the shown pipeline.
fn execution(scene: &Scene, call: &RefusedCall) -> Option<u32> {
    let id = scene
        .key()
        .parse_execution(said(call, "/pipelineExecutionId")?)?;
    let is_live = scene.pipeline.executions.contains_key(&id.number);
    (id.pipeline == scene.pipeline.id && is_live).then_some(id.number)
}

pub fn row(shown: Shown, call: &RefusedCall) -> FactRow {
    let about = shown
        .scene
        .and_then(|scene| Some((scene, execution(scene, call)?)));
    let (error, message) = (call.error.code.name(), call.error.message.as_str());
    FactRow {
        sequence: id(call),
        time: time::stamp(call.at, shown.world.now),
        token: about.map(|(scene, number)| scene.token(number)),
        icon: Some((Role::Fail, Icon::Failed)),
        word: words::REFUSED.to_owned(),
        text: words::refused(error, message),
        call: Some(call.name.clone()),
        sentence: words::refused_sentence(&call.name, error, message),
        together: false,
        selected: about.is_some_and(|(scene, number)| scene.is_chosen(number)),
    }
}

pub fn opened(shown: Shown, call: &RefusedCall) -> FactDetail {
    let rule = rule(shown.world, call).and_then(|rule| {
        let sentence = sentences::sentence(rule)?;
        Some((sentence.to_owned(), rule.to_owned()))
    });
    let cause = if call.control {
        words::control(&call.name)
    } else {
        words::REFUSED_CHANGED_NOTHING.to_owned()
    };
    let told = json!({
        "refused": call.name,
        "at": call.at.iso(),
        "input": call.input,
        "error": { "__type": call.error.code.name(), "message": call.error.message },
    });
    FactDetail {
        row: row(shown, call),
        rule,
        cause: Some(cause),
        call: (!call.control && !call.input.is_null()).then(|| call_text(&call.name, &call.input)),
        json: serde_json::to_string_pretty(&told).unwrap_or_default(),
    }
}

/// The rule behind a refusal: the broken rule on declarations, else the one that the operation keeps to.
fn rule(world: &World, call: &RefusedCall) -> Option<&'static str> {
    let declaration = call.input.get("pipeline").filter(|_| !call.control);
    let broken = declaration.and_then(|declaration| {
        let name = said(call, "/pipeline/name").filter(|_| call.name == "UpdatePipeline");
        let existing = name.and_then(|name| world.pipeline_named(name));
        let context = Context {
            region: &world.options.region,
            custom_types: world,
            existing: existing.map(|one| &*one.current().plan.declaration),
        };
        let mut problems = problems(declaration, &context).into_iter();
        problems
            .find(|problem| problem.message == call.error.message)
            .and_then(|problem| problem.rule)
    });
    broken.or_else(|| rule_behind(&call.name, call.error.code))
}
