//! Lists: order, pages, tokens, and a past that is kept in segments.

use std::collections::BTreeMap;

use codepipeline_simulator::engine::{Engine, fact::Fact};
use serde_json::{Value, json};

use crate::bench::{Bench, build, pipeline, source, stage, three_stages};

fn many(executions: u32) -> Bench {
    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("Compile", 1)]),
        ],
    ));
    bench.until_idle();
    for _ in 1..executions {
        bench.start("shop");
        bench.until_idle();
    }
    bench
}

fn pages(bench: &mut Bench, operation: &str, key: &str, mut input: Value) -> Vec<Vec<Value>> {
    let mut pages = vec![];
    loop {
        let answer = bench.ok(operation, input.clone());
        pages.push(answer[key].as_array().expect("a list").clone());
        match answer.get("nextToken") {
            Some(token) => input["nextToken"] = token.clone(),
            None => return pages,
        }
    }
}

#[test]
fn le_1_le_2_la_1_la_3_lists_are_newest_first_across_live_and_past() {
    let mut bench = many(300);
    let segments = bench
        .engine
        .world()
        .pipeline_named("shop")
        .expect("it exists")
        .history
        .segments()
        .len();
    assert!(segments >= 3, "{segments} segments");
    let input = json!({ "pipelineName": "shop", "maxResults": 70 });
    let found = pages(
        &mut bench,
        "ListPipelineExecutions",
        "pipelineExecutionSummaries",
        input.clone(),
    );
    assert_eq!(
        found.iter().map(Vec::len).collect::<Vec<_>>(),
        [70, 70, 70, 70, 20]
    );
    let starts: Vec<f64> = found
        .iter()
        .flatten()
        .map(|row| row["startTime"].as_f64().expect("a time"))
        .collect();
    assert!(starts.windows(2).all(|pair| pair[0] > pair[1]));

    let found = pages(
        &mut bench,
        "ListActionExecutions",
        "actionExecutionDetails",
        input,
    );
    assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 600);
    let ids: std::collections::BTreeSet<&str> = found
        .iter()
        .flatten()
        .map(|row| row["actionExecutionId"].as_str().expect("an id"))
        .collect();
    assert_eq!(ids.len(), 600, "no row twice");
    let starts: Vec<f64> = found
        .iter()
        .flatten()
        .map(|row| row["startTime"].as_f64().expect("a time"))
        .collect();
    assert!(starts.windows(2).all(|pair| pair[0] >= pair[1]));
}

#[test]
fn ge_4_a_past_execution_is_found_by_its_id() {
    let mut bench = many(300);
    let all = pages(
        &mut bench,
        "ListPipelineExecutions",
        "pipelineExecutionSummaries",
        json!({ "pipelineName": "shop" }),
    );
    let oldest = all.last().expect("a page").last().expect("a row")["pipelineExecutionId"].clone();
    let answer = bench.ok(
        "GetPipelineExecution",
        json!({ "pipelineName": "shop", "pipelineExecutionId": oldest }),
    );
    assert_eq!(
        answer["pipelineExecution"]["trigger"]["triggerType"],
        "CreatePipeline"
    );
    let rows = bench.ok(
        "ListActionExecutions",
        json!({ "pipelineName": "shop", "filter": { "pipelineExecutionId": oldest } }),
    );
    assert_eq!(
        rows["actionExecutionDetails"]
            .as_array()
            .expect("rows")
            .len(),
        2
    );
    for (id, error) in [
        (
            "11111111-2222-3333-4444-555555555555",
            "PipelineExecutionNotFoundException",
        ),
        ("nonsense", "ValidationException"),
    ] {
        let input = json!({ "pipelineName": "shop", "pipelineExecutionId": id });
        assert_eq!(
            bench.refused("GetPipelineExecution", input).code.name(),
            error
        );
    }
}

#[test]
fn to_5_the_past_ends_after_twelve_months() {
    let mut bench = many(300);
    bench.advance(366 * 24 * 3_600_000);
    let old = bench.executions("shop");
    assert_eq!(old.len(), 0);
    for _ in 0..200 {
        bench.start("shop");
        bench.until_idle();
    }
    let segments = bench
        .engine
        .world()
        .pipeline_named("shop")
        .expect("it exists")
        .history
        .count();
    assert!(
        segments < 200,
        "{segments} executions are still in segments"
    );
    assert!(
        bench.state("shop")["stageStates"][0]
            .get("latestExecution")
            .is_some()
    );
}

#[test]
fn p_1_p_2_p_3_tokens_belong_to_their_question() {
    let mut bench = many(5);
    let first = bench.ok(
        "ListPipelineExecutions",
        json!({ "pipelineName": "shop", "maxResults": 2 }),
    );
    let token = first["nextToken"].as_str().expect("P-1: more").to_owned();
    let again = json!({ "pipelineName": "shop", "maxResults": 2, "nextToken": token });
    let second = bench.ok("ListPipelineExecutions", again.clone());
    assert_eq!(
        bench.ok("ListPipelineExecutions", again),
        second,
        "a token may be used again"
    );
    bench.start("shop");
    bench.ok(
        "ListPipelineExecutions",
        json!({ "pipelineName": "shop", "maxResults": 100, "nextToken": token }),
    );
    for (operation, input) in [
        (
            "ListActionExecutions",
            json!({ "pipelineName": "shop", "nextToken": token }),
        ),
        (
            "ListPipelineExecutions",
            json!({ "pipelineName": "shop", "nextToken": "zz" }),
        ),
        (
            "ListPipelineExecutions",
            json!({ "pipelineName": "shop", "nextToken": format!("{token}00") }),
        ),
        ("ListPipelines", json!({ "nextToken": "ééééééééé" })),
    ] {
        assert_eq!(
            bench.refused(operation, input).code.name(),
            "InvalidNextTokenException",
            "P-2 {operation}"
        );
    }
}

#[test]
fn la_6_p_1_pipelines_are_listed_by_name() {
    let mut bench = Bench::new();
    for name in ["c", "a", "b"] {
        bench.create(&three_stages(name));
    }
    let found = pages(
        &mut bench,
        "ListPipelines",
        "pipelines",
        json!({ "maxResults": 1 }),
    );
    let names: Vec<&str> = found
        .iter()
        .flatten()
        .map(|row| row["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[test]
fn la_2_only_the_latest_attempts_and_only_one_filter() {
    let mut bench = many(1);
    let id = bench.executions("shop")[0].clone();
    let latest = json!({ "pipelineExecutionId": id, "startTimeRange": "Latest" });
    let rows = bench.ok(
        "ListActionExecutions",
        json!({ "pipelineName": "shop", "filter": { "latestInPipelineExecution": latest } }),
    );
    assert_eq!(
        rows["actionExecutionDetails"]
            .as_array()
            .expect("rows")
            .len(),
        2
    );
    let both = json!({ "pipelineExecutionId": id, "latestInPipelineExecution": latest });
    let error = bench.refused(
        "ListActionExecutions",
        json!({ "pipelineName": "shop", "filter": both }),
    );
    assert_eq!(error.code.name(), "ValidationException");
}

#[test]
fn le_4_executions_that_succeeded_in_a_stage_of_the_current_version() {
    let mut bench = many(3);
    let filter = |stage: &str| json!({ "pipelineName": "shop", "filter": { "succeededInStage": { "stageName": stage } } });
    let rows = bench.ok("ListPipelineExecutions", filter("Build"));
    assert_eq!(
        rows["pipelineExecutionSummaries"]
            .as_array()
            .expect("rows")
            .len(),
        3
    );
    let error = bench.refused("ListPipelineExecutions", filter("Nope"));
    assert_eq!(error.code.name(), "ValidationException");
}

#[test]
fn a_checkpoint_does_not_contain_the_past_and_opens_with_its_segments() {
    let small = many(150);
    let mut large = many(400);
    let (small_text, large_text) = (small.engine.snapshot(), large.engine.snapshot());
    assert!(
        large_text.len() < small_text.len() * 2,
        "{} and {}",
        small_text.len(),
        large_text.len()
    );
    let sealed = large.engine.take_segments().sealed;
    let stored: BTreeMap<u64, _> = sealed.into_iter().collect();
    let mut opened = Engine::restore(&large_text).expect("it opens");
    assert_eq!(opened.history_mut().supply(&stored), Vec::<u64>::new());
    assert_eq!(opened.snapshot(), large_text);
    let mut again = Bench {
        engine: opened,
        facts: Vec::<Fact>::new(),
    };
    let all = |bench: &mut Bench| {
        pages(
            bench,
            "ListPipelineExecutions",
            "pipelineExecutionSummaries",
            json!({ "pipelineName": "shop" }),
        )
    };
    assert_eq!(all(&mut again), all(&mut large));
    let mut lacking = Engine::restore(&large_text).expect("it opens");
    assert!(
        !lacking.history_mut().supply(&BTreeMap::new()).is_empty(),
        "and says what is missing"
    );
}
