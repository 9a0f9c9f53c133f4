//! Renaming: whatever refers to a name in the same declaration follows it. Artifacts are referred to by inputs and by
//! some configuration values, namespaces and variables by `#{namespace.key}`, source actions by triggers. Where two
//! things have the name, nobody knows which one is meant, and nothing follows.

use serde_json::{Value, json};

use super::outline::Outline;
use super::pointer;
use crate::engine::catalogue::Reference;
use crate::engine::declaration::{CustomTypes, definition, references};

/// The namespace of the pipeline's variables (VA-3).
const VARIABLES: &str = "variables";

/// Renames what a pointer names.
pub(super) fn rename(draft: &mut Value, at: &str, to: &str, types: &dyn CustomTypes) {
    let before = draft.pointer(at).and_then(Value::as_str);
    let before = before.unwrap_or_default().to_owned();
    let outline = Outline::of(draft);
    let parts = pointer::parts(at);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let only = |count: usize| count == 1 && !before.is_empty();
    match parts.as_slice() {
        ["stages", _, "actions", _, "outputArtifacts", _, "name"] => {
            let makers = outline.actions().flat_map(|(_, _, action)| &action.outputs);
            if only(makers.filter(|name| **name == before).count()) {
                artifact(draft, &outline, &before, to, types);
            }
        }
        ["stages", _, "actions", _, "namespace"] => {
            let owners = outline.actions();
            let owners = owners.filter(|(_, _, action)| action.namespace.as_ref() == Some(&before));
            if only(owners.count()) {
                refer(draft, &|namespace, key| {
                    (namespace == before).then(|| format!("{to}.{key}"))
                });
            }
        }
        [VARIABLES, _, "name"] => {
            let twins = outline.variables.iter().filter(|name| **name == before);
            if only(twins.count()) {
                refer(draft, &|namespace, key| {
                    let meant = namespace == VARIABLES && key == before;
                    meant.then(|| format!("{VARIABLES}.{to}"))
                });
            }
        }
        ["stages", "0", "actions", _, "name"] => {
            let first = outline.stages.first().map(|stage| stage.actions.iter());
            let twins = first.into_iter().flatten().filter(|one| one.name == before);
            if only(twins.count()) {
                triggers(draft, &before, to);
            }
        }
        _ => {}
    }
    let gone = to.is_empty() && matches!(parts.last(), Some(&"namespace"));
    if gone {
        pointer::remove(draft, at);
    } else {
        pointer::set(draft, at, json!(to));
    }
}

fn artifact(draft: &mut Value, outline: &Outline, before: &str, to: &str, types: &dyn CustomTypes) {
    let takers: Vec<(usize, usize)> = outline
        .actions()
        .filter(|(_, _, action)| action.inputs.iter().any(|name| name == before))
        .map(|(place, _, _)| place)
        .collect();
    for (stage, place) in takers {
        let id = outline
            .action(stage, place)
            .and_then(|one| one.type_id.as_ref());
        let built_in = id.and_then(|id| definition(id, types)?.built_in());
        for property in built_in.into_iter().flat_map(|one| one.properties) {
            let at = format!(
                "/stages/{stage}/actions/{place}/configuration/{}",
                property.name
            );
            let Some(Value::String(value)) = draft.pointer_mut(&at) else {
                continue;
            };
            match property.reference {
                Reference::InputArtifact if value == before => to.clone_into(value),
                Reference::InputArtifactFile => {
                    if let Some(file) = value
                        .strip_prefix(before)
                        .filter(|rest| rest.starts_with("::"))
                    {
                        *value = format!("{to}{file}");
                    }
                }
                Reference::InputArtifact | Reference::Nothing => {}
            }
        }
    }
    // Those of actions and those of rules.
    if let Some(stages) = draft.get_mut("stages") {
        inputs(stages, before, to);
    }
}

fn inputs(value: &mut Value, before: &str, to: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| inputs(item, before, to)),
        Value::Object(members) => {
            for (key, member) in members {
                if key != "inputArtifacts" {
                    inputs(member, before, to);
                    continue;
                }
                for one in member.as_array_mut().into_iter().flatten() {
                    if one.get("name").and_then(Value::as_str) == Some(before) {
                        pointer::set(one, "/name", json!(to));
                    }
                }
            }
        }
        _ => {}
    }
}

fn triggers(draft: &mut Value, before: &str, to: &str) {
    let list = draft.get_mut("triggers").and_then(Value::as_array_mut);
    for trigger in list.into_iter().flatten() {
        if let Some(Value::String(name)) = trigger.pointer_mut("/gitConfiguration/sourceActionName")
            && name == before
        {
            to.clone_into(name);
        }
    }
}

/// Writes references to variables anew; `other` says what stands between the braces, if it changes.
fn refer(draft: &mut Value, other: &dyn Fn(&str, &str) -> Option<String>) {
    match draft {
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, other)),
        Value::Object(members) => members.values_mut().for_each(|one| refer(one, other)),
        Value::String(text) if text.contains("#{") => {
            let mut written = String::new();
            let mut from = 0;
            for reference in references(text) {
                if let Some(inside) = other(reference.namespace, reference.key) {
                    let kept = text.get(from..reference.range.start).unwrap_or_default();
                    written.push_str(kept);
                    written.push_str(&format!("#{{{inside}}}"));
                    from = reference.range.end;
                }
            }
            written.push_str(text.get(from..).unwrap_or_default());
            *text = written;
        }
        _ => {}
    }
}
