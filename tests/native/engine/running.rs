//! An execution by itself: from its start to its end.

use codepipeline_simulator::{engine::behavior::Outcome, model::FailureType};
use serde_json::json;

use crate::bench::{Bench, action, build, pipeline, source, stage, three_stages};

#[test]
fn sc_1_sc_2_creation_starts_one_execution_that_runs_through_every_stage() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    let expected = [
        "created shop",
        "1 started by CreatePipeline",
        "1 entered 0",
        "1 action 0.0 started",
        "1 action #0 Succeeded",
        "1 left 0 Succeeded",
        "1 entered 1",
        "1 action 1.0 started",
        "1 action #1 Succeeded",
        "1 left 1 Succeeded",
        "1 entered 2",
        "1 action 2.0 started",
        "1 action #2 Succeeded",
        "1 left 2 Succeeded",
        "1 Succeeded, LC-2",
    ];
    assert_eq!(bench.story(), expected, "EV-6");
}

#[test]
fn tg_1_a_manual_start_names_its_caller() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    let id = bench.start("shop");
    assert_eq!(bench.status("shop", &id), "InProgress", "LC-1");
    let answer = bench.ok(
        "GetPipelineExecution",
        json!({ "pipelineName": "shop", "pipelineExecutionId": id }),
    );
    let trigger = &answer["pipelineExecution"]["trigger"];
    assert_eq!(trigger["triggerType"], "StartPipelineExecution");
    assert_eq!(
        trigger["triggerDetail"],
        "arn:aws:iam::123456789012:user/simulator"
    );
    bench.until_idle();
    assert_eq!(bench.status("shop", &id), "Succeeded", "LC-2");
}

#[test]
fn tg_2_the_same_client_request_token_answers_the_same_execution() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    let input = json!({ "name": "shop", "clientRequestToken": "once" });
    let first = bench.ok("StartPipelineExecution", input.clone());
    bench.until_idle();
    assert_eq!(bench.ok("StartPipelineExecution", input), first);
    assert_eq!(
        bench.executions("shop").len(),
        2,
        "the one of the creation and this one"
    );
}

#[test]
fn st_1_st_2_run_orders_ascend_and_equal_ones_run_together() {
    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage(
                "Build",
                &[
                    build("Late", 7),
                    build("A", 2),
                    build("B", 2),
                    build("First", 1),
                ],
            ),
        ],
    ));
    bench.takes("shop", "Build", "A", 5);
    bench.takes("shop", "Build", "B", 9);
    bench.until_idle();
    let story: Vec<String> = bench
        .story()
        .into_iter()
        .filter(|line| line.contains(" action "))
        .collect();
    let expected = [
        "1 action 0.0 started",
        "1 action #0 Succeeded",
        "1 action 1.3 started",
        "1 action #1 Succeeded",
        "1 action 1.1 started",
        "1 action 1.2 started",
        "1 action #2 Succeeded",
        "1 action #3 Succeeded",
        "1 action 1.0 started",
        "1 action #4 Succeeded",
    ];
    assert_eq!(story, expected, "gaps are fine, ST-5 declaration order");
}

#[test]
fn sc_8_st_3_lc_12_a_failed_action_lets_its_neighbours_end_and_starts_nothing_more() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][2]["actions"] = json!([build("A", 1), build("B", 1), build("C", 2)]);
    bench.create(&declaration);
    bench.outcome(
        "shop",
        "Deploy",
        "A",
        Outcome::Fail {
            code: FailureType::JobFailed,
            message: None,
        },
    );
    bench.takes("shop", "Deploy", "B", 5);
    while bench.stage("shop", 2)["actionStates"][0]["latestExecution"]["status"] != "Failed" {
        bench.advance(1_000);
    }
    assert_eq!(
        bench.stage("shop", 2)["latestExecution"]["status"],
        "InProgress",
        "B still runs"
    );
    let id = bench.executions("shop")[0].clone();
    assert_eq!(bench.status("shop", &id), "InProgress");
    bench.until_idle();
    let deploy = bench.stage("shop", 2);
    assert_eq!(deploy["latestExecution"]["status"], "Failed", "LC-12");
    assert_eq!(
        deploy["actionStates"][1]["latestExecution"]["status"],
        "Succeeded"
    );
    assert!(
        deploy["actionStates"][2].get("latestExecution").is_none(),
        "no record of an action that never began"
    );
    assert_eq!(bench.status("shop", &id), "Failed", "LC-3, ST-4");
    let error = &deploy["actionStates"][0]["latestExecution"]["errorDetails"];
    assert_eq!(error["code"], "JobFailed");
    assert_eq!(
        error["message"], "Build terminated with state: FAILED",
        "LC-21"
    );
}

#[test]
fn st_4_a_failed_stage_leaves_the_later_ones_untouched() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.outcome(
        "shop",
        "Build",
        "Compile",
        Outcome::Fail {
            code: FailureType::JobFailed,
            message: None,
        },
    );
    bench.until_idle();
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "Failed"
    );
    assert!(
        bench.stage("shop", 2).get("latestExecution").is_none(),
        "GS-2"
    );
}

#[test]
fn st_9_st_13_artifacts_and_revisions_of_a_source() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("a-pipeline-with-a-long-name");
    let build = &mut declaration["stages"][1]["actions"][0];
    build["outputArtifacts"] = json!([{ "name": "BuildArtifact" }]);
    bench.create(&declaration);
    bench.until_idle();
    let name = "a-pipeline-with-a-long-name";
    let rows = bench.ok("ListActionExecutions", json!({ "pipelineName": name }));
    let rows = rows["actionExecutionDetails"].as_array().expect("rows");
    let of = |action: &str| {
        rows.iter()
            .find(|row| row["actionName"] == action)
            .expect("a row")
    };
    let made = &of("Checkout")["output"]["outputArtifacts"][0];
    let read = &of("Compile")["input"]["inputArtifacts"][0];
    assert_eq!(
        made, read,
        "ST-7: an action reads what its own execution made"
    );
    let key = made["s3location"]["key"].as_str().expect("a key");
    let parts: Vec<&str> = key.split('/').collect();
    assert_eq!(&parts[..2], ["a-pipeline-with-a-lo", "SourceArti"]);
    assert_eq!(parts[2].len(), 7);
    assert_eq!(made["s3location"]["bucket"], "artifacts-bucket");
    let id = bench.executions(name)[0].clone();
    let execution = bench.ok(
        "GetPipelineExecution",
        json!({ "pipelineName": name, "pipelineExecutionId": id }),
    );
    let revision = &execution["pipelineExecution"]["artifactRevisions"][0];
    assert_eq!(revision["name"], "SourceArtifact");
    assert_eq!(revision["revisionId"].as_str().expect("an id").len(), 40);
    let listed = bench.ok("ListPipelineExecutions", json!({ "pipelineName": name }));
    let listed = &listed["pipelineExecutionSummaries"][0]["sourceRevisions"][0];
    assert_eq!(listed["actionName"], "Checkout");
    assert_eq!(listed["revisionId"], revision["revisionId"]);
}

#[test]
fn to_1_an_action_that_never_answers_times_out() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.outcome("shop", "Build", "Compile", Outcome::Hang);
    bench.advance(35 * 3_600_000);
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "InProgress"
    );
    bench.advance(2 * 3_600_000);
    let compile = bench.stage("shop", 1)["actionStates"][0]["latestExecution"].clone();
    assert_eq!(compile["status"], "Failed", "QT-36: 36 hours");
    assert_eq!(
        compile["errorDetails"]["message"],
        "The action timed out after 2160 minutes."
    );
}

#[test]
fn j_5_a_custom_action_waits_for_its_worker() {
    let mut bench = Bench::new();
    bench.ok(
        "CreateCustomActionType",
        json!({
            "category": "Test", "provider": "Rig", "version": "1",
            "inputArtifactDetails": { "minimumCount": 0, "maximumCount": 1 },
            "outputArtifactDetails": { "minimumCount": 0, "maximumCount": 0 },
        }),
    );
    let mut declaration = three_stages("shop");
    declaration["stages"][1]["actions"] = json!([action("Bench", "Test/Custom/Rig", 1, json!({}))]);
    bench.create(&declaration);
    bench.until_idle();
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "InProgress"
    );
    bench.advance(23 * 3_600_000);
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "InProgress"
    );
    bench.advance(2 * 3_600_000);
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "Failed",
        "QT-38: 24 hours"
    );
}

#[test]
fn tg_29_an_invoke_action_starts_the_other_pipeline_and_does_not_wait() {
    let mut bench = Bench::new();
    bench.create(&three_stages("other"));
    bench.until_idle();
    let mut declaration = three_stages("shop");
    declaration["stages"][1]["actions"] = json!([action(
        "Next",
        "Invoke/AWS/CodePipeline",
        1,
        json!({ "PipelineName": "other" })
    )]);
    bench.create(&declaration);
    bench.until_idle();
    let started = bench.executions("other");
    assert_eq!(started.len(), 2);
    let state = bench.stage("shop", 1);
    assert_eq!(
        state["actionStates"][0]["latestExecution"]["externalExecutionId"],
        json!(started[1])
    );
}

#[test]
fn gs_1_gs_3_ap_1_the_state_of_a_new_pipeline_is_bare() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    let state = bench.state("shop");
    assert_eq!(state["pipelineName"], "shop");
    assert_eq!(state["pipelineVersion"], 1);
    let deploy = &state["stageStates"][2];
    assert_eq!(
        *deploy,
        json!({
            "stageName": "Deploy",
            "inboundExecutions": [],
            "inboundTransitionState": { "enabled": true },
            "actionStates": [{ "actionName": "Ship" }],
        }),
        "MO-8, TR-11"
    );
}
