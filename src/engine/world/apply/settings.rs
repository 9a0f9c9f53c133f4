//! Facts about what the account has besides pipelines (action types, webhooks, tags), and about calls that are made to
//! fail.

use std::rc::Rc;

use crate::{
    engine::{
        fact::{Event, Fact},
        world::{
            World,
            custom_type::CustomType,
            partner_key,
            partner_type::{PartnerType, type_id},
            resource::Resource,
            type_key,
            webhook::{Delivery, Webhook},
        },
    },
    model::{self, ActionOwner, ActionTypeId},
};

impl World {
    /// Makes one of these facts the case. What it names is there: [`fits`] and the rules see to that.
    pub(super) fn apply_setting(&mut self, fact: &Fact) {
        let at = fact.at;
        match &fact.event {
            Event::CustomActionTypeCreated { definition } => {
                let made = CustomType::new(definition, at);
                self.custom_types.insert(type_key(&made.shown.id), made);
            }
            Event::CustomActionTypeDeleted { id } => {
                if let Some(one) = self.custom_types.get_mut(&type_key(id)) {
                    one.deleted = Some(at);
                }
            }
            Event::ActionTypeUpdated { declaration } => {
                let made = PartnerType::new(Rc::clone(declaration));
                self.partner_types.insert(partner_key(declaration), made);
            }
            Event::WebhookPut {
                definition, tags, ..
            } => {
                let webhook = self
                    .webhooks
                    .entry(definition.name.as_str().into())
                    .or_insert_with(|| Webhook {
                        definition: Rc::clone(definition),
                        order: fact.sequence,
                        tags: vec![],
                        registered: false,
                        last_triggered: None,
                        error: None,
                    });
                webhook.definition = Rc::clone(definition);
                if let Some(tags) = tags {
                    webhook.tags.clone_from(tags);
                }
            }
            Event::WebhookDeleted { name, .. } => {
                self.webhooks.remove(name);
            }
            Event::WebhookRegistered {
                name, registered, ..
            } => {
                if let Some(webhook) = self.webhooks.get_mut(name) {
                    webhook.registered = *registered;
                }
            }
            Event::WebhookDelivered { name, delivery, .. } => {
                if let Some(webhook) = self.webhooks.get_mut(name) {
                    webhook.error = match delivery {
                        Delivery::Started => {
                            webhook.last_triggered = Some(at);
                            None
                        }
                        Delivery::Filtered { .. } => None,
                        Delivery::Refused { code, message } => {
                            Some((Rc::clone(code), Rc::clone(message)))
                        }
                    };
                }
            }
            Event::TagsChanged { resource, tags } => match resource {
                Resource::Pipeline(id) => self.pipeline_mut(*id).tags.clone_from(tags),
                Resource::Webhook(name) => {
                    if let Some(webhook) = self.webhooks.get_mut(name) {
                        webhook.tags.clone_from(tags);
                    }
                }
                Resource::ActionType(id) => {
                    if let Some(one) = self.custom_types.get_mut(&type_key(id)) {
                        one.tags.clone_from(tags);
                    }
                }
            },
            Event::FailureArranged { operation, failure } => match failure {
                Some(failure) => {
                    let waiting = self.failures.entry(Rc::clone(operation)).or_default();
                    waiting.push(failure.clone());
                }
                None => {
                    self.failures.remove(operation);
                }
            },
            Event::FailureAnswered { operation } => self.use_failure(operation),
            _ => debug_assert!(false, "this fact is no setting"),
        }
    }

    /// One of the arranged failures of an operation has been answered.
    fn use_failure(&mut self, operation: &Rc<str>) {
        let Some(waiting) = self.failures.get_mut(operation) else {
            return;
        };
        if let Some(first) = waiting.first_mut() {
            first.times = first.times.saturating_sub(1);
        }
        waiting.retain(|failure| failure.times > 0);
        if waiting.is_empty() {
            self.failures.remove(operation);
        }
    }
}

/// Whether such a fact from outside names what is there.
pub(super) fn fits(world: &World, event: &Event) -> Result<(), &'static str> {
    let exists = |name: &Rc<str>| match world.webhooks.contains_key(name) {
        true => Ok(()),
        false => Err("names a webhook that does not exist"),
    };
    match event {
        Event::CustomActionTypeDeleted { id } => match custom(world, id) {
            true => Ok(()),
            false => Err("deletes an action type that does not exist"),
        },
        Event::ActionTypeUpdated { declaration } => {
            let of_partner =
                type_id(&declaration.id).is_some_and(|id| id.owner == ActionOwner::ThirdParty);
            match of_partner {
                true => Ok(()),
                false => Err("changes an action type that is no partner's"),
            }
        }
        Event::WebhookDeleted { name, .. }
        | Event::WebhookRegistered { name, .. }
        | Event::WebhookDelivered { name, .. } => exists(name),
        Event::TagsChanged { resource, .. } => match world.tags(resource) {
            Some(_) => Ok(()),
            None => Err("tags what does not exist"),
        },
        Event::FailureArranged { operation, failure } => {
            let sound = failure.as_ref().is_none_or(|failure| failure.is_sound());
            match model::operation(operation).is_some() && sound {
                true => Ok(()),
                false => Err("arranges a failure that cannot be"),
            }
        }
        Event::FailureAnswered { operation } => match world.failures.contains_key(operation) {
            true => Ok(()),
            false => Err("answers with a failure that nobody arranged"),
        },
        _ => Ok(()),
    }
}

fn custom(world: &World, id: &ActionTypeId) -> bool {
    world.custom_type_record(id).is_some()
}
