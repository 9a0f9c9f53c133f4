//! AP-11: the message to the topic of an approval.

use crate::json::ToJson;

use super::{links, scene::Scene};
use crate::engine::{
    fact::{Event, Fact},
    ids::Kind,
    providers,
    time::Instant,
    world::World,
};

/// What is published when an approval begins.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Publication {
    /// The topic, `NotificationArn` of the approval.
    pub topic_arn: String,
    /// The message.
    pub message: ApprovalMessage,
}

/// The message. What the approval does not configure is absent.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct ApprovalMessage {
    /// The Region.
    pub region: String,
    /// The page of the pipeline.
    pub console_link: String,
    /// The approval.
    pub approval: ApprovalRequest,
}

/// What a person needs to know, and to answer with PutApprovalResult.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct ApprovalRequest {
    /// Name of the pipeline.
    pub pipeline_name: String,
    /// Name of the stage.
    pub stage_name: String,
    /// Name of the action.
    pub action_name: String,
    /// The token to answer with (AP-2).
    pub token: String,
    /// When it fails if nobody answers, in UTC, to the minute.
    pub expires: String,
    /// The page for the reviewers to look at, variables resolved.
    #[json(skip_serializing_if = "Option::is_none")]
    pub external_entity_link: Option<String>,
    /// The page to answer on.
    pub approval_review_link: String,
    /// The note for the reviewers, variables resolved.
    #[json(skip_serializing_if = "Option::is_none")]
    pub custom_data: Option<String>,
}

/// What is published because of a fact: something where an approval with a topic begins to wait.
#[must_use]
pub fn message(world: &World, fact: &Fact) -> Option<Publication> {
    // An approval whose variables cannot be resolved begins too, has no deadline and ends at once: it asks nobody.
    let Event::ActionStarted {
        ordinal,
        deadline: Some(_),
        ..
    } = &fact.event
    else {
        return None;
    };
    let scene = Scene::of(world, fact)?;
    scene.with_run(*ordinal, |run, record| {
        let action_plan = scene.plan.action_plan(record.stage, record.action);
        let text = |key: &str| Some(run.value(key).to_owned()).filter(|text| !text.is_empty());
        if !providers::of(action_plan.kind).waits_for_a_person() {
            return None;
        }
        let stage_name = scene.stage_name(record.stage);
        let (name, action) = (scene.pipeline.name(), &run.declaration.name);
        let token = world.key().uuid(Kind::Approval, run.id);
        let console_link = links::pipeline(world, name);
        let timeout = providers::timeout(action_plan, run.declaration);
        Some(Publication {
            topic_arn: text("NotificationArn")?,
            message: ApprovalMessage {
                region: world.options.region.clone(),
                approval: ApprovalRequest {
                    pipeline_name: name.to_owned(),
                    expires: to_the_minute(record.started.after(timeout)),
                    external_entity_link: text("ExternalEntityLink"),
                    approval_review_link: format!(
                        "{console_link}/{stage_name}/{action}/approve/{token}"
                    ),
                    custom_data: text("CustomData"),
                    action_name: action.clone(),
                    stage_name,
                    token,
                },
                console_link,
            },
        })
    })?
}

/// ISO 8601 without seconds: `2026-03-03T09:59Z`.
fn to_the_minute(instant: Instant) -> String {
    let mut text = instant.iso_seconds();
    text.truncate("2026-03-03T09:59".len());
    text.push('Z');
    text
}
