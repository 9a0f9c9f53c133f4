//! The exported class: JavaScript values in, promises out, facts heard, worlds kept.

use codepipeline_simulator::{
    api::js::{METHODS, Simulator},
    model::OPERATIONS,
};
use js_sys::{Array, Date, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../twin/script.rs"]
mod script;

fn json(text: &str) -> JsValue {
    JSON::parse(text).expect("JSON")
}

fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| {
        Reflect::get(&value, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
    })
}

fn text(value: &JsValue, path: &str) -> String {
    at(value, path)
        .as_string()
        .unwrap_or_else(|| panic!("{path} is a text"))
}

async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

async fn ok(promise: Promise) -> JsValue {
    settled(promise)
        .await
        .unwrap_or_else(|error| panic!("{}", text(&error, "message")))
}

/// A world that nobody else uses.
async fn world(name: &str, storage: &str) -> Simulator {
    let options =
        format!(r#"{{"world":"{name}","storage":"{storage}","seed":7,"startTime":1772524800000}}"#);
    Simulator::open(json(&options))
        .await
        .unwrap_or_else(|error| panic!("{}", text(&error, "message")))
}

fn declaration(name: &str) -> JsValue {
    json(&format!(
        r#"{{"pipeline":{{"name":"{name}","roleArn":"arn:aws:iam::123456789012:role/p",
        "artifactStore":{{"type":"S3","location":"bucket"}},
        "stages":[
          {{"name":"Source","actions":[{{"name":"Checkout","runOrder":1,
            "actionTypeId":{{"category":"Source","owner":"AWS","provider":"CodeCommit","version":"1"}},
            "configuration":{{"RepositoryName":"shop","BranchName":"main"}},"outputArtifacts":[{{"name":"Src"}}]}}]}},
          {{"name":"Build","actions":[{{"name":"Compile",
            "actionTypeId":{{"category":"Build","owner":"AWS","provider":"CodeBuild","version":"1"}},
            "configuration":{{"ProjectName":"p"}},"inputArtifacts":[{{"name":"Src"}}]}}]}}]}}}}"#
    ))
}

#[wasm_bindgen_test]
async fn every_operation_has_its_method() {
    let names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    assert_eq!(METHODS.len(), 44);
    for operation in OPERATIONS {
        assert!(METHODS.contains(&operation.name), "{}", operation.name);
    }
    for method in METHODS {
        assert!(names.contains(method), "{method}");
    }
    let sim: JsValue = world("methods", "memory").await.into();
    for operation in OPERATIONS {
        assert!(
            at(&sim, &operation.method()).is_function(),
            "{}",
            operation.method()
        );
    }
}

#[wasm_bindgen_test]
async fn answers_carry_dates_and_metadata_and_leave_out_what_is_absent() {
    let sim = world("answers", "memory").await;
    let created = ok(sim.create_pipeline(&declaration("shop"))).await;
    assert_eq!(text(&created, "pipeline.name"), "shop");
    assert_eq!(
        at(&created, "$metadata.httpStatusCode").as_f64(),
        Some(200.0)
    );
    let read = ok(sim.get_pipeline(&json(r#"{"name":"shop"}"#))).await;
    assert!(at(&read, "metadata.created").is_instance_of::<Date>());
    let keys = Object::keys(at(&read, "pipeline").unchecked_ref::<Object>());
    assert!(
        !keys.includes(&JsValue::from_str("triggers"), 0),
        "no key with undefined in it"
    );
    assert!(
        at(&read, "pipeline.stages.0.actions.0.configuration").is_object(),
        "maps are objects"
    );
    let deleted = ok(sim.delete_pipeline(&json(r#"{"name":"shop"}"#))).await;
    assert!(
        deleted.is_object(),
        "an operation without output answers an object with metadata"
    );
}

#[wasm_bindgen_test]
async fn errors_look_like_the_sdk_s() {
    let sim = world("errors", "memory").await;
    let error = settled(sim.get_pipeline(&json(r#"{"name":"nope"}"#)))
        .await
        .expect_err("refused");
    assert!(error.is_instance_of::<js_sys::Error>());
    assert_eq!(text(&error, "name"), "PipelineNotFoundException");
    assert_eq!(text(&error, "$fault"), "client");
    assert_eq!(at(&error, "$metadata.httpStatusCode").as_f64(), Some(400.0));
    assert_eq!(text(&error, "$metadata.requestId").len(), 36);
    let error = settled(sim.get_pipeline(&JsValue::UNDEFINED))
        .await
        .expect_err("refused");
    assert_eq!(
        text(&error, "message"),
        "1 validation error detected: Value at 'name' failed to satisfy constraint: Member must not be null"
    );
    let error = settled(sim.send("Nope", &JsValue::UNDEFINED))
        .await
        .expect_err("refused");
    assert_eq!(text(&error, "name"), "UnknownOperationException");
}

#[wasm_bindgen_test]
async fn strange_values_are_refused_and_never_harm() {
    let sim = world("strange", "memory").await;
    let cyclic = Object::new();
    Reflect::set(&cyclic, &JsValue::from_str("pipeline"), &cyclic).expect("set");
    for strange in [
        JsValue::from(5),
        JsValue::from_str("text"),
        Array::new().into(),
        cyclic.into(),
        Function::new_no_args("").into(),
        json(r#"{"pipeline":{"name":5}}"#),
        json(r#"{"pipeline":{"name":"a","roleArn":null,"stages":[null]}}"#),
    ] {
        let error = settled(sim.create_pipeline(&strange))
            .await
            .expect_err("refused");
        let name = text(&error, "name");
        assert!(
            ["ValidationException", "SerializationException"].contains(&name.as_str()),
            "{name}"
        );
    }
}

#[wasm_bindgen_test]
async fn controls_refuse_what_is_endless_and_a_closed_world_refuses_everything() {
    let sim = world("closing", "memory").await;
    let cyclic = Object::new();
    Reflect::set(&cyclic, &JsValue::from_str("behavior"), &cyclic).expect("set");
    let error = settled(sim.set_behavior(&cyclic))
        .await
        .expect_err("refused");
    assert_eq!(text(&error, "name"), "ValidationException");
    ok(sim.close()).await;
    for refused in [
        sim.create_pipeline(&json("{}")),
        sim.list_pipelines(&json("{}")),
        sim.play(),
    ] {
        let error = settled(refused).await.expect_err("refused");
        assert_eq!(text(&error, "name"), "ClosedError");
    }
}

#[wasm_bindgen_test]
async fn facts_are_heard_in_order_with_reasons_and_a_listener_that_throws_stops_nobody() {
    let sim = world("facts", "memory").await;
    let heard = Array::new();
    let into = heard.clone();
    let listener = Closure::<dyn FnMut(JsValue)>::new(move |fact: JsValue| {
        into.push(&fact);
    });
    let thrower = Function::new_with_args("fact", "throw new Error('expected by the test')");
    sim.subscribe(thrower, &JsValue::UNDEFINED)
        .expect("it listens");
    let listener: &Function = listener.as_ref().unchecked_ref();
    let stop = sim
        .subscribe(listener.clone(), &JsValue::UNDEFINED)
        .expect("it listens");
    ok(sim.create_pipeline(&declaration("shop"))).await;
    ok(sim.advance(&json(r#"{"untilIdle":true}"#))).await;
    let sequences: Vec<f64> = heard
        .iter()
        .filter_map(|fact| at(&fact, "sequence").as_f64())
        .collect();
    assert_eq!(sequences.first(), Some(&1.0));
    assert!(sequences.windows(2).all(|pair| pair[1] == pair[0] + 1.0));
    let last = heard.at(-1);
    assert_eq!(text(&last, "type"), "ExecutionEnded");
    assert_eq!(text(&last, "status"), "Succeeded");
    assert_eq!(text(&last, "reason.rule"), "LC-2");
    assert_eq!(text(&heard.at(0), "call"), "CreatePipeline");
    let before = heard.length();
    stop.call0(&JsValue::UNDEFINED).expect("it stops");
    ok(sim.start_pipeline_execution(&json(r#"{"name":"shop"}"#))).await;
    assert_eq!(heard.length(), before);
}

#[wasm_bindgen_test]
async fn events_are_heard_as_eventbridge_or_a_notification_rule_sends_them() {
    let sim = world("events", "memory").await;
    let heard = Array::new();
    let listen = |options: &str| {
        let into = heard.clone();
        let listener = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            into.push(&event);
        });
        sim.subscribe(
            listener.into_js_value().unchecked_into::<Function>(),
            &json(options),
        )
    };
    let error = listen(r#"{"format":"telegrams"}"#).expect_err("refused");
    assert_eq!(text(&error, "name"), "ValidationException");
    let stop = listen(r#"{"format":"eventbridge"}"#).expect("it listens");
    ok(sim.create_pipeline(&declaration("shop"))).await;
    ok(sim.advance(&json(r#"{"untilIdle":true}"#))).await;
    let states: Vec<String> = heard
        .iter()
        .map(|event| {
            assert_eq!(text(&event, "source"), "aws.codepipeline");
            format!(
                "{}: {}",
                text(&event, "detail-type"),
                text(&event, "detail.state")
            )
        })
        .collect();
    let first = "CodePipeline Pipeline Execution State Change: STARTED";
    let last = "CodePipeline Pipeline Execution State Change: SUCCEEDED";
    assert_eq!(states.first().map(String::as_str), Some(first));
    assert_eq!(states.last().map(String::as_str), Some(last));
    assert_eq!(states.len(), 10, "nothing but changes of state: {states:?}");
    stop.call0(&JsValue::UNDEFINED).expect("it stops");
    heard.set_length(0);
    listen(r#"{"format":"notification-rule"}"#).expect("it listens");
    ok(sim.start_pipeline_execution(&json(r#"{"name":"shop"}"#))).await;
    let started = heard.at(0);
    assert_eq!(
        text(&started, "detailType"),
        "CodePipeline Pipeline Execution State Change"
    );
    assert!(at(&started, "additionalAttributes").is_object());
}

#[wasm_bindgen_test]
async fn promises_settle_in_the_order_of_the_calls() {
    let sim = world("order", "indexeddb").await;
    let order = Array::new();
    let mut promises = vec![];
    for (number, promise) in [
        sim.create_pipeline(&declaration("shop")),
        sim.list_pipelines(&json("{}")),
        sim.start_pipeline_execution(&json(r#"{"name":"shop"}"#)),
        sim.get_pipeline(&json(r#"{"name":"nope"}"#)),
        sim.get_pipeline_state(&json(r#"{"name":"shop"}"#)),
    ]
    .into_iter()
    .enumerate()
    {
        let order = order.clone();
        promises.push(async move {
            let _ = settled(promise).await;
            order.push(&JsValue::from(u32::try_from(number).expect("small")));
        });
    }
    for promise in promises {
        wasm_bindgen_futures::spawn_local(promise);
    }
    ok(sim.close()).await;
    let numbers: Vec<f64> = order.iter().filter_map(|number| number.as_f64()).collect();
    assert_eq!(numbers, [0.0, 1.0, 2.0, 3.0, 4.0]);
}

#[wasm_bindgen_test]
async fn what_was_acknowledged_is_there_after_the_tab_is_gone() {
    for round in 0..4 {
        let name = format!("kill-{round}");
        let sim = world(&name, "indexeddb").await;
        ok(sim.create_pipeline(&declaration("shop"))).await;
        let mut ids = vec![];
        for _ in 0..=round {
            let started = ok(sim.start_pipeline_execution(&json(r#"{"name":"shop"}"#))).await;
            ids.push(text(&started, "pipelineExecutionId"));
            ok(sim.advance(&json(r#"{"minutes":1}"#))).await;
        }
        let now = at(&sim.clock(), "now").unchecked_into::<Date>().get_time();
        // Nothing is closed or flushed: another tab takes the world as it is stored.
        let other = world(&name, "indexeddb").await;
        assert_eq!(
            other.storage_state(),
            "readonly",
            "the first tab still holds the lock"
        );
        ok(other.take_over()).await;
        assert_eq!(other.storage_state(), "attached");
        for id in ids {
            let input = json(&format!(
                r#"{{"pipelineName":"shop","pipelineExecutionId":"{id}"}}"#
            ));
            ok(other.get_pipeline_execution(&input)).await;
        }
        let opened = at(&other.clock(), "now")
            .unchecked_into::<Date>()
            .get_time();
        assert_eq!(opened, now, "and its clock stands where it was");
        // The first tab has lost the world: it reads on and changes nothing.
        let refused = settled(sim.start_pipeline_execution(&json(r#"{"name":"shop"}"#)))
            .await
            .expect_err("refused");
        assert_eq!(text(&refused, "name"), "ReadOnlyWorldError");
        ok(sim.list_pipelines(&json("{}"))).await;
        ok(other.start_pipeline_execution(&json(r#"{"name":"shop"}"#))).await;
    }
}

#[wasm_bindgen_test]
async fn a_world_goes_into_a_file_and_comes_back() {
    let sim = world("file", "memory").await;
    ok(sim.create_pipeline(&declaration("shop"))).await;
    ok(sim.advance(&json(r#"{"untilIdle":true}"#))).await;
    let file = sim.export_world();
    let other = world("file-2", "memory").await;
    ok(other.import_world(&file)).await;
    assert_eq!(other.export_world(), file);
    for damaged in [
        "",
        "{}",
        &file[..file.len() / 2],
        &file.replace("\\\"shop\\\"", "5"),
    ] {
        let error = settled(other.import_world(damaged))
            .await
            .expect_err("refused");
        assert!(
            text(&error, "name").starts_with("Storage"),
            "{}",
            text(&error, "name")
        );
        assert_eq!(other.export_world(), file, "nothing has changed");
    }
}

#[wasm_bindgen_test]
async fn the_clock_is_driven_in_every_way() {
    let sim = world("clock", "memory").await;
    let now = || at(&sim.clock(), "now").unchecked_into::<Date>().get_time();
    assert_eq!(now(), 1_772_524_800_000.0);
    assert_eq!(at(&sim.clock(), "playing").as_bool(), Some(false));
    ok(sim.advance(&json(r#"{"hours":1,"minutes":1}"#))).await;
    assert_eq!(now(), 1_772_524_800_000.0 + 3_660_000.0);
    let to = Object::new();
    Reflect::set(
        &to,
        &JsValue::from_str("to"),
        &Date::new(&JsValue::from(1_772_532_000_000.0)),
    )
    .expect("set");
    ok(sim.advance(&to)).await;
    assert_eq!(now(), 1_772_532_000_000.0);
    ok(sim.create_pipeline(&declaration("shop"))).await;
    let stepped = ok(sim.advance(&json(r#"{"toNextEvent":true}"#))).await;
    assert_eq!(text(&stepped, "stopped"), "arrived");
    assert!(at(&stepped, "facts").as_f64().expect("a number") >= 1.0);
    ok(sim.advance(&json(r#"{"untilIdle":true}"#))).await;
    let idle = ok(sim.advance(&json(r#"{"toNextEvent":true}"#))).await;
    assert_eq!(text(&idle, "stopped"), "idle");
    for wrong in [
        "{}",
        r#"{"to":0}"#,
        r#"{"minutes":-1}"#,
        r#"{"minutes":1,"untilIdle":true}"#,
        r#"{"nope":1}"#,
    ] {
        let error = settled(sim.advance(&json(wrong)))
            .await
            .expect_err("refused");
        assert_eq!(text(&error, "name"), "ValidationException", "{wrong}");
    }
    let before = now();
    ok(sim.set_speed(3_600.0)).await;
    ok(sim.play()).await;
    wait(200).await;
    ok(sim.pause()).await;
    let gone = now() - before;
    assert!(gone >= 500_000.0, "{gone} ms in 200 ms at an hour a second");
    let stands = now();
    wait(100).await;
    assert_eq!(now(), stands);
}

async fn wait(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        let set_timeout: Function = at(&js_sys::global(), "setTimeout").unchecked_into();
        set_timeout
            .call2(&JsValue::UNDEFINED, &resolve, &JsValue::from(milliseconds))
            .expect("a timer");
    });
    settled(promise).await.expect("time passes");
}

#[wasm_bindgen_test]
async fn actions_are_held_and_decided_by_name_or_id() {
    let sim = world("held", "memory").await;
    ok(sim.create_pipeline(&declaration("shop"))).await;
    let target = r#"{"pipelineName":"shop","stageName":"Build","actionName":"Compile"}"#;
    let hold = format!(r#"{{"target":{target},"behavior":{{"outcome":{{"kind":"hold"}}}}}}"#);
    ok(sim.set_behavior(&json(&hold))).await;
    let said = sim.get_behavior(&json(target)).expect("known");
    assert_eq!(text(&said, "outcome.kind"), "hold");
    ok(sim.advance(&json(r#"{"untilIdle":true}"#))).await;
    let state = ok(sim.get_pipeline_state(&json(r#"{"name":"shop"}"#))).await;
    assert_eq!(
        text(&state, "stageStates.1.latestExecution.status"),
        "InProgress"
    );
    let decide = format!(
        "{}{}",
        &target[..target.len() - 1],
        r#","status":"Failed","code":"ConfigurationError","message":"no"}"#
    );
    ok(sim.complete_action(&json(&decide))).await;
    let state = ok(sim.get_pipeline_state(&json(r#"{"name":"shop"}"#))).await;
    assert_eq!(
        text(
            &state,
            "stageStates.1.actionStates.0.latestExecution.errorDetails.code"
        ),
        "ConfigurationError"
    );
    let again = settled(sim.complete_action(&json(&decide)))
        .await
        .expect_err("refused");
    assert_eq!(text(&again, "name"), "ValidationException");
}

#[wasm_bindgen_test]
async fn conditions_are_steered_and_whatever_waits_says_why() {
    let sim = world("conditions", "memory").await;
    let declared = declaration("gated");
    let condition = json(
        r#"{"conditions":[{"result":"FAIL","rules":[
          {"name":"Quiet","ruleTypeId":{"category":"Rule","owner":"AWS","provider":"CloudWatchAlarm","version":"1"},
           "configuration":{"AlarmName":"errors","WaitTime":"600"}},
          {"name":"Ready","ruleTypeId":{"category":"Rule","owner":"AWS","provider":"LambdaInvoke","version":"1"},
           "configuration":{"FunctionName":"ready"}}]}]}"#,
    );
    Reflect::set(
        &at(&declared, "pipeline"),
        &"pipelineType".into(),
        &"V2".into(),
    )
    .expect("set");
    let build = at(&declared, "pipeline.stages.1");
    Reflect::set(&build, &"beforeEntry".into(), &condition).expect("set");
    ok(sim.set_alarm(&json(r#"{"alarmName":"errors","state":"ALARM"}"#))).await;
    ok(sim.set_lambda_result(&json(
        r#"{"functionName":"ready","result":{"kind":"success"}}"#,
    )))
    .await;
    let held = json(
        r#"{"target":{"pipelineName":"gated","stageName":"Build","condition":"beforeEntry","ruleName":"Ready"},
            "behavior":{"outcome":{"kind":"hold"}}}"#,
    );
    let unknown = settled(sim.set_behavior(&held))
        .await
        .expect_err("no such pipeline yet");
    assert_eq!(text(&unknown, "name"), "ValidationException");
    ok(sim.send("CreatePipeline", &declared)).await;
    ok(sim.set_behavior(&held)).await;
    ok(sim.advance(&json(r#"{"minutes":60}"#))).await;
    let arrived = ok(sim.advance(&json(r#"{"untilIdle":true,"atMost":1}"#))).await;
    let waits = at(&arrived, "waiting.0");
    assert_eq!(text(&waits, "pipelineName"), "gated");
    assert_eq!(text(&waits, "doing"), "Condition");

    let question = Object::new();
    let id = at(&waits, "pipelineExecutionId");
    Reflect::set(&question, &"pipelineName".into(), &"gated".into()).expect("set");
    Reflect::set(&question, &"pipelineExecutionId".into(), &id).expect("set");
    let why = sim.explain(&question).expect("an answer");
    assert_eq!(text(&why, "rule"), "CO-10");
    assert!(text(&why, "sentence").starts_with("Entry conditions"));
    assert_eq!(text(&why, "ends.0.call"), "setBehavior");

    ok(sim.set_alarm(&json(r#"{"alarmName":"errors","state":"OK"}"#))).await;
    ok(sim.set_behavior(&json(
        r#"{"target":{"pipelineName":"gated","stageName":"Build","condition":"beforeEntry","ruleName":"Ready"}}"#,
    )))
    .await;
    let idle = ok(sim.advance(&json(r#"{"untilIdle":true}"#))).await;
    assert_eq!(text(&idle, "stopped"), "idle");
    assert_eq!(at(&idle, "waiting.length"), JsValue::from(0));
    let over = sim.explain(&question).expect("an answer");
    assert_eq!(text(&over, "situation"), "Succeeded");
}

#[wasm_bindgen_test]
fn the_same_seed_and_commands_give_the_same_world_here_as_natively() {
    assert!(
        script::journal() == include_str!("../twin.txt"),
        "the journal is not that of the native test"
    );
}

#[wasm_bindgen_test]
async fn a_push_answers_what_every_pipeline_did() {
    let sim = world("pushes", "memory").await;
    ok(sim.send("CreatePipeline", &declaration("shop"))).await;
    ok(sim.advance(&json(r#"{"untilIdle":true}"#))).await;
    let change = r#"{"provider":"CodeCommit","repository":"shop","files":["src/a.rs"]}"#;
    // It polls, as it says nothing else; then it has an event rule beside.
    let question = format!(r#"{{"pipelineName":"shop","change":{change}}}"#);
    let explained = sim
        .explain_triggers(&json(&question))
        .expect("an explanation");
    assert_eq!(text(&explained, "0.detection"), "polling");
    assert_eq!(at(&explained, "0.starts"), JsValue::TRUE);
    assert_eq!(at(&explained, "1.starts"), JsValue::FALSE);
    let rule = ok(sim.set_event_rule(&json(r#"{"pipelineName":"shop","enabled":true}"#))).await;
    assert!(rule.is_undefined());
    let answer = ok(sim.push_revision(&json(change))).await;
    assert_eq!(text(&answer, "pipelines.0.pipelineName"), "shop");
    assert_eq!(at(&answer, "pipelines.0.started"), JsValue::TRUE);
    let polls_at = at(&answer, "pipelines.0.pollsAt").as_f64();
    assert!(
        polls_at.is_some_and(|at| at % 60_000.0 == 0.0),
        "{polls_at:?}"
    );
    let schedule = r#"{"pipelineName":"shop","expression":"rate(1 day)"}"#;
    let set = ok(sim.set_schedule(&json(schedule))).await;
    assert!(at(&set, "nextStart").as_f64().is_some());
    // A schedule is no work.
    let advanced = ok(sim.advance(&json(r#"{"untilIdle":true}"#))).await;
    assert_eq!(text(&advanced, "stopped"), "idle");
    let list = ok(sim.send(
        "ListPipelineExecutions",
        &json(r#"{"pipelineName":"shop"}"#),
    ))
    .await;
    assert_eq!(
        at(&list, "pipelineExecutionSummaries.length").as_f64(),
        Some(3.0)
    );
    let refused = settled(sim.push_revision(&json(r#"{"provider":"Floppy"}"#))).await;
    let error = refused.expect_err("a provider that does not exist is refused");
    assert_eq!(text(&error, "name"), "ValidationException");
}

/// A world with a custom action `Test.Bench`, and what its worker is: a function with this body.
async fn with_worker(name: &str, body: &str) -> Simulator {
    let sim = world(name, "memory").await;
    let any = r#"{"minimumCount":0,"maximumCount":5}"#;
    let kind = format!(
        r#"{{"category":"Test","provider":"Rig","version":"1","inputArtifactDetails":{any},"outputArtifactDetails":{any}}}"#
    );
    ok(sim.send("CreateCustomActionType", &json(&kind))).await;
    let worker = json(r#"{"actionType":"Test/Custom/Rig"}"#);
    let work = Function::new_with_args("job", body);
    Reflect::set(&worker, &JsValue::from_str("work"), &work).expect("an object");
    ok(sim.attach_worker(&worker)).await;
    let input = declaration("shop");
    let action = at(&input, "pipeline.stages.1.actions.0");
    let rig = json(r#"{"category":"Test","owner":"Custom","provider":"Rig","version":"1"}"#);
    Reflect::set(&action, &JsValue::from_str("actionTypeId"), &rig).expect("an object");
    Reflect::set(&action, &JsValue::from_str("configuration"), &json("{}")).expect("an object");
    ok(sim.send("CreatePipeline", &input)).await;
    ok(sim.advance(&json(r#"{"untilIdle":true}"#))).await;
    sim
}

/// The latest run of `Build.Compile`, once it is over: the worker needs some turns of its own.
async fn worked(sim: &Simulator) -> JsValue {
    for _ in 0..100 {
        let state = ok(sim.send("GetPipelineState", &json(r#"{"name":"shop"}"#))).await;
        let run = at(&state, "stageStates.1.actionStates.0.latestExecution");
        if text(&run, "status") != "InProgress" {
            return run;
        }
        let again = json(r#"{"seconds":31}"#);
        ok(sim.advance(&again)).await;
    }
    panic!("the worker never reports");
}

#[wasm_bindgen_test]
async fn a_function_of_the_user_does_jobs() {
    let sim = with_worker(
        "worker",
        "if (!job.data.continuationToken) return { continuationToken: 'half' };
         return Promise.resolve({ executionDetails: { summary: job.data.pipelineContext.action.name } });",
    )
    .await;
    let run = worked(&sim).await;
    assert_eq!(text(&run, "status"), "Succeeded");
    assert_eq!(text(&run, "summary"), "Compile");
}

#[wasm_bindgen_test]
async fn what_a_worker_throws_is_the_failure_of_its_job() {
    let sim = with_worker(
        "thrower",
        "return Promise.reject(Object.assign(new Error('no rig'), { code: 'ConfigurationError' }));",
    )
    .await;
    let run = worked(&sim).await;
    assert_eq!(text(&run, "errorDetails.code"), "ConfigurationError");
    assert_eq!(text(&run, "errorDetails.message"), "no rig");
}

#[wasm_bindgen_test]
async fn a_result_that_is_none_fails_the_job() {
    let sim = with_worker("liar", "return { outputVariables: { 'no name': 'x' } };").await;
    let run = worked(&sim).await;
    assert_eq!(text(&run, "errorDetails.code"), "ConfigurationError");
    assert!(text(&run, "errorDetails.message").starts_with("The worker's result was refused: "));
}
