//! What puts a problem right with one press, where that is known. Remedies are guesses: they change the draft like any
//! other change, and one press takes them back.

use serde_json::{Value, json};

use super::available::artifacts;
use super::change::{Change, Chosen};
use super::findings::Problem;
use super::moves::{Move, Slot};
use super::outline::Outline;
use super::{pointer, start, stores};
use crate::engine::catalogue::Property;
use crate::engine::declaration::{Context, definition};
use crate::model::ActionCategory;
use crate::page::text::edit as text;
use crate::page::view::Press;

/// The most artifacts that are offered instead of one.
const OFFERED: usize = 3;

/// What can be pressed beside a problem, at one of its places.
#[must_use]
pub fn remedies(
    draft: &Value,
    outline: &Outline,
    problem: &Problem,
    at: &str,
    context: &Context,
) -> Vec<Press> {
    let Some(rule) = problem.rule else {
        return Vec::new();
    };
    let here = Chosen::around(at);
    match rule {
        "VT-1" | "VT-2" | "VT-3" | "VT-4" | "VT-5" => vec![press(
            text::set_to("pipelineType", "V2"),
            set("/pipelineType", json!("V2")),
        )],
        "PL-6" => vec![press(
            text::ADD_STAGE,
            Change::AddStage {
                at: outline.stages.len(),
            },
        )],
        "PL-8"
            if outline
                .stages
                .first()
                .is_none_or(|stage| !stage.actions.is_empty()) =>
        {
            vec![press(text::ADD_SOURCE, Change::AddStage { at: 0 })]
        }
        "PL-9" => match here {
            Chosen::Action(stage, action) => vec![press(
                text::MOVE_TO_FIRST,
                Change::MoveAction {
                    stage,
                    action,
                    to: Move::To(0, Slot::With(1)),
                },
            )],
            _ => Vec::new(),
        },
        "PL-12" if stores::by_region(draft) => vec![removal(stores::ONE), removal(stores::EACH)],
        "PL-12" => vec![press(
            text::ADD_STORE,
            set(stores::ONE, stores::usual(context.region)),
        )],
        "PL-14" | "PL-15" => store_of(draft, at, context.region),
        "PL-16" => vec![removal(at)],
        "SG-2" | "SG-5" => rename(draft, outline, at, here),
        "SG-3" => empty_stage(here),
        "AC-6" | "AC-10" => inputs(outline, at, here, rule == "AC-6"),
        "AC-7" | "AC-11" => too_many(draft, at),
        "AC-9" => twice_made(outline, here),
        "AC-14" => missing_key(draft, at, here, context),
        "AC-15" | "AC-32" | "AC-21" | "AC-30" => vec![removal(at)],
        "AC-28" if draft.pointer(at).is_some() => vec![removal(at)],
        "AC-29" => vec![removal(at)],
        "AC-22" => {
            let name = draft.pointer(at).and_then(Value::as_str);
            let name = outline.free_namespace(name.unwrap_or_default());
            vec![press(text::rename_to(&name), set(at, json!(name)))]
        }
        "SG-15" if at.contains("/configuration/") => vec![removal(at)],
        _ => Vec::new(),
    }
}

fn press(label: impl Into<String>, change: Change) -> Press {
    Press {
        label: label.into(),
        change,
    }
}

fn set(at: &str, to: Value) -> Change {
    Change::Set {
        at: at.to_owned(),
        to,
    }
}

fn removal(at: &str) -> Press {
    let what = pointer::parent(at).map_or_else(String::new, |(_, last)| last);
    press(text::remove(&what), Change::Remove { at: at.to_owned() })
}

/// A store for the Region at a place; without a Region there, for the pipeline's own.
fn store_of(draft: &Value, at: &str, own: &str) -> Vec<Press> {
    let there = draft.pointer(at).and_then(Value::as_str);
    let region = there.unwrap_or(own);
    let change = if stores::by_region(draft) {
        stores::one_more(region)
    } else {
        stores::one_for_each(draft, own, &[region])
    };
    vec![press(text::add_store(region), change)]
}

fn rename(draft: &Value, outline: &Outline, at: &str, here: Chosen) -> Vec<Press> {
    let name = draft
        .pointer(at)
        .and_then(Value::as_str)
        .unwrap_or_default();
    let free = match here {
        Chosen::Action(stage, _) => outline
            .stages
            .get(stage)
            .map(|stage| stage.free_action(name)),
        _ => Some(outline.free_stage(name)),
    };
    // Only this one is meant: what refers to the name means the other.
    free.map(|free| press(text::rename_to(&free), set(at, json!(free))))
        .into_iter()
        .collect()
}

fn empty_stage(here: Chosen) -> Vec<Press> {
    let Chosen::Stage(stage) = here else {
        return Vec::new();
    };
    let add = Change::AddAction {
        stage,
        slot: Slot::With(1),
    };
    let remove = Change::Remove { at: here.pointer() };
    vec![
        press(text::ADD_ACTION, add),
        press(text::REMOVE_STAGE, remove),
    ]
}

/// Artifacts that are there by then, the latest first: in the place of one that is not, or as one more.
fn inputs(outline: &Outline, at: &str, here: Chosen, more: bool) -> Vec<Press> {
    let Chosen::Action(stage, place) = here else {
        return Vec::new();
    };
    let Some(action) = outline.action(stage, place) else {
        return Vec::new();
    };
    let mut available = artifacts(outline, action.position(stage));
    available.retain(|one| one.reason.is_none() && !action.inputs.contains(&one.name));
    available.reverse();
    available.truncate(OFFERED);
    let list = format!("{}/inputArtifacts", here.pointer());
    available
        .iter()
        .map(|one| {
            if more {
                let item = json!({ "name": one.name });
                let at = list.clone();
                let label = text::add_artifact(&one.name, &one.stage, &one.action);
                press(label, Change::Append { at, item })
            } else {
                let label = text::use_artifact(&one.name, &one.stage, &one.action);
                press(label, set(at, json!(one.name)))
            }
        })
        .collect()
}

fn too_many(draft: &Value, at: &str) -> Vec<Press> {
    let items = draft.pointer(at).and_then(Value::as_array);
    let Some(last) = items.and_then(|items| items.len().checked_sub(1)) else {
        return Vec::new();
    };
    let item = pointer::join(at, &last.to_string());
    let name = draft
        .pointer(&format!("{item}/name"))
        .and_then(Value::as_str);
    vec![press(
        text::remove(name.unwrap_or_default()),
        Change::Remove { at: item },
    )]
}

/// AC-9: the second maker of an artifact makes another one.
fn twice_made(outline: &Outline, here: Chosen) -> Vec<Press> {
    let Chosen::Action(stage, place) = here else {
        return Vec::new();
    };
    let makers: Vec<(&String, String)> = outline
        .actions()
        .flat_map(|((number, at), _, action)| {
            let own = format!("/stages/{number}/actions/{at}/outputArtifacts");
            action
                .outputs
                .iter()
                .enumerate()
                .map(move |(index, name)| (name, format!("{own}/{index}/name")))
        })
        .collect();
    let own = format!("/stages/{stage}/actions/{place}/");
    let twin = makers
        .iter()
        .enumerate()
        .find(|(index, (name, at))| {
            at.starts_with(&own) && makers.iter().take(*index).any(|(other, _)| other == name)
        })
        .map(|(_, twin)| twin);
    twin.map(|(name, at)| {
        let free = outline.free_artifact(name);
        press(text::rename_to(&free), set(at, json!(free)))
    })
    .into_iter()
    .collect()
}

/// The values that mean something, or an example for every key that is missing.
fn missing_key(draft: &Value, at: &str, here: Chosen, context: &Context) -> Vec<Press> {
    let id = draft.pointer(&format!("{}/actionTypeId", here.pointer()));
    let id = id.and_then(super::outline::type_id);
    let Some(definition) = id.and_then(|id| {
        let found = definition(&id, context.custom_types)?;
        Some((id, found))
    }) else {
        return Vec::new();
    };
    let (id, definition) = definition;
    let key = pointer::parent(at).map_or_else(String::new, |(_, last)| last);
    let built_in = definition.built_in();
    let known = built_in.and_then(|one| one.property(&key));
    let allowed = known.map_or(&[][..], |one| one.allowed);
    let mut presses: Vec<Press> = allowed
        .iter()
        .take(OFFERED)
        .map(|value| press(text::set_to(&key, value), set(at, json!(value))))
        .collect();
    if !presses.is_empty() {
        return presses;
    }
    let required: Vec<String> = match definition {
        crate::engine::declaration::Definition::BuiltIn(one) => {
            let required = one.properties.iter().filter(|one| one.required);
            required.map(|one| one.name.to_owned()).collect()
        }
        crate::engine::declaration::Definition::Custom(one) => {
            let required = one.properties.iter().filter(|one| one.required);
            required.map(|one| one.name.clone()).collect()
        }
    };
    let own = format!("{}/configuration", here.pointer());
    let mut missing: Vec<String> = required
        .into_iter()
        .filter(|key| draft.pointer(&pointer::join(&own, key)).is_none())
        .collect();
    if !missing.contains(&key) {
        missing.push(key.clone());
    }
    // What names an artifact has to name one that comes in.
    let input = draft.pointer(&format!("{}/inputArtifacts/0/name", here.pointer()));
    let input = input.and_then(Value::as_str);
    let value = |key: &str| match input {
        Some(input) if key.ends_with("Artifact") || key.ends_with("ArtifactName") => {
            input.to_owned()
        }
        _ => example(built_in.and_then(|one| one.property(key)), key),
    };
    presses.push(press(
        text::set_to(&key, &value(&key)),
        set(at, json!(value(&key))),
    ));
    if missing.len() > 1 && id.category != ActionCategory::Approval {
        let changes = missing
            .iter()
            .map(|key| set(&pointer::join(&own, key), json!(value(key))))
            .collect();
        presses.push(press(text::FILL_IN, Change::Several(changes)));
    }
    presses
}

fn example(property: Option<&'static Property>, key: &str) -> String {
    let first = property.and_then(|one| one.allowed.first().copied().or(one.default));
    first.map_or_else(|| start::example(key), str::to_owned)
}
