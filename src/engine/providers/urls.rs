//! The addresses that belong to an action of a type with URL templates: of the thing it works on, of a run at its
//! provider, and of where its configuration is changed.

use super::{Configuration, Run};
use crate::order::gathered;
use crate::{
    engine::{placeholders, world::World},
    model::{ActionDeclaration, ActionTypeSettings, ActionTypeUrls},
};

/// The addresses; absent where the type has no template for one, or what the template names has no value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Urls {
    /// `entityUrl`.
    pub entity: Option<String>,
    /// `externalExecutionUrl`.
    pub execution: Option<String>,
    /// `revisionUrl`.
    pub revision: Option<String>,
}

/// The addresses of a run, whose provider calls it so.
#[must_use]
pub fn urls(run: &Run, external_id: Option<&str>) -> Urls {
    filled(run.world, run.declaration, run.configuration, external_id)
}

/// The addresses of an action that never ran. What a reference to variables will become is not known.
#[must_use]
pub fn declared_urls(world: &World, declaration: &ActionDeclaration) -> Urls {
    let known = declaration.configuration.iter().flatten();
    let known = known.filter(|(_, value)| !value.contains("#{"));
    let known = known.map(|(key, value)| (key.clone(), value.clone()));
    filled(world, declaration, &gathered(known), None)
}

fn filled(
    world: &World,
    declaration: &ActionDeclaration,
    configuration: &Configuration,
    external_id: Option<&str>,
) -> Urls {
    let settings = settings(world, declaration);
    let fill = |template: Option<String>| {
        placeholders::fill(&template?, |name| match name.strip_prefix("Config:") {
            Some(key) => configuration.get(key).cloned(),
            None if name == "ExternalExecutionId" => external_id.map(str::to_owned),
            None => None,
        })
    };
    let external = external_id.is_some();
    Urls {
        entity: fill(settings.entity_url_template),
        // Without a run at the provider there is nothing to look at, whatever the template names.
        execution: fill(settings.execution_url_template.filter(|_| external)),
        revision: fill(settings.revision_url_template),
    }
}

/// The templates of the type of an action. Those of a type that was deleted are remembered.
fn settings(world: &World, declaration: &ActionDeclaration) -> ActionTypeSettings {
    let id = &declaration.action_type_id;
    if let Some(custom) = world.custom_type_remembered(id) {
        return custom.shown.settings.clone().unwrap_or_default();
    }
    let partner = world.partner_type(id);
    let ActionTypeUrls {
        configuration_url,
        entity_url_template,
        execution_url_template,
        revision_url_template,
    } = partner
        .and_then(|partner| partner.declaration.urls.clone())
        .unwrap_or_default();
    ActionTypeSettings {
        third_party_configuration_url: configuration_url,
        entity_url_template,
        execution_url_template,
        revision_url_template,
    }
}
