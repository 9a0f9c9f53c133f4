//! EV-8: the same events as notification rules pass them on: another envelope, and what a reader would ask next.

use crate::json::ToJson;

use super::{Level, State, StateChange, StateChangeDetail, scene::Scene};
use crate::{
    engine::{
        fact::{Event, Fact},
        providers,
        random::{digest, hexadecimal, mix},
        reason::Reason,
        world::{World, execution::Execution},
    },
    model::ActionExecutionStatus,
};

/// An event as a notification rule passes it on.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Notification {
    /// The account.
    pub account: String,
    /// What changed its state.
    pub detail_type: Level,
    /// The Region.
    pub region: String,
    /// Always `aws.codepipeline`.
    pub source: &'static str,
    /// When, in UTC, to the second.
    pub time: String,
    /// The rule: every pipeline has one, which passes everything on.
    pub notification_rule_arn: String,
    /// What happened, as in the plain event.
    pub detail: StateChangeDetail,
    /// The ARN of the pipeline.
    pub resources: [String; 1],
    /// What a reader would ask next.
    pub additional_attributes: Attributes,
}

/// What a reader would ask next. Members that do not apply are absent.
#[derive(Clone, Debug, Default, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Attributes {
    /// A failed execution: how many actions of its last stage failed.
    #[json(skip_serializing_if = "Option::is_none")]
    pub failed_action_count: Option<usize>,
    /// A failed execution: which.
    #[json(skip_serializing_if = "Option::is_none")]
    pub failed_actions: Option<Vec<FailedAction>>,
    /// A failed execution: the stage that failed.
    #[json(skip_serializing_if = "Option::is_none")]
    pub failed_stage: Option<String>,
    /// A stage behind the first one begins: what its execution is about.
    #[json(skip_serializing_if = "Option::is_none")]
    pub source_actions: Option<Vec<SourceAction>>,
    /// An approval begins: the page to look at.
    #[json(skip_serializing_if = "Option::is_none")]
    pub external_entity_link: Option<String>,
    /// An approval begins: the note for the reviewers.
    #[json(skip_serializing_if = "Option::is_none")]
    pub custom_data: Option<String>,
}

/// An action that failed.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct FailedAction {
    /// Its name.
    pub action: String,
    /// What it said.
    pub additional_information: String,
}

/// What a source action fetched.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct SourceAction {
    /// Its name.
    pub source_action_name: String,
    /// Its provider.
    pub source_action_provider: String,
    /// Its output variables.
    pub source_action_variables: std::collections::BTreeMap<String, String>,
}

/// What notification rules pass on of a fact; see [`super::of`].
#[must_use]
pub fn of(world: &World, fact: &Fact) -> Vec<Notification> {
    let Some(scene) = Scene::of(world, fact) else {
        return vec![];
    };
    let changes = super::of(world, fact);
    let pass_on = |change: StateChange| Notification {
        additional_attributes: attributes(&scene, fact, &change),
        notification_rule_arn: rule_arn(world, scene.pipeline.name()),
        account: change.account,
        detail_type: change.detail_type,
        region: change.region,
        source: change.source,
        time: change.time,
        detail: change.detail,
        resources: change.resources,
    };
    changes.into_iter().map(pass_on).collect()
}

fn rule_arn(world: &World, pipeline: &str) -> String {
    let options = &world.options;
    let number = mix(options.seed) ^ digest(pipeline);
    format!(
        "arn:{}:codestar-notifications:{}:{}:notificationrule/{}",
        options.partition,
        options.region,
        options.account_id,
        hexadecimal(number, 40)
    )
}

fn attributes(scene: &Scene, fact: &Fact, change: &StateChange) -> Attributes {
    match (&fact.event, change.detail_type, change.detail.state) {
        (
            Event::ExecutionEnded {
                reason: Reason::StageFailed { stage },
                ..
            },
            Level::Pipeline,
            State::Failed,
        ) => {
            let failed = failed_actions(scene, *stage);
            Attributes {
                failed_action_count: Some(failed.len()),
                failed_actions: Some(failed),
                failed_stage: Some(scene.stage_name(*stage)),
                ..Attributes::default()
            }
        }
        (Event::StageEntered { stage, .. }, ..) if *stage > 0 => Attributes {
            source_actions: Some(source_actions(scene)),
            ..Attributes::default()
        },
        (Event::ActionStarted { ordinal, .. }, ..) => approval(scene, *ordinal).unwrap_or_default(),
        _ => Attributes::default(),
    }
}

/// The attempts at actions of a stage that had failed and counted when the fact was recorded.
fn failed_actions(scene: &Scene, stage: u16) -> Vec<FailedAction> {
    let execution: &Execution = &scene.execution;
    let of_stage = execution
        .resumptions
        .iter()
        .filter(|resumption| resumption.stage == stage);
    let (before, after): (Vec<_>, Vec<_>) =
        of_stage.partition(|resumption| resumption.fact <= scene.fact);
    let counted = |ordinal: u32| {
        !before
            .iter()
            .any(|resumption| resumption.dismissed.contains(&ordinal))
            && after
                .first()
                .is_none_or(|resumption| ordinal < resumption.begun)
    };
    execution
        .numbered()
        .filter(|(ordinal, attempt)| {
            attempt.stage == stage
                && attempt.status == ActionExecutionStatus::Failed
                && counted(*ordinal)
        })
        .map(|(_, attempt)| {
            let error = attempt.ending.error.as_ref();
            FailedAction {
                action: scene.plan.action(stage, attempt.action).name.clone(),
                additional_information: error
                    .map(|error| error.message.clone())
                    .unwrap_or_default(),
            }
        })
        .collect()
}

/// What the source actions fetched; for a rollback, in its target. None of them runs again once a later stage was entered.
fn source_actions(scene: &Scene) -> Vec<SourceAction> {
    let declared = scene.plan.declaration.stages.first();
    let sources = declared.map_or(&[][..], |stage| &stage.actions);
    sources
        .iter()
        .zip(0_u16..)
        .filter_map(|(source, index)| {
            let fetched = scene.execution.product(0, index)?;
            Some(SourceAction {
                source_action_name: source.name.clone(),
                source_action_provider: source.action_type_id.provider.clone(),
                source_action_variables: fetched.variables.clone(),
            })
        })
        .collect()
}

fn approval(scene: &Scene, ordinal: u32) -> Option<Attributes> {
    scene.with_run(ordinal, |run, record| {
        let kind = scene.plan.action_plan(record.stage, record.action).kind;
        let text = |key: &str| Some(run.value(key).to_owned()).filter(|text| !text.is_empty());
        if providers::of(kind).waits_for_a_person() {
            Attributes {
                external_entity_link: text("ExternalEntityLink"),
                custom_data: text("CustomData"),
                ..Attributes::default()
            }
        } else {
            Attributes::default()
        }
    })
}
