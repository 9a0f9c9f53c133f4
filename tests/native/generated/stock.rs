//! Worlds in which there is something, and what is known of them: names, ids, tokens, whole declarations. Inputs take
//! from these often, so that they reach what lies behind the first checks, and go well.

use std::collections::BTreeMap;

use codepipeline_simulator::{
    api::controls::{AttachWorker, read},
    engine::{
        Engine,
        behavior::Outcome,
        conditions::AlarmState,
        time::{HOUR, MINUTE},
    },
    model::FailureType,
};
use serde_json::{Value, json};

use super::{declarations, jobs, samples};
use crate::bench::Bench;

/// Things that belong together, each under the name of its shape: a pipeline, a stage of it, an action in that …
pub type Scene = BTreeMap<&'static str, Value>;

/// What is known of a world.
#[derive(Clone, Default)]
pub struct Pool {
    pub scenes: Vec<Scene>,
    /// Scenes in which an operation goes well, by its name: by chance alone they would be too seldom.
    pub hot: BTreeMap<&'static str, Vec<Scene>>,
    /// Values of shapes, by the names of these.
    pub samples: BTreeMap<&'static str, Vec<Value>>,
    /// Inputs that ask for a second page, by operation.
    pub pages: BTreeMap<&'static str, Vec<Value>>,
}

impl Pool {
    /// A scene, and the operations that go well in it.
    pub fn know(&mut self, scene: Scene, hot_for: &[&'static str]) {
        for operation in hot_for {
            let hot = self.hot.entry(operation).or_default();
            hot.push(scene.clone());
        }
        self.scenes.push(scene);
    }
}

/// A world and what is known of it.
pub struct Stock {
    pub engine: Engine,
    pub pool: Pool,
}

/// Every world that inputs are tried in.
pub fn stocks() -> Vec<Stock> {
    let (busy, known) = busy();
    let copy = || Bench {
        engine: busy.engine.clone(),
        facts: vec![],
    };
    // What ran has ended by itself, jobs can be had again, and approvals still wait.
    let mut later = copy();
    later.advance(3 * HOUR);
    let mut full = copy();
    fill(&mut full);
    let worlds = [copy(), later, full, Bench::new()];
    worlds.map(|bench| stocked(bench, &known)).into()
}

/// Pipelines at all stages of their lives.
fn busy() -> (Bench, Pool) {
    let mut bench = Bench::new();
    for custom_type in declarations::custom_types() {
        bench.ok("CreateCustomActionType", custom_type);
    }
    let worker = json!({ "actionType": "Test/ThirdParty/Runscope/1", "external": true });
    let worker = read::<AttachWorker>("attachWorker", worker).and_then(AttachWorker::control);
    bench.control(worker.expect("a worker"));
    for alarm in ["errors", "crowd"] {
        bench.alarm(alarm, AlarmState::Alarm);
    }
    let tags = json!([{ "key": "team", "value": "web" }, { "key": "stage", "value": "" }]);
    for declaration in declarations::pipelines() {
        bench.ok(
            "CreatePipeline",
            json!({ "pipeline": declaration, "tags": tags }),
        );
    }
    let fails = Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    };
    bench.outcome("failing", "Build", "Compile", fails);
    bench.outcome("invoking", "Invoke", "Call", Outcome::Hold);
    for webhook in declarations::webhooks() {
        bench.ok("PutWebhook", json!({ "webhook": webhook, "tags": tags }));
    }
    bench.ok(
        "RegisterWebhookWithThirdParty",
        json!({ "webhookName": "registered" }),
    );
    // Past executions of an older version, and one of this.
    bench.advance(20 * MINUTE);
    for name in ["steady", "regated"] {
        let declaration = bench.ok("GetPipeline", json!({ "name": name }))["pipeline"].clone();
        bench.ok("UpdatePipeline", json!({ "pipeline": declaration }));
    }
    for name in ["steady", "shop", "approving", "approving"] {
        bench.start(name);
    }
    for _ in 0..8 {
        bench.start("benched");
        bench.start("partnered");
    }
    bench.advance(10 * MINUTE);
    let mut known = Pool {
        samples: samples::samples(),
        ..Pool::default()
    };
    for (scene, hot_for) in samples::scenes() {
        known.know(scene, hot_for);
    }
    jobs::work(&mut bench, &mut known);
    jobs::work_for_partner(&mut bench, &mut known);
    for name in ["slow", "shop"] {
        bench.start(name);
    }
    close(&mut bench, &mut known);
    approve_one(&mut bench, &mut known);
    bench.advance(2 * MINUTE);
    (bench, known)
}

/// The ways into some stages are closed.
fn close(bench: &mut Bench, known: &mut Pool) {
    for (pipeline, stage) in [("slow", "Deploy"), ("steady", "Build")] {
        let gate = Scene::from([
            ("PipelineName", json!(pipeline)),
            ("StageName", json!(stage)),
            ("StageTransitionType", json!("Inbound")),
        ]);
        let closed = json!({
            "pipelineName": pipeline, "stageName": stage, "transitionType": "Inbound", "reason": "holidays",
        });
        bench.ok("DisableStageTransition", closed);
        known.know(gate, &["EnableStageTransition"]);
    }
}

/// One of several approvals is answered; its token is still known.
fn approve_one(bench: &mut Bench, known: &mut Pool) {
    let rows = bench.ok(
        "ListActionExecutions",
        json!({ "pipelineName": "approving" }),
    );
    let rows = rows["actionExecutionDetails"].as_array().expect("rows");
    let approvals: Vec<Value> = rows
        .iter()
        .filter(|row| row["actionName"] == "Approve")
        .cloned()
        .collect();
    assert!(approvals.len() > 1);
    for (place, row) in approvals.iter().enumerate() {
        let token = row["output"]["executionResult"]["externalExecutionId"].clone();
        let scene = Scene::from([
            ("PipelineName", json!("approving")),
            ("StageName", row["stageName"].clone()),
            ("ActionName", row["actionName"].clone()),
            ("ApprovalToken", token.clone()),
        ]);
        known.know(scene, &["PutApprovalResult"]);
        if place == 0 {
            let answer = json!({
                "pipelineName": "approving", "stageName": row["stageName"], "actionName": row["actionName"],
                "token": token, "result": { "status": "Approved", "summary": "" },
            });
            bench.ok("PutApprovalResult", answer);
        }
    }
}

/// As many custom types, webhooks and executions at once as there may be.
fn fill(bench: &mut Bench) {
    // Behind the first one, which its condition stopped, one that failed; and then all that there is room for.
    let fails = Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    };
    bench.outcome("crowded", "Build", "Compile", fails);
    bench.start("crowded");
    bench.advance(10 * MINUTE);
    bench.outcome("crowded", "Build", "Compile", Outcome::Succeed);
    bench.alarm("crowd", AlarmState::Ok);
    let crowd = json!({ "name": "crowded" });
    while bench.call("StartPipelineExecution", crowd.clone()).is_ok() {}
    let mut room = true;
    for number in 0.. {
        let custom_type = declarations::plain_type(&format!("P{number}"));
        room &= bench.call("CreateCustomActionType", custom_type).is_ok();
        let webhook = declarations::open_webhook(&format!("hook-{number}"));
        let put = bench.call("PutWebhook", json!({ "webhook": webhook }));
        if put.is_err() && !room {
            return;
        }
    }
}

/// What can be asked of a world is asked.
fn stocked(mut bench: Bench, known: &Pool) -> Stock {
    let mut pool = known.clone();
    super::looks::look(&mut bench, &mut pool);
    Stock {
        engine: bench.engine,
        pool,
    }
}
