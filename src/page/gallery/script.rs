//! A script as it is written, and what its shorthands stand for.
//!
//! ```json
//! { "seed": 7, "begins": 1772528400000, "pipeline": "storefront",
//!   "steps": [ { "create": { "name": "storefront", "stages": [ { "name": "Build", "actions": [ { "name": "Compile", "build": "app" } ] } ] } },
//!              { "takes": { "Build/Compile": 220 } },
//!              { "advance": { "minutes": 4 } },
//!              { "call": "StartPipelineExecution", "input": { "name": "storefront" } },
//!              { "control": "pushRevision", "input": { … } } ] }
//! ```
//!
//! `create` is CreatePipeline with everything filled in that is the same everywhere; an action says what it is by
//! `source`, `build`, `test`, `deploy`, `approve` or `custom`, and its other members are the service's. `takes` says in
//! seconds how long actions of the script's pipeline take, a pair where chance decides.

use std::collections::BTreeMap;

use crate::json::FromJson;
use serde_json::{Map, Value, json};

use crate::{api::controls::Advance, engine::time::Instant, json};

/// A script.
#[derive(FromJson)]
#[json(deny_unknown_fields)]
pub(super) struct Script {
    /// What chance draws from.
    pub seed: u64,
    /// When the world begins, in milliseconds since 1970.
    pub begins: i64,
    /// The pipeline that `takes` is about.
    pub pipeline: String,
    /// What is done, in order.
    pub steps: Vec<Step>,
}

/// One thing that is done.
#[derive(FromJson)]
#[json(untagged)]
pub(super) enum Step {
    /// CreatePipeline in short.
    Create {
        /// The declaration.
        create: Map<String, Value>,
    },
    /// How long actions take, by `Stage/Action`, in seconds.
    Takes {
        /// Them.
        takes: BTreeMap<String, Value>,
    },
    /// An operation.
    Call {
        /// Its name.
        call: String,
        /// Its input.
        input: Value,
    },
    /// A control.
    Control {
        /// Its name.
        control: String,
        /// Its input.
        input: Value,
    },
    /// Time passes.
    Advance {
        /// How far.
        advance: Advance,
    },
}

/// The seed and the beginning of a script.
pub(super) fn beginning(text: &str) -> (u64, Instant) {
    #[derive(FromJson)]
    struct Beginning {
        seed: u64,
        begins: i64,
    }
    json::from_text(text).map_or((0, Instant(0)), |read: Beginning| {
        (read.seed, Instant(read.begins))
    })
}

/// The declaration that a shorthand stands for.
pub(super) fn declaration(mut short: Map<String, Value>) -> Value {
    if let Some(Value::Array(stages)) = short.get_mut("stages") {
        for stage in stages {
            if let Some(Value::Array(actions)) = stage.get_mut("actions") {
                for action in actions {
                    if let Value::Object(short) = action.take() {
                        *action = expand(short);
                    }
                }
            }
        }
    }
    let mut whole = json!({
        "pipelineType": "V2",
        "roleArn": "arn:aws:iam::123456789012:role/pipeline-service",
        "artifactStore": { "type": "S3", "location": "storefront-artifacts" },
    });
    merge(&mut whole, short);
    whole
}

fn merge(whole: &mut Value, members: Map<String, Value>) {
    if let Value::Object(whole) = whole {
        whole.extend(members);
    }
}

/// The action that a shorthand stands for.
fn expand(mut short: Map<String, Value>) -> Value {
    let mut said = |kind: &str| {
        let value = short.remove(kind)?;
        value.as_str().map(str::to_owned)
    };
    let code = json!([{ "name": "Code" }]);
    let (kind, rest) = if let Some(repository) = said("source") {
        let connection = "arn:aws:codeconnections:us-east-1:123456789012:connection/7c1f0a52-6d0e-4b1c-9a53-0f3e8d2b6a11";
        let configuration = json!({
            "ConnectionArn": connection, "FullRepositoryId": repository, "BranchName": "main",
        });
        let rest = json!({
            "configuration": configuration, "outputArtifacts": code, "namespace": "Source",
        });
        ("Source/AWS/CodeStarSourceConnection".to_owned(), rest)
    } else if let Some(project) = said("build") {
        let rest = json!({ "configuration": { "ProjectName": project }, "inputArtifacts": code });
        ("Build/AWS/CodeBuild".to_owned(), rest)
    } else if let Some(project) = said("test") {
        let rest = json!({ "configuration": { "ProjectName": project }, "inputArtifacts": code });
        ("Test/AWS/CodeBuild".to_owned(), rest)
    } else if let Some(cluster) = said("deploy") {
        let configuration = json!({ "ClusterName": cluster, "ServiceName": "web" });
        let rest = json!({ "configuration": configuration, "inputArtifacts": code });
        ("Deploy/AWS/ECS".to_owned(), rest)
    } else if let Some(text) = said("approve") {
        let rest = json!({ "configuration": { "CustomData": text } });
        ("Approval/AWS/Manual".to_owned(), rest)
    } else {
        (said("custom").unwrap_or_default(), json!({}))
    };
    let mut parts = kind.split('/');
    let mut part = || parts.next().unwrap_or_default();
    let mut action = json!({
        "actionTypeId": { "category": part(), "owner": part(), "provider": part(), "version": "1" },
        "runOrder": 1,
    });
    if let Value::Object(rest) = rest {
        merge(&mut action, rest);
    }
    merge(&mut action, short);
    action
}

/// The behavior that `takes` stands for: so many seconds, or between two.
pub(super) fn duration(takes: &Value) -> Option<Value> {
    let milliseconds = |value: &Value| value.as_i64().map(|seconds| seconds * 1_000);
    let (min, max) = match takes {
        Value::Array(pair) => (milliseconds(pair.first()?)?, milliseconds(pair.get(1)?)?),
        one => (milliseconds(one)?, milliseconds(one)?),
    };
    Some(json!({ "duration": { "min": min, "max": max } }))
}
