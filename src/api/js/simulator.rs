//! `Simulator`: what `import { Simulator } from "codepipeline-simulator"` gives.

use std::rc::Rc;

use crate::json::{FromJson, ToJson};
use js_sys::{Date, Function, Object, Promise, Reflect};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

use super::{
    convert, errors,
    host::{Host, Opening, Refusal},
    workers::{self, JsWorker},
};
use crate::{
    api::{
        controls::{
            Advance, AttachWorker, CompleteAction, DeliverWebhook, DetachWorker, ExplainTriggers,
            FailNext, Goal, PushRevision, SetAlarm, SetBehavior, SetClientToken, SetEventRule,
            SetLambdaResult, SetSchedule, Target, action_type, read,
        },
        explain::{Question, Waiting, waiting},
        heard::Format,
        session::Stopped,
    },
    engine::{
        time::Instant,
        world::{HistoryOption, Options},
    },
    model,
};

#[wasm_bindgen(typescript_custom_section)]
const OPERATIONS: &str = include_str!("../operations.d.ts");
#[wasm_bindgen(typescript_custom_section)]
const CONTROLS: &str = include_str!("../controls.d.ts");

/// A simulated account and Region: all operations of AWS CodePipeline, on a virtual clock.
#[wasm_bindgen]
pub struct Simulator {
    host: Rc<Host>,
}

/// What `open` may be told.
#[derive(Debug, Default, FromJson)]
#[json(default, rename_all = "camelCase", deny_unknown_fields)]
struct OpenOptions {
    world: Option<String>,
    storage: Option<String>,
    seed: Option<u64>,
    account_id: Option<String>,
    region: Option<String>,
    partition: Option<String>,
    caller_arn: Option<String>,
    start_time: Option<f64>,
    history: Option<HistoryOption>,
    show_webhook_secrets: bool,
}

/// What `attachWorker` may be told along with a function.
#[derive(Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
struct Employment {
    action_type: String,
    #[json(default)]
    query_param: Option<std::collections::BTreeMap<String, String>>,
    #[json(default)]
    client_token: Option<String>,
}

/// What `subscribe` may be told.
#[derive(Debug, Default, FromJson)]
#[json(default, deny_unknown_fields)]
struct SubscribeOptions {
    format: Format,
}

impl OpenOptions {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "only the bits of a seed matter; times are held inside the calendar"
    )]
    fn world(&self) -> Result<Options, JsValue> {
        let account_id = self
            .account_id
            .clone()
            .unwrap_or_else(|| "123456789012".to_owned());
        if account_id.len() != 12 || !account_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(errors::invalid("accountId has twelve digits"));
        }
        let region = self
            .region
            .clone()
            .unwrap_or_else(|| "us-east-1".to_owned());
        if !crate::engine::declaration::is_region(&region) {
            return Err(errors::invalid(&format!(
                "'{region}' is not a Region of CodePipeline"
            )));
        }
        let partition = self.partition.clone().unwrap_or_else(|| "aws".to_owned());
        let caller_arn = self
            .caller_arn
            .clone()
            .unwrap_or_else(|| format!("arn:{partition}:iam::{account_id}:user/simulator"));
        let start = self.start_time.unwrap_or_else(Date::now);
        Ok(Options {
            seed: self
                .seed
                .unwrap_or_else(|| (js_sys::Math::random() * 9e15) as u64),
            account_id,
            region,
            partition,
            caller_arn,
            start_time: Instant(
                ((start / 1_000.0).floor() as i64)
                    .saturating_mul(1_000)
                    .clamp(0, Instant::LAST.0),
            ),
            history: self.history.unwrap_or_default(),
            show_webhook_secrets: self.show_webhook_secrets,
        })
    }
}

#[derive(ToJson)]
#[json(rename_all = "camelCase")]
struct Advanced {
    facts: u64,
    stopped: &'static str,
    /// What `untilIdle` stopped in front of.
    #[json(skip_serializing_if = "Option::is_none")]
    waiting: Option<Vec<Waiting>>,
}

/// Takes a storage that is an object out of the options.
fn without_storage(options: JsValue) -> (JsValue, Option<JsValue>) {
    let key = JsValue::from_str("storage");
    let storage = Reflect::get(&options, &key).unwrap_or_default();
    match options.dyn_ref::<Object>() {
        Some(given) if storage.is_object() => {
            let rest = Object::assign(&Object::new(), given);
            let _ = Reflect::delete_property(&rest, &key);
            (rest.into(), Some(storage))
        }
        _ => (options, None),
    }
}

/// Whether there is a place to keep worlds; in Node there is none.
fn has_indexed_db() -> bool {
    let found = Reflect::get(&js_sys::global(), &JsValue::from_str("indexedDB"));
    found.is_ok_and(|found| found.is_object())
}

/// What settles a promise.
type Settle = Box<dyn FnOnce(Result<JsValue, JsValue>)>;

/// A promise, and what settles it.
fn promise(start: impl FnOnce(Settle)) -> Promise {
    let mut settle: Option<Settle> = None;
    let made = Promise::new(&mut |resolve: Function, reject: Function| {
        settle = Some(Box::new(move |result| {
            let _ = match result {
                Ok(value) => resolve.call1(&JsValue::UNDEFINED, &value),
                Err(error) => reject.call1(&JsValue::UNDEFINED, &error),
            };
        }));
    });
    if let Some(settle) = settle {
        start(settle);
    }
    made
}

fn settle_unit(settle: Settle) -> impl FnOnce(Result<(), Refusal>) + 'static {
    move |answer| {
        settle(
            answer
                .map(|()| JsValue::UNDEFINED)
                .map_err(|refusal| refusal.to_js()),
        )
    }
}

/// The answer of a control; `undefined` where it has nothing to say.
fn settle_value(settle: Settle) -> impl FnOnce(Result<Value, Refusal>) + 'static {
    move |answer| {
        settle(match answer {
            Ok(Value::Null) => Ok(JsValue::UNDEFINED),
            Ok(value) => Ok(convert::record(&value)),
            Err(refusal) => Err(refusal.to_js()),
        });
    }
}

impl Simulator {
    /// A face for a world that is already open.
    #[must_use]
    pub fn of(host: Rc<Host>) -> Self {
        Self { host }
    }

    /// The world behind the face.
    pub(super) fn host(&self) -> &Rc<Host> {
        &self.host
    }

    /// Sends an operation, by its name.
    pub(super) fn operation(&self, name: &str, input: &JsValue) -> Promise {
        let host = Rc::clone(&self.host);
        let operation = model::operation(name);
        let input = operation.map_or(Value::Null, |operation| {
            convert::input(operation.input, input)
        });
        let name = name.to_owned();
        promise(move |settle| {
            host.call(&name, input, move |answer| {
                settle(match answer {
                    Ok(value) => {
                        let shape = operation.and_then(|operation| operation.output);
                        let output = convert::output(shape, &value);
                        let _ = Reflect::set(
                            &output,
                            &JsValue::from_str("$metadata"),
                            &errors::metadata(200),
                        );
                        Ok(output)
                    }
                    Err(refusal) => Err(refusal.to_js()),
                });
            });
        })
    }

    fn read<T: FromJson>(control: &str, input: &JsValue) -> Result<T, JsValue> {
        let plain = convert::plain(input)
            .map_err(|error| errors::invalid(&format!("{control}: {error}")))?;
        read(control, plain).map_err(|error| errors::api_error(&error))
    }
}

#[wasm_bindgen]
impl Simulator {
    /// Opens a world: `{ world, storage, seed, accountId, region, startTime, history }`, the storage `"indexeddb"`,
    /// `"memory"` or an object with `load`, `append` and `replace`.
    #[wasm_bindgen(skip_typescript)]
    pub async fn open(options: JsValue) -> Result<Simulator, JsValue> {
        let (options, handed) = without_storage(options);
        let options: OpenOptions = Self::read("open", &options)?;
        let opening = match (handed, options.storage.as_deref()) {
            (Some(object), _) => Opening::Handed(object),
            (None, None) if !has_indexed_db() => Opening::Memory(None),
            (None, None | Some("indexeddb")) => Opening::Stored,
            (None, Some("memory")) => Opening::Memory(None),
            (None, Some(other)) => {
                return Err(errors::invalid(&format!(
                    "storage is indexeddb, memory or an object with load, append and replace, not '{other}'"
                )));
            }
        };
        let name = options
            .world
            .clone()
            .unwrap_or_else(|| "default".to_owned());
        let host = Host::open(&name, options.world()?, opening)
            .await
            .map_err(|error| Refusal::Storage(error).to_js())?;
        Ok(Simulator { host })
    }

    /// Any operation by its name.
    #[wasm_bindgen(skip_typescript)]
    pub fn send(&self, operation: &str, input: &JsValue) -> Promise {
        self.operation(operation, input)
    }

    /// Hears every fact after it is committed, in order, in the format that the options `{ format }` name. Answers a
    /// function that ends it.
    ///
    /// # Errors
    /// ValidationException for options that are none.
    #[wasm_bindgen(skip_typescript)]
    pub fn subscribe(&self, listener: Function, options: &JsValue) -> Result<Function, JsValue> {
        let SubscribeOptions { format } = Self::read("subscribe", options)?;
        let number = self.host.subscribe(listener, format);
        let host = Rc::downgrade(&self.host);
        // Calling it twice does no harm.
        let stop: Closure<dyn FnMut()> = Closure::new(move || {
            if let Some(host) = host.upgrade() {
                host.unsubscribe(number);
            }
        });
        Ok(stop.into_js_value().unchecked_into())
    }

    /// Where the clock stands: `{ now, playing, speed }`.
    #[wasm_bindgen(skip_typescript)]
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds until the year 9999 fit into 53 bits"
    )]
    pub fn clock(&self) -> JsValue {
        let clock = Object::new();
        let (now, playing, speed) = self
            .host
            .look(|session| (session.world().now, session.playing(), session.speed()));
        let set = |key: &str, value: JsValue| {
            let _ = Reflect::set(&clock, &JsValue::from_str(key), &value);
        };
        set("now", Date::new(&JsValue::from(now.0 as f64)).into());
        set("playing", JsValue::from(playing));
        set("speed", JsValue::from(speed));
        clock.into()
    }

    /// Lets the clock run.
    #[wasm_bindgen(skip_typescript)]
    pub fn play(&self) -> Promise {
        promise(|settle| {
            self.host
                .clock(|session, real| session.play(real), settle_unit(settle))
        })
    }

    /// Stops the clock.
    #[wasm_bindgen(skip_typescript)]
    pub fn pause(&self) -> Promise {
        promise(|settle| {
            self.host
                .clock(|session, real| session.pause(real), settle_unit(settle))
        })
    }

    /// Virtual seconds in a real one, 1 to 86,400.
    #[wasm_bindgen(js_name = setSpeed, skip_typescript)]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked first"
    )]
    pub fn set_speed(&self, speed: f64) -> Promise {
        if !(1.0..=f64::from(crate::api::session::FASTEST)).contains(&speed) {
            return Promise::reject(&errors::invalid("A speed is a number from 1 to 86400"));
        }
        promise(|settle| {
            self.host.clock(
                |session, real| session.set_speed(speed as u32, real),
                settle_unit(settle),
            );
        })
    }

    /// Moves the clock: a span, `to`, `toNextEvent` or `untilIdle`. Answers how far it came, why it stopped and,
    /// until idle, what still waits.
    #[wasm_bindgen(skip_typescript)]
    pub fn advance(&self, input: &JsValue) -> Promise {
        let host = Rc::clone(&self.host);
        let goal = Self::read::<Advance>("advance", input).and_then(|advance| {
            let now = host.present();
            advance.goal(now).map_err(|error| errors::api_error(&error))
        });
        future_to_promise(async move {
            let goal = goal?;
            let until_idle = matches!(goal, Goal::Idle(_));
            let (stopped, facts) = host
                .advance(goal)
                .await
                .map_err(|refusal| refusal.to_js())?;
            let waiting = until_idle.then(|| host.look(|session| waiting(session.world())));
            let stopped = match stopped {
                Stopped::Arrived => "arrived",
                Stopped::Idle => "idle",
                Stopped::Limit => "limit",
                Stopped::Cancelled => "cancelled",
            };
            // Settled like a call: after everything that happened on the way is committed.
            wasm_bindgen_futures::JsFuture::from(promise(|settle| {
                host.clock(|_, _| {}, settle_unit(settle));
            }))
            .await?;
            Ok(convert::record(&Advanced {
                facts,
                stopped,
                waiting,
            }))
        })
    }

    /// Stops an advance where it is.
    #[wasm_bindgen(js_name = cancelAdvance, skip_typescript)]
    pub fn cancel_advance(&self) {
        self.host.cancel_forward();
    }

    /// How actions behave: `{ target, behavior }`.
    #[wasm_bindgen(js_name = setBehavior, skip_typescript)]
    pub fn set_behavior(&self, input: &JsValue) -> Promise {
        match Self::read::<SetBehavior>("setBehavior", input) {
            Err(error) => Promise::reject(&error),
            Ok(set) => promise(|settle| {
                self.host
                    .control(|session| set.control(session.world()), settle_value(settle));
            }),
        }
    }

    /// What was said about a target's behavior; `undefined` where nothing was.
    #[wasm_bindgen(js_name = getBehavior, skip_typescript)]
    pub fn get_behavior(&self, target: &JsValue) -> Result<JsValue, JsValue> {
        let target: Target = Self::read("getBehavior", target)?;
        let found = self.host.look(|session| {
            target
                .scope(session.world())
                .map(|scope| session.world().behaviors.get(&scope).cloned())
        });
        let found = found.map_err(|error| errors::api_error(&error))?;
        Ok(found.map_or(JsValue::UNDEFINED, |behavior| convert::record(&behavior)))
    }

    /// Why an execution is where it is: `{ pipelineName, pipelineExecutionId }`.
    #[wasm_bindgen(skip_typescript)]
    pub fn explain(&self, question: &JsValue) -> Result<JsValue, JsValue> {
        let question: Question = Self::read("explain", question)?;
        let answer = self.host.look(|session| question.answer(session.world()));
        let answer = answer.map_err(|error| errors::api_error(&error))?;
        Ok(convert::record(&answer))
    }

    /// Decides an action that is under way.
    #[wasm_bindgen(js_name = completeAction, skip_typescript)]
    pub fn complete_action(&self, input: &JsValue) -> Promise {
        match Self::read::<CompleteAction>("completeAction", input) {
            Err(error) => Promise::reject(&error),
            Ok(complete) => promise(|settle| {
                self.host.control(
                    |session| complete.control(session.world()),
                    settle_value(settle),
                );
            }),
        }
    }

    /// A worker does the jobs of an action type: one of the simulator, that works as the settings say, or a function of
    /// the caller, `work`, that gets each job and gives its result.
    #[wasm_bindgen(js_name = attachWorker, skip_typescript)]
    pub fn attach_worker(&self, input: &JsValue) -> Promise {
        let Some(work) = workers::work(input) else {
            return match Self::read::<AttachWorker>("attachWorker", input) {
                Err(error) => Promise::reject(&error),
                Ok(attach) => promise(|settle| {
                    let replaced = action_type(&attach.action_type).ok();
                    let host = Rc::clone(&self.host);
                    let settle = settle_value(settle);
                    self.host.control(
                        |_| attach.control(),
                        move |answer| {
                            if let (Ok(_), Some(replaced)) = (&answer, replaced) {
                                host.dismiss(&replaced);
                            }
                            settle(answer);
                        },
                    );
                }),
            };
        };
        // The function itself is no setting that could be written down.
        let settings = Object::assign(&Object::new(), input.unchecked_ref());
        let _ = Reflect::delete_property(&settings, &JsValue::from_str("work"));
        let read = Self::read::<Employment>("attachWorker", &settings).and_then(|employment| {
            let action_type = action_type(&employment.action_type);
            let action_type = action_type.map_err(|error| errors::api_error(&error))?;
            Ok((employment, action_type))
        });
        match read {
            Err(error) => Promise::reject(&error),
            Ok((employment, action_type)) => promise(|settle| {
                let attach = AttachWorker::external(employment.action_type);
                let query = employment.query_param.map(|query| serde_json::json!(query));
                let worker = JsWorker::new(action_type, work, query, employment.client_token);
                let host = Rc::clone(&self.host);
                let settle = settle_value(settle);
                self.host.control(
                    |_| attach.control(),
                    move |answer| {
                        if answer.is_ok() {
                            host.employ(worker);
                        }
                        settle(answer);
                    },
                );
            }),
        }
    }

    /// The worker of an action type asks for no more jobs.
    #[wasm_bindgen(js_name = detachWorker, skip_typescript)]
    pub fn detach_worker(&self, input: &JsValue) -> Promise {
        match Self::read::<DetachWorker>("detachWorker", input) {
            Err(error) => Promise::reject(&error),
            Ok(detach) => promise(|settle| {
                if let Ok(action_type) = action_type(&detach.action_type) {
                    self.host.dismiss(&action_type);
                }
                self.host
                    .control(|_| detach.control(), settle_value(settle));
            }),
        }
    }

    /// With which token a partner's worker shows who it is: `{ clientId, clientToken }`.
    #[wasm_bindgen(js_name = setClientToken, skip_typescript)]
    pub fn set_client_token(&self, input: &JsValue) -> Promise {
        match Self::read::<SetClientToken>("setClientToken", input) {
            Err(error) => Promise::reject(&error),
            Ok(set) => promise(|settle| {
                self.host.control(|_| set.control(), settle_value(settle));
            }),
        }
    }

    /// An alarm is in another state.
    #[wasm_bindgen(js_name = setAlarm, skip_typescript)]
    pub fn set_alarm(&self, input: &JsValue) -> Promise {
        match Self::read::<SetAlarm>("setAlarm", input) {
            Err(error) => Promise::reject(&error),
            Ok(set) => promise(|settle| {
                self.host.control(|_| set.control(), settle_value(settle));
            }),
        }
    }

    /// What a function answers to the rules that ask it.
    #[wasm_bindgen(js_name = setLambdaResult, skip_typescript)]
    pub fn set_lambda_result(&self, input: &JsValue) -> Promise {
        match Self::read::<SetLambdaResult>("setLambdaResult", input) {
            Err(error) => Promise::reject(&error),
            Ok(set) => promise(|settle| {
                self.host.control(|_| set.control(), settle_value(settle));
            }),
        }
    }

    /// A revision arrives at a source place. Answers what every pipeline that watches the place did, and why.
    #[wasm_bindgen(js_name = pushRevision, skip_typescript)]
    pub fn push_revision(&self, input: &JsValue) -> Promise {
        match Self::read::<PushRevision>("pushRevision", input) {
            Err(error) => Promise::reject(&error),
            Ok(push) => promise(|settle| {
                self.host.control(
                    |session| push.control(session.world()),
                    settle_value(settle),
                );
            }),
        }
    }

    /// What a change would do to a pipeline, filter by filter: `{ pipelineName, change }`. Nothing happens.
    #[wasm_bindgen(js_name = explainTriggers, skip_typescript)]
    pub fn explain_triggers(&self, input: &JsValue) -> Result<JsValue, JsValue> {
        let question: ExplainTriggers = Self::read("explainTriggers", input)?;
        let answer = self.host.look(|session| question.answer(session.world()));
        answer
            .map(|explanations| convert::record(&explanations))
            .map_err(|error| errors::api_error(&error))
    }

    /// Whether a rule of EventBridge starts a pipeline: `{ pipelineName, enabled }`.
    #[wasm_bindgen(js_name = setEventRule, skip_typescript)]
    pub fn set_event_rule(&self, input: &JsValue) -> Promise {
        match Self::read::<SetEventRule>("setEventRule", input) {
            Err(error) => Promise::reject(&error),
            Ok(set) => promise(|settle| {
                self.host
                    .control(|session| set.control(session.world()), settle_value(settle));
            }),
        }
    }

    /// A schedule of EventBridge starts a pipeline: `{ pipelineName, expression, variables, sourceRevisions }`.
    #[wasm_bindgen(js_name = setSchedule, skip_typescript)]
    pub fn set_schedule(&self, input: &JsValue) -> Promise {
        match Self::read::<SetSchedule>("setSchedule", input) {
            Err(error) => Promise::reject(&error),
            Ok(set) => promise(|settle| {
                self.host
                    .control(|session| set.control(session.world()), settle_value(settle));
            }),
        }
    }

    /// Somebody calls a webhook. Answers the status and why an execution was started, or why not.
    #[wasm_bindgen(js_name = deliverWebhook, skip_typescript)]
    pub fn deliver_webhook(&self, input: &JsValue) -> Promise {
        match Self::read::<DeliverWebhook>("deliverWebhook", input) {
            Err(error) => Promise::reject(&error),
            Ok(call) => promise(|settle| {
                self.host.control(|_| call.control(), settle_value(settle));
            }),
        }
    }

    /// The next calls of an operation answer with an error: `{ operation, code, message, times }`.
    #[wasm_bindgen(js_name = failNext, skip_typescript)]
    pub fn fail_next(&self, input: &JsValue) -> Promise {
        match Self::read::<FailNext>("failNext", input) {
            Err(error) => Promise::reject(&error),
            Ok(failure) => promise(|settle| {
                self.host
                    .control(|_| failure.control(), settle_value(settle));
            }),
        }
    }

    /// The whole world as the text of a file.
    #[wasm_bindgen(js_name = exportWorld, skip_typescript)]
    #[must_use]
    pub fn export_world(&self) -> String {
        self.host.export()
    }

    /// Puts the world of a file in the place of this one.
    #[wasm_bindgen(js_name = importWorld, skip_typescript)]
    pub fn import_world(&self, text: &str) -> Promise {
        match self.host.import(text) {
            Err(refusal) => Promise::reject(&refusal.to_js()),
            Ok(()) => promise(|settle| self.host.clock(|_, _| {}, settle_unit(settle))),
        }
    }

    /// Begins the world anew, with the same options as `open`.
    #[wasm_bindgen(skip_typescript)]
    pub fn reset(&self, options: &JsValue) -> Promise {
        let reset = Self::read::<OpenOptions>("reset", options)
            .and_then(|options| options.world())
            .and_then(|options| self.host.reset(options).map_err(|refusal| refusal.to_js()));
        match reset {
            Err(error) => Promise::reject(&error),
            Ok(()) => promise(|settle| self.host.clock(|_, _| {}, settle_unit(settle))),
        }
    }

    /// `attached`, `memory`, `readonly` or `detached`.
    #[wasm_bindgen(getter, js_name = storageState, skip_typescript)]
    #[must_use]
    pub fn storage_state(&self) -> String {
        self.host.kept().word().to_owned()
    }

    /// Why the storage is not simply attached.
    #[wasm_bindgen(getter, js_name = storageReason, skip_typescript)]
    #[must_use]
    pub fn storage_reason(&self) -> Option<String> {
        self.host.kept().reason().map(str::to_owned)
    }

    /// The number of the last fact; 0 before the first.
    #[wasm_bindgen(getter, skip_typescript)]
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "numbers of facts fit into 53 bits"
    )]
    pub fn sequence(&self) -> f64 {
        self.host.look(|session| session.world().sequence) as f64
    }

    /// The name of the world.
    #[wasm_bindgen(getter, skip_typescript)]
    #[must_use]
    pub fn world(&self) -> String {
        self.host.name().to_owned()
    }

    /// Takes the world over from the tab that writes it.
    #[wasm_bindgen(js_name = takeOver, skip_typescript)]
    pub fn take_over(&self) -> Promise {
        let host = Rc::clone(&self.host);
        future_to_promise(async move {
            host.take_over()
                .await
                .map_err(|error| Refusal::Storage(error).to_js())?;
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Commits everything, stops the clock's beat and lets another tab write.
    #[wasm_bindgen(skip_typescript)]
    pub fn close(&self) -> Promise {
        promise(|settle| self.host.close(move || settle(Ok(JsValue::UNDEFINED))))
    }
}
