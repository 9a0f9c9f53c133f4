//! A session as it is stored and read back, and worlds from strangers.

use codepipeline_simulator::{
    api::session::{REMEMBERED, Session},
    engine::{Progress, world::Options},
    storage::{Batch, Standing, StorageError, StoredWorld, Write, world_file},
};
use serde_json::{Value, json};

use crate::bench::three_stages;

fn write_down(session: &mut Session, stored: StoredWorld) -> StoredWorld {
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
    StoredWorld::after(Some(stored), &Write::Append(batch)).expect("it follows")
}

fn ran(executions: u32) -> (Session, StoredWorld) {
    let mut session = Session::new(Options::default());
    let mut stored = session.stored();
    session
        .execute(
            "CreatePipeline",
            json!({ "pipeline": three_stages("shop") }),
            0.0,
        )
        .expect("created");
    for _ in 0..executions {
        session
            .execute("StartPipelineExecution", json!({ "name": "shop" }), 0.0)
            .expect("started");
        while let Some(at) = session.engine().next_completion() {
            assert_eq!(session.advance_some(at, usize::MAX, 0.0), Progress::Arrived);
        }
        stored = write_down(&mut session, stored);
    }
    (session, stored)
}

#[test]
fn a_world_opens_from_its_checkpoint_and_its_journal() {
    let (session, stored) = ran(200);
    assert!(!stored.segments.is_empty());
    let opened = Session::open(&stored).expect("it opens");
    assert_eq!(opened.snapshot(), session.snapshot());
    assert_eq!(opened.stored(), session.stored());
    assert!(opened.recent().count() <= REMEMBERED);
    let whole = Session::open(&session.stored()).expect("it opens from a checkpoint alone");
    assert_eq!(whole.snapshot(), session.snapshot());
}

/// Two pipelines, one with executions that wait to be archived and one without any, and facts to remember.
fn busy() -> Session {
    let (mut session, _) = ran(70);
    let other = json!({ "pipeline": three_stages("empty") });
    session
        .execute("CreatePipeline", other, 0.0)
        .expect("created");
    let _ = session.collect();
    session
}

#[test]
fn a_snapshot_over_many_turns_is_the_same_text() {
    for mut session in [Session::new(Options::default()), busy()] {
        let whole = session.snapshot();
        let world = session.engine().snapshot();
        let text: Value = serde_json::from_str(&whole).expect("JSON");
        assert_eq!(text["world"].to_string(), world, "and the engine's");
        let mut turns = 1;
        let text = loop {
            match session.snapshot_some(|| false) {
                Some(text) => break text,
                None => turns += 1,
            }
            assert!(session.snapshotting());
        };
        assert!(turns > 1, "{turns}");
        assert_eq!(text, whole);
        assert!(!session.snapshotting());
        // And it begins anew.
        assert_eq!(session.snapshot_some(|| true), Some(whole));
    }
}

#[test]
fn whatever_changes_the_world_while_its_snapshot_is_written_comes_after_it() {
    let start = json!({ "name": "shop" });
    let changes: [&dyn Fn(&mut Session); 6] = [
        &|session| {
            let started = session.execute("StartPipelineExecution", start.clone(), 0.0);
            started.expect("started");
        },
        &|session| {
            let refused = session.execute("StartPipelineExecution", json!({ "name": "no" }), 0.0);
            refused.expect_err("there is none");
        },
        &|session| session.catch_up(1_000.0),
        &|session| {
            session.play(0.0);
            session.set_speed(86_400, 0.0);
            session.tick(900.0, 64, || true);
        },
        &|session| {
            let to = session.world().now.after(3_600_000);
            session.advance_some(to, 64, 0.0);
        },
        &|session| session.abandon_snapshot(),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut session = busy();
        session
            .execute("StartPipelineExecution", start.clone(), 0.0)
            .expect("started");
        let _ = session.collect();
        let before = session.snapshot();
        assert_eq!(session.snapshot_some(|| false), None);
        change(&mut session);
        let _ = session.collect();
        let after = session.snapshot();
        let text = session.snapshot_some(|| true);
        assert_eq!(text, Some(before), "change {number}");
        assert_eq!(session.snapshot_some(|| true), Some(after));
    }
}

#[test]
fn the_clock_stands_where_it_was_committed_and_never_catches_up() {
    let (mut session, stored) = ran(1);
    session.play(1_000.0);
    session.set_speed(60, 1_000.0);
    session.tick(2_000.0, 64, || true);
    let Standing {
        clock,
        playing,
        speed,
    } = session.standing();
    assert_eq!(session.present(2_000.0).0, clock);
    let stored = write_down(&mut session, stored);
    let opened = Session::open(&stored).expect("it opens");
    assert_eq!(
        (opened.standing().clock, opened.playing(), opened.speed()),
        (clock, playing, speed)
    );
    assert_eq!(
        opened.present(9e9).0,
        clock,
        "however long the page was closed"
    );
}

#[test]
fn damaged_parts_are_named_and_never_harm() {
    let (_, stored) = ran(200);
    let expect_damaged = |stored: StoredWorld, place: &str| match Session::open(&stored) {
        Err(StorageError::Damaged { place: found, .. }) => {
            assert!(found.starts_with(place), "{found}")
        }
        Err(other) => panic!("{place}: {other}"),
        Ok(_) => panic!("{place}: it opened"),
    };
    let mut lacking = stored.clone();
    lacking.checkpoint = None;
    expect_damaged(lacking, "checkpoint");
    let mut cut = stored.clone();
    cut.journal.remove(0);
    expect_damaged(cut, "journal");
    let mut scrambled = stored;
    if let Some(entry) = scrambled.journal.last_mut() {
        entry.facts = entry.facts.replace("\"n\":", "\"m\":");
    }
    expect_damaged(scrambled, "journal");
}

/// Every number in a world file, one after the other, replaced by something else: it opens or it is refused.
#[test]
fn a_world_from_a_stranger_never_panics() {
    let (session, _) = ran(3);
    let stored = session.stored();
    let text = stored
        .checkpoint
        .as_ref()
        .expect("a checkpoint")
        .text
        .clone();
    let world: Value = serde_json::from_str(&text).expect("JSON");
    let mut paths = vec![];
    collect(&world, &mut vec![], &mut paths);
    let mut opened = 0;
    for path in &paths {
        for wrong in [
            json!(0),
            json!(65_535),
            json!(u32::MAX),
            json!(null),
            json!([]),
            json!("x"),
        ] {
            let mut changed = world.clone();
            *at(&mut changed, path) = wrong;
            let mut strange = stored.clone();
            strange.checkpoint.as_mut().expect("a checkpoint").text = changed.to_string();
            if let Ok(mut session) = Session::open(&strange)
                && session.check_history().is_ok()
            {
                opened += 1;
                for (operation, input) in [
                    ("ListPipelines", json!({})),
                    ("GetPipelineState", json!({ "name": "shop" })),
                    ("ListPipelineExecutions", json!({ "pipelineName": "shop" })),
                    ("ListActionExecutions", json!({ "pipelineName": "shop" })),
                ] {
                    let _ = session.execute(operation, input, 0.0);
                }
            }
        }
    }
    assert!(
        opened > 0 && paths.len() > 100,
        "{opened} of {} places",
        paths.len()
    );
}

enum Key {
    Name(String),
    Index(usize),
}

fn collect(value: &Value, path: &mut Vec<Key>, paths: &mut Vec<Vec<Key>>) {
    let copy = |path: &Vec<Key>| {
        path.iter()
            .map(|key| match key {
                Key::Name(name) => Key::Name(name.clone()),
                Key::Index(index) => Key::Index(*index),
            })
            .collect()
    };
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                path.push(Key::Name(name.clone()));
                collect(inner, path, paths);
                path.pop();
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate().take(3) {
                path.push(Key::Index(index));
                collect(inner, path, paths);
                path.pop();
            }
        }
        Value::Number(_) => paths.push(copy(path)),
        _ => {}
    }
}

fn at<'a>(value: &'a mut Value, path: &[Key]) -> &'a mut Value {
    path.iter().fold(value, |value, key| match key {
        Key::Name(name) => &mut value[name.as_str()],
        Key::Index(index) => &mut value[*index],
    })
}

#[test]
fn a_world_file_holds_everything() {
    let (session, _) = ran(150);
    let file = world_file::write(&session.stored());
    let read = world_file::read(&file).expect("read");
    assert_eq!(
        Session::open(&read).expect("it opens").snapshot(),
        session.snapshot()
    );
}

/// A world in every FORMAT there has ever been, as a build of that time wrote it. When FORMAT rises, add a file; never
/// write an old one again.
#[test]
fn worlds_of_every_format_open() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/worlds/format-1.json");
    if std::env::var_os("BLESS").is_some() && !std::path::Path::new(path).exists() {
        let (mut session, _) = ran(140);
        let stored = session.stored();
        session
            .execute("StartPipelineExecution", json!({ "name": "shop" }), 0.0)
            .expect("started");
        let stored = write_down(&mut session, stored);
        assert_eq!(stored.header.format, 1, "this build writes another format");
        std::fs::write(path, world_file::write(&stored)).expect("saved");
    }
    let text = std::fs::read_to_string(path).expect("the world of format 1");
    let stored = world_file::read(&text).expect("it is whole");
    assert!(!stored.segments.is_empty() && !stored.journal.is_empty());
    let mut session = Session::open(&stored).expect("it opens");
    session.check_history().expect("its history reads");
    let listed = session
        .execute(
            "ListPipelineExecutions",
            json!({ "pipelineName": "shop", "maxResults": 100 }),
            0.0,
        )
        .expect("listed");
    let summaries = listed["pipelineExecutionSummaries"]
        .as_array()
        .expect("a list");
    assert_eq!(summaries.len(), 100);
    assert_eq!(summaries[0]["status"], "InProgress");
    assert!(
        summaries[1..]
            .iter()
            .all(|summary| summary["status"] == "Succeeded")
    );
    session
        .execute("StartPipelineExecution", json!({ "name": "shop" }), 0.0)
        .expect("it goes on");
}
