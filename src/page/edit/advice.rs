//! Advice: what the service takes without a word, and somebody may still want to know. It never stands against saving,
//! and is always told apart from what the service says.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::change::Change;
use super::outline::Outline;
use crate::engine::declaration::{pipeline_type, references};
use crate::engine::world::pipeline::Pipeline;
use crate::model::{ActionCategory, ExecutionMode, PipelineDeclaration, PipelineType};
use crate::page::import::ignored;
use crate::page::text::edit as text;
use crate::page::view::Press;
use crate::page::view::build::time;

/// One piece of advice.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// What there is to know.
    pub message: String,
    /// Where, as a JSON pointer.
    pub at: String,
    /// What would change it.
    pub remedies: Vec<Press>,
}

/// All advice about a draft. `saved` is the pipeline that it is a draft of.
#[must_use]
pub fn advice(
    draft: &Value,
    outline: &Outline,
    saved: Option<&Pipeline>,
    now: crate::engine::time::Instant,
) -> Vec<Advice> {
    let mut all = Vec::new();
    let mut say = |message: String, at: String, remedies: Vec<Press>| {
        all.push(Advice {
            message,
            at,
            remedies,
        });
    };
    for path in ignored(&PipelineDeclaration, draft) {
        say(text::ignored(&path), String::new(), Vec::new());
    }
    if let Ok(declaration) = crate::json::from_value::<PipelineDeclaration>(draft.clone()) {
        match (declaration.pipeline_type, pipeline_type(&declaration)) {
            (Some(PipelineType::V1), _) | (None, PipelineType::V1) => {
                say(
                    text::IS_V1.to_owned(),
                    "/pipelineType".to_owned(),
                    vec![make_v2()],
                );
            }
            (None, concluded) => say(
                text::type_left_out(concluded),
                "/pipelineType".to_owned(),
                vec![make_v2()],
            ),
            (Some(PipelineType::V2), _) => {}
        }
        let deploys = outline.actions().any(|(_, _, action)| {
            let id = action.type_id.as_ref();
            id.is_some_and(|id| id.category == ActionCategory::Deploy)
        });
        if declaration.execution_mode == Some(ExecutionMode::Parallel) && deploys {
            let at = "/executionMode".to_owned();
            say(text::PARALLEL_GATES.to_owned(), at, Vec::new());
        }
    }
    let used = Used::of(draft);
    for ((stage, place), _, action) in outline.actions() {
        let at = format!("/stages/{stage}/actions/{place}");
        for (number, name) in action.outputs.iter().enumerate() {
            if !used.artifacts.contains(name) && !name.is_empty() {
                let at = format!("{at}/outputArtifacts/{number}/name");
                say(text::nobody_uses(name), at, Vec::new());
            }
        }
        if let Some(namespace) = &action.namespace
            && !used.references.iter().any(|(one, _)| one == namespace)
        {
            let at = format!("{at}/namespace");
            let remedy = Press {
                label: text::remove("namespace"),
                change: Change::Remove { at: at.clone() },
            };
            say(text::nobody_reads(namespace), at, vec![remedy]);
        }
    }
    for (number, name) in outline.variables.iter().enumerate() {
        let at = format!("/variables/{number}");
        let key = ("variables".to_owned(), name.clone());
        if !used.references.contains(&key) && !name.is_empty() {
            say(text::nobody_refers(name), format!("{at}/name"), Vec::new());
        }
        let default = format!("{at}/defaultValue");
        if draft.pointer(&default).is_none() && !name.is_empty() {
            say(text::must_be_given(name), default, Vec::new());
        }
    }
    for (number, stage) in outline.stages.iter().enumerate() {
        let states = saved.into_iter().flat_map(|pipeline| &pipeline.stages);
        let mut states = states.filter(|state| *state.name == *stage.name);
        if let Some(state) = states.next()
            && state.transition.disabled.is_some()
        {
            let since = state.transition.changed.as_ref();
            let since = since
                .map(|(_, at)| time::when(*at, now))
                .unwrap_or_default();
            let at = format!("/stages/{number}");
            say(text::gate_closed(&stage.name, &since), at, Vec::new());
        }
    }
    all
}

fn make_v2() -> Press {
    Press {
        label: text::set_to("pipelineType", "V2"),
        change: Change::Set {
            at: "/pipelineType".to_owned(),
            to: json!("V2"),
        },
    }
}

/// What is referred to anywhere in a draft.
#[derive(Default)]
struct Used {
    artifacts: BTreeSet<String>,
    /// Namespace and key.
    references: BTreeSet<(String, String)>,
}

impl Used {
    fn of(draft: &Value) -> Self {
        let mut used = Self::default();
        used.visit(draft);
        used
    }

    fn visit(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.visit(item)),
            Value::Object(members) => {
                for (key, member) in members {
                    if key == "inputArtifacts" {
                        let names = member.as_array().into_iter().flatten();
                        let names = names.filter_map(|one| one.get("name")?.as_str());
                        self.artifacts.extend(names.map(str::to_owned));
                    }
                    self.visit(member);
                }
            }
            Value::String(text) => {
                let found = references(text);
                self.references
                    .extend(found.map(|one| (one.namespace.to_owned(), one.key.to_owned())));
            }
            _ => {}
        }
    }
}
