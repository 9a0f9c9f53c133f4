//! Custom action types that a declaration uses. A declaration does not say what its types are like, so a type that
//! this world does not have is guessed from the actions that use it.

use std::collections::{BTreeMap, BTreeSet};

use super::secrets::is_mask;
use crate::engine::{
    declaration::{ActionTypeDefinition, CustomTypes, output_artifacts},
    time::Instant,
    world::{World, custom_type::CustomType},
};
use crate::model::{
    ActionCategory, ActionConfigurationProperty, ActionDeclaration, ActionOwner, ActionTypeId,
    ArtifactDetails, CreateCustomActionTypeInput, PipelineDeclaration,
};

/// A custom action type that the declaration uses.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The type.
    pub id: ActionTypeId,
    /// How to create it: as this world has it, or guessed.
    pub input: CreateCustomActionTypeInput,
    /// Whether this world has it.
    pub known_here: bool,
    /// What the rules on declarations need of it.
    definition: ActionTypeDefinition,
    /// Keys whose values are shown as asterisks.
    secret_keys: BTreeSet<String>,
}

impl Proposal {
    /// Whether the value under this key is shown as asterisks.
    pub(super) fn hides(&self, key: &str) -> bool {
        self.secret_keys.contains(key)
    }
}

/// What tells custom types apart.
type Key<'a> = (ActionCategory, &'a str, &'a str);

fn key(id: &ActionTypeId) -> Option<Key<'_>> {
    let key = (id.category, id.provider.as_str(), id.version.as_str());
    (id.owner == ActionOwner::Custom).then_some(key)
}

/// Every custom action type of the declaration, by category, provider and version.
pub(super) fn proposals(declaration: &PipelineDeclaration, world: &World) -> Vec<Proposal> {
    let mut types: BTreeMap<Key, Vec<&ActionDeclaration>> = BTreeMap::new();
    for action in declaration.stages.iter().flat_map(|stage| &stage.actions) {
        if let Some(key) = key(&action.action_type_id) {
            types.entry(key).or_default().push(action);
        }
    }
    let propose = |actions: Vec<&ActionDeclaration>| {
        let id = &actions.first()?.action_type_id;
        let record = world.custom_type_record(id);
        let input = match record {
            Some(record) => as_it_is(record),
            None => guess(id, &actions),
        };
        let properties = input.configuration_properties.iter().flatten();
        let secret = properties.filter(|property| property.secret);
        Some(Proposal {
            id: id.clone(),
            known_here: record.is_some(),
            secret_keys: secret.map(|property| property.name.clone()).collect(),
            // When it is created makes no difference to what it is.
            definition: CustomType::new(&input, Instant(0)).definition,
            input,
        })
    };
    types.into_values().filter_map(propose).collect()
}

/// How a type of this world is created in another one.
fn as_it_is(record: &CustomType) -> CreateCustomActionTypeInput {
    let shown = &record.shown;
    CreateCustomActionTypeInput {
        category: shown.id.category,
        provider: shown.id.provider.clone(),
        version: shown.id.version.clone(),
        settings: shown.settings.clone(),
        configuration_properties: shown.action_configuration_properties.clone(),
        input_artifact_details: shown.input_artifact_details.clone(),
        output_artifact_details: shown.output_artifact_details.clone(),
        tags: Some(record.tags.clone()).filter(|tags| !tags.is_empty()),
    }
}

/// A type that all these actions fit: a key that every one has is required, one whose value is masked somewhere is
/// secret, and as many artifacts are allowed as they have.
fn guess(id: &ActionTypeId, actions: &[&ActionDeclaration]) -> CreateCustomActionTypeInput {
    let mut keys: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    for (key, value) in actions
        .iter()
        .flat_map(|action| action.configuration.iter().flatten())
    {
        let (uses, masked) = keys.entry(key).or_default();
        *uses += 1;
        *masked |= is_mask(value);
    }
    let property = |(name, (uses, masked)): (&str, (usize, bool))| ActionConfigurationProperty {
        name: name.to_owned(),
        required: uses == actions.len(),
        key: false,
        secret: masked,
        ..ActionConfigurationProperty::default()
    };
    let properties: Vec<_> = keys.into_iter().map(property).collect();
    let inputs = |action: &ActionDeclaration| action.input_artifacts.iter().flatten().count();
    CreateCustomActionTypeInput {
        category: id.category,
        provider: id.provider.clone(),
        version: id.version.clone(),
        configuration_properties: Some(properties).filter(|list| !list.is_empty()),
        input_artifact_details: span(actions.iter().map(|action| inputs(action))),
        output_artifact_details: span(
            actions
                .iter()
                .map(|action| output_artifacts(action).count()),
        ),
        ..CreateCustomActionTypeInput::default()
    }
}

/// The fewest and the most of these.
fn span(counts: impl Iterator<Item = usize>) -> ArtifactDetails {
    let number = |count: Option<usize>| count.and_then(|count| i64::try_from(count).ok());
    let counts: Vec<usize> = counts.collect();
    ArtifactDetails {
        minimum_count: number(counts.iter().min().copied()).unwrap_or_default(),
        maximum_count: number(counts.iter().max().copied()).unwrap_or_default(),
    }
}

/// Custom types by id: those that the rules on declarations see, for example.
pub(super) struct Available<'a>(BTreeMap<Key<'a>, &'a Proposal>);

impl<'a> Available<'a> {
    pub(super) fn new(proposals: impl IntoIterator<Item = &'a Proposal>) -> Self {
        let keyed = |proposal: &'a Proposal| key(&proposal.id).map(|key| (key, proposal));
        Self(proposals.into_iter().filter_map(keyed).collect())
    }

    pub(super) fn get(&self, id: &ActionTypeId) -> Option<&'a Proposal> {
        self.0.get(&key(id)?).copied()
    }
}

impl CustomTypes for Available<'_> {
    fn find(&self, id: &ActionTypeId) -> Option<&ActionTypeDefinition> {
        self.get(id).map(|proposal| &proposal.definition)
    }
}
