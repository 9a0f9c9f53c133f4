//! Workers whose work is a JavaScript function of the user.
//!
//! To the world they are programs outside: they ask for jobs, acknowledge and report through the same operations as any
//! client, and the engine knows nothing of them but that somebody outside does the work. A function of Lambda is called
//! when its job begins, a worker asks whenever a job can be had. They live as long as the page: a world that is opened
//! again has to be given its functions again.
//!
//! Failure modes: what the function throws, or rejects with, is the failure of the job; a result that the service
//! refuses is one, too. A job that is over when the function is done is left as it is.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Function, Promise, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{
    convert,
    host::{Host, Refusal, report},
};
use crate::{
    engine::{
        fact::{Event, Fact},
        ids::JobId,
        operations::USUAL_TOKEN,
        rules::jobs,
    },
    json::to_value,
    model::{self, ActionOwner, ActionTypeId, ErrorCode, FailureType, JobStatus},
};

/// The longest message of a failure, in characters (J-39).
const LONGEST_MESSAGE: usize = 5_000;

/// A worker whose work is a function.
pub struct JsWorker {
    /// Whose jobs it does.
    pub action_type: ActionTypeId,
    /// The work: it gets the job and gives the result.
    pub work: Function,
    /// What it asks for, where its type has a queryable property (J-10).
    pub query: Option<Value>,
    /// How it shows who it is, where it is a partner's (T-7).
    pub client_token: Option<String>,
    asking: Cell<bool>,
    again: Cell<bool>,
    dismissed: Cell<bool>,
}

/// The workers of a world.
#[derive(Default)]
pub struct JsWorkers {
    employed: RefCell<Vec<Rc<JsWorker>>>,
}

impl JsWorkers {
    /// Employs a worker, in the place of the one that did the same jobs.
    pub fn employ(&self, host: &Rc<Host>, worker: JsWorker) {
        self.dismiss(&worker.action_type);
        let worker = Rc::new(worker);
        self.employed.borrow_mut().push(Rc::clone(&worker));
        worker.ask(host);
    }

    /// A worker asks for no more jobs. What it has in hand it still reports.
    pub fn dismiss(&self, action_type: &ActionTypeId) {
        self.employed.borrow_mut().retain(|worker| {
            let stays = worker.action_type != *action_type;
            if !stays {
                worker.dismissed.set(true);
            }
            stays
        });
    }

    /// Something has happened: whoever may have something to do looks.
    pub fn hear(&self, host: &Rc<Host>, facts: &[Rc<Fact>]) {
        let employed = self.employed.borrow().clone();
        if employed.is_empty() {
            return;
        }
        let mut offered = false;
        for fact in facts {
            match &fact.event {
                // A type that comes back may find jobs that nobody could have in the meantime.
                Event::JobQueued { .. }
                | Event::BehaviorSet { .. }
                | Event::CustomActionTypeCreated { .. } => offered = true,
                Event::JobCreated {
                    execution,
                    job,
                    status,
                    ..
                } => {
                    offered |= *status == JobStatus::Queued;
                    if *status == JobStatus::InProgress {
                        let id = JobId {
                            execution: *execution,
                            ordinal: *job,
                        };
                        invoke(host, &employed, id);
                    }
                }
                Event::JobStarted { execution, job, .. } => {
                    let id = JobId {
                        execution: *execution,
                        ordinal: *job,
                    };
                    invoke(host, &employed, id);
                }
                _ => {}
            }
        }
        if offered {
            for worker in &employed {
                worker.ask(host);
            }
        }
    }
}

/// J-52: the job of a function of Lambda is under way.
fn invoke(host: &Rc<Host>, employed: &[Rc<JsWorker>], id: JobId) {
    let found = host.look(|session| {
        let world = session.world();
        let action_type = jobs::action_type(world, id)?;
        let mut functions = employed.iter().filter(|worker| worker.is_function());
        let worker = functions.find(|worker| worker.action_type == *action_type)?;
        Some((Rc::clone(worker), world.key().job(id)))
    });
    if let Some((worker, uuid)) = found {
        let host = Rc::clone(host);
        spawn_local(async move { worker.work_on(&host, uuid).await });
    }
}

impl JsWorker {
    /// A worker.
    #[must_use]
    pub fn new(
        action_type: ActionTypeId,
        work: Function,
        query: Option<Value>,
        client_token: Option<String>,
    ) -> Self {
        Self {
            action_type,
            work,
            query,
            client_token,
            asking: Cell::new(false),
            again: Cell::new(false),
            dismissed: Cell::new(false),
        }
    }

    fn is_function(&self) -> bool {
        self.action_type.owner == ActionOwner::Aws
    }

    fn is_partner(&self) -> bool {
        self.action_type.owner == ActionOwner::ThirdParty
    }

    /// The operation by which it does something: `PollFor…s`, `Acknowledge…`, `Put…SuccessResult`.
    fn operation(&self, before: &str, after: &str) -> String {
        let job = if self.is_partner() {
            "ThirdPartyJob"
        } else {
            "Job"
        };
        format!("{before}{job}{after}")
    }

    /// An input about a job.
    fn about(&self, job: &str, mut input: Value) -> Value {
        if let Some(input) = input.as_object_mut() {
            input.insert("jobId".to_owned(), json!(job));
            if self.is_partner() {
                let token = self.client_token.as_deref().unwrap_or(USUAL_TOKEN);
                input.insert("clientToken".to_owned(), json!(token));
            }
        }
        input
    }

    /// Asks for jobs, once at a time.
    fn ask(self: &Rc<Self>, host: &Rc<Host>) {
        if self.is_function() {
            return;
        }
        if self.asking.replace(true) {
            self.again.set(true);
            return;
        }
        let (worker, host) = (Rc::clone(self), Rc::clone(host));
        spawn_local(async move {
            loop {
                worker.again.set(false);
                if worker.dismissed.get() {
                    break;
                }
                worker.poll(&host).await;
                if !worker.again.get() {
                    break;
                }
            }
            worker.asking.set(false);
        });
    }

    async fn poll(self: &Rc<Self>, host: &Rc<Host>) {
        let mut input = json!({ "actionTypeId": to_value(&self.action_type) });
        if let (Some(query), Some(input)) = (&self.query, input.as_object_mut()) {
            input.insert("queryParam".to_owned(), query.clone());
        }
        let answer = host
            .call_and_wait(&self.operation("PollFor", "s"), input)
            .await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(refusal) => {
                complain(&refusal);
                return;
            }
        };
        let found = answer.get("jobs").and_then(Value::as_array);
        for job in found.into_iter().flatten() {
            let text = |key: &str| job.get(key).and_then(Value::as_str).map(str::to_owned);
            let Some(id) = text("id").or_else(|| text("jobId")) else {
                continue;
            };
            let nonce = text("nonce");
            let (worker, host) = (Rc::clone(self), Rc::clone(host));
            spawn_local(async move { worker.take(&host, id, nonce).await });
        }
    }

    /// T-2: a partner learns the nonce from the details. Then the job is acknowledged, and done.
    async fn take(&self, host: &Rc<Host>, id: String, nonce: Option<String>) {
        let nonce = match nonce {
            Some(nonce) => json!(nonce),
            None => match self.details(host, &id).await {
                Ok(details) => details.get("nonce").cloned().unwrap_or_default(),
                Err(refusal) => return complain(&refusal),
            },
        };
        let input = self.about(&id, json!({ "nonce": nonce }));
        let answer = host
            .call_and_wait(&self.operation("Acknowledge", ""), input)
            .await;
        match answer {
            Ok(answer) if answer.get("status") == Some(&json!("InProgress")) => {
                self.work_on(host, id).await;
            }
            // Somebody else was faster, or its action is over.
            Ok(_) => {}
            Err(refusal) => complain(&refusal),
        }
    }

    async fn details(&self, host: &Rc<Host>, id: &str) -> Result<Value, Refusal> {
        let input = self.about(id, json!({}));
        let operation = self.operation("Get", "Details");
        let answer = host.call_and_wait(&operation, input).await?;
        Ok(answer.get("jobDetails").cloned().unwrap_or_default())
    }

    /// Calls the function and reports what it gives.
    async fn work_on(&self, host: &Rc<Host>, id: String) {
        let details = match self.details(host, &id).await {
            Ok(details) => details,
            Err(refusal) => return complain(&refusal),
        };
        let operation = self.operation("Get", "Details");
        let shape = model::operation(&operation).and_then(|operation| operation.output);
        let told = convert::output(shape, &json!({ "jobDetails": details }));
        let job = Reflect::get(&told, &JsValue::from_str("jobDetails")).unwrap_or_default();
        let given = match self.work.call1(&JsValue::UNDEFINED, &job) {
            Ok(given) => JsFuture::from(Promise::resolve(&given)).await,
            Err(thrown) => Err(thrown),
        };
        match given {
            Ok(result) => self.succeed(host, &id, &result).await,
            Err(thrown) => {
                let (code, message) = failure(&thrown);
                self.fail(host, &id, code, &message).await;
            }
        }
    }

    async fn succeed(&self, host: &Rc<Host>, id: &str, result: &JsValue) {
        let name = self.operation("Put", "SuccessResult");
        let input = match (result.as_string(), model::operation(&name)) {
            (Some(summary), _) => json!({ "executionDetails": { "summary": summary } }),
            (None, Some(operation)) if result.is_object() => {
                convert::input(operation.input, result)
            }
            _ => json!({}),
        };
        let answer = host.call_and_wait(&name, self.about(id, input)).await;
        match answer {
            Err(Refusal::Api(error))
                if matches!(
                    error.code,
                    ErrorCode::ValidationException
                        | ErrorCode::SerializationException
                        | ErrorCode::OutputVariablesSizeExceededException
                ) =>
            {
                let message = format!("The worker's result was refused: {}", error.message);
                self.fail(host, id, FailureType::ConfigurationError, &message)
                    .await;
            }
            Err(refusal) => complain(&refusal),
            Ok(_) => {}
        }
    }

    async fn fail(&self, host: &Rc<Host>, id: &str, code: FailureType, message: &str) {
        let message: String = message.chars().take(LONGEST_MESSAGE).collect();
        let input = json!({ "failureDetails": { "type": code.as_str(), "message": message } });
        let name = self.operation("Put", "FailureResult");
        if let Err(refusal) = host.call_and_wait(&name, self.about(id, input)).await {
            complain(&refusal);
        }
    }
}

/// What was thrown as a failure: its `code` where that is one, and its message.
fn failure(thrown: &JsValue) -> (FailureType, String) {
    let member = |key: &str| {
        let value = Reflect::get(thrown, &JsValue::from_str(key)).ok()?;
        value.as_string().filter(|text| !text.is_empty())
    };
    let code = member("code").and_then(|code| {
        let mut known = FailureType::ALL.iter().copied();
        known.find(|known| known.as_str() == code)
    });
    let said = member("message").or_else(|| thrown.as_string().filter(|text| !text.is_empty()));
    let message = said.unwrap_or_else(|| "The worker threw and did not say why".to_owned());
    (code.unwrap_or(FailureType::JobFailed), message)
}

/// What nobody waits for is told to whoever looks at the console; a job that is over, or somebody else's, is nothing.
fn complain(refusal: &Refusal) {
    let usual = matches!(refusal, Refusal::Closed | Refusal::ReadOnly(_))
        || matches!(
            refusal,
            Refusal::Api(error) if matches!(
                error.code,
                ErrorCode::InvalidJobStateException
                    | ErrorCode::InvalidJobException
                    | ErrorCode::InvalidNonceException
                    | ErrorCode::JobNotFoundException
            )
        );
    if !usual {
        report("A worker's call was refused:", &refusal.to_js());
    }
}

/// The function among the settings of a worker, if there is one.
#[must_use]
pub fn work(settings: &JsValue) -> Option<Function> {
    if !settings.is_object() {
        return None;
    }
    let work = Reflect::get(settings, &JsValue::from_str("work")).ok()?;
    work.dyn_into().ok()
}
