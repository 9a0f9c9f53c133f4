//! The same seed and commands give the same bytes natively and in wasm. This is what both run, the native tests and those
//! in the browser; what comes out is `tests/twin.txt`.
//!
//! Three pipelines, one in each mode, with conditions of all six rule types, an approval, parallel actions, results of
//! failures; and commands that follow from a small generator, refused ones among them.

use codepipeline_simulator::engine::{
    Engine,
    behavior::{Behavior, DurationRange, Outcome, Scope},
    conditions::{AlarmState, LambdaResult},
    control::Control,
    ids::{ActionExecutionId, ExecutionId, Kind},
    rules::source_change::{Author, SourceChange},
    time::{HOUR, Instant, MINUTE},
    triggers::change::{Change, GitHost, GitProvider},
    world::Options,
};
use codepipeline_simulator::json::to_text;
use serde_json::{Value, json};

const NAMES: [&str; 3] = ["superseded", "queued", "parallel"];
const STEPS: u64 = 160;

fn action(name: &str, kind: [&str; 3], order: u32, configuration: Value) -> Value {
    let [category, owner, provider] = kind;
    json!({
        "name": name, "runOrder": order, "configuration": configuration,
        "actionTypeId": { "category": category, "owner": owner, "provider": provider, "version": "1" },
    })
}

fn build(name: &str, order: u32) -> Value {
    let configuration = json!({ "ProjectName": "project-#{Source.BranchName}" });
    let mut build = action(name, ["Build", "AWS", "CodeBuild"], order, configuration);
    build["inputArtifacts"] = json!([{ "name": "Src" }]);
    build
}

fn rule(provider: &str, configuration: Value) -> Value {
    json!({
        "name": provider, "configuration": configuration,
        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
    })
}

fn declaration(name: &str) -> Value {
    let mut checkout = action(
        "Checkout",
        ["Source", "AWS", "CodeCommit"],
        1,
        json!({ "RepositoryName": "shop", "BranchName": "main" }),
    );
    checkout["outputArtifacts"] = json!([{ "name": "Src" }]);
    checkout["namespace"] = json!("Source");
    let mut commands = rule("Commands", json!({}));
    commands["commands"] = json!(["make smoke"]);
    let mut project = rule("CodeBuild", json!({ "ProjectName": "smoke" }));
    project["inputArtifacts"] = json!([{ "name": "Src" }]);
    let check = json!({ "Variable": "#{variables.go}", "Operator": "EQ", "Value": "yes" });
    let window = json!({ "Cron": "0 * 9-17 ? * MON-FRI *", "TimeZone": "Europe/Berlin" });
    let alarm = json!({ "AlarmName": "Errors", "WaitTime": "10" });
    let failure = if name == "parallel" {
        json!({ "result": "RETRY" })
    } else {
        json!({ "result": "ROLLBACK" })
    };
    json!({
        "name": name, "pipelineType": "V2", "executionMode": name.to_uppercase(),
        "roleArn": "arn:aws:iam::123456789012:role/p",
        "artifactStore": { "type": "S3", "location": "bucket" },
        "variables": [{ "name": "go", "defaultValue": "yes" }],
        "stages": [
            { "name": "Source", "actions": [checkout] },
            {
                "name": "Build", "actions": [build("Left", 1), build("Right", 1), build("Pack", 2)],
                "beforeEntry": { "conditions": [{ "result": "SKIP", "rules": [
                    rule("VariableCheck", check), rule("LambdaInvoke", json!({ "FunctionName": "Judge" })),
                ] }] },
                "onFailure": { "result": "RETRY", "retryConfiguration": { "retryMode": "ALL_ACTIONS" } },
            },
            {
                "name": "Deploy",
                "actions": [action("Approve", ["Approval", "AWS", "Manual"], 1, json!({})), build("Ship", 2)],
                "beforeEntry": { "conditions": [{ "result": "FAIL", "rules": [
                    rule("DeploymentWindow", window), commands,
                ] }] },
                "onSuccess": { "conditions": [{ "result": "FAIL", "rules": [
                    rule("CloudWatchAlarm", alarm), project,
                ] }] },
                "onFailure": failure,
            },
        ],
    })
}

/// Runs the script; answers the journal, a fact on each line, and how many commands were refused.
pub fn journal() -> String {
    let start = Instant(1_772_524_800_000);
    let mut engine = Engine::new(Options {
        seed: 7,
        start_time: start,
        ..Options::default()
    });
    for name in NAMES {
        engine
            .execute(
                "CreatePipeline",
                json!({ "pipeline": declaration(name) }),
                start,
            )
            .expect("the pipeline is created");
    }
    let mut number = 1_u64;
    let mut refused = 0;
    for _ in 0..STEPS {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        if !step(&mut engine, number >> 33) {
            refused += 1;
        }
    }
    let mut text = String::new();
    for fact in engine.take_facts() {
        text += &to_text(&fact);
        text.push('\n');
    }
    text + &format!("{refused} refused\n")
}

fn step(engine: &mut Engine, number: u64) -> bool {
    let now = engine.world().now;
    let key = engine.world().key();
    let pick = |shift: u32, of: u64| (number >> shift) % of;
    let name = NAMES[pick(5, 3) as usize];
    let stage = ["Source", "Build", "Deploy"][pick(7, 3) as usize];
    let pipeline = engine.world().pipeline_named(name).expect("it was created");
    let execution = ExecutionId {
        pipeline: pipeline.id,
        number: pipeline.started.saturating_sub(pick(9, 3) as u32).max(1),
    };
    let uuid = key.execution(execution);
    let running = pipeline.executions.values().find_map(|record| {
        let (ordinal, attempt) = record.numbered().find(|(_, attempt)| attempt.running())?;
        let execution = ExecutionId {
            pipeline: pipeline.id,
            number: record.number,
        };
        Some((
            ActionExecutionId { execution, ordinal },
            (attempt.stage, attempt.action) == (2, 0),
        ))
    });
    let even = pick(12, 2) == 0;
    let in_stage = json!({ "pipelineName": name, "stageName": stage });
    let with = |more: Value| {
        let mut input = in_stage.clone();
        for (key, value) in more.as_object().into_iter().flatten() {
            input[key.as_str()] = value.clone();
        }
        input
    };
    let mut call = |operation: &str, input: Value| engine.execute(operation, input, now).is_ok();
    match number % 16 {
        0 | 1 => call(
            "StartPipelineExecution",
            json!({ "name": name, "variables": [{ "name": "go", "value": if even { "yes" } else { "no" } }] }),
        ),
        2..=4 => {
            let to = engine.next_deadline().unwrap_or(now);
            engine.advance(to);
            true
        }
        5 => {
            engine.advance(now.after((1 + pick(14, 300) as i64) * MINUTE));
            true
        }
        6 | 7 => match running {
            Some((id, true)) => call(
                "PutApprovalResult",
                json!({
                    "pipelineName": name, "stageName": "Deploy", "actionName": "Approve",
                    "token": key.uuid(Kind::Approval, id),
                    "result": { "status": if pick(14, 4) > 0 { "Approved" } else { "Rejected" }, "summary": "" },
                }),
            ),
            Some((id, false)) => engine
                .control(
                    Control::CompleteAction {
                        action: id,
                        failure: None,
                        output_variables: std::collections::BTreeMap::from([(
                            "Tag".to_owned(),
                            "ß☂".to_owned(),
                        )]),
                    },
                    now,
                )
                .is_ok(),
            None => true,
        },
        8 => {
            let outcome = Outcome::Flaky {
                probability: 0.1 + 0.2 * pick(14, 4) as f64,
            };
            let scope = Scope::Provider {
                category: "Build".to_owned(),
                owner: "AWS".to_owned(),
                provider: "CodeBuild".to_owned(),
            };
            let duration = Some(DurationRange {
                min: MINUTE,
                max: HOUR,
            });
            let behavior = Some(Behavior {
                outcome: Some(outcome),
                duration,
                output_variables: None,
                ..Behavior::default()
            });
            engine
                .control(Control::SetBehavior { scope, behavior }, now)
                .is_ok()
        }
        9 => {
            let state = if even {
                AlarmState::Alarm
            } else {
                AlarmState::Ok
            };
            engine
                .control(
                    Control::SetAlarm {
                        name: "Errors".into(),
                        state,
                    },
                    now,
                )
                .is_ok()
        }
        10 => {
            let result = (!even).then_some(LambdaResult::Error { message: None });
            engine
                .control(
                    Control::SetLambdaResult {
                        function: "Judge".into(),
                        result,
                    },
                    now,
                )
                .is_ok()
        }
        11 => {
            let change = SourceChange {
                change: Change::Push {
                    provider: GitProvider::CodeCommit,
                    repository: "shop".to_owned(),
                    host: GitHost::default(),
                    branch: "main".to_owned(),
                    files: vec!["src/basket.rs".to_owned()],
                    creates_branch: false,
                    commit_id: None,
                },
                message: None,
                author: Author::default(),
            };
            engine
                .control(Control::PushRevision(Box::new(change)), now)
                .is_ok()
        }
        12 => call(
            "StopPipelineExecution",
            json!({ "pipelineName": name, "pipelineExecutionId": uuid, "abandon": even }),
        ),
        13 => {
            let mode = if even {
                "ALL_ACTIONS"
            } else {
                "FAILED_ACTIONS"
            };
            call(
                "RetryStageExecution",
                with(json!({ "pipelineExecutionId": uuid, "retryMode": mode })),
            )
        }
        14 if even => call(
            "OverrideStageCondition",
            with(json!({ "pipelineExecutionId": uuid, "conditionType": "BEFORE_ENTRY" })),
        ),
        14 => call(
            "RollbackStage",
            with(json!({ "targetPipelineExecutionId": uuid })),
        ),
        _ if even => call(
            "EnableStageTransition",
            with(json!({ "transitionType": "Inbound" })),
        ),
        _ if pick(14, 3) == 0 => call("UpdatePipeline", json!({ "pipeline": declaration(name) })),
        _ => call(
            "DisableStageTransition",
            with(json!({ "transitionType": "Inbound", "reason": "closed" })),
        ),
    }
}
