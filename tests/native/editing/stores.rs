//! Where artifacts are kept: from one store to one for each Region and back, with what the service says of each at its place.

use codepipeline_simulator::page::edit::{Change, Chosen, Draft, fill, view};
use codepipeline_simulator::page::view::{EditField, FieldKind, FormItem};
use serde_json::{Value, json};

use super::{changed, draft, seen, world};

/// The form of the pipeline.
fn items(draft: &Draft) -> Vec<FormItem> {
    view(&world(), draft, Chosen::Pipeline, None).form.items
}

fn field(draft: &Draft, at: &str) -> Option<EditField> {
    items(draft).into_iter().find_map(|item| match item {
        FormItem::Field(field) if field.at == at => Some(*field),
        _ => None,
    })
}

/// Presses what is offered under this name: to add something, or to take a group away.
fn press(draft: &mut Draft, label: &str) {
    let change = items(draft).into_iter().find_map(|item| match item {
        FormItem::Add(press) if press.label == label => Some(press.change),
        FormItem::Group {
            remove: Some(press),
            ..
        } if press.label == label => Some(press.change),
        _ => None,
    });
    draft.settle();
    draft.change(
        &change.unwrap_or_else(|| panic!("{label} is offered")),
        &world(),
    );
}

fn type_into(draft: &mut Draft, at: &str, text: &str) {
    let change = fill(draft.value(), at, text).expect("a change");
    draft.change(&change, &world());
}

fn stores(draft: &Draft) -> (Option<&Value>, Option<&Value>) {
    let value = draft.value();
    (value.get("artifactStore"), value.get("artifactStores"))
}

#[test]
fn one_store_becomes_one_for_each_region_and_one_again() {
    let mut draft = draft();
    let bucket = draft.value()["artifactStore"].clone();
    press(&mut draft, "One artifact store for each Region");
    assert_eq!(
        stores(&draft),
        (None, Some(&json!({ "us-east-1": bucket })))
    );

    // One more is in some Region that has none, and can be given to another one; a Region that has a store is not offered.
    press(&mut draft, "Add artifactStores");
    let keys = |draft: &Draft| -> Vec<String> {
        let stores = draft.value()["artifactStores"].as_object();
        stores.expect("stores").keys().cloned().collect()
    };
    assert_eq!(keys(&draft), ["us-east-1", "us-east-2"]);
    type_into(&mut draft, "/artifactStores/@1", "eu-west-1");
    assert_eq!(keys(&draft), ["us-east-1", "eu-west-1"]);
    assert!(fill(draft.value(), "/artifactStores/@1", "us-east-1").is_none());
    let region = field(&draft, "/artifactStores/@1").expect("the Region");
    assert_eq!(region.value, "eu-west-1");
    let FieldKind::Choice(choices) = region.kind else {
        panic!("a choice")
    };
    let offers = |region: &str| choices.iter().any(|one| one.value == region);
    assert_eq!(
        (
            offers("eu-west-1"),
            offers("us-east-1"),
            offers("eu-west-2")
        ),
        (true, false, true)
    );
    assert_eq!(seen(&draft).problems, []);

    // Location and key are fields of the store.
    type_into(
        &mut draft,
        "/artifactStores/eu-west-1/location",
        "in-ireland",
    );
    draft.settle();
    type_into(
        &mut draft,
        "/artifactStores/eu-west-1/encryptionKey/id",
        "alias/mine",
    );
    type_into(
        &mut draft,
        "/artifactStores/eu-west-1/encryptionKey/type",
        "KMS",
    );
    assert_eq!(
        draft.value().pointer("/artifactStores/eu-west-1"),
        Some(&json!({
            "type": "S3",
            "location": "in-ireland",
            "encryptionKey": { "id": "alias/mine", "type": "KMS" },
        }))
    );
    let key = field(&draft, "/artifactStores/eu-west-1/encryptionKey/id");
    assert_eq!(key.expect("a field").value, "alias/mine");
    assert_eq!(seen(&draft).problems, []);

    let mut back = draft.clone();
    press(&mut back, "One artifact store for all Regions");
    assert_eq!(stores(&back), (Some(&bucket), None));

    // Taken away one by one, nothing is left of them; the service says what is missing, and one press puts it there.
    press(&mut draft, "Remove artifactStores 1");
    press(&mut draft, "Remove artifactStores 1");
    assert_eq!(stores(&draft), (None, None));
    let remedies = &seen(&draft).problems[0].remedies;
    assert_eq!(remedies[0].label, "Add an artifact store");
}

#[test]
fn what_the_service_says_of_a_store_stands_at_it() {
    let set = |at: &str, to: Value| Change::Set {
        at: at.to_owned(),
        to,
    };
    let mut draft = changed([]);
    press(&mut draft, "One artifact store for each Region");
    let world = world();
    draft.change(
        &set(
            "/artifactStores/eu-west-1",
            json!({ "type": "S3", "location": "x" }),
        ),
        &world,
    );
    draft.settle();
    draft.change(
        &set(
            "/artifactStores/eu-nowhere-1",
            json!({ "type": "S3", "location": "somewhere" }),
        ),
        &world,
    );

    let location = field(&draft, "/artifactStores/eu-west-1/location").expect("a field");
    let said = &location.findings[0].1.message;
    assert!(said.contains("greater than or equal to 3"), "{said}");

    let nowhere = field(&draft, "/artifactStores/@2").expect("its Region");
    let nowhere = nowhere.findings;
    assert_eq!(
        nowhere[0].1.message,
        "The region eu-nowhere-1 specified in 'pipeline.artifactStores' is not a valid AWS Region."
    );
    draft.settle();
    draft.change(&nowhere[0].1.remedies[0].change, &world);
    assert!(
        draft
            .value()
            .pointer("/artifactStores/eu-nowhere-1")
            .is_none()
    );

    // Both kinds at once.
    draft.settle();
    draft.change(
        &set(
            "/artifactStore",
            json!({ "type": "S3", "location": "both" }),
        ),
        &world,
    );
    let both = seen(&draft)
        .problems
        .into_iter()
        .find(|one| one.message.contains("exactly one of"))
        .expect("it is told");
    let labels: Vec<_> = both.remedies.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["Remove artifactStore", "Remove artifactStores"]);
}

#[test]
fn an_action_in_another_region_gets_its_store_with_one_press() {
    let (stage, place) = super::action(&draft(), "Build", "Compile");
    let at = format!("/stages/{stage}/actions/{place}/region");
    for several in [false, true] {
        let mut draft = draft();
        if several {
            press(&mut draft, "One artifact store for each Region");
        }
        type_into(&mut draft, &at, "eu-west-1");
        let problems = seen(&draft).problems;
        assert_eq!(problems.len(), 1, "{problems:?}");
        let remedy = &problems[0].remedies[0];
        assert_eq!(remedy.label, "Add an artifact store in eu-west-1");
        draft.change(&remedy.change, &world());
        assert_eq!(seen(&draft).problems, []);
        let stores = stores(&draft).1.and_then(Value::as_object).expect("stores");
        assert_eq!(
            stores.keys().collect::<Vec<_>>(),
            ["us-east-1", "eu-west-1"]
        );
    }
}
