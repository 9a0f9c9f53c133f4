//! Secret configuration values: shown as asterisks, kept when an update sends the asterisks back (S-1 to S-3).
//!
//! Which values are secret is a fact of the action type. A stored declaration always holds the values themselves,
//! so only what leaves the engine is masked.

use super::refusal::invalid_action;
use super::subject::{CustomTypes, Subject, remembered};
use crate::model::{ActionDeclaration, ActionTypeId, ApiError, PipelineDeclaration};
use std::collections::BTreeMap;

/// How a secret value is shown.
pub const MASK: &str = "****";

/// Whether a value is a mask: four asterisks, or the five that the service's own documents also print.
pub fn is_mask(value: &str) -> bool {
    value == MASK || value == "*****"
}

/// The declaration as GetPipeline shows it: every secret value replaced by [`MASK`].
pub fn mask_secrets(
    declaration: &PipelineDeclaration,
    custom_types: &dyn CustomTypes,
) -> PipelineDeclaration {
    let mut shown = declaration.clone();
    for action in shown.stages.iter_mut().flat_map(|stage| &mut stage.actions) {
        if let Some(configuration) = &mut action.configuration {
            mask(&action.action_type_id, configuration, custom_types);
        }
    }
    shown
}

/// The configuration of one action as executions show it (S-2).
pub fn mask_configuration(
    id: &ActionTypeId,
    configuration: &BTreeMap<String, String>,
    custom_types: &dyn CustomTypes,
) -> BTreeMap<String, String> {
    let mut shown = configuration.clone();
    mask(id, &mut shown, custom_types);
    shown
}

fn mask(
    id: &ActionTypeId,
    configuration: &mut BTreeMap<String, String>,
    custom_types: &dyn CustomTypes,
) {
    for key in secret_keys(id, custom_types) {
        if let Some(value) = configuration.get_mut(key) {
            MASK.clone_into(value);
        }
    }
}

/// The keys whose values are secret.
pub(super) fn secret_keys<'a>(
    id: &ActionTypeId,
    custom_types: &'a dyn CustomTypes,
) -> impl Iterator<Item = &'a str> {
    // A type that was deleted keeps its secrets.
    remembered(id, custom_types)
        .into_iter()
        .flat_map(|one| one.properties())
        .filter(|property| property.secret)
        .map(|property| property.name)
}

/// The value that a mask in this action stands for. An action is the same as before if its stage, its name and its
/// type are (S-3); a renamed one is new (SG-6).
pub(super) fn stored<'a>(
    existing: Option<&'a PipelineDeclaration>,
    stage_name: &str,
    action: &ActionDeclaration,
    key: &str,
) -> Option<&'a String> {
    let stage = existing?.stages.iter().find(|one| one.name == stage_name)?;
    let before = stage
        .actions
        .iter()
        .find(|one| one.name == action.name && one.action_type_id == action.action_type_id)?;
    before.configuration.as_ref()?.get(key)
}

/// AC-18.
pub(super) fn masks_stand_for_stored_values(subject: &Subject) -> Result<(), ApiError> {
    for placed in subject.actions() {
        let action = placed.action;
        for key in secret_keys(&action.action_type_id, subject.context.custom_types) {
            if placed.value(key).is_some_and(is_mask)
                && stored(subject.context.existing, &placed.stage.name, action, key).is_none()
                && !subject.looking.heard_key(key)
            {
                subject.looking.key(key);
                return Err(invalid_action(format!(
                    "Action configuration for the new action '{}' contains an invalid configuration for the secret \
                     property '{key}'. '****' may be used in secret properties only when updating an existing \
                     action.",
                    action.name
                )));
            }
        }
    }
    Ok(())
}
