//! What is said about action types, webhooks and tags, and about calls that are made to fail.

use crate::{
    engine::{
        fact::Event,
        world::{resource::Resource, webhook::Delivery},
    },
    model::{ActionTypeId, Tag},
    page::text::{
        details,
        fact::{Said, settings as said},
    },
};

/// The sentence of such a fact.
pub fn sentence(event: &Event) -> Option<Said> {
    Some(match event {
        Event::CustomActionTypeCreated { definition } => said::type_created(&details::provider(
            definition.category.as_str(),
            "Custom",
            &definition.provider,
            &definition.version,
        )),
        Event::CustomActionTypeDeleted { id } => said::type_deleted(&named(id)),
        Event::ActionTypeUpdated { declaration } => {
            let id = &declaration.id;
            said::type_updated(&details::provider(
                id.category.as_str(),
                &id.owner,
                &id.provider,
                &id.version,
            ))
        }
        Event::WebhookPut { definition, .. } => {
            said::webhook_put(&definition.name, &definition.target_action)
        }
        Event::WebhookDeleted { name, .. } => said::webhook_deleted(name),
        Event::WebhookRegistered {
            name, registered, ..
        } => said::webhook_registered(name, *registered),
        Event::WebhookDelivered { name, delivery, .. } => match delivery {
            Delivery::Started => said::delivery_starts(name),
            Delivery::Filtered { filter } => {
                said::delivery_filtered(name, usize::from(*filter) + 1)
            }
            Delivery::Refused { message, .. } => {
                said::delivery_refused(name, &super::first_line(message))
            }
        },
        Event::TagsChanged { resource, tags } => {
            let what = match resource {
                Resource::Pipeline(_) => said::THE_PIPELINE.to_owned(),
                Resource::Webhook(name) => said::webhook(name),
                Resource::ActionType(id) => named(id),
            };
            said::tags(&what, &listed(tags))
        }
        Event::FailureArranged { operation, failure } => match failure {
            Some(failure) => said::failure(operation, &failure.code, failure.times),
            None => said::failure_taken_back(operation),
        },
        Event::FailureAnswered { operation } => said::failure_answered(operation),
        _ => return None,
    })
}

fn named(id: &ActionTypeId) -> String {
    details::provider(
        id.category.as_str(),
        id.owner.as_str(),
        &id.provider,
        &id.version,
    )
}

/// The first tags, and how many more there are.
fn listed(tags: &[Tag]) -> String {
    const MOST: usize = 3;
    let shown: Vec<String> = tags
        .iter()
        .take(MOST)
        .map(|tag| super::first_line(&format!("{} = {}", tag.key, tag.value)))
        .collect();
    said::some_tags(&shown, tags.len().saturating_sub(MOST))
}
