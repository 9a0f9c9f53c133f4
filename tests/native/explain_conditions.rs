//! "Why is it there?" for conditions and rollbacks, as a script hears it.

use codepipeline_simulator::json as json_of;
use codepipeline_simulator::{
    api::explain::{Question, Told, waiting},
    engine::{behavior::Outcome, conditions::AlarmState, control::Control, time::MINUTE},
    model::FailureType,
};
use serde_json::{Value, json};

use crate::bench::{Bench, approval, three_stages};

fn rule(name: &str, provider: &str, configuration: Value) -> Value {
    json!({
        "name": name,
        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
        "configuration": configuration,
    })
}

/// Source, Build and Deploy of a minute each, with members added to Deploy.
fn shop(members: &[(&str, Value)]) -> Bench {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    for (member, value) in members {
        declaration["stages"][2][member] = value.clone();
    }
    for (stage, action) in [
        ("Source", "Checkout"),
        ("Build", "Compile"),
        ("Deploy", "Ship"),
    ] {
        bench.takes("shop", stage, action, 1);
    }
    bench.create(&declaration);
    bench
}

fn told(bench: &Bench, id: &str) -> Told {
    Question {
        pipeline_name: "shop".to_owned(),
        pipeline_execution_id: id.to_owned(),
    }
    .answer(bench.engine.world())
    .expect("the execution exists")
}

#[test]
fn co_22_a_closed_window_says_when_it_opens_and_that_it_can_be_overridden() {
    // The world begins on a Tuesday at 08:00; the window opens at 20:00.
    let rules = [
        rule(
            "Evening",
            "DeploymentWindow",
            json!({ "Cron": "0 0 20 ? * * *" }),
        ),
        rule(
            "Quiet",
            "CloudWatchAlarm",
            json!({ "AlarmName": "errors", "WaitTime": "30" }),
        ),
    ];
    let mut bench = shop(&[(
        "beforeEntry",
        json!({ "conditions": [{ "result": "FAIL", "rules": rules }] }),
    )]);
    bench.control(Control::SetAlarm {
        name: "errors".into(),
        state: AlarmState::Alarm,
    });
    bench.advance(3 * MINUTE);
    let first = bench.executions("shop")[0].clone();
    let why = told(&bench, &first);
    assert_eq!((why.situation, why.doing), ("Inside", Some("Condition")));
    assert_eq!(
        (why.stage_name.as_deref(), why.rule),
        (Some("Deploy"), "CO-10")
    );
    assert!(!why.sentence.is_empty());

    let causes: Vec<_> = why
        .causes
        .iter()
        .map(|cause| {
            (
                cause.rule_name.as_deref(),
                cause.alarm_name.as_deref(),
                cause.text.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        causes,
        [
            (Some("Evening"), None, None),
            (Some("Quiet"), Some("errors"), Some("ALARM"))
        ]
    );
    let opens = bench
        .engine
        .world()
        .options
        .start_time
        .after(12 * 60 * MINUTE);
    let ends: Vec<_> = why
        .ends
        .iter()
        .map(|end| (end.call, end.rule_name.as_deref(), end.at.is_some()))
        .collect();
    assert_eq!(
        ends,
        [
            (None, Some("Evening"), true),
            (Some("setAlarm"), Some("Quiet"), false),
            (None, Some("Quiet"), true),
            (Some("OverrideStageCondition"), None, false),
        ]
    );
    assert_eq!(why.ends[0].at, Some(opens.0 as f64));
    assert_eq!(why.risks[0].result.as_deref(), Some("FAIL"));

    // Whoever waits behind it is told the same.
    let second = bench.start("shop");
    bench.advance(3 * MINUTE);
    let behind = told(&bench, &second);
    assert_eq!((behind.situation, behind.rule), ("Lock", "SU-2"));
    assert!(
        behind
            .causes
            .iter()
            .any(|cause| cause.rule_name.as_deref() == Some("Evening"))
    );

    // Half an hour after the first look the alarm decides.
    bench.advance(40 * MINUTE);
    let failed = told(&bench, &first);
    assert_eq!((failed.situation, failed.rule), ("Failed", "CO-14"));
    assert_eq!(failed.causes[0].rule_name.as_deref(), Some("Quiet"));
    assert_eq!(
        failed.causes[0].text.as_deref(),
        Some("The alarm errors is in state ALARM")
    );
}

#[test]
fn rb_14_a_failure_names_the_rollback_that_it_started_and_the_rollback_its_target() {
    let mut bench = shop(&[("onFailure", json!({ "result": "ROLLBACK" }))]);
    bench.until_idle();
    let good = bench.executions("shop")[0].clone();
    let failure = Outcome::Fail {
        code: FailureType::JobFailed,
        message: Some("no room".to_owned()),
    };
    bench.set("shop", "Deploy", "Ship", Some(failure), Some(MINUTE));
    let bad = bench.start("shop");
    bench.advance(3 * MINUTE);
    let rollback = bench.executions("shop")[2].clone();
    assert_ne!(rollback, bad);
    let failed = told(&bench, &bad);
    assert_eq!((failed.situation, failed.rule), ("Failed", "LC-12"));
    assert_eq!(failed.causes[0].text.as_deref(), Some("no room"));
    assert_eq!(
        failed.causes[1].pipeline_execution_id.as_ref(),
        Some(&rollback)
    );

    bench.set(
        "shop",
        "Deploy",
        "Ship",
        Some(Outcome::Succeed),
        Some(MINUTE),
    );
    bench.until_idle();
    let second = bench.start("shop");
    bench.until_idle();
    assert_eq!(told(&bench, &second).situation, "Succeeded");
    let input =
        json!({ "pipelineName": "shop", "stageName": "Deploy", "targetPipelineExecutionId": good });
    let answer = bench.ok("RollbackStage", input);
    bench.until_idle();
    let by_hand = told(
        &bench,
        answer["pipelineExecutionId"].as_str().expect("an id"),
    );
    assert_eq!((by_hand.situation, by_hand.rule), ("RolledBack", "RB-3"));
    assert_eq!(
        by_hand.causes[0].pipeline_execution_id.as_ref(),
        Some(&good)
    );
}

#[test]
fn what_waits_when_the_world_is_idle_is_listed_with_its_reason() {
    let mut bench = shop(&[]);
    let mut declaration = three_stages("careful");
    declaration["stages"][2]["actions"] = json!([approval("Approve", 1)]);
    bench.create(&declaration);
    bench.until_idle();
    bench.start("careful");
    bench.until_idle();
    let waiting = waiting(bench.engine.world());
    let told: Vec<_> = waiting
        .iter()
        .map(|one| (one.pipeline_name.as_str(), one.why.situation, one.why.doing))
        .collect();
    assert_eq!(
        told,
        [
            ("careful", "Inside", Some("Approval")),
            ("careful", "Lock", None)
        ]
    );
    let text = json_of::to_value(&waiting[0]);
    assert_eq!(text["ends"][0]["call"], "PutApprovalResult");
    assert_eq!(
        text["pipelineExecutionId"],
        json!(waiting[0].pipeline_execution_id)
    );
}
