//! SUPERSEDED and its kin: locks, boundaries, queues.

use codepipeline_simulator::{engine::behavior::Outcome, model::FailureType};
use serde_json::{Value, json};

use crate::bench::{Bench, approval, build, pipeline, source, stage, three_stages};

/// Src 1 minute, Build 1 minute, Deploy 60 minutes.
fn contended(mode: &str) -> Bench {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!(mode);
    for (stage, action, minutes) in [
        ("Source", "Checkout", 1),
        ("Build", "Compile", 1),
        ("Deploy", "Ship", 60),
    ] {
        bench.takes("shop", stage, action, minutes);
    }
    bench.create(&declaration);
    bench
}

fn inbound(bench: &mut Bench, stage: usize) -> Vec<String> {
    let state = bench.stage("shop", stage);
    state["inboundExecutions"]
        .as_array()
        .expect("MO-8: a list")
        .iter()
        .map(|entry| {
            entry["pipelineExecutionId"]
                .as_str()
                .expect("an id")
                .to_owned()
        })
        .collect()
}

const MINUTE: i64 = 60_000;

#[test]
fn sc_3_su_1_only_the_newest_waits_and_it_supersedes_on_arrival_not_on_start() {
    let mut bench = contended("SUPERSEDED");
    bench.advance(3 * MINUTE); // E1 is in Deploy.
    let second = bench.start("shop");
    bench.advance(3 * MINUTE); // E2 waits at Deploy.
    assert_eq!(inbound(&mut bench, 2), [second.as_str()]);
    let third = bench.start("shop");
    bench.advance(2 * MINUTE - 1);
    assert_eq!(
        bench.status("shop", &second),
        "InProgress",
        "E3 has not arrived yet"
    );
    bench.advance(1);
    assert_eq!(bench.status("shop", &second), "Superseded");
    assert_eq!(inbound(&mut bench, 2), [third.as_str()], "MO-9");
    assert_eq!(
        bench.stage("shop", 2)["inboundExecution"]["pipelineExecutionId"],
        json!(third)
    );
    bench.advance(55 * MINUTE); // E1 ends.
    assert_eq!(
        bench.stage("shop", 2)["latestExecution"]["pipelineExecutionId"],
        json!(third),
        "MO-4"
    );
    assert_eq!(inbound(&mut bench, 2), Vec::<String>::new());
    bench.until_idle();
    assert_eq!(bench.status("shop", &third), "Succeeded");
}

#[test]
fn sc_4_su_2_ap_9_nobody_overtakes_who_is_inside() {
    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("Compile", 1)]),
            stage("Deploy", &[approval("Approve", 1)]),
        ],
    ));
    bench.until_idle();
    let first = bench.executions("shop")[0].clone();
    let second = bench.start("shop");
    bench.until_idle();
    assert_eq!(bench.status("shop", &second), "InProgress");
    let third = bench.start("shop");
    bench.until_idle();
    assert_eq!(bench.status("shop", &first), "InProgress");
    assert_eq!(bench.status("shop", &second), "Superseded");
    assert_eq!(inbound(&mut bench, 2), [third.as_str()]);
}

#[test]
fn su_4_the_rule_holds_in_front_of_the_first_stage_too() {
    let mut bench = contended("SUPERSEDED");
    let second = bench.start("shop");
    assert_eq!(bench.status("shop", &second), "InProgress");
    assert_eq!(inbound(&mut bench, 0), [second.as_str()]);
    let third = bench.start("shop");
    assert_eq!(bench.status("shop", &second), "Superseded");
    assert_eq!(inbound(&mut bench, 0), [third.as_str()]);
}

#[test]
fn su_7_a_failure_frees_the_lock_for_whoever_waits() {
    let mut bench = contended("SUPERSEDED");
    bench.outcome(
        "shop",
        "Deploy",
        "Ship",
        Outcome::Fail {
            code: FailureType::JobFailed,
            message: None,
        },
    );
    bench.takes("shop", "Source", "Checkout", 1);
    bench.set(
        "shop",
        "Deploy",
        "Ship",
        Some(Outcome::Fail {
            code: FailureType::JobFailed,
            message: None,
        }),
        Some(60 * MINUTE),
    );
    bench.advance(3 * MINUTE);
    let second = bench.start("shop");
    bench.advance(10 * MINUTE);
    assert_eq!(inbound(&mut bench, 2), [second.as_str()]);
    let first = bench.executions("shop")[0].clone();
    bench.advance(49 * MINUTE);
    assert_eq!(
        bench.status("shop", &first),
        "Failed",
        "SU-6: and it stays Failed"
    );
    assert_eq!(
        bench.stage("shop", 2)["latestExecution"]["pipelineExecutionId"],
        json!(second)
    );
}

#[test]
fn sc_5_qu_1_qu_2_qu_3_queued_executions_keep_their_order() {
    let mut bench = contended("QUEUED");
    bench.advance(3 * MINUTE);
    let second = bench.start("shop");
    bench.advance(3 * MINUTE);
    let third = bench.start("shop");
    bench.advance(3 * MINUTE);
    assert_eq!(inbound(&mut bench, 2), [second.clone(), third.clone()]);
    assert_eq!(
        bench.stage("shop", 2)["inboundExecution"]["pipelineExecutionId"],
        json!(second),
        "MO-9: the head"
    );
    bench.advance(54 * MINUTE);
    assert_eq!(inbound(&mut bench, 2), [third.as_str()]);
    bench.until_idle();
    for id in [&second, &third] {
        assert_eq!(bench.status("shop", id), "Succeeded");
    }
}

#[test]
fn qu_6_qu_7_qu_9_at_most_fifty_are_active_in_queued() {
    let mut bench = contended("QUEUED");
    for _ in 1..50 {
        bench.start("shop");
    }
    let error = bench.refused("StartPipelineExecution", json!({ "name": "shop" }));
    assert_eq!(
        error.code.name(),
        "ConcurrentPipelineExecutionsLimitExceededException"
    );
}

#[test]
fn pa_1_pa_3_pa_4_parallel_executions_do_not_wait_and_have_no_state() {
    let mut bench = Bench::new();
    let names = ["A", "B", "C", "D", "E", "F", "G"];
    let actions: Vec<Value> = names.iter().map(|name| build(name, 1)).collect();
    let mut declaration = pipeline(
        "shop",
        &[stage("Source", &[source()]), stage("Build", &actions)],
    );
    declaration["executionMode"] = json!("PARALLEL");
    for name in names {
        bench.takes("shop", "Build", name, 10);
    }
    bench.takes("shop", "Source", "Checkout", 1);
    bench.create(&declaration);
    let second = bench.start("shop");
    bench.advance(MINUTE);
    let rows = bench.ok(
        "ListActionExecutions",
        json!({ "pipelineName": "shop", "filter": { "pipelineExecutionId": second } }),
    );
    let running = rows["actionExecutionDetails"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| row["status"] == "InProgress");
    assert_eq!(running.count(), 5, "PA-3");
    let build = bench.stage("shop", 1);
    assert!(build.get("latestExecution").is_none(), "PA-4");
    assert_eq!(build["actionStates"][0], json!({ "actionName": "A" }));
    bench.until_idle();
    for id in bench.executions("shop") {
        assert_eq!(bench.status("shop", &id), "Succeeded");
    }
}
