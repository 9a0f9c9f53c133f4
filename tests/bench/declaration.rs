//! The pipeline that everything is measured with: five stages with two actions each.

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
