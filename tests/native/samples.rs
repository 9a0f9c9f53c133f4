//! The declarations that come with the page are accepted and run to their end.

use serde_json::{Value, json};

use crate::bench::Bench;

fn runs(text: &str) {
    let input: Value = serde_json::from_str(text).expect("JSON");
    let name = input["pipeline"]["name"]
        .as_str()
        .expect("a name")
        .to_owned();
    let mut bench = Bench::new();
    bench.ok("CreatePipeline", input);
    let id = bench.executions(&name)[0].clone();
    bench.until_idle();
    while bench.status(&name, &id) == "InProgress" {
        let rows = bench.ok("ListActionExecutions", json!({ "pipelineName": name }));
        let open = rows["actionExecutionDetails"]
            .as_array()
            .and_then(|rows| rows.iter().find(|row| row["status"] == "InProgress"))
            .expect("an approval is open")
            .clone();
        bench.ok(
            "PutApprovalResult",
            json!({
                "pipelineName": name, "stageName": open["stageName"], "actionName": open["actionName"],
                "token": open["output"]["executionResult"]["externalExecutionId"],
                "result": { "status": "Approved", "summary": "" },
            }),
        );
        bench.until_idle();
    }
    assert_eq!(bench.status(&name, &id), "Succeeded");
}

#[test]
fn the_first_release_runs_to_its_end() {
    runs(include_str!("../../www/worlds/first-release.json"));
}

#[test]
fn the_approval_runs_to_its_end() {
    runs(include_str!("../../www/worlds/approval.json"));
}
