//! "Why is it there?" has an answer for every execution at every time, and it is the right one.

use codepipeline_simulator::{
    api::explain::{Question, waiting},
    engine::{
        behavior::Outcome,
        explain::{
            Cause, End, Explanation, Left, Refusal, Risk, Situation, Standing, Work, explain,
        },
        ids::{ExecutionId, PipelineId},
        rules::start::MOST_CONCURRENT,
        time::{DAY, HOUR, MINUTE},
        world::execution::DeadlineKind,
    },
    model::FailureType,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    bench::{Bench, action, approval, build, pipeline, source, stage, three_stages},
    engine::determinism::{perform, step},
};

fn why(bench: &Bench, number: u32) -> Explanation {
    let id = ExecutionId {
        pipeline: PipelineId(0),
        number,
    };
    explain(bench.engine.world(), id).expect("the execution exists")
}

fn stay(explanation: &Explanation) -> &codepipeline_simulator::engine::explain::Stay {
    match &explanation.situation {
        Situation::Inside(stay) => stay,
        other => panic!("it is inside a stage, not {other:?}"),
    }
}

/// Source one minute, Build one minute, Deploy sixty.
fn contended(mode: &str) -> Bench {
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["executionMode"] = json!(mode);
    for (stage, action, minutes) in [
        ("Source", "Checkout", 1),
        ("Build", "Compile", 1),
        ("Deploy", "Ship", 60),
    ] {
        bench.takes("shop", stage, action, minutes);
    }
    bench.create(&declaration);
    bench
}

fn with_approval(others: &[Value]) -> Bench {
    let mut bench = Bench::new();
    let mut actions = vec![approval("Approve", 1)];
    actions.extend_from_slice(others);
    bench.takes("shop", "Source", "Checkout", 1);
    bench.create(&pipeline(
        "shop",
        &[stage("Source", &[source()]), stage("Deploy", &actions)],
    ));
    bench
}

#[test]
fn there_is_no_answer_only_where_there_is_no_execution() {
    let bench = contended("SUPERSEDED");
    let world = bench.engine.world();
    for (pipeline, number) in [(0, 0), (0, 2), (1, 1)] {
        assert_eq!(
            explain(
                world,
                ExecutionId {
                    pipeline: PipelineId(pipeline),
                    number
                }
            ),
            None
        );
    }
}

#[test]
fn st_2_who_runs_is_told_with_its_actions_and_until_when() {
    let bench = contended("SUPERSEDED");
    let now = bench.now();
    let explanation = why(&bench, 1);
    let stay = stay(&explanation);
    assert_eq!(
        (stay.stage, stay.entered, &stay.standing),
        (0, now, &Standing::Working)
    );
    assert_eq!((explanation.rule, explanation.since), ("ST-2", now));
    let action = stay.under_way[0];
    assert_eq!(
        (action.ordinal, action.action, action.work),
        (0, 0, Work::Running)
    );
    assert_eq!(action.completion(), Some(now.after(MINUTE)));
    assert_eq!(action.timeout(), None);
    assert_eq!(
        explanation.ends,
        [End::Deadline {
            execution: 1,
            ordinal: 0,
            deadline: action.until.expect("a deadline")
        }]
    );
    assert_eq!(explanation.risks, [Risk::Update]);
}

#[test]
fn lc_12_a_behavior_that_will_fail_an_action_is_a_risk() {
    let mut bench = contended("SUPERSEDED");
    bench.outcome(
        "shop",
        "Source",
        "Checkout",
        Outcome::Fail {
            code: FailureType::JobFailed,
            message: None,
        },
    );
    assert_eq!(
        why(&bench, 1).risks,
        [
            Risk::Fails {
                ordinal: 0,
                probability: 1.0
            },
            Risk::Update
        ]
    );
    bench.outcome(
        "shop",
        "Source",
        "Checkout",
        Outcome::Flaky { probability: 0.25 },
    );
    assert_eq!(
        why(&bench, 1).risks,
        [
            Risk::Fails {
                ordinal: 0,
                probability: 0.25
            },
            Risk::Update
        ]
    );
}

#[test]
fn ap_7_a_pending_approval_says_who_ends_it_and_when_it_expires() {
    let mut bench = with_approval(&[build("LoadTest", 1)]);
    bench.takes("shop", "Deploy", "LoadTest", 30);
    bench.advance(MINUTE);
    let asked = bench.now();
    let explanation = why(&bench, 1);
    assert_eq!((explanation.rule, explanation.since), ("AP-7", asked));
    let Standing::Approval(approval) = &stay(&explanation).standing else {
        panic!("{explanation:?}")
    };
    assert_eq!(approval.timeout(), Some(asked.after(7 * DAY)));
    assert_eq!(
        stay(&explanation).under_way.len(),
        2,
        "and the load test runs beside it"
    );
    assert_eq!(
        explanation.ends[0],
        End::Answer {
            execution: 1,
            ordinal: approval.ordinal
        }
    );
    assert!(explanation.risks.contains(&Risk::TimesOut {
        ordinal: approval.ordinal,
        at: asked.after(7 * DAY)
    }));
}

#[test]
fn to_1_held_and_hanging_actions_wait_for_a_decision_or_for_their_timeout() {
    let mut bench = contended("SUPERSEDED");
    bench.outcome("shop", "Source", "Checkout", Outcome::Hold);
    let explanation = why(&bench, 1);
    let Standing::Held(held) = &stay(&explanation).standing else {
        panic!("{explanation:?}")
    };
    let deadline = held.until.expect("its own timeout");
    assert_eq!(
        (deadline.kind, deadline.at),
        (DeadlineKind::Timeout, bench.now().after(HOUR))
    );
    assert_eq!(
        explanation.ends[0],
        End::Decision {
            execution: 1,
            ordinal: 0
        }
    );
    assert_eq!(explanation.rule, "TO-1");

    bench.outcome("shop", "Source", "Checkout", Outcome::Hang);
    let explanation = why(&bench, 1);
    assert!(
        matches!(stay(&explanation).standing, Standing::Hanging(_)),
        "{explanation:?}"
    );
    assert_eq!(
        explanation.ends,
        [End::Deadline {
            execution: 1,
            ordinal: 0,
            deadline
        }],
        "nobody can end it"
    );
}

#[test]
fn j_5_a_custom_action_waits_for_a_worker() {
    let mut bench = Bench::new();
    bench.ok(
        "CreateCustomActionType",
        json!({
            "category": "Test", "provider": "BenchRig", "version": "1",
            "inputArtifactDetails": { "minimumCount": 0, "maximumCount": 1 },
            "outputArtifactDetails": { "minimumCount": 0, "maximumCount": 0 },
        }),
    );
    let bench_test = action("BenchTest", "Test/Custom/BenchRig", 1, json!({}));
    bench.create(&pipeline(
        "shop",
        &[stage("Source", &[source()]), stage("Test", &[bench_test])],
    ));
    bench.until_idle();
    let explanation = why(&bench, 1);
    let Standing::Worker(action) = &stay(&explanation).standing else {
        panic!("{explanation:?}")
    };
    assert_eq!(explanation.rule, "J-5");
    assert_eq!(action.timeout(), Some(action.started.after(DAY)), "J-42");
    assert_eq!(
        explanation.ends[0],
        End::Worker {
            execution: 1,
            ordinal: 1
        }
    );
    // Its job says how far the work is, and what a worker does next.
    let next = |bench: &Bench, rule: &str, call: &str, status: &str| {
        assert_eq!(why(bench, 1).rule, rule);
        let told = waiting(bench.engine.world());
        assert_eq!(told[0].why.doing, Some("Worker"));
        let end = &told[0].why.ends[0];
        assert_eq!(end.call, Some(call));
        assert_eq!(end.job_status.as_deref(), Some(status));
        end.job_id.clone().expect("there is a job")
    };
    next(&bench, "J-5", "PollForJobs", "Queued");
    let kind =
        json!({ "category": "Test", "owner": "Custom", "provider": "BenchRig", "version": "1" });
    bench.ok("PollForJobs", json!({ "actionTypeId": kind }));
    let id = next(&bench, "J-13", "AcknowledgeJob", "Dispatched");
    bench.ok("AcknowledgeJob", json!({ "jobId": id, "nonce": "1" }));
    next(&bench, "J-17", "PutJobSuccessResult", "InProgress");
    let input = json!({ "jobId": id, "continuationToken": "more" });
    bench.ok("PutJobSuccessResult", input);
    assert_ne!(next(&bench, "J-31", "PollForJobs", "Created"), id);
}

#[test]
fn ap_10_st_3_beside_a_failed_action_the_stage_goes_on() {
    let mut bench = with_approval(&[build("LoadTest", 1)]);
    bench.outcome(
        "shop",
        "Deploy",
        "LoadTest",
        Outcome::Fail {
            code: FailureType::JobFailed,
            message: None,
        },
    );
    bench.advance(2 * MINUTE);
    let explanation = why(&bench, 1);
    let Standing::Failing(failure) = &stay(&explanation).standing else {
        panic!("{explanation:?}")
    };
    assert_eq!(
        (failure.action, failure.code, failure.at),
        (1, Some(FailureType::JobFailed), bench.now())
    );
    assert_eq!(explanation.rule, "AP-10");
    assert_eq!(explanation.risks[0], Risk::FailsAtTheEnd);
    assert!(
        explanation
            .ends
            .iter()
            .any(|end| matches!(end, End::Answer { .. }))
    );

    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("A", 1), build("B", 1)]),
        ],
    ));
    bench.outcome(
        "shop",
        "Build",
        "A",
        Outcome::Fail {
            code: FailureType::JobFailed,
            message: None,
        },
    );
    bench.takes("shop", "Source", "Checkout", 1);
    bench.takes("shop", "Build", "B", 30);
    while !bench
        .story()
        .iter()
        .any(|line| line == "1 action #1 Failed")
    {
        bench.advance(MINUTE);
    }
    assert_eq!(why(&bench, 1).rule, "ST-3");
}

#[test]
fn su_2_mo_4_the_lock_says_who_holds_it_and_what_that_one_is_doing() {
    let mut bench = contended("SUPERSEDED");
    bench.advance(3 * MINUTE);
    bench.start("shop");
    bench.advance(2 * MINUTE);
    let arrived = bench.now();
    bench.advance(MINUTE);
    let explanation = why(&bench, 2);
    let Situation::Lock { stage, holder } = &explanation.situation else {
        panic!("{explanation:?}")
    };
    assert_eq!(
        (*stage, holder.execution, &holder.standing),
        (2, 1, &Standing::Working)
    );
    assert_eq!((explanation.rule, explanation.since), ("MO-4", arrived));
    assert_eq!(
        explanation.ends[0],
        End::Leaves {
            execution: 1,
            stage: 2
        }
    );
    let Some(End::Deadline {
        execution: 1,
        deadline,
        ..
    }) = explanation.ends.get(1)
    else {
        panic!("{explanation:?}")
    };
    assert_eq!(deadline.kind, DeadlineKind::Completion);
    assert_eq!(
        explanation.risks,
        [Risk::Superseded { stage: 2 }, Risk::Update]
    );

    let mut bench = with_approval(&[]);
    bench.advance(2 * MINUTE);
    bench.start("shop");
    bench.advance(2 * MINUTE);
    let explanation = why(&bench, 2);
    let Situation::Lock { holder, .. } = &explanation.situation else {
        panic!("{explanation:?}")
    };
    assert!(matches!(holder.standing, Standing::Approval(_)));
    assert_eq!(explanation.rule, "SU-2");
    assert!(
        explanation.ends.contains(&End::Answer {
            execution: 1,
            ordinal: 1
        }),
        "a person ends it"
    );
}

#[test]
fn tr_3_tr_8_a_closed_gate_holds_with_and_without_a_lock_behind_it() {
    let mut bench = contended("SUPERSEDED");
    let closed = bench.now();
    bench.close(0, 2, "Load test - hold deploys");
    bench.advance(3 * MINUTE);
    let explanation = why(&bench, 1);
    let Situation::Gate { stage: 2, gate } = &explanation.situation else {
        panic!("{explanation:?}")
    };
    assert_eq!(
        (&*gate.reason, gate.since),
        ("Load test - hold deploys", Some(closed))
    );
    assert_eq!(
        (explanation.rule, &explanation.ends[..]),
        ("TR-3", &[End::GateOpens { stage: 2 }][..])
    );

    let mut bench = contended("SUPERSEDED");
    bench.advance(3 * MINUTE);
    bench.close(0, 2, "wait");
    bench.start("shop");
    bench.advance(3 * MINUTE);
    let explanation = why(&bench, 2);
    let Situation::GateAndLock { holder, .. } = &explanation.situation else {
        panic!("{explanation:?}")
    };
    assert_eq!((holder.execution, explanation.rule), (1, "TR-8"));
    assert_eq!(
        explanation.ends[..2],
        [
            End::GateOpens { stage: 2 },
            End::Leaves {
                execution: 1,
                stage: 2
            }
        ]
    );
}

#[test]
fn qu_1_who_stands_in_line_is_told_who_is_ahead() {
    let mut bench = contended("QUEUED");
    for _ in 0..3 {
        bench.start("shop");
    }
    bench.advance(10 * MINUTE);
    assert!(
        matches!(why(&bench, 2).situation, Situation::Lock { .. }),
        "the head waits for the lock alone"
    );
    let explanation = why(&bench, 4);
    let Situation::InLine {
        stage,
        ahead,
        gate,
        holder,
    } = &explanation.situation
    else {
        panic!("{explanation:?}")
    };
    assert_eq!((*stage, ahead.as_slice(), gate), (2, &[2, 3][..], &None));
    assert_eq!(holder.as_ref().map(|holder| holder.execution), Some(1));
    assert_eq!(
        (explanation.rule, &explanation.risks[..]),
        ("QU-1", &[Risk::Update][..]),
        "nobody supersedes it"
    );
}

#[test]
fn pa_3_the_sixth_action_of_a_parallel_execution_has_not_started() {
    let mut bench = Bench::new();
    let names = ["A", "B", "C", "D", "E", "F", "G"];
    let actions: Vec<Value> = names.iter().map(|name| build(name, 1)).collect();
    let mut declaration = pipeline(
        "shop",
        &[stage("Source", &[source()]), stage("Build", &actions)],
    );
    declaration["executionMode"] = json!("PARALLEL");
    bench.takes("shop", "Source", "Checkout", 1);
    bench.create(&declaration);
    bench.advance(MINUTE);
    let explanation = why(&bench, 1);
    assert_eq!(
        stay(&explanation).standing,
        Standing::Limit {
            waiting: vec![5, 6]
        }
    );
    assert_eq!(
        (explanation.rule, &explanation.risks[..]),
        ("PA-3", &[][..]),
        "PA-9: no update touches it"
    );
    bench.until_idle();
    assert_eq!(why(&bench, 1).situation, Situation::Succeeded);
}

#[test]
fn up_3_an_update_cancels_who_waits_at_once_and_who_works_when_it_is_done() {
    let mut bench = contended("SUPERSEDED");
    bench.advance(3 * MINUTE);
    bench.start("shop");
    bench.advance(3 * MINUTE);
    let (saved, waited) = (bench.now(), why(&bench, 2).since);
    bench.ok(
        "UpdatePipeline",
        json!({ "pipeline": three_stages("shop") }),
    );
    let explanation = why(&bench, 1);
    assert_eq!(
        stay(&explanation).standing,
        Standing::Cancelling { version: 2, saved }
    );
    assert_eq!((explanation.rule, explanation.since), ("UP-3", saved));
    let explanation = why(&bench, 2);
    let left = Left::InFrontOf {
        stage: 2,
        since: waited,
    };
    assert_eq!(
        explanation.situation,
        Situation::Cancelled { version: 2, left }
    );

    // UP-4: a new execution waits for the one that is being cancelled.
    bench.start("shop");
    bench.advance(MINUTE);
    bench.until_idle();
    let explanation = why(&bench, 1);
    assert_eq!(
        explanation.situation,
        Situation::Cancelled {
            version: 2,
            left: Left::Inside { stage: 2 }
        }
    );
    assert_eq!(explanation.rule, "UP-3");
}

#[test]
fn su_1_who_was_superseded_is_told_by_whom_and_where() {
    let mut bench = contended("SUPERSEDED");
    bench.advance(3 * MINUTE);
    bench.start("shop");
    bench.advance(3 * MINUTE);
    let waited = why(&bench, 2).since;
    bench.start("shop");
    bench.advance(3 * MINUTE);
    let explanation = why(&bench, 2);
    assert_eq!(
        explanation.situation,
        Situation::Superseded {
            by: 3,
            boundary: Some((2, waited))
        }
    );
    assert_eq!(
        (
            explanation.rule,
            explanation.ends.len(),
            explanation.risks.len()
        ),
        ("SU-1", 0, 0)
    );
}

#[test]
fn lc_12_su_6_who_failed_is_told_by_which_action_and_whether_somebody_followed() {
    let mut bench = contended("SUPERSEDED");
    let fails = Outcome::Fail {
        code: FailureType::ConfigurationError,
        message: Some("no such project".into()),
    };
    bench.outcome("shop", "Build", "Compile", fails);
    bench.advance(2 * MINUTE);
    let at = bench.now();
    let explanation = why(&bench, 1);
    let Situation::Failed {
        stage: 1,
        failure: Some(Cause::Action(failure)),
        rolled_back_by: None,
        followed_by: None,
    } = &explanation.situation
    else {
        panic!("{explanation:?}")
    };
    assert_eq!(
        (failure.action, failure.code),
        (0, Some(FailureType::ConfigurationError))
    );
    assert_eq!(failure.message, "no such project");
    assert_eq!((explanation.rule, explanation.since), ("LC-12", at));
    assert_eq!(explanation.risks, [Risk::NoRetry { stage: 1 }]);

    bench.start("shop");
    bench.advance(2 * MINUTE);
    let explanation = why(&bench, 1);
    assert!(
        matches!(
            explanation.situation,
            Situation::Failed {
                followed_by: Some(2),
                ..
            }
        ),
        "{explanation:?}"
    );
    assert!(explanation.risks.is_empty(), "it has already happened");
}

#[test]
fn qu_8_va_7_a_refused_start_says_what_refused_it() {
    // Creating a pipeline starts it, and nobody waits for that call's execution: what refuses it is recorded.
    let mut bench = Bench::new();
    let mut declaration = three_stages("shop");
    declaration["variables"] = json!([{ "name": "Level" }]);
    bench.create(&declaration);
    let explanation = why(&bench, 1);
    assert_eq!(
        explanation.situation,
        Situation::Refused(Refusal::VariableMissing {
            name: "Level".into()
        })
    );
    assert_eq!((explanation.rule, explanation.since), ("VA-7", bench.now()));

    // QU-8 needs an event while the limit is reached: the records of one, as a world file holds them.
    let mut bench = contended("QUEUED");
    for _ in 1..MOST_CONCURRENT {
        bench.start("shop");
    }
    let mut world: Value = serde_json::from_str(&bench.engine.snapshot()).expect("a snapshot");
    let refused = world["pipelines"][0]["executions"]
        .as_array_mut()
        .and_then(|list| list.last_mut())
        .expect("one");
    refused["t"] = json!("Failed");
    refused["p"] = json!({ "e": {} });
    refused["e"] = json!("TooManyExecutions");
    let stages = world["pipelines"][0]["stages"]
        .as_array_mut()
        .expect("stages");
    stages[0]["waiting"].as_array_mut().expect("a queue").pop();
    bench.engine =
        codepipeline_simulator::engine::Engine::restore(&world.to_string()).expect("it opens");
    let explanation = why(&bench, MOST_CONCURRENT);
    assert_eq!(
        explanation.situation,
        Situation::Refused(Refusal::TooManyExecutions)
    );
    assert_eq!(explanation.rule, "QU-8");
}

#[test]
fn lc_2_the_past_answers_as_well_as_the_present() {
    let mut bench = contended("SUPERSEDED");
    bench.takes("shop", "Deploy", "Ship", 1);
    for _ in 0..150 {
        bench.until_idle();
        bench.start("shop");
    }
    bench.until_idle();
    let world = bench.engine.world();
    assert!(
        !world.pipeline(PipelineId(0)).executions.contains_key(&1),
        "the first one is history"
    );
    let explanation = why(&bench, 1);
    assert_eq!(
        (explanation.situation, explanation.rule),
        (Situation::Succeeded, "LC-2")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_execution_of_any_world_has_an_answer(
        mode in prop_oneof![Just("SUPERSEDED"), Just("QUEUED"), Just("PARALLEL")],
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut bench = Bench::new();
        perform(&mut bench, mode, &steps);
        let world = bench.engine.world();
        for pipeline in world.pipelines.values() {
            for number in 1..=pipeline.started {
                let explanation = explain(world, ExecutionId { pipeline: pipeline.id, number }).expect("an answer");
                prop_assert!(explanation.since <= world.now);
                let execution = pipeline.execution(number).expect("it exists");
                // At rest nobody is merely passing, every ending has its reason, and whoever lives can go on.
                prop_assert!(
                    !matches!(explanation.situation, Situation::Passing { .. } | Situation::Unrecorded { .. }),
                    "{:?}", explanation
                );
                prop_assert_eq!(execution.active(), !explanation.ends.is_empty(), "{:?}", explanation);
                let question = Question {
                    pipeline_name: pipeline.name().to_owned(),
                    pipeline_execution_id: world.key().execution(explanation.execution),
                };
                let told = question.answer(world).expect("an answer");
                prop_assert!(!told.sentence.is_empty(), "{} is not in the list of rules", told.rule);
                prop_assert_eq!(told.ends.len(), explanation.ends.len());
                prop_assert!(execution.active() || told.situation == "Succeeded" || !told.causes.is_empty(), "{:?}", told);
            }
        }
    }
}
