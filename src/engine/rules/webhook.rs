//! Somebody calls a webhook (WH-12): who it is, whether the body passes the filters, and the start of the pipeline.
//!
//! Each delivery to a webhook that exists is a fact, also one that starts nothing. What was wrong with the latest one
//! is what ListWebhooks tells.

use std::{collections::BTreeMap, net::IpAddr, rc::Rc};

use crate::json::ToJson;
use serde_json::Value;

use super::{
    source_change::pin,
    start::{self, Occasion},
};
use crate::{
    engine::{
        decision::Decision,
        declaration::mask_configuration,
        fact::Event,
        ids::PipelineId,
        providers,
        reason::Reason,
        webhooks::{
            authentication::{self, Hash},
            filters::{self, Judgement},
            payload,
        },
        world::{
            World,
            execution::Trigger,
            pin::Pin,
            pipeline::Pipeline,
            plan::ActionPlan,
            source::{Place, Revision},
            webhook::{Delivery, Webhook},
        },
    },
    model::{ActionDeclaration, TriggerType, WebhookAuthenticationType, WebhookDefinition},
};

/// A call of a webhook.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The webhook, by its name or by its address.
    pub to: Addressee,
    /// The headers, their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body, byte for byte: a signature is of these bytes.
    pub body: String,
    /// The address that the call comes from.
    pub source: Option<IpAddr>,
    /// Signs the body with the webhook's own secret, as the Git host that knows it would.
    pub sign: Option<Hash>,
}

/// Which webhook is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// The one with this name.
    Name(String),
    /// The one with this address.
    Url(String),
}

/// What a call of a webhook is answered with. The service does not publish its answers; these are ours (WH-12).
#[derive(Clone, Debug, Default, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Answer {
    /// The HTTP status: 200 also where a filter did not let the body pass.
    pub status: u16,
    /// Whether an execution was started.
    pub started: bool,
    /// The webhook; absent where there is none with this address.
    #[json(skip_serializing_if = "Option::is_none")]
    pub webhook_name: Option<String>,
    /// The execution. It has failed at once where it could not run.
    #[json(skip_serializing_if = "Option::is_none")]
    pub pipeline_execution_id: Option<String>,
    /// The rule that decided.
    pub rule: &'static str,
    /// Why, in a sentence.
    pub because: String,
    /// What each filter made of the body; empty where none was asked.
    pub filters: Vec<Judgement>,
}

/// The webhook that is called.
#[must_use]
pub fn addressed<'a>(world: &'a World, to: &Addressee) -> Option<&'a Webhook> {
    match to {
        Addressee::Name(name) => world.webhooks.get(name.as_str()),
        Addressee::Url(url) => world
            .webhooks
            .values()
            .find(|webhook| webhook.url(&world.options) == *url),
    }
}

/// The source action that a webhook is for, in the current version of its pipeline.
///
/// # Errors
/// A code and a sentence: the pipeline or the action is not there.
pub fn target<'a>(
    world: &'a World,
    definition: &WebhookDefinition,
) -> Result<(&'a Pipeline, &'a ActionDeclaration, &'a ActionPlan), (&'static str, String)> {
    let WebhookDefinition {
        target_pipeline: name,
        target_action: action,
        ..
    } = definition;
    let Some(pipeline) = world.pipeline_named(name) else {
        let text = format!("The pipeline '{name}' does not exist.");
        return Err(("PipelineNotFound", text));
    };
    let plan = &pipeline.current().plan;
    let first = plan.declaration.stages.first();
    let actions = first.map(|stage| stage.actions.as_slice());
    let planned = plan.stages.first().map(|stage| stage.actions.as_slice());
    let mut both = actions
        .unwrap_or_default()
        .iter()
        .zip(planned.unwrap_or_default());
    match both.find(|(declared, _)| declared.name == *action) {
        Some((declared, planned)) => Ok((pipeline, declared, planned)),
        None => Err((
            "ActionNotFound",
            format!("The first stage of the pipeline '{name}' has no action '{action}'."),
        )),
    }
}

/// Where a source action looks.
#[must_use]
pub fn place(declared: &ActionDeclaration, planned: &ActionPlan) -> Option<Place> {
    let configuration = declared.configuration.as_ref()?;
    providers::of(planned.kind).place(configuration)
}

/// Somebody calls a webhook.
pub fn deliver(decision: &mut Decision, call: &Call) -> Answer {
    let Some(webhook) = addressed(decision, &call.to) else {
        return Answer {
            status: 404,
            rule: "WH-12",
            because: "There is no webhook with this address.".to_owned(),
            ..Answer::default()
        };
    };
    let definition = Rc::clone(&webhook.definition);
    let id = decision
        .pipeline_named(&definition.target_pipeline)
        .map(|pipeline| pipeline.id);
    let mut headers = call.headers.clone();
    if let Some(hash) = call.sign {
        let secret = &definition.authentication_configuration.secret_token;
        let signature = hash.signature(secret.as_deref().unwrap_or_default(), &call.body);
        headers.insert(hash.header().to_owned(), signature);
    }
    let admitted = authentication::admit(&definition, &headers, call.source, &call.body);
    if let Err(because) = admitted {
        let rule = match definition.authentication {
            WebhookAuthenticationType::GithubHmac => "WH-13",
            _ => "WH-2",
        };
        return refuse(
            decision,
            id,
            &definition,
            403,
            rule,
            ("AuthenticationFailed", because),
        );
    }
    let body: Value = match serde_json::from_str(&call.body) {
        Ok(body) => body,
        Err(error) => {
            let problem = ("InvalidPayload", format!("The body is not JSON: {error}."));
            return refuse(decision, id, &definition, 400, "WH-12", problem);
        }
    };
    let (pipeline, declared, planned) = match target(decision, &definition) {
        Ok(target) => target,
        Err(problem) => return refuse(decision, id, &definition, 400, "WH-10", problem),
    };
    // What a filter wants is told, so no secret may be filled in.
    let empty = BTreeMap::new();
    let configuration = mask_configuration(
        &declared.action_type_id,
        declared.configuration.as_ref().unwrap_or(&empty),
        decision as &World,
    );
    let filters = filters::judge(&definition.filters, &configuration, &body);
    if let Some(filter) = filters.iter().position(|one| !one.passes) {
        return filtered(decision, pipeline.id, &definition, filter, filters);
    }
    let pipeline = pipeline.id;
    let push = payload::push(&body, decision.now());
    let place = place(declared, planned);
    let pins = pins(decision, pipeline, declared, place.as_ref(), push.as_ref());
    decision.record(Event::WebhookDelivered {
        pipeline: Some(pipeline),
        name: definition.name.as_str().into(),
        delivery: Delivery::Started,
    });
    // WH-14: what was pushed to the branch is what the branch holds from now on.
    if let Some((push, place)) = push.zip(place)
        && push.is_to(&place)
        && decision.revision_at(&place).id != push.revision.id
    {
        decision.record(Event::RevisionArrived {
            place,
            revision: Rc::new(push.revision),
        });
    }
    let detail = decision.webhook_arn(&definition.name).into();
    let trigger = Trigger {
        kind: TriggerType::Webhook,
        detail,
    };
    let occasion = Occasion {
        pins,
        ..Occasion::from(trigger)
    };
    let execution = start::by_event(decision, pipeline, occasion);
    let failed = execution.and_then(|id| match &decision.execution(id).reason {
        Some(Reason::TooManyExecutions) => {
            Some(" The execution failed at once: as many as may be are active.")
        }
        Some(Reason::VariableMissing { .. }) => {
            Some(" The execution failed at once: a pipeline variable has no value.")
        }
        _ => None,
    });
    Answer {
        status: 200,
        started: execution.is_some(),
        webhook_name: Some(definition.name.clone()),
        pipeline_execution_id: execution.map(|id| decision.key().execution(id)),
        rule: "WH-12",
        because: format!(
            "Every filter lets the body pass.{}",
            failed.unwrap_or_default()
        ),
        filters,
    }
}

/// The revision that a delivery is about (WH-14), for a source action that looks at a branch.
fn pins(
    world: &World,
    pipeline: PipelineId,
    declared: &ActionDeclaration,
    place: Option<&Place>,
    push: Option<&payload::Push>,
) -> Vec<Pin> {
    let (Some(Place::Branch { .. }), Some(push)) = (place, push) else {
        return vec![];
    };
    let mode = world.pipeline(pipeline).current().plan.mode;
    pin(mode, declared, Rc::new(push.revision.clone()), None)
}

/// A filter does not let the body pass.
fn filtered(
    decision: &mut Decision,
    pipeline: PipelineId,
    definition: &WebhookDefinition,
    filter: usize,
    filters: Vec<Judgement>,
) -> Answer {
    decision.record(Event::WebhookDelivered {
        pipeline: Some(pipeline),
        name: definition.name.as_str().into(),
        delivery: Delivery::Filtered {
            filter: u16::try_from(filter).unwrap_or(u16::MAX),
        },
    });
    let because = filters.get(filter).map_or_else(String::new, |one| {
        let path = &one.json_path;
        match (&one.wants, one.found.as_slice()) {
            (_, []) => format!("The body has nothing at {path}."),
            (Some(wants), found) => {
                format!(
                    "The filter wants {wants} at {path}, and the body has {}.",
                    found.join(", ")
                )
            }
            (None, _) => String::new(),
        }
    });
    Answer {
        status: 200,
        webhook_name: Some(definition.name.clone()),
        rule: "WH-6",
        because,
        filters,
        ..Answer::default()
    }
}

/// A delivery is refused, and ListWebhooks tells why.
fn refuse(
    decision: &mut Decision,
    pipeline: Option<PipelineId>,
    definition: &WebhookDefinition,
    status: u16,
    rule: &'static str,
    (code, because): (&'static str, String),
) -> Answer {
    decision.record(Event::WebhookDelivered {
        pipeline,
        name: definition.name.as_str().into(),
        delivery: Delivery::Refused {
            code: code.into(),
            message: because.as_str().into(),
        },
    });
    Answer {
        status,
        webhook_name: Some(definition.name.clone()),
        rule,
        because,
        ..Answer::default()
    }
}

/// WH-15: the repository calls the webhooks that are registered with it, after a push to the branch that their source
/// action looks at.
pub fn call_registered(decision: &mut Decision, place: &Place, revision: &Revision) -> Vec<Answer> {
    let Some(body) = payload::of_push(place, revision) else {
        return vec![];
    };
    let names: Vec<String> = decision
        .webhooks
        .values()
        .filter(|webhook| webhook.registered)
        .filter(|webhook| {
            target(decision, &webhook.definition).is_ok_and(|(_, declared, planned)| {
                self::place(declared, planned).as_ref() == Some(place)
            })
        })
        .map(|webhook| webhook.name().to_owned())
        .collect();
    let body = body.to_string();
    names
        .into_iter()
        .map(|name| {
            let call = Call {
                to: Addressee::Name(name),
                headers: BTreeMap::new(),
                body: body.clone(),
                source: None,
                sign: Some(Hash::Sha256),
            };
            deliver(decision, &call)
        })
        .collect()
}
