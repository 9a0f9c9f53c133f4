//! The facts as sentences: every kind of event, past executions, other pipelines.

use codepipeline_simulator::json as json_of;
use std::collections::BTreeSet;

use codepipeline_simulator::{
    api::controls::PushRevision,
    engine::{
        behavior::{Behavior, DurationRange, Outcome, Scope},
        conditions::{AlarmState, LambdaResult},
        control::Control,
        fact::Event,
        ids::{ActionExecutionId, ExecutionId, PipelineId},
        time::{MINUTE, SECOND},
    },
    model::FailureType,
    page::view::FACTS_SHOWN,
};
use proptest::prelude::*;
use serde_json::json;

use super::{headline, page};
use crate::{
    bench::{Bench, three_stages},
    engine::determinism::{perform, step},
};

fn told(bench: &Bench) -> Vec<String> {
    page(bench)
        .facts
        .iter()
        .rev()
        .map(|row| format!("{} {}", row.word, row.text).trim_end().to_owned())
        .collect()
}

#[test]
fn a_life_is_told_from_the_pipelines_creation_to_the_end() {
    let mut bench = Bench::new();
    for (stage, action) in [
        ("Source", "Checkout"),
        ("Build", "Compile"),
        ("Deploy", "Ship"),
    ] {
        bench.takes("shop", stage, action, 1);
    }
    bench.create(&three_stages("shop"));
    bench.until_idle();
    assert_eq!(
        told(&bench),
        [
            "Behaviour: Checkout in Source takes 1 m",
            "Behaviour: Compile in Build takes 1 m",
            "Behaviour: Ship in Deploy takes 1 m",
            "Pipeline created: shop, version 1",
            "Started because the pipeline was created",
            "Source entered",
            "Checkout started in Source",
            "Checkout succeeded in 1 m",
            "Source succeeded in 1 m",
            "Build entered",
            "Compile started in Build",
            "Compile succeeded in 1 m",
            "Build succeeded in 1 m",
            "Deploy entered",
            "Ship started in Deploy",
            "Ship succeeded in 1 m",
            "Deploy succeeded in 1 m",
            "Succeeded after 3 m",
        ]
    );
}

#[test]
fn failures_updates_and_changed_behaviours_are_told() {
    let mut bench = Bench::new();
    bench.takes("shop", "Source", "Checkout", 10);
    bench.create(&three_stages("shop"));
    bench.outcome("shop", "Source", "Checkout", Outcome::Hold);
    let fail = Outcome::Fail {
        code: FailureType::JobFailed,
        message: Some("It broke\nin two lines".into()),
    };
    bench.outcome("shop", "Source", "Checkout", fail);
    bench.ok(
        "UpdatePipeline",
        json!({ "pipeline": three_stages("shop") }),
    );
    let rows = told(&bench);
    for expected in [
        "Behaviour: Checkout in Source is held and takes 1 m",
        "Checkout changed: only its timeout at 09:00 ends it",
        "Checkout failed: It broke",
        "Source failed: Checkout failed",
        "Failed in Source",
        "Version 2 saved",
    ] {
        assert!(
            rows.iter().any(|row| row == expected),
            "{expected} is not in {rows:#?}"
        );
    }
}

#[test]
fn conditions_rollbacks_and_automatic_retries_are_told() {
    let rule = |name: &str, provider: &str, configuration: serde_json::Value| {
        json!({
            "name": name,
            "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
            "configuration": configuration,
        })
    };
    let mut bench = Bench::new();
    bench.takes("shop", "Source", "Checkout", 1);
    bench.takes("shop", "Build", "Compile", 1);
    bench.takes("shop", "Deploy", "Ship", 1);
    let mut declaration = three_stages("shop");
    declaration["stages"][1]["beforeEntry"] = json!({ "conditions": [{ "result": "FAIL", "rules": [
        rule("Office", "DeploymentWindow", json!({ "Cron": "* * 9-17 ? * *" })),
        rule("Quiet", "CloudWatchAlarm", json!({ "AlarmName": "errors", "WaitTime": "60" })),
    ]}]});
    declaration["stages"][2]["onSuccess"] = json!({ "conditions": [{ "result": "ROLLBACK", "rules": [
        rule("Healthy", "LambdaInvoke", json!({ "FunctionName": "probe" })),
    ]}]});
    declaration["stages"][2]["onFailure"] = json!({ "result": "RETRY" });
    bench.alarm("errors", AlarmState::Alarm);
    bench.create(&declaration);
    bench.advance(10 * MINUTE);
    bench.alarm("errors", AlarmState::Ok);
    let first = bench.executions("shop")[0].clone();
    let input = json!({
        "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": first, "conditionType": "BEFORE_ENTRY",
    });
    bench.ok("OverrideStageCondition", input);
    bench.advance(60 * MINUTE);
    let broken = LambdaResult::Error {
        message: Some("no page".into()),
    };
    bench.lambda("probe", broken);
    bench.start("shop");
    bench.until_idle();
    let fail = Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    };
    bench.outcome("shop", "Deploy", "Ship", fail);
    bench.start("shop");
    bench.until_idle();
    let rows = told(&bench);
    for expected in [
        "Alarm ALARM: errors",
        "Condition asked: the entry condition of Build",
        "Rule began: Office",
        "Rule watches: Quiet, decides at 09:01",
        "Window closed: Office, opens at 09:00",
        "Alarm OK: errors",
        "Rule succeeded: Quiet (The alarm errors is in state OK)",
        "Rule abandoned: Office",
        "Condition overridden: the entry condition of Build",
        "Function: probe returns an error",
        "Rule succeeded: Office (The deployment window is open)",
        "Rule failed: Healthy (The function probe returned an error: no page)",
        "Condition failed: the success condition of Deploy",
        "Stage failed: Deploy, by the success condition",
        "Started as a rollback",
        "Rolled back to A",
        "Deploy retried by itself",
    ] {
        assert!(
            rows.iter().any(|row| row == expected),
            "{expected} is not in {rows:#?}"
        );
    }
}

#[test]
fn settings_for_providers_and_revisions_are_told_where_they_matter() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    let provider = |provider: &str, category: &str| Scope::Provider {
        category: category.into(),
        owner: "AWS".into(),
        provider: provider.into(),
    };
    let range = Some(DurationRange {
        min: MINUTE,
        max: 7 * MINUTE,
    });
    let slow = Behavior {
        duration: range,
        outcome: Some(Outcome::Flaky { probability: 0.5 }),
        ..Behavior::default()
    };
    bench.control(Control::SetBehavior {
        scope: provider("CodeBuild", "Build"),
        behavior: Some(slow.clone()),
    });
    bench.control(Control::SetBehavior {
        scope: provider("ECS", "Deploy"),
        behavior: Some(slow),
    });
    bench.control(Control::SetBehavior {
        scope: provider("CodeBuild", "Build"),
        behavior: None,
    });
    let push = |branch: &str| {
        let change = json!({
            "provider": "CodeCommit", "repository": "shop", "branch": branch, "revisionId": "4be1c07d2a",
            "message": "Fix basket\n\nlong", "author": { "name": "Ana" },
        });
        let push: PushRevision = json_of::from_value(change).expect("a change");
        Control::PushRevision(Box::new(push.source_change().expect("a sound change")))
    };
    for name in ["main", "other"] {
        bench.control(push(name));
    }
    let rows = told(&bench);
    let about: Vec<_> = rows
        .iter()
        .filter(|row| row.starts_with("Behaviour") || row.starts_with("New"))
        .collect();
    assert_eq!(
        about,
        [
            "Behaviour: every CodeBuild action fails with 50 % and takes 1 m to 7 m",
            "Behaviour: every CodeBuild action as the catalogue says",
            "New revision 4be1c07 in shop, main: Fix basket",
        ]
    );
    let rows = page(&bench).facts;
    let pushed = rows.iter().find(|row| row.word == "New revision");
    let pushed = pushed.expect("the revision is told");
    assert_eq!(pushed.call.as_deref(), Some("pushRevision"));
}

fn pushed(change: serde_json::Value) -> Control {
    let push: PushRevision = json_of::from_value(change).expect("a change");
    Control::PushRevision(Box::new(push.source_change().expect("a sound change")))
}

#[test]
fn what_starts_by_itself_is_told_with_what_started_it() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    let polled = &mut declaration["stages"][0]["actions"][0];
    polled["configuration"]["PollForSourceChanges"] = json!("true");
    let mut behind_connection = polled.clone();
    behind_connection["name"] = json!("Docs");
    behind_connection["namespace"] = json!("Docs");
    behind_connection["outputArtifacts"] = json!([{ "name": "DocsArtifact" }]);
    behind_connection["actionTypeId"]["provider"] = json!("CodeStarSourceConnection");
    behind_connection["configuration"] = json!({
        "ConnectionArn": "arn:aws:codeconnections:us-east-1:123456789012:connection/1",
        "FullRepositoryId": "acme/docs", "BranchName": "main",
    });
    let sources = declaration["stages"][0]["actions"].as_array_mut();
    sources.expect("sources").push(behind_connection);
    declaration["triggers"] = json!([{
        "providerType": "CodeStarSourceConnection",
        "gitConfiguration": {
            "sourceActionName": "Docs",
            "push": [{ "tags": { "includes": ["v*"] } }, { "branches": { "includes": ["main"] } }],
            "pullRequest": [{ "branches": { "includes": ["main"] } }],
        },
    }]);
    bench.create(&declaration);
    bench.until_idle();
    let pipeline = PipelineId(0);
    bench.control(Control::SetEventRule {
        pipeline,
        enabled: Some(true),
    });
    let schedule = |expression: Option<&str>| Control::SetSchedule {
        pipeline,
        expression: expression.map(str::to_owned),
        variables: vec![],
        overrides: vec![],
    };
    bench.control(schedule(Some("rate(1 day)")));
    bench.control(pushed(
        json!({ "provider": "CodeCommit", "repository": "shop" }),
    ));
    let docs = |more: serde_json::Value| {
        let mut change =
            json!({ "provider": "CodeStarSourceConnection", "repository": "acme/docs" });
        for (key, value) in more.as_object().expect("members") {
            change[key] = value.clone();
        }
        pushed(change)
    };
    bench.control(docs(json!({})));
    bench.control(docs(json!({ "tag": "v1" })));
    bench.control(docs(
        json!({ "pullRequest": { "event": "OPEN", "sourceBranch": "next" } }),
    ));
    bench.advance(24 * 60 * MINUTE);
    bench.ok(
        "PutActionRevision",
        json!({
            "pipelineName": "shop", "stageName": "Source", "actionName": "Checkout",
            "actionRevision": { "revisionId": "4be1c07d2a", "revisionChangeId": "1", "created": 0 },
        }),
    );
    bench.control(schedule(None));
    bench.control(Control::SetEventRule {
        pipeline,
        enabled: None,
    });
    let rows = told(&bench);
    let about: Vec<_> = rows
        .iter()
        .filter(|row| {
            let words = ["Started", "Poll", "Event", "Schedule", "Revision"];
            words
                .iter()
                .any(|word| row.starts_with(word) || row.contains(&format!(" {word} ")))
        })
        .collect();
    assert_eq!(
        about,
        [
            "Started because the pipeline was created",
            "Event rule starts the pipeline",
            "Schedule: rate(1 day)",
            "Poll finds the change in shop, main on Tue 3 Mar, 08:07",
            "Started by an event rule",
            "Started by a push",
            "Started by a tag",
            "Started by a pull request",
            "Poll has looked",
            "Started by a change that Checkout found",
            "Schedule starts the pipeline, and again on Thu 5 Mar, 08:06",
            "Started by its schedule",
            "Revision reported: 4be1c07 to Checkout",
            "Started by a new revision",
            "Schedule removed",
            "Event rule as the console makes it",
        ]
    );
}

#[test]
fn the_clock_knows_of_polls_and_schedules() {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["stages"][0]["actions"][0]["configuration"]["PollForSourceChanges"] = json!("true");
    for (stage, action) in [
        ("Source", "Checkout"),
        ("Build", "Compile"),
        ("Deploy", "Ship"),
    ] {
        bench.takes("shop", stage, action, 1);
    }
    bench.create(&declaration);
    bench.until_idle();
    bench.control(Control::SetSchedule {
        pipeline: PipelineId(0),
        expression: Some("cron(30 9 * * ? *)".to_owned()),
        variables: vec![],
        overrides: vec![],
    });
    let next = |bench: &Bench| {
        let (bold, rest) = page(bench).clock.next;
        format!("{bold} {rest}")
    };
    assert_eq!(
        next(&bench),
        "nothing moves by itself until the schedule of shop comes at 09:30."
    );
    bench.advance(10 * SECOND);
    bench.control(pushed(
        json!({ "provider": "CodeCommit", "repository": "shop" }),
    ));
    assert_eq!(next(&bench), "a poll finds a change in 50 s.");
}

#[test]
fn other_pipelines_and_the_archive_do_not_appear() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.create(&three_stages("zoo"));
    bench.until_idle();
    let own: BTreeSet<u64> = bench
        .facts
        .iter()
        .filter(|fact| fact.event.pipeline() == Some(PipelineId(0)))
        .map(|fact| fact.sequence)
        .collect();
    let shown: BTreeSet<u64> = page(&bench).facts.iter().map(|row| row.sequence).collect();
    assert_eq!(shown, own);
}

#[test]
fn executions_that_are_history_keep_their_names_across_versions() {
    let mut bench = Bench::new();
    let mut renamed = three_stages("shop");
    renamed["stages"][1]["name"] = json!("Compilation");
    bench.create(&three_stages("shop"));
    for round in 0..74 {
        bench.until_idle();
        if round == 61 {
            bench.ok("UpdatePipeline", json!({ "pipeline": renamed }));
        }
        bench.start("shop");
    }
    bench.until_idle();
    let pipeline = bench.engine.world().pipeline(PipelineId(0));
    let view = page(&bench);
    assert_eq!(view.facts.len(), FACTS_SHOWN);
    let past = view.facts.iter().filter(|row| {
        let id = row
            .token
            .as_ref()
            .and_then(|token| bench.engine.world().key().parse_execution(&token.execution));
        id.is_some_and(|id| !pipeline.executions.contains_key(&id.number))
    });
    // The archive has just taken 64, so most rows are about history, on both sides of the update.
    let words: BTreeSet<&str> = past.map(|row| row.word.as_str()).collect();
    for expected in [
        "Build entered",
        "Compilation entered",
        "Compile succeeded",
        "Succeeded",
    ] {
        assert!(words.contains(expected), "{expected} is not in {words:?}");
    }
    assert!(view.facts.iter().any(|row| row.word == "Version 2"));
    for row in &view.facts {
        let said = format!("{} {}", row.word, row.text);
        assert!(
            !said.contains("a stage") && !said.contains("an action"),
            "{said}"
        );
    }
}

/// What a row says of a stage or an action, read off the record itself.
fn names(bench: &Bench, event: &Event) -> Option<String> {
    let name = |id: ExecutionId, stage: u16, action: Option<u16>| {
        let pipeline = bench.engine.world().pipelines.get(&id.pipeline)?;
        let plan = pipeline.plan(pipeline.execution(id.number)?.version);
        Some(match action {
            Some(action) => plan.action(stage, action).name.clone(),
            None => plan.stage(stage).name.clone(),
        })
    };
    match event {
        Event::StageEntered { execution, stage }
        | Event::StageEnded {
            execution, stage, ..
        } => name(*execution, *stage, None),
        Event::ActionEnded {
            execution, ordinal, ..
        } => {
            let id = ActionExecutionId {
                execution: *execution,
                ordinal: *ordinal,
            };
            let pipeline = bench.engine.world().pipelines.get(&id.execution.pipeline)?;
            let record = pipeline
                .execution(id.execution.number)?
                .actions
                .get(id.ordinal as usize)?
                .clone();
            name(*execution, record.stage, Some(record.action))
        }
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Any world has a page, every fact of it a row, and every row names what its fact is about.
    #[test]
    fn every_world_has_a_page_and_every_fact_its_words(
        mode in prop_oneof![Just("SUPERSEDED"), Just("QUEUED"), Just("PARALLEL")],
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut bench = Bench::new();
        perform(&mut bench, mode, &steps);
        let view = page(&bench);
        let pipeline = view.pipeline.as_ref().expect("a pipeline");
        for cell in &pipeline.roster {
            let said = cell.why.as_ref().map(|why| format!("{} {}", headline(why), why.text)).unwrap_or_default();
            let has_empty_place = said.contains(['{', '}']) || said.contains("  ");
            prop_assert!(!has_empty_place, "{}", said);
            prop_assert!(!cell.state.word.is_empty() && !cell.line.is_empty());
        }
        for row in &view.facts {
            let fact = &bench.facts[usize::try_from(row.sequence).expect("a number") - 1];
            prop_assert!(!row.word.is_empty());
            if let Some(name) = names(&bench, &fact.event) {
                prop_assert!(row.word.contains(&name), "{:?} does not name {}", row, name);
            }
        }
    }
}
