//! Texts that want to break something: too large, too deep, cut off, mutated, arbitrary.

use codepipeline_simulator::page::import::{
    LEVELS_REFUSED, Reading, SIZE_REFUSED, read, text, view,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::draft::{
    answer, carry_out, cross_region, github_source, import, pipeline, plain, plan, reading, rig,
    three_regions, with_placeholders, world,
};

fn sentence(text: &str) -> String {
    match read(text, world().world()) {
        Reading::Refused(refused) => {
            assert_eq!(refused.problems.len(), 1, "one plain sentence");
            refused.problems[0].message.clone()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn ten_megabytes_are_refused_whatever_they_are() {
    let whole = plain().to_string();
    for text in [
        "x".repeat(SIZE_REFUSED),
        "[".repeat(SIZE_REFUSED),
        format!("{whole}{}", " ".repeat(SIZE_REFUSED - whole.len())),
        "ä".repeat(SIZE_REFUSED / 2),
    ] {
        assert_eq!(sentence(&text), text::TOO_LARGE);
    }
    let below = format!("{whole}{}", " ".repeat(SIZE_REFUSED - whole.len() - 1));
    assert!(matches!(
        read(&below, world().world()),
        Reading::Candidate(_)
    ));
}

#[test]
fn a_hundred_levels_are_refused_whatever_they_are() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(sentence(&nested(LEVELS_REFUSED)), text::TOO_DEEP);
    assert_eq!(sentence(&"[".repeat(1_000_000)), text::TOO_DEEP);
    assert_eq!(sentence(&"{\"a\":".repeat(100_000)), text::TOO_DEEP);
    assert_eq!(
        sentence(&nested(LEVELS_REFUSED - 1)),
        text::IS_SOMETHING_ELSE
    );
    // Inside a declaration, where the service knows no member.
    let mut document = plain().to_string();
    document.insert_str(1, &format!("\"more\": {},", nested(LEVELS_REFUSED - 1)));
    assert_eq!(sentence(&document), text::TOO_DEEP);
}

#[test]
fn brackets_in_strings_are_no_levels() {
    let mut document = plain();
    let call = &mut document["pipeline"]["stages"][1]["actions"][0];
    call["configuration"]["ApplicationName"] = json!(format!("\\\"{}", "{[".repeat(200)));
    assert!(matches!(
        reading(&world(), &document),
        Reading::Candidate(_)
    ));
}

#[test]
fn a_great_many_of_anything_is_answered() {
    let shallow = |count: usize| {
        let actions: Vec<Value> = (0..count)
            .map(|number| {
                let mut one = rig(&format!("Bench{number}"), json!({ "Pin": "****" }));
                one["actionTypeId"]["provider"] = json!(format!("Rig{number}"));
                one
            })
            .collect();
        json!({ "pipeline": pipeline(&actions) })
    };
    let keys: Map<String, Value> = (0..20_000)
        .map(|number| (format!("Key{number}"), json!("****")))
        .collect();
    let mut unknown = plain();
    for number in 0..20_000 {
        unknown["pipeline"][format!("member{number}")] = json!(null);
    }
    let mut stores = plain();
    for number in 0..20_000 {
        stores["pipeline"]["artifactStores"][format!("region-{number}")] = json!({});
    }
    for document in [
        shallow(5_000),
        json!({ "pipeline": pipeline(&[rig("Bench", json!(keys))]) }),
        unknown,
        stores,
    ] {
        let read = reading(&world(), &document);
        let shown = view(&read, &read.choices(), false);
        assert_eq!(shown.ready, plan(&read).is_ok());
        assert!(shown.problems.len() <= 1_001);
        let words: usize = shown.notices.iter().map(String::len).sum();
        assert!(words < 10_000, "what is shown stays small: {words}");
    }
}

/// JSON of any form, with the words of declarations in it.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop_oneof![
            Just("AWS"),
            Just("Custom"),
            Just("Source"),
            Just("****"),
            Just("arn:aws:kms:eu-west-1:1:key/k"),
            Just("eu-west-1")
        ]
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        let name = prop_oneof![
            Just("pipeline"),
            Just("metadata"),
            Just("pipelineArn"),
            Just("name"),
            Just("roleArn"),
            Just("stages"),
            Just("actions"),
            Just("artifactStore"),
            Just("artifactStores"),
            Just("encryptionKey"),
            Just("id"),
            Just("actionTypeId"),
            Just("category"),
            Just("owner"),
            Just("configuration"),
            Just("tags"),
            Just("region"),
            Just("version"),
        ];
        let key = prop_oneof![name.prop_map(str::to_owned), ".{0,6}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A declaration as people have it.
fn declaration() -> impl Strategy<Value = Value> {
    let secret = {
        let mut document = plain();
        document["pipeline"]["stages"][0]["actions"] = json!([github_source("****")]);
        document
    };
    let custom =
        json!({ "pipeline": pipeline(&[rig("Bench", json!({ "Rig": "north", "Pin": "*****" }))]) });
    prop::sample::select(vec![
        plain(),
        answer("eu-west-1"),
        with_placeholders(),
        cross_region(),
        three_regions(),
        secret,
        custom,
    ])
}

/// Every place in a value, counted in the order of a walk; changes the one with this number.
fn change(value: &mut Value, number: &mut usize, change_to: &mut dyn FnMut(&mut Value)) {
    if *number == 0 {
        change_to(value);
        *number = usize::MAX;
        return;
    }
    *number -= 1;
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| change(item, number, change_to)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| change(member, number, change_to)),
        _ => {}
    }
}

fn places(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(places).sum(),
        Value::Object(members) => members.values().map(places).sum(),
        _ => 0,
    }
}

/// Reads in a world that has the plain pipeline, tries every choice, and carries out what is planned: a plan is a
/// promise that the service keeps.
fn try_everything(text: &str) {
    let mut home = world();
    import(&mut home, &plain());
    let snapshot = home.snapshot();
    let read = read(text, home.world());
    let mut choices = read.choices();
    for turn in 0..8 {
        for question in 0..3 {
            choices.choose(&read, question, (turn >> question) & 1);
        }
        let shown = view(&read, &choices, false);
        match read.plan(&choices) {
            Err(_) => assert!(!shown.ready),
            Ok(plan) => {
                assert!(shown.ready && shown.problems.is_empty());
                let region = plan.new_world.clone();
                let mut there = match &region {
                    Some(region) => super::draft::world_in(region),
                    None => codepipeline_simulator::engine::Engine::restore(&snapshot)
                        .expect("restored"),
                };
                carry_out(&mut there, plan);
            }
        }
    }
    assert_eq!(home.snapshot(), snapshot, "nothing changes");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn no_json_panics(value in any_json()) {
        try_everything(&value.to_string());
        try_everything(&json!({ "pipeline": value }).to_string());
    }

    #[test]
    fn no_text_panics(text in ".{0,200}") {
        try_everything(&text);
    }

    #[test]
    fn no_declaration_that_was_cut_off_panics(document in declaration(), at in any::<prop::sample::Index>()) {
        let text = format!("{document:#}");
        let end = at.index(text.len());
        try_everything(text.get(..end).expect("the text is ASCII"));
    }

    #[test]
    fn no_mutated_declaration_panics(
        document in declaration(), at in any::<prop::sample::Index>(), with in any_json(), remove in any::<bool>(),
    ) {
        let mut document = document;
        let mut number = at.index(places(&document));
        change(&mut document, &mut number, &mut |place| {
            *place = if remove { Value::Null } else { with.clone() };
        });
        try_everything(&document.to_string());
    }

    #[test]
    fn no_mutated_byte_panics(document in declaration(), at in any::<prop::sample::Index>(), letter in any::<char>()) {
        let mut text: Vec<char> = document.to_string().chars().collect();
        let place = at.index(text.len());
        text[place] = letter;
        try_everything(&text.into_iter().collect::<String>());
    }
}
