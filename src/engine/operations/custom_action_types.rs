//! CreateCustomActionType and DeleteCustomActionType (jobs-wire-cli.md §3.1, §3.2), and the rules on properties and URL
//! templates that hold for every action type.

use std::{collections::BTreeSet, rc::Rc};

use super::super::{decision::Decision, fact::Event};
use crate::{
    engine::{
        declaration, placeholders,
        rules::workers,
        world::custom_type::{CustomType, MOST_CUSTOM_TYPES},
    },
    model::{
        ActionCategory, ActionOwner, ActionTypeId, ApiError, CreateCustomActionTypeInput,
        CreateCustomActionTypeOutput, DeleteCustomActionTypeInput, ErrorCode,
    },
};

fn invalid(message: String) -> ApiError {
    ApiError::new(ErrorCode::ValidationException, message)
}

/// CreateCustomActionType.
pub fn create(
    decision: &mut Decision,
    input: CreateCustomActionTypeInput,
) -> Result<CreateCustomActionTypeOutput, ApiError> {
    // CT-1: an approval or a computation cannot be done by somebody's worker.
    if matches!(
        input.category,
        ActionCategory::Approval | ActionCategory::Compute
    ) {
        return Err(invalid(format!(
            "A custom action type cannot have the category {}",
            input.category
        )));
    }
    for (what, details) in [
        ("Input", &input.input_artifact_details),
        ("Output", &input.output_artifact_details),
    ] {
        check_counts(what, details.minimum_count, details.maximum_count)?;
    }
    check_properties(&input)?;
    let tags = input.tags.clone().unwrap_or_default();
    declaration::check_tags(&tags)?;
    declaration::check_tag_count(tags.len())?;
    let id = ActionTypeId {
        category: input.category,
        owner: ActionOwner::Custom,
        provider: input.provider.clone(),
        version: input.version.clone(),
    };
    let made = CustomType::new(&input, decision.now());
    let answer = CreateCustomActionTypeOutput {
        action_type: made.shown.clone(),
        tags: Some(tags).filter(|tags| !tags.is_empty()),
    };
    match decision.custom_type_remembered(&id) {
        // the same definition again changes nothing.
        Some(existing) if existing.shown == made.shown && existing.deleted.is_none() => {
            return Ok(answer);
        }
        // one that was deleted comes back.
        Some(existing) if existing.shown == made.shown => {}
        Some(existing) => {
            let problem = if existing.deleted.is_none() {
                "already exists with a different definition"
            } else {
                "was deleted, and its version can only be used again with the definition it had"
            };
            return Err(invalid(format!(
                "ActionType (Category: '{}', Owner: 'Custom', Provider: '{}', Version: '{}') {problem}",
                id.category, id.provider, id.version
            )));
        }
        None => {}
    }
    if decision.custom_types().count() >= MOST_CUSTOM_TYPES {
        return Err(ApiError::new(
            ErrorCode::LimitExceededException,
            format!(
                "The maximum number of custom actions ({MOST_CUSTOM_TYPES}) in account '{}' for this region has been reached",
                decision.options.account_id
            ),
        ));
    }
    decision.record(Event::CustomActionTypeCreated {
        definition: Rc::new(input),
    });
    // one that comes back may find jobs that nobody could have in the meantime.
    workers::plan(decision, &id);
    Ok(answer)
}

/// DeleteCustomActionType: the type is deleted, and one that does not exist is so already. Pipelines that use it
/// keep it, and their executions fail where they reach it.
pub fn delete(decision: &mut Decision, input: DeleteCustomActionTypeInput) -> Result<(), ApiError> {
    let id = ActionTypeId {
        category: input.category,
        owner: ActionOwner::Custom,
        provider: input.provider,
        version: input.version,
    };
    if decision.custom_type_record(&id).is_some() {
        decision.record(Event::CustomActionTypeDeleted { id: Rc::new(id) });
    }
    Ok(())
}

/// CT-3.
pub(super) fn check_counts(what: &str, least: i64, most: i64) -> Result<(), ApiError> {
    if least <= most {
        return Ok(());
    }
    // One text for both; which of them is meant is said first, since the service does not.
    Err(invalid(format!(
        "{what} artifacts: Maximum Number of Artifacts ({most}) has to be greater than or equal to minimum ({least})."
    )))
}

/// What the rules on properties need to know of one.
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    pub(super) required: bool,
    pub(super) secret: bool,
    pub(super) queryable: bool,
}

/// CT-2, A-6: properties that workers can ask by, and what URL templates may name.
fn check_properties(input: &CreateCustomActionTypeInput) -> Result<(), ApiError> {
    let properties: Vec<Key> = input
        .configuration_properties
        .iter()
        .flatten()
        .map(|property| Key {
            name: &property.name,
            required: property.required,
            secret: property.secret,
            queryable: property.queryable == Some(true),
        })
        .collect();
    check_keys(&properties)?;
    let Some(settings) = &input.settings else {
        return Ok(());
    };
    check_templates(
        &properties,
        [
            &settings.entity_url_template,
            &settings.execution_url_template,
            &settings.revision_url_template,
        ],
    )
}

/// CT-2, A-3: workers can ask by one property at most.
pub(super) fn check_keys(properties: &[Key]) -> Result<(), ApiError> {
    let mut names = BTreeSet::new();
    if let Some(twice) = properties
        .iter()
        .find(|property| !names.insert(property.name))
    {
        return Err(invalid(format!(
            "The configuration property '{}' is there more than once",
            twice.name
        )));
    }
    let queryable: Vec<&str> = properties
        .iter()
        .filter(|property| property.queryable)
        .map(|property| property.name)
        .collect();
    if queryable.len() > 1 {
        return Err(invalid(format!(
            "Multiple queryable configuration properties found with names '{}'. Up to one queryable property may be specified.",
            queryable.join(", ")
        )));
    }
    let unfit = |property: &&Key| property.queryable && (!property.required || property.secret);
    match properties.iter().find(unfit) {
        None => Ok(()),
        Some(property) => Err(invalid(format!(
            "Invalid queryable property '{}'. Queryable configuration properties must be required and non-secret.",
            property.name
        ))),
    }
}

/// what the templates of the entity, the execution and the revision, in this order, may name.
pub(super) fn check_templates(
    properties: &[Key],
    [entity, execution, revision]: [&Option<String>; 3],
) -> Result<(), ApiError> {
    for (template, external_id) in [(entity, false), (execution, true), (revision, false)] {
        for name in placeholders::names(template.as_deref().unwrap_or_default()) {
            let known = match name.strip_prefix("Config:") {
                Some(key) => properties
                    .iter()
                    .any(|property| property.name == key && property.required && !property.secret),
                None => external_id && name == "ExternalExecutionId",
            };
            if !known {
                return Err(invalid(format!(
                    "The URL template names '{{{name}}}', which is not a required, non-secret property of this action type"
                )));
            }
        }
    }
    Ok(())
}
