//! The pipelines that are measured: five stages with two actions each, and larger ones for the page.

use serde_json::{Value, json};

/// Stages of the pipeline.
pub const STAGES: usize = 5;

/// Actions of one of its executions.
pub const ACTIONS: usize = 2 * STAGES;

/// The declaration, as a caller of CreatePipeline writes it. QUEUED, so that every execution that is started also runs:
/// in SUPERSEDED mode most of a burst would be superseded.
pub fn five_by_two(name: &str) -> Value {
    let mut stages = vec![json!({ "name": "Source", "actions": [source("App"), source("Infra")] })];
    for stage in ["Build", "Test", "Staging", "Production"] {
        let actions = ["App", "Infra"].map(|half| work(&format!("{stage}{half}"), half));
        stages.push(json!({ "name": stage, "actions": actions }));
    }
    json!({
        "name": name,
        "roleArn": "arn:aws:iam::123456789012:role/pipeline",
        "artifactStore": { "type": "S3", "location": "artifacts-bucket" },
        "pipelineType": "V2",
        "executionMode": "QUEUED",
        "stages": stages,
    })
}

fn source(half: &str) -> Value {
    json!({
        "name": format!("Checkout{half}"),
        "actionTypeId": { "category": "Source", "owner": "AWS", "provider": "CodeCommit", "version": "1" },
        "configuration": { "RepositoryName": half, "BranchName": "main", "PollForSourceChanges": "false" },
        "outputArtifacts": [{ "name": half }],
    })
}

fn work(name: &str, input: &str) -> Value {
    json!({
        "name": name,
        "actionTypeId": { "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1" },
        "configuration": { "ProjectName": name },
        "inputArtifacts": [{ "name": input }],
    })
}

/// A pipeline of one source stage and stages of builds, so many of which run at once.
#[cfg(feature = "page")]
pub fn of_builds(mode: &str, stages: usize, actions: usize, at_once: usize) -> Value {
    let mut declared = vec![json!({ "name": "Source", "actions": [{
        "name": "Checkout",
        "actionTypeId": { "category": "Source", "owner": "AWS", "provider": "CodeCommit", "version": "1" },
        "configuration": { "RepositoryName": "shop", "BranchName": "main", "PollForSourceChanges": "false" },
        "outputArtifacts": [{ "name": "SourceArtifact" }],
    }] })];
    for stage in 1..stages {
        let actions: Vec<Value> = (0..actions)
            .map(|action| {
                json!({
                    "name": format!("Action{action}"),
                    "actionTypeId": { "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1" },
                    "runOrder": 1 + action / at_once,
                    "configuration": { "ProjectName": format!("project-{action}") },
                    "inputArtifacts": [{ "name": "SourceArtifact" }],
                })
            })
            .collect();
        declared.push(json!({ "name": format!("Stage{stage}"), "actions": actions }));
    }
    json!({
        "name": "shop",
        "roleArn": "arn:aws:iam::123456789012:role/pipeline",
        "artifactStore": { "type": "S3", "location": "artifacts-bucket" },
        "pipelineType": "V2",
        "executionMode": mode,
        "stages": declared,
    })
}
