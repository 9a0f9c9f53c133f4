//! What the worlds are made of.

use serde_json::{Value, json};

use crate::bench::{action, approval, build, pipeline, source, stage};

/// An action type by its parts, version 1.
pub struct Kind {
    category: &'static str,
    owner: &'static str,
    provider: &'static str,
}

impl Kind {
    /// As declarations write it.
    pub fn id(&self) -> Value {
        let Self {
            category,
            owner,
            provider,
        } = self;
        json!({ "category": category, "owner": owner, "provider": provider, "version": "1" })
    }
}

/// A custom type that workers ask for by a property.
pub const RIG: Kind = Kind {
    category: "Test",
    owner: "Custom",
    provider: "Rig",
};
/// A partner's type.
pub const RUNSCOPE: Kind = Kind {
    category: "Test",
    owner: "ThirdParty",
    provider: "Runscope",
};
/// Functions.
pub const LAMBDA: Kind = Kind {
    category: "Invoke",
    owner: "AWS",
    provider: "Lambda",
};

/// A custom type without properties.
pub fn plain_type(provider: &str) -> Value {
    let any = json!({ "minimumCount": 0, "maximumCount": 5 });
    json!({
        "category": "Build", "provider": provider, "version": "1",
        "inputArtifactDetails": any, "outputArtifactDetails": any,
    })
}

/// The custom types of the worlds.
pub fn custom_types() -> Vec<Value> {
    let mut rig = plain_type("Rig");
    rig["category"] = json!("Test");
    rig["configurationProperties"] = json!([
        { "name": "Bench", "required": true, "key": true, "secret": false, "queryable": true, "description": "which", "type": "String" },
        { "name": "Key", "required": false, "key": false, "secret": true },
    ]);
    rig["settings"] = json!({
        "entityUrlTemplate": "https://rig.example.org/{Config:Bench}",
        "executionUrlTemplate": "https://rig.example.org/{Config:Bench}/{ExternalExecutionId}",
    });
    rig["tags"] = json!([{ "key": "team", "value": "bench" }]);
    vec![rig, plain_type("Kiln")]
}

/// A webhook that anybody may call.
pub fn open_webhook(name: &str) -> Value {
    json!({
        "name": name, "targetPipeline": "shop", "targetAction": "Checkout", "filters": [{ "jsonPath": "$.ref" }],
        "authentication": "UNAUTHENTICATED", "authenticationConfiguration": {},
    })
}

/// The webhooks of the worlds, one of each kind.
pub fn webhooks() -> Vec<Value> {
    let mut hub = open_webhook("hub");
    hub["targetPipeline"] = json!("hosted");
    hub["authentication"] = json!("GITHUB_HMAC");
    hub["authenticationConfiguration"] = json!({ "SecretToken": "hidden" });
    hub["filters"] = json!([{ "jsonPath": "$.ref", "matchEquals": "refs/heads/{Branch}" }]);
    let mut registered = hub.clone();
    registered["name"] = json!("registered");
    let mut ranged = open_webhook("ranged");
    ranged["authentication"] = json!("IP");
    ranged["authenticationConfiguration"] = json!({ "AllowedIPRange": "10.0.0.0/8" });
    vec![open_webhook("open"), hub, registered, ranged]
}

/// The pipelines of the worlds.
pub fn pipelines() -> Vec<Value> {
    let mut compile = build("Compile", 1);
    compile["outputArtifacts"] = json!([{ "name": "Compiled" }]);
    compile["namespace"] = json!("Build");
    let mut roll = action(
        "Roll",
        "Deploy/AWS/EC2",
        1,
        json!({
            "InstanceTagKey": "Role", "InstanceTagValue": "web", "InstanceType": "EC2", "TargetDirectory": "/srv", "PostScript": "restart.sh",
        }),
    );
    roll["inputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
    let mut shop = three("shop", "Ship", roll);
    shop["stages"][1]["actions"] = json!([compile]);
    shop["stages"][1]["onFailure"] =
        json!({ "result": "RETRY", "retryConfiguration": { "retryMode": "FAILED_ACTIONS" } });
    shop["stages"][1]["blockers"] = json!([{ "name": "Wait", "type": "Schedule" }]);
    shop["variables"] =
        json!([{ "name": "region", "defaultValue": "eu", "description": "where to" }]);
    let gated = |name: &str| {
        let mut gated = plain_pipeline(name);
        for (place, result) in [("beforeEntry", "FAIL"), ("onSuccess", "ROLLBACK")] {
            gated["stages"][1][place] =
                json!({ "conditions": [{ "result": result, "rules": [alarm("errors")] }] });
        }
        gated
    };
    let mut hosted = plain_pipeline("hosted");
    hosted["stages"][0]["actions"][0]["actionTypeId"] = json!({ "category": "Source", "owner": "ThirdParty", "provider": "GitHub", "version": "1" });
    hosted["stages"][0]["actions"][0]["configuration"] = json!({ "Owner": "acme", "Repo": "shop", "Branch": "main", "OAuthToken": "hidden", "PollForSourceChanges": "false" });
    let mut pushed = plain_pipeline("pushed");
    pushed["stages"][0]["actions"][0]["actionTypeId"]["provider"] =
        json!("CodeStarSourceConnection");
    pushed["stages"][0]["actions"][0]["configuration"] = json!({
        "ConnectionArn": "arn:aws:codestar-connections:us-east-1:123456789012:connection/11111111-2222-3333-4444-555555555555",
        "FullRepositoryId": "acme/shop", "BranchName": "main",
    });
    pushed["triggers"] = json!([{ "providerType": "CodeStarSourceConnection", "gitConfiguration": {
        "sourceActionName": "Checkout", "push": [{ "branches": { "includes": ["main", "feature/**"] } }],
    } }]);
    let tested = |name: &str, kind: &str, configuration: Value| {
        parallel(three(name, "Test", action("Probe", kind, 1, configuration)))
    };
    let mut invoking = three(
        "invoking",
        "Invoke",
        action(
            "Call",
            "Invoke/AWS/Lambda",
            1,
            json!({ "FunctionName": "check" }),
        ),
    );
    invoking["executionMode"] = json!("QUEUED");
    let mut slow = plain_pipeline("slow");
    slow["pipelineType"] = json!("V1");
    vec![
        shop,
        gated("gated"),
        gated("regated"),
        hosted,
        pushed,
        tested(
            "benched",
            "Test/Custom/Rig",
            json!({ "Bench": "one", "Key": "hidden" }),
        ),
        tested("partnered", "Test/ThirdParty/Runscope", json!({})),
        parallel(three("approving", "Decide", approval("Approve", 1))),
        crowded(),
        plain_pipeline("failing"),
        plain_pipeline("steady"),
        invoking,
        slow,
    ]
}

/// Many executions at once, which may wait for somebody unless an alarm keeps them out.
fn crowded() -> Value {
    let mut crowded = parallel(three("crowded", "Decide", approval("Approve", 1)));
    crowded["stages"][2]["beforeEntry"] =
        json!({ "conditions": [{ "result": "FAIL", "rules": [alarm("crowd")] }] });
    crowded
}

/// Source, Build and Deploy.
pub fn plain_pipeline(name: &str) -> Value {
    three(name, "Deploy", build("Ship", 1))
}

/// Source, Build and another stage.
fn three(name: &str, last: &str, action: Value) -> Value {
    pipeline(
        name,
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("Compile", 1)]),
            stage(last, &[action]),
        ],
    )
}

fn parallel(mut declaration: Value) -> Value {
    declaration["executionMode"] = json!("PARALLEL");
    declaration
}

fn alarm(name: &str) -> Value {
    json!({
        "name": "Quiet", "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": "CloudWatchAlarm", "version": "1" },
        "configuration": { "AlarmName": name },
    })
}
