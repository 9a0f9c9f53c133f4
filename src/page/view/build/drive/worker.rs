//! The worker of an action type: who does the work, how often it polls, how long it takes, what it reports and what it
//! never does.

use serde_json::{Value, json};

use super::{Desk, Sheet, behaviour::Form, effect, option};
use crate::{
    api::controls::action_type,
    engine::{
        rules::jobs::Doer,
        worker::{Failure, INTERVAL, JOBS_AT_ONCE, Silence, WorkerSettings},
    },
    model::FailureType,
    page::{
        drive::Deed,
        text::{drive::behaviour, jobs::form as words},
        view::{FormInput, FormView, build::jobs},
    },
};

/// The form of the worker of a type, named as `Category/Owner/Provider/Version`.
pub fn sheet(desk: &Desk, address: &str) -> Sheet {
    let Ok(kind) = action_type(address) else {
        return Sheet::default();
    };
    let name = jobs::name(&kind);
    let attached = desk.engine.world().worker_of(&kind);
    let said = attached.map(|worker| worker.settings.clone());
    let mut form = Form::new(desk, "worker");
    let function = jobs::doer_of(&kind) == Some(Doer::Function);
    let now = match &said {
        Some(settings) if settings.external => "outside",
        _ if function => "outside",
        _ => "simulated",
    };
    let who = form.text("who", now);
    let mut options = vec![
        option("simulated", words::SIMULATED, words::SIMULATED_NOTE, &who),
        option("outside", words::OUTSIDE, words::OUTSIDE_NOTE, &who),
    ];
    if function {
        options.remove(0);
    }
    form.push("who", words::WHO, FormInput::Options(options), "");
    let mut input = json!({ "actionType": address });
    let outside = function || who == "outside";
    if outside {
        input["external"] = true.into();
    } else {
        settings(&mut form, &said.unwrap_or_default(), &mut input);
    }
    let fields = form.fields;
    let sound = fields.iter().all(|field| field.problem.is_none());
    let deed = Deed::control("attachWorker", input);
    let outcome = desk.rehearse(&deed);
    let mut effects = outcome.effects;
    if effects.is_empty() && outcome.refusal.is_none() {
        effects.push(effect(if outside {
            words::outside(&name)
        } else {
            words::attached(&name)
        }));
    }
    Sheet {
        view: FormView {
            title: words::title(&name, attached.is_some()),
            call: deed.name.to_owned(),
            intro: if function {
                words::FUNCTION.to_owned()
            } else {
                String::new()
            },
            press: if attached.is_some() {
                words::CHANGE.to_owned()
            } else {
                words::ATTACH.to_owned()
            },
            fields,
            effects,
            ready: sound && outcome.refusal.is_none(),
            refusal: outcome.refusal.filter(|_| sound),
            ..FormView::default()
        },
        deed: Some(deed),
    }
}

/// How a worker of the simulator works, as it is filled in.
fn settings(form: &mut Form, said: &WorkerSettings, input: &mut Value) {
    let interval = said.interval.unwrap_or(INTERVAL);
    if let Some(seconds) = form.number("interval", &seconds(interval), words::INTERVAL) {
        input["interval"] = milliseconds(seconds).into();
    }
    form.half();
    let most = said.jobs_at_once.unwrap_or(JOBS_AT_ONCE).to_string();
    if let Some(most) = form.number("jobsAtOnce", &most, words::AT_ONCE) {
        input["jobsAtOnce"] = whole(most).into();
    }
    form.half();
    let habit = match said.silence {
        None => "proper",
        Some(Silence::Acknowledge) => "acknowledge",
        Some(Silence::Report) => "report",
    };
    let habit = form.text("silence", habit);
    let habits = [
        option("proper", words::PROPER, "", &habit),
        option("acknowledge", words::NEVER_ACKNOWLEDGES, "", &habit),
        option("report", words::NEVER_REPORTS, "", &habit),
    ];
    form.push(
        "silence",
        words::SILENCE,
        FormInput::Select(habits.into()),
        "",
    );
    if habit != "proper" {
        input["silence"] = habit.into();
        return;
    }
    let range = said.duration.unwrap_or(crate::engine::worker::DURATION);
    let min = form.number("duration.min", &seconds(range.min), words::DURATION);
    let max = form.number("duration.max", &seconds(range.max), words::DURATION);
    if let Some(one) = min.or(max) {
        let (min, max) = (min.unwrap_or(one), max.unwrap_or(one));
        input["duration"] = json!({ "min": milliseconds(min), "max": milliseconds(max) });
    }
    result(form, said.failure.as_ref(), input);
    let times = said.continuations.to_string();
    if let Some(times) = form.number("continuations", &times, words::CONTINUATIONS) {
        input["continuations"] = whole(times).into();
    }
    let outputs = form.outputs(Some(&said.output_variables));
    if !outputs.is_empty() {
        input["outputVariables"] = json!(outputs);
    }
}

/// What it reports in the end.
fn result(form: &mut Form, said: Option<&Failure>, input: &mut Value) {
    let now = match said {
        None => "succeed",
        Some(failure) if failure.probability.is_some_and(|share| share < 1.0) => "flaky",
        Some(_) => "fail",
    };
    let kind = form.text("result", now);
    let kinds = [
        option("succeed", words::SUCCEEDS, "", &kind),
        option("fail", words::FAILS, "", &kind),
        option("flaky", words::FLAKY, "", &kind),
    ];
    form.push(
        "result",
        words::RESULT,
        FormInput::Options(kinds.into()),
        "",
    );
    if kind == "succeed" {
        return;
    }
    let code = said.map(|failure| failure.code).unwrap_or_default();
    let code = form.text("code", code.as_str());
    let codes = FailureType::ALL
        .iter()
        .map(|one| option(one.as_str(), one.as_str(), "", &code));
    form.push(
        "code",
        behaviour::CODE,
        FormInput::Select(codes.collect()),
        "",
    );
    let message = said.and_then(|failure| failure.message.clone());
    let message = form.line(
        "message",
        &message.unwrap_or_default(),
        behaviour::MESSAGE_HELP,
    );
    let mut failure = json!({ "code": code });
    if !message.is_empty() {
        failure["message"] = message.into();
    }
    if kind == "flaky" {
        let usual = said.and_then(|failure| failure.probability).unwrap_or(0.5);
        let share = form.number("probability", &usual.to_string(), behaviour::PROBABILITY);
        failure["probability"] = share.unwrap_or(0.5).into();
    }
    input["failure"] = failure;
}

fn seconds(milliseconds: i64) -> String {
    (milliseconds / 1_000).to_string()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "floats are held inside the numbers, and what is too large is refused"
)]
fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1_000.0) as i64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "floats are held inside the numbers, and what does not fit is refused"
)]
fn whole(number: f64) -> u32 {
    number as u32
}
