//! Updates and deletes, with executions under way and without (execution.md §12).

use serde_json::json;

use crate::bench::{Bench, approval, build, three_stages};

#[test]
fn sc_14_up_1_up_2_up_3_an_update_cancels_who_waits_now_and_who_works_afterwards() {
    let mut bench = Bench::new();
    let declaration = three_stages("shop");
    bench.takes("shop", "Build", "Compile", 30);
    bench.takes("shop", "Source", "Checkout", 1);
    bench.create(&declaration);
    bench.advance(120_000);
    let second = bench.start("shop");
    bench.advance(120_000);
    let first = bench.executions("shop")[0].clone();
    let answer = bench.ok("UpdatePipeline", json!({ "pipeline": declaration }));
    assert_eq!(answer["pipeline"]["version"], 2, "UP-1");
    assert_eq!(bench.status("shop", &second), "Cancelled");
    assert_eq!(
        bench.status("shop", &first),
        "InProgress",
        "UP-4: it drains"
    );
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "InProgress"
    );
    bench.until_idle();
    assert_eq!(bench.status("shop", &first), "Cancelled");
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "Cancelled",
        "LC-14"
    );
    assert_eq!(
        bench.stage("shop", 1)["actionStates"][0]["latestExecution"]["status"],
        "Succeeded",
        "LC-19"
    );
    assert!(bench.stage("shop", 2).get("latestExecution").is_none());
    assert_eq!(bench.executions("shop").len(), 2, "UP-2");
}

#[test]
fn up_4_a_new_execution_waits_behind_the_draining_one() {
    let mut bench = Bench::new();
    let declaration = three_stages("shop");
    bench.takes("shop", "Build", "Compile", 30);
    bench.takes("shop", "Source", "Checkout", 1);
    bench.create(&declaration);
    bench.advance(120_000);
    bench.ok("UpdatePipeline", json!({ "pipeline": declaration }));
    let second = bench.start("shop");
    bench.advance(120_000);
    assert_eq!(
        bench.stage("shop", 1)["inboundExecution"]["pipelineExecutionId"],
        json!(second)
    );
    bench.until_idle();
    assert_eq!(bench.status("shop", &second), "Succeeded");
}

#[test]
fn up_6_a_pending_approval_is_cut_off() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][1]["actions"] = json!([approval("Approve", 1), build("Ship", 2)]);
    bench.create(&declaration);
    bench.until_idle();
    let token = bench.stage("shop", 1)["actionStates"][0]["latestExecution"]["token"].clone();
    bench.ok("UpdatePipeline", json!({ "pipeline": declaration }));
    let build = bench.stage("shop", 1);
    assert_eq!(build["latestExecution"]["status"], "Cancelled");
    assert_eq!(
        build["actionStates"][0]["latestExecution"]["status"],
        "Abandoned"
    );
    let error = bench.refused(
        "PutApprovalResult",
        json!({
            "pipelineName": "shop", "stageName": "Build", "actionName": "Approve", "token": token,
            "result": { "status": "Approved", "summary": "" },
        }),
    );
    assert_eq!(error.code.name(), "InvalidApprovalTokenException");
}

#[test]
fn up_9_up_11_renamed_stages_are_new_and_old_versions_stay_readable() {
    let mut bench = Bench::new();
    let declaration = three_stages("shop");
    bench.create(&declaration);
    bench.until_idle();
    let mut renamed = declaration.clone();
    renamed["stages"][2]["name"] = json!("Production");
    bench.ok("UpdatePipeline", json!({ "pipeline": renamed }));
    assert!(bench.stage("shop", 2).get("latestExecution").is_none());
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "Succeeded",
        "kept by name"
    );
    let old = bench.ok("GetPipeline", json!({ "name": "shop", "version": 1 }));
    assert_eq!(old["pipeline"]["stages"][2]["name"], "Deploy");
    assert_eq!(old["pipeline"]["version"], 1);
    let error = bench.refused("GetPipeline", json!({ "name": "shop", "version": 3 }));
    assert_eq!(error.code.name(), "PipelineVersionNotFoundException");
    let rows = bench.ok("ListActionExecutions", json!({ "pipelineName": "shop" }));
    assert_eq!(
        rows["actionExecutionDetails"][0]["stageName"], "Deploy",
        "history keeps old names"
    );
}

#[test]
fn up_8_an_unknown_pipeline_cannot_be_updated() {
    let mut bench = Bench::new();
    let error = bench.refused(
        "UpdatePipeline",
        json!({ "pipeline": three_stages("shop") }),
    );
    assert_eq!(error.code.name(), "PipelineNotFoundException");
}

#[test]
fn sc_28_up_12_up_13_a_pipeline_can_be_deleted_twice_and_made_again() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.ok("DeletePipeline", json!({ "name": "shop" }));
    bench.ok("DeletePipeline", json!({ "name": "shop" }));
    let error = bench.refused("GetPipelineState", json!({ "name": "shop" }));
    assert_eq!(error.code.name(), "PipelineNotFoundException");
    assert_eq!(
        bench.engine.next_deadline(),
        None,
        "running work ends silently"
    );
    bench.create(&three_stages("shop"));
    assert_eq!(bench.state("shop")["pipelineVersion"], 1);
    assert_eq!(bench.executions("shop").len(), 1, "with empty history");
}

#[test]
fn pl_1_a_taken_name_is_refused() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    let error = bench.refused(
        "CreatePipeline",
        json!({ "pipeline": three_stages("shop") }),
    );
    assert_eq!(error.code.name(), "PipelineNameInUseException");
}

#[test]
fn pl_21_w_10_defaults_are_filled_in_when_read_back() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration
        .as_object_mut()
        .expect("an object")
        .remove("pipelineType");
    declaration["stages"][1]["actions"][0]
        .as_object_mut()
        .expect("an object")
        .remove("runOrder");
    bench.create(&declaration);
    let read = bench.ok("GetPipeline", json!({ "name": "shop" }));
    assert_eq!(read["pipeline"]["executionMode"], "SUPERSEDED");
    assert_eq!(
        read["pipeline"]["pipelineType"], "V1",
        "VT-10: nothing needs V2"
    );
    let compile = &read["pipeline"]["stages"][1]["actions"][0];
    assert_eq!(compile["runOrder"], 1);
    assert_eq!(compile["outputArtifacts"], json!([]));
    assert_eq!(
        read["metadata"]["pipelineArn"],
        "arn:aws:codepipeline:us-east-1:123456789012:shop"
    );
}
