//! What changes do: names carry what refers to them, run orders make room, providers keep what fits.

use codepipeline_simulator::page::edit::{Change, Chosen, Move, Slot, add, fill};
use serde_json::{Value, json};

use super::{action, changed, draft, seen, world};

fn filled(at: &str, text: &str) -> Value {
    let change = fill(draft().value(), at, text).expect("a change");
    changed([change]).value().clone()
}

#[test]
fn a_renamed_artifact_is_read_under_its_new_name() {
    let before = draft()
        .value()
        .to_string()
        .matches("\"SourceArtifact\"")
        .count();
    assert!(before > 1, "somebody reads it");
    let after = filled("/stages/0/actions/0/outputArtifacts/0/name", "Code");
    assert_eq!(after.to_string().matches("\"Code\"").count(), before);
    assert_eq!(after.to_string().matches("SourceArtifact").count(), 0);
}

#[test]
fn a_renamed_namespace_is_referred_to_by_its_new_name() {
    let after = filled("/stages/0/actions/0/namespace", "Commit");
    assert!(after.to_string().contains("#{Commit.CommitId}"));
    assert!(!after.to_string().contains("#{Source."));
}

#[test]
fn a_renamed_variable_and_a_renamed_source_take_their_references_along() {
    let world = world();
    let mut draft = draft();
    for (at, to) in [
        (
            "/variables",
            json!([{ "name": "target", "defaultValue": "x" }]),
        ),
        (
            "/stages/1/actions/0/configuration/EnvironmentVariables",
            json!("a #{variables.target} b #{variables.targets}"),
        ),
        (
            "/triggers",
            json!([{ "providerType": "CodeStarSourceConnection", "gitConfiguration": { "sourceActionName": "Checkout" } }]),
        ),
    ] {
        draft.change(
            &Change::Set {
                at: at.to_owned(),
                to,
            },
            &world,
        );
    }
    for (at, name) in [
        ("/variables/0/name", "place"),
        ("/stages/0/actions/0/name", "Fetch"),
    ] {
        let change = fill(draft.value(), at, name).expect("a name");
        draft.change(&change, &world);
    }
    let after = draft.value();
    assert_eq!(
        after.pointer("/stages/1/actions/0/configuration/EnvironmentVariables"),
        Some(&json!("a #{variables.place} b #{variables.targets}"))
    );
    assert_eq!(
        after.pointer("/triggers/0/gitConfiguration/sourceActionName"),
        Some(&json!("Fetch"))
    );
}

#[test]
fn names_that_two_things_have_carry_nothing() {
    let world = world();
    let mut draft = draft();
    let twin = json!([{ "name": "SourceArtifact" }]);
    let at = "/stages/1/actions/0/outputArtifacts".to_owned();
    draft.change(&Change::Set { at, to: twin }, &world);
    let change = fill(
        draft.value(),
        "/stages/1/actions/0/outputArtifacts/0/name",
        "Mine",
    );
    draft.change(&change.expect("a name"), &world);
    let inputs = draft.value().to_string();
    assert!(inputs.contains("\"inputArtifacts\":[{\"name\":\"SourceArtifact\"}]"));
}

#[test]
fn an_action_of_its_own_between_two_counts_the_later_up() {
    let world = world();
    let mut draft = draft();
    draft.change(&Change::AddStage { at: 4 }, &world);
    for slot in [Slot::After(1), Slot::With(2), Slot::After(1)] {
        draft.change(&Change::AddAction { stage: 4, slot }, &world);
    }
    let orders = |draft: &super::Draft| -> Vec<i64> {
        let actions = draft.value()["stages"][4]["actions"].as_array().cloned();
        let actions = actions.unwrap_or_default();
        actions
            .iter()
            .filter_map(|one| one["runOrder"].as_i64())
            .collect()
    };
    assert_eq!(orders(&draft), [1, 3, 3, 2]);
    let to = Move::Later;
    let chosen = draft.change(
        &Change::MoveAction {
            stage: 4,
            action: 3,
            to,
        },
        &world,
    );
    assert_eq!(chosen, Some(Chosen::Action(4, 3)));
    assert_eq!(orders(&draft), [1, 3, 3, 3]);
    draft.change(
        &Change::MoveAction {
            stage: 4,
            action: 0,
            to: Move::To(4, Slot::After(3)),
        },
        &world,
    );
    assert_eq!(orders(&draft), [4, 3, 3, 3]);
}

#[test]
fn another_provider_keeps_what_fits_and_takes_what_it_needs() {
    let draft = draft();
    let (stage, place) = action(&draft, "Build", "Compile");
    let at = format!("/stages/{stage}/actions/{place}");
    let after = filled(&format!("{at}/actionTypeId"), "Deploy/AWS/S3/1");
    let now = after.pointer(&at).expect("it is still there");
    assert_eq!(now["actionTypeId"]["provider"], "S3");
    assert_eq!(now["inputArtifacts"], json!([{ "name": "SourceArtifact" }]));
    assert_eq!(now["configuration"], json!({}));
    assert_eq!(now["name"], "Compile");
}

#[test]
fn an_unnamed_action_is_called_by_what_it_does() {
    let world = world();
    let mut draft = draft();
    let chosen = draft.change(
        &Change::AddAction {
            stage: 2,
            slot: Slot::With(1),
        },
        &world,
    );
    let Some(Chosen::Action(stage, place)) = chosen else {
        panic!("{chosen:?}");
    };
    let at = format!("/stages/{stage}/actions/{place}/actionTypeId");
    let change = fill(draft.value(), &at, "Deploy/AWS/ECS/1").expect("a type");
    draft.change(&change, &world);
    let name = draft
        .value()
        .pointer(&format!("/stages/{stage}/actions/{place}/name"));
    assert_eq!(name, Some(&json!("Deploy")));
}

#[test]
fn whatever_can_be_added_is_added_with_its_name_in_one_step() {
    let world = world();
    let shown = seen(&draft());
    assert!(shown.sources.iter().all(|one| one.group == "Source"));
    assert!(shown.types.iter().all(|one| one.group != "Source"));
    assert!(shown.sources.len() > 2 && shown.types.len() > 15);
    for (stage, kinds) in [(0, &shown.sources), (2, &shown.types)] {
        for kind in kinds {
            let before = draft();
            let mut draft = before.clone();
            let place = draft.value()["stages"][stage]["actions"]
                .as_array()
                .map_or(0, Vec::len);
            let chosen = draft.change(
                &add::action(stage, place, Slot::With(1), &kind.value),
                &world,
            );
            assert_eq!(chosen, Some(Chosen::Action(stage, place)));
            let added = &draft.value()["stages"][stage]["actions"][place];
            let id = &added["actionTypeId"];
            let is = ["category", "owner", "provider", "version"];
            let is = is.map(|part| id[part].as_str().unwrap_or_default());
            assert_eq!(is.join("/"), kind.value);
            assert_eq!(
                added["name"]
                    .as_str()
                    .is_some_and(|name| name.starts_with("Approve")),
                kind.group == "Approval",
                "{added}"
            );
            draft.undo();
            assert_eq!(draft.value(), before.value(), "one step");
        }
    }
    let mut draft = draft();
    let chosen = draft.change(&add::stage(2, "Deploy/AWS/ECS/1"), &world);
    assert_eq!(chosen, Some(Chosen::Stage(2)));
    let actions = &draft.value()["stages"][2]["actions"];
    assert_eq!(actions.as_array().map_or(0, Vec::len), 1);
    assert_eq!(actions[0]["actionTypeId"]["provider"], "ECS");
}

#[test]
fn members_that_the_service_does_not_know_stay_and_are_told() {
    let after = changed([Change::Set {
        at: "/stages/1/note".to_owned(),
        to: json!("mine"),
    }]);
    assert!(after.text().contains("\"note\": \"mine\""));
    let advice = seen(&after).advice;
    assert!(
        advice.iter().any(|one| one.message.contains("note")),
        "{advice:?}"
    );
}

#[test]
fn the_smallest_pipeline_breaks_no_rule() {
    let options = codepipeline_simulator::engine::world::Options::default();
    let smallest = codepipeline_simulator::page::edit::start::smallest("new-pipeline", &options);
    let draft = super::Draft::new(super::Base::New, smallest);
    let seen = seen(&draft);
    assert_eq!(seen.problems, []);
    assert!(seen.ready);
}
