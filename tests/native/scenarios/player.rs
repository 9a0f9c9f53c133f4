//! A scenario at work: a world, what its executions are called, what was answered last and what was told so far.

use std::collections::BTreeMap;

use codepipeline_simulator::{
    api::told::{Told, told},
    engine::{Engine, control::Control, invariants, rules::jobs, time::Instant},
    model::{ActionOwner, ApiError},
};
use serde_json::{Value, json};

use super::{
    command, expectation,
    sent::{self, Sent},
    story,
};
use crate::bench::Bench;

/// See the module.
pub struct Player {
    /// The world.
    pub bench: Bench,
    /// The declarations by name, as they will be created or saved next.
    pub declarations: BTreeMap<String, Value>,
    /// The pipeline that is meant where none is named.
    pub usual: String,
    /// The last answer.
    pub answer: Value,
    /// The last refusal.
    pub refusal: Option<ApiError>,
    /// What the next execution to start is called.
    pub next_name: Option<String>,
    began: Instant,
    told: Vec<(Instant, Told)>,
    sent: Vec<Sent>,
    /// How many of the told facts a story has covered.
    covered: usize,
    /// Where the last command's facts begin.
    fresh: usize,
    names: BTreeMap<String, String>,
    /// The ids of the jobs, in the order in which they were made: the first is `J1`.
    jobs: Vec<String>,
    /// The nonce that each job was handed out with last.
    nonces: BTreeMap<String, String>,
    executions: BTreeMap<String, (String, String)>,
}

/// `x * 3` as `xxx`.
fn repeated(text: &str) -> Option<String> {
    let (letter, count) = text.split_once(" * ")?;
    let count: usize = count.parse().ok()?;
    (letter.chars().count() == 1).then(|| letter.repeat(count))
}

impl Player {
    /// A new world.
    pub fn new() -> Self {
        let bench = Bench::new();
        let began = bench.now();
        Self {
            bench,
            declarations: BTreeMap::new(),
            usual: String::new(),
            answer: Value::Null,
            refusal: None,
            next_name: None,
            began,
            told: vec![],
            sent: vec![],
            covered: 0,
            fresh: 0,
            names: BTreeMap::new(),
            jobs: vec![],
            nonces: BTreeMap::new(),
            executions: BTreeMap::new(),
        }
    }

    /// Carries a command out that has to be accepted.
    pub fn perform(&mut self, text: &str) -> Result<(), String> {
        match self.attempt(text)? {
            Ok(()) => Ok(()),
            Err(error) => Err(format!(
                "refused with {}: {}",
                error.code.name(),
                error.message
            )),
        }
    }

    /// Carries a command out. The outer error says that the line cannot be read.
    pub fn attempt(&mut self, text: &str) -> Result<Result<(), ApiError>, String> {
        self.fresh = self.told.len();
        let done = command::perform(self, text)?;
        self.next_name = None;
        if let Err(error) = &done {
            self.refusal = Some(error.clone());
        }
        invariants::check(self.bench.engine.world())?;
        Ok(done)
    }

    /// Calls an operation; strings of the input that name an execution or a token become its id.
    pub fn call(&mut self, operation: &str, input: Value) -> Result<Result<(), ApiError>, String> {
        let input = self.with_ids(input)?;
        let answered = self.bench.call(operation, input);
        self.listen();
        Ok(answered.map(|answer| {
            self.answer = answer;
            self.learn_nonces();
        }))
    }

    /// A question of the checker's own: the answer is not the scenario's.
    pub fn ask(&mut self, operation: &str, input: Value) -> Result<Value, String> {
        self.bench.call(operation, input).map_err(|error| {
            format!(
                "{operation} answers {}: {}",
                error.code.name(),
                error.message
            )
        })
    }

    /// Carries a control out.
    pub fn control(&mut self, control: Control) -> Result<(), ApiError> {
        let now = self.bench.now();
        let done = self.bench.engine.control(control, now);
        self.bench.keep();
        self.listen();
        done.map(|answer| {
            if !answer.is_null() {
                self.answer = answer;
            }
        })
    }

    /// Takes up what has happened.
    pub fn listen(&mut self) {
        let world = self.bench.engine.world();
        for fact in &self.bench.facts[self.told.len()..] {
            let told = told(world, fact);
            if told.r#type == "ExecutionStarted"
                && let (Some(id), Some(pipeline)) =
                    (&told.pipeline_execution_id, &told.pipeline_name)
            {
                let usual = format!("E{}", self.names.len() + 1);
                let name = self.next_name.take().unwrap_or(usual);
                self.names.insert(id.clone(), name.clone());
                self.executions.insert(name, (pipeline.clone(), id.clone()));
            }
            if told.r#type == "JobCreated" {
                self.jobs.extend(told.job_id.clone());
            }
            self.told.push((fact.at, told));
            self.sent.extend(sent::all(world, fact));
        }
    }

    /// The pipeline and the id of an execution by the name that the scenario gives it.
    pub fn execution(&self, name: &str) -> Result<(String, String), String> {
        self.executions
            .get(name)
            .cloned()
            .ok_or_else(|| format!("no execution is called {name}"))
    }

    /// What the scenario calls an execution.
    pub fn name(&self, id: &str) -> String {
        let job = || self.jobs.iter().position(|job| job == id);
        let job = || job().map(|index| format!("J{}", index + 1));
        let named = self.names.get(id).cloned().or_else(job);
        named.unwrap_or_else(|| id.to_owned())
    }

    /// The id of a job by its name, `J1` and so on.
    pub fn job(&self, name: &str) -> Option<String> {
        let number: usize = name.strip_prefix('J')?.parse().ok()?;
        self.jobs.get(number.checked_sub(1)?).cloned()
    }

    /// The nonce that a job was handed out with last, as far as an answer has told.
    pub fn nonce(&self, name: &str) -> Result<String, String> {
        let id = self.job(name).unwrap_or_default();
        let nonce = self.nonces.get(&id).cloned();
        nonce.ok_or_else(|| format!("no answer has told a nonce of {name}"))
    }

    /// Remembers the nonces that an answer tells.
    pub fn learn_nonces(&mut self) {
        let details = &self.answer["jobDetails"];
        let jobs = self.answer["jobs"].as_array();
        for job in jobs.into_iter().flatten().chain([details]) {
            if let (Some(id), Some(nonce)) = (job["id"].as_str(), job["nonce"].as_str()) {
                self.nonces.insert(id.to_owned(), nonce.to_owned());
            }
        }
    }

    /// A value in which `E1` became the id of that execution, `token of STAGE.ACTION of E1` the approval's token,
    /// `id of STAGE.ACTION of E1` the action execution's id, `J1` the id of that job, `nonce of J1` what it was handed out
    /// with last, `client of J1` the partner's client,
    /// `answer.nextToken` that member of the last answer, and `x * 1001` so many of a letter.
    pub fn with_ids(&mut self, value: Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => match self.executions.get(&text) {
                Some((_, id)) => json!(id),
                None => match (text.strip_prefix("token of "), text.strip_prefix("answer.")) {
                    (Some(approval), _) => json!(self.token(approval)?),
                    _ if self.job(&text).is_some() => json!(self.job(&text)),
                    _ if text.starts_with("nonce of ") => {
                        json!(self.nonce(text.trim_start_matches("nonce of "))?)
                    }
                    _ if text.starts_with("client of ") => {
                        json!(self.client(text.trim_start_matches("client of "))?)
                    }
                    _ if text.starts_with("id of ") => self.id_of_action(&text)?,
                    (_, Some(path)) => expectation::follow(&self.answer, path)
                        .ok_or_else(|| format!("the last answer has no {path}"))?,
                    _ => Value::String(repeated(&text).unwrap_or(text)),
                },
            },
            Value::Array(items) => items
                .into_iter()
                .map(|item| self.with_ids(item))
                .collect::<Result<_, _>>()?,
            Value::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(key, member)| Ok((key, self.with_ids(member)?)))
                    .collect::<Result<_, String>>()?,
            ),
            other => other,
        })
    }

    /// AP-3: the token of the latest run of an approval, `STAGE.ACTION of E1`.
    pub fn token(&mut self, approval: &str) -> Result<String, String> {
        let (action, execution) = approval
            .split_once(" of ")
            .ok_or("an approval is named as STAGE.ACTION of EXECUTION")?;
        let row = self.row(action, execution)?;
        let token = row["output"]["executionResult"]["externalExecutionId"].as_str();
        token
            .map(str::to_owned)
            .ok_or_else(|| format!("{approval} never began"))
    }

    /// The client of a partner's job, as the last poll told it.
    fn client(&self, name: &str) -> Result<String, String> {
        let id = self.job(name);
        let told = self.answer["jobs"].as_array().into_iter().flatten();
        let mut told = told.filter(|job| job["jobId"].as_str() == id.as_deref());
        let client = told.next().and_then(|job| job["clientId"].as_str());
        client
            .map(str::to_owned)
            .ok_or_else(|| format!("the last answer tells no client of {name}"))
    }

    /// The status of a job, and whether it is a partner's.
    pub fn job_record(&self, name: &str) -> Result<(String, bool), String> {
        let unknown = || format!("no job is called {name}");
        let id = self.job(name).ok_or_else(unknown)?;
        let world = self.bench.engine.world();
        let id = world.key().parse_job(&id).ok_or_else(unknown)?;
        let pipeline = world.pipelines.get(&id.execution.pipeline);
        let execution = pipeline.and_then(|pipeline| pipeline.execution(id.execution.number));
        let job = execution
            .as_ref()
            .and_then(|execution| execution.jobs.get(id.ordinal as usize))
            .ok_or_else(|| format!("{name} is gone with its pipeline"))?;
        let partner =
            jobs::action_type(world, id).is_some_and(|id| id.owner == ActionOwner::ThirdParty);
        Ok((job.status.to_string(), partner))
    }

    /// `id of STAGE.ACTION of E1`: of its latest run.
    fn id_of_action(&mut self, text: &str) -> Result<Value, String> {
        let named = text.trim_start_matches("id of ").split_once(" of ");
        let (action, execution) = named.ok_or("id of STAGE.ACTION of EXECUTION")?;
        Ok(self.row(action, execution)?["actionExecutionId"].take())
    }

    /// The latest row of an action of an execution in ListActionExecutions; null where it never began.
    pub fn row(&mut self, action: &str, execution: &str) -> Result<Value, String> {
        let (pipeline, id) = self.execution(execution)?;
        let (stage, action) = action
            .split_once('.')
            .ok_or("an action is named as STAGE.ACTION")?;
        let rows = self.ask(
            "ListActionExecutions",
            json!({ "pipelineName": pipeline, "filter": { "pipelineExecutionId": id } }),
        )?;
        let rows = rows["actionExecutionDetails"].as_array();
        let row = rows
            .into_iter()
            .flatten()
            .find(|row| row["stageName"] == stage && row["actionName"] == action);
        Ok(row.cloned().unwrap_or(Value::Null))
    }

    /// The latest row of a rule of a stage of an execution in ListRuleExecutions; null where it never began.
    pub fn rule(&mut self, rule: &str, stage: &str, execution: &str) -> Result<Value, String> {
        let (pipeline, id) = self.execution(execution)?;
        let rows = self.ask(
            "ListRuleExecutions",
            json!({ "pipelineName": pipeline, "filter": { "pipelineExecutionId": id } }),
        )?;
        let rows = rows["ruleExecutionDetails"].as_array();
        let row = rows
            .into_iter()
            .flatten()
            .find(|row| row["stageName"] == stage && row["ruleName"] == rule);
        Ok(row.cloned().unwrap_or(Value::Null))
    }

    /// How long the scenario has been going on, in milliseconds.
    pub fn elapsed(&self) -> i64 {
        self.bench.now().since(self.began)
    }

    /// Every line of the whole story so far, without times.
    pub fn happened(&self) -> impl Iterator<Item = String> {
        self.told
            .iter()
            .filter_map(|(_, told)| story::line(told, |id| self.name(id)))
    }

    /// The events about an execution, in the order in which they were sent.
    pub fn events(&self, execution: &str) -> Result<impl Iterator<Item = &Sent>, String> {
        let (_, id) = self.execution(execution)?;
        let of_execution = self.sent.iter().filter(move |sent| sent.execution == id);
        Ok(of_execution.filter(|sent| !sent.name.starts_with("message ")))
    }

    /// The last thing of a name that was sent about an execution.
    pub fn sent(&self, name: &str, execution: &str) -> Result<Option<&Sent>, String> {
        let (_, id) = self.execution(execution)?;
        let mut sent = self.sent.iter().rev();
        Ok(sent.find(|sent| sent.execution == id && sent.name == name))
    }

    /// The executions that the last command started, by the names that the scenario gives them.
    pub fn started(&self) -> Vec<String> {
        self.told[self.fresh..]
            .iter()
            .filter(|(_, told)| told.r#type == "ExecutionStarted")
            .filter_map(|(_, told)| told.pipeline_execution_id.as_deref())
            .map(|id| self.name(id))
            .collect()
    }

    /// How many facts the last command recorded.
    pub fn fresh(&self) -> usize {
        self.told.len() - self.fresh
    }

    /// The story since the last one; of one execution only, where that is asked for.
    pub fn story(&mut self, of: Option<&str>) -> Vec<String> {
        let from = std::mem::replace(&mut self.covered, self.told.len());
        self.told[from..]
            .iter()
            .filter(|(_, told)| {
                of.is_none_or(|name| {
                    told.pipeline_execution_id
                        .as_deref()
                        .map(|id| self.name(id))
                        == Some(name.to_owned())
                })
            })
            .filter_map(|(at, told)| {
                let line = story::line(told, |id| self.name(id))?;
                Some(format!("{:<6} {line}", story::span(at.since(self.began))))
            })
            .collect()
    }

    /// The end of every scenario: whoever replays its facts arrives at the same world, and what is sent right after a
    /// fact is what was sent when its command was over, and what would be sent now.
    pub fn close(self) -> Result<(), String> {
        let end = self.bench.engine.world();
        let mut again = Engine::new(end.options.clone());
        let mut sent = vec![];
        for fact in &self.bench.facts {
            again.replay(std::slice::from_ref(fact))?;
            let at_once = sent::all(again.world(), fact);
            let forgotten = fact
                .event
                .pipeline()
                .is_some_and(|pipeline| !end.pipelines.contains_key(&pipeline));
            if !forgotten {
                sent::alike(&at_once, &sent::all(end, fact))?;
            }
            sent.extend(at_once);
        }
        sent::alike(&sent, &self.sent)?;
        again.set_clock(self.bench.now());
        if again.snapshot() == self.bench.engine.snapshot() {
            Ok(())
        } else {
            Err("replaying the facts of this scenario leads to another world".to_owned())
        }
    }
}
