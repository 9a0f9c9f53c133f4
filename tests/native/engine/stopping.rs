//! Stopping executions (execution.md §5) and retrying stages (§6).

use codepipeline_simulator::{engine::behavior::Outcome, model::FailureType};
use serde_json::{Value, json};

use crate::bench::{Bench, approval, build, three_stages};

const MINUTE: i64 = 60_000;

fn fail() -> Outcome {
    Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    }
}

/// One execution inside Build, whose one action takes 30 minutes.
fn building() -> (Bench, String) {
    let mut bench = Bench::new();
    bench.takes("shop", "Source", "Checkout", 1);
    bench.takes("shop", "Build", "Compile", 30);
    bench.create(&three_stages("shop"));
    bench.advance(2 * MINUTE);
    let id = bench.executions("shop")[0].clone();
    (bench, id)
}

fn stop(id: &str, abandon: bool) -> Value {
    json!({ "pipelineName": "shop", "pipelineExecutionId": id, "abandon": abandon, "reason": "enough" })
}

fn retry(id: &str, stage: &str, mode: &str) -> Value {
    json!({ "pipelineName": "shop", "stageName": stage, "pipelineExecutionId": id, "retryMode": mode })
}

fn attempts(bench: &mut Bench, action: &str) -> usize {
    let rows = bench.ok("ListActionExecutions", json!({ "pipelineName": "shop" }));
    let rows = rows["actionExecutionDetails"].as_array().expect("rows");
    rows.iter()
        .filter(|row| row["actionName"] == action)
        .count()
}

#[test]
fn sc_11_sp_2_sp_3_sp_6_sp_7_stop_and_wait_lets_the_action_end() {
    let (mut bench, id) = building();
    bench.set("shop", "Build", "Compile", Some(fail()), None);
    bench.ok("StopPipelineExecution", stop(&id, false));
    assert_eq!(bench.status("shop", &id), "Stopping");
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "Stopping",
        "LC-13"
    );
    let again = bench.refused("StopPipelineExecution", stop(&id, false));
    assert_eq!(again.code.name(), "DuplicatedStopRequestException");
    bench.until_idle();
    assert_eq!(
        bench.status("shop", &id),
        "Stopped",
        "LC-9: whatever the action did"
    );
    let build = bench.stage("shop", 1);
    assert_eq!(build["latestExecution"]["status"], "Stopped");
    assert_eq!(
        build["actionStates"][0]["latestExecution"]["status"],
        "Failed"
    );
    let over = bench.refused("StopPipelineExecution", stop(&id, true));
    assert_eq!(over.code.name(), "PipelineExecutionNotStoppableException");
    let rows = bench.ok("ListPipelineExecutions", json!({ "pipelineName": "shop" }));
    let stopped = &rows["pipelineExecutionSummaries"][0]["stopTrigger"];
    assert_eq!(stopped["reason"], "enough", "SP-9");
}

#[test]
fn sc_11_sp_4_sp_6_a_stop_that_waits_can_become_one_that_abandons() {
    let (mut bench, id) = building();
    bench.ok("StopPipelineExecution", stop(&id, false));
    bench.ok("StopPipelineExecution", stop(&id, true));
    assert_eq!(bench.status("shop", &id), "Stopped");
    let build = bench.stage("shop", 1);
    assert_eq!(
        build["actionStates"][0]["latestExecution"]["status"], "Abandoned",
        "LC-17"
    );
    assert_eq!(bench.engine.next_deadline(), None);
}

#[test]
fn sc_12_sp_5_sp_15_mo_10_tr_9_a_stopped_inbound_never_enters_and_cannot_be_retried() {
    let (mut bench, first) = building();
    let second = bench.start("shop");
    bench.advance(2 * MINUTE);
    bench.ok("StopPipelineExecution", stop(&second, false));
    assert_eq!(bench.status("shop", &second), "Stopped");
    let entry = bench.stage("shop", 1)["inboundExecutions"][0].clone();
    assert_eq!(entry["pipelineExecutionId"], json!(second));
    assert_eq!(entry["status"], "Stopped", "MO-10");
    let error = bench.refused(
        "RetryStageExecution",
        retry(&second, "Build", "ALL_ACTIONS"),
    );
    assert_eq!(error.code.name(), "StageNotRetryableException", "RE-7");
    bench.until_idle();
    assert_eq!(bench.status("shop", &first), "Succeeded");
    assert_eq!(bench.status("shop", &second), "Stopped");
}

#[test]
fn sc_13_sp_10_an_abandoned_approval_takes_no_answer() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][1]["actions"] = json!([approval("Approve", 1)]);
    bench.create(&declaration);
    bench.until_idle();
    let id = bench.executions("shop")[0].clone();
    let token = bench.stage("shop", 1)["actionStates"][0]["latestExecution"]["token"].clone();
    bench.ok("StopPipelineExecution", stop(&id, false));
    assert_eq!(
        bench.status("shop", &id),
        "Stopping",
        "SP-10: an approval is an action in progress"
    );
    bench.ok("StopPipelineExecution", stop(&id, true));
    let answer = json!({
        "pipelineName": "shop", "stageName": "Build", "actionName": "Approve", "token": token,
        "result": { "status": "Approved", "summary": "" },
    });
    let error = bench.refused("PutApprovalResult", answer);
    assert_eq!(error.code.name(), "InvalidApprovalTokenException");
}

#[test]
fn sp_13_a_stop_lets_the_next_one_in() {
    let (mut bench, first) = building();
    let second = bench.start("shop");
    bench.advance(2 * MINUTE);
    bench.ok("StopPipelineExecution", stop(&first, true));
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["pipelineExecutionId"],
        json!(second)
    );
}

#[test]
fn sp_8_what_cannot_be_stopped() {
    let (mut bench, id) = building();
    let unknown = stop("11111111-2222-3333-4444-555555555555", false);
    let error = bench.refused("StopPipelineExecution", unknown);
    assert_eq!(error.code.name(), "PipelineExecutionNotStoppableException");
    let mut elsewhere = stop(&id, false);
    elsewhere["pipelineName"] = json!("nope");
    let error = bench.refused("StopPipelineExecution", elsewhere);
    assert_eq!(error.code.name(), "PipelineNotFoundException");
}

/// Deploy with A and B together and C after them; A fails, the rest succeeds.
fn failed_deploy() -> (Bench, String) {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][2]["actions"] = json!([build("A", 1), build("B", 1), build("C", 2)]);
    bench.set("shop", "Deploy", "A", Some(fail()), Some(MINUTE));
    bench.takes("shop", "Deploy", "B", 5);
    bench.takes("shop", "Deploy", "C", 5);
    bench.create(&declaration);
    let id = bench.executions("shop")[0].clone();
    while bench.stage("shop", 2)["actionStates"][0]["latestExecution"]["status"] != "Failed" {
        bench.advance(1_000);
    }
    (bench, id)
}

#[test]
fn sc_8_re_2_failed_actions_run_again_while_others_still_run() {
    let (mut bench, id) = failed_deploy();
    bench.outcome("shop", "Deploy", "A", Outcome::Succeed);
    let answer = bench.ok(
        "RetryStageExecution",
        retry(&id, "Deploy", "FAILED_ACTIONS"),
    );
    assert_eq!(answer["pipelineExecutionId"], json!(id), "RE-1");
    let busy = bench.refused("RetryStageExecution", retry(&id, "Deploy", "ALL_ACTIONS"));
    assert_eq!(busy.code.name(), "ConflictException", "SC-10, RE-7");
    bench.until_idle();
    assert_eq!(bench.status("shop", &id), "Succeeded");
    assert_eq!(
        (
            attempts(&mut bench, "A"),
            attempts(&mut bench, "B"),
            attempts(&mut bench, "C")
        ),
        (2, 1, 1),
        "SC-9"
    );
    let metadata = bench.stage("shop", 2)["retryStageMetadata"].clone();
    assert_eq!(
        metadata,
        json!({ "manualStageRetryAttempt": 1, "latestRetryTrigger": "ManualStageRetry" }),
        "RE-12, RE-15"
    );
}

#[test]
fn re_2_a_neighbour_that_fails_after_the_retry_still_fails_the_stage() {
    let (mut bench, id) = failed_deploy();
    bench.outcome("shop", "Deploy", "A", Outcome::Succeed);
    bench.ok(
        "RetryStageExecution",
        retry(&id, "Deploy", "FAILED_ACTIONS"),
    );
    bench.set("shop", "Deploy", "B", Some(fail()), None);
    bench.until_idle();
    assert_eq!(bench.status("shop", &id), "Failed");
}

#[test]
fn re_3_all_actions_run_again() {
    let (mut bench, id) = failed_deploy();
    bench.until_idle();
    assert_eq!(bench.status("shop", &id), "Failed");
    bench.outcome("shop", "Deploy", "A", Outcome::Succeed);
    bench.ok("RetryStageExecution", retry(&id, "Deploy", "ALL_ACTIONS"));
    assert_eq!(bench.status("shop", &id), "InProgress", "LC-7");
    bench.until_idle();
    assert_eq!(bench.status("shop", &id), "Succeeded");
    assert_eq!(
        (
            attempts(&mut bench, "A"),
            attempts(&mut bench, "B"),
            attempts(&mut bench, "C")
        ),
        (2, 2, 1)
    );
}

#[test]
fn re_4_re_5_a_stopped_stage_goes_on_where_it_was() {
    let (mut bench, id) = building();
    bench.ok("StopPipelineExecution", stop(&id, true));
    bench.ok("RetryStageExecution", retry(&id, "Build", "FAILED_ACTIONS"));
    bench.until_idle();
    assert_eq!(bench.status("shop", &id), "Succeeded");
    assert_eq!(attempts(&mut bench, "Compile"), 2);
}

#[test]
fn sc_10_re_6_re_7_what_cannot_be_retried() {
    let (mut bench, id) = failed_deploy();
    bench.until_idle();
    for (stage, execution, error) in [
        ("Build", id.as_str(), "StageNotRetryableException"),
        ("Nope", id.as_str(), "StageNotFoundException"),
        (
            "Deploy",
            "11111111-2222-3333-4444-555555555555",
            "NotLatestPipelineExecutionException",
        ),
    ] {
        let refused = bench.refused(
            "RetryStageExecution",
            retry(execution, stage, "ALL_ACTIONS"),
        );
        assert_eq!(refused.code.name(), error, "{stage}");
    }
    bench.start("shop");
    bench.until_idle();
    let refused = bench.refused(
        "RetryStageExecution",
        retry(&id, "Deploy", "FAILED_ACTIONS"),
    );
    assert_eq!(
        refused.code.name(),
        "NotLatestPipelineExecutionException",
        "SU-6"
    );
    let latest = bench.executions("shop")[1].clone();
    let mut changed = three_stages("shop");
    changed["stages"][2]["actions"] = json!([build("A", 1)]);
    bench.ok("UpdatePipeline", json!({ "pipeline": changed }));
    let refused = bench.refused(
        "RetryStageExecution",
        retry(&latest, "Deploy", "FAILED_ACTIONS"),
    );
    assert_eq!(refused.code.name(), "StageNotRetryableException", "UP-7");
}

#[test]
fn re_10_a_retried_approval_has_a_new_token() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][1]["actions"] = json!([approval("Approve", 1)]);
    bench.create(&declaration);
    bench.until_idle();
    let token = |bench: &mut Bench| {
        bench.stage("shop", 1)["actionStates"][0]["latestExecution"]["token"].clone()
    };
    let first = token(&mut bench);
    let answer = |token: &Value, status: &str| {
        json!({
            "pipelineName": "shop", "stageName": "Build", "actionName": "Approve", "token": token,
            "result": { "status": status, "summary": "" },
        })
    };
    bench.ok("PutApprovalResult", answer(&first, "Rejected"));
    let id = bench.executions("shop")[0].clone();
    bench.ok("RetryStageExecution", retry(&id, "Build", "FAILED_ACTIONS"));
    let second = token(&mut bench);
    assert_ne!(first, second);
    bench.ok("PutApprovalResult", answer(&second, "Approved"));
}
