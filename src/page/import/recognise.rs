//! Which JSON this is. People paste what they have: a template, a list of pipelines, the package.json beside it.

use serde_json::{Map, Value};

use super::found::Wrapping;

/// What a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// A pipeline declaration, right or wrong.
    Declaration(Wrapping),
    /// A template of CloudFormation, which is also what the CDK synthesises, or a resource out of one.
    CloudFormationTemplate,
    /// A list of pipelines: the answer of ListPipelines.
    PipelineList,
    /// The answer of GetPipelineState.
    PipelineState,
    /// A world saved by the simulator.
    WorldFile,
    /// What was stored of a world that could not be opened.
    StoredRecords,
    /// Other JSON.
    Other,
    /// Not JSON at all, or not looked into.
    Unread,
}

/// Members that a declaration has and hardly anything else: one of them is enough to be taken for one.
const TELLING: [&str; 4] = ["stages", "roleArn", "artifactStore", "artifactStores"];

/// Looks at the outermost members only.
pub(super) fn recognise(document: &Value) -> Document {
    let Some(members) = document.as_object() else {
        return Document::Other;
    };
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    if text("kind") == Some("codepipeline-simulator-world") {
        return Document::WorldFile;
    }
    if text("kind") == Some("codepipeline-simulator-stored-records") {
        return Document::StoredRecords;
    }
    if is_template(members) {
        return Document::CloudFormationTemplate;
    }
    if members.contains_key("pipeline") {
        return Document::Declaration(match members.get("metadata") {
            Some(_) => Wrapping::Answer,
            None => Wrapping::Input,
        });
    }
    if members.contains_key("stageStates") {
        return Document::PipelineState;
    }
    if members.get("pipelines").is_some_and(Value::is_array) {
        return Document::PipelineList;
    }
    if TELLING.iter().any(|name| members.contains_key(*name)) {
        return Document::Declaration(Wrapping::Bare);
    }
    Document::Other
}

fn is_template(members: &Map<String, Value>) -> bool {
    let resource_type = members.get("Type").and_then(Value::as_str);
    members.contains_key("AWSTemplateFormatVersion")
        || members.get("Resources").is_some_and(Value::is_object)
        || resource_type.is_some_and(|name| name.starts_with("AWS::"))
}
