//! Worlds that no engine wrote, with sums that are right: opening them says so, and nothing panics.

use codepipeline_simulator::{
    api::session::Session,
    engine::world::Options,
    storage::{JournalEntry, StoredWorld},
};
use serde_json::{Value, json};

use crate::bench::three_stages;

fn created() -> Session {
    let mut session = Session::new(Options::default());
    session
        .execute(
            "CreatePipeline",
            json!({ "pipeline": three_stages("shop") }),
            0.0,
        )
        .expect("created");
    session
}

fn hostile(tail: impl Fn(u64, &Value) -> Value) -> Result<Session, String> {
    let mut session = Session::new(Options::default());
    let mut stored: StoredWorld = session.stored();
    session
        .execute(
            "CreatePipeline",
            json!({ "pipeline": three_stages("shop") }),
            0.0,
        )
        .expect("created");
    let collected = session.collect();
    let mut facts: Vec<Value> = serde_json::from_str(&collected.text).expect("facts");
    let last = facts.last().expect("one").clone();
    let next = facts.len() as u64 + 1;
    facts.push(tail(next, &last));
    stored.journal.push(JournalEntry {
        sequence: next,
        count: next,
        facts: serde_json::to_string(&facts).unwrap(),
    });
    stored.header.sequence = next;
    stored.check().expect("whole");
    let text = codepipeline_simulator::storage::world_file::write(&stored).unwrap();
    let stored =
        codepipeline_simulator::storage::world_file::read(&text).map_err(|e| e.to_string())?;
    let session = Session::open(&stored).map_err(|e| e.to_string())?;
    session.check_history().map_err(|e| e.to_string())?;
    Ok(session)
}

fn replace_event(fact: &mut Value, next: u64, event: Value) {
    let object = fact.as_object_mut().expect("object");
    let keys: Vec<String> = object.keys().cloned().collect();
    for key in keys {
        let value = object[&key].clone();
        if value.is_object() && key != "c" && key != "cause" {
            object.insert(key, event.clone());
        } else if value.is_u64() && value.as_u64() == Some(next - 1) {
            object.insert(key, json!(next));
        }
    }
}

#[test]
fn a_live_execution_that_is_archived_is_refused() {
    let opened = hostile(|next, last| {
        let mut fact = last.clone();
        replace_event(
            &mut fact,
            next,
            json!({ "ExecutionsArchived": { "pipeline": 0, "executions": [1] } }),
        );
        fact
    });
    assert!(opened.is_err());
}

#[test]
fn a_pipeline_without_stages_is_refused() {
    let opened = hostile(|next, last| {
        let mut fact = last.clone();
        let mut declaration = three_stages("shop");
        declaration["stages"] = json!([]);
        replace_event(
            &mut fact,
            next,
            json!({ "PipelineUpdated": { "pipeline": 0, "declaration": declaration } }),
        );
        fact
    });
    assert!(opened.is_err());
}

#[test]
fn a_checkpoint_that_counts_more_than_there_can_be_is_refused() {
    for (path, count) in [
        ("/world/sequence", json!(u64::MAX)),
        ("/world/pipelines/0/started", json!(u32::MAX)),
    ] {
        let mut stored = created().stored();
        let checkpoint = stored.checkpoint.as_mut().expect("one");
        let mut world: Value = serde_json::from_str(&checkpoint.text).expect("JSON");
        let counted = world.pointer_mut(path).expect("a count there");
        assert!(counted.is_u64());
        *counted = count;
        checkpoint.text = world.to_string();
        assert!(Session::open(&stored).is_err(), "{path}");
    }
}

#[test]
fn a_damaged_segment_is_told_when_loading() {
    let mut session = created();
    for _ in 0..150 {
        session
            .execute("StartPipelineExecution", json!({ "name": "shop" }), 0.0)
            .expect("started");
        while let Some(at) = session.engine().next_completion() {
            session.advance_some(at, usize::MAX, 0.0);
        }
    }
    let mut stored = session.stored();
    assert!(!stored.segments.is_empty());
    for segment in &mut stored.segments {
        segment.bytes = vec![1, 2, 3];
    }
    assert!(Session::open(&stored).is_err(), "a damaged segment is told");
}

#[test]
fn a_pipeline_number_nobody_gave_is_refused() {
    let mut session = Session::new(Options::default());
    let mut stored = session.stored();
    session
        .execute(
            "CreatePipeline",
            json!({ "pipeline": three_stages("shop") }),
            0.0,
        )
        .expect("created");
    let collected = session.collect();
    let facts = collected
        .text
        .replace("\"pipeline\":0,", "\"pipeline\":4294967295,")
        .replace("[0,1]", "[4294967295,1]");
    let count = collected.facts.len() as u64;
    stored.journal.push(JournalEntry {
        sequence: count,
        count,
        facts,
    });
    stored.header.sequence = count;
    assert!(Session::open(&stored).is_err());
}

#[test]
fn an_execution_that_is_live_and_past_at_once_is_refused() {
    let mut session = Session::new(Options::default());
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!("PARALLEL");
    session
        .execute("CreatePipeline", json!({ "pipeline": declaration }), 0.0)
        .expect("created");
    let first = session
        .execute("StartPipelineExecution", json!({ "name": "shop" }), 0.0)
        .expect("started")["pipelineExecutionId"]
        .clone();
    session
        .execute(
            "StopPipelineExecution",
            json!({ "pipelineName": "shop", "pipelineExecutionId": first, "abandon": true }),
            0.0,
        )
        .expect("stopped");
    for _ in 0..90 {
        session
            .execute("StartPipelineExecution", json!({ "name": "shop" }), 0.0)
            .expect("started");
        while let Some(at) = session.engine().next_completion() {
            session.advance_some(at, usize::MAX, 0.0);
        }
    }
    session
        .execute(
            "RetryStageExecution",
            json!({
                "pipelineName": "shop", "stageName": "Source", "pipelineExecutionId": first,
                "retryMode": "ALL_ACTIONS",
            }),
            0.0,
        )
        .expect("retried");
    let mut stored = session.stored();
    let opened = Session::open(&stored).expect("it opens");
    opened.check_history().expect("it is whole");
    let checkpoint = stored.checkpoint.as_mut().expect("one");
    let mut read: Value = serde_json::from_str(&checkpoint.text).expect("JSON");
    let segment = read
        .pointer_mut("/world/pipelines/0/history/0")
        .and_then(Value::as_object_mut)
        .expect("a segment");
    assert_eq!(segment.remove("recalled"), Some(json!([2])));
    checkpoint.text = read.to_string();
    let opened = Session::open(&stored).expect("its segments are read later");
    assert!(opened.check_history().is_err());
}
