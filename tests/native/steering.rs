//! Steering a world: what a behavior may say and reaches, what a stalled clock does, what a listener is told.

use codepipeline_simulator::{
    api::session::Session,
    engine::{
        behavior::Outcome,
        conditions::{AlarmState, LambdaResult},
        control::Control,
        time::{HOUR, MINUTE},
        world::Options,
    },
};
use serde_json::json;

use crate::bench::{Bench, three_stages};

#[test]
fn a_setting_for_one_pipeline_leaves_the_actions_of_another_alone() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.create(&three_stages("other"));
    bench.until_idle();
    bench.takes("shop", "Source", "Checkout", 180); // timeout is 60 minutes
    let id = bench.start("shop");
    bench.advance(MINUTE);
    bench.takes("other", "Build", "Compile", 5);
    let state = bench.stage("shop", 0);
    assert_eq!(state["latestExecution"]["pipelineExecutionId"], id);
    assert_eq!(
        state["actionStates"][0]["latestExecution"]["status"], "InProgress",
        "{state}"
    );
}

#[test]
fn a_behavior_goes_with_its_pipeline() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.outcome("shop", "Build", "Compile", Outcome::Hang);
    bench.ok("DeletePipeline", json!({ "name": "shop" }));
    bench.create(&three_stages("shop"));
    bench.until_idle();
    bench.advance(HOUR);
    assert!(bench.engine.world().behaviors.is_empty());
}

#[test]
fn a_machine_that_slept_is_not_caught_up() {
    let mut session = Session::new(Options::default());
    session.set_speed(86_400, 0.0);
    session.play(0.0);
    let before = session.world().now;
    // The machine slept for an hour while the page was visible.
    session.tick(3_600_000.0, 64, || true);
    let gone = session.world().now.since(before);
    assert!(gone < 86_400_000 * 2, "{} days", gone / 86_400_000);
}

#[test]
fn a_misspelt_member_of_a_behavior_is_refused() {
    use codepipeline_simulator::api::controls::{SetBehavior, read};
    let read: Result<SetBehavior, _> = read(
        "setBehavior",
        json!({ "target": { "provider": "Build/AWS/CodeBuild" }, "behavior": { "outcom": { "kind": "fail" } }, "extra": 1 }),
    );
    assert!(read.is_err());
}

#[test]
fn unknown_targets_and_probabilities_are_refused() {
    use codepipeline_simulator::api::controls::{SetBehavior, read};
    let bench = Bench::new();
    let read: SetBehavior = read("setBehavior", json!({ "target": { "provider": "Foo/Bar/Baz" }, "behavior": { "outcome": { "kind": "flaky", "probability": 50 } } })).unwrap();
    assert!(read.control(bench.engine.world()).is_err());
}

#[test]
fn an_action_execution_that_has_ended_takes_no_behavior() {
    use codepipeline_simulator::engine::behavior::{Behavior, Scope};
    use codepipeline_simulator::engine::ids::{ActionExecutionId, ExecutionId, PipelineId};
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    let id = ActionExecutionId {
        execution: ExecutionId {
            pipeline: PipelineId(0),
            number: 1,
        },
        ordinal: 0,
    };
    let now = bench.now();
    let answer = bench.engine.control(
        Control::SetBehavior {
            scope: Scope::Execution(id),
            behavior: Some(Behavior::default()),
        },
        now,
    );
    assert!(answer.is_err() || bench.engine.world().behaviors.is_empty());
}

#[test]
fn a_told_fact_names_the_attempt_that_began() {
    let mut session = Session::new(Options::default());
    let mut declaration = three_stages("shop");
    declaration["stages"][1]["actions"][0]["configuration"]["EnvironmentVariables"] =
        json!("#{Source.Nope}");
    session
        .execute("CreatePipeline", json!({ "pipeline": declaration }), 0.0)
        .expect("created");
    while let Some(at) = session.engine().next_completion() {
        session.advance_some(at, usize::MAX, 0.0);
    }
    let list = session
        .execute(
            "ListPipelineExecutions",
            json!({ "pipelineName": "shop" }),
            0.0,
        )
        .unwrap();
    let id = list["pipelineExecutionSummaries"][0]["pipelineExecutionId"].clone();
    session.execute("RetryStageExecution", json!({ "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": id, "retryMode": "FAILED_ACTIONS" }), 0.0).expect("retried");
    let facts = session.collect().facts;
    let ids: Vec<_> = facts
        .iter()
        .map(|fact| codepipeline_simulator::api::told::told(session.world(), fact))
        .filter(|told| told.r#type == "ActionStarted")
        .map(|told| told.action_execution_id.unwrap())
        .collect();
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
}

/// A pipeline with one rule of each kind before Build, and its declaration.
fn with_rules() -> Bench {
    let rule = |name: &str, provider: &str, configuration: serde_json::Value| {
        json!({
            "name": name,
            "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
            "configuration": configuration,
        })
    };
    let mut declaration = three_stages("shop");
    let variable = json!({ "Variable": "a", "Operator": "EQ", "Value": "a" });
    declaration["stages"][1]["beforeEntry"] = json!({ "conditions": [{ "result": "FAIL", "rules": [
        rule("Allowed", "LambdaInvoke", json!({ "FunctionName": "check" })),
        rule("Quiet", "CloudWatchAlarm", json!({ "AlarmName": "errors" })),
        rule("Same", "VariableCheck", variable),
    ]}]});
    let mut bench = Bench::new();
    bench.takes("shop", "Source", "Checkout", 1);
    bench.create(&declaration);
    bench
}

/// Says how a rule behaves, as a script does.
fn set_rule(bench: &mut Bench, input: serde_json::Value) -> Result<(), String> {
    use codepipeline_simulator::api::controls::{SetBehavior, read};
    let read = read::<SetBehavior>("setBehavior", input).map_err(|error| error.message)?;
    let control = read.control(bench.engine.world());
    bench.control(control.map_err(|error| error.message)?);
    Ok(())
}

fn allowed(bench: &mut Bench) -> String {
    let state = bench.stage("shop", 1);
    let rule = &state["beforeEntryConditionState"]["conditionStates"][0]["ruleStates"][0];
    rule["latestExecution"]["status"]
        .as_str()
        .unwrap_or("none")
        .to_owned()
}

#[test]
fn a_rule_is_held_let_go_and_told_how_to_end() {
    let target = json!({
        "pipelineName": "shop", "stageName": "Build", "condition": "beforeEntry", "ruleName": "Allowed",
    });
    let behave = |outcome: serde_json::Value| json!({ "target": target, "behavior": outcome });
    let hold = || behave(json!({ "outcome": { "kind": "hold" } }));

    // It is held from the beginning, and let go.
    let mut bench = with_rules();
    set_rule(&mut bench, hold()).expect("it behaves");
    bench.advance(50 * MINUTE);
    assert_eq!(allowed(&mut bench), "InProgress");
    set_rule(&mut bench, json!({ "target": target })).expect("forgotten");
    assert_eq!(allowed(&mut bench), "Succeeded");
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "InProgress"
    );

    // It is held while it is under way, and made to fail.
    let mut bench = with_rules();
    set_rule(
        &mut bench,
        behave(json!({ "duration": { "min": 600_000, "max": 600_000 } })),
    )
    .expect("slow");
    bench.advance(5 * MINUTE);
    set_rule(&mut bench, hold()).expect("it behaves");
    bench.advance(40 * MINUTE);
    assert_eq!(allowed(&mut bench), "InProgress");
    set_rule(
        &mut bench,
        behave(json!({ "outcome": { "kind": "fail", "message": "no" } })),
    )
    .expect("it behaves");
    assert_eq!(allowed(&mut bench), "Failed");
    assert_eq!(
        bench.stage("shop", 1)["latestExecution"]["status"],
        "Failed"
    );

    // Held for good, it comes to its timeout of an hour.
    let mut bench = with_rules();
    set_rule(&mut bench, hold()).expect("it behaves");
    bench.advance(61 * MINUTE);
    assert_eq!(allowed(&mut bench), "Failed");

    // All rules of a type at once.
    let mut bench = with_rules();
    let provider = json!({ "target": { "provider": "Rule/AWS/LambdaInvoke" }, "behavior": { "outcome": { "kind": "hold" } } });
    set_rule(&mut bench, provider).expect("it behaves");
    bench.advance(30 * MINUTE);
    assert_eq!(allowed(&mut bench), "InProgress");
}

#[test]
fn a_target_that_is_no_rule_or_does_not_behave_is_refused() {
    let mut bench = with_rules();
    let before = bench.engine.snapshot();
    let rule = |rule: &str| json!({ "pipelineName": "shop", "stageName": "Build", "condition": "beforeEntry", "ruleName": rule });
    let with = |member: &str, value: &str| {
        let mut target = rule("Allowed");
        target[member] = json!(value);
        target
    };
    for (target, says) in [
        (rule("Nothing"), "There is no rule 'Nothing'"),
        (with("stageName", "Deploy"), "There is no rule 'Allowed'"),
        (with("pipelineName", "other"), "There is no rule 'Allowed'"),
        (with("condition", "onSuccess"), "There is no rule 'Allowed'"),
        (with("condition", "sometimes"), "A condition is"),
        (with("actionName", "Compile"), "Name a rule or an action"),
        (
            rule("Quiet"),
            "A CloudWatchAlarm rule looks at its alarm: use setAlarm",
        ),
        (rule("Same"), "What a VariableCheck rule comes to"),
        (
            json!({ "provider": "Rule/AWS/VariableCheck" }),
            "What a VariableCheck rule comes to",
        ),
        (
            json!({ "provider": "Rule/AWS/Horoscope" }),
            "There is no rule type 'Horoscope'",
        ),
        (json!({ "ruleName": "Allowed" }), "A rule is named by"),
    ] {
        let input = json!({ "target": target, "behavior": { "outcome": { "kind": "hold" } } });
        let problem = set_rule(&mut bench, input).expect_err("refused");
        assert!(problem.starts_with(says), "{target}: {problem}");
    }
    assert_eq!(bench.engine.snapshot(), before);
}

#[test]
fn alarms_and_functions_need_names_and_known_words() {
    use codepipeline_simulator::api::controls::{SetAlarm, SetLambdaResult, read};
    for wrong in [
        json!({ "alarmName": "", "state": "OK" }),
        json!({ "alarmName": "errors", "state": "Loud" }),
        json!({ "alarmName": "errors" }),
        json!({ "alarmName": "errors", "state": "OK", "else": 1 }),
    ] {
        let set = read::<SetAlarm>("setAlarm", wrong.clone()).and_then(SetAlarm::control);
        assert_eq!(
            set.map_err(|error| error.code.name()).err(),
            Some("ValidationException"),
            "{wrong}"
        );
    }
    for wrong in [
        json!({ "functionName": "", "result": { "kind": "success" } }),
        json!({ "functionName": "check", "result": { "kind": "perhaps" } }),
        json!({ "functionName": "check", "result": "error" }),
    ] {
        let set = read::<SetLambdaResult>("setLambdaResult", wrong.clone());
        let set = set.and_then(SetLambdaResult::control);
        assert_eq!(
            set.map_err(|error| error.code.name()).err(),
            Some("ValidationException"),
            "{wrong}"
        );
    }
}

#[test]
fn told_facts_name_conditions_and_rules() {
    use codepipeline_simulator::api::told::{Told, told};
    let mut bench = with_rules();
    bench.alarm("errors", AlarmState::Alarm);
    bench.until_idle();
    let only = bench.executions("shop")[0].clone();
    let input = json!({
        "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": only, "conditionType": "BEFORE_ENTRY",
    });
    bench.ok("OverrideStageCondition", input);
    bench.lambda("check", LambdaResult::Error { message: None });
    bench.until_idle();
    let rows = bench.ok("ListRuleExecutions", json!({ "pipelineName": "shop" }));
    let rows = rows["ruleExecutionDetails"].as_array().expect("rows");
    let world = bench.engine.world();
    let facts: Vec<Told> = bench.facts.iter().map(|fact| told(world, fact)).collect();
    let of = |kind: &str| -> Vec<&Told> {
        let facts = facts.iter();
        facts.filter(|told| told.r#type == kind).collect()
    };
    let mut ended = 0;
    for told in [of("RuleStarted"), of("RuleEnded")].concat() {
        let row = rows
            .iter()
            .find(|row| row["ruleExecutionId"].as_str() == told.rule_execution_id.as_deref())
            .expect("it is listed");
        assert_eq!(row["ruleName"].as_str(), told.rule_name.as_deref());
        assert_eq!(row["stageName"].as_str(), told.stage_name.as_deref());
        assert_eq!(told.condition, Some("beforeEntry"));
        if told.r#type == "RuleEnded" {
            ended += 1;
            assert_eq!(row["status"].as_str(), told.status.as_deref());
        }
    }
    assert_eq!((rows.len(), ended), (3, 3));
    let [started] = of("ConditionStarted")[..] else {
        panic!("one condition began");
    };
    assert_eq!(
        (
            started.stage_name.as_deref(),
            started.condition,
            started.status.as_deref()
        ),
        (Some("Build"), Some("beforeEntry"), Some("InProgress"))
    );
    let [failed, overridden] = of("ConditionEnded")[..] else {
        panic!("it failed and was overridden");
    };
    let reason = failed.reason.as_ref().expect("a reason");
    assert_eq!(failed.status.as_deref(), Some("Failed"));
    assert_eq!(
        (reason.rule, reason.rule_name.as_deref()),
        ("CO-6", Some("Quiet"))
    );
    assert_eq!(overridden.status.as_deref(), Some("Overridden"));
    assert_eq!(overridden.call.as_deref(), Some("OverrideStageCondition"));
    assert_eq!(
        of("ExecutionResumed")[0].stage_name.as_deref(),
        Some("Build")
    );
    let stage = of("StageEnded")[1];
    let reason = stage.reason.as_ref().expect("a reason");
    assert_eq!(
        (reason.rule, reason.condition),
        ("CO-14", Some("beforeEntry"))
    );
    let alarm = of("AlarmSet")[0];
    assert_eq!(
        (alarm.resource.as_deref(), alarm.status.as_deref()),
        (Some("errors"), Some("ALARM"))
    );
    assert_eq!(of("LambdaResultSet")[0].resource.as_deref(), Some("check"));
}
