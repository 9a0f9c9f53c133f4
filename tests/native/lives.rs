//! Every transition table, completely: each pair of statuses that may follow one another does so in a world that is
//! driven here, and each other pair is refused where a fact from outside would bring it about.

mod jobs;

use std::collections::{BTreeMap, BTreeSet};

use codepipeline_simulator::{
    engine::{
        Engine,
        behavior::Outcome,
        conditions::{AlarmState, LambdaResult},
        declaration::ConditionPlace,
        fact::{Event, Fact, Start},
        ids::ExecutionId,
        reason::Reason,
        world::{
            Options, World,
            execution::{Deadline, DeadlineKind, Execution, Trigger},
            life::{Life, may_become},
        },
    },
    model::{
        ActionExecutionStatus, ConditionExecutionStatus, FailureType, JobStatus,
        PipelineExecutionStatus, RetryTrigger, RuleExecutionStatus, StageExecutionStatus,
        TriggerType,
    },
};
use serde_json::json;

use crate::bench::{Bench, build, three_stages};

const MINUTE: i64 = 60_000;

/// A pair of statuses as a line: the same for all kinds.
fn pair<S: Life>(from: Option<S>, to: S) -> String {
    match from {
        Some(from) => format!("{}: {from:?} -> {to:?}", S::OF),
        None => format!("{}: nothing -> {to:?}", S::OF),
    }
}

/// A moment of a world in which something has a certain status.
struct Moment {
    world: World,
    execution: ExecutionId,
    stage: u16,
    ordinal: u32,
}

impl Moment {
    fn of(world: &World, execution: ExecutionId) -> Self {
        let record = world.pipelines[&execution.pipeline]
            .executions
            .get(&execution.number);
        Self {
            world: world.clone(),
            execution,
            stage: record
                .and_then(|record| record.stages.last())
                .map_or(0, |run| run.stage),
            ordinal: record.map_or(0, |record| record.actions.len() as u32),
        }
    }

    /// What the world says to a fact that nobody recorded.
    fn refusal(&self, event: Event) -> Option<String> {
        let fact = Fact {
            sequence: self.world.sequence + 1,
            at: self.world.now,
            cause: codepipeline_simulator::engine::fact::Cause::Time,
            event,
        };
        self.world.fits(&fact).err()
    }
}

/// What the drives came to.
#[derive(Default)]
struct Seen {
    pairs: BTreeSet<String>,
    /// By kind and status, as the first half of [`pair`].
    moments: BTreeMap<String, Moment>,
}

impl Seen {
    /// Follows a journal fact by fact and compares each world with the one before.
    fn follow(&mut self, facts: &[Fact]) {
        let mut engine = Engine::new(Options::default());
        for fact in facts {
            let before = fact
                .event
                .execution()
                .and_then(|id| live(engine.world(), id).cloned());
            engine
                .replay(std::slice::from_ref(fact))
                .expect("it was recorded");
            let Some(id) = fact.event.execution() else {
                continue;
            };
            let Some(after) = live(engine.world(), id) else {
                continue;
            };
            self.compare(before.as_ref(), after, &fact.event);
            self.keep(engine.world(), id, after);
        }
    }

    fn compare(&mut self, before: Option<&Execution>, after: &Execution, event: &Event) {
        let again = matches!(
            event,
            Event::ExecutionStopping { .. } | Event::StageRetried { .. }
        );
        let status = before.map(|execution| execution.status);
        self.step(status, after.status, again);
        for (index, run) in after.stages.iter().enumerate() {
            let status = before
                .and_then(|execution| execution.stages.get(index))
                .map(|run| run.status);
            let last = index + 1 == after.stages.len();
            let inside = before.is_some_and(|execution| execution.inside().is_some());
            let again = again && last && (inside || after.inside().is_some());
            self.step(status, run.status, again);
        }
        for (index, action) in after.actions.iter().enumerate() {
            let status = before
                .and_then(|execution| execution.actions.get(index))
                .map(|action| action.status);
            self.step(status, action.status, false);
        }
        for (index, run) in after.conditions.iter().enumerate() {
            let before = before.and_then(|execution| execution.conditions.get(index));
            self.step(before.map(|run| run.status), run.status, false);
        }
        for (index, job) in after.jobs.iter().enumerate() {
            let before = before.and_then(|execution| execution.jobs.get(index));
            self.step(before.map(|job| job.status), job.status, false);
        }
        for (index, run) in after.rules.iter().enumerate() {
            let before = before.and_then(|execution| execution.rules.get(index));
            self.step(before.map(|run| run.status), run.status, false);
        }
    }

    fn step<S: Life>(&mut self, from: Option<S>, to: S, again: bool) {
        if from != Some(to) || again {
            self.pairs.insert(pair(from, to));
        }
    }

    fn keep(&mut self, world: &World, id: ExecutionId, record: &Execution) {
        let mut keep = |of: &str, status: String, ordinal: Option<u32>| {
            self.moments
                .entry(format!("{of}: {status}"))
                .or_insert_with(|| {
                    let moment = Moment::of(world, id);
                    let ordinal = ordinal.unwrap_or(moment.ordinal);
                    Moment { ordinal, ..moment }
                });
        };
        keep(
            PipelineExecutionStatus::OF,
            format!("{:?}", record.status),
            None,
        );
        if let Some(run) = record.stages.last() {
            keep(StageExecutionStatus::OF, format!("{:?}", run.status), None);
        }
        for (ordinal, action) in record.numbered() {
            let status = format!("{:?}", action.status);
            keep(ActionExecutionStatus::OF, status, Some(ordinal));
        }
        for (index, run) in (0..).zip(&record.conditions) {
            let status = format!("{:?}", run.status);
            keep(ConditionExecutionStatus::OF, status, Some(index));
        }
        for (ordinal, job) in (0..).zip(&record.jobs) {
            let status = format!("{:?}", job.status);
            keep(JobStatus::OF, status, Some(ordinal));
        }
        for (ordinal, run) in (0..).zip(&record.rules) {
            let status = format!("{:?}", run.status);
            keep(RuleExecutionStatus::OF, status, Some(ordinal));
        }
    }
}

fn live(world: &World, id: ExecutionId) -> Option<&Execution> {
    world
        .pipelines
        .get(&id.pipeline)?
        .executions
        .get(&id.number)
        .map(Box::as_ref)
}

fn fail() -> Outcome {
    Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    }
}

/// Worlds in which, together, everything happens that may.
fn drives() -> Vec<Vec<Fact>> {
    let shop = || {
        let mut bench = Bench::new();
        bench.takes("shop", "Source", "Checkout", 1);
        bench.takes("shop", "Build", "Compile", 30);
        bench
    };
    let retry = |bench: &mut Bench, id: &str| {
        let input = json!({
            "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": id, "retryMode": "FAILED_ACTIONS",
        });
        bench.ok("RetryStageExecution", input);
    };
    let stop = |bench: &mut Bench, id: &str, abandon: bool| {
        let input =
            json!({ "pipelineName": "shop", "pipelineExecutionId": id, "abandon": abandon });
        bench.ok("StopPipelineExecution", input);
    };

    // It succeeds; a newer one supersedes another in front of the build; the update cancels who waits and who works.
    let mut line = shop();
    line.create(&three_stages("shop"));
    line.advance(2 * MINUTE);
    line.start("shop");
    line.advance(2 * MINUTE);
    line.start("shop");
    line.advance(2 * MINUTE);
    line.advance(40 * MINUTE);
    line.ok(
        "UpdatePipeline",
        json!({ "pipeline": three_stages("shop") }),
    );
    line.until_idle();

    // It fails and is retried; another is stopped, the stop becomes one that abandons, and it is retried as well; one
    // is stopped while it waits.
    let mut trouble = shop();
    trouble.set("shop", "Build", "Compile", Some(fail()), Some(MINUTE));
    trouble.create(&three_stages("shop"));
    trouble.until_idle();
    trouble.takes("shop", "Build", "Compile", 30);
    let first = trouble.executions("shop")[0].clone();
    retry(&mut trouble, &first);
    stop(&mut trouble, &first, false);
    stop(&mut trouble, &first, true);
    retry(&mut trouble, &first);
    let second = trouble.start("shop");
    trouble.advance(2 * MINUTE);
    stop(&mut trouble, &second, false);
    trouble.until_idle();

    // One of two actions fails and is retried while the other runs.
    let mut both = shop();
    let mut declaration = three_stages("shop");
    declaration["stages"][1]["actions"] = json!([build("Compile", 1), build("Lint", 1)]);
    both.set("shop", "Build", "Lint", Some(fail()), Some(MINUTE));
    both.create(&declaration);
    both.advance(3 * MINUTE);
    let only = both.executions("shop")[0].clone();
    retry(&mut both, &only);
    both.until_idle();

    let held = drives_through_conditions();
    let built = [line, trouble, both].map(|bench| bench.facts);
    built
        .into_iter()
        .chain(held)
        .chain(jobs::drives())
        .collect()
}

/// Worlds in which everything happens that may to conditions and their rules.
fn drives_through_conditions() -> Vec<Vec<Fact>> {
    let lambda = |function: &str| {
        json!({
            "name": function,
            "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": "LambdaInvoke", "version": "1" },
            "configuration": { "FunctionName": function },
        })
    };
    // The first rule answers after seconds, the second when somebody says so.
    let condition = |result: &str| {
        let alarm = json!({
            "name": "Quiet",
            "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": "CloudWatchAlarm", "version": "1" },
            "configuration": { "AlarmName": "errors", "WaitTime": "60" },
        });
        json!({ "conditions": [{ "result": result, "rules": [lambda("check"), alarm] }] })
    };
    let world = |result: &str, state: AlarmState| {
        let mut bench = Bench::new();
        bench.takes("shop", "Source", "Checkout", 1);
        bench.takes("shop", "Build", "Compile", 1);
        bench.alarm("errors", state);
        let mut declaration = three_stages("shop");
        declaration["stages"][1]["beforeEntry"] = condition(result);
        bench.create(&declaration);
        bench.advance(2 * MINUTE);
        let only = bench.executions("shop")[0].clone();
        (bench, declaration, only)
    };
    let overridden = |bench: &mut Bench, id: &str| {
        let input = json!({
            "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": id, "conditionType": "BEFORE_ENTRY",
        });
        bench.ok("OverrideStageCondition", input);
        bench.until_idle();
    };

    // The alarm clears; it does not, and the condition is overridden then; it is overridden while it is evaluated.
    let (mut passed, ..) = world("FAIL", AlarmState::Ok);
    passed.until_idle();
    let (mut failed, _, only) = world("FAIL", AlarmState::Alarm);
    failed.until_idle();
    overridden(&mut failed, &only);
    let (mut waved, _, only) = world("FAIL", AlarmState::Alarm);
    overridden(&mut waved, &only);

    // It is stopped; an update comes.
    let (mut stopped, _, only) = world("FAIL", AlarmState::Alarm);
    let input = json!({ "pipelineName": "shop", "pipelineExecutionId": only, "abandon": true });
    stopped.ok("StopPipelineExecution", input);
    let (mut updated, declaration, _) = world("FAIL", AlarmState::Alarm);
    updated.ok("UpdatePipeline", json!({ "pipeline": declaration }));

    // A rule cannot run; a stage is skipped.
    let mut unable = Bench::new();
    let mut declaration = three_stages("shop");
    let mut rule = lambda("check");
    rule["configuration"]["UserParameters"] = json!("#{Source.Nothing}");
    let told = json!({ "conditions": [{ "result": "FAIL", "rules": [rule] }] });
    declaration["stages"][1]["beforeEntry"] = told;
    unable.create(&declaration);
    unable.until_idle();
    let only = unable.executions("shop")[0].clone();
    overridden(&mut unable, &only);
    let mut skipped = Bench::new();
    let mut declaration = three_stages("shop");
    let told = json!({ "conditions": [{ "result": "SKIP", "rules": [lambda("check")] }] });
    declaration["stages"][1]["beforeEntry"] = told;
    skipped.lambda("check", LambdaResult::Error { message: None });
    skipped.create(&declaration);
    skipped.until_idle();

    [passed, failed, waved, stopped, updated, unable, skipped]
        .map(|bench| bench.facts)
        .into()
}

fn seen() -> Seen {
    let mut seen = Seen::default();
    for facts in drives() {
        seen.follow(&facts);
    }
    seen
}

/// Asserts that of one kind of status exactly the pairs of its table happen, and that facts which would bring about
/// any other are refused: `leading` says which would, in a moment.
fn enumerate<S: Life>(all: &[S], seen: &Seen, leading: impl Fn(&Moment, S) -> Vec<Event>) {
    let mut wrong = vec![];
    let before = all.iter().copied().map(Some).chain([None]);
    for (from, to) in before.flat_map(|from| all.iter().map(move |to| (from, *to))) {
        let name = pair(from, to);
        let rule = may_become(from, to);
        if rule.is_some() != seen.pairs.contains(&name) {
            wrong.push(format!("{name}: the table says {rule:?}"));
        }
        if rule.is_some() {
            continue;
        }
        let fresh;
        let moment = match from {
            Some(from) => match seen.moments.get(&format!("{}: {from:?}", S::OF)) {
                Some(moment) => moment,
                None => {
                    wrong.push(format!("nothing ever is {from:?}"));
                    continue;
                }
            },
            None => {
                fresh = nothing::<S>(seen);
                &fresh
            }
        };
        let events = leading(moment, to);
        assert!(!events.is_empty(), "{name}");
        for event in events {
            if moment.refusal(event.clone()).is_none() {
                wrong.push(format!("{name} is accepted: {event:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A moment in which the thing that a fact will name does not exist: an execution not yet started, a stage not yet
/// entered by one that is under way, an action that has not begun.
fn nothing<S: Life>(seen: &Seen) -> Moment {
    let Some(Moment {
        world,
        execution,
        stage,
        ..
    }) = seen.moments.get("execution: InProgress")
    else {
        panic!("no execution is ever under way");
    };
    let number = if S::OF == PipelineExecutionStatus::OF {
        world.pipelines[&execution.pipeline].started + 1
    } else {
        execution.number
    };
    let execution = ExecutionId {
        number,
        ..*execution
    };
    let record = live(world, execution);
    let ordinal = match S::OF {
        of if of == ConditionExecutionStatus::OF => record.map(|record| record.conditions.len()),
        of if of == RuleExecutionStatus::OF => record.map(|record| record.rules.len()),
        _ => record.map(|record| record.actions.len()),
    };
    let ordinal = ordinal.map_or(0, |ordinal| ordinal as u32);
    Moment {
        world: world.clone(),
        execution,
        stage: if S::OF == StageExecutionStatus::OF {
            stage + 1
        } else {
            *stage
        },
        ordinal,
    }
}

fn retried(moment: &Moment) -> Event {
    Event::StageRetried {
        execution: moment.execution,
        stage: moment.stage,
        trigger: RetryTrigger::ManualStageRetry,
        dismissed: vec![],
        conditions: vec![],
    }
}

fn stopping(moment: &Moment) -> Event {
    Event::ExecutionStopping {
        execution: moment.execution,
        abandon: true,
        reason: None,
        inside: None,
        again: false,
    }
}

#[test]
fn pipeline_executions_live_as_their_table_says() {
    enumerate(
        PipelineExecutionStatus::ALL,
        &seen(),
        |moment, to| match to {
            PipelineExecutionStatus::InProgress => vec![
                retried(moment),
                Event::ExecutionStarted(Box::new(Start {
                    execution: moment.execution,
                    trigger: Trigger {
                        kind: TriggerType::StartPipelineExecution,
                        detail: "somebody".into(),
                    },
                    variables: vec![],
                    overrides: vec![],
                    pins: vec![],
                    token: None,
                    rollback: None,
                })),
            ],
            PipelineExecutionStatus::Stopping => vec![stopping(moment)],
            status => vec![Event::ExecutionEnded {
                execution: moment.execution,
                status,
                reason: Reason::LastStageSucceeded,
            }],
        },
    );
}

#[test]
fn stage_executions_live_as_their_table_says() {
    enumerate(StageExecutionStatus::ALL, &seen(), |moment, to| match to {
        StageExecutionStatus::InProgress => vec![retried(moment)],
        status => {
            let ended = Event::StageEnded {
                execution: moment.execution,
                stage: moment.stage,
                status,
                reason: Reason::AllActionsSucceeded,
            };
            // A stop of an execution that is in no stage stops no stage.
            let inside = live(&moment.world, moment.execution).and_then(Execution::inside);
            let stops = status == StageExecutionStatus::Stopping && inside == Some(moment.stage);
            let stopped = stops.then(|| stopping(moment));
            [Some(ended), stopped].into_iter().flatten().collect()
        }
    });
}

#[test]
fn action_executions_live_as_their_table_says() {
    enumerate(ActionExecutionStatus::ALL, &seen(), |moment, to| match to {
        ActionExecutionStatus::InProgress => vec![Event::ActionStarted {
            execution: moment.execution,
            stage: moment.stage,
            action: 0,
            ordinal: moment.ordinal,
            deadline: None,
            revision: None,
            resolved: None,
            targets: None,
        }],
        status => vec![Event::ActionEnded {
            execution: moment.execution,
            ordinal: moment.ordinal,
            status,
            ending: std::rc::Rc::default(),
        }],
    });
}

#[test]
fn jobs_live_as_their_table_says() {
    enumerate(JobStatus::ALL, &seen(), |moment, to| {
        let (execution, job) = (moment.execution, moment.ordinal);
        let deadline = Deadline {
            at: moment.world.now.after(MINUTE),
            kind: DeadlineKind::Offer,
        };
        let created = Event::JobCreated {
            execution,
            job,
            action: 0,
            status: to,
            deadline: (to == JobStatus::Created).then_some(deadline),
            token: None,
        };
        let changed = match to {
            JobStatus::Created => return vec![created],
            JobStatus::Queued => Event::JobQueued { execution, job },
            JobStatus::Dispatched => Event::JobDispatched {
                execution,
                job,
                deadline,
            },
            JobStatus::InProgress => Event::JobStarted {
                execution,
                job,
                deadline: None,
                worker: None,
                report: None,
            },
            status => Event::JobEnded {
                execution,
                job,
                status,
                progress: Box::default(),
            },
        };
        vec![changed, created]
    });
}

#[test]
fn condition_executions_live_as_their_table_says() {
    enumerate(
        ConditionExecutionStatus::ALL,
        &seen(),
        |moment, to| match to {
            ConditionExecutionStatus::InProgress => vec![Event::ConditionStarted {
                execution: moment.execution,
                stage: moment.stage,
                place: ConditionPlace::BeforeEntry,
                condition: moment.ordinal,
            }],
            status => vec![Event::ConditionEnded {
                execution: moment.execution,
                condition: moment.ordinal,
                status,
                reason: Reason::AllRulesSucceeded,
            }],
        },
    );
}

#[test]
fn rule_executions_live_as_their_table_says() {
    enumerate(RuleExecutionStatus::ALL, &seen(), |moment, to| match to {
        RuleExecutionStatus::InProgress => vec![Event::RuleStarted {
            execution: moment.execution,
            condition: 0,
            rule: 0,
            ordinal: moment.ordinal,
            deadline: None,
            resolved: None,
        }],
        status => vec![Event::RuleEnded {
            execution: moment.execution,
            ordinal: moment.ordinal,
            status,
            ending: std::rc::Rc::default(),
        }],
    });
}

#[test]
fn nothing_goes_past_a_condition_that_is_being_evaluated() {
    let seen = seen();
    let moment = &seen.moments["condition execution: InProgress"];
    let execution = moment.execution;
    let ended = |status| Event::ConditionEnded {
        execution,
        condition: moment.ordinal,
        status,
        reason: Reason::AllRulesSucceeded,
    };
    for event in [
        retried(moment),
        ended(ConditionExecutionStatus::InProgress),
        Event::StageEnded {
            execution,
            stage: moment.stage,
            status: StageExecutionStatus::Succeeded,
            reason: Reason::AllActionsSucceeded,
        },
        Event::ExecutionEnded {
            execution,
            status: PipelineExecutionStatus::Failed,
            reason: Reason::StageFailed { stage: 1 },
        },
        Event::ConditionStarted {
            execution,
            stage: moment.stage,
            place: ConditionPlace::BeforeEntry,
            condition: moment.ordinal + 1,
        },
    ] {
        assert!(moment.refusal(event.clone()).is_some(), "{event:?}");
    }
    let over = &seen.moments["condition execution: Failed"];
    let late = Event::RuleStarted {
        execution: over.execution,
        condition: over.ordinal,
        rule: 0,
        ordinal: live(&over.world, over.execution).map_or(0, |record| record.rules.len() as u32),
        deadline: None,
        resolved: None,
    };
    assert!(over.refusal(late).is_some(), "its condition is over");
    let rule = &seen.moments["rule execution: InProgress"];
    assert!(
        rule.refusal(ended(ConditionExecutionStatus::Succeeded))
            .is_some(),
        "its rules end first"
    );
    let ends = |status| Event::RuleEnded {
        execution: rule.execution,
        ordinal: rule.ordinal,
        status,
        ending: std::rc::Rc::default(),
    };
    assert_eq!(rule.refusal(ends(RuleExecutionStatus::Succeeded)), None);
    assert!(
        rule.refusal(ends(RuleExecutionStatus::InProgress))
            .is_some()
    );
}

#[test]
fn what_goes_on_is_not_said_to_have_ended() {
    let seen = seen();
    let moment = &seen.moments["stage execution: InProgress"];
    let ends = |event| moment.refusal(event);
    let execution = moment.execution;
    let running = &seen.moments["action execution: InProgress"];
    for status in [
        PipelineExecutionStatus::InProgress,
        PipelineExecutionStatus::Stopping,
    ] {
        let reason = Reason::LastStageSucceeded;
        let event = Event::ExecutionEnded {
            execution,
            status,
            reason,
        };
        assert!(ends(event).is_some(), "{status:?}");
    }
    for status in [
        StageExecutionStatus::InProgress,
        StageExecutionStatus::Stopping,
    ] {
        let event = Event::StageEnded {
            execution,
            stage: moment.stage,
            status,
            reason: Reason::AllActionsSucceeded,
        };
        assert!(ends(event).is_some(), "{status:?}");
    }
    let ended = |status| Event::ActionEnded {
        execution: running.execution,
        ordinal: running.ordinal,
        status,
        ending: std::rc::Rc::default(),
    };
    assert_eq!(
        running.refusal(ended(ActionExecutionStatus::Succeeded)),
        None
    );
    assert!(
        running
            .refusal(ended(ActionExecutionStatus::InProgress))
            .is_some()
    );
}
