//! What a draft begins with, and what is put into it when somebody asks for one more of something.

use serde_json::{Value, json};

use crate::engine::world::Options;
use crate::model::{ActionCategory, ActionOwner, ActionTypeId, Kind, Shape};

/// The smallest pipeline that the service takes and that does something: a source and a build.
#[must_use]
pub fn smallest(name: &str, options: &Options) -> Value {
    let Options {
        region,
        partition,
        account_id,
        ..
    } = options;
    json!({
        "name": name,
        "roleArn": format!("arn:{partition}:iam::{account_id}:role/{name}"),
        "artifactStore": { "type": "S3", "location": format!("artifacts-{region}") },
        "stages": [
            { "name": "Source", "actions": [{
                "name": "Checkout",
                "actionTypeId": { "category": "Source", "owner": "AWS", "provider": "CodeStarSourceConnection", "version": "1" },
                "runOrder": 1,
                "configuration": {
                    "ConnectionArn": format!("arn:{partition}:codeconnections:{region}:{account_id}:connection/00000000-0000-0000-0000-000000000001"),
                    "FullRepositoryId": format!("team/{name}"),
                    "BranchName": "main",
                },
                "outputArtifacts": [{ "name": "SourceOutput" }],
            }] },
            { "name": "Build", "actions": [{
                "name": "Compile",
                "actionTypeId": { "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1" },
                "runOrder": 1,
                "configuration": { "ProjectName": format!("{name}-build") },
                "outputArtifacts": [{ "name": "BuildOutput" }],
                "inputArtifacts": [{ "name": "SourceOutput" }],
            }] },
        ],
        "executionMode": "SUPERSEDED",
        "pipelineType": "V2",
    })
}

/// The type of an action that nobody has said anything about: a source where only sources may be, else the one that is
/// complete as it is.
#[must_use]
pub fn usual_type(stage: usize) -> ActionTypeId {
    let (category, provider) = if stage == 0 {
        (ActionCategory::Source, "S3")
    } else {
        (ActionCategory::Approval, "Manual")
    };
    ActionTypeId {
        category,
        owner: ActionOwner::Aws,
        provider: provider.to_owned(),
        version: "1".to_owned(),
    }
}

/// What an action of a category is called until somebody names it.
#[must_use]
pub fn usual_name(category: ActionCategory) -> &'static str {
    match category {
        ActionCategory::Source => "Fetch",
        ActionCategory::Build => "Build",
        ActionCategory::Deploy => "Deploy",
        ActionCategory::Test => "Test",
        ActionCategory::Invoke => "Invoke",
        ActionCategory::Approval => "Approve",
        ActionCategory::Compute => "Run",
    }
}

/// A value that says what a key is for, for somebody who sketches: `ClusterName` becomes `cluster-name`.
#[must_use]
pub fn example(key: &str) -> String {
    let mut text = String::new();
    let mut before_is_small = false;
    for letter in key.chars() {
        if letter.is_ascii_uppercase() && before_is_small {
            text.push('-');
        }
        before_is_small = letter.is_ascii_lowercase();
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// What a person gets who asks for one more of something: the least that the shape lets it be (what is required, the
/// first of several choices, lists with as many items as they need), or something that means something.
#[must_use]
pub fn least(shape: &Shape) -> Value {
    match shape.name {
        "PipelineVariableDeclaration" => {
            return json!({ "name": "variable", "defaultValue": "value" });
        }
        "EnvironmentVariable" => return json!({ "name": "VARIABLE", "value": "value" }),
        "GitPushFilter" | "GitPullRequestFilter" => {
            return json!({ "branches": { "includes": ["main"] } });
        }
        "Condition" => return json!({ "result": "FAIL", "rules": [rule()] }),
        "RuleDeclaration" => return rule(),
        _ => {}
    }
    match &shape.kind {
        Kind::Structure(members) => {
            let required = members.iter().filter(|member| member.required);
            let made = required.map(|member| (member.name.to_owned(), least(member.shape)));
            Value::Object(made.collect())
        }
        Kind::List { member, length } => {
            let count = length.min.unwrap_or(0).clamp(0, 1);
            Value::Array((0..count).map(|_| least(member)).collect())
        }
        Kind::Map { .. } => json!({}),
        Kind::Text { .. } => json!(""),
        Kind::Choice(values) => json!(values.first()),
        Kind::Integer { value } => json!(value.min.unwrap_or(1)),
        Kind::Boolean => json!(false),
        Kind::Timestamp => json!(0),
    }
}

/// A check that needs nothing but what every execution knows.
fn rule() -> Value {
    json!({
        "name": "Check",
        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": "VariableCheck", "version": "1" },
        "configuration": { "Variable": "#{codepipeline.PipelineExecutionId}", "Value": "-", "Operator": "CONTAINS" },
    })
}

/// A trigger of a source, on pushes to the usual branch.
#[must_use]
pub fn trigger(source: &str) -> Value {
    json!({
        "providerType": "CodeStarSourceConnection",
        "gitConfiguration": { "sourceActionName": source, "push": [{ "branches": { "includes": ["main"] } }] },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_read_like_names() {
        assert_eq!(example("ClusterName"), "cluster-name");
        assert_eq!(example("S3Bucket"), "s3bucket");
        assert_eq!(example("ConnectionArn"), "connection-arn");
    }
}
