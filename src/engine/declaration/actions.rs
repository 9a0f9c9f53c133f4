//! Actions: their types, and the members that only some types have.

use super::references;
use super::refusal::invalid_action;
use super::regions::printed;
use super::subject::{Definition, Subject};
use crate::engine::catalogue::EnvironmentVariables;
use crate::model::{
    ActionCategory, ActionOwner, ActionTypeId, ApiError, EnvironmentVariableType, PipelineType,
};

/// AC-3, AC-4.
pub(super) fn types_exist(subject: &Subject) -> Result<(), ApiError> {
    let own = subject.context.region;
    let unknown = subject.actions().find(|placed| placed.definition.is_none());
    match unknown.map(|placed| placed.action) {
        None => Ok(()),
        Some(action) => {
            let id = &action.action_type_id;
            Err(invalid_action(format!(
                "ActionType (Category: '{}', Provider: '{}', Owner: '{}', Version: '{}') in action '{}' is not \
                 available in region '{}'",
                id.category,
                id.provider,
                id.owner,
                id.version,
                action.name,
                printed(action.region.as_deref().unwrap_or(own))
            )))
        }
    }
}

/// VT-5, VT-6.
pub(super) fn v2_types_need_v2(subject: &Subject) -> Result<(), ApiError> {
    if subject.pipeline_type == PipelineType::V2 {
        return Ok(());
    }
    match subject
        .known_actions()
        .filter_map(|(_, definition)| definition.built_in())
        .find(|built_in| built_in.v2_only)
    {
        None => Ok(()),
        Some(built_in) => Err(invalid_action(format!(
            "{} Action can only be used with V2 pipelines.",
            built_in.provider
        ))),
    }
}

/// AC-12: only the service's own actions that are no source can run elsewhere.
pub(super) fn run_in_the_region_of_the_pipeline(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        let elsewhere = placed
            .action
            .region
            .as_deref()
            .is_some_and(|region| region != subject.context.region);
        let bound = match definition {
            Definition::BuiltIn(built_in) => built_in.cross_region() == Some(false),
            Definition::Custom(_) => true,
        };
        if elsewhere && bound {
            let id = &placed.action.action_type_id;
            return Err(invalid_action(format!(
                "Action '{}' of category {} / owner {} cannot run in a region other than the pipeline's",
                placed.action.name, id.category, id.owner
            )));
        }
    }
    Ok(())
}

/// AC-31: the topic itself is not looked for.
pub(super) fn notifications_go_to_a_topic(subject: &Subject) -> Result<(), ApiError> {
    for placed in subject.actions() {
        let Some(arn) = placed.value("NotificationArn") else {
            continue;
        };
        if !placed.is(ActionCategory::Approval, "Manual") || references(arn).next().is_some() {
            continue;
        }
        let name = &placed.action.name;
        let already = format!(
            "The ARN {arn} has been specified for sending notifications for the approval action {name}, but the"
        );
        match parts(arn) {
            None => {
                return Err(invalid_action(format!(
                    "The ARN {arn} you specified for sending notifications for the approval action {name} contains \
                     a format error."
                )));
            }
            Some((service, _)) if service != "sns" => {
                return Err(invalid_action(format!(
                    "{already} AWS service for this ARN cannot be used to send approval requests."
                )));
            }
            Some((_, region)) if region != subject.context.region => {
                return Err(invalid_action(format!(
                    "{already} ARN is not in the same region as the pipeline."
                )));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Service and Region of an ARN: `arn:<partition>:<service>:<region>:<account>:<resource>`.
fn parts(arn: &str) -> Option<(&str, &str)> {
    let mut parts = arn.splitn(6, ':');
    let (prefix, partition) = (parts.next()?, parts.next()?);
    let (service, region) = (parts.next()?, parts.next()?);
    let (_account, resource) = (parts.next()?, parts.next()?);
    let complete = prefix == "arn"
        && ![partition, service, resource].contains(&"")
        && !arn.contains(char::is_whitespace);
    complete.then_some((service, region))
}

/// AC-21.
pub(super) fn timeouts_are_for_approvals(subject: &Subject) -> Result<(), ApiError> {
    match subject.actions().find(|placed| {
        placed.action.timeout_in_minutes.is_some() && !placed.is(ActionCategory::Approval, "Manual")
    }) {
        None => Ok(()),
        Some(placed) => Err(invalid_action(format!(
            "timeoutInMinutes is only supported for the manual approval action. Action '{}'",
            placed.action.name
        ))),
    }
}

/// AC-28: always on Compute/Commands, never on anything else, one line each.
pub(super) fn commands_belong_to_commands(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        let name = &placed.action.name;
        let commands = placed.action.commands.as_deref().unwrap_or_default();
        match (definition.takes_commands(), commands.is_empty()) {
            (true, true) => {
                return Err(invalid_action(format!(
                    "Action {name} must have a non-empty commands field"
                )));
            }
            (false, false) => {
                return Err(invalid_action(format!(
                    "Action {name} cannot have a commands field"
                )));
            }
            (true, false) if commands.iter().any(|one| one.contains(['\n', '\r'])) => {
                return Err(invalid_action(format!(
                    "Action {name} must have single-line commands"
                )));
            }
            (true | false, _) => {}
        }
    }
    Ok(())
}

/// AC-29: `outputVariables`, and `files` of an output artifact.
pub(super) fn outputs_are_declared_by_commands(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        let action = placed.action;
        if definition.takes_commands() {
            continue;
        }
        if action.output_variables.is_some() {
            subject.looking.member("outputVariables");
            return Err(invalid_action(format!(
                "outputVariables can only be used with the Commands action. Action '{}'",
                action.name
            )));
        }
        let mut outputs = action.output_artifacts.iter().flatten();
        if let Some(artifact) = outputs.find(|artifact| artifact.files.is_some()) {
            return Err(invalid_action(format!(
                "files of the output artifact '{}' can only be used with the Commands action. Action '{}'",
                artifact.name, action.name
            )));
        }
    }
    Ok(())
}

/// AC-30.
pub(super) fn environments_fit_the_type(subject: &Subject) -> Result<(), ApiError> {
    for (placed, definition) in subject.known_actions() {
        let Some(variables) = &placed.action.environment_variables else {
            continue;
        };
        let name = &placed.action.name;
        let secret = variables
            .iter()
            .find(|one| one.r#type == Some(EnvironmentVariableType::SecretsManager));
        match (definition.environment_variables(), secret) {
            (EnvironmentVariables::PlainAndSecret, _) | (EnvironmentVariables::Plain, None) => {}
            (EnvironmentVariables::Plain, Some(variable)) => {
                return Err(invalid_action(format!(
                    "Environment variable '{}' of type SECRETS_MANAGER can only be used with the Commands action. \
                     Action '{name}'",
                    variable.name
                )));
            }
            (EnvironmentVariables::None, _) => {
                return Err(invalid_action(format!(
                    "environmentVariables can only be used with the Commands and EKS actions. Action '{name}'"
                )));
            }
        }
    }
    Ok(())
}

/// Whether this is the source action of a connection, which is what triggers can name (TF-2).
pub(super) fn is_connection_source(id: &ActionTypeId) -> bool {
    id.category == ActionCategory::Source
        && id.owner == ActionOwner::Aws
        && id.provider == "CodeStarSourceConnection"
}
