//! What an account has besides pipelines (action types, webhooks, tags), and calls that are made to fail: what files of
//! scenarios cannot say.

use codepipeline_simulator::json as json_of;
use codepipeline_simulator::{
    api::controls::{DeliverWebhook, FailNext, read},
    engine::{Engine, control::Control, fact::Fact, world::Options},
    model::{self, ErrorCode, OPERATIONS, answer_violations},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::bench::{Bench, three_stages};

fn fail_next(input: Value) -> Control {
    read::<FailNext>("failNext", input)
        .and_then(FailNext::control)
        .expect("a failure")
}

fn refused(input: Value) -> String {
    let read = read::<FailNext>("failNext", input);
    read.and_then(FailNext::control)
        .expect_err("no failure")
        .message
}

fn deliver(bench: &mut Bench, input: Value) -> Value {
    let call = read::<DeliverWebhook>("deliverWebhook", input);
    let call = call.and_then(DeliverWebhook::control).expect("a call");
    let now = bench.now();
    let answer = bench.engine.control(call, now).expect("an answer");
    bench.keep();
    answer
}

/// The facts lead to the same world without anybody saying anything again.
fn replays(bench: &Bench) {
    let text = json_of::to_text(&bench.facts);
    let facts: Vec<Fact> = json_of::from_text(&text).expect("facts");
    let mut again = Engine::new(Options::default());
    again.replay(&facts).expect("facts of this world");
    again.set_clock(bench.now());
    assert_eq!(again.snapshot(), bench.engine.snapshot());
    let restored = Engine::restore(&bench.engine.snapshot()).expect("a world");
    assert_eq!(restored.snapshot(), bench.engine.snapshot());
}

#[test]
fn every_operation_can_be_made_to_fail_with_every_error_and_then_works_as_before() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    for operation in OPERATIONS {
        for code in [ErrorCode::PUBLISHED, ErrorCode::COMMON].concat() {
            bench.control(fail_next(
                json!({ "operation": operation.name, "code": code.name() }),
            ));
            // It comes before the input is looked at.
            let error = bench
                .call(operation.name, json!({ "name": 7 }))
                .expect_err("an error");
            assert_eq!(error.code, code);
            assert_eq!(
                error.message,
                format!(
                    "The simulator was told to answer {} with {code}.",
                    operation.name
                )
            );
        }
    }
    assert!(bench.engine.world().failures.is_empty());
    bench.ok("GetPipeline", json!({ "name": "shop" }));
    replays(&bench);
}

/// S-5: tools that compare what they read with what they wrote see a change in every mask.
#[test]
fn a_world_that_is_told_so_shows_the_secrets_of_webhooks() {
    for (show_webhook_secrets, shown) in [(false, "****"), (true, "s3cret")] {
        let mut bench = Bench::new();
        bench.engine = Engine::new(Options {
            show_webhook_secrets,
            ..Options::default()
        });
        bench.create(&three_stages("shop"));
        let webhook = json!({
            "name": "pushes", "targetPipeline": "shop", "targetAction": "Checkout", "filters": [],
            "authentication": "GITHUB_HMAC", "authenticationConfiguration": { "SecretToken": "s3cret" },
        });
        let put = bench.ok("PutWebhook", json!({ "webhook": webhook }));
        let listed = bench.ok("ListWebhooks", json!({}));
        for item in [&put["webhook"], &listed["webhooks"][0]] {
            let secret = &item["definition"]["authenticationConfiguration"]["SecretToken"];
            assert_eq!(secret, shown);
        }
        let text = bench.engine.snapshot();
        assert_eq!(
            text.contains("showWebhookSecrets"),
            show_webhook_secrets,
            "a world that is not told stays as it was stored"
        );
        let again = Engine::restore(&text).expect("a world");
        assert_eq!(
            again.world().options.show_webhook_secrets,
            show_webhook_secrets
        );
    }
}

#[test]
fn failures_are_answered_in_the_order_in_which_they_were_said_and_as_often() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.control(fail_next(
        json!({ "operation": "StartPipelineExecution", "code": "ThrottlingException", "message": "Rate exceeded", "times": 2 }),
    ));
    bench.control(fail_next(
        json!({ "operation": "StartPipelineExecution", "code": "ConflictException" }),
    ));
    let before = bench.engine.world().pipelines.clone();
    let mut codes = vec![];
    for _ in 0..3 {
        // Others are left alone.
        bench.ok("ListPipelines", json!({}));
        let error = bench
            .call("StartPipelineExecution", json!({ "name": "shop" }))
            .expect_err("an error");
        codes.push((error.code.name(), error.message));
    }
    assert_eq!(
        codes[0],
        ("ThrottlingException", "Rate exceeded".to_owned())
    );
    assert_eq!(codes[1].0, "ThrottlingException");
    assert_eq!(codes[2].0, "ConflictException");
    let after = &bench.engine.world().pipelines;
    let started = |one: &std::collections::BTreeMap<
        _,
        codepipeline_simulator::engine::world::pipeline::Pipeline,
    >| {
        one.values()
            .map(|pipeline| pipeline.started)
            .collect::<Vec<_>>()
    };
    assert_eq!(started(&before), started(after));
    bench.start("shop");
    replays(&bench);
}

#[test]
fn a_failure_is_taken_back() {
    let mut bench = Bench::new();
    bench.control(fail_next(
        json!({ "operation": "ListPipelines", "code": "InternalFailure", "times": 5 }),
    ));
    bench.control(fail_next(
        json!({ "operation": "ListPipelines", "times": 0 }),
    ));
    bench.ok("ListPipelines", json!({}));
    // There is nothing to take back any more, and nothing happens.
    let facts = bench.facts.len();
    bench.control(fail_next(
        json!({ "operation": "ListPipelines", "times": 0 }),
    ));
    assert_eq!(bench.facts.len(), facts);
    replays(&bench);
}

#[test]
fn what_is_no_failure_is_refused() {
    assert_eq!(
        refused(json!({ "operation": "StartPipeline", "code": "InternalFailure" })),
        "There is no operation 'StartPipeline'"
    );
    assert_eq!(
        refused(json!({ "operation": "ListPipelines", "code": "Nonsense" })),
        "'Nonsense' is not the name of an error of the service"
    );
    assert!(refused(json!({ "operation": "ListPipelines" })).contains("''"));
    let many = json!({ "operation": "ListPipelines", "code": "InternalFailure", "times": 1001 });
    assert_eq!(refused(many), "times is 1000 at most");
    let mut bench = Bench::new();
    for _ in 0..100 {
        bench.control(fail_next(
            json!({ "operation": "ListPipelines", "code": "InternalFailure" }),
        ));
    }
    let now = bench.now();
    let more = fail_next(json!({ "operation": "ListPipelines", "code": "InternalFailure" }));
    bench.engine.control(more, now).expect_err("too many");
}

#[test]
fn whoever_only_reads_uses_no_failure_up() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.control(fail_next(
        json!({ "operation": "GetPipeline", "code": "InternalFailure" }),
    ));
    let before = bench.engine.snapshot();
    bench
        .engine
        .ask("GetPipeline", json!({ "name": "shop" }))
        .expect("an answer");
    bench
        .engine
        .ask("DeletePipeline", json!({ "name": "shop" }))
        .expect_err("it changes something");
    assert_eq!(bench.engine.snapshot(), before);
}

#[test]
fn every_listed_type_has_a_model_and_both_fit_their_shapes() {
    let mut bench = Bench::new();
    let listed = bench.ok("ListActionTypes", json!({}));
    let operation = |name| model::operation(name).expect("an operation");
    assert_eq!(
        answer_violations(operation("ListActionTypes"), listed.clone()),
        []
    );
    let types = listed["actionTypes"].as_array().expect("types");
    assert!(types.len() > 30, "{}", types.len());
    let mut ids = std::collections::BTreeSet::new();
    for one in types {
        assert!(
            ids.insert(one["id"].to_string()),
            "{} is there twice",
            one["id"]
        );
        let model = bench.ok("GetActionType", one["id"].clone());
        assert_eq!(
            answer_violations(operation("GetActionType"), model.clone()),
            []
        );
        let counts = |value: &Value| value["inputArtifactDetails"].clone();
        assert_eq!(counts(&model["actionType"]), counts(one));
    }
}

fn webhook(name: &str, filters: Value) -> Value {
    json!({ "webhook": {
        "name": name, "targetPipeline": "shop", "targetAction": "Checkout", "filters": filters,
        "authentication": "UNAUTHENTICATED", "authenticationConfiguration": {},
    } })
}

#[test]
fn a_webhook_that_is_made_anew_has_another_address() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    let first = bench.ok("PutWebhook", webhook("any", json!([])))["webhook"]["url"].clone();
    let changed = bench.ok("PutWebhook", webhook("any", json!([{ "jsonPath": "$.a" }])));
    assert_eq!(changed["webhook"]["url"], first);
    bench.ok("DeleteWebhook", json!({ "name": "any" }));
    let second = bench.ok("PutWebhook", webhook("any", json!([])))["webhook"]["url"].clone();
    assert_ne!(first, second);
    let answer = deliver(&mut bench, json!({ "url": first, "body": {} }));
    assert_eq!(answer["status"], 404);
    let answer = deliver(&mut bench, json!({ "url": second, "body": {} }));
    assert_eq!(answer["status"], 200);
    replays(&bench);
}

#[test]
fn a_start_that_cannot_run_is_told_by_the_answer() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!("QUEUED");
    declaration["stages"][1]["actions"][0]["configuration"]["ProjectName"] = json!("p");
    bench.create(&declaration);
    bench.ok("PutWebhook", webhook("any", json!([])));
    for _ in 0..49 {
        bench.start("shop");
    }
    let answer = deliver(&mut bench, json!({ "webhookName": "any", "body": {} }));
    assert_eq!(answer["started"], true);
    assert_eq!(
        answer["because"],
        "Every filter lets the body pass. The execution failed at once: as many as may be are active."
    );
    replays(&bench);
}

#[test]
fn facts_about_what_is_not_there_are_refused() {
    let engine = Engine::new(Options::default());
    for event in [
        json!({ "WebhookDeleted": { "name": "any" } }),
        json!({ "WebhookRegistered": { "name": "any", "registered": true } }),
        json!({ "WebhookDelivered": { "name": "any", "delivery": "Started" } }),
        json!({ "TagsChanged": { "resource": { "Pipeline": 3 }, "tags": [] } }),
        json!({ "TagsChanged": { "resource": { "Webhook": "any" }, "tags": [] } }),
        json!({ "CustomActionTypeDeleted": { "id": { "category": "Build", "owner": "Custom", "provider": "P", "version": "1" } } }),
        json!({ "FailureAnswered": { "operation": "ListPipelines" } }),
        json!({ "FailureArranged": { "operation": "Nope", "failure": null } }),
        json!({ "FailureArranged": { "operation": "ListPipelines", "failure": { "code": "Nope", "message": "", "times": 1 } } }),
        json!({ "FailureArranged": { "operation": "ListPipelines", "failure": { "code": "InternalFailure", "message": "", "times": 0 } } }),
    ] {
        let fact = json!({ "n": 1, "t": 1_772_524_800_000_i64, "e": event });
        let fact: Fact = json_of::from_value(fact).expect("a fact");
        assert!(engine.world().fits(&fact).is_err(), "{fact:?}");
    }
}

fn body() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z/0]{0,8}".prop_map(Value::from),
        Just(json!("refs/heads/main")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(
                "ref|after|head_commit|id|author|name|message|a",
                inner,
                0..4
            )
            .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_path_and_any_body_have_an_answer(
        path in prop_oneof!["\\PC{1,20}", "\\$[.a-z\\[\\]'*0-9?()@=!<> ]{0,20}"],
        wants in proptest::option::of("[a-z{}/]{1,12}"),
        body in body(),
        text in "\\PC{0,20}",
    ) {
        let mut bench = Bench::new();
        bench.create(&three_stages("shop"));
        let mut filter = json!({ "jsonPath": path });
        if let Some(wants) = wants {
            filter["matchEquals"] = json!(wants);
        }
        if let Err(error) = bench.call("PutWebhook", webhook("any", json!([filter]))) {
            prop_assert!(matches!(
                error.code,
                ErrorCode::InvalidWebhookFilterPatternException | ErrorCode::ValidationException
            ), "{error}");
            bench.ok("PutWebhook", webhook("any", json!([])));
        }
        for body in [body, json!(text)] {
            let answer = deliver(&mut bench, json!({ "webhookName": "any", "body": body }));
            prop_assert!([200, 400].contains(&answer["status"].as_i64().unwrap()), "{answer}");
        }
        replays(&bench);
    }
}
