//! What an operation costs beside 10, 1,000 and 100,000 past executions: `execute` alone, input as parsed JSON.
//!
//! The three worlds take turns within a round, so that their ratio does not depend on when the machine was busy. A page
//! of a list has the same number of rows in each: as many as the smallest world fills.

use codepipeline_simulator::engine::{ids::PipelineId, operations::handler, world::HistoryOption};
use serde_json::{Value, json};

use crate::{
    declaration::{ACTIONS, five_by_two},
    flow::Flow,
    line,
    stopwatch::time,
};

/// Past executions of the three worlds.
pub const PASTS: [usize; 3] = [10, 1_000, 100_000];

/// One operation as it is measured: the name of its row, and what is called how often in a round.
struct Row {
    name: &'static str,
    operation: &'static str,
    calls: usize,
    input: fn(&Past, usize) -> Value,
}

/// Rows that change the world come last: what they leave behind is cleared away after each turn.
const ROWS: [Row; 15] = [
    Row {
        name: "GetPipelineState",
        operation: "GetPipelineState",
        calls: 60,
        input: |_, _| json!({ "name": "flow" }),
    },
    Row {
        name: "GetPipeline",
        operation: "GetPipeline",
        calls: 60,
        input: |_, _| json!({ "name": "flow" }),
    },
    Row {
        name: "ListPipelines",
        operation: "ListPipelines",
        calls: 200,
        input: |_, _| json!({}),
    },
    Row {
        name: "GetPipelineExecution newest",
        operation: "GetPipelineExecution",
        calls: 60,
        input: |past, _| json!({ "pipelineName": "flow", "pipelineExecutionId": past.newest }),
    },
    Row {
        name: "ListPipelineExecutions",
        operation: "ListPipelineExecutions",
        calls: 30,
        input: |_, _| json!({ "pipelineName": "flow", "maxResults": 10 }),
    },
    Row {
        name: "ListPipelineExecutions 100 rows",
        operation: "ListPipelineExecutions",
        calls: 10,
        input: |_, _| json!({ "pipelineName": "flow" }),
    },
    Row {
        name: "ListPipelineExecutions succeededInStage",
        operation: "ListPipelineExecutions",
        calls: 30,
        input: |_, _| {
            json!({
                "pipelineName": "flow", "maxResults": 10,
                "filter": { "succeededInStage": { "stageName": "Staging" } },
            })
        },
    },
    Row {
        name: "ListActionExecutions",
        operation: "ListActionExecutions",
        calls: 10,
        input: |_, _| json!({ "pipelineName": "flow", "maxResults": 100 }),
    },
    Row {
        name: "ListActionExecutions of the newest",
        operation: "ListActionExecutions",
        calls: 30,
        input: |past, _| {
            json!({
                "pipelineName": "flow",
                "filter": { "pipelineExecutionId": past.newest },
            })
        },
    },
    Row {
        name: "ListRuleExecutions",
        operation: "ListRuleExecutions",
        calls: 30,
        input: |_, _| json!({ "pipelineName": "flow", "maxResults": 100 }),
    },
    Row {
        name: "GetPipelineExecution old",
        operation: "GetPipelineExecution",
        calls: 1,
        // Another one in each round, so that its segment has to be decoded.
        input: |past, _| {
            let id = past.id(1 + 128 * past.round % (past.executions / 2));
            json!({ "pipelineName": "flow", "pipelineExecutionId": id })
        },
    },
    Row {
        name: "ListPipelineExecutions far page",
        operation: "ListPipelineExecutions",
        calls: 1,
        input: |past, _| json!({ "pipelineName": "flow", "maxResults": 5, "nextToken": past.far_execution }),
    },
    Row {
        name: "ListActionExecutions far page",
        operation: "ListActionExecutions",
        calls: 1,
        input: |past, _| json!({ "pipelineName": "flow", "maxResults": 50, "nextToken": past.far_action }),
    },
    Row {
        name: "StartPipelineExecution",
        operation: "StartPipelineExecution",
        calls: 40,
        input: |past, call| {
            json!({
                "name": "flow",
                "clientRequestToken": format!("{:08}-bench-{call:08}", past.round),
            })
        },
    },
    Row {
        name: "CreatePipeline",
        operation: "CreatePipeline",
        calls: 20,
        input: |_, call| json!({ "pipeline": five_by_two(&format!("another-{call}")) }),
    },
];

/// A world with a past, and what of it the rows ask for.
struct Past {
    flow: Flow,
    executions: usize,
    newest: String,
    far_execution: String,
    far_action: String,
    round: usize,
}

impl Past {
    fn new(executions: usize) -> Self {
        let mut flow = Flow::new(HistoryOption::Full);
        flow.hurry();
        // CreatePipeline started the first one.
        flow.run(executions - 1);
        let mut past = Self {
            flow,
            executions,
            newest: String::new(),
            far_execution: String::new(),
            far_action: String::new(),
            round: 0,
        };
        past.look_around(executions);
        past
    }

    fn id(&self, number: usize) -> String {
        let number = u32::try_from(number).expect("a number of an execution");
        self.flow.engine.world().key().execution((0, number).into())
    }

    fn ask(&mut self, operation: &str, input: Value) -> Value {
        let now = self.flow.engine.world().now;
        self.flow
            .engine
            .execute(operation, input, now)
            .expect("the question is answered")
    }

    /// The ends and the middle of the past.
    fn look_around(&mut self, executions: usize) {
        self.newest = self.id(executions);
        self.far_execution = self.token_behind("ListPipelineExecutions", executions / 2);
        self.far_action = self.token_behind("ListActionExecutions", executions * ACTIONS / 2);
    }

    /// The token of the page behind so many rows.
    fn token_behind(&mut self, operation: &str, rows: usize) -> String {
        let size = rows.min(100);
        let mut input = json!({ "pipelineName": "flow", "maxResults": size });
        for _ in 0..rows / size {
            let answer = self.ask(operation, input.clone());
            input["nextToken"] = answer["nextToken"].clone();
        }
        let token = input["nextToken"].as_str();
        token.expect("the past goes on").to_owned()
    }

    /// What a call of the row takes, in nanoseconds.
    fn turn(&mut self, row: &Row) -> f64 {
        let inputs: Vec<Value> = (0..row.calls).map(|call| (row.input)(self, call)).collect();
        let mut answers = Vec::with_capacity(row.calls);
        let now = self.flow.engine.world().now;
        let engine = &mut self.flow.engine;
        let took = time(|| {
            for input in inputs {
                answers.push(engine.execute(row.operation, input, now));
            }
        });
        for answer in answers {
            answer.expect("the operation is carried out");
        }
        self.clear_away(row);
        took / row.calls as f64
    }

    /// Undoes what a turn did, outside the time.
    fn clear_away(&mut self, row: &Row) {
        if row.operation == "CreatePipeline" {
            for call in 0..row.calls {
                self.ask(
                    "DeletePipeline",
                    json!({ "name": format!("another-{call}") }),
                );
            }
        }
        self.flow.until_idle();
    }
}

/// The three worlds and what was measured in them.
pub struct Operations {
    pasts: [Past; 3],
    /// How much memory the last past took, where that can be told.
    grown: f64,
    round: usize,
    /// By row and past: nanoseconds of a call, one value per round.
    measured: Vec<[Vec<f64>; 3]>,
}

impl Operations {
    /// The three worlds.
    pub fn new() -> Self {
        let [few, some, many] = PASTS;
        let (few, some) = (Past::new(few), Past::new(some));
        let before = crate::stopwatch::memory();
        let many = Past::new(many);
        Self {
            pasts: [few, some, many],
            grown: crate::stopwatch::memory() - before,
            round: 0,
            measured: ROWS.iter().map(|_| Default::default()).collect(),
        }
    }

    /// Every row in every world, once. The small worlds are made anew: the starts of a round become their past.
    pub fn round(&mut self) {
        let [few, some, _] = PASTS;
        (self.pasts[0], self.pasts[1]) = (Past::new(few), Past::new(some));
        self.round += 1;
        for (row, measured) in ROWS.iter().zip(&mut self.measured) {
            if handler(row.operation).is_none() {
                continue;
            }
            for (past, values) in self.pasts.iter_mut().zip(measured) {
                past.round = self.round;
                values.push(past.turn(row));
            }
        }
    }

    /// What was measured, with the bytes that the past takes.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (row, measured) in ROWS.iter().zip(&self.measured) {
            for (past, values) in PASTS.iter().zip(measured) {
                if !values.is_empty() {
                    lines.push(line(&format!("call.{}.{past}", row.name), values));
                }
            }
        }
        for (past, executions) in self.pasts.iter().zip(PASTS) {
            let engine = &past.flow.engine;
            let snapshot = engine.snapshot().len() as f64;
            lines.push(line(&format!("checkpoint.{executions}"), &[snapshot]));
        }
        let many = &self.pasts[2].flow.engine;
        let history = &many.world().pipeline(PipelineId(0)).history;
        let segments = history.segments().iter();
        let bytes: usize = segments.map(|segment| segment.bytes.len()).sum();
        let archived = history.count() as f64 * ACTIONS as f64;
        lines.push(line("bytes.segments", &[bytes as f64 / archived]));
        let all = (PASTS[2] * ACTIONS) as f64;
        if self.grown > 0.0 {
            lines.push(line("bytes.memory", &[self.grown / all]));
        }
        lines
    }
}
