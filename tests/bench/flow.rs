//! Executions through a pipeline under stage locks, with full history and without, beside the bare binary heap.
//!
//! The work of the engine's rounds is everything a caller does: StartPipelineExecution with its checks, then time
//! passing until nothing is under way, then taking the facts. They are dropped: journalling is a row of its own.

use codepipeline_simulator::engine::{
    Engine,
    behavior::{Behavior, DurationRange, Scope},
    control::Control,
    time::SECOND,
    world::{HistoryOption, Options},
};
use serde_json::json;

use crate::{
    ROUNDS,
    declaration::{ACTIONS, five_by_two},
    heap::Hold,
    line,
    stopwatch::time,
};

/// Executions that are started at once: the queue stays below its limit of 50 (QU-6).
const BURST: usize = 40;

/// How many times as many steps the heap does in a round: its turn is then about as long as the others', and a busy
/// machine takes as much of it.
const HEAP_STEPS: usize = 40;

/// Bursts of a round.
const BURSTS: usize = 25;

/// Action executions of a round.
pub const ACTIONS_OF_A_ROUND: usize = BURST * BURSTS * ACTIONS;

/// A world with the pipeline in it.
pub struct Flow {
    /// The engine at work.
    pub engine: Engine,
}

impl Flow {
    /// A world in which the pipeline has run once.
    pub fn new(history: HistoryOption) -> Self {
        let mut engine = Engine::new(Options {
            history,
            ..Options::default()
        });
        let now = engine.world().now;
        engine
            .execute(
                "CreatePipeline",
                json!({ "pipeline": five_by_two("flow") }),
                now,
            )
            .expect("the pipeline is accepted");
        let mut flow = Self { engine };
        flow.until_idle();
        flow
    }

    /// Makes builds so short that 100,000 executions fit into the 12 months for which history is kept (TO-5).
    pub fn hurry(&mut self) {
        let now = self.engine.world().now;
        let behavior = Behavior {
            duration: Some(DurationRange {
                min: 10 * SECOND,
                max: 60 * SECOND,
            }),
            ..Behavior::default()
        };
        let control = Control::SetBehavior {
            scope: Scope::Provider {
                category: "Build".into(),
                owner: "AWS".into(),
                provider: "CodeBuild".into(),
            },
            behavior: Some(behavior),
        };
        self.engine
            .control(control, now)
            .expect("the behavior is accepted");
    }

    /// Starts so many executions at once.
    pub fn start(&mut self, executions: usize) {
        for _ in 0..executions {
            let now = self.engine.world().now;
            self.engine
                .execute("StartPipelineExecution", json!({ "name": "flow" }), now)
                .expect("there is room in the queue");
        }
    }

    /// Lets time pass until nothing is under way, and drops what happened.
    pub fn until_idle(&mut self) {
        while let Some(at) = self.engine.next_completion() {
            self.engine.advance(at);
        }
        drop(self.engine.take_facts());
        drop(self.engine.take_segments());
    }

    /// Runs so many executions, in bursts.
    pub fn run(&mut self, executions: usize) {
        let mut left = executions;
        while left > 0 {
            let burst = left.min(BURST);
            self.start(burst);
            self.until_idle();
            left -= burst;
        }
    }

    /// How many deadlines are pending on average while a burst runs.
    fn pending(&mut self) -> usize {
        let (mut sum, mut count) = (0, 0);
        self.start(BURST);
        while let Some(at) = self.engine.next_completion() {
            sum += self.engine.world().due().count();
            count += 1;
            self.engine.advance(at);
        }
        self.until_idle();
        (sum + count / 2) / count.max(1)
    }
}

/// The engine with and without history, and the heap, taking turns.
pub struct Race {
    full: Flow,
    none: Flow,
    heap: Hold,
    pending: usize,
    rounds: Vec<[f64; 3]>,
}

impl Race {
    /// Everybody at the start line.
    pub fn new() -> Self {
        let mut none = Flow::new(HistoryOption::None);
        let pending = none.pending();
        Self {
            full: Flow::new(HistoryOption::Full),
            none,
            heap: Hold::new(pending),
            pending,
            rounds: Vec::new(),
        }
    }

    /// One turn each, in action executions per second.
    pub fn round(&mut self) {
        let rate = |nanoseconds: f64| ACTIONS_OF_A_ROUND as f64 / nanoseconds * 1e9;
        let none = time(|| self.none.run(BURST * BURSTS));
        let heap = time(|| self.heap.run(HEAP_STEPS * ACTIONS_OF_A_ROUND)) / HEAP_STEPS as f64;
        let full = time(|| self.full.run(BURST * BURSTS));
        self.rounds.push([rate(full), rate(none), rate(heap)]);
    }

    /// What was measured, without the first round.
    pub fn lines(&self) -> Vec<String> {
        let rounds = self.rounds.get(1..).unwrap_or_default();
        debug_assert!(rounds.len() >= ROUNDS);
        let of = |index: usize| -> Vec<f64> { rounds.iter().map(|round| round[index]).collect() };
        vec![
            line("flow.pending", &[self.pending as f64]),
            line("flow.full", &of(0)),
            line("flow.none", &of(1)),
            line("flow.heap", &of(2)),
        ]
    }
}
