//! Asking a world what there is in it: everything that the queries tell, as scenes and samples of the generator.

use serde_json::{Value, json};

use super::stock::{Pool, Scene};
use crate::bench::Bench;

/// Adds what the world tells to what is known of it.
pub fn look(bench: &mut Bench, pool: &mut Pool) {
    for pipeline in list(bench, "ListPipelines", json!({}), "pipelines") {
        look_at_pipeline(bench, pool, &pipeline["name"]);
    }
    for webhook in list(bench, "ListWebhooks", json!({}), "webhooks")
        .iter()
        .take(20)
    {
        let definition = &webhook["definition"];
        let scene = Scene::from([
            ("WebhookName", definition["name"].clone()),
            ("PipelineName", definition["targetPipeline"].clone()),
            ("ActionName", definition["targetAction"].clone()),
            ("ResourceArn", webhook["arn"].clone()),
        ]);
        let hub = definition["name"] == "hub";
        pool.know(
            scene,
            if hub {
                &["RegisterWebhookWithThirdParty"]
            } else {
                &[]
            },
        );
        sample(pool, "WebhookDefinition", definition.clone());
    }
    for kind in list(bench, "ListActionTypes", json!({}), "actionTypes") {
        let id = &kind["id"];
        let arn = format!(
            "arn:aws:codepipeline:us-east-1:123456789012:actiontype:Custom/{}/{}/{}",
            words(&id["category"]),
            words(&id["provider"]),
            words(&id["version"])
        );
        let mut scene = Scene::from([
            ("ActionTypeId", id.clone()),
            ("ActionCategory", id["category"].clone()),
            ("ActionProvider", id["provider"].clone()),
            ("ActionTypeOwner", id["owner"].clone()),
            ("Version", id["version"].clone()),
        ]);
        if id["owner"] == "Custom" {
            scene.insert("ResourceArn", json!(arn));
            scene.remove("ActionTypeOwner");
        }
        if id["owner"] == "ThirdParty" {
            let model = bench.ok("GetActionType", id.clone());
            sample(pool, "ActionTypeDeclaration", model["actionType"].clone());
        }
        pool.know(scene, &[]);
    }
    pages(bench, pool);
}

fn look_at_pipeline(bench: &mut Bench, pool: &mut Pool, name: &Value) {
    let answer = bench.ok("GetPipeline", json!({ "name": name }));
    sample(pool, "PipelineDeclaration", answer["pipeline"].clone());
    let asked = json!({ "pipelineName": name });
    let whole = Scene::from([
        ("PipelineName", name.clone()),
        ("ResourceArn", answer["metadata"]["pipelineArn"].clone()),
        ("StageName", answer["pipeline"]["stages"][0]["name"].clone()),
        (
            "ActionName",
            answer["pipeline"]["stages"][0]["actions"][0]["name"].clone(),
        ),
    ]);
    let stages: Vec<Value> = answer["pipeline"]["stages"]
        .as_array()
        .expect("stages")
        .clone();
    for execution in list(
        bench,
        "ListPipelineExecutions",
        asked.clone(),
        "pipelineExecutionSummaries",
    )
    .iter()
    .take(5)
    {
        for stage in &stages {
            let mut scene = whole.clone();
            scene.insert(
                "PipelineExecutionId",
                execution["pipelineExecutionId"].clone(),
            );
            scene.insert("StageName", stage["name"].clone());
            pool.know(scene, &[]);
        }
    }
    for row in list(
        bench,
        "ListActionExecutions",
        asked.clone(),
        "actionExecutionDetails",
    )
    .iter()
    .take(12)
    {
        let mut scene = whole.clone();
        for (shape, member) in [
            ("PipelineExecutionId", "pipelineExecutionId"),
            ("ActionExecutionId", "actionExecutionId"),
            ("StageName", "stageName"),
            ("ActionName", "actionName"),
        ] {
            scene.insert(shape, row[member].clone());
        }
        let external = &row["output"]["executionResult"]["externalExecutionId"];
        let mut hot_for: &[&str] = &[];
        if row["actionName"] == "Approve" && external.is_string() {
            scene.insert("ApprovalToken", external.clone());
            hot_for = &["PutApprovalResult"];
        }
        if row["actionName"] == "Checkout" && name == "crowded" {
            hot_for = &["PutActionRevision", "StartPipelineExecution"];
        }
        if row["status"] == "Failed" && name == "crowded" {
            hot_for = &["RetryStageExecution"];
        }
        pool.know(scene, hot_for);
    }
    for row in list(bench, "ListRuleExecutions", asked, "ruleExecutionDetails")
        .iter()
        .take(5)
    {
        let mut scene = whole.clone();
        for (shape, member) in [
            ("PipelineExecutionId", "pipelineExecutionId"),
            ("StageName", "stageName"),
            ("RuleName", "ruleName"),
        ] {
            scene.insert(shape, row[member].clone());
        }
        scene.insert("ConditionType", json!("BEFORE_ENTRY"));
        pool.know(scene, &["OverrideStageCondition"]);
    }
}

/// Inputs for second pages, of whatever has two.
fn pages(bench: &mut Bench, pool: &mut Pool) {
    let mut questions = vec![
        ("ListPipelines", json!({ "maxResults": 1 })),
        ("ListWebhooks", json!({ "MaxResults": 1 })),
        ("ListActionTypes", json!({})),
    ];
    for scene in &pool.scenes {
        if let Some(arn) = scene.get("ResourceArn") {
            questions.push((
                "ListTagsForResource",
                json!({ "resourceArn": arn, "maxResults": 1 }),
            ));
        }
        if let Some(name) = scene.get("PipelineName") {
            for operation in [
                "ListPipelineExecutions",
                "ListActionExecutions",
                "ListRuleExecutions",
            ] {
                questions.push((operation, json!({ "pipelineName": name, "maxResults": 1 })));
            }
            if let Some(id) = scene.get("ActionExecutionId") {
                let input =
                    json!({ "pipelineName": name, "actionExecutionId": id, "maxResults": 1 });
                questions.push(("ListDeployActionExecutionTargets", input));
            }
        }
    }
    for (operation, mut input) in questions {
        let member = if operation == "ListWebhooks" {
            "NextToken"
        } else {
            "nextToken"
        };
        let Ok(answer) = bench.call(operation, input.clone()) else {
            continue;
        };
        if let Some(token) = answer.get(member) {
            input[member] = token.clone();
            pool.pages.entry(operation).or_default().push(input);
        }
    }
}

fn sample(pool: &mut Pool, shape: &'static str, value: Value) {
    pool.samples.entry(shape).or_default().push(value);
}

fn list(bench: &mut Bench, operation: &str, input: Value, member: &str) -> Vec<Value> {
    let answer = bench.ok(operation, input);
    answer[member].as_array().cloned().unwrap_or_default()
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
