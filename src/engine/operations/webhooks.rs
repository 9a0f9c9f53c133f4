//! PutWebhook, DeleteWebhook, ListWebhooks, and the two that tell a repository about a webhook
//! (structure-and-quotas.md §12).

use std::{collections::BTreeMap, rc::Rc};

use super::paging;
use crate::{
    engine::{
        decision::Decision,
        declaration::{self, MASK},
        fact::Event,
        rules::webhook as deliveries,
        time::Instant,
        webhooks::{authentication, filters},
        world::{
            World,
            webhook::{MOST_WEBHOOKS, Webhook},
        },
    },
    model::{
        ApiError, DeleteWebhookInput, DeleteWebhookOutput, DeregisterWebhookWithThirdPartyInput,
        DeregisterWebhookWithThirdPartyOutput, ErrorCode, ListWebhookItem, ListWebhooksInput,
        ListWebhooksOutput, PutWebhookInput, PutWebhookOutput, RegisterWebhookWithThirdPartyInput,
        RegisterWebhookWithThirdPartyOutput, WebhookDefinition,
    },
};

/// Items of a page.
const PAGE: usize = 100;

fn invalid(message: String) -> ApiError {
    ApiError::new(ErrorCode::ValidationException, message)
}

/// PutWebhook: makes a webhook, or changes the one with this name.
pub fn put(decision: &mut Decision, input: PutWebhookInput) -> Result<PutWebhookOutput, ApiError> {
    let PutWebhookInput {
        webhook: mut definition,
        tags,
    } = input;
    let account = decision.options.account_id.clone();
    // WH-10.
    if decision
        .pipeline_named(&definition.target_pipeline)
        .is_none()
    {
        return Err(ApiError::new(
            ErrorCode::PipelineNotFoundException,
            format!(
                "The account with id '{account}' does not include a pipeline with the name '{}'",
                definition.target_pipeline
            ),
        ));
    }
    let (pipeline, declared, _) =
        deliveries::target(decision, &definition).map_err(|(_, because)| invalid(because))?;
    authentication::check(&definition)?;
    keep_secret(decision, &mut definition)?;
    let empty = BTreeMap::new();
    let configuration = declared.configuration.as_ref().unwrap_or(&empty);
    filters::check(&definition.filters, configuration)?;
    let exists = decision.webhooks.contains_key(definition.name.as_str());
    if !exists && decision.webhooks.len() >= MOST_WEBHOOKS {
        return Err(ApiError::new(
            ErrorCode::LimitExceededException,
            format!(
                "The maximum number of webhooks ({MOST_WEBHOOKS}) in account '{account}' for this region has been reached"
            ),
        ));
    }
    if let Some(tags) = &tags {
        declaration::check_tags(tags)?;
        declaration::check_tag_count(tags.len())?;
    }
    let pipeline = pipeline.id;
    let definition = Rc::new(definition);
    let changed = decision
        .webhooks
        .get(definition.name.as_str())
        .is_none_or(|webhook| {
            webhook.definition != definition
                || tags.as_ref().is_some_and(|tags| *tags != webhook.tags)
        });
    if changed {
        decision.record(Event::WebhookPut {
            pipeline,
            definition: Rc::clone(&definition),
            tags,
        });
    }
    let world: &World = decision;
    Ok(PutWebhookOutput {
        webhook: world
            .webhooks
            .get(definition.name.as_str())
            .map(|webhook| shown(world, webhook)),
    })
}

/// S-3, as for the secrets of actions: the mask stands for the secret that is kept.
fn keep_secret(world: &World, definition: &mut WebhookDefinition) -> Result<(), ApiError> {
    let secret = &mut definition.authentication_configuration.secret_token;
    if !secret.as_deref().is_some_and(declaration::is_mask) {
        return Ok(());
    }
    let kept = world
        .webhooks
        .get(definition.name.as_str())
        .and_then(|webhook| {
            let configuration = &webhook.definition.authentication_configuration;
            configuration.secret_token.clone()
        });
    if kept.is_none() {
        return Err(ApiError::new(
            ErrorCode::InvalidWebhookAuthenticationParametersException,
            format!(
                "Optional['SecretToken' may be '{MASK}' only when updating an existing webhook that has one]"
            ),
        ));
    }
    *secret = kept;
    Ok(())
}

/// A webhook as it is answered (WH-5, S-5).
fn shown(world: &World, webhook: &Webhook) -> ListWebhookItem {
    let mut definition = WebhookDefinition::clone(&webhook.definition);
    let secret = &mut definition.authentication_configuration.secret_token;
    if let Some(secret) = secret
        && !world.options.show_webhook_secrets
    {
        MASK.clone_into(secret);
    }
    ListWebhookItem {
        definition,
        url: webhook.url(&world.options),
        error_message: webhook.error.as_ref().map(|(_, text)| text.to_string()),
        error_code: webhook.error.as_ref().map(|(code, _)| code.to_string()),
        last_triggered: webhook.last_triggered.map(Instant::timestamp),
        arn: Some(world.webhook_arn(webhook.name())),
        tags: Some(webhook.tags.clone()).filter(|tags| !tags.is_empty()),
    }
}

/// DeleteWebhook: a name that does not exist is deleted already (WH-15).
pub fn delete(
    decision: &mut Decision,
    input: DeleteWebhookInput,
) -> Result<DeleteWebhookOutput, ApiError> {
    if let Some(webhook) = decision.webhooks.get(input.name.as_str()) {
        let target = &webhook.definition.target_pipeline;
        let pipeline = decision.pipeline_named(target).map(|pipeline| pipeline.id);
        let name = input.name.into();
        decision.record(Event::WebhookDeleted { pipeline, name });
    }
    Ok(DeleteWebhookOutput {})
}

/// ListWebhooks, in the order of names.
pub fn list(world: &World, input: ListWebhooksInput) -> Result<ListWebhooksOutput, ApiError> {
    let question = paging::Question::new(world, "ListWebhooks", "");
    let after = question.position(input.next_token.as_deref())?;
    let size = paging::size(input.max_results, PAGE);
    let mut webhooks: Vec<&Webhook> = world
        .webhooks_after(after.as_deref().unwrap_or_default())
        .take(size + 1)
        .collect();
    let more = webhooks.len() > size;
    webhooks.truncate(size);
    let next_token = webhooks
        .last()
        .filter(|_| more)
        .map(|last| question.token(last.name()));
    Ok(ListWebhooksOutput {
        webhooks: Some(webhooks.into_iter().map(|one| shown(world, one)).collect()),
        next_token,
    })
}

/// RegisterWebhookWithThirdParty: the repository calls the webhook after each push from now on.
pub fn register(
    decision: &mut Decision,
    input: RegisterWebhookWithThirdPartyInput,
) -> Result<RegisterWebhookWithThirdPartyOutput, ApiError> {
    tell_repository(decision, input.webhook_name, true)?;
    Ok(RegisterWebhookWithThirdPartyOutput {})
}

/// DeregisterWebhookWithThirdParty: it calls it no more.
pub fn deregister(
    decision: &mut Decision,
    input: DeregisterWebhookWithThirdPartyInput,
) -> Result<DeregisterWebhookWithThirdPartyOutput, ApiError> {
    tell_repository(decision, input.webhook_name, false)?;
    Ok(DeregisterWebhookWithThirdPartyOutput {})
}

fn tell_repository(
    decision: &mut Decision,
    name: Option<String>,
    registered: bool,
) -> Result<(), ApiError> {
    // The model does not require the name, and without it nothing is meant.
    let name = name.unwrap_or_default();
    let Some(webhook) = decision.webhooks.get(name.as_str()) else {
        return Err(ApiError::new(
            ErrorCode::WebhookNotFoundException,
            format!(
                "Account '{}' does not have a webhook with name '{name}'",
                decision.options.account_id
            ),
        ));
    };
    let definition = Rc::clone(&webhook.definition);
    let before = webhook.registered;
    // What was registered can be taken off whatever has become of the pipeline.
    if registered {
        let (_, declared, planned) =
            deliveries::target(decision, &definition).map_err(|(_, because)| invalid(because))?;
        if planned.kind.is_none_or(|kind| kind.provider != "GitHub") {
            return Err(invalid(format!(
                "Only a webhook of a GitHub (version 1) source action can be registered, and '{}' is none",
                declared.name
            )));
        }
    }
    if before != registered {
        let pipeline = decision
            .pipeline_named(&definition.target_pipeline)
            .map(|pipeline| pipeline.id);
        decision.record(Event::WebhookRegistered {
            pipeline,
            name: name.into(),
            registered,
        });
    }
    Ok(())
}
