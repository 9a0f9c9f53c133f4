//! QUEUED and PARALLEL pictures.

use codepipeline_simulator::{
    engine::{
        behavior::Outcome,
        time::{MINUTE, SECOND},
    },
    page::view::{Frame, Selection},
};
use serde_json::{Value, json};

use super::{headline, page, picture, roster, selected, stage as view_of, tile, why};
use crate::bench::{Bench, approval, build, pipeline, source, stage, three_stages};

#[test]
fn qu_1_a_queue_has_places_and_nobody_overtakes() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!("QUEUED");
    for (stage, action, minutes) in [
        ("Source", "Checkout", 1),
        ("Build", "Compile", 60),
        ("Deploy", "Ship", 1),
    ] {
        bench.takes("shop", stage, action, minutes);
    }
    bench.create(&declaration);
    for _ in 0..4 {
        bench.start("shop");
    }
    bench.advance(10 * MINUTE);
    let view = page(&bench);
    assert_eq!(
        roster(&view),
        [
            "A Running holds Build, 9 min so far",
            "B Waits for the lock of Build, held by A, 8 min so far",
            "C 2nd in line for Build, behind B, 7 min so far",
            "D 3rd in line for Build, behind C, 6 min so far",
            "E 4th in line for Build, behind D, 5 min so far",
        ]
    );
    let lines: Vec<_> = view_of(&view, "Build")
        .waiting
        .iter()
        .map(|waiting| waiting.line.as_str())
        .collect();
    assert_eq!(
        lines,
        [
            "1st, waits 8 min",
            "2nd, waits 7 min",
            "3rd, waits 6 min",
            "4th, waits 5 min"
        ]
    );
    for (letter, expected) in [
        ("C", "C is 2nd in line for Build, behind B"),
        ("D", "D is 3rd in line for Build, behind B and C"),
        ("E", "E is 4th in line for Build, behind D and 2 more"),
    ] {
        assert_eq!(headline(why(&view, letter)), expected);
    }
    let reason = why(&view, "E");
    assert_eq!(
        reason.text,
        "A holds the lock. E has waited since 08:05. Nobody overtakes in QUEUED mode."
    );
    assert_eq!(reason.actions[0].0, "Show A");
    assert!(
        !why(&view, "B").text.contains("superseded"),
        "nobody is superseded in QUEUED mode"
    );
}

fn parallel(stages: &[Value]) -> Bench {
    let mut bench = Bench::new();
    let mut declaration = pipeline("shop", stages);
    declaration["executionMode"] = json!("PARALLEL");
    bench.takes("shop", "Source", "Checkout", 1);
    bench.takes("shop", "Build", "Compile", 10);
    bench.create(&declaration);
    bench
}

#[test]
fn pa_1_pa_4_in_parallel_nobody_holds_and_the_newest_record_is_shown() {
    let mut bench = parallel(&[
        stage("Source", &[source()]),
        stage("Build", &[build("Compile", 1)]),
    ]);
    assert!(
        picture(&page(&bench))
            .hint
            .as_ref()
            .is_some_and(|hint| hint.contains("PARALLEL"))
    );
    bench.advance(30 * SECOND);
    bench.start("shop");
    bench.advance(30 * SECOND);
    bench.start("shop");
    bench.advance(5 * MINUTE);
    let view = page(&bench);
    let block = view_of(&view, "Build");
    assert_eq!(
        (block.line.as_str(), block.frame, &block.holder),
        ("3 inside", Frame::Free, &None)
    );
    assert_eq!(view_of(&view, "Source").line, "nobody inside");
    let compile = tile(&view, "Build", "Compile");
    assert_eq!(
        compile.owner.as_ref().map(|owner| owner.letter.as_str()),
        Some("C")
    );
    assert_eq!(compile.state.word, "Running, 40 %");
    assert_eq!(
        roster(&view),
        [
            "A Running in Build, 5 min so far",
            "B Running in Build, 4 min so far",
            "C Running in Build, 4 min so far"
        ]
    );
    assert!(!why(&view, "A").text.contains("overtake"));
    let details = selected(&bench, Selection::Stage("Build".into()))
        .details
        .expect("details");
    assert_eq!(
        (
            details.rows[0].label.as_str(),
            details.rows[0].value.as_str()
        ),
        ("Inside", "A, B and C")
    );
    bench.until_idle();
    assert_eq!(view_of(&page(&bench), "Build").line, "nobody inside");
}

#[test]
fn pa_6_in_parallel_an_older_executions_approval_is_found_with_the_execution() {
    let mut bench = parallel(&[
        stage("Source", &[source()]),
        stage("Build", &[approval("Approve", 1), build("Compile", 1)]),
    ]);
    bench.outcome("shop", "Build", "Compile", Outcome::Hold);
    bench.start("shop");
    bench.until_idle();
    let ids = bench.executions("shop");
    let view = page(&bench);
    let newest = tile(&view, "Build", "Approve")
        .approval
        .as_ref()
        .expect("the newest one's")
        .token
        .clone();
    let details = selected(&bench, Selection::Execution(ids[0].clone()))
        .details
        .expect("details");
    let (stage, action, approval) = details.approval.expect("the older one's");
    assert_eq!((stage.as_str(), action.as_str()), ("Build", "Approve"));
    assert_ne!(approval.token, newest);
    assert!(
        details
            .behaviour
            .is_some_and(|behaviour| behaviour.held.is_some())
    );
    bench.ok(
        "PutApprovalResult",
        json!({
            "pipelineName": "shop", "stageName": "Build", "actionName": "Approve", "token": approval.token,
            "result": { "status": "Approved", "summary": "" },
        }),
    );
}

#[test]
fn pa_3_the_action_that_finds_no_room_is_told() {
    let names = ["Compile", "B", "C", "D", "E", "F", "G"];
    let actions: Vec<Value> = names.iter().map(|name| build(name, 1)).collect();
    let mut bench = parallel(&[stage("Source", &[source()]), stage("Build", &actions)]);
    bench.advance(MINUTE + SECOND);
    let view = page(&bench);
    assert_eq!(
        roster(&view),
        ["A Running in Build, 2 actions wait for room, 1 s so far"]
    );
    let reason = why(&view, "A");
    assert_eq!(
        headline(reason),
        "F has not started: A runs five actions already"
    );
    assert!(reason.text.starts_with(
        "Five actions of A are running, the most for one execution in PARALLEL. F starts when"
    ));
    assert_eq!(reason.rule.1, "PA-3");
}
