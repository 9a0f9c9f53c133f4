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
        let hot_for: &[&str] = match words(&definition["name"]) {
            "hub" => &["RegisterWebhookWithThirdParty"],
            "registered" => &["DeregisterWebhookWithThirdParty"],
            _ => &[],
        };
        pool.know(scene, hot_for);
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
    let declaration = &answer["pipeline"];
    sample(pool, "PipelineDeclaration", declaration.clone());
    let first = &declaration["stages"][0];
    let whole = Scene::from([
        ("PipelineName", name.clone()),
        ("ResourceArn", answer["metadata"]["pipelineArn"].clone()),
        ("StageName", first["name"].clone()),
        ("ActionName", first["actions"][0]["name"].clone()),
    ]);
    if name == "crowded" {
        pool.know(
            whole.clone(),
            &["PutActionRevision", "StartPipelineExecution"],
        );
    }
    let asked = json!({ "pipelineName": name });
    let executions = list(
        bench,
        "ListPipelineExecutions",
        asked.clone(),
        "pipelineExecutionSummaries",
    );
    for execution in executions.iter().take(5) {
        for stage in declaration["stages"].as_array().expect("stages") {
            let mut scene = whole.clone();
            scene.insert(
                "PipelineExecutionId",
                execution["pipelineExecutionId"].clone(),
            );
            scene.insert("StageName", stage["name"].clone());
            pool.know(scene, &[]);
        }
    }
    look_at_stages(bench, pool, &whole);
    let actions = list(
        bench,
        "ListActionExecutions",
        asked.clone(),
        "actionExecutionDetails",
    );
    let failed = |row: &Value| row["status"] == "Failed";
    for (place, row) in actions.iter().enumerate() {
        if place < 12 || failed(row) {
            look_at_action(pool, &whole, row);
        }
    }
    let rules = list(bench, "ListRuleExecutions", asked, "ruleExecutionDetails");
    for row in rules.iter().take(5) {
        let mut scene = scene_of(&whole, row);
        scene.insert("RuleName", row["ruleName"].clone());
        scene.insert("ConditionType", json!("BEFORE_ENTRY"));
        pool.know(scene, &["OverrideStageCondition", "ListRuleExecutions"]);
    }
}

/// Whose each stage is.
fn look_at_stages(bench: &mut Bench, pool: &mut Pool, whole: &Scene) {
    let name = &whole["PipelineName"];
    let state = bench.ok("GetPipelineState", json!({ "name": name }));
    for stage in state["stageStates"].as_array().expect("stages") {
        let latest = &stage["latestExecution"];
        let mut scene = whole.clone();
        scene.insert("StageName", stage["stageName"].clone());
        scene.insert("PipelineExecutionId", latest["pipelineExecutionId"].clone());
        match latest["status"].as_str() {
            Some("Failed") if name == "failing" => pool.know(scene, &["RetryStageExecution"]),
            Some("InProgress") => pool.know(scene, &["StopPipelineExecution"]),
            Some("Succeeded") if name == "steady" => pool.know(scene, &["RollbackStage"]),
            Some(_) => pool.know(scene, &[]),
            None => {}
        }
    }
}

/// What ran, and what waits for a person.
fn look_at_action(pool: &mut Pool, whole: &Scene, row: &Value) {
    let mut scene = scene_of(whole, row);
    scene.insert("ActionExecutionId", row["actionExecutionId"].clone());
    scene.insert("ActionName", row["actionName"].clone());
    let external = &row["output"]["executionResult"]["externalExecutionId"];
    let mut hot_for: &[&str] = &[];
    if row["actionName"] == "Approve" && external.is_string() {
        scene.insert("ApprovalToken", external.clone());
        hot_for = &["PutApprovalResult"];
    }
    if row["status"] == "Failed" && whole["PipelineName"] == "crowded" {
        hot_for = &["RetryStageExecution"];
    }
    pool.know(scene, hot_for);
}

/// The pipeline, with the stage and the execution of a row of one of its lists.
fn scene_of(whole: &Scene, row: &Value) -> Scene {
    let mut scene = whole.clone();
    scene.insert("StageName", row["stageName"].clone());
    scene.insert("PipelineExecutionId", row["pipelineExecutionId"].clone());
    scene
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
