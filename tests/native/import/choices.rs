//! Names that are taken, secrets that are masked, types that are missing.

use codepipeline_simulator::page::import::{
    NameChoice, Question, Reading, Step, TypesChoice, view,
};
use serde_json::{Value, json};

use super::draft::{
    action, call, carry_out, github_source, import, messages, ok, pipeline, plain, plan, reading,
    rig, taking, world,
};

/// The inputs of the calls of a plan.
fn inputs(reading: &Reading) -> Vec<Value> {
    let steps = plan(reading)
        .unwrap_or_else(|problems| panic!("{problems:#?}"))
        .steps;
    steps.into_iter().map(|step| step.call().1).collect()
}

#[test]
fn version_and_metadata_are_left_out() {
    let mut document = super::draft::answer("us-east-1");
    document["pipeline"]["version"] = json!("not even a number");
    let inputs = inputs(&reading(&world(), &document));
    assert!(inputs[0]["pipeline"].get("version").is_none());
    assert_eq!(
        inputs[0]
            .as_object()
            .expect("an object")
            .keys()
            .collect::<Vec<_>>(),
        ["pipeline"]
    );
}

#[test]
fn a_bare_declaration_and_one_with_tags_are_taken_as_well() {
    let bare = plain()["pipeline"].clone();
    assert_eq!(
        inputs(&reading(&world(), &bare)),
        inputs(&reading(&world(), &plain()))
    );
    let mut tagged = plain();
    tagged["tags"] = json!([{ "key": "team", "value": "orchard" }]);
    assert_eq!(
        inputs(&reading(&world(), &tagged))[0]["tags"],
        tagged["tags"]
    );
    tagged["tags"] = json!([{ "key": "aws:team", "value": "orchard" }]);
    let problems = plan(&reading(&world(), &tagged)).expect_err("a system tag");
    assert!(
        problems[0].message.starts_with("InvalidTagsException"),
        "{problems:?}"
    );
}

#[test]
fn a_taken_name_is_changed_or_the_pipeline_updated() {
    let mut engine = world();
    for expected in ["orchard", "orchard-2", "orchard-3"] {
        let plan = plan(&reading(&engine, &plain())).expect("a plan");
        let [Step::CreatePipeline(input)] = plan.steps.as_slice() else {
            panic!("{plan:?}")
        };
        assert_eq!(input["pipeline"]["name"], expected);
        carry_out(&mut engine, plan);
    }
    let read = reading(&engine, &plain());
    let mut choices = read.choices();
    assert_eq!(
        read.questions(&choices),
        [Question::NameTaken {
            name: "orchard",
            proposed: "orchard-4",
            next_version: 2,
            cancelled: 1
        }]
    );
    choices.name = NameChoice::Update;
    let plan = read.plan(&choices).expect("a plan");
    assert_eq!(carry_out(&mut engine, plan), ["UpdatePipeline"]);
    let got = ok(&mut engine, "GetPipeline", json!({ "name": "orchard" }));
    assert_eq!(got["pipeline"]["version"], 2);
    let list = ok(
        &mut engine,
        "ListPipelineExecutions",
        json!({ "pipelineName": "orchard" }),
    );
    assert_eq!(
        list["pipelineExecutionSummaries"].as_array().map(Vec::len),
        Some(1),
        "UP-2: none starts"
    );
}

#[test]
fn the_longest_name_still_gets_a_free_neighbour() {
    let mut engine = world();
    let mut document = plain();
    document["pipeline"]["name"] = json!("n".repeat(100));
    for _ in 0..12 {
        let plan = plan(&reading(&engine, &document)).expect("a plan");
        carry_out(&mut engine, plan);
    }
    assert_eq!(engine.world().pipelines.len(), 12);
}

#[test]
fn a_new_name_is_checked_as_the_service_checks_it() {
    let mut engine = world();
    import(&mut engine, &plain());
    let read = reading(&engine, &plain());
    for (name, problem) in [
        (
            "two words",
            Some(
                "Value at 'pipeline.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+",
            ),
        ),
        ("orchard", Some("A pipeline named orchard is here already.")),
        ("apples", None),
    ] {
        let mut choices = read.choices();
        choices.fill(&read, 0, name.to_owned());
        let problems = read.plan(&choices).err().unwrap_or_default();
        assert_eq!(messages(&problems), problem.into_iter().collect::<Vec<_>>());
        let shown = view(&read, &choices, false);
        assert_eq!(shown.ready, problem.is_none());
        let field = shown.choices[0].field.as_ref().expect("a field");
        assert_eq!(
            (field.value.as_str(), field.problem.as_deref()),
            (name, problem)
        );
        assert!(shown.problems.is_empty(), "it is said at the field");
    }
}

fn masked(mask: &str) -> Value {
    let mut document = plain();
    document["pipeline"]["stages"][0]["actions"] = json!([github_source(mask)]);
    document
}

#[test]
fn a_masked_secret_is_replaced_and_said_so() {
    for (mask, replaced) in [
        ("****", true),
        ("*****", true),
        ("***", false),
        ("******", false),
        ("ghp_x", false),
    ] {
        let mut engine = world();
        let read = reading(&engine, &masked(mask));
        let token =
            inputs(&read)[0]["pipeline"]["stages"][0]["actions"][0]["configuration"]["OAuthToken"]
                .clone();
        assert_eq!(token != json!(mask), replaced, "{mask}");
        let notices = view(&read, &read.choices(), false).notices;
        let said =
            "1 masked secret was replaced by a made-up value: OAuthToken of Fetch in Source.";
        assert_eq!(notices.contains(&said.to_owned()), replaced, "{notices:?}");
        carry_out(&mut engine, plan(&read).expect("a plan"));
    }
}

#[test]
fn asterisks_that_hide_nothing_stay() {
    let mut document = plain();
    document["pipeline"]["stages"][1]["actions"][0]["configuration"]["ApplicationName"] =
        json!("****");
    let read = reading(&world(), &document);
    let configuration = &inputs(&read)[0]["pipeline"]["stages"][1]["actions"][0]["configuration"];
    assert_eq!(configuration["ApplicationName"], "****");
}

#[test]
fn an_update_keeps_the_stored_secret_and_replaces_that_of_a_new_action() {
    let mut engine = world();
    ok(&mut engine, "CreatePipeline", masked("ghp_real"));
    let mut document = masked("****");
    let mut second = github_source("****");
    second["name"] = json!("FetchToo");
    second["outputArtifacts"] = json!([{ "name": "Pears" }]);
    document["pipeline"]["stages"][0]["actions"]
        .as_array_mut()
        .expect("a list")
        .push(second);
    let read = reading(&engine, &document);
    let mut choices = read.choices();
    choices.name = NameChoice::Update;
    let notices = view(&read, &choices, false).notices;
    assert!(
        notices.contains(
            &"1 masked secret keeps its stored value: OAuthToken of Fetch in Source.".to_owned()
        ),
        "{notices:?}"
    );
    assert!(
        notices
            .iter()
            .any(|notice| notice.contains("OAuthToken of FetchToo in Source")),
        "{notices:?}"
    );
    carry_out(&mut engine, read.plan(&choices).expect("a plan"));
    let stored = &engine
        .world()
        .pipeline_named("orchard")
        .expect("there")
        .current()
        .plan
        .declaration;
    let token = |action: usize| {
        stored.stages[0].actions[action]
            .configuration
            .as_ref()
            .expect("some")["OAuthToken"]
            .clone()
    };
    assert_eq!(token(0), "ghp_real");
    assert!(!token(1).contains('*'));
}

#[test]
fn a_missing_custom_type_is_created_as_it_is_used() {
    let mut engine = world();
    let mut third = rig("Third", json!({ "Rig": "c", "Pin": "****" }));
    third["inputArtifacts"] = json!([]);
    third["outputArtifacts"] = json!([{ "name": "Report" }]);
    let actions = [
        rig("First", json!({ "Rig": "a" })),
        rig("Second", json!({ "Rig": "b", "Speed": "fast" })),
        third,
        taking(action("Other", "Build/Custom/Press", json!({}))),
    ];
    let read = reading(&engine, &json!({ "pipeline": pipeline(&actions) }));
    let choices = read.choices();
    let questions = read.questions(&choices);
    let [Question::UnknownTypes(types)] = questions.as_slice() else {
        panic!("{questions:?}")
    };
    assert_eq!(
        types
            .iter()
            .map(|one| one.id.provider.as_str())
            .collect::<Vec<_>>(),
        ["Press", "BenchRig"]
    );
    let inputs = inputs(&read);
    assert_eq!(
        inputs[1],
        json!({
            "category": "Test", "provider": "BenchRig", "version": "1",
            "configurationProperties": [
                { "name": "Pin", "required": false, "key": false, "secret": true },
                { "name": "Rig", "required": true, "key": false, "secret": false },
                { "name": "Speed", "required": false, "key": false, "secret": false },
            ],
            "inputArtifactDetails": { "minimumCount": 0, "maximumCount": 1 },
            "outputArtifactDetails": { "minimumCount": 0, "maximumCount": 1 },
        })
    );
    let notices = view(&read, &read.choices(), false).notices;
    assert!(
        notices
            .iter()
            .any(|notice| notice.contains("Pin of Third in Field")),
        "{notices:?}"
    );
    let calls = carry_out(&mut engine, plan(&read).expect("a plan"));
    assert_eq!(
        calls,
        [
            "CreateCustomActionType",
            "CreateCustomActionType",
            "CreatePipeline"
        ]
    );
    // Now the world has them.
    let again = reading(&engine, &json!({ "pipeline": pipeline(&actions) }));
    assert!(matches!(
        again.questions(&again.choices()).as_slice(),
        [Question::NameTaken { .. }]
    ));
}

#[test]
fn without_the_type_the_service_refuses() {
    let read = reading(
        &world(),
        &json!({ "pipeline": pipeline(&[rig("Bench", json!({}))]) }),
    );
    let mut choices = read.choices();
    let options = &view(&read, &choices, false).choices[0].options;
    assert_eq!(options.len(), 1, "what cannot work is not offered");
    choices.choose(&read, 0, 1);
    assert_eq!(choices.custom_types, TypesChoice::Leave);
    let problems = read.plan(&choices).expect_err("no such type");
    assert_eq!(
        messages(&problems),
        [
            "InvalidActionDeclarationException: ActionType (Category: 'Test', Provider: 'BenchRig', Owner: 'Custom', \
          Version: '1') in action 'Bench' is not available in region 'US_EAST_1'"
        ]
    );
    choices.choose(&read, 0, 0);
    assert!(read.plan(&choices).is_ok());
}

#[test]
fn a_type_that_the_service_would_not_create_is_a_problem() {
    let keys: serde_json::Map<String, Value> = (0..11)
        .map(|number| (format!("Key{number}"), json!("x")))
        .collect();
    let problems = plan(&reading(
        &world(),
        &json!({ "pipeline": pipeline(&[rig("Bench", json!(keys))]) }),
    ));
    assert_eq!(
        messages(&problems.expect_err("too many keys")),
        [
            "ValidationException: 1 validation error detected: Value at 'configurationProperties' failed to satisfy \
          constraint: Member must have length less than or equal to 10"
        ]
    );
    let approval = taking(action("Bench", "Approval/Custom/Judge", json!({})));
    let problems = plan(&reading(
        &world(),
        &json!({ "pipeline": pipeline(&[approval]) }),
    ))
    .expect_err("CT-1");
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].message.contains("category Approval"),
        "{problems:?}"
    );
    let many: Vec<Value> = (0..60)
        .map(|number| {
            let mut one = rig(&format!("Bench{number}"), json!({}));
            one["actionTypeId"]["provider"] = json!(format!("Rig{number}"));
            one
        })
        .collect();
    let problems =
        plan(&reading(&world(), &json!({ "pipeline": pipeline(&many) }))).expect_err("QT-4");
    assert!(
        problems[0].message.starts_with("LimitExceededException"),
        "{problems:?}"
    );
}

#[test]
fn unknown_members_are_named() {
    let mut document = plain();
    document["pipeline"]["stages"][1]["actions"][0]["runorder"] = json!(2);
    document["pipeline"]["executionmode"] = json!("QUEUED");
    let read = reading(&world(), &document);
    let Reading::Candidate(candidate) = &read else {
        panic!("{read:?}")
    };
    assert_eq!(
        candidate.ignored,
        [
            "pipeline.stages.2.member.actions.1.member.runorder",
            "pipeline.executionmode"
        ]
    );
    let notices = view(&read, &read.choices(), false).notices;
    assert!(
        notices
            .iter()
            .any(|notice| notice.contains("pipeline.executionmode")),
        "{notices:?}"
    );
}

#[test]
fn ac_18_the_asterisks_themselves_would_be_refused() {
    let mut engine = world();
    let error = call(&mut engine, "CreatePipeline", masked("****")).expect_err("AC-18");
    assert_eq!(error.code.name(), "InvalidActionDeclarationException");
    import(&mut engine, &masked("****"));
}
