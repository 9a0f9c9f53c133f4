//! Declarations as people have them, of every form that `get-pipeline` and the documents show.

use codepipeline_simulator::{
    engine::{Engine, time::Instant, world::Options},
    model::ApiError,
    page::import::{Plan, Problem, Reading, read},
};
use serde_json::{Value, json};

pub fn world_in(region: &str) -> Engine {
    Engine::new(Options {
        region: region.to_owned(),
        ..Options::default()
    })
}

pub fn world() -> Engine {
    world_in("us-east-1")
}

pub fn now(engine: &Engine) -> Instant {
    engine.world().now
}

pub fn call(engine: &mut Engine, operation: &str, input: Value) -> Result<Value, ApiError> {
    let now = now(engine);
    engine.execute(operation, input, now)
}

pub fn ok(engine: &mut Engine, operation: &str, input: Value) -> Value {
    call(engine, operation, input).unwrap_or_else(|error| panic!("{operation}: {error}"))
}

/// Reads a document in a world.
pub fn reading(engine: &Engine, document: &Value) -> Reading {
    read(&document.to_string(), engine.world())
}

/// Carries a plan out.
pub fn carry_out(engine: &mut Engine, plan: Plan) -> Vec<&'static str> {
    let mut calls = vec![];
    for step in plan.steps {
        let (operation, input) = step.call();
        ok(engine, operation, input);
        calls.push(operation);
    }
    calls
}

/// The plan with the choices as the dialog opens with them.
pub fn plan(reading: &Reading) -> Result<Plan, Vec<Problem>> {
    reading.plan(&reading.choices())
}

/// Imports a document with the choices as the dialog opens with them.
pub fn import(engine: &mut Engine, document: &Value) -> Vec<&'static str> {
    let plan = plan(&reading(engine, document)).unwrap_or_else(|problems| panic!("{problems:#?}"));
    carry_out(engine, plan)
}

pub fn messages(problems: &[Problem]) -> Vec<&str> {
    problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect()
}

/// An action: name, type as `Category/Owner/Provider`, configuration.
pub fn action(name: &str, kind: &str, configuration: Value) -> Value {
    let parts: Vec<&str> = kind.split('/').collect();
    json!({
        "name": name,
        "actionTypeId": { "category": parts[0], "owner": parts[1], "provider": parts[2], "version": "1" },
        "runOrder": 1,
        "configuration": configuration,
        "inputArtifacts": [],
        "outputArtifacts": [],
    })
}

pub fn bucket_source() -> Value {
    let mut source = action(
        "Fetch",
        "Source/AWS/S3",
        json!({ "S3Bucket": "orchard-uploads", "S3ObjectKey": "orchard.zip" }),
    );
    source["outputArtifacts"] = json!([{ "name": "Orchard" }]);
    source
}

pub fn github_source(token: &str) -> Value {
    let mut source = action(
        "Fetch",
        "Source/ThirdParty/GitHub",
        json!({ "Owner": "orchard", "Repo": "apples", "Branch": "main", "OAuthToken": token }),
    );
    source["outputArtifacts"] = json!([{ "name": "Orchard" }]);
    source
}

/// An action that takes what the source made.
pub fn taking(mut action: Value) -> Value {
    action["inputArtifacts"] = json!([{ "name": "Orchard" }]);
    action
}

pub fn deploy() -> Value {
    taking(action(
        "Plant",
        "Deploy/AWS/CodeDeploy",
        json!({ "ApplicationName": "orchard", "DeploymentGroupName": "field" }),
    ))
}

/// An action of a custom type.
pub fn rig(name: &str, configuration: Value) -> Value {
    taking(action(name, "Test/Custom/BenchRig", configuration))
}

pub fn pipeline(actions: &[Value]) -> Value {
    json!({
        "name": "orchard",
        "roleArn": "arn:aws:iam::111122223333:role/orchard",
        "artifactStore": { "type": "S3", "location": "orchard-artifacts" },
        "stages": [
            { "name": "Source", "actions": [bucket_source()] },
            { "name": "Field", "actions": actions },
        ],
        "version": 3,
    })
}

/// Two stages, one store, no Region anywhere.
pub fn plain() -> Value {
    json!({ "pipeline": pipeline(&[deploy()]) })
}

/// As GetPipeline answers it.
pub fn answer(region: &str) -> Value {
    json!({
        "pipeline": pipeline(&[deploy()]),
        "metadata": {
            "pipelineArn": format!("arn:aws:codepipeline:{region}:111122223333:orchard"),
            "created": 1_700_000_000.123,
            "updated": "2026-02-01T10:00:00+00:00",
        },
    })
}

/// A connection, a build, a deployment; placeholders in the ARNs; QUEUED.
pub fn with_placeholders() -> Value {
    let mut source = action(
        "Fetch",
        "Source/AWS/CodeStarSourceConnection",
        json!({
            "ConnectionArn": "arn:aws:codeconnections:REGION:111122223333:connection/ID",
            "FullRepositoryId": "orchard/apples",
            "BranchName": "main",
        }),
    );
    source["outputArtifacts"] = json!([{ "name": "Orchard" }]);
    let mut document = plain();
    document["pipeline"]["pipelineType"] = json!("V2");
    document["pipeline"]["executionMode"] = json!("QUEUED");
    document["pipeline"]["artifactStore"]["encryptionKey"] =
        json!({ "id": "arn:aws:kms:REGION:111122223333:key/KEY", "type": "KMS" });
    document["pipeline"]["stages"][0]["actions"] = json!([source]);
    document
}

fn store(region: &str, key: bool) -> Value {
    let mut store = json!({ "type": "S3", "location": format!("orchard-{region}") });
    if key {
        let id = format!("arn:aws:kms:{region}:111122223333:alias/orchard");
        store["encryptionKey"] = json!({ "id": id, "type": "KMS" });
    }
    store
}

/// A deployment in another Region than that of the pipeline, as the documents show it.
pub fn cross_region() -> Value {
    let mut there = deploy();
    there["region"] = json!("us-east-1");
    let mut document = json!({ "pipeline": pipeline(&[there]) });
    let pipeline = document["pipeline"].as_object_mut().expect("an object");
    pipeline.remove("artifactStore");
    pipeline.insert(
        "artifactStores".to_owned(),
        json!({ "us-west-2": store("us-west-2", false), "us-east-1": store("us-east-1", false) }),
    );
    document
}

/// Three Regions, a key in each, two approvals, change sets: what the CDK makes.
pub fn three_regions() -> Value {
    let stack = |region: &str, mode: &str, order: u32| {
        let mut action = action(
            &format!("{region}.{mode}"),
            "Deploy/AWS/CloudFormation",
            json!({ "StackName": "Orchard", "ActionMode": mode, "ChangeSetName": "Change" }),
        );
        action["runOrder"] = json!(order);
        if region != "eu-west-1" {
            action["region"] = json!(region);
        }
        if mode == "CHANGE_SET_REPLACE" {
            let configuration = &mut action["configuration"];
            configuration["TemplatePath"] = json!("Orchard::field.template.json");
            configuration["RoleArn"] = json!("arn:aws:iam::111122223333:role/orchard");
            configuration["Capabilities"] = json!("CAPABILITY_NAMED_IAM");
            action = taking(action);
        }
        action
    };
    let stage = |name: &str| {
        let mut approve = action("Approve", "Approval/AWS/Manual", json!({}));
        approve
            .as_object_mut()
            .expect("an object")
            .remove("configuration");
        let mut actions = vec![approve];
        for region in ["eu-west-1", "us-east-1", "ap-southeast-2"] {
            actions.push(stack(region, "CHANGE_SET_REPLACE", 2));
            actions.push(stack(region, "CHANGE_SET_EXECUTE", 3));
        }
        json!({ "name": name, "actions": actions })
    };
    let mut document = plain();
    let pipeline = document["pipeline"].as_object_mut().expect("an object");
    pipeline.remove("artifactStore");
    pipeline.remove("version");
    pipeline.insert(
        "artifactStores".to_owned(),
        json!({
            "us-east-1": store("us-east-1", true),
            "ap-southeast-2": store("ap-southeast-2", true),
            "eu-west-1": store("eu-west-1", true),
        }),
    );
    pipeline.insert(
        "stages".to_owned(),
        json!([{ "name": "Source", "actions": [bucket_source()] }, stage("Gamma"), stage("Prod")]),
    );
    document
}

/// A function that is invoked with JSON in a value.
pub fn with_function() -> Value {
    let call = taking(action(
        "Call",
        "Invoke/AWS/Lambda",
        json!({ "FunctionName": "harvest", "UserParameters": "{\"field\": \"north\"}" }),
    ));
    json!({ "pipeline": pipeline(&[call]) })
}
