//! Every operation through its form: what it begins as, what can be filled in, and that this is the JSON of the API.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use serde_json::{Map, Value, json};

use super::{
    Around, Draft, items,
    prefill::{self, empty, prefill},
};
use crate::{
    engine::{
        Engine,
        world::{Options, World},
    },
    model::{self, Kind, OPERATIONS, Operation, Shape},
    page::{
        edit::{Change, pointer, start},
        view::{EditField, FieldKind, FormItem, Selection},
    },
};

fn world() -> World {
    World::new(Options::default())
}

fn of(name: &str) -> &'static Operation {
    model::operation(name).expect("an operation")
}

fn field<'a>(items: &'a [FormItem], at: &str) -> &'a EditField {
    let mut fields = items.iter().filter_map(|item| match item {
        FormItem::Field(field) => Some(&**field),
        _ => None,
    });
    fields
        .find(|field| field.at == at)
        .unwrap_or_else(|| panic!("no field {at}"))
}

fn change_of(items: &[FormItem], label: &str) -> Change {
    let mut presses = items.iter().filter_map(|item| match item {
        FormItem::Add(press) => Some(press),
        FormItem::Group { remove, .. } => remove.as_ref(),
        FormItem::Field(field) => field.remove.as_ref(),
    });
    presses
        .find(|press| press.label == label)
        .unwrap_or_else(|| panic!("no {label}"))
        .change
        .clone()
}

/// A text that satisfies a shape.
fn sample(shape: &Shape) -> String {
    let candidates = [
        "sample",
        "00000000-0000-4000-8000-000000000001",
        "arn:aws:codepipeline:us-east-1:111122223333:sample",
        "arn:aws:iam::111122223333:role/sample",
        "AWS",
        "111122223333",
        "sample-00",
        "https://example.com/sample",
    ];
    let holds = |text: &&&str| {
        shape
            .constraints()
            .iter()
            .flatten()
            .all(|limit| limit.holds_for_text(text))
    };
    let found = candidates.iter().find(holds);
    (*found.unwrap_or_else(|| panic!("no sample for {}", shape.name))).to_owned()
}

/// The least input that the model admits, made from the shapes alone.
fn least(shape: &'static Shape) -> Value {
    match shape.kind {
        Kind::Structure(members) => {
            let needed = members.iter().filter(|member| member.required);
            Value::Object(
                needed
                    .map(|member| (member.name.to_owned(), least(member.shape)))
                    .collect::<Map<_, _>>(),
            )
        }
        Kind::List { member, length } => (0..length.min.unwrap_or(0).min(1))
            .map(|_| least(member))
            .collect(),
        Kind::Map { .. } => json!({}),
        Kind::Text { .. } if prefill::may_be_empty(shape) => json!(""),
        Kind::Text { .. } => json!(sample(shape)),
        Kind::Choice(values) => json!(values[0]),
        Kind::Integer { value } => json!(value.min.unwrap_or(0)),
        Kind::Boolean => json!(false),
        Kind::Timestamp => json!(1_772_531_970),
    }
}

/// What a person types or chooses there.
fn typed(shape: &Shape, kind: &FieldKind) -> String {
    match (&shape.kind, kind) {
        (Kind::Timestamp, FieldKind::Moment) => "2026-03-03T09:59:30".to_owned(),
        (Kind::Text { .. }, _) => sample(shape),
        (Kind::Choice(values), FieldKind::Choice(choices)) => {
            assert!(choices.iter().any(|choice| choice.value == values[0]));
            values[0].to_owned()
        }
        (Kind::Integer { value }, FieldKind::Number) => value.min.unwrap_or(0).to_string(),
        (Kind::Boolean, FieldKind::Choice(_)) => "false".to_owned(),
        (shape, kind) => panic!("{shape:?} is filled in as {kind:?}"),
    }
}

/// Fills in every required field that holds nothing yet and every item, as a person who goes down the form.
fn fill_in(world: &World, draft: &mut Draft) {
    for _ in 0..100 {
        let (items, _) = items(world, draft);
        let next = items.iter().find_map(|item| match item {
            FormItem::Field(field)
                if (field.required || field.remove.is_some()) && field.value.is_empty() =>
            {
                let at = super::place::pointer(draft.value(), &field.at)?;
                let shape = pointer::shape_in(draft.operation.input, &at)?;
                let stays_empty = prefill::may_be_empty(shape);
                (!stays_empty).then(|| (field.at.clone(), typed(shape, &field.kind)))
            }
            _ => None,
        });
        match next {
            Some((at, text)) => draft.fill(&at, &text),
            None => return,
        }
    }
    panic!("{}: no end of required fields", draft.operation.name);
}

#[test]
fn every_operation_has_a_form_that_begins_empty_and_calls_nothing_wrong() {
    let world = world();
    for operation in OPERATIONS {
        let draft = Draft::new(operation, empty(operation.input));
        let (items, _) = items(&world, &draft);
        for member in operation.input.members() {
            let at = format!("/{}", member.name);
            let stands = items.iter().any(|item| match item {
                FormItem::Field(field) => {
                    field.at == at
                        && field.label == member.name
                        && field.required == member.required
                }
                FormItem::Group { title, .. } => title.starts_with(member.name),
                FormItem::Add(press) => press.label.contains(member.name),
            });
            assert!(
                stands,
                "{} has no place for {}",
                operation.name, member.name
            );
        }
        let missing = model::Constraint::Present.to_string();
        for item in &items {
            if let FormItem::Field(field) = item {
                assert!(
                    field.findings.iter().all(|(_, one)| one.message != missing),
                    "{}: {}",
                    operation.name,
                    field.at
                );
            }
        }
        assert!(!draft.changed());
    }
}

#[test]
fn what_is_filled_in_is_the_least_input_that_the_api_takes() {
    let world = world();
    for operation in OPERATIONS {
        let mut draft = Draft::new(operation, empty(operation.input));
        fill_in(&world, &mut draft);
        let wanted = least(operation.input);
        assert_eq!(*draft.value(), wanted, "{}", operation.name);
        assert_eq!(
            serde_json::from_str::<Value>(draft.text()).ok(),
            Some(wanted.clone()),
            "{}",
            operation.name
        );
        assert!(
            model::admit(operation, wanted).is_ok(),
            "{}",
            operation.name
        );
        let found: Vec<String> = items(&world, &draft)
            .0
            .iter()
            .filter_map(|item| match item {
                FormItem::Field(field) => field
                    .findings
                    .first()
                    .map(|(_, one)| format!("{}: {}", field.at, one.message)),
                _ => None,
            })
            .collect();
        let declares = matches!(operation.name, "CreatePipeline" | "UpdatePipeline");
        assert!(
            declares || found.is_empty(),
            "{}: {found:?}",
            operation.name
        );
    }
}

/// Names of operations whose form cannot begin complete in a world: nothing there answers what they ask.
fn incomplete(world: &World, around: &Around) -> Vec<&'static str> {
    let forms = OPERATIONS.iter().filter(|operation| {
        let input = prefill(world, around, operation);
        model::admit(operation, input).is_err()
    });
    forms.map(|operation| operation.name).collect()
}

fn released() -> Engine {
    let mut engine = Engine::new(Options::default());
    let now = engine.world().now;
    let mut declared = start::smallest("shop", &engine.world().options);
    declared["stages"].as_array_mut().expect("stages").push(json!({
        "name": "Release",
        "actions": [
            { "name": "Approve", "actionTypeId": { "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1" } },
            { "name": "Bench", "actionTypeId": { "category": "Test", "owner": "Custom", "provider": "Bench", "version": "1" } },
        ],
    }));
    let calls = [
        (
            "CreateCustomActionType",
            json!({
                "category": "Test", "provider": "Bench", "version": "1",
                "inputArtifactDetails": { "minimumCount": 0, "maximumCount": 1 },
                "outputArtifactDetails": { "minimumCount": 0, "maximumCount": 1 },
            }),
        ),
        (
            "CreatePipeline",
            json!({ "pipeline": declared, "tags": [{ "key": "stage", "value": "test" }] }),
        ),
    ];
    for (operation, input) in calls {
        engine.execute(operation, input, now).expect(operation);
    }
    engine.advance(now.after(crate::engine::time::HOUR));
    engine
}

#[test]
fn a_form_begins_with_what_there_is() {
    let engine = released();
    let world = engine.world();
    let around = Around {
        pipeline: Some("shop".to_owned()),
        selection: Selection::Stage("Release".to_owned()),
    };
    // No partner's job is open there and no webhook was made; why a gate is closed only a person knows.
    assert_eq!(
        incomplete(world, &around),
        [
            "AcknowledgeThirdPartyJob",
            "DeleteWebhook",
            "DisableStageTransition",
            "GetThirdPartyJobDetails",
            "PutThirdPartyJobFailureResult",
            "PutThirdPartyJobSuccessResult",
        ]
    );
    let approval = prefill(world, &around, of("PutApprovalResult"));
    assert_eq!(
        (&approval["stageName"], &approval["actionName"]),
        (&json!("Release"), &json!("Approve"))
    );
    // What is suggested is taken, and ends what waited.
    let answered = engine.rehearse("PutApprovalResult", approval);
    assert!(answered.answer.is_ok(), "{:?}", answered.answer);
    for name in [
        "StopPipelineExecution",
        "UpdatePipeline",
        "PutWebhook",
        "TagResource",
        "CreateCustomActionType",
        "CreatePipeline",
        "DisableStageTransition",
        "PutActionRevision",
        "GetActionType",
        "ListTagsForResource",
        "PollForJobs",
    ] {
        let mut draft = Draft::new(of(name), prefill(world, &around, of(name)));
        fill_in(world, &mut draft);
        let done = engine.rehearse(name, draft.value().clone()).answer;
        assert!(done.is_ok(), "{name}: {done:?}");
    }
    let selected = Around {
        selection: Selection::Pipeline,
        ..around
    };
    let gate = prefill(world, &selected, of("DisableStageTransition"));
    assert_eq!(
        gate["stageName"], "Build",
        "the first stage that has a gate"
    );
}

#[test]
fn an_empty_world_suggests_no_pipeline_and_still_has_every_form() {
    let world = world();
    for operation in OPERATIONS {
        let input = prefill(&world, &Around::default(), operation);
        assert!(input.get("pipelineName").is_none(), "{}", operation.name);
        let draft = Draft::new(operation, input);
        let engine = Engine::new(Options::default());
        let view = super::view(&engine, &draft);
        let form = view.form.expect("a form");
        assert_eq!(form.items.is_empty(), operation.input.members().is_empty());
        assert!(form.ready && !form.changed);
    }
}

#[test]
fn parts_come_and_go_and_fields_and_text_stay_in_step() {
    let world = world();
    let mut draft = Draft::new(of("PutJobSuccessResult"), json!({ "jobId": "x" }));
    let press = |draft: &mut Draft, label: &str| {
        let (items, _) = items(&world, draft);
        draft.change(&change_of(&items, label));
    };
    press(&mut draft, "Add currentRevision");
    draft.fill("/currentRevision/created", "2026-03-03T09:59:30");
    press(&mut draft, "Add executionDetails");
    draft.fill("/executionDetails/percentComplete", "many");
    press(&mut draft, "Add outputVariables");
    draft.fill("/outputVariables/@0/@key", "url");
    draft.fill("/outputVariables/@0", "https://example.com");
    press(&mut draft, "Add to outputVariables");
    let wanted = json!({
        "jobId": "x",
        "currentRevision": { "created": 1_772_531_970 },
        "executionDetails": { "percentComplete": "many" },
        "outputVariables": { "url": "https://example.com", "key": "" },
    });
    assert_eq!(
        serde_json::from_str::<Value>(draft.text()).ok(),
        Some(wanted)
    );
    let (items, problems) = items(&world, &draft);
    let percent = field(&items, "/executionDetails/percentComplete");
    assert_eq!(
        percent.findings[0].1.message,
        "STRING_VALUE can not be converted to an Integer"
    );
    assert_eq!(
        field(&items, "/currentRevision/created").value,
        "2026-03-03T09:59:30"
    );
    assert!(problems > 0);

    // A key that is there already is not taken, and says so.
    draft.fill("/outputVariables/@1/@key", "url");
    let (items, _) = super::items(&world, &draft);
    assert_eq!(
        field(&items, "/outputVariables/@1/@key").findings[0]
            .1
            .message,
        "Another entry has the key url already."
    );
    assert_eq!(draft.value()["outputVariables"]["key"], "");

    // The text rules as well; while it is no JSON, the fields rest.
    draft.write("{\"jobId\": ".to_owned());
    assert!(
        draft
            .broken()
            .is_some_and(|said| said.starts_with("Line 1, column"))
    );
    draft.fill("/jobId", "y");
    assert_eq!(draft.value()["jobId"], "x");
    draft.write("{\"jobId\": \"z\", \"continuationToken\": \"t\"}".to_owned());
    let (items, _) = super::items(&world, &draft);
    assert_eq!(field(&items, "/jobId").value, "z");
    draft.fill("/continuationToken", "");
    assert_eq!(*draft.value(), json!({ "jobId": "z" }));
}

#[test]
fn what_was_asked_for_is_open() {
    let world = world();
    let mut draft = Draft::new(
        of("UpdatePipeline"),
        json!({ "pipeline": { "name": "shop" } }),
    );
    let add = change_of(&items(&world, &draft).0, "Add variables");
    draft.change(&add);
    let (items, _) = items(&world, &draft);
    assert_eq!(field(&items, "/pipeline/variables/0/name").label, "name");
}

#[test]
fn what_is_missing_is_said_where_somebody_was_or_once_it_was_sent() {
    let world = world();
    let mut draft = Draft::new(of("GetPipeline"), empty(of("GetPipeline").input));
    assert_eq!(items(&world, &draft).1, 0);
    draft.fill("/name", "a b");
    draft.fill("/name", "");
    let (fields, _) = items(&world, &draft);
    assert_eq!(
        field(&fields, "/name").findings[0].1.message,
        "Member must not be null"
    );
    let mut sent = Draft::new(of("GetPipeline"), empty(of("GetPipeline").input));
    sent.send();
    assert_eq!(items(&world, &sent).1, 1);
}

#[test]
fn a_deep_input_is_folded_and_says_what_is_wrong_inside() {
    let engine = released();
    let around = Around {
        pipeline: Some("shop".to_owned()),
        selection: Selection::Pipeline,
    };
    let mut draft = Draft::new(
        of("UpdatePipeline"),
        prefill(engine.world(), &around, of("UpdatePipeline")),
    );
    let (before, problems) = items(engine.world(), &draft);
    assert_eq!(problems, 0);
    assert!(before.len() < 60, "{} lines", before.len());
    let mut changed = draft.value().clone();
    changed["pipeline"]["stages"][1]["name"] = json!("Source");
    draft.write(changed.to_string());
    let (after, problems) = items(engine.world(), &draft);
    assert_eq!(problems, 1);
    let said = after
        .iter()
        .any(|item| matches!(item, FormItem::Group { findings, .. } if !findings.is_empty()));
    let at_field = after
        .iter()
        .any(|item| matches!(item, FormItem::Field(field) if !field.findings.is_empty()));
    assert!(said || at_field);
}
