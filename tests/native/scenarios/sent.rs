//! What the service sends by itself, as scenarios speak of it: `stage Build STARTED`, `action Build.Compile FAILED`.

use codepipeline_simulator::engine::{
    events::{self, approval},
    fact::Fact,
    world::World,
};
use serde_json::{Value, json};

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

/// The events that a fact means.
pub fn events(world: &World, fact: &Fact) -> Vec<Sent> {
    let passed_on = events::notification::of(world, fact);
    events::of(world, fact)
        .into_iter()
        .zip(passed_on)
        .map(|(event, notification)| {
            let event = json!(event);
            Sent {
                execution: text(&event["detail"]["execution-id"]),
                name: name(&event),
                event,
                notification: json!(notification),
            }
        })
        .collect()
}

/// What a fact publishes to the topic of an approval: the execution, the action as `STAGE.ACTION`, the publication.
pub fn publication(world: &World, fact: &Fact) -> Option<Sent> {
    let publication = json!(approval::message(world, fact)?);
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
