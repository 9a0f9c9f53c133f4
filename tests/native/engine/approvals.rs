//! Manual approval (execution.md §9).

use serde_json::{Value, json};

use crate::bench::{Bench, approval, build, pipeline, source, stage};

fn waiting() -> (Bench, String) {
    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Deploy", &[approval("Approve", 1), build("Ship", 2)]),
        ],
    ));
    bench.until_idle();
    let token = bench.stage("shop", 1)["actionStates"][0]["latestExecution"]["token"]
        .as_str()
        .expect("AP-2: a token")
        .to_owned();
    (bench, token)
}

fn answer(token: &str, status: &str, summary: &str) -> Value {
    json!({
        "pipelineName": "shop", "stageName": "Deploy", "actionName": "Approve", "token": token,
        "result": { "status": status, "summary": summary },
    })
}

#[test]
fn sc_21_ap_5_ap_6_approved_without_words_goes_on_and_names_the_approver() {
    let (mut bench, token) = waiting();
    let answered = bench.ok("PutApprovalResult", answer(&token, "Approved", ""));
    assert!(answered["approvedAt"].is_number(), "AP-4");
    let latest = bench.stage("shop", 1)["actionStates"][0]["latestExecution"].clone();
    assert_eq!(
        latest["summary"],
        "Approved by arn:aws:iam::123456789012:user/simulator"
    );
    assert_eq!(
        latest["lastUpdatedBy"],
        "arn:aws:iam::123456789012:user/simulator"
    );
    assert!(latest.get("token").is_none(), "GS-3: open approvals only");
    bench.until_idle();
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "Succeeded"
    );
}

#[test]
fn sc_21_ap_5_rejected_fails_the_stage_and_the_execution() {
    let (mut bench, token) = waiting();
    bench.ok("PutApprovalResult", answer(&token, "Rejected", "no"));
    let deploy = bench.stage("shop", 1);
    assert_eq!(deploy["latestExecution"]["status"], "Failed");
    let latest = &deploy["actionStates"][0]["latestExecution"];
    assert_eq!(latest["summary"], "no");
    assert_eq!(latest["errorDetails"]["code"], "JobFailed");
    let id = bench.executions("shop")[0].clone();
    assert_eq!(bench.status("shop", &id), "Failed");
}

#[test]
fn ap_7_an_approval_expires_after_seven_days() {
    let (mut bench, token) = waiting();
    bench.advance(7 * 24 * 3_600_000 - 60_000);
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "InProgress"
    );
    bench.advance(120_000);
    let deploy = bench.stage("shop", 1);
    assert_eq!(deploy["latestExecution"]["status"], "Failed");
    assert_eq!(
        deploy["actionStates"][0]["latestExecution"]["errorDetails"]["message"],
        "Approval expired"
    );
    let error = bench.refused("PutApprovalResult", answer(&token, "Approved", ""));
    assert_eq!(error.code.name(), "InvalidApprovalTokenException", "AP-8");
}

#[test]
fn ap_8_every_wrong_answer_has_its_error() {
    let (mut bench, token) = waiting();
    let unknown = "11111111-2222-3333-4444-555555555555";
    for (change, value, error) in [
        ("pipelineName", "nope", "PipelineNotFoundException"),
        ("stageName", "Nope", "StageNotFoundException"),
        ("actionName", "Nope", "ActionNotFoundException"),
        ("actionName", "Ship", "InvalidApprovalTokenException"),
        ("token", unknown, "InvalidApprovalTokenException"),
        ("token", "not a token", "ValidationException"),
    ] {
        let mut input = answer(&token, "Approved", "");
        input[change] = json!(value);
        assert_eq!(
            bench.refused("PutApprovalResult", input).code.name(),
            error,
            "{change}={value}"
        );
    }
    bench.ok("PutApprovalResult", answer(&token, "Approved", ""));
    let again = bench.refused("PutApprovalResult", answer(&token, "Approved", ""));
    assert_eq!(again.code.name(), "ApprovalAlreadyCompletedException");
}

#[test]
fn ap_3_the_token_is_the_external_execution_id() {
    let (mut bench, token) = waiting();
    let rows = bench.ok("ListActionExecutions", json!({ "pipelineName": "shop" }));
    let row = rows["actionExecutionDetails"][0].clone();
    assert_eq!(row["actionName"], "Approve");
    assert_eq!(
        row["output"]["executionResult"]["externalExecutionId"],
        json!(token)
    );
}
