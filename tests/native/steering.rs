//! Steering a world: what a behavior may say and reaches, what a stalled clock does, what a listener is told.

use codepipeline_simulator::{
    api::session::Session,
    engine::{
        behavior::Outcome,
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
