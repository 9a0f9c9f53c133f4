//! Action types that users of the account made (jobs-wire-cli.md §3).

use crate::json::{FromJson, ToJson};

use crate::{
    engine::{
        declaration::{ActionTypeDefinition, PropertyDefinition},
        time::Instant,
    },
    model::{
        ActionConfigurationProperty, ActionOwner, ActionType, ActionTypeId,
        CreateCustomActionTypeInput, Tag,
    },
};

/// QT-4: custom actions in a Region.
pub const MOST_CUSTOM_TYPES: usize = 50;

/// A custom action type.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct CustomType {
    /// As the API shows it.
    pub shown: ActionType,
    /// When it was made.
    pub created: Instant,
    /// When it was deleted. It is remembered: its version means this definition for ever.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Instant>,
    /// Its tags.
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// What the rules on declarations need. Derived.
    #[json(skip)]
    pub definition: ActionTypeDefinition,
}

impl CustomType {
    /// A type as it was asked for.
    #[must_use]
    pub fn new(input: &CreateCustomActionTypeInput, created: Instant) -> Self {
        // the service does not give the type of a property back.
        let properties = input.configuration_properties.as_ref().map(|list| {
            list.iter()
                .map(|property| ActionConfigurationProperty {
                    r#type: None,
                    ..property.clone()
                })
                .collect()
        });
        let mut made = Self {
            shown: ActionType {
                id: ActionTypeId {
                    category: input.category,
                    owner: ActionOwner::Custom,
                    provider: input.provider.clone(),
                    version: input.version.clone(),
                },
                settings: Some(input.settings.clone().unwrap_or_default()),
                action_configuration_properties: properties,
                input_artifact_details: input.input_artifact_details.clone(),
                output_artifact_details: input.output_artifact_details.clone(),
            },
            created,
            deleted: None,
            tags: input.tags.clone().unwrap_or_default(),
            definition: ActionTypeDefinition::default(),
        };
        made.index();
        made
    }

    /// Works out what is derived.
    pub fn index(&mut self) {
        let count = |number: i64| usize::try_from(number).unwrap_or_default();
        let (inputs, outputs) = (
            &self.shown.input_artifact_details,
            &self.shown.output_artifact_details,
        );
        self.definition = ActionTypeDefinition {
            inputs: (count(inputs.minimum_count), count(inputs.maximum_count)),
            outputs: (count(outputs.minimum_count), count(outputs.maximum_count)),
            properties: self
                .shown
                .action_configuration_properties
                .iter()
                .flatten()
                .map(|property| PropertyDefinition {
                    name: property.name.clone(),
                    required: property.required,
                    secret: property.secret,
                    queryable: property.queryable.unwrap_or_default(),
                })
                .collect(),
            open_configuration: false,
        };
    }
}
