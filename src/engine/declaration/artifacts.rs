//! Artifacts: how many an action takes and makes, that names are unique, and that what is taken was made before.

use super::refusal::{invalid_action, invalid_stage, repeated};
use super::subject::{Position, Subject, input_artifacts, output_artifacts};
use crate::engine::catalogue::ArtifactCounts;
use crate::model::ApiError;

/// AC-6.
pub(super) fn enough_inputs(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        let count = input_artifacts(placed.action).count();
        let wanted = ArtifactCounts {
            max: usize::MAX,
            ..definition.inputs()
        };
        if let Some(problem) = miscount("Action", &placed.action.name, count, "input", wanted) {
            return Err(invalid_action(problem));
        }
    }
    Ok(())
}

/// AC-7.
pub(super) fn other_counts_fit(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        let name = &placed.action.name;
        let inputs = input_artifacts(placed.action).count();
        let outputs = output_artifacts(placed.action).count();
        let problem =
            miscount("Action", name, inputs, "input", definition.inputs()).or_else(|| {
                subject.looking.member("outputArtifacts");
                miscount("Action", name, outputs, "output", definition.outputs())
            });
        if let Some(problem) = problem {
            return Err(invalid_action(problem));
        }
    }
    Ok(())
}

/// SG-17, the count. The counts of rule types are this project's choice.
pub(super) fn rule_inputs_are_counted(subject: &Subject) -> Result<(), ApiError> {
    for (placed, rule_type) in subject.known_rules() {
        let count = placed.rule.input_artifacts.iter().flatten().count();
        let name = &placed.rule.name;
        if let Some(problem) = miscount("Rule", name, count, "input", rule_type.inputs) {
            return Err(invalid_stage(problem));
        }
    }
    Ok(())
}

/// The sentence about a count that is too small or too large.
fn miscount(
    what: &str,
    name: &str,
    count: usize,
    side: &str,
    wanted: ArtifactCounts,
) -> Option<String> {
    let (comparison, bound) = if count < wanted.min {
        ("less than the minimum", wanted.min)
    } else if count > wanted.max {
        ("more than the maximum", wanted.max)
    } else {
        return None;
    };
    Some(format!(
        "{what} {name} declares {count} {side} artifacts which is {comparison} count ({bound})"
    ))
}

/// AC-9.
pub(super) fn outputs_are_unique(subject: &Subject) -> Result<(), ApiError> {
    let outputs = subject
        .actions()
        .flat_map(|placed| output_artifacts(placed.action));
    match repeated(outputs) {
        None => Ok(()),
        Some(name) => Err(invalid_action(format!(
            "Output Artifact Bundle name must be unique within the pipeline. {name} has been used more than once."
        ))),
    }
}

/// AC-11.
pub(super) fn inputs_are_named_once(subject: &Subject) -> Result<(), ApiError> {
    for placed in subject.actions() {
        if let Some(name) = repeated(input_artifacts(placed.action)) {
            return Err(invalid_action(format!(
                "Input Artifact Bundle {name} has been used more than once in action {}",
                placed.action.name
            )));
        }
    }
    Ok(())
}

/// AC-10.
pub(super) fn inputs_exist(subject: &Subject) -> Result<(), ApiError> {
    for placed in subject.actions() {
        if let Some((number, name)) = input_artifacts(placed.action)
            .enumerate()
            .find(|(_, name)| !is_made_before(subject, name, placed.position))
        {
            subject
                .looking
                .member(&format!("inputArtifacts/{number}/name"));
            return Err(invalid_action(format!(
                "Input Artifact Bundle {name} in action {} is not declared as Output Artifact Bundle in any of the \
                 preceding actions",
                placed.action.name
            )));
        }
    }
    Ok(())
}

/// SG-17: beforeEntry sees what earlier stages made, the others what their own stage made, too.
pub(super) fn rule_inputs_exist(subject: &Subject) -> Result<(), ApiError> {
    for placed in subject.rules() {
        let mut inputs = placed.rule.input_artifacts.iter().flatten();
        if let Some(artifact) =
            inputs.find(|artifact| !is_made_before(subject, &artifact.name, placed.sees_before))
        {
            return Err(invalid_stage(format!(
                "Input Artifact Bundle {} in rule {} is not declared as Output Artifact Bundle in any of the \
                 preceding actions",
                artifact.name, placed.rule.name
            )));
        }
    }
    Ok(())
}

/// Whether an action that surely runs before this position makes the artifact.
fn is_made_before(subject: &Subject, name: &str, position: Position) -> bool {
    subject
        .actions
        .iter()
        .take_while(|placed| placed.position.stage <= position.stage)
        .filter(|placed| placed.position < position)
        .any(|placed| output_artifacts(placed.action).any(|output| output == name))
}
