//! Masked secrets. GetPipeline shows every secret value as asterisks (S-1), and CreatePipeline refuses the asterisks
//! (AC-18), so an import puts a made-up value there. Where an existing pipeline is updated, the asterisks keep the
//! stored value (S-3) and stay.

use std::collections::BTreeMap;

use super::custom_types::Available;
use super::text;
use crate::engine::declaration::{Definition, MASK, NoCustomTypes, definition};
use crate::model::{ActionDeclaration, ActionTypeId, PipelineDeclaration};

/// Where a secret was masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretPlace {
    /// The stage.
    pub stage: String,
    /// The action.
    pub action: String,
    /// The configuration key.
    pub key: String,
}

/// What became of the masked secrets of a declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Secrets {
    /// These have a made-up value now.
    pub(super) replaced: Vec<SecretPlace>,
    /// These keep what is stored.
    pub(super) kept: Vec<SecretPlace>,
}

/// Whether a value is a mask: four asterisks, or the five that the service's own documents also print (S-1).
pub(super) fn is_mask(value: &str) -> bool {
    value
        .strip_prefix(MASK)
        .is_some_and(|rest| matches!(rest, "" | "*"))
}

/// Replaces every masked secret but those that an update keeps.
pub(super) fn unmask(
    declaration: &mut PipelineDeclaration,
    custom_types: &Available,
    existing: Option<&PipelineDeclaration>,
) -> Secrets {
    let mut secrets = Secrets::default();
    for stage in &mut declaration.stages {
        for action in &mut stage.actions {
            let Some(mut configuration) = action.configuration.take() else {
                continue;
            };
            for (key, value) in &mut configuration {
                if !is_mask(value) || !is_secret(&action.action_type_id, key, custom_types) {
                    continue;
                }
                let place = SecretPlace {
                    stage: stage.name.clone(),
                    action: action.name.clone(),
                    key: key.clone(),
                };
                let stored = existing.and_then(|before| stored(before, &stage.name, action));
                if stored.is_some_and(|stored| stored.contains_key(key)) {
                    secrets.kept.push(place);
                } else {
                    text::MADE_UP_SECRET.clone_into(value);
                    secrets.replaced.push(place);
                }
            }
            action.configuration = Some(configuration);
        }
    }
    secrets
}

/// Whether asterisks under this key hide something. A partner's keys are not published: there they always do.
fn is_secret(id: &ActionTypeId, key: &str, custom_types: &Available) -> bool {
    if let Some(Definition::BuiltIn(built_in)) = definition(id, &NoCustomTypes) {
        return match built_in.property(key) {
            Some(property) => property.secret,
            None => built_in.open_configuration,
        };
    }
    custom_types
        .get(id)
        .is_some_and(|proposal| proposal.hides(key))
}

/// The configuration that an action had: the same one if its stage, its name and its type are the same (S-3).
fn stored<'a>(
    existing: &'a PipelineDeclaration,
    stage: &str,
    action: &ActionDeclaration,
) -> Option<&'a BTreeMap<String, String>> {
    let stage = existing.stages.iter().find(|one| one.name == stage)?;
    let before = stage
        .actions
        .iter()
        .find(|one| one.name == action.name && one.action_type_id == action.action_type_id)?;
    before.configuration.as_ref()
}
