//! What the service sends by itself, as scenarios speak of it: `stage Build STARTED`, `action Build.Compile FAILED`.

use codepipeline_simulator::engine::{
    events::{self, approval},
    fact::Fact,
    world::World,
};
use codepipeline_simulator::json::to_value;
use serde_json::Value;

/// One thing that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The id of the execution that it is about.
    pub execution: String,
    /// What a scenario calls it.
    pub name: String,
    /// The event for EventBridge.
    pub event: Value,
    /// The same event as a notification rule passes it on.
    pub notification: Value,
}

/// Everything that is sent because of a fact.
pub fn all(world: &World, fact: &Fact) -> Vec<Sent> {
    let publication = publication(world, fact).into_iter();
    publication.chain(events(world, fact)).collect()
}

/// Whether what is sent at once is also sent later.
pub fn alike(at_once: &[Sent], later: &[Sent]) -> Result<(), String> {
    if let Some((at_once, later)) = at_once.iter().zip(later).find(|(a, b)| a != b) {
        return Err(format!(
            "sent at once it is {}, sent later {}",
            at_once.notification, later.notification
        ));
    }
    match (at_once.len(), later.len()) {
        (at_once, later) if at_once == later => Ok(()),
        (at_once, later) => Err(format!(
            "{at_once} messages are sent at once and {later} later"
        )),
    }
}

/// The events that a fact means.
fn events(world: &World, fact: &Fact) -> Vec<Sent> {
    let passed_on = events::notification::of(world, fact);
    events::of(world, fact)
        .into_iter()
        .zip(passed_on)
        .map(|(event, notification)| {
            let event = to_value(&event);
            Sent {
                execution: text(&event["detail"]["execution-id"]),
                name: name(&event),
                event,
                notification: to_value(&notification),
            }
        })
        .collect()
}

/// What a fact publishes to the topic of an approval.
fn publication(world: &World, fact: &Fact) -> Option<Sent> {
    let publication = to_value(&approval::message(world, fact)?);
    let approval = &publication["message"]["approval"];
    let execution = fact.event.execution()?;
    Some(Sent {
        execution: world.key().execution(execution),
        name: format!(
            "message {}.{}",
            text(&approval["stageName"]),
            text(&approval["actionName"])
        ),
        event: publication,
        notification: Value::Null,
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn name(event: &Value) -> String {
    let detail = &event["detail"];
    let state = text(&detail["state"]);
    let (stage, action) = (text(&detail["stage"]), text(&detail["action"]));
    match event["detail-type"].as_str() {
        Some("CodePipeline Pipeline Execution State Change") => format!("pipeline {state}"),
        Some("CodePipeline Stage Execution State Change") => format!("stage {stage} {state}"),
        Some("CodePipeline Action Execution State Change") => {
            format!("action {stage}.{action} {state}")
        }
        other => format!("{other:?}"),
    }
}
