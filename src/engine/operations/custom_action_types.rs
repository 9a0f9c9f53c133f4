//! CreateCustomActionType (jobs-wire-cli.md §3.1).

use std::rc::Rc;

use super::super::{decision::Decision, fact::Event};
use crate::{
    engine::{
        declaration,
        world::custom_type::{CustomType, MOST_CUSTOM_TYPES},
    },
    model::{
        ActionCategory, ActionOwner, ActionTypeId, ApiError, CreateCustomActionTypeInput,
        CreateCustomActionTypeOutput, ErrorCode,
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
        let (most, least) = (details.maximum_count, details.minimum_count);
        if most < least {
            // CT-3: one text for both; which of them is meant is said first, since the service does not.
            return Err(invalid(format!(
                "{what} artifacts: Maximum Number of Artifacts ({most}) has to be greater than or equal to minimum ({least})."
            )));
        }
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
    match decision.custom_type_record(&id) {
        // the same definition again changes nothing.
        Some(existing) if existing.shown == made.shown => return Ok(answer),
        Some(_) => {
            return Err(invalid(format!(
                "ActionType (Category: '{}', Owner: 'Custom', Provider: '{}', Version: '{}') already exists with a different definition",
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
    Ok(answer)
}

/// CT-2, A-6: properties that workers can ask by, and what URL templates may name.
fn check_properties(input: &CreateCustomActionTypeInput) -> Result<(), ApiError> {
    let properties = input
        .configuration_properties
        .as_deref()
        .unwrap_or_default();
    let queryable: Vec<&str> = properties
        .iter()
        .filter(|property| property.queryable == Some(true))
        .map(|property| property.name.as_str())
        .collect();
    if queryable.len() > 1 {
        return Err(invalid(format!(
            "Multiple queryable configuration properties found with names '{}'. Up to one queryable property may be specified.",
            queryable.join(", ")
        )));
    }
    for property in properties {
        if property.queryable == Some(true) && (!property.required || property.secret) {
            return Err(invalid(format!(
                "Invalid queryable property '{}'. Queryable configuration properties must be required and non-secret.",
                property.name
            )));
        }
    }
    let Some(settings) = &input.settings else {
        return Ok(());
    };
    for (template, external_id) in [
        (&settings.entity_url_template, false),
        (&settings.execution_url_template, true),
        (&settings.revision_url_template, false),
    ] {
        for name in placeholders(template.as_deref().unwrap_or_default()) {
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

/// What stands between braces in a URL template.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
