//! A long past: what it answers, what it does not cost, and worlds whose past another build wrote.

use std::{collections::BTreeMap, rc::Rc};

use codepipeline_simulator::{
    api::session::Session,
    engine::{
        Engine,
        behavior::{Behavior, DurationRange, Scope},
        control::Control,
        time::MINUTE,
        world::Options,
    },
    storage::{Batch, StoredWorld, Write},
};
use serde_json::{Value, json};

use crate::bench::{Bench, three_stages};

fn token(number: usize) -> String {
    format!("00000000-0000-0000-0000-{number:012}")
}

fn start(bench: &mut Bench, number: usize) -> String {
    let answer = bench.ok(
        "StartPipelineExecution",
        json!({ "name": "shop", "clientRequestToken": token(number) }),
    );
    answer["pipelineExecutionId"]
        .as_str()
        .expect("an id")
        .to_owned()
}

/// A world whose executions were started with tokens, and their ids.
fn with_tokens(executions: usize) -> (Bench, Vec<String>) {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    let ids = (0..executions)
        .map(|number| {
            let id = start(&mut bench, number);
            bench.until_idle();
            id
        })
        .collect();
    (bench, ids)
}

#[test]
fn tg_2_a_token_is_known_as_long_as_its_execution_and_no_checkpoint_keeps_it() {
    let (mut bench, ids) = with_tokens(300);
    let snapshot = bench.engine.snapshot();
    let kept = snapshot.matches("00000000-0000-0000-0000-").count();
    let live = bench.engine.world().pipelines.values();
    let live: usize = live.map(|pipeline| pipeline.executions.len()).sum();
    assert!(kept > 0 && kept <= live, "{kept} tokens, {live} live");

    let sealed = bench.engine.take_segments().sealed;
    let stored: BTreeMap<u64, Rc<[u8]>> = sealed.into_iter().collect();
    assert!(stored.len() >= 3);
    let mut again = Bench::new();
    again.engine = Engine::restore(&snapshot).expect("it opens");
    assert!(again.engine.history_mut().supply(&stored).is_empty());
    for bench in [&mut bench, &mut again] {
        for (number, id) in ids.iter().enumerate() {
            assert_eq!(start(bench, number), *id);
        }
        assert_eq!(bench.engine.snapshot(), snapshot, "nothing was started");
    }
    bench.advance(366 * 24 * 60 * MINUTE);
    assert_ne!(start(&mut bench, 0), ids[0], "TO-5");
}

#[test]
fn tg_2_worlds_that_kept_every_token_still_know_them() {
    let (mut bench, ids) = with_tokens(300);
    let stored: BTreeMap<u64, Rc<[u8]>> = bench.engine.take_segments().sealed.into_iter().collect();
    let mut world: Value = serde_json::from_str(&bench.engine.snapshot()).expect("JSON");
    let pipeline = &mut world["pipelines"][0];
    for execution in pipeline["executions"].as_array_mut().expect("a list") {
        execution.as_object_mut().expect("a record").remove("tk");
    }
    // The past ones are also in the segments here; an earlier build knew them from this list alone.
    let tokens = (0..ids.len()).map(|number| (token(number), json!(number + 2)));
    pipeline["start_tokens"] = Value::Object(tokens.collect());
    bench.engine = Engine::restore(&world.to_string()).expect("it opens");
    assert!(bench.engine.history_mut().supply(&stored).is_empty());
    for (number, id) in ids.iter().enumerate() {
        assert_eq!(start(&mut bench, number), *id);
    }
}

/// What a build before tokens stood in the records would have stored for these bytes.
fn as_before(bytes: &[u8], tokens: usize) -> Vec<u8> {
    let text = lz4_flex::block::decompress_size_prepended(&bytes[8 * tokens..]).expect("LZ4");
    let mut executions: Vec<Value> = serde_json::from_slice(&text).expect("JSON");
    for execution in &mut executions {
        execution.as_object_mut().expect("a record").remove("tk");
    }
    lz4_flex::block::compress_prepend_size(&serde_json::to_vec(&executions).expect("JSON"))
}

#[test]
fn what_is_stored_stays_where_another_build_sealed_it() {
    let mut session = Session::new(Options::default());
    let mut stored = session.stored();
    let create = json!({ "pipeline": three_stages("shop") });
    session
        .execute("CreatePipeline", create, 0.0)
        .expect("created");
    let mut ids = vec![];
    for number in 0..150 {
        while let Some(at) = session.engine().next_completion() {
            session.advance_some(at, usize::MAX, 0.0);
        }
        let input = json!({ "name": "shop", "clientRequestToken": token(number) });
        let answer = session
            .execute("StartPipelineExecution", input, 0.0)
            .expect("started");
        ids.push(answer["pipelineExecutionId"].clone());
        let collected = session.collect();
        let count = collected.facts.len() as u64;
        let batch = Batch {
            sequence: stored.header.sequence + count,
            count,
            facts: collected.text,
            standing: session.standing(),
            new_segments: collected.new_segments,
            dropped_segments: collected.dropped_segments,
        };
        stored = StoredWorld::after(Some(stored), &Write::Append(batch)).expect("it follows");
    }
    assert!(!stored.segments.is_empty());
    for segment in &mut stored.segments {
        let pipeline = session.world().pipelines.values().next().expect("it is");
        let sealed = pipeline.history.segments().iter();
        let tokens = sealed
            .filter(|sealed| sealed.id == segment.id)
            .map(|sealed| sealed.tokens as usize);
        segment.bytes = as_before(&segment.bytes, tokens.sum());
    }
    let mut opened = Session::open(&stored).expect("it opens");
    let collected = opened.collect();
    assert!(
        collected.new_segments.is_empty(),
        "nothing is written again"
    );
    let whole = opened.stored();
    assert_eq!(whole.segments, stored.segments);
    let mut reopened = Session::open(&whole).expect("its checkpoint names what is stored");
    for session in [&mut opened, &mut reopened] {
        for (number, id) in ids.iter().enumerate() {
            let input = json!({ "name": "shop", "clientRequestToken": token(number) });
            let answer = session.execute("StartPipelineExecution", input, 0.0);
            assert_eq!(answer.expect("answered")["pipelineExecutionId"], *id);
        }
    }

    let mut foreign = stored;
    foreign.segments[0].bytes = lz4_flex::block::compress_prepend_size(b"[]");
    assert!(Session::open(&foreign).is_err(), "not what was sealed");
}

/// Executions that overtake each other, so that neighbouring segments overlap.
fn overtaking() -> Bench {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!("PARALLEL");
    bench.create(&declaration);
    bench.control(Control::SetBehavior {
        scope: Scope::Provider {
            category: "Build".into(),
            owner: "AWS".into(),
            provider: "CodeBuild".into(),
        },
        behavior: Some(Behavior {
            duration: Some(DurationRange {
                min: MINUTE,
                max: 200 * MINUTE,
            }),
            ..Behavior::default()
        }),
    });
    for _ in 1..600 {
        bench.advance(10 * MINUTE);
        bench.start("shop");
    }
    bench
}

fn walk(bench: &mut Bench, operation: &str, key: &str, id: &str, mut input: Value) -> Vec<String> {
    let mut found = vec![];
    loop {
        let answer = bench.ok(operation, input.clone());
        let rows = answer[key].as_array().expect("rows");
        found.extend(
            rows.iter()
                .map(|row| row[id].as_str().expect("an id").to_owned()),
        );
        match answer.get("nextToken") {
            Some(token) => input["nextToken"] = token.clone(),
            None => return found,
        }
    }
}

#[test]
fn le_1_la_1_every_row_once_and_in_order_where_segments_overlap() {
    let mut bench = overtaking();
    let world = bench.engine.world();
    let pipeline = world.pipeline_named("shop").expect("it exists");
    let segments = pipeline.history.segments();
    let overlaps = segments.windows(2).filter(|two| two[1].first < two[0].last);
    assert!(segments.len() > 5 && overlaps.count() > 2);
    let (mut executions, mut actions) = (vec![], vec![]);
    for number in (1..=pipeline.started).rev() {
        let execution = pipeline.execution(number).expect("it is known");
        let id = (pipeline.id.0, number).into();
        executions.push(world.key().execution(id));
        for (ordinal, action) in execution.numbered() {
            actions.push((action.started, number, ordinal));
        }
    }
    actions.sort_unstable();
    let actions: Vec<String> = actions
        .into_iter()
        .rev()
        .map(|(_, number, ordinal)| {
            use codepipeline_simulator::engine::ids::{ActionExecutionId, Kind};
            let id = ActionExecutionId {
                execution: (pipeline.id.0, number).into(),
                ordinal,
            };
            world.key().uuid(Kind::ActionExecution, id)
        })
        .collect();
    for size in [7, 100] {
        let input = json!({ "pipelineName": "shop", "maxResults": size });
        let (list, key, id) = (
            "ListPipelineExecutions",
            "pipelineExecutionSummaries",
            "pipelineExecutionId",
        );
        assert_eq!(walk(&mut bench, list, key, id, input.clone()), executions);
        let (list, key, id) = (
            "ListActionExecutions",
            "actionExecutionDetails",
            "actionExecutionId",
        );
        assert_eq!(walk(&mut bench, list, key, id, input), actions);
    }
}

#[test]
fn le_4_successes_are_found_behind_a_past_without_any() {
    use codepipeline_simulator::engine::behavior::Outcome;
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    let lucky = bench.executions("shop");
    let outcome = Outcome::Fail {
        code: codepipeline_simulator::model::FailureType::JobFailed,
        message: None,
    };
    bench.outcome("shop", "Build", "Compile", outcome);
    for _ in 0..200 {
        bench.start("shop");
        bench.until_idle();
    }
    let input = |stage: &str| {
        json!({
            "pipelineName": "shop", "maxResults": 100,
            "filter": { "succeededInStage": { "stageName": stage } },
        })
    };
    let list = "ListPipelineExecutions";
    let (key, id) = ("pipelineExecutionSummaries", "pipelineExecutionId");
    assert_eq!(walk(&mut bench, list, key, id, input("Build")), lucky);
    assert_eq!(
        walk(&mut bench, list, key, id, input("Source")).len(),
        201,
        "across all segments"
    );
}

#[test]
fn what_was_just_sealed_reads_back_as_it_was() {
    let (bench, _) = with_tokens(200);
    let pipeline = bench.engine.world().pipeline_named("shop").expect("it is");
    for segment in pipeline.history.segments() {
        let read = segment.read().expect("it reads");
        assert_eq!(read, *pipeline.history.executions(segment));
    }
}
