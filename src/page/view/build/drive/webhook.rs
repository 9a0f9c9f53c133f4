//! Somebody calls a webhook: the payload stands ready, the signature is ours.

use serde_json::json;

use super::{Desk, Sheet, effect, option};
use crate::{
    engine::{rules::webhook, webhooks::payload, world::webhook::Webhook},
    model::WebhookAuthenticationType,
    page::{
        drive::Deed,
        text::drive::{push as words, stopped},
        view::{EffectView, FormField, FormInput, FormView, Icon, Role},
    },
};

pub fn sheet(desk: &Desk, mut fields: Vec<FormField>) -> Sheet {
    // A webhook has its own source.
    fields.retain(|field| field.id != "source");
    let world = desk.engine.world();
    let own = |webhook: &&Webhook| webhook.definition.target_pipeline == desk.pipeline();
    let wanted = desk.draft.value("webhookName");
    let chosen = wanted
        .and_then(|name| world.webhooks.get(name))
        .or_else(|| world.webhooks.values().find(own))
        .or_else(|| world.webhooks.values().next());
    let Some(webhook) = chosen else {
        return Sheet::default();
    };
    let name = webhook.name();
    let options = world
        .webhooks
        .values()
        .map(|one| option(one.name(), one.name(), "", name));
    fields.push(
        FormField::new(
            "webhookName",
            "webhookName",
            FormInput::Select(options.collect()),
        )
        .required(),
    );
    let mut input = json!({ "webhookName": name });
    match webhook.definition.authentication {
        WebhookAuthenticationType::GithubHmac => input["sign"] = "sha256".into(),
        WebhookAuthenticationType::Ip => {
            let range = &webhook
                .definition
                .authentication_configuration
                .allowed_ip_range;
            let first = range.as_deref().and_then(|range| range.split('/').next());
            let address = desk.draft.text("sourceIp", first.unwrap_or_default());
            let line = FormInput::line(address.clone());
            fields.push(FormField::new("sourceIp", "sourceIp", line).help(words::SOURCE_IP));
            if !address.is_empty() {
                input["sourceIp"] = address.into();
            }
        }
        WebhookAuthenticationType::Unauthenticated => {}
    }
    // Another webhook is another body: what was typed for one is not sent to the next.
    let id = format!("body {name}");
    let body = desk.draft.text(&id, &usual_body(desk, webhook));
    input["body"] = body.clone().into();
    let text = FormInput::Text {
        value: body,
        lines: 10,
        mono: true,
    };
    fields.push(FormField::new(id, "body", text).help(words::BODY));
    let deed = Deed::control("deliverWebhook", input);
    let outcome = desk.rehearse(&deed);
    let mut effects: Vec<EffectView> = vec![];
    if outcome.refusal.is_none() {
        let started = outcome.answer["started"] == true;
        let pipeline = &webhook.definition.target_pipeline;
        let because = outcome.answer["because"].as_str().unwrap_or_default();
        let (sign, text) = if started {
            ((Role::Ok, Icon::Succeeded), words::starts(pipeline))
        } else {
            ((Role::Gone, Icon::Cancelled), words::starts_not(pipeline))
        };
        let filters = outcome.answer["filters"].as_array();
        let judged = filters
            .into_iter()
            .flatten()
            .filter_map(|filter| filter["because"].as_str());
        effects.push(EffectView {
            sign: Some(sign),
            more: std::iter::once(because)
                .chain(judged)
                .map(stopped)
                .collect(),
            ..effect(text)
        });
    }
    effects.extend(outcome.effects);
    Sheet {
        view: FormView {
            title: words::TITLE.to_owned(),
            call: deed.name.to_owned(),
            fields,
            effects,
            refusal: outcome.refusal,
            ready: true,
            press: words::PRESS_CALL.to_owned(),
            ..FormView::default()
        },
        deed: Some(deed),
    }
    .held()
}

/// A push to the branch at which the webhook's source action looks, as GitHub tells it.
fn usual_body(desk: &Desk, hook: &Webhook) -> String {
    let world = desk.engine.world();
    let body = webhook::target(world, &hook.definition)
        .ok()
        .and_then(|(_, action, planned)| webhook::place(action, planned))
        .and_then(|place| payload::of_push(&place, &world.revision_at(&place)))
        .unwrap_or_else(|| json!({}));
    serde_json::to_string_pretty(&body).unwrap_or_default()
}
