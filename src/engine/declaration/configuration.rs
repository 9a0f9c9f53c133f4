//! Configuration: the keys that a type demands and knows, and the values that point at artifacts.
//!
//! Of the values themselves little is checked on saving: what a provider makes of an odd text shows when the
//! action runs (AC-34). A value with a reference to a variable is only known then, so no rule judges it.

use super::references;
use super::refusal::{invalid_action, invalid_stage};
use super::subject::{Definition, PlacedAction, PropertyFacts, Subject, input_artifacts};
use crate::engine::catalogue::{Reference, RequiredWhen};
use crate::model::ApiError;
use std::collections::BTreeMap;

/// AC-14.
pub(super) fn required_keys_are_there(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        let inputs = input_artifacts(placed.action).count();
        let configuration = placed.action.configuration.as_ref();
        let properties = definition.properties();
        let unheard = properties.filter(|one| !subject.looking.heard_key(one.name));
        if let Some(key) = missing_key(unheard, configuration, inputs) {
            subject.looking.key(key);
            return Err(invalid_action(format!(
                "Action configuration for action '{}' is missing required configuration '{key}'",
                placed.action.name
            )));
        }
    }
    Ok(())
}

/// AC-15: the first in name order.
pub(super) fn keys_are_known(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        if definition.open_configuration() {
            continue;
        }
        let mut keys = placed.action.configuration.iter().flat_map(BTreeMap::keys);
        let unknown =
            |key: &&String| property(definition, key).is_none() && !subject.looking.heard_key(key);
        if let Some(key) = keys.find(unknown) {
            subject.looking.key(key);
            return Err(invalid_action(format!(
                "Action configuration for action '{}' contains unknown configuration '{key}'",
                placed.action.name
            )));
        }
    }
    Ok(())
}

/// AC-14, AC-15, AC-32 for the rules of conditions.
pub(super) fn rules_are_configured(subject: &Subject) -> Result<(), ApiError> {
    for (placed, rule_type) in subject.known_rules() {
        let name = &placed.rule.name;
        let configuration = placed.rule.configuration.as_ref();
        let inputs: Vec<&str> = placed
            .rule
            .input_artifacts
            .iter()
            .flatten()
            .map(|artifact| artifact.name.as_str())
            .collect();
        let properties = || rule_type.properties.iter().map(PropertyFacts::from);
        if let Some(key) = missing_key(properties(), configuration, inputs.len()) {
            subject.looking.key(key);
            return Err(invalid_stage(format!(
                "Rule configuration for rule '{name}' is missing required configuration '{key}'"
            )));
        }
        let mut keys = configuration.into_iter().flat_map(BTreeMap::keys);
        if let Some(key) = keys.find(|key| rule_type.property(key).is_none()) {
            subject.looking.key(key);
            return Err(invalid_stage(format!(
                "Rule configuration for rule '{name}' contains unknown configuration '{key}'"
            )));
        }
        if let Some(key) = stray_artifact(properties(), configuration, &inputs) {
            subject.looking.key(key);
            return Err(invalid_stage(format!(
                "Rule configuration for rule '{name}' must name an input artifact of the rule in '{key}'"
            )));
        }
        if combines_without_batch(configuration) {
            subject.looking.key("CombineArtifacts");
            return Err(invalid_stage(format!(
                "Rule configuration for rule '{name}' must set 'BatchEnabled' to true for 'CombineArtifacts'"
            )));
        }
    }
    Ok(())
}

/// AC-32.
pub(super) fn batches_combine_artifacts(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        let is_codebuild = definition
            .built_in()
            .is_some_and(|built_in| built_in.provider == "CodeBuild");
        let combines = combines_without_batch(placed.action.configuration.as_ref());
        if is_codebuild && combines && !subject.looking.heard_key("CombineArtifacts") {
            subject.looking.key("CombineArtifacts");
            return Err(invalid_action(format!(
                "Action configuration for action '{}' must set 'BatchEnabled' to true for 'CombineArtifacts'",
                placed.action.name
            )));
        }
    }
    Ok(())
}

/// AC-32, AC-33: the catalogue says which values name an input artifact.
pub(super) fn values_name_input_artifacts(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        let inputs: Vec<&str> = input_artifacts(placed.action).collect();
        let configuration = placed.action.configuration.as_ref();
        let properties = definition.properties();
        let unheard = properties.filter(|one| !subject.looking.heard_key(one.name));
        if let Some(key) = stray_artifact(unheard, configuration, &inputs) {
            subject.looking.key(key);
            return Err(invalid_action(format!(
                "Action configuration for action '{}' must name an input artifact of the action in '{key}'",
                placed.action.name
            )));
        }
    }
    Ok(())
}

/// AC-20.
pub(super) fn queryable_values_are_short(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        for one in definition.properties().filter(|one| one.queryable) {
            if is_unfit_for_queries(placed, one.name) && !subject.looking.heard_key(one.name) {
                subject.looking.key(one.name);
                return Err(invalid_action(format!(
                    "Action configuration for action '{}' must have at most 20 letters, digits, underscores and \
                     hyphens in the queryable property '{}'",
                    placed.action.name, one.name
                )));
            }
        }
    }
    Ok(())
}

fn is_unfit_for_queries(placed: &PlacedAction, key: &str) -> bool {
    placed
        .value(key)
        .filter(|value| is_fixed(value))
        .is_some_and(|value| {
            value.len() > 20
                || !value
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
        })
}

/// Whether a value is known before the pipeline runs.
fn is_fixed(value: &str) -> bool {
    references(value).next().is_none()
}

/// The property of this name.
fn property<'a>(definition: Definition<'a>, name: &str) -> Option<PropertyFacts<'a>> {
    definition.properties().find(|one| one.name == name)
}

/// The first key that must be there and is not.
fn missing_key<'a>(
    properties: impl Iterator<Item = PropertyFacts<'a>>,
    configuration: Option<&BTreeMap<String, String>>,
    inputs: usize,
) -> Option<&'a str> {
    let value = |key: &str| {
        configuration
            .and_then(|map| map.get(key))
            .map(String::as_str)
    };
    let holds = |case: RequiredWhen| match case {
        RequiredWhen::Value(key, values) => value(key).is_some_and(|one| values.contains(&one)),
        RequiredWhen::Present(key) => value(key).is_some(),
        RequiredWhen::Absent(key) => value(key).is_none(),
        RequiredWhen::SeveralInputs => inputs > 1,
        RequiredWhen::NoInput => inputs == 0,
        RequiredWhen::Running(_) => false,
    };
    properties
        .filter(|one| value(one.name).is_none())
        .find(|one| one.required || one.required_when.is_some_and(holds))
        .map(|one| one.name)
}

/// The first key whose value should name an input artifact and does not.
fn stray_artifact<'a>(
    properties: impl Iterator<Item = PropertyFacts<'a>>,
    configuration: Option<&BTreeMap<String, String>>,
    inputs: &[&str],
) -> Option<&'a str> {
    let configuration = configuration?;
    let strays = |one: &PropertyFacts| {
        let Some(value) = configuration.get(one.name).filter(|value| is_fixed(value)) else {
            return false;
        };
        match one.reference {
            Reference::Nothing => false,
            Reference::InputArtifact => !inputs.contains(&value.as_str()),
            Reference::InputArtifactFile => !value
                .split_once("::")
                .is_some_and(|(artifact, file)| inputs.contains(&artifact) && !file.is_empty()),
        }
    };
    let mut properties = properties;
    properties.find(strays).map(|one| one.name)
}

/// Whether the parts of a batch are to be combined though there is no batch.
fn combines_without_batch(configuration: Option<&BTreeMap<String, String>>) -> bool {
    let is_true = |key: &str| {
        configuration
            .and_then(|map| map.get(key))
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    };
    let batch_is_fixed = configuration
        .and_then(|map| map.get("BatchEnabled"))
        .is_none_or(|value| is_fixed(value));
    is_true("CombineArtifacts") && batch_is_fixed && !is_true("BatchEnabled")
}
