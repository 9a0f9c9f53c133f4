//! What an action becomes when it gets another provider: what the new type takes is kept, what it does not take goes,
//! what it cannot be without comes where it can be known.

use serde_json::{Value, json};

use super::available::{Artifact, artifacts};
use super::outline::Outline;
use super::{pointer, start};
use crate::engine::catalogue::EnvironmentVariables;
use crate::engine::declaration::{CustomTypes, Definition, definition};
use crate::json::to_value;
use crate::model::{ActionCategory, ActionTypeId};

/// Gives an action a type.
pub(super) fn set(
    draft: &mut Value,
    stage: usize,
    place: usize,
    id: &ActionTypeId,
    types: &dyn CustomTypes,
) {
    let outline = Outline::of(draft);
    let Some(action) = outline.action(stage, place) else {
        return;
    };
    let at = format!("/stages/{stage}/actions/{place}");
    rename(draft, &outline, stage, place, id);
    pointer::set(draft, &format!("{at}/actionTypeId"), to_value(id));
    let Some(definition) = definition(id, types) else {
        return;
    };
    configuration(draft, &at, definition);
    leave_out(draft, &at, id, definition);
    let most = definition.inputs().max;
    let mut inputs: Vec<String> = action.inputs.iter().take(most).cloned().collect();
    let least = definition
        .inputs()
        .min
        .max(usize::from(usually_takes(id, definition)));
    let available = artifacts(&outline, action.position(stage));
    let mut later: Vec<&Artifact> = available
        .iter()
        .filter(|one| one.reason.is_none())
        .collect();
    // The latest is the most finished.
    later.reverse();
    for one in later {
        if inputs.len() >= least {
            break;
        }
        if !inputs.contains(&one.name) {
            inputs.push(one.name.clone());
        }
    }
    let mut outputs: Vec<String> = action
        .outputs
        .iter()
        .take(definition.outputs().max)
        .cloned()
        .collect();
    while outputs.len() < definition.outputs().min {
        let named = Outline::of(draft);
        let name = named.action(stage, place).map(|one| one.name.clone());
        outputs.push(named.free_artifact(&format!("{}Output", name.unwrap_or_default())));
    }
    for (member, names) in [("inputArtifacts", inputs), ("outputArtifacts", outputs)] {
        let member = format!("{at}/{member}");
        let before = draft.pointer(&member).and_then(Value::as_array);
        if names.is_empty() && before.is_none_or(Vec::is_empty) {
            continue;
        }
        let kept = |name: &String| {
            let mut items = before.into_iter().flatten();
            items
                .find(|one| one.get("name").and_then(Value::as_str) == Some(name))
                .cloned()
        };
        let items: Vec<Value> = names
            .iter()
            .map(|name| kept(name).unwrap_or_else(|| json!({ "name": name })))
            .collect();
        pointer::set(draft, &member, Value::Array(items));
    }
}

/// Whether people give an action of this type an artifact though it could be without.
fn usually_takes(id: &ActionTypeId, definition: Definition) -> bool {
    let works_on_something = matches!(
        id.category,
        ActionCategory::Build
            | ActionCategory::Test
            | ActionCategory::Deploy
            | ActionCategory::Compute
    );
    works_on_something && definition.inputs().max > 0
}

/// A name that only says what the action did says what it does now.
fn rename(draft: &mut Value, outline: &Outline, stage: usize, place: usize, id: &ActionTypeId) {
    let (Some(here), Some(action)) = (outline.stages.get(stage), outline.action(stage, place))
    else {
        return;
    };
    let usual = |category| start::usual_name(category);
    let was = action.type_id.as_ref().map(|was| usual(was.category));
    let unnamed = was.is_some_and(|was| {
        let rest = action.name.strip_prefix(was);
        rest.is_some_and(|rest| rest.chars().all(|letter| letter.is_ascii_digit()))
    });
    if unnamed && was != Some(usual(id.category)) {
        let name = here.free_action(usual(id.category));
        let at = format!("/stages/{stage}/actions/{place}/name");
        pointer::set(draft, &at, json!(name));
    }
}

/// Keys that the type does not know would be refused (AC-15).
fn configuration(draft: &mut Value, at: &str, definition: Definition) {
    let Some(Value::Object(members)) = draft.pointer_mut(&format!("{at}/configuration")) else {
        return;
    };
    let known = |key: &str| match definition {
        Definition::BuiltIn(one) => one.open_configuration || one.property(key).is_some(),
        Definition::Custom(one) => {
            one.open_configuration || one.properties.iter().any(|one| one.name == key)
        }
    };
    members.retain(|key, _| known(key));
}

/// Members that only other types have would be refused (AC-21, AC-28 to AC-30).
fn leave_out(draft: &mut Value, at: &str, id: &ActionTypeId, definition: Definition) {
    let built_in = definition.built_in();
    let takes_commands = built_in.is_some_and(|one| one.takes_commands);
    let takes_environment =
        built_in.is_some_and(|one| one.environment_variables != EnvironmentVariables::None);
    for (member, fits) in [
        ("commands", takes_commands),
        ("outputVariables", takes_commands),
        ("environmentVariables", takes_environment),
        ("timeoutInMinutes", id.category == ActionCategory::Approval),
    ] {
        let member = format!("{at}/{member}");
        if !fits && draft.pointer(&member).is_some() {
            pointer::remove(draft, &member);
        }
    }
}
