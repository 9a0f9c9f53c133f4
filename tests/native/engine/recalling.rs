//! PA-8: an execution that has become history goes on when it is retried.

use std::{collections::BTreeMap, rc::Rc};

use codepipeline_simulator::{
    engine::{
        Engine,
        behavior::Outcome,
        fact::{Cause, Event, Fact},
        ids::{ExecutionId, PipelineId},
        world::Options,
    },
    model::{FailureType, PipelineExecutionStatus},
};
use serde_json::{Value, json};

use crate::bench::{Bench, three_stages};

const FIRST: ExecutionId = ExecutionId {
    pipeline: PipelineId(0),
    number: 1,
};

/// A PARALLEL pipeline whose first execution failed in Build and lies in a segment, behind many that succeeded.
fn past_failure() -> (Bench, String, BTreeMap<u64, Rc<[u8]>>) {
    let mut bench = Bench::new();
    let failure = Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    };
    bench.outcome("shop", "Build", "Compile", failure);
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!("PARALLEL");
    bench.create(&declaration);
    bench.until_idle();
    bench.outcome("shop", "Build", "Compile", Outcome::Succeed);
    more(&mut bench, 90);
    let first = bench.executions("shop")[0].clone();
    let segments = bench.engine.take_segments().sealed.into_iter().collect();
    let pipeline = bench.engine.world().pipeline(FIRST.pipeline);
    assert!(!pipeline.executions.contains_key(&1), "it is history");
    (bench, first, segments)
}

fn more(bench: &mut Bench, count: usize) {
    for _ in 0..count {
        bench.start("shop");
        bench.until_idle();
    }
}

fn retry(bench: &mut Bench, id: &str) {
    let input = json!({
        "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": id, "retryMode": "FAILED_ACTIONS",
    });
    bench.ok("RetryStageExecution", input);
}

/// Every page of a list, as one.
fn pages(bench: &mut Bench, operation: &str, list: &str) -> Vec<Value> {
    let mut found = vec![];
    let mut token = None;
    loop {
        let mut input = json!({ "pipelineName": "shop", "maxResults": 7 });
        if let Some(token) = token {
            input["nextToken"] = token;
        }
        let mut answer = bench.ok(operation, input);
        found.extend(answer[list].as_array().expect("a list").clone());
        match answer["nextToken"].take() {
            Value::Null => return found,
            next => token = Some(next),
        }
    }
}

fn named<'a>(rows: &'a [Value], id: &str) -> Vec<&'a Value> {
    rows.iter()
        .filter(|row| row["pipelineExecutionId"] == id)
        .collect()
}

/// It is listed once, as it is now, and nothing else is listed less or more.
fn stands_once(bench: &mut Bench, id: &str, status: &str, count: usize, actions: usize) {
    let rows = pages(
        bench,
        "ListPipelineExecutions",
        "pipelineExecutionSummaries",
    );
    assert_eq!(rows.len(), count);
    let [row] = named(&rows, id)[..] else {
        panic!("it is not listed once");
    };
    assert_eq!(row["status"], status);
    assert_eq!(bench.status("shop", id), status);
    let rows = pages(bench, "ListActionExecutions", "actionExecutionDetails");
    assert_eq!(named(&rows, id).len(), actions);
    assert_eq!(rows.len(), actions + 3 * (count - 1));
    bench.engine.world().check_history().expect("it reads");
}

fn replayed(bench: &Bench) -> String {
    let mut again = Engine::new(Options::default());
    again.replay(&bench.facts).expect("facts fit");
    again.set_clock(bench.now());
    again.snapshot()
}

#[test]
fn pa_8_a_past_execution_goes_on_and_is_listed_once() {
    let (mut bench, first, _) = past_failure();
    stands_once(&mut bench, &first, "Failed", 91, 2);
    retry(&mut bench, &first);
    stands_once(&mut bench, &first, "InProgress", 91, 3);
    bench.until_idle();
    stands_once(&mut bench, &first, "Succeeded", 91, 4);
    assert_eq!(replayed(&bench), bench.engine.snapshot());
    // It becomes history once more, and the older segment still holds what it was.
    more(&mut bench, 90);
    let pipeline = bench.engine.world().pipeline(FIRST.pipeline);
    assert!(!pipeline.executions.contains_key(&1));
    let past = pipeline.history.find(1).expect("it is history");
    assert_eq!(past.status, PipelineExecutionStatus::Succeeded);
    assert_eq!(
        pipeline.history.count() + pipeline.executions.len() as u64,
        181
    );
    stands_once(&mut bench, &first, "Succeeded", 181, 4);
    assert_eq!(replayed(&bench), bench.engine.snapshot());
}

#[test]
fn a_checkpoint_before_or_after_leads_to_the_same_world() {
    let (mut bench, first, mut segments) = past_failure();
    let before = bench.engine.snapshot();
    let known = bench.facts.len();
    retry(&mut bench, &first);
    let after = bench.engine.snapshot();
    bench.until_idle();
    let mut restored = Engine::restore(&before).expect("it opens");
    assert!(restored.history_mut().supply(&segments).is_empty());
    restored.replay(&bench.facts[known..]).expect("facts fit");
    restored.set_clock(bench.now());
    assert_eq!(restored.snapshot(), bench.engine.snapshot());

    let mut restored = Engine::restore(&after).expect("it opens");
    segments.extend(bench.engine.take_segments().sealed);
    assert!(restored.history_mut().supply(&segments).is_empty());
    restored.advance(bench.now());
    assert_eq!(restored.snapshot(), bench.engine.snapshot());
    restored.world().check_history().expect("it reads");
}

#[test]
fn a_recall_of_what_is_not_history_is_refused() {
    let (mut bench, first, _) = past_failure();
    let recall = |bench: &Bench, number| {
        let world = bench.engine.world();
        let execution = ExecutionId { number, ..FIRST };
        world.fits(&Fact {
            sequence: world.sequence + 1,
            at: world.now,
            cause: Cause::Time,
            event: Event::ExecutionRecalled { execution },
        })
    };
    assert_eq!(recall(&bench, 1), Ok(()));
    assert!(recall(&bench, 91).is_err(), "it is live");
    assert!(recall(&bench, 92).is_err(), "nobody started it");
    retry(&mut bench, &first);
    assert!(recall(&bench, 1).is_err(), "it is live again");
}
