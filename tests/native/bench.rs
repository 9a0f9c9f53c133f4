//! A world under test, and the declarations it is given.

use codepipeline_simulator::{
    engine::{
        Engine, Progress,
        behavior::{Behavior, Outcome, Scope},
        conditions::{AlarmState, LambdaResult},
        control::Control,
        fact::{Event, Fact},
        ids::PipelineId,
        time::{Instant, MINUTE, SECOND},
        world::Options,
    },
    model::ApiError,
};
use serde_json::{Value, json};

/// A world with its clock and everything that ever happened in it.
pub struct Bench {
    pub engine: Engine,
    pub facts: Vec<Fact>,
}

/// An action: name, type as `Category/Owner/Provider`, run order, configuration.
pub fn action(name: &str, kind: &str, order: u32, configuration: Value) -> Value {
    let parts: Vec<&str> = kind.split('/').collect();
    json!({
        "name": name,
        "actionTypeId": { "category": parts[0], "owner": parts[1], "provider": parts[2], "version": "1" },
        "runOrder": order,
        "configuration": configuration,
    })
}

pub fn source() -> Value {
    let mut source = action(
        "Checkout",
        "Source/AWS/CodeCommit",
        1,
        json!({ "RepositoryName": "shop", "BranchName": "main", "PollForSourceChanges": "false" }),
    );
    source["outputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
    source["namespace"] = json!("Source");
    source
}

pub fn build(name: &str, order: u32) -> Value {
    let mut build = action(
        name,
        "Build/AWS/CodeBuild",
        order,
        json!({ "ProjectName": format!("project-{name}") }),
    );
    build["inputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
    build
}

pub fn approval(name: &str, order: u32) -> Value {
    action(name, "Approval/AWS/Manual", order, json!({}))
}

pub fn stage(name: &str, actions: &[Value]) -> Value {
    json!({ "name": name, "actions": actions })
}

pub fn pipeline(name: &str, stages: &[Value]) -> Value {
    json!({
        "name": name,
        "roleArn": "arn:aws:iam::123456789012:role/pipeline",
        "artifactStore": { "type": "S3", "location": "artifacts-bucket" },
        "pipelineType": "V2",
        "stages": stages,
    })
}

/// Makes a custom action type without properties, version 1.
pub fn custom_type(bench: &mut Bench, category: &str, provider: &str) {
    let any = json!({ "minimumCount": 0, "maximumCount": 5 });
    bench.ok(
        "CreateCustomActionType",
        json!({
            "category": category, "provider": provider, "version": "1",
            "inputArtifactDetails": any, "outputArtifactDetails": any,
        }),
    );
}

/// Source, Build and Deploy with one action each.
pub fn three_stages(name: &str) -> Value {
    pipeline(
        name,
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("Compile", 1)]),
            stage("Deploy", &[build("Ship", 1)]),
        ],
    )
}

impl Bench {
    pub fn new() -> Self {
        Self {
            engine: Engine::new(Options::default()),
            facts: vec![],
        }
    }

    pub fn now(&self) -> Instant {
        self.engine.world().now
    }

    pub fn keep(&mut self) {
        self.facts.extend(self.engine.take_facts());
    }

    pub fn call(&mut self, operation: &str, input: Value) -> Result<Value, ApiError> {
        let now = self.now();
        let answer = self.engine.execute(operation, input, now);
        self.keep();
        answer
    }

    pub fn ok(&mut self, operation: &str, input: Value) -> Value {
        self.call(operation, input)
            .unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    pub fn refused(&mut self, operation: &str, input: Value) -> ApiError {
        let before = self.engine.snapshot();
        let error = self
            .call(operation, input)
            .expect_err("the call is refused");
        assert_eq!(
            before,
            self.engine.snapshot(),
            "a refused call changes nothing"
        );
        error
    }

    pub fn control(&mut self, control: Control) {
        let now = self.now();
        self.engine
            .control(control, now)
            .expect("the control is accepted");
        self.keep();
    }

    pub fn create(&mut self, declaration: &Value) {
        self.ok("CreatePipeline", json!({ "pipeline": declaration }));
    }

    pub fn start(&mut self, name: &str) -> String {
        let answer = self.ok("StartPipelineExecution", json!({ "name": name }));
        answer["pipelineExecutionId"]
            .as_str()
            .expect("an id")
            .to_owned()
    }

    pub fn advance(&mut self, span: i64) {
        let to = self.now().after(span);
        self.engine.advance(to);
        self.keep();
    }

    /// Lets time pass until no work is under way.
    pub fn until_idle(&mut self) {
        while let Some(at) = self.engine.next_completion() {
            assert_eq!(self.engine.advance_some(at, usize::MAX), Progress::Arrived);
        }
        self.keep();
    }

    /// All actions of these names take exactly so many minutes.
    pub fn takes(&mut self, pipeline: &str, stage: &str, action: &str, minutes: i64) {
        self.set(pipeline, stage, action, None, Some(minutes * MINUTE));
    }

    pub fn outcome(&mut self, pipeline: &str, stage: &str, action: &str, outcome: Outcome) {
        self.set(pipeline, stage, action, Some(outcome), Some(60 * SECOND));
    }

    pub fn set(
        &mut self,
        pipeline: &str,
        stage: &str,
        action: &str,
        outcome: Option<Outcome>,
        takes: Option<i64>,
    ) {
        use codepipeline_simulator::engine::behavior::DurationRange;
        let scope = Scope::Action {
            pipeline: pipeline.into(),
            stage: stage.into(),
            action: action.into(),
        };
        let duration = takes.map(|takes| DurationRange {
            min: takes,
            max: takes,
        });
        self.control(Control::SetBehavior {
            scope,
            behavior: Some(Behavior {
                outcome,
                duration,
                ..Behavior::default()
            }),
        });
    }

    /// Puts an alarm into a state.
    pub fn alarm(&mut self, name: &str, state: AlarmState) {
        let name = name.into();
        self.control(Control::SetAlarm { name, state });
    }

    /// Says what a function answers to rules.
    pub fn lambda(&mut self, function: &str, result: LambdaResult) {
        let function = function.into();
        let result = Some(result);
        self.control(Control::SetLambdaResult { function, result });
    }

    /// Closes the gate in front of a stage of the pipeline with this id.
    pub fn close(&mut self, pipeline: u32, stage: u16, reason: &str) {
        let pipeline = self.engine.world().pipeline(PipelineId(pipeline));
        let input = json!({
            "pipelineName": pipeline.name(),
            "stageName": pipeline.current().plan.stage(stage).name,
            "transitionType": "Inbound",
            "reason": reason,
        });
        self.ok("DisableStageTransition", input);
    }

    pub fn status(&mut self, name: &str, execution: &str) -> String {
        let answer = self.ok(
            "GetPipelineExecution",
            json!({ "pipelineName": name, "pipelineExecutionId": execution }),
        );
        answer["pipelineExecution"]["status"]
            .as_str()
            .expect("a status")
            .to_owned()
    }

    pub fn state(&mut self, name: &str) -> Value {
        self.ok("GetPipelineState", json!({ "name": name }))
    }

    /// The stage of a state by its index.
    pub fn stage(&mut self, name: &str, index: usize) -> Value {
        self.state(name)["stageStates"][index].clone()
    }

    /// The executions of a pipeline, oldest first.
    pub fn executions(&mut self, name: &str) -> Vec<String> {
        let answer = self.ok("ListPipelineExecutions", json!({ "pipelineName": name }));
        let mut ids: Vec<String> = answer["pipelineExecutionSummaries"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|summary| {
                summary["pipelineExecutionId"]
                    .as_str()
                    .expect("an id")
                    .to_owned()
            })
            .collect();
        ids.reverse();
        ids
    }

    /// What happened, a short line each.
    pub fn story(&self) -> Vec<String> {
        self.facts.iter().map(|fact| line(&fact.event)).collect()
    }
}

fn line(event: &Event) -> String {
    match event {
        Event::PipelineCreated { declaration, .. } => format!("created {}", declaration.name),
        Event::PipelineUpdated { declaration, .. } => format!("updated {}", declaration.name),
        Event::PipelineDeleted { .. } => "deleted".to_owned(),
        Event::ExecutionStarted(start) => format!(
            "{} started by {}",
            start.execution.number, start.trigger.kind
        ),
        Event::ExecutionWaits {
            execution,
            stage,
            reason,
        } => {
            format!("{} waits at {stage}, {}", execution.number, reason.rule())
        }
        Event::ExecutionCancelling { execution, .. } => format!("{} cancelling", execution.number),
        Event::ExecutionEnded {
            execution,
            status,
            reason,
        } => {
            format!("{} {status}, {}", execution.number, reason.rule())
        }
        Event::StageEntered { execution, stage } => format!("{} entered {stage}", execution.number),
        Event::StageEnded {
            execution,
            stage,
            status,
            ..
        } => {
            format!("{} left {stage} {status}", execution.number)
        }
        Event::ActionStarted {
            execution,
            stage,
            action,
            ..
        } => {
            format!("{} action {stage}.{action} started", execution.number)
        }
        Event::ActionReplanned {
            execution, ordinal, ..
        } => format!("{} action #{ordinal} replanned", execution.number),
        Event::ActionEnded {
            execution,
            ordinal,
            status,
            ..
        } => {
            format!("{} action #{ordinal} {status}", execution.number)
        }
        other => format!("{other:?}"),
    }
}
