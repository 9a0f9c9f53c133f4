//! Every transition table, completely: each pair of statuses that may follow one another does so in a world that is
//! driven here, and each other pair is refused where a fact from outside would bring it about.

use std::collections::{BTreeMap, BTreeSet};

use codepipeline_simulator::{
    engine::{
        Engine,
        behavior::Outcome,
        fact::{Event, Fact, Start},
        ids::ExecutionId,
        reason::Reason,
        world::{
            Options, World,
            execution::{Execution, Trigger},
            life::{Life, may_become},
        },
    },
    model::{
        ActionExecutionStatus, FailureType, PipelineExecutionStatus, RetryTrigger,
        StageExecutionStatus, TriggerType,
    },
};
use serde_json::json;

use crate::bench::{Bench, build, three_stages};

const MINUTE: i64 = 60_000;

/// Rows that no drive reaches, because what leads there is not built: conditions, which alone skip a stage.
const NOT_BUILT: [&str; 1] = ["stage execution: InProgress -> Skipped"];

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
    }
}

fn live(world: &World, id: ExecutionId) -> Option<&Execution> {
    world
        .pipelines
        .get(&id.pipeline)?
        .executions
        .get(&id.number)
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

    [line, trouble, both].map(|bench| bench.facts).into()
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
        let built = !NOT_BUILT.contains(&name.as_str());
        if rule.is_some() != (seen.pairs.contains(&name) || !built) {
            wrong.push(format!("{name}: the table says {rule:?}"));
        }
        if !built && seen.pairs.contains(&name) {
            wrong.push(format!("{name} is built"));
        }
        if rule.is_some() {
            continue;
        }
        let fresh;
        let moment = match from {
            Some(from) => match seen.moments.get(&format!("{}: {from:?}", S::OF)) {
                Some(moment) => moment,
                None if NOT_BUILT
                    .iter()
                    .any(|row| row.ends_with(&format!("-> {from:?}"))) =>
                {
                    continue;
                }
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
    let ordinal = Moment::of(world, execution).ordinal;
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
