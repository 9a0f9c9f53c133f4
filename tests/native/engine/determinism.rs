//! Same seed, same commands, same bytes; replay and restore lead to the same world.

use codepipeline_simulator::json as json_of;
use codepipeline_simulator::{
    api::controls::{DeliverWebhook, FailNext, PushRevision, action_type},
    engine::{
        Engine,
        behavior::Outcome,
        control::Control,
        fact::Fact,
        ids::PipelineId,
        worker::{Silence, WorkerSettings},
        world::Options,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::bench::{Bench, action, approval, build, custom_type, pipeline, source, stage};

const RIG: &str = "Test/Custom/Rig";

/// What somebody does.
#[derive(Clone, Debug)]
pub enum Step {
    Start,
    Wait(i64),
    Idle,
    Approve(bool),
    Update(usize),
    Outcome(u8, bool),
    Refused,
    Delete,
    Stop(usize, bool),
    Retry(usize, bool),
    Gate(u8, bool),
    Push,
    EventRule(Option<bool>),
    Schedule(bool),
    Account(u8),
    /// A worker outside polls, and acknowledges and reports what it gets: success, that it goes on, failure; or not.
    Work(u8),
    /// A worker of the simulator is attached, silent or not, or detached.
    Worker(u8),
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => Just(Step::Start),
        5 => (1..90_i64).prop_map(|minutes| Step::Wait(minutes * 60_000)),
        1 => Just(Step::Idle),
        3 => any::<bool>().prop_map(Step::Approve),
        1 => (0..7_usize).prop_map(Step::Update),
        3 => (0..4_u8, any::<bool>()).prop_map(|(action, fail)| Step::Outcome(action, fail)),
        1 => Just(Step::Refused),
        1 => Just(Step::Delete),
        2 => (0..4_usize, any::<bool>()).prop_map(|(back, abandon)| Step::Stop(back, abandon)),
        3 => (0..4_usize, any::<bool>()).prop_map(|(back, all)| Step::Retry(back, all)),
        2 => (0..3_u8, any::<bool>()).prop_map(|(stage, close)| Step::Gate(stage, close)),
        2 => Just(Step::Push),
        1 => any::<Option<bool>>().prop_map(Step::EventRule),
        1 => any::<bool>().prop_map(Step::Schedule),
        2 => (0..5_u8).prop_map(Step::Account),
        4 => (0..5_u8).prop_map(Step::Work),
        1 => (0..4_u8).prop_map(Step::Worker),
    ]
}

/// With an action that waits for a worker.
fn declaration(mode: &str) -> Value {
    let mut declaration = by_itself(mode);
    let actions = declaration["stages"][1]["actions"].as_array_mut();
    let actions = actions.expect("a stage has actions");
    actions.push(action("Test", RIG, 1, json!({})));
    declaration
}

fn by_itself(mode: &str) -> Value {
    let mut declaration = pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("A", 1), build("B", 1), build("C", 2)]),
            stage("Gate", &[approval("Approve", 1), build("D", 1)]),
        ],
    );
    declaration["executionMode"] = json!(mode);
    declaration
}

/// The open approvals of a pipeline.
fn tokens(bench: &mut Bench) -> Vec<Value> {
    let Ok(rows) = bench.call("ListActionExecutions", json!({ "pipelineName": "shop" })) else {
        return vec![];
    };
    rows["actionExecutionDetails"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| row["actionName"] == "Approve" && row["status"] == "InProgress")
        .map(|row| row["output"]["executionResult"]["externalExecutionId"].clone())
        .collect()
}

pub fn perform(bench: &mut Bench, mode: &str, steps: &[Step]) {
    custom_type(bench, "Test", "Rig");
    worker(bench, 1);
    bench.create(&declaration(mode));
    for step in steps {
        match step {
            Step::Start => {
                let _ = bench.call("StartPipelineExecution", json!({ "name": "shop" }));
            }
            Step::Wait(span) => bench.advance(*span),
            Step::Idle => bench.until_idle(),
            Step::Approve(yes) => {
                if let Some(token) = tokens(bench).first() {
                    let status = if *yes { "Approved" } else { "Rejected" };
                    bench.ok(
                        "PutApprovalResult",
                        json!({
                            "pipelineName": "shop", "stageName": "Gate", "actionName": "Approve", "token": token,
                            "result": { "status": status, "summary": "" },
                        }),
                    );
                }
            }
            Step::Update(kind) => {
                // Mostly the same mode again; otherwise another one, a stage under another name, or a source that polls.
                let modes = ["SUPERSEDED", "QUEUED", "PARALLEL"];
                let mut changed = declaration(modes.get(*kind).copied().unwrap_or(mode));
                if *kind == 5 {
                    changed["stages"][1]["name"] = json!("Construction");
                }
                if *kind == 6 {
                    let source = &mut changed["stages"][0]["actions"][0];
                    source["configuration"]["PollForSourceChanges"] = json!("true");
                }
                let _ = bench.call("UpdatePipeline", json!({ "pipeline": changed }));
            }
            Step::Outcome(action, fail) => {
                let (stage, action) = [
                    ("Build", "A"),
                    ("Build", "B"),
                    ("Build", "C"),
                    ("Gate", "D"),
                ][usize::from(*action)];
                let outcome = if *fail {
                    Outcome::Flaky { probability: 0.5 }
                } else {
                    Outcome::Hold
                };
                bench.set("shop", stage, action, Some(outcome), None);
            }
            Step::Refused => {
                bench.refused("StartPipelineExecution", json!({ "name": "nope" }));
                bench.refused("CreatePipeline", json!({ "pipeline": { "name": "x" } }));
            }
            Step::Stop(back, abandon) => {
                if let Some(id) = newest(bench, *back) {
                    let input = json!({ "pipelineName": "shop", "pipelineExecutionId": id, "abandon": abandon });
                    let _ = bench.call("StopPipelineExecution", input);
                }
            }
            Step::Retry(back, all) => {
                if let Some(id) = newest(bench, *back) {
                    let mode = if *all {
                        "ALL_ACTIONS"
                    } else {
                        "FAILED_ACTIONS"
                    };
                    for stage in ["Source", "Build", "Gate"] {
                        let input = json!({
                            "pipelineName": "shop", "stageName": stage, "pipelineExecutionId": id, "retryMode": mode,
                        });
                        let _ = bench.call("RetryStageExecution", input);
                    }
                }
            }
            Step::Gate(stage, close) => {
                let stage = ["Source", "Build", "Gate"][usize::from(*stage)];
                let mut input = json!({ "pipelineName": "shop", "stageName": stage, "transitionType": "Inbound" });
                if *close {
                    input["reason"] = json!("closed");
                    let _ = bench.call("DisableStageTransition", input);
                } else {
                    let _ = bench.call("EnableStageTransition", input);
                }
            }
            Step::Push => {
                let change = json!({ "provider": "CodeCommit", "repository": "shop" });
                let push: PushRevision = json_of::from_value(change).expect("a change");
                let change = push.source_change().expect("a sound change");
                bench.control(Control::PushRevision(Box::new(change)));
            }
            Step::EventRule(enabled) => {
                let pipeline = latest(bench);
                let enabled = *enabled;
                bench.control(Control::SetEventRule { pipeline, enabled });
            }
            Step::Schedule(set) => {
                let pipeline = latest(bench);
                bench.control(Control::SetSchedule {
                    pipeline,
                    expression: set.then(|| "rate(50 minutes)".to_owned()),
                    variables: vec![],
                    overrides: vec![],
                });
            }
            Step::Account(what) => account(bench, *what),
            Step::Work(how) => work(bench, *how),
            Step::Worker(how) => worker(bench, *how),
            Step::Delete => {
                bench.ok("DeletePipeline", json!({ "name": "shop" }));
                bench.create(&declaration(mode));
            }
        }
    }
}

/// A webhook that is put, called or deleted, a tag, a call that is made to fail.
fn account(bench: &mut Bench, what: u8) {
    match what {
        0 => {
            bench.ok(
                "PutWebhook",
                json!({ "webhook": {
                    "name": "any", "targetPipeline": "shop", "targetAction": "Checkout", "filters": [],
                    "authentication": "UNAUTHENTICATED", "authenticationConfiguration": {},
                } }),
            );
        }
        1 => {
            let call = json!({ "webhookName": "any", "body": { "after": "c0ffee", "ref": "refs/heads/main" } });
            let call: DeliverWebhook = json_of::from_value(call).expect("a call");
            let now = bench.now();
            let call = call.control().expect("a sound call");
            let delivered = bench.engine.control(call, now);
            assert_eq!(delivered.is_ok(), bench.engine.world().webhooks.len() == 1);
            bench.keep();
        }
        2 => {
            bench.ok("DeleteWebhook", json!({ "name": "any" }));
        }
        3 => {
            let value = format!("{}", bench.facts.len());
            let arn = "arn:aws:codepipeline:us-east-1:123456789012:shop";
            let tags = json!([{ "key": "seen", "value": value }]);
            bench.ok("TagResource", json!({ "resourceArn": arn, "tags": tags }));
        }
        _ => {
            let failure = json!({ "operation": "ListWebhooks", "code": "ThrottlingException" });
            let failure: FailNext = json_of::from_value(failure).expect("a failure");
            bench.control(failure.control().expect("a sound failure"));
            let error = bench.call("ListWebhooks", json!({}));
            assert!(error.is_err());
        }
    }
}

/// A worker outside takes a job, if there is one.
fn work(bench: &mut Bench, how: u8) {
    let kind = json!({ "category": "Test", "owner": "Custom", "provider": "Rig", "version": "1" });
    let answer = bench.ok(
        "PollForJobs",
        json!({ "actionTypeId": kind, "maxBatchSize": 1 }),
    );
    let job = &answer["jobs"][0];
    if how == 0 || job.is_null() {
        return;
    }
    let id = &job["id"];
    let acknowledge = json!({ "jobId": id, "nonce": job["nonce"] });
    let answer = bench.ok("AcknowledgeJob", acknowledge);
    assert_eq!(answer["status"], "InProgress");
    match how {
        1 => {}
        2 => {
            bench.ok("PutJobSuccessResult", json!({ "jobId": id }));
        }
        3 => {
            let input = json!({ "jobId": id, "continuationToken": "more" });
            bench.ok("PutJobSuccessResult", input);
        }
        _ => {
            let failure = json!({ "type": "JobFailed", "message": "it broke" });
            let input = json!({ "jobId": id, "failureDetails": failure });
            bench.ok("PutJobFailureResult", input);
        }
    }
}

/// Attaches a worker of the simulator, or detaches it.
fn worker(bench: &mut Bench, how: u8) {
    let action_type = action_type(RIG).expect("a type");
    let settings = WorkerSettings {
        silence: (how == 2).then_some(Silence::Acknowledge),
        continuations: u32::from(how == 3),
        jobs_at_once: Some(2),
        ..WorkerSettings::default()
    };
    bench.control(if how == 0 {
        Control::DetachWorker { action_type }
    } else {
        Control::AttachWorker {
            action_type,
            settings,
        }
    });
}

/// The id of the pipeline, which changes when it is deleted and created anew.
fn latest(bench: &Bench) -> PipelineId {
    let pipeline = bench.engine.world().pipeline_named("shop");
    pipeline.expect("the pipeline exists").id
}

/// One of the newest executions.
fn newest(bench: &mut Bench, back: usize) -> Option<Value> {
    let rows = bench.ok("ListPipelineExecutions", json!({ "pipelineName": "shop" }));
    let rows = rows["pipelineExecutionSummaries"].as_array().expect("rows");
    rows.get(back).map(|row| row["pipelineExecutionId"].clone())
}

fn journal(facts: &[Fact]) -> String {
    json_of::to_text(&facts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Invariants are checked after every fact in debug builds.
    #[test]
    fn a_world_is_what_its_journal_says(
        mode in prop_oneof![Just("SUPERSEDED"), Just("QUEUED"), Just("PARALLEL")],
        steps in prop::collection::vec(step(), 1..60),
        cut in 0..60_usize,
    ) {
        let mut bench = Bench::new();
        perform(&mut bench, mode, &steps);

        let mut twin = Bench::new();
        perform(&mut twin, mode, &steps);
        prop_assert_eq!(journal(&bench.facts), journal(&twin.facts), "same seed, same commands");

        let text = journal(&bench.facts);
        let read: Vec<Fact> = json_of::from_text(&text).expect("a journal reads back");
        prop_assert_eq!(&read, &bench.facts);
        let mut replayed = Engine::new(Options::default());
        replayed.replay(&read).expect("facts fit");
        replayed.set_clock(bench.now());
        prop_assert_eq!(replayed.snapshot(), bench.engine.snapshot(), "replay(journal) == world");

        // Snapshot, restore and continue equals continue.
        let cut = cut.min(steps.len());
        let mut first = Bench::new();
        perform(&mut first, mode, &steps[..cut]);
        let stored = first.engine.take_segments().sealed.into_iter().collect();
        let mut restored = Engine::restore(&first.engine.snapshot()).expect("it opens");
        prop_assert!(restored.history_mut().supply(&stored).is_empty());
        let until = first.now().after(3 * 86_400_000);
        first.engine.advance(until);
        restored.advance(until);
        prop_assert_eq!(journal(&restored.take_facts()), journal(&first.engine.take_facts()));
        prop_assert_eq!(restored.snapshot(), first.engine.snapshot());
    }
}

#[test]
fn another_seed_gives_another_world() {
    let facts = |seed| {
        let mut engine = Engine::new(Options {
            seed,
            ..Options::default()
        });
        let now = engine.world().now;
        engine
            .execute(
                "CreatePipeline",
                json!({ "pipeline": by_itself("SUPERSEDED") }),
                now,
            )
            .expect("created");
        engine.advance(now.after(3_600_000));
        journal(&engine.take_facts())
    };
    assert_eq!(facts(1), facts(1));
    assert_ne!(facts(1), facts(2));
}

#[test]
fn slices_of_any_size_lead_to_the_same_world() {
    let run = |most| {
        let mut bench = Bench::new();
        bench.create(&by_itself("QUEUED"));
        for _ in 0..20 {
            bench.start("shop");
        }
        let to = bench.now().after(86_400_000);
        while bench.engine.advance_some(to, most) == codepipeline_simulator::engine::Progress::More
        {
        }
        bench.keep();
        (journal(&bench.facts), bench.engine.snapshot())
    };
    assert_eq!(run(1), run(usize::MAX));
    assert_eq!(run(7), run(usize::MAX));
}
