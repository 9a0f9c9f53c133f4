//! Worlds that no engine wrote, with sums that are right: opening them says so, and nothing panics.

use std::rc::Rc;

use codepipeline_simulator::{
    api::session::Session,
    engine::{
        behavior::{Behavior, Outcome, Scope},
        conditions::{AlarmState, LambdaResult},
        control::Control,
        time::MINUTE,
        world::Options,
    },
    model::FailureType,
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
    let text = codepipeline_simulator::storage::world_file::write(&stored);
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

/// A world in which stages are held to conditions, one is being watched, one was overridden, one rolled back, one
/// retried by itself; with the journal of everything that led there.
fn held() -> (StoredWorld, StoredWorld) {
    let lambda = |function: &str| {
        json!({
            "name": function,
            "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": "LambdaInvoke", "version": "1" },
            "configuration": { "FunctionName": function },
        })
    };
    let alarm = json!({
        "name": "Quiet",
        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": "CloudWatchAlarm", "version": "1" },
        "configuration": { "AlarmName": "errors", "WaitTime": "60" },
    });
    let mut declaration = three_stages("shop");
    declaration["stages"][1]["beforeEntry"] =
        json!({ "conditions": [{ "result": "FAIL", "rules": [lambda("check"), alarm] }] });
    declaration["stages"][1]["onFailure"] = json!({ "result": "RETRY" });
    declaration["stages"][2]["onSuccess"] =
        json!({ "conditions": [{ "result": "ROLLBACK", "rules": [lambda("probe")] }] });
    let mut session = Session::new(Options::default());
    let mut journal = session.stored();
    let call = |session: &mut Session, operation: &str, input: Value| {
        let answer = session.execute(operation, input, 0.0);
        answer.unwrap_or_else(|error| panic!("{operation}: {error}"))
    };
    let idle = |session: &mut Session| {
        while let Some(at) = session.engine().next_completion() {
            session.advance_some(at, usize::MAX, 0.0);
        }
    };
    let control = |session: &mut Session, control: Control| {
        session.control(control, 0.0).expect("accepted");
    };
    let start = json!({ "name": "shop" });
    call(
        &mut session,
        "CreatePipeline",
        json!({ "pipeline": declaration }),
    );
    idle(&mut session);
    let function = Rc::<str>::from("probe");
    let result = Some(LambdaResult::Error { message: None });
    control(&mut session, Control::SetLambdaResult { function, result });
    call(&mut session, "StartPipelineExecution", start.clone());
    idle(&mut session);
    let alarming = Control::SetAlarm {
        name: "errors".into(),
        state: AlarmState::Alarm,
    };
    control(&mut session, alarming);
    let answer = call(&mut session, "StartPipelineExecution", start.clone());
    idle(&mut session);
    let input = json!({
        "pipelineName": "shop", "stageName": "Build", "conditionType": "BEFORE_ENTRY",
        "pipelineExecutionId": answer["pipelineExecutionId"],
    });
    call(&mut session, "OverrideStageCondition", input);
    let fails = Control::SetBehavior {
        scope: Scope::Action {
            pipeline: "shop".into(),
            stage: "Build".into(),
            action: "Compile".into(),
        },
        behavior: Some(Behavior {
            outcome: Some(Outcome::Fail {
                code: FailureType::JobFailed,
                message: None,
            }),
            ..Behavior::default()
        }),
    };
    control(&mut session, fails);
    idle(&mut session);
    call(&mut session, "StartPipelineExecution", start);
    let later = session.world().now.after(20 * MINUTE);
    session.advance_some(later, usize::MAX, 0.0);
    let collected = session.collect();
    let count = collected.facts.len() as u64;
    journal.journal.push(JournalEntry {
        sequence: count,
        count,
        facts: collected.text,
    });
    journal.header.sequence = count;
    (session.stored(), journal)
}

/// Replaces every number of a JSON text, one after the other; answers how many of the changed texts `opens` accepts.
fn with_other_numbers(text: &str, opens: impl Fn(String) -> bool) -> (usize, usize) {
    let (mut tried, mut opened) = (0, 0);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_digit() && matches!(bytes[at - 1], b':' | b'[' | b',');
        if !begins {
            at += 1;
            continue;
        }
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit());
        let end = at + digits.count();
        if matches!(bytes[end], b',' | b']' | b'}') {
            for other in ["0", "2", "4294967295"] {
                tried += 1;
                let changed = format!("{}{other}{}", &text[..at], &text[end..]);
                opened += usize::from(opens(changed));
            }
        }
        at = end;
    }
    (tried, opened)
}

/// Whether a stored world opens; whatever opens answers questions, takes commands and lets time pass.
fn opens(stored: &StoredWorld) -> bool {
    let Ok(mut session) = Session::open(stored) else {
        return false;
    };
    if session.check_history().is_err() {
        return false;
    }
    for (operation, input) in [
        ("GetPipelineState", json!({ "name": "shop" })),
        ("ListPipelineExecutions", json!({ "pipelineName": "shop" })),
        ("ListActionExecutions", json!({ "pipelineName": "shop" })),
        ("ListRuleExecutions", json!({ "pipelineName": "shop" })),
    ] {
        let _ = session.execute(operation, input, 0.0);
    }
    let later = session.world().now.after(30 * MINUTE);
    session.advance_some(later, 500, 0.0);
    true
}

#[test]
fn held_worlds_and_journals_with_other_numbers_never_panic() {
    let (checkpoint, journal) = held();
    assert!(opens(&checkpoint) && opens(&journal));
    let text = &checkpoint.checkpoint.as_ref().expect("one").text;
    let (tried, opened) = with_other_numbers(text, |changed| {
        let mut strange = checkpoint.clone();
        strange.checkpoint.as_mut().expect("one").text = changed;
        opens(&strange)
    });
    assert!(tried > 1000 && opened > 100, "{opened} of {tried} worlds");
    let (tried, opened) = with_other_numbers(&journal.journal[0].facts, |changed| {
        let mut strange = journal.clone();
        strange.journal[0].facts = changed;
        opens(&strange)
    });
    assert!(tried > 1000 && opened > 100, "{opened} of {tried} journals");
}
