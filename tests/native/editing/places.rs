//! What the service would refuse stands where it belongs, in its words, with what puts it right.

use codepipeline_simulator::page::edit::{Change, Chosen, Slot, fill, view};
use codepipeline_simulator::page::view::{EditView, FieldKind, FormItem};
use serde_json::json;

use super::{action, changed, draft, seen, world};

fn set(at: &str, to: serde_json::Value) -> Change {
    Change::Set {
        at: at.to_owned(),
        to,
    }
}

fn told(view: &EditView) -> Vec<(String, String)> {
    let problems = view.problems.iter();
    problems
        .map(|one| (one.place.clone(), one.message.clone()))
        .collect()
}

#[test]
fn an_input_that_nobody_makes_is_wrong_at_four_places_and_one_press_puts_it_right() {
    let (stage, place) = action(&draft(), "Build", "Compile");
    let at = format!("/stages/{stage}/actions/{place}/inputArtifacts/0/name");
    let mut draft = changed([set(&at, json!("Nothing"))]);
    let world = world();
    let seen = view(&world, &draft, Chosen::Action(stage, place), None);
    let sentence = "Input Artifact Bundle Nothing in action Compile is not declared as Output Artifact Bundle in any of \
                    the preceding actions";
    // In the bar.
    assert_eq!(seen.counted, "1 problem");
    assert_eq!(seen.problems[0].error, "InvalidActionDeclarationException");
    assert_eq!(
        told(&seen),
        [(
            "Build / Compile / inputArtifacts / Nothing".to_owned(),
            sentence.to_owned()
        )]
    );
    assert!(!seen.ready);
    // On the tile.
    let tile = &seen.stages[stage].columns[0].tiles[0];
    assert_eq!(tile.problem.as_deref(), Some("1 problem"));
    // Under the field.
    let field = seen.form.items.iter().find_map(|item| match item {
        FormItem::Field(field) if field.label == "inputArtifacts 1" => Some(field),
        _ => None,
    });
    let field = field.expect("the field");
    assert_eq!(field.findings.len(), 1);
    // In the text.
    let mark = &seen
        .json
        .marks
        .iter()
        .find(|mark| !mark.advice)
        .expect("a mark");
    assert!(mark.message.ends_with(sentence));
    let line = draft.text().lines().nth(mark.line).expect("the line");
    assert!(line.contains("\"Nothing\""), "{line}");
    // And in the bus.
    assert!(seen.bus.rows.iter().any(|row| row.from.is_none()));
    let remedy = &field.findings[0].1.remedies[0];
    assert_eq!(remedy.label, "Use SourceArtifact, from Source / Checkout");
    draft.change(&remedy.change, &world);
    assert_eq!(super::seen(&draft).problems, []);
}

#[test]
fn limits_of_the_model_and_rules_are_told_together() {
    let draft = changed([
        set("/stages/1/name", json!("no spaces")),
        set("/stages/2/actions/0/runOrder", json!(0)),
        set("/stages/1/actions/0/configuration/ProjectName", json!("")),
        set("/pipelineType", json!("V1")),
        set("/executionMode", json!("QUEUED")),
    ]);
    let seen = seen(&draft);
    let places: Vec<&str> = seen.problems.iter().map(|one| one.at.as_str()).collect();
    for place in [
        "/stages/1/name",
        "/stages/2/actions/0/runOrder",
        "/stages/1/actions/0/configuration/ProjectName",
        "/executionMode",
    ] {
        assert!(places.contains(&place), "{place} in {places:?}");
    }
}

#[test]
fn every_missing_key_of_every_action_is_told() {
    let world = world();
    let mut draft = draft();
    draft.change(&Change::AddStage { at: 4 }, &world);
    draft.change(
        &Change::AddAction {
            stage: 4,
            slot: Slot::With(1),
        },
        &world,
    );
    for place in 0..2 {
        let at = format!("/stages/4/actions/{place}/actionTypeId");
        let change = fill(draft.value(), &at, "Deploy/AWS/ECS/1").expect("a type");
        draft.change(&change, &world);
    }
    let seen = seen(&draft);
    let keys: Vec<&str> = seen.problems.iter().map(|one| one.at.as_str()).collect();
    assert_eq!(
        keys,
        [
            "/stages/4/actions/0/configuration/ClusterName",
            "/stages/4/actions/0/configuration/ServiceName",
            "/stages/4/actions/1/configuration/ClusterName",
            "/stages/4/actions/1/configuration/ServiceName",
        ]
    );
    let fill_in = seen.problems[0]
        .remedies
        .last()
        .expect("examples")
        .change
        .clone();
    draft.change(&fill_in, &world);
    assert_eq!(super::seen(&draft).problems.len(), 2);
}

#[test]
fn what_cannot_be_chosen_is_shown_with_the_reason() {
    let draft = draft();
    let (stage, place) = action(&draft, "Build", "Compile");
    let seen = view(&world(), &draft, Chosen::Action(stage, place), None);
    let choices = |label: &str| {
        seen.form.items.iter().find_map(|item| match item {
            FormItem::Field(field) if field.label == label => match &field.kind {
                FieldKind::Choice(choices) => Some(choices.clone()),
                _ => None,
            },
            _ => None,
        })
    };
    let inputs = choices("inputArtifacts 1").expect("artifacts");
    let own = inputs
        .iter()
        .find(|one| one.value == "BuildArtifact")
        .expect("its own");
    assert!(
        own.disabled && own.label.contains("at the same time"),
        "{own:?}"
    );
    let source = inputs
        .iter()
        .find(|one| one.value == "SourceArtifact")
        .expect("earlier");
    assert!(!source.disabled);
    let types = choices("actionTypeId").expect("types");
    let s3 = types
        .iter()
        .find(|one| one.value == "Source/AWS/S3/1")
        .expect("a source");
    assert!(
        s3.disabled && s3.label.contains("only in the first stage"),
        "{s3:?}"
    );
}

#[test]
fn advice_is_no_problem() {
    let world = world();
    let mut draft = changed([
        set("/stages/1/actions/0/namespace", json!("Unread")),
        set("/variables", json!([{ "name": "unused" }])),
        set(
            "/stages/1/actions/0/outputArtifacts/1",
            json!({ "name": "Unused" }),
        ),
    ]);
    let shown = seen(&draft);
    assert_eq!(shown.problems, []);
    assert!(shown.ready);
    for word in ["Unread", "unused", "Unused", "no default"] {
        let said = shown.advice.iter().any(|one| one.message.contains(word));
        assert!(said, "{word} in {:?}", shown.advice);
    }
    draft.change(&set("/variables", json!([])), &world);
    draft.change(&set("/pipelineType", json!("V1")), &world);
    let advice = seen(&draft).advice;
    assert!(
        advice
            .iter()
            .any(|one| one.message.starts_with("V1 has neither")),
        "{advice:?}"
    );
}
