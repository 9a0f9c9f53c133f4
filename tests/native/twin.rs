//! The same seed and commands give the same bytes natively and in wasm: the browser test `api` runs these commands
//! too and compares with the same file.

use codepipeline_simulator::engine::{Engine, time::Instant, world::Options};
use serde_json::{Value, json};

#[test]
fn the_same_seed_and_commands_give_the_same_world_everywhere() {
    let start = Instant(1_772_524_800_000);
    let mut engine = Engine::new(Options {
        seed: 7,
        start_time: start,
        ..Options::default()
    });
    let pipeline: Value = json!({
        "name": "shop", "roleArn": "arn:aws:iam::123456789012:role/p",
        "artifactStore": { "type": "S3", "location": "bucket" },
        "stages": [
            { "name": "Source", "actions": [{
                "name": "Checkout", "runOrder": 1,
                "actionTypeId": { "category": "Source", "owner": "AWS", "provider": "CodeCommit", "version": "1" },
                "configuration": { "RepositoryName": "shop", "BranchName": "main" },
                "outputArtifacts": [{ "name": "Src" }],
            }] },
            { "name": "Build", "actions": [{
                "name": "Compile",
                "actionTypeId": { "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1" },
                "configuration": { "ProjectName": "p" },
                "inputArtifacts": [{ "name": "Src" }],
            }] },
        ],
    });
    engine
        .execute("CreatePipeline", json!({ "pipeline": pipeline }), start)
        .expect("created");
    engine
        .execute("StartPipelineExecution", json!({ "name": "shop" }), start)
        .expect("started");
    while let Some(at) = engine.next_completion() {
        engine.advance(at);
    }
    let now = engine.world().now;
    let rows = engine
        .execute(
            "ListActionExecutions",
            json!({ "pipelineName": "shop" }),
            now,
        )
        .expect("listed");
    let lines: Vec<String> = rows["actionExecutionDetails"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            let milliseconds = (row["lastUpdateTime"].as_f64().expect("a time") * 1_000.0).round();
            format!(
                "{} {milliseconds}",
                row["actionExecutionId"].as_str().expect("an id")
            )
        })
        .collect();
    let text = lines.join("\n") + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/twin.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &text).expect("the file is written");
    }
    assert_eq!(
        text,
        std::fs::read_to_string(path).expect("tests/twin.txt"),
        "BLESS=1 writes it anew"
    );
}
