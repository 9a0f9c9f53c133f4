//! The declaration that breaks no rule, and the means to change it.

use codepipeline_simulator::engine::declaration::{ActionTypeDefinition, Context, CustomTypes};
use codepipeline_simulator::json as json_of;
use codepipeline_simulator::model::{ActionOwner, ActionType, ActionTypeId, PipelineDeclaration};
use serde_json::{Value, json};

/// A world with one custom action type.
pub(super) struct World(ActionTypeDefinition);

impl World {
    pub(super) fn new() -> Self {
        let declared: ActionType = json_of::from_value(json!({
            "id": id("Build", "Custom", "Worker"),
            "inputArtifactDetails": { "minimumCount": 0, "maximumCount": 1 },
            "outputArtifactDetails": { "minimumCount": 1, "maximumCount": 2 },
            "actionConfigurationProperties": [
                { "name": "Project", "required": true, "key": true, "secret": false, "queryable": true },
                { "name": "Password", "required": false, "key": false, "secret": true },
            ],
        }))
        .expect("the shape of an action type");
        World(ActionTypeDefinition::from(&declared))
    }
}

impl CustomTypes for World {
    fn find(&self, id: &ActionTypeId) -> Option<&ActionTypeDefinition> {
        (id.owner == ActionOwner::Custom && id.provider == "Worker").then_some(&self.0)
    }
}

/// Uses something of everything, and breaks no rule.
pub(super) fn right() -> Value {
    json!({
        "name": "shop",
        "roleArn": "arn:aws:iam::123456789012:role/pipeline",
        "artifactStore": { "type": "S3", "location": "artifacts" },
        "pipelineType": "V2",
        "executionMode": "QUEUED",
        "variables": [{ "name": "target", "defaultValue": "test" }],
        "triggers": [{
            "providerType": "CodeStarSourceConnection",
            "gitConfiguration": {
                "sourceActionName": "Checkout",
                "push": [
                    { "branches": { "includes": ["main"] }, "filePaths": { "excludes": ["docs/**"] } },
                    { "tags": { "includes": ["v*"] } },
                ],
                "pullRequest": [{ "events": ["OPEN", "UPDATED"], "branches": { "includes": ["main"] } }],
            },
        }],
        "stages": [
            { "name": "Source", "actions": [{
                "name": "Checkout",
                "actionTypeId": id("Source", "AWS", "CodeStarSourceConnection"),
                "configuration": {
                    "ConnectionArn": "arn:aws:codeconnections:us-east-1:123456789012:connection/1",
                    "FullRepositoryId": "shop/shop",
                    "BranchName": "main",
                },
                "outputArtifacts": [{ "name": "code" }],
                "namespace": "Git",
            }] },
            {
                "name": "Build",
                "beforeEntry": { "conditions": [{ "result": "SKIP", "rules": [{
                    "name": "OnMain",
                    "ruleTypeId": { "category": "Rule", "provider": "VariableCheck" },
                    "configuration": { "Variable": "#{Git.BranchName}", "Value": "main", "Operator": "EQ" },
                }] }] },
                "onFailure": { "result": "ROLLBACK" },
                "actions": [
                    {
                        "name": "Compile",
                        "actionTypeId": id("Build", "AWS", "CodeBuild"),
                        "configuration": { "ProjectName": "shop", "EnvironmentVariables":
                            "[{\"name\":\"A\",\"value\":\"#{Git.CommitId} #{variables.target}\"}]" },
                        "inputArtifacts": [{ "name": "code" }],
                        "outputArtifacts": [{ "name": "built" }],
                        "namespace": "Built",
                    },
                    {
                        "name": "Check",
                        "actionTypeId": id("Test", "AWS", "CodeBuild"),
                        "runOrder": 2,
                        "configuration": { "ProjectName": "check-#{Built.Version}" },
                        "inputArtifacts": [{ "name": "built" }],
                    },
                ],
            },
            {
                "name": "Deploy",
                "blockers": [{ "name": "One", "type": "Schedule" }],
                "onSuccess": { "conditions": [{ "result": "FAIL", "rules": [
                    {
                        "name": "Quiet",
                        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": "CloudWatchAlarm", "version": "1" },
                        "configuration": { "AlarmName": "errors" },
                    },
                    {
                        "name": "Answers",
                        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": "Commands", "version": "1" },
                        "inputArtifacts": [{ "name": "report" }],
                        "commands": ["grep ok report.txt"],
                    },
                ] }] },
                "actions": [
                    {
                        "name": "Approve",
                        "actionTypeId": id("Approval", "AWS", "Manual"),
                        "timeoutInMinutes": 60,
                        "configuration": { "NotificationArn": "arn:aws:sns:us-east-1:123456789012:reviews" },
                    },
                    {
                        "name": "Release",
                        "actionTypeId": id("Deploy", "AWS", "CloudFormation"),
                        "runOrder": 2,
                        "configuration": {
                            "ActionMode": "CREATE_UPDATE",
                            "StackName": "shop",
                            "RoleArn": "arn:aws:iam::123456789012:role/stack",
                            "TemplatePath": "built::template.yaml",
                        },
                        "inputArtifacts": [{ "name": "built" }],
                    },
                    {
                        "name": "Smoke",
                        "actionTypeId": id("Compute", "AWS", "Commands"),
                        "runOrder": 3,
                        "commands": ["curl --fail https://example.com"],
                        "environmentVariables": [{ "name": "KEY", "value": "shop/key", "type": "SECRETS_MANAGER" }],
                        "outputVariables": ["STATUS"],
                        "inputArtifacts": [{ "name": "built" }],
                        "outputArtifacts": [{ "name": "report", "files": ["report.txt"] }],
                    },
                ],
            },
        ],
    })
}

pub(super) fn id(category: &str, owner: &str, provider: &str) -> Value {
    json!({ "category": category, "owner": owner, "provider": provider, "version": "1" })
}

pub(super) const CHECKOUT: &str = "/stages/0/actions/0";
pub(super) const COMPILE: &str = "/stages/1/actions/0";
pub(super) const CHECK: &str = "/stages/1/actions/1";
pub(super) const APPROVE: &str = "/stages/2/actions/0";
pub(super) const RELEASE: &str = "/stages/2/actions/1";
pub(super) const SMOKE: &str = "/stages/2/actions/2";
pub(super) const ENTRY: &str = "/stages/1/beforeEntry/conditions/0";
pub(super) const SUCCESS: &str = "/stages/2/onSuccess/conditions/0";
pub(super) const GIT: &str = "/triggers/0/gitConfiguration";

/// A declaration under change.
pub(super) struct Draft(pub(super) Value);

impl Draft {
    pub(super) fn at(&mut self, place: &str) -> &mut Value {
        self.0
            .pointer_mut(place)
            .unwrap_or_else(|| panic!("the draft has no {place}"))
    }

    /// Sets a member of the object at a place.
    pub(super) fn set(&mut self, place: &str, member: &str, value: Value) -> &mut Self {
        self.at(place)
            .as_object_mut()
            .expect("an object")
            .insert(member.to_owned(), value);
        self
    }

    /// Adds to the list at a place.
    pub(super) fn push(&mut self, place: &str, value: Value) -> &mut Self {
        self.at(place).as_array_mut().expect("a list").push(value);
        self
    }

    pub(super) fn remove(&mut self, place: &str, member: &str) -> &mut Self {
        self.at(place)
            .as_object_mut()
            .expect("an object")
            .remove(member)
            .expect("a member to remove");
        self
    }

    pub(super) fn copy(&mut self, place: &str) -> Value {
        self.at(place).clone()
    }

    /// Puts an action of another type in the place of Check, which nothing depends on.
    pub(super) fn action(&mut self, type_id: Value, configuration: Value) -> &mut Self {
        self.set(CHECK, "actionTypeId", type_id)
            .set(CHECK, "configuration", configuration)
    }

    /// Takes away one use of V2 after the other, in the order in which the rules ask.
    pub(super) fn v1(&mut self, without: usize) -> &mut Self {
        self.set("", "pipelineType", json!("V1"));
        for member in ["variables", "triggers", "executionMode"]
            .iter()
            .take(without)
        {
            self.remove("", member);
        }
        if without > 3 {
            self.remove("/stages/1", "beforeEntry")
                .remove("/stages/1", "onFailure");
            self.remove("/stages/2", "onSuccess");
        }
        self
    }
}

pub(super) fn parse(value: &Value) -> PipelineDeclaration {
    json_of::from_value(value.clone()).expect("the draft has the shape of a declaration")
}

pub(super) fn changed(change: impl Fn(&mut Draft)) -> PipelineDeclaration {
    let mut draft = Draft(right());
    change(&mut draft);
    parse(&draft.0)
}

pub(super) fn context(world: &World) -> Context<'_> {
    Context {
        region: "us-east-1",
        custom_types: world,
        existing: None,
    }
}

/// Replaces the one store by one in each of these Regions.
pub(super) fn stores(draft: &mut Draft, regions: &[&str]) {
    let store = draft.copy("/artifactStore");
    let stores = regions
        .iter()
        .map(|region| ((*region).to_owned(), store.clone()))
        .collect();
    draft
        .remove("", "artifactStore")
        .set("", "artifactStores", Value::Object(stores));
}

/// Adds a rule `Extra` to a condition.
pub(super) fn rule(draft: &mut Draft, condition: &str, provider: &str, configuration: Value) {
    draft.push(
        &format!("{condition}/rules"),
        json!({
            "name": "Extra",
            "ruleTypeId": { "category": "Rule", "provider": provider },
            "configuration": configuration,
        }),
    );
}

pub(super) fn topic(draft: &mut Draft, arn: &str) {
    draft.set(
        &format!("{APPROVE}/configuration"),
        "NotificationArn",
        json!(arn),
    );
}

/// Makes Check an action of the custom type.
pub(super) fn worker(draft: &mut Draft, configuration: Value) {
    draft.action(id("Build", "Custom", "Worker"), configuration);
    draft.set(CHECK, "outputArtifacts", json!([{ "name": "work" }]));
}

/// Makes the source one with a secret.
pub(super) fn github(draft: &mut Draft, token: &str) {
    draft.remove("", "triggers").set(
        CHECKOUT,
        "actionTypeId",
        id("Source", "ThirdParty", "GitHub"),
    );
    draft.set(
        CHECKOUT,
        "configuration",
        json!({
            "Owner": "shop", "Repo": "shop", "Branch": "main", "OAuthToken": token,
        }),
    );
}

pub(super) fn v1_without_commands(draft: &mut Draft) {
    draft.v1(4).set(
        &format!("{COMPILE}/configuration"),
        "EnvironmentVariables",
        json!("#{Git.CommitId}"),
    );
    draft
        .at("/stages/2/actions")
        .as_array_mut()
        .expect("a list")
        .truncate(2);
}
