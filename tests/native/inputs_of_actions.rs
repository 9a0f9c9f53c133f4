//! What an action works with is what stood when it began: revisions, overrides, variables.

use codepipeline_simulator::engine::{
    control::Control,
    ids::PipelineId,
    rules::source_change::{Author, SourceChange},
    time::MINUTE,
    triggers::change::{Change, GitHost, GitProvider},
};
use serde_json::{Value, json};

use crate::bench::{Bench, action, build, pipeline, source, stage, three_stages};

/// A commit on the branch that the pipeline watches, without an event rule that would start it.
fn push(bench: &mut Bench, commit: &str) {
    let change = Change::Push {
        provider: GitProvider::CodeCommit,
        repository: "shop".into(),
        host: GitHost::GitHub,
        branch: "main".into(),
        files: vec![],
        creates_branch: false,
        commit_id: Some(commit.into()),
    };
    bench.control(Control::SetEventRule {
        pipeline: PipelineId(0),
        enabled: Some(false),
    });
    bench.control(Control::PushRevision(Box::new(SourceChange {
        change,
        message: None,
        author: Author::default(),
    })));
}

fn revision_of(bench: &mut Bench, name: &str, id: &str) -> Value {
    bench.ok(
        "GetPipelineExecution",
        json!({ "pipelineName": name, "pipelineExecutionId": id }),
    )["pipelineExecution"]["artifactRevisions"]
        .clone()
}

#[test]
fn pa7_a_source_action_has_the_revision_that_was_there_when_it_began() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    bench.takes("shop", "Source", "Checkout", 10);
    push(&mut bench, &"a".repeat(40));
    let id = bench.start("shop");
    bench.advance(5 * MINUTE);
    push(&mut bench, &"b".repeat(40));
    bench.until_idle();
    assert_eq!(
        revision_of(&mut bench, "shop", &id)[0]["revisionId"],
        "a".repeat(40)
    );
}

fn s3_source() -> Value {
    let mut source = action(
        "Checkout",
        "Source/AWS/S3",
        1,
        json!({ "S3Bucket": "bucket", "S3ObjectKey": "old.zip", "PollForSourceChanges": "false", "AllowOverrideForS3ObjectKey": "true" }),
    );
    source["outputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
    source["namespace"] = json!("Source");
    source
}

#[test]
fn tg23_an_s3_object_key_override_names_the_object() {
    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[s3_source()]),
            stage("Build", &[build("Compile", 1)]),
        ],
    ));
    bench.until_idle();
    let answer = bench.ok("StartPipelineExecution", json!({ "name": "shop", "sourceRevisions": [{ "actionName": "Checkout", "revisionType": "S3_OBJECT_KEY", "revisionValue": "new.zip" }] }));
    bench.until_idle();
    let list = bench.ok("ListActionExecutions", json!({ "pipelineName": "shop", "filter": { "pipelineExecutionId": answer["pipelineExecutionId"] } }));
    let source = list["actionExecutionDetails"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(
        source["output"]["outputVariables"]["ObjectKey"], "new.zip",
        "{source}"
    );
}

#[test]
fn tg29_an_invoked_pipeline_gets_the_variables() {
    let mut bench = Bench::new();
    let mut target = three_stages("target");
    target["variables"] = json!([{ "name": "Level", "defaultValue": "low" }]);
    bench.create(&target);
    bench.until_idle();
    let invoke = action(
        "Go",
        "Invoke/AWS/CodePipeline",
        1,
        json!({ "PipelineName": "target", "Variables": "[{\"name\":\"Level\",\"value\":\"high\"}]" }),
    );
    bench.create(&pipeline(
        "caller",
        &[stage("Source", &[source()]), stage("Call", &[invoke])],
    ));
    bench.until_idle();
    let ids = bench.executions("target");
    let answer = bench.ok(
        "GetPipelineExecution",
        json!({ "pipelineName": "target", "pipelineExecutionId": ids[1] }),
    );
    assert_eq!(
        answer["pipelineExecution"]["variables"][0]["resolvedValue"], "high",
        "{answer}"
    );
}

#[test]
fn va16_an_unknown_variable_in_commands_fails_the_action() {
    let mut bench = Bench::new();
    let mut commands = action("Run", "Compute/AWS/Commands", 1, json!({}));
    commands["commands"] = json!(["echo #{Source.Nope}"]);
    commands["inputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
    bench.create(&pipeline(
        "shop",
        &[stage("Source", &[source()]), stage("Build", &[commands])],
    ));
    bench.until_idle();
    let state = bench.stage("shop", 1);
    assert_eq!(state["latestExecution"]["status"], "Failed", "{state}");
}
