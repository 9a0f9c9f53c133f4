//! Stage transitions (execution.md §3).

use serde_json::{Value, json};

use crate::bench::{Bench, three_stages};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn disable(stage: &str, kind: &str, reason: &str) -> Value {
    json!({ "pipelineName": "shop", "stageName": stage, "transitionType": kind, "reason": reason })
}

fn enable(stage: &str) -> Value {
    json!({ "pipelineName": "shop", "stageName": stage, "transitionType": "Inbound" })
}

/// Three executions in a pipeline whose Deploy cannot be entered; each stage takes a minute.
fn three_at_the_gate(mode: &str) -> (Bench, Vec<String>) {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!(mode);
    for (stage, action) in [
        ("Source", "Checkout"),
        ("Build", "Compile"),
        ("Deploy", "Ship"),
    ] {
        bench.takes("shop", stage, action, 1);
    }
    bench.create(&declaration);
    bench.ok(
        "DisableStageTransition",
        disable("Deploy", "Inbound", "load test"),
    );
    bench.start("shop");
    bench.start("shop");
    bench.until_idle();
    let ids = bench.executions("shop");
    (bench, ids)
}

fn inbound(bench: &mut Bench) -> Vec<Value> {
    bench.stage("shop", 2)["inboundExecutions"]
        .as_array()
        .expect("a list")
        .clone()
}

#[test]
fn sc_6_su_3_tr_3_tr_7_only_the_newest_waits_at_a_closed_gate() {
    let (mut bench, ids) = three_at_the_gate("SUPERSEDED");
    let waiting = inbound(&mut bench);
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0]["pipelineExecutionId"], json!(ids[2]));
    assert_eq!(bench.status("shop", &ids[0]), "Superseded");
    let state = bench.stage("shop", 2)["inboundTransitionState"].clone();
    assert_eq!(state["enabled"], false);
    assert_eq!(state["disabledReason"], "load test");
    assert_eq!(
        state["lastChangedBy"],
        "arn:aws:iam::123456789012:user/simulator"
    );
    bench.ok("EnableStageTransition", enable("Deploy"));
    bench.until_idle();
    assert_eq!(bench.status("shop", &ids[2]), "Succeeded");
    let state = bench.stage("shop", 2)["inboundTransitionState"].clone();
    assert_eq!(state["enabled"], true);
    assert!(
        state.get("disabledReason").is_none() && state.get("lastChangedAt").is_some(),
        "TR-11"
    );
}

#[test]
fn sc_6_qu_4_the_whole_queue_drains_in_order() {
    let (mut bench, ids) = three_at_the_gate("QUEUED");
    assert_eq!(inbound(&mut bench).len(), 3);
    bench.ok("EnableStageTransition", enable("Deploy"));
    assert_eq!(
        bench.stage("shop", 2)["latestExecution"]["pipelineExecutionId"],
        json!(ids[0])
    );
    bench.until_idle();
    for id in &ids {
        assert_eq!(bench.status("shop", id), "Succeeded");
    }
}

#[test]
fn pa_8_parallel_executions_wait_at_a_gate_and_all_go_on() {
    let (mut bench, ids) = three_at_the_gate("PARALLEL");
    for id in &ids {
        assert_eq!(bench.status("shop", id), "InProgress");
    }
    bench.ok("EnableStageTransition", enable("Deploy"));
    bench.until_idle();
    for id in &ids {
        assert_eq!(bench.status("shop", id), "Succeeded");
    }
}

#[test]
fn sc_6_tr_6_who_is_inside_goes_on() {
    let mut bench = Bench::new();
    bench.takes("shop", "Deploy", "Ship", 60);
    bench.create(&three_stages("shop"));
    while bench.stage("shop", 2).get("latestExecution").is_none() {
        bench.advance(MINUTE);
    }
    bench.ok("DisableStageTransition", disable("Deploy", "Inbound", "x"));
    bench.until_idle();
    let id = bench.executions("shop")[0].clone();
    assert_eq!(bench.status("shop", &id), "Succeeded");
}

#[test]
fn sc_7_tr_10_after_thirty_days_the_waiting_one_does_not_enter() {
    for (days, enters) in [(29, true), (31, false)] {
        let (mut bench, ids) = three_at_the_gate("SUPERSEDED");
        bench.advance(days * DAY);
        bench.ok("EnableStageTransition", enable("Deploy"));
        bench.until_idle();
        let status = bench.status("shop", &ids[2]);
        assert_eq!(status == "Succeeded", enters, "{days} days: {status}");
        let newer = bench.start("shop");
        bench.until_idle();
        assert_eq!(bench.status("shop", &newer), "Succeeded");
        if !enters {
            assert_eq!(bench.status("shop", &ids[2]), "Superseded");
        }
    }
}

#[test]
fn tr_10_in_queued_mode_a_newer_arrival_brings_the_others_along() {
    let (mut bench, ids) = three_at_the_gate("QUEUED");
    bench.advance(31 * DAY);
    bench.ok("EnableStageTransition", enable("Deploy"));
    bench.until_idle();
    assert_eq!(inbound(&mut bench).len(), 3);
    let newer = bench.start("shop");
    bench.until_idle();
    for id in ids.iter().chain([&newer]) {
        assert_eq!(bench.status("shop", id), "Succeeded");
    }
}

#[test]
fn tr_1_tr_2_reasons_and_names_are_checked() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    for (input, error) in [
        (
            disable("Deploy", "Inbound", "no, not now"),
            "ValidationException",
        ),
        (disable("Deploy", "Inbound", ""), "ValidationException"),
        (disable("Deploy", "Sideways", "x"), "ValidationException"),
        (disable("Nope", "Inbound", "x"), "StageNotFoundException"),
    ] {
        assert_eq!(
            bench.refused("DisableStageTransition", input).code.name(),
            error
        );
    }
    let answer = bench.ok(
        "DisableStageTransition",
        disable("Deploy", "Inbound", "ok (1.0)?"),
    );
    assert!(answer.is_null(), "an empty body");
}

#[test]
fn tr_4_the_way_out_of_a_stage_is_the_way_into_the_next() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.ok("DisableStageTransition", disable("Build", "Outbound", "x"));
    assert_eq!(
        bench.stage("shop", 2)["inboundTransitionState"]["enabled"],
        false
    );
    assert_eq!(
        bench.stage("shop", 1)["inboundTransitionState"]["enabled"],
        true
    );
    bench.ok("DisableStageTransition", disable("Deploy", "Outbound", "x"));
    bench.until_idle();
}

#[test]
fn tr_5_tr_12_tr_13_the_first_gate_another_reason_and_updates() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    bench.ok("DisableStageTransition", disable("Source", "Inbound", "x"));
    let id = bench.start("shop");
    bench.until_idle();
    assert_eq!(
        bench.stage("shop", 0)["inboundExecution"]["pipelineExecutionId"],
        json!(id)
    );
    bench.ok("DisableStageTransition", disable("Source", "Inbound", "y"));
    assert_eq!(
        bench.stage("shop", 0)["inboundTransitionState"]["disabledReason"],
        "y",
        "TR-12"
    );
    bench.ok(
        "UpdatePipeline",
        json!({ "pipeline": three_stages("shop") }),
    );
    assert_eq!(
        bench.stage("shop", 0)["inboundTransitionState"]["enabled"],
        false,
        "TR-13"
    );
    bench.ok("EnableStageTransition", enable("Source"));
    let before = bench.engine.snapshot();
    bench.ok("EnableStageTransition", enable("Source"));
    assert_eq!(bench.engine.snapshot(), before, "TR-12: no-op");
}

#[test]
fn tr_8_an_open_gate_does_not_open_the_lock() {
    let mut bench = Bench::new();
    bench.takes("shop", "Deploy", "Ship", 120);
    bench.create(&three_stages("shop"));
    while bench.stage("shop", 2).get("latestExecution").is_none() {
        bench.advance(MINUTE);
    }
    bench.ok("DisableStageTransition", disable("Deploy", "Inbound", "x"));
    let second = bench.start("shop");
    bench.advance(30 * MINUTE);
    bench.ok("EnableStageTransition", enable("Deploy"));
    assert_eq!(inbound(&mut bench)[0]["pipelineExecutionId"], json!(second));
    bench.until_idle();
    assert_eq!(bench.status("shop", &second), "Succeeded");
}
