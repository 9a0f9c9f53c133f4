//! Action types of partners whose integration model was changed by UpdateActionType. What nobody changed stands
//! in the catalogue.

use std::rc::Rc;

use crate::json::{FromJson, ToJson};

use crate::{
    engine::{
        catalogue,
        declaration::{ActionTypeDefinition, PropertyDefinition},
    },
    model::{ActionOwner, ActionTypeDeclaration, ActionTypeId, ActionTypeIdentifier},
};

/// The id of an action type as declarations write it; `None` for an owner that they do not know.
#[must_use]
pub fn type_id(id: &ActionTypeIdentifier) -> Option<ActionTypeId> {
    Some(ActionTypeId {
        category: id.category,
        owner: ActionOwner::from_name(&id.owner)?,
        provider: id.provider.clone(),
        version: id.version.clone(),
    })
}

/// A partner's action type that was changed.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct PartnerType {
    /// As the integrator describes it.
    pub declaration: Rc<ActionTypeDeclaration>,
    /// What the rules on declarations need. Derived.
    #[json(skip)]
    pub definition: ActionTypeDefinition,
}

impl PartnerType {
    /// A type as it was asked for.
    #[must_use]
    pub fn new(declaration: Rc<ActionTypeDeclaration>) -> Self {
        let mut made = Self {
            declaration,
            definition: ActionTypeDefinition::default(),
        };
        made.index();
        made
    }

    /// Works out what is derived.
    pub fn index(&mut self) {
        let declaration = &self.declaration;
        let count = |number: i64| usize::try_from(number).unwrap_or_default();
        let (inputs, outputs) = (
            &declaration.input_artifact_details,
            &declaration.output_artifact_details,
        );
        // Where nobody published the keys of a type, any key is taken, as long as nobody lists them.
        let listed = declaration.properties.as_deref().unwrap_or_default();
        let open = listed.is_empty()
            && type_id(&declaration.id)
                .and_then(|id| catalogue::find(id.category, id.owner, &id.provider, &id.version))
                .is_some_and(|one| one.open_configuration);
        self.definition = ActionTypeDefinition {
            inputs: (count(inputs.minimum_count), count(inputs.maximum_count)),
            outputs: (count(outputs.minimum_count), count(outputs.maximum_count)),
            properties: listed
                .iter()
                .map(|property| PropertyDefinition {
                    name: property.name.clone(),
                    required: !property.optional,
                    secret: property.no_echo,
                    queryable: property.queryable.unwrap_or_default(),
                })
                .collect(),
            open_configuration: open,
        };
    }
}
