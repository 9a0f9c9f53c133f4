//! Rules of conditions from outside: their lists over live executions and a past in segments, their types, an override
//! of an execution that has become history.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use codepipeline_simulator::engine::{
    Engine,
    conditions::LambdaResult,
    ids::{ExecutionId, PipelineId},
    time::{DAY, MINUTE},
    world::Options,
};
use serde_json::{Value, json};

use crate::bench::{Bench, three_stages};

fn rule(name: &str, provider: &str, configuration: Value) -> Value {
    json!({
        "name": name,
        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
        "configuration": configuration,
    })
}

/// Two rules before Build, one after it.
fn held(mode: &str) -> Value {
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!(mode);
    let branch = json!({ "Variable": "#{Source.BranchName}", "Operator": "EQ", "Value": "main" });
    declaration["stages"][1]["beforeEntry"] = json!({ "conditions": [{ "result": "FAIL", "rules": [
        rule("OnMain", "VariableCheck", branch),
        rule("Allowed", "LambdaInvoke", json!({ "FunctionName": "check" })),
    ]}]});
    declaration["stages"][1]["onSuccess"] = json!({ "conditions": [{ "result": "FAIL", "rules": [
        rule("Healthy", "LambdaInvoke", json!({ "FunctionName": "probe" })),
    ]}]});
    declaration
}

fn many(mode: &str, executions: u32) -> Bench {
    let mut bench = Bench::new();
    bench.create(&held(mode));
    bench.until_idle();
    more(&mut bench, executions - 1);
    bench
}

fn more(bench: &mut Bench, executions: u32) {
    for _ in 0..executions {
        bench.start("shop");
        bench.until_idle();
    }
}

/// The id of an execution by its number.
fn id(bench: &Bench, number: u32) -> String {
    let pipeline = PipelineId(0);
    let key = bench.engine.world().key();
    key.execution(ExecutionId { pipeline, number })
}

/// The rows of every page of ListRuleExecutions.
fn rows(bench: &mut Bench, size: u32, filter: &Value) -> Vec<Value> {
    let mut input = json!({ "pipelineName": "shop", "maxResults": size });
    if !filter.is_null() {
        input["filter"] = filter.clone();
    }
    let mut rows = vec![];
    loop {
        let mut answer = bench.ok("ListRuleExecutions", input.clone());
        let page = answer["ruleExecutionDetails"].as_array().expect("a list");
        assert!(page.len() <= size as usize);
        rows.extend(page.clone());
        match answer["nextToken"].take() {
            Value::Null => return rows,
            token => input["nextToken"] = token,
        }
    }
}

fn starts(rows: &[Value]) -> Vec<f64> {
    let starts = rows.iter().map(|row| row["startTime"].as_f64());
    starts.map(|start| start.expect("a time")).collect()
}

#[test]
fn co_32_rules_are_listed_newest_first_across_live_and_past() {
    let mut bench = many("SUPERSEDED", 200);
    let pipeline = bench.engine.world().pipeline(PipelineId(0));
    let segments = pipeline.history.segments();
    assert!(segments.len() >= 2, "{} segments", segments.len());
    assert!(segments.iter().all(|segment| segment.rules > 0));
    // One more is under way.
    bench.start("shop");
    bench.advance(20 * MINUTE);
    for size in [7, 70, 100] {
        let found = rows(&mut bench, size, &Value::Null);
        let ids = found.iter().map(|row| row["ruleExecutionId"].to_string());
        let ids: BTreeSet<String> = ids.collect();
        assert_eq!((found.len(), ids.len()), (603, 603), "pages of {size}");
        assert!(starts(&found).windows(2).all(|pair| pair[0] >= pair[1]));
    }
    // Each execution has its own three, wherever it is kept.
    for number in (1..=201).step_by(20) {
        let id = id(&bench, number);
        let found = rows(&mut bench, 2, &json!({ "pipelineExecutionId": id }));
        let names: Vec<&Value> = found.iter().map(|row| &row["ruleName"]).collect();
        assert_eq!(names, ["Healthy", "Allowed", "OnMain"]);
        let latest = json!({ "pipelineExecutionId": id, "startTimeRange": "Latest" });
        let latest = json!({ "latestInPipelineExecution": latest });
        assert_eq!(rows(&mut bench, 100, &latest), found);
    }
}

#[test]
fn co_32_nobody_lists_rules_of_executions_that_are_too_old() {
    let mut bench = many("SUPERSEDED", 150);
    let oldest = id(&bench, 1);
    bench.advance(366 * DAY);
    assert_eq!(rows(&mut bench, 100, &Value::Null), Vec::<Value>::new());
    let filter = json!({ "pipelineExecutionId": oldest });
    let input = json!({ "pipelineName": "shop", "filter": filter });
    let error = bench.refused("ListRuleExecutions", input);
    assert_eq!(error.code.name(), "PipelineExecutionNotFoundException");
    bench.start("shop");
    bench.until_idle();
    assert_eq!(rows(&mut bench, 100, &Value::Null).len(), 3);
}

#[test]
fn co_32_one_filter_at_a_time_and_tokens_of_the_same_list() {
    let mut bench = many("SUPERSEDED", 2);
    let id = id(&bench, 1);
    let both = json!({
        "pipelineExecutionId": id,
        "latestInPipelineExecution": { "pipelineExecutionId": id, "startTimeRange": "All" },
    });
    let input = json!({ "pipelineName": "shop", "filter": both });
    let error = bench.refused("ListRuleExecutions", input);
    assert_eq!(error.code.name(), "ValidationException");
    let input = json!({ "pipelineName": "shop", "maxResults": 1 });
    let other = bench.ok("ListActionExecutions", input);
    let input = json!({ "pipelineName": "shop", "nextToken": other["nextToken"] });
    let error = bench.refused("ListRuleExecutions", input);
    assert_eq!(error.code.name(), "InvalidNextTokenException");
}

#[test]
fn every_rule_type_is_listed_with_what_configures_it() {
    let mut bench = Bench::new();
    let all = bench.ok("ListRuleTypes", json!({}));
    let types = all["ruleTypes"].as_array().expect("a list");
    let providers: Vec<&Value> = types.iter().map(|one| &one["id"]["provider"]).collect();
    assert_eq!(
        providers,
        [
            "CloudWatchAlarm",
            "CodeBuild",
            "Commands",
            "DeploymentWindow",
            "LambdaInvoke",
            "VariableCheck"
        ]
    );
    for one in types {
        assert_eq!(one["id"]["category"], "Rule");
        assert_eq!(
            (&one["id"]["owner"], &one["id"]["version"]),
            (&json!("AWS"), &json!("1"))
        );
    }
    let check = types.last().expect("the last");
    let required: Vec<&Value> = check["ruleConfigurationProperties"]
        .as_array()
        .expect("properties")
        .iter()
        .filter(|one| one["required"] == true)
        .map(|one| &one["name"])
        .collect();
    assert_eq!(required, ["Variable", "Value", "Operator"]);
    for (filter, count) in [
        (
            json!({ "ruleOwnerFilter": "AWS", "regionFilter": "us-east-1" }),
            6,
        ),
        (json!({ "regionFilter": "mars-1" }), 0),
    ] {
        let answer = bench.ok("ListRuleTypes", filter);
        assert_eq!(answer["ruleTypes"].as_array().map(Vec::len), Some(count));
    }
    let wrong = json!({ "ruleOwnerFilter": "Custom" });
    assert_eq!(
        bench.refused("ListRuleTypes", wrong).code.name(),
        "ValidationException"
    );
}

/// A PARALLEL pipeline whose first execution failed its condition and lies in a segment, and the segments.
fn past_failure() -> (Bench, String, BTreeMap<u64, Rc<[u8]>>) {
    let mut bench = Bench::new();
    bench.lambda("check", LambdaResult::Error { message: None });
    bench.create(&held("PARALLEL"));
    bench.until_idle();
    bench.lambda("check", LambdaResult::Success);
    more(&mut bench, 150);
    let first = id(&bench, 1);
    let segments = bench.engine.take_segments().sealed.into_iter().collect();
    let pipeline = bench.engine.world().pipeline(PipelineId(0));
    assert!(!pipeline.executions.contains_key(&1), "it is history");
    (bench, first, segments)
}

fn wave_through(bench: &mut Bench, id: &str) {
    let input = json!({
        "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": id, "conditionType": "BEFORE_ENTRY",
    });
    bench.ok("OverrideStageCondition", input);
}

#[test]
fn pa_8_co_29_a_past_execution_goes_on_past_its_condition() {
    let (mut bench, first, segments) = past_failure();
    let of_first = json!({ "pipelineExecutionId": first });
    assert_eq!(rows(&mut bench, 100, &of_first).len(), 2);
    let before = bench.engine.snapshot();
    let known = bench.facts.len();
    wave_through(&mut bench, &first);
    assert_eq!(bench.status("shop", &first), "InProgress");
    bench.until_idle();
    assert_eq!(bench.status("shop", &first), "Succeeded");
    // The rules that failed stay in the list, once; the success condition is new.
    let found = rows(&mut bench, 100, &of_first);
    let told: Vec<String> = found
        .iter()
        .map(|row| format!("{} {}", row["ruleName"], row["status"]))
        .collect();
    assert_eq!(
        told,
        [
            "\"Healthy\" \"Succeeded\"",
            "\"Allowed\" \"Failed\"",
            "\"OnMain\" \"Succeeded\""
        ]
    );
    assert_eq!(rows(&mut bench, 100, &Value::Null).len(), 3 * 151);

    // Whoever opens the world before and applies what followed arrives at the same one; so does who replays it all.
    let mut restored = Engine::restore(&before).expect("it opens");
    assert!(restored.history_mut().supply(&segments).is_empty());
    restored.replay(&bench.facts[known..]).expect("facts fit");
    restored.set_clock(bench.now());
    assert_eq!(restored.snapshot(), bench.engine.snapshot());
    let mut replayed = Engine::new(Options::default());
    replayed.replay(&bench.facts).expect("facts fit");
    replayed.set_clock(bench.now());
    assert_eq!(replayed.snapshot(), bench.engine.snapshot());

    // It becomes history again.
    more(&mut bench, 150);
    let pipeline = bench.engine.world().pipeline(PipelineId(0));
    assert!(!pipeline.executions.contains_key(&1));
    assert_eq!(rows(&mut bench, 100, &of_first), found);
    bench.engine.world().check_history().expect("it reads");
}
