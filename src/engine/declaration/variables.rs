//! Variables: those of the pipeline, the namespaces of actions, and references to both.

use super::looking::Part;
use super::refusal::{invalid_action, invalid_stage, invalid_structure, repeated};
use super::subject::{PlacedAction, PlacedRule, Position, Subject, output_artifacts};
use super::{Reference, references};
use crate::model::ApiError;

/// The namespace of what every execution knows about itself (VA-1).
pub(super) const EXECUTION_NAMESPACE: &str = "codepipeline";

/// The namespace of the pipeline's variables, if it has any (VA-3).
pub(super) const PIPELINE_NAMESPACE: &str = "variables";

/// PV-2.
pub(super) fn names_are_unique(subject: &Subject) -> Result<(), ApiError> {
    match repeated(declared(subject)) {
        None => Ok(()),
        Some(name) => Err(invalid_structure(format!(
            "Variable names must be unique. The following variable name is already in use: {name}"
        ))),
    }
}

/// AC-25, VA-10: a source action runs before its pipeline's variables mean anything.
pub(super) fn sources_use_no_pipeline_variables(subject: &Subject) -> Result<(), ApiError> {
    let mut lines = Vec::new();
    for placed in subject.actions.iter().filter(|placed| placed.is_source()) {
        lines.extend(
            uses_by_action(placed)
                .filter(|one| is_pipeline_variable(subject, &one.reference))
                .map(|one| one.line(subject)),
        );
    }
    refuse(lines, |lines| {
        invalid_structure(format!(
            "Variables at the pipeline level cannot be used in source actions.{lines}"
        ))
    })
}

/// AC-26.
pub(super) fn pipeline_variables_are_declared(subject: &Subject) -> Result<(), ApiError> {
    let of_actions = subject.actions.iter().flat_map(uses_by_action);
    let of_rules = subject.rules.iter().flat_map(uses_by_rule);
    let lines = of_actions
        .chain(of_rules)
        .filter(|one| {
            is_pipeline_variable(subject, &one.reference)
                && !declared(subject).any(|name| name == one.reference.key)
        })
        .map(|one| one.line(subject))
        .collect();
    refuse(lines, |lines| {
        invalid_structure(format!(
            "The referenced variables haven't been declared.{lines}"
        ))
    })
}

/// AC-22, VA-2, VA-3.
pub(super) fn namespaces_are_unique(subject: &Subject) -> Result<(), ApiError> {
    let mut met = std::collections::BTreeSet::new();
    for (placed, namespace) in namespaces(subject) {
        if !met.insert(namespace) {
            subject.looking.at(placed.part);
            return Err(invalid_action(format!(
                "Namespaces must be unique across the pipeline definition. The following occur more than once in the \
                 pipeline. StageName=[{}], ActionName=[{}], Namespace=[{namespace}]",
                placed.stage.name, placed.action.name
            )));
        }
    }
    for (placed, namespace) in namespaces(subject) {
        let reserved = namespace == EXECUTION_NAMESPACE
            || (namespace == PIPELINE_NAMESPACE && declared(subject).next().is_some());
        let is_artifact = subject
            .actions
            .iter()
            .any(|other| output_artifacts(other.action).any(|artifact| artifact == namespace));
        let problem = match (reserved, is_artifact) {
            (true, _) => "The following namespace is reserved",
            (false, true) => "The following namespace is also the name of an artifact",
            (false, false) => continue,
        };
        subject.looking.at(placed.part);
        return Err(invalid_action(format!(
            "{problem}. StageName=[{}], ActionName=[{}], Namespace=[{namespace}]",
            placed.stage.name, placed.action.name
        )));
    }
    Ok(())
}

/// AC-23.
pub(super) fn references_name_a_namespace(subject: &Subject) -> Result<(), ApiError> {
    let lines = subject
        .actions
        .iter()
        .flat_map(uses_by_action)
        .filter(|one| !names_a_namespace(subject, &one.reference))
        .map(|one| one.line(subject))
        .collect();
    refuse(lines, |lines| invalid_action(format!("{UNKNOWN}{lines}")))
}

/// AC-24, VA-12.
pub(super) fn references_name_an_earlier_action(subject: &Subject) -> Result<(), ApiError> {
    let lines = subject
        .actions
        .iter()
        .flat_map(uses_by_action)
        .filter(|one| !is_set_before(subject, one))
        .map(|one| one.line(subject))
        .collect();
    refuse(lines, |lines| invalid_action(format!("{TOO_LATE}{lines}")))
}

/// AC-23, AC-24, CO-5 for the configuration of rules.
pub(super) fn rule_references_exist(subject: &Subject) -> Result<(), ApiError> {
    let uses = || subject.rules.iter().flat_map(uses_by_rule);
    let unknown = uses()
        .filter(|one| !names_a_namespace(subject, &one.reference))
        .map(|one| one.line(subject))
        .collect();
    refuse(unknown, |lines| invalid_stage(format!("{UNKNOWN}{lines}")))?;
    let too_late = uses()
        .filter(|one| !is_set_before(subject, one))
        .map(|one| one.line(subject))
        .collect();
    refuse(too_late, |lines| {
        invalid_stage(format!("{TOO_LATE}{lines}"))
    })
}

const UNKNOWN: &str = "Valid format for a pipeline execution variable reference is a namespace and a key separated by a \
    period (.). The following pipeline execution variables are referencing a namespace that does not exist.";

const TOO_LATE: &str = "The following pipeline execution variables are referencing an action that does not run before \
    they are used.";

/// What references in these members are told as, beside the keys of a configuration.
const COMMANDS: &str = "commands";
const ENVIRONMENT: &str = "environmentVariables";

/// A place where a variable is used.
struct Use<'a> {
    stage: &'a str,
    /// `Action` or `Rule`.
    user: &'static str,
    name: &'a str,
    key: &'a str,
    part: Part,
    reference: Reference<'a>,
    /// Actions before this position have set their variables.
    sees_before: Position,
}

impl Use<'_> {
    /// The line that tells where it is, with the line break before it.
    fn line(&self, subject: &Subject) -> String {
        match self.key {
            COMMANDS | ENVIRONMENT => subject.looking.also(self.part, self.key),
            key => subject.looking.also_key(self.part, key),
        }
        let user = self.user;
        format!(
            "\nStageName=[{}], {user}Name=[{}], {user}ConfigurationKey=[{}], VariableReferenceText=[{}]",
            self.stage, self.name, self.key, self.reference.text
        )
    }
}

/// VA-16: configuration values, and of a Commands action the commands and environment variables as well.
fn uses_by_action<'a>(placed: &PlacedAction<'a>) -> impl Iterator<Item = Use<'a>> + use<'a> {
    let action = placed.action;
    let configuration = action.configuration.iter().flatten();
    let commands = action.commands.iter().flatten();
    let environment = action.environment_variables.iter().flatten();
    let (stage, part, sees_before) = (placed.stage.name.as_str(), placed.part, placed.position);
    configuration
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .chain(environment.map(|one| (ENVIRONMENT, one.value.as_str())))
        .chain(commands.map(|command| (COMMANDS, command.as_str())))
        .flat_map(|(key, text)| references(text).map(move |reference| (key, reference)))
        .map(move |(key, reference)| Use {
            stage,
            user: "Action",
            name: &action.name,
            key,
            part,
            reference,
            sees_before,
        })
}

/// CO-13: configuration values of a rule.
fn uses_by_rule<'a>(placed: &PlacedRule<'a>) -> impl Iterator<Item = Use<'a>> + use<'a> {
    let rule = placed.rule;
    let (stage, part, sees_before) = (placed.stage.name.as_str(), placed.part, placed.sees_before);
    rule.configuration
        .iter()
        .flatten()
        .flat_map(|(key, text)| references(text).map(move |reference| (key, reference)))
        .map(move |(key, reference)| Use {
            stage,
            user: "Rule",
            name: &rule.name,
            key,
            part,
            reference,
            sees_before,
        })
}

/// The names of the pipeline's variables.
fn declared<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let variables = subject.declaration.variables.iter().flatten();
    variables.map(|variable| variable.name.as_str())
}

/// The namespaces of actions, in declaration order.
fn namespaces<'s, 'a>(
    subject: &'s Subject<'a>,
) -> impl Iterator<Item = (&'s PlacedAction<'a>, &'a str)> {
    subject
        .actions
        .iter()
        .filter_map(|placed| Some((placed, placed.action.namespace.as_deref()?)))
}

/// Whether a reference means a variable of the pipeline. Without any, `variables` is a namespace like others.
fn is_pipeline_variable(subject: &Subject, reference: &Reference) -> bool {
    reference.namespace == PIPELINE_NAMESPACE && declared(subject).next().is_some()
}

fn names_a_namespace(subject: &Subject, reference: &Reference) -> bool {
    let is_known = reference.namespace == EXECUTION_NAMESPACE
        || is_pipeline_variable(subject, reference)
        || namespaces(subject).any(|(_, namespace)| namespace == reference.namespace);
    is_known && !reference.key.is_empty()
}

/// Whether the namespace has its values by then; one that does not exist is no question of time.
fn is_set_before(subject: &Subject, one: &Use) -> bool {
    let mut owners = namespaces(subject)
        .filter(|(_, namespace)| *namespace == one.reference.namespace)
        .peekable();
    owners.peek().is_none() || owners.any(|(owner, _)| owner.position < one.sees_before)
}

/// An error about the lines, if there are any.
fn refuse(lines: Vec<String>, error: impl Fn(String) -> ApiError) -> Result<(), ApiError> {
    if lines.is_empty() {
        return Ok(());
    }
    Err(error(lines.concat()))
}
