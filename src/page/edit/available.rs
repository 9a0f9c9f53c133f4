//! What can be chosen at a place of a draft: artifacts and variables that are there by then, and of the others why not.

use super::outline::{Action, Outline};
use crate::engine::catalogue::OwnVariables;
use crate::engine::declaration::{CustomTypes, Position, definition};
use crate::page::text::edit as text;

/// An artifact that some action makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Its name.
    pub name: String,
    /// The stage of the action that makes it.
    pub stage: String,
    /// That action.
    pub action: String,
    /// Why it cannot be chosen, if so.
    pub reason: Option<String>,
}

/// A variable that can be referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// `#{namespace.key}`.
    pub reference: String,
    /// Why it cannot be chosen, if so.
    pub reason: Option<String>,
}

/// Every artifact of the draft, as an action at this position sees it.
#[must_use]
pub fn artifacts(outline: &Outline, at: Position) -> Vec<Artifact> {
    let made = outline.actions().flat_map(|((stage, _), place, action)| {
        let reason = too_late(action.position(stage), at, &place.name, &action.name);
        action.outputs.iter().map(move |name| Artifact {
            name: name.clone(),
            stage: place.name.clone(),
            action: action.name.clone(),
            reason: reason.clone(),
        })
    });
    made.filter(|one| !one.name.is_empty()).collect()
}

/// Every variable of the draft, as an action at this position sees it.
#[must_use]
pub fn variables(outline: &Outline, at: Position, types: &dyn CustomTypes) -> Vec<Variable> {
    let of_pipeline = outline.variables.iter().map(|name| Variable {
        reference: format!("#{{variables.{name}}}"),
        // AC-25: a source runs before the variables mean anything.
        reason: (at.stage == 0).then(|| text::NOT_IN_A_SOURCE.to_owned()),
    });
    let of_execution = std::iter::once(Variable {
        reference: "#{codepipeline.PipelineExecutionId}".to_owned(),
        reason: None,
    });
    let of_actions = outline.actions().flat_map(|((stage, _), place, action)| {
        let reason = too_late(action.position(stage), at, &place.name, &action.name);
        let namespace = action.namespace.clone().unwrap_or_default();
        let keys = if namespace.is_empty() {
            Vec::new()
        } else {
            output_variables(action, types)
        };
        keys.into_iter().map(move |key| Variable {
            reference: format!("#{{{namespace}.{key}}}"),
            reason: reason.clone(),
        })
    });
    of_execution.chain(of_pipeline).chain(of_actions).collect()
}

/// The names of the variables that an action is known to set.
#[must_use]
pub fn output_variables(action: &Action, types: &dyn CustomTypes) -> Vec<String> {
    let id = action.type_id.as_ref();
    let Some(built_in) = id.and_then(|id| definition(id, types)?.built_in()) else {
        return Vec::new();
    };
    let mut keys: Vec<String> = built_in
        .variables
        .iter()
        .map(|&key| key.to_owned())
        .collect();
    if let Some(by_change) = built_in.variables_by_change {
        let lists = [
            by_change.always,
            by_change.push,
            by_change.tag,
            by_change.pull_request,
        ];
        keys.extend(lists.into_iter().flatten().map(|&key| key.to_owned()));
    }
    if built_in.own_variables == OwnVariables::Declared {
        keys.extend(action.output_variables.iter().cloned());
    }
    let mut met = std::collections::BTreeSet::new();
    keys.retain(|key| met.insert(key.clone()));
    keys
}

fn too_late(maker: Position, at: Position, stage: &str, action: &str) -> Option<String> {
    if maker < at {
        None
    } else if maker == at {
        Some(text::at_the_same_time(stage, action))
    } else {
        Some(text::made_later(stage, action))
    }
}
