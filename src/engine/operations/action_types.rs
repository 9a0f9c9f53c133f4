//! ListActionTypes, GetActionType, UpdateActionType (jobs-wire-cli.md §3.3).
//!
//! A built-in type is told as the catalogue knows it. A partner's type whose integration model was changed is told as it
//! was changed, and the rules on declarations take it so, too; how a simulated run of it goes stays in the catalogue.

use std::rc::Rc;

use super::{custom_action_types as custom, paging};
use crate::{
    engine::{
        catalogue,
        decision::Decision,
        declaration::is_region,
        fact::Event,
        world::{
            World,
            custom_type::CustomType,
            partner_type::{self, PartnerType},
        },
    },
    model::{
        ActionConfigurationProperty, ActionOwner, ActionType, ActionTypeArtifactDetails,
        ActionTypeDeclaration, ActionTypeExecutor, ActionTypeId, ActionTypeIdentifier,
        ActionTypePermissions, ActionTypeProperty, ActionTypeSettings, ApiError, ArtifactDetails,
        ErrorCode, ExecutorConfiguration, ExecutorType, GetActionTypeInput, GetActionTypeOutput,
        JobWorkerExecutorConfiguration, ListActionTypesInput, ListActionTypesOutput,
        UpdateActionTypeInput,
    },
};

/// items of a page.
const PAGE: usize = 100;

/// Descriptions in lists are shorter than those of integration models.
const MOST_OF_A_DESCRIPTION: usize = 160;

/// J-44: seconds that a function may take.
const LONGEST_FUNCTION: i64 = 900;

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::ValidationException, message)
}

/// A type in the list: its place there as a text, and itself.
enum Listed<'a> {
    BuiltIn(&'static catalogue::ActionType),
    Partner(&'a PartnerType),
    Custom(&'a CustomType),
}

/// ListActionTypes: built-in types in the order of the catalogue, then those of the account.
pub fn list(world: &World, input: ListActionTypesInput) -> Result<ListActionTypesOutput, ApiError> {
    let (owner, region) = (input.action_owner_filter, input.region_filter);
    if let Some(region) = region.as_deref().filter(|region| !is_region(region)) {
        return Err(invalid(format!(
            "'{region}' is not a Region of the service"
        )));
    }
    let filters = format!("{owner:?} {region:?}");
    let question = paging::Question::new(world, "ListActionTypes", &filters);
    let after = question.position(input.next_token.as_deref())?;
    let wanted = |one: ActionOwner| owner.is_none_or(|owner| owner == one);
    let here = region.is_none_or(|region| region == world.options.region);
    let built_in = catalogue::action_types()
        .zip(0_u32..)
        .filter(|(one, _)| one.listed && wanted(one.owner))
        .map(|(one, place)| {
            let changed = world.partner_type(&id_of(one));
            let listed = changed.map_or(Listed::BuiltIn(one), Listed::Partner);
            (format!("0 {place:08}"), listed)
        });
    let custom = world
        .custom_types()
        .filter(|_| here && wanted(ActionOwner::Custom))
        .map(|one| {
            let id = &one.shown.id;
            let place = format!("1 {} {} {}", id.category, id.provider, id.version);
            (place, Listed::Custom(one))
        });
    // Both parts come in the order of their places.
    let mut page: Vec<(String, Listed)> = built_in
        .chain(custom)
        .filter(|(place, _)| after.as_ref().is_none_or(|after| place > after))
        .take(PAGE + 1)
        .collect();
    let more = page.len() > PAGE;
    page.truncate(PAGE);
    let next_token = page
        .last()
        .filter(|_| more)
        .map(|(place, _)| question.token(place));
    Ok(ListActionTypesOutput {
        action_types: page
            .into_iter()
            .map(|(_, one)| match one {
                Listed::BuiltIn(one) => shown(&integration_model(one), one.owner),
                Listed::Partner(one) => shown(&one.declaration, ActionOwner::ThirdParty),
                Listed::Custom(one) => one.shown.clone(),
            })
            .collect(),
        next_token,
    })
}

/// GetActionType: the integration model of a type of the service or of a partner.
pub fn get(world: &World, input: GetActionTypeInput) -> Result<GetActionTypeOutput, ApiError> {
    let id = ActionTypeIdentifier {
        category: input.category,
        owner: input.owner,
        provider: input.provider,
        version: input.version,
    };
    let model = known(world, &id)?;
    Ok(GetActionTypeOutput {
        action_type: Some(ActionTypeDeclaration::clone(&model)),
    })
}

/// UpdateActionType: another integration model for a partner's type.
pub fn update(decision: &mut Decision, input: UpdateActionTypeInput) -> Result<(), ApiError> {
    let after = input.action_type;
    let before = known(decision, &after.id)?;
    // a type is changed by whoever made it, and nobody but the service made these.
    if after.id.owner == ActionOwner::Aws.as_str() {
        return Err(ApiError::new(
            ErrorCode::RequestFailedException,
            format!(
                "The account '{}' does not own the {}",
                decision.options.account_id,
                named(&after.id)
            ),
        ));
    }
    check(&after)?;
    check_change(&before, &after)?;
    if *before != after {
        decision.record(Event::ActionTypeUpdated {
            declaration: Rc::new(after),
        });
    }
    Ok(())
}

/// `ActionType (Category: …)`, in the order of J-9.
fn named(id: &ActionTypeIdentifier) -> String {
    format!(
        "ActionType (Category: '{}', Owner: '{}', Provider: '{}', Version: '{}')",
        id.category, id.owner, id.provider, id.version
    )
}

/// The integration model of a type that exists.
fn known(world: &World, id: &ActionTypeIdentifier) -> Result<Rc<ActionTypeDeclaration>, ApiError> {
    let missing = || {
        ApiError::new(
            ErrorCode::ActionTypeNotFoundException,
            format!("{} is not available", named(id)),
        )
    };
    let of_declarations = partner_type::type_id(id).ok_or_else(missing)?;
    if let Some(changed) = world.partner_type(&of_declarations) {
        return Ok(Rc::clone(&changed.declaration));
    }
    let ActionTypeId {
        category,
        owner,
        provider,
        version,
    } = &of_declarations;
    catalogue::find(*category, *owner, provider, version)
        .map(|one| Rc::new(integration_model(one)))
        .ok_or_else(missing)
}

/// What an integration model has to satisfy by itself.
fn check(after: &ActionTypeDeclaration) -> Result<(), ApiError> {
    let ActionTypeExecutor {
        configuration,
        r#type: kind,
        job_timeout,
        ..
    } = &after.executor;
    let fits = match kind {
        ExecutorType::Lambda => {
            configuration.lambda_executor_configuration.is_some()
                && configuration.job_worker_executor_configuration.is_none()
        }
        ExecutorType::JobWorker => {
            configuration.job_worker_executor_configuration.is_some()
                && configuration.lambda_executor_configuration.is_none()
        }
    };
    if !fits {
        return Err(invalid(format!(
            "The executor has the type {kind} and needs the configuration of that type and no other"
        )));
    }
    if *kind == ExecutorType::Lambda
        && job_timeout.is_some_and(|seconds| seconds > LONGEST_FUNCTION)
    {
        return Err(invalid(format!(
            "The job timeout of a Lambda executor is {LONGEST_FUNCTION} seconds at most"
        )));
    }
    for (what, details) in [
        ("Input", &after.input_artifact_details),
        ("Output", &after.output_artifact_details),
    ] {
        custom::check_counts(what, details.minimum_count, details.maximum_count)?;
    }
    let properties: Vec<custom::Key> = after
        .properties
        .iter()
        .flatten()
        .map(|property| custom::Key {
            name: &property.name,
            required: !property.optional,
            secret: property.no_echo,
            queryable: property.queryable == Some(true),
        })
        .collect();
    custom::check_keys(&properties)?;
    let Some(urls) = &after.urls else {
        return Ok(());
    };
    custom::check_templates(
        &properties,
        [
            &urls.entity_url_template,
            &urls.execution_url_template,
            &urls.revision_url_template,
        ],
    )
}

/// a pipeline that was accepted before is so afterwards.
fn check_change(
    before: &ActionTypeDeclaration,
    after: &ActionTypeDeclaration,
) -> Result<(), ApiError> {
    let old = before.properties.as_deref().unwrap_or_default();
    for property in after
        .properties
        .iter()
        .flatten()
        .filter(|one| !one.optional)
    {
        match old.iter().find(|one| one.name == property.name) {
            Some(one) if one.optional => {
                return Err(invalid(format!(
                    "The property '{}' is optional and cannot become required",
                    property.name
                )));
            }
            Some(_) => {}
            None => {
                return Err(invalid(format!(
                    "The property '{}' is new and has to be optional",
                    property.name
                )));
            }
        }
    }
    Ok(())
}

fn id_of(one: &catalogue::ActionType) -> ActionTypeId {
    ActionTypeId {
        category: one.category,
        owner: one.owner,
        provider: one.provider.to_owned(),
        version: one.version.to_owned(),
    }
}

/// What the catalogue knows of a type, as an integrator would describe it: the service itself polls for its jobs.
fn integration_model(one: &catalogue::ActionType) -> ActionTypeDeclaration {
    let counts = |counts: catalogue::ArtifactCounts| ActionTypeArtifactDetails {
        minimum_count: i64::try_from(counts.min).unwrap_or_default(),
        maximum_count: i64::try_from(counts.max).unwrap_or_default(),
    };
    let worker = JobWorkerExecutorConfiguration {
        polling_service_principals: Some(vec!["codepipeline.amazonaws.com".to_owned()]),
        ..JobWorkerExecutorConfiguration::default()
    };
    ActionTypeDeclaration {
        executor: ActionTypeExecutor {
            configuration: ExecutorConfiguration {
                job_worker_executor_configuration: Some(worker),
                ..ExecutorConfiguration::default()
            },
            r#type: ExecutorType::JobWorker,
            ..ActionTypeExecutor::default()
        },
        id: ActionTypeIdentifier {
            category: one.category,
            owner: one.owner.to_string(),
            provider: one.provider.to_owned(),
            version: one.version.to_owned(),
        },
        input_artifact_details: counts(one.inputs),
        output_artifact_details: counts(one.outputs),
        permissions: Some(ActionTypePermissions {
            allowed_accounts: vec!["*".to_owned()],
        }),
        properties: Some(
            one.properties
                .iter()
                .map(|property| ActionTypeProperty {
                    name: property.name.to_owned(),
                    optional: !property.required,
                    key: property.key,
                    no_echo: property.secret,
                    queryable: Some(false),
                    description: Some(property.description.to_owned()),
                })
                .collect(),
        ),
        ..ActionTypeDeclaration::default()
    }
}

/// An integration model in the form of the list.
fn shown(model: &ActionTypeDeclaration, owner: ActionOwner) -> ActionType {
    let counts = |details: &ActionTypeArtifactDetails| ArtifactDetails {
        minimum_count: details.minimum_count,
        maximum_count: details.maximum_count,
    };
    let urls = model.urls.clone().unwrap_or_default();
    ActionType {
        id: ActionTypeId {
            category: model.id.category,
            owner,
            provider: model.id.provider.clone(),
            version: model.id.version.clone(),
        },
        settings: Some(ActionTypeSettings {
            third_party_configuration_url: urls.configuration_url,
            entity_url_template: urls.entity_url_template,
            execution_url_template: urls.execution_url_template,
            revision_url_template: urls.revision_url_template,
        }),
        action_configuration_properties: Some(
            model
                .properties
                .iter()
                .flatten()
                .map(|property| ActionConfigurationProperty {
                    name: property.name.clone(),
                    required: !property.optional,
                    key: property.key,
                    secret: property.no_echo,
                    queryable: property.queryable,
                    description: property.description.as_deref().map(cut),
                    //
                    r#type: None,
                })
                .collect(),
        ),
        input_artifact_details: counts(&model.input_artifact_details),
        output_artifact_details: counts(&model.output_artifact_details),
    }
}

/// A description as long as a list takes it (VM-14: lengths are of UTF-16).
fn cut(text: &str) -> String {
    let mut length = 0;
    text.chars()
        .take_while(|letter| {
            length += letter.len_utf16();
            length <= MOST_OF_A_DESCRIPTION
        })
        .collect()
}
