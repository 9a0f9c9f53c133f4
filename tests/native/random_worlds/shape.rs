//! Random pipelines. What is drawn is always a declaration that the service accepts, whatever the mode: what a mode
//! does not allow is left out when the declaration is written, so that one shape can be saved in every mode.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::bench::{action, approval, pipeline, source, stage};

/// The modes a pipeline can have.
pub const MODES: [&str; 3] = ["SUPERSEDED", "QUEUED", "PARALLEL"];
/// The alarms that rules look at.
pub const ALARMS: [&str; 2] = ["Errors", "Latency"];
/// The function that rules ask.
pub const FUNCTION: &str = "Judge";
/// The pipeline that the steps are about.
pub const NAME: &str = "shop";
/// A pipeline that it may start.
pub const OTHER: &str = "other";

/// A pipeline: its mode, its stages after the source.
#[derive(Clone, Debug)]
pub struct Shape {
    pub mode: usize,
    /// How changes start it.
    pub watched: Watched,
    /// What a failure of the source stage leads to.
    pub source_failure: Failure,
    pub stages: Vec<StageShape>,
}

/// How changes of its source start a pipeline.
#[derive(Clone, Copy, Debug)]
pub enum Watched {
    /// By an event rule.
    Rule,
    /// By a poll.
    Poll,
    /// Through a connection, whatever is pushed to the branch.
    Connection,
    /// Through a connection, by the filters of a trigger.
    Trigger,
}

impl Watched {
    /// The provider and the repository.
    pub fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Rule | Self::Poll => ("CodeCommit", "shop"),
            Self::Connection | Self::Trigger => ("CodeStarSourceConnection", "acme/shop"),
        }
    }

    fn source(self) -> Value {
        let mut source = source();
        match self {
            Self::Rule => {}
            Self::Poll => source["configuration"]["PollForSourceChanges"] = json!("true"),
            Self::Connection | Self::Trigger => {
                source["actionTypeId"]["provider"] = json!("CodeStarSourceConnection");
                source["configuration"] = json!({
                    "ConnectionArn": "arn:aws:codestar-connections:us-east-1:123456789012:connection/11111111-2222-4333-8444-555555555555",
                    "FullRepositoryId": "acme/shop", "BranchName": "main",
                });
            }
        }
        source
    }

    fn triggers(self) -> Option<Value> {
        let filters = json!({
            "sourceActionName": "Checkout",
            "push": [
                { "branches": { "includes": ["main"] }, "filePaths": { "includes": ["src/**"] } },
                { "tags": { "includes": ["v*"], "excludes": ["v0"] } },
            ],
            "pullRequest": [{ "events": ["OPEN", "CLOSED"], "branches": { "includes": ["main"] } }],
        });
        matches!(self, Self::Trigger).then(
            || json!([{ "providerType": "CodeStarSourceConnection", "gitConfiguration": filters }]),
        )
    }
}

#[derive(Clone, Debug)]
pub struct StageShape {
    pub actions: Vec<(ActionShape, u32)>,
    pub entry: Option<(EntryResult, Vec<RuleShape>)>,
    /// Whether its result is ROLLBACK, and the rules.
    pub success: Option<(bool, Vec<RuleShape>)>,
    pub failure: Failure,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EntryResult {
    Fail,
    Skip,
}

#[derive(Clone, Debug)]
pub enum Failure {
    Nothing,
    RollBack,
    /// With the mode of the retry, if one is said.
    Retry(Option<bool>),
    /// A condition with the result ROLLBACK or RETRY.
    Condition(bool, Vec<RuleShape>),
}

#[derive(Clone, Copy, Debug)]
pub enum ActionShape {
    Build,
    /// Its configuration refers to a variable that every source action makes.
    Refers,
    Approval,
    /// An approval that expires after this many minutes.
    Hurried(i64),
    /// It waits for a worker.
    Custom,
    /// It starts the other pipeline.
    Invoke,
}

#[derive(Clone, Copy, Debug)]
pub enum RuleShape {
    Alarm {
        which: usize,
        wait: i64,
    },
    Window {
        cron: usize,
        timeout: bool,
    },
    /// Compares the pipeline's variable.
    Variable,
    Function,
    Build,
    Commands,
}

fn rule() -> impl Strategy<Value = RuleShape> {
    prop_oneof![
        1 => (0..2_usize, prop_oneof![Just(0), Just(10), Just(240)])
            .prop_map(|(which, wait)| RuleShape::Alarm { which, wait }),
        1 => (0..3_usize, any::<bool>()).prop_map(|(cron, timeout)| RuleShape::Window { cron, timeout }),
        2 => Just(RuleShape::Variable),
        2 => Just(RuleShape::Function),
        1 => Just(RuleShape::Build),
        1 => Just(RuleShape::Commands),
    ]
}

fn rules() -> impl Strategy<Value = Vec<RuleShape>> {
    prop::collection::vec(rule(), 1..4)
}

fn action_shape() -> impl Strategy<Value = ActionShape> {
    prop_oneof![
        6 => Just(ActionShape::Build),
        2 => Just(ActionShape::Refers),
        2 => Just(ActionShape::Approval),
        1 => (5..200_i64).prop_map(ActionShape::Hurried),
        1 => Just(ActionShape::Custom),
        1 => Just(ActionShape::Invoke),
    ]
}

fn failure() -> impl Strategy<Value = Failure> {
    prop_oneof![
        3 => Just(Failure::Nothing),
        1 => Just(Failure::RollBack),
        1 => prop::option::of(any::<bool>()).prop_map(Failure::Retry),
        1 => (any::<bool>(), rules()).prop_map(|(retry, rules)| Failure::Condition(retry, rules)),
    ]
}

fn stage_shape() -> impl Strategy<Value = StageShape> {
    let entry = (
        prop_oneof![Just(EntryResult::Fail), Just(EntryResult::Skip)],
        rules(),
    );
    (
        prop::collection::vec((action_shape(), 1..4_u32), 1..5),
        prop::option::weighted(0.3, entry),
        prop::option::weighted(0.3, (any::<bool>(), rules())),
        failure(),
    )
        .prop_map(|(actions, entry, success, failure)| StageShape {
            actions,
            entry,
            success,
            failure,
        })
}

pub fn shape() -> impl Strategy<Value = Shape> {
    (
        0..MODES.len(),
        prop_oneof![
            2 => Just(Watched::Rule),
            1 => Just(Watched::Poll),
            1 => Just(Watched::Connection),
            2 => Just(Watched::Trigger),
        ],
        prop_oneof![
            3 => Just(Failure::Nothing),
            1 => prop::option::of(any::<bool>()).prop_map(Failure::Retry),
        ],
        prop::collection::vec(stage_shape(), 1..6),
    )
        .prop_map(|(mode, watched, source_failure, stages)| Shape {
            mode,
            watched,
            source_failure,
            stages,
        })
}

/// The name of the stage with this index.
pub fn stage_name(index: usize) -> String {
    if index == 0 {
        "Source".to_owned()
    } else {
        format!("Stage{index}")
    }
}

/// The name of the action with this index in a stage after the source.
pub fn action_name(index: usize) -> String {
    format!("Act{index}")
}

/// The name of the rule with this index in a condition.
pub fn rule_name(index: usize) -> String {
    format!("Rule{index}")
}

impl Shape {
    /// How many stages there are.
    pub fn stage_count(&self) -> usize {
        self.stages.len() + 1
    }

    /// The declaration in a mode.
    pub fn declaration(&self, mode: usize) -> Value {
        let parallel = MODES[mode] == "PARALLEL";
        let mut first = stage(&stage_name(0), &[self.watched.source()]);
        fail(&mut first, &self.source_failure, parallel);
        let mut stages = vec![first];
        for (index, shape) in self.stages.iter().enumerate() {
            stages.push(shape.declaration(index + 1, parallel));
        }
        let mut declaration = pipeline(NAME, &stages);
        declaration["executionMode"] = json!(MODES[mode]);
        if let Some(triggers) = self.watched.triggers() {
            declaration["triggers"] = triggers;
        }
        declaration["variables"] = json!([{ "name": "go", "defaultValue": "yes" }]);
        declaration
    }
}

impl StageShape {
    fn declaration(&self, index: usize, parallel: bool) -> Value {
        let actions: Vec<Value> = self
            .actions
            .iter()
            .enumerate()
            .map(|(index, (shape, order))| shape.declaration(&action_name(index), *order))
            .collect();
        let mut declaration = stage(&stage_name(index), &actions);
        if let Some((result, rules)) = &self.entry {
            let skips = *result == EntryResult::Skip;
            let result = if skips { "SKIP" } else { "FAIL" };
            declaration["beforeEntry"] = json!({ "conditions": [condition(result, rules, skips)] });
        }
        if let Some((back, rules)) = &self.success {
            let result = if *back && !parallel {
                "ROLLBACK"
            } else {
                "FAIL"
            };
            declaration["onSuccess"] = json!({ "conditions": [condition(result, rules, false)] });
        }
        fail(&mut declaration, &self.failure, parallel);
        declaration
    }
}

/// PA-5: nothing is rolled back in PARALLEL mode, so it is retried there.
fn fail(declaration: &mut Value, failure: &Failure, parallel: bool) {
    let retry = |mode: &Option<bool>| {
        let mut failure = json!({ "result": "RETRY" });
        if let Some(all) = mode {
            let mode = if *all {
                "ALL_ACTIONS"
            } else {
                "FAILED_ACTIONS"
            };
            failure["retryConfiguration"] = json!({ "retryMode": mode });
        }
        failure
    };
    declaration["onFailure"] = match failure {
        Failure::Nothing => return,
        Failure::RollBack if parallel => retry(&None),
        Failure::RollBack => json!({ "result": "ROLLBACK" }),
        Failure::Retry(mode) => retry(mode),
        Failure::Condition(again, rules) => {
            let result = if *again || parallel {
                "RETRY"
            } else {
                "ROLLBACK"
            };
            json!({ "conditions": [condition(result, rules, false)] })
        }
    };
}

/// CO-4: only two kinds of rules can skip a stage.
fn condition(result: &str, rules: &[RuleShape], skips: bool) -> Value {
    let rules: Vec<Value> = rules
        .iter()
        .enumerate()
        .map(|(index, rule)| {
            let may = matches!(rule, RuleShape::Variable | RuleShape::Function);
            let rule = if skips && !may {
                RuleShape::Function
            } else {
                *rule
            };
            rule.declaration(&rule_name(index))
        })
        .collect();
    json!({ "result": result, "rules": rules })
}

impl RuleShape {
    fn declaration(self, name: &str) -> Value {
        let rule = |provider: &str, configuration: Value| {
            json!({
                "name": name,
                "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
                "configuration": configuration,
            })
        };
        match self {
            Self::Alarm { which, wait } => rule(
                "CloudWatchAlarm",
                json!({ "AlarmName": ALARMS[which], "WaitTime": wait.to_string() }),
            ),
            Self::Window { cron, timeout } => {
                let cron = ["0 * 9-17 ? * MON-FRI *", "0 30 */4 * * ?", "0 0 0 1 1 ?"][cron];
                let mut window = rule("DeploymentWindow", json!({ "Cron": cron }));
                if timeout {
                    window["timeoutInMinutes"] = json!(90);
                }
                window
            }
            Self::Variable => rule(
                "VariableCheck",
                json!({ "Variable": "#{variables.go}", "Operator": "EQ", "Value": "yes" }),
            ),
            Self::Function => rule("LambdaInvoke", json!({ "FunctionName": FUNCTION })),
            Self::Build => {
                let mut build = rule("CodeBuild", json!({ "ProjectName": "smoke" }));
                build["inputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
                build
            }
            Self::Commands => {
                let mut commands = rule("Commands", json!({}));
                commands["commands"] = json!(["make smoke"]);
                commands
            }
        }
    }
}

impl ActionShape {
    fn declaration(self, name: &str, order: u32) -> Value {
        let built = |configuration: Value| {
            let mut build = action(name, "Build/AWS/CodeBuild", order, configuration);
            build["inputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
            build
        };
        match self {
            Self::Build => built(json!({ "ProjectName": "project" })),
            Self::Refers => built(json!({ "ProjectName": "project-#{Source.BranchName}" })),
            Self::Approval => approval(name, order),
            Self::Hurried(minutes) => {
                let mut approval = approval(name, order);
                approval["timeoutInMinutes"] = json!(minutes);
                approval
            }
            Self::Custom => action(name, "Test/Custom/Rig", order, json!({})),
            Self::Invoke => action(
                name,
                "Invoke/AWS/CodePipeline",
                order,
                json!({ "PipelineName": OTHER }),
            ),
        }
    }
}
