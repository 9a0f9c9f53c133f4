//! The worker played by hand: which step comes next for which job, and the call that it is. The call that is shown is
//! the call that is sent; what is remembered is only what came back.

use serde_json::{Value, json};

use super::{Desk, Seen, report::Form, short, time};
use crate::{
    engine::{
        rules::{
            action,
            jobs::{Doer, VISIBILITY},
        },
        time::SECOND,
    },
    model::{ActionTypeId, JobStatus},
    page::{
        call_text::call_text,
        command::{Command, JobsCommand},
        state::jobs::Said,
        text::jobs::{play as words, why},
        view::{FormField, PlayView, SaidView, Step, build::scene::Scene},
    },
};

/// A call and what can be pressed.
pub(super) struct Turn {
    pub operation: &'static str,
    pub input: Value,
    pub fields: Vec<FormField>,
    pub note: String,
    pub press: String,
    /// Further calls, with their words.
    pub others: Vec<(String, Command)>,
    /// Whether the call can be made as the fields are filled in.
    pub ready: bool,
}

pub fn play(desk: &Desk) -> PlayView {
    let subject = subject(desk);
    let (at, turn) = match subject {
        Some(seen) => turn(desk, seen),
        None if desk.doer == Doer::Function => (0, None),
        None => (0, Some(poll(desk, None, words::NOTE_POLL))),
    };
    let names: &[&'static str] = match desk.doer {
        Doer::Worker => &[words::POLL, words::ACKNOWLEDGE, words::REPORT],
        Doer::Partner => &[
            words::POLL,
            words::DETAILS,
            words::ACKNOWLEDGE,
            words::REPORT,
        ],
        Doer::Function => &[words::INVOKE, words::REPORT],
    };
    let steps = names.iter().enumerate().map(|(place, name)| {
        let step = match place.cmp(&at) {
            std::cmp::Ordering::Less => Step::Done,
            std::cmp::Ordering::Equal => Step::Now,
            std::cmp::Ordering::Greater => Step::Later,
        };
        (*name, step)
    });
    let mut view = PlayView {
        subject: subject.map(|seen| (desk.scene.token(seen.execution.number), seen.short())),
        steps: steps.collect(),
        note: words::NOTE_FUNCTION.to_owned(),
        said: desk.ui.said.iter().map(|said| told(desk, said)).collect(),
        ..PlayView::default()
    };
    if let Some(turn) = turn {
        view.operation = turn.operation.to_owned();
        view.call = Some(call_text(turn.operation, &turn.input));
        view.fields = turn.fields;
        view.note = turn.note;
        if turn.ready {
            view.presses
                .push((turn.press, call(turn.operation, turn.input)));
        }
        view.presses.extend(turn.others);
    }
    view
}

fn call(operation: &'static str, input: Value) -> Command {
    Command::Jobs(JobsCommand::Call { operation, input })
}

/// The job that is played: the selected one, else the oldest that the person has in hand.
fn subject<'a>(desk: &'a Desk) -> Option<&'a Seen<'a>> {
    let mut all = desk.all.iter();
    all.clone().find(|seen| desk.is_selected(seen)).or_else(|| {
        all.find(|seen| desk.is_yours(seen) || (seen.doer == Doer::Function && seen.job.open()))
    })
}

/// The step that comes next for a job, and its call.
fn turn(desk: &Desk, seen: &Seen) -> (usize, Option<Turn>) {
    let last = match seen.doer {
        Doer::Worker => 2,
        Doer::Partner => 3,
        Doer::Function => 1,
    };
    match (seen.job.status, seen.doer) {
        (JobStatus::Created, Doer::Function) => (0, None),
        (JobStatus::Created, _) => (0, Some(poll(desk, Some(seen), words::NOTE_NOT_YET))),
        (JobStatus::Queued, _) => (0, Some(poll(desk, Some(seen), words::NOTE_POLL))),
        (JobStatus::Dispatched, Doer::Partner) if !asked(desk, seen) => {
            (1, Some(details(desk, seen)))
        }
        (JobStatus::Dispatched, _) => (last - 1, Some(acknowledge(desk, seen))),
        (JobStatus::InProgress, _) => (last, Some(super::report::turn(desk, seen))),
        // All steps are done. A late report shows why there is no other way.
        (JobStatus::Succeeded | JobStatus::Failed | JobStatus::TimedOut, _) => {
            let late = super::report::turn(desk, seen);
            let mut turn = Turn {
                note: words::NOTE_OVER.to_owned(),
                press: words::LATE.to_owned(),
                ..late
            };
            if seen.doer != Doer::Function {
                let next = poll(desk, None, words::NOTE_POLL);
                turn.others = vec![(
                    words::POLL_AGAIN.to_owned(),
                    call(next.operation, next.input),
                )];
            }
            (last + 1, Some(turn))
        }
    }
}

/// Whether the details of a partner's job were asked for since it was handed out.
fn asked(desk: &Desk, seen: &Seen) -> bool {
    let nonce = seen.job.nonce();
    desk.ui.said.iter().any(|said| {
        said.operation == "GetThirdPartyJobDetails"
            && said.input["jobId"] == seen.uuid.as_str()
            && said.answer.as_ref().is_ok_and(|answer| {
                answer.pointer("/jobDetails/nonce").and_then(Value::as_str) == nonce.as_deref()
            })
    })
}

/// The poll for one job of a type, with the value of its property where workers ask by one.
fn poll_input(kind: &ActionTypeId, query: Option<(String, String)>) -> (&'static str, Value) {
    let partner = kind.owner == crate::model::ActionOwner::ThirdParty;
    let mut input = json!({
        "actionTypeId": {
            "category": kind.category.as_str(), "owner": kind.owner.as_str(),
            "provider": kind.provider, "version": kind.version,
        },
        "maxBatchSize": 1,
    });
    if let Some((property, value)) = query {
        input["queryParam"] = json!({ property: value });
    }
    let operation = if partner {
        "PollForThirdPartyJobs"
    } else {
        "PollForJobs"
    };
    (operation, input)
}

fn poll(desk: &Desk, about: Option<&Seen>, note: &str) -> Turn {
    let mut form = Form::new(desk, "poll");
    let query = desk.property().map(|property| {
        let waiting = desk
            .all
            .iter()
            .find(|seen| seen.job.status == JobStatus::Queued);
        let usual = about
            .or(waiting)
            .and_then(|seen| configured(desk.scene, seen, &property))
            .or_else(|| declared(desk, &property))
            .unwrap_or_default();
        let value = form.line(&property, &usual, words::QUERY);
        (property, value)
    });
    let (operation, input) = poll_input(&desk.kind, query);
    let partner = desk.doer == Doer::Partner;
    Turn {
        operation,
        input,
        fields: form.fields,
        note: if partner && note == words::NOTE_POLL {
            words::NOTE_POLL_PARTNER.to_owned()
        } else {
            note.to_owned()
        },
        press: words::POLL.to_owned(),
        others: vec![],
        ready: true,
    }
}

/// What an action runs with.
fn configured(scene: &Scene, seen: &Seen, property: &str) -> Option<String> {
    action::with_run(scene.world, seen.action_id(), |run, _| {
        run.configuration.get(property).cloned()
    })
}

/// What the pipeline says of the property.
fn declared(desk: &Desk, property: &str) -> Option<String> {
    let stages = &desk.scene.plan.declaration.stages;
    let actions = stages.iter().flat_map(|stage| &stage.actions);
    actions
        .filter(|action| action.action_type_id == desk.kind)
        .find_map(|action| action.configuration.as_ref()?.get(property).cloned())
}

/// A poll that finds a job that waits.
pub fn poll_press(scene: &Scene, kind: &ActionTypeId, seen: &Seen) -> (String, Command) {
    use crate::engine::declaration::CustomTypes;
    let definition = scene.world.find(kind);
    let property = definition.and_then(|definition| {
        let mut properties = definition.properties.iter();
        properties.find(|property| property.queryable)
    });
    let query = property.and_then(|property| {
        let value = configured(scene, seen, &property.name)?;
        Some((property.name.clone(), value))
    });
    let (operation, input) = poll_input(kind, query);
    (why::POLL_YOURSELF.to_owned(), call(operation, input))
}

/// The acknowledgement of a job that was handed out, with its last nonce.
pub fn acknowledge_press(seen: &Seen) -> (String, Command) {
    let input = json!({ "jobId": seen.uuid, "nonce": seen.job.nonce() });
    (why::ACKNOWLEDGE.to_owned(), call("AcknowledgeJob", input))
}

fn details(desk: &Desk, seen: &Seen) -> Turn {
    let mut form = Form::new(desk, &seen.short());
    let token = form.client_token(desk.scene, &seen.uuid);
    Turn {
        operation: "GetThirdPartyJobDetails",
        input: json!({ "jobId": seen.uuid, "clientToken": token }),
        ready: form.sound(),
        fields: form.fields,
        note: words::NOTE_DETAILS.to_owned(),
        press: words::GET_DETAILS.to_owned(),
        others: lapse(desk, seen).into_iter().collect(),
    }
}

/// Lets the time run out in which the job can be acknowledged.
fn lapse(desk: &Desk, seen: &Seen) -> Option<(String, Command)> {
    let deadline = seen.job.deadline?;
    let span = u64::try_from(deadline.at.since(desk.scene.now)).ok()?;
    Some((words::LAPSE.to_owned(), Command::Advance(span)))
}

fn acknowledge(desk: &Desk, seen: &Seen) -> Turn {
    let nonce = seen.job.nonce().unwrap_or_default();
    let mut form = Form::new(desk, &seen.short());
    let (operation, mut input) = match seen.doer {
        Doer::Partner => {
            let token = form.client_token(desk.scene, &seen.uuid);
            (
                "AcknowledgeThirdPartyJob",
                json!({ "jobId": seen.uuid, "nonce": nonce, "clientToken": token }),
            )
        }
        Doer::Worker | Doer::Function => (
            "AcknowledgeJob",
            json!({ "jobId": seen.uuid, "nonce": nonce }),
        ),
    };
    let right = input.clone();
    input["nonce"] = json!(seen.job.handed_out.saturating_sub(1).to_string());
    let mut others = vec![(words::STALE.to_owned(), call(operation, input))];
    others.extend(lapse(desk, seen));
    Turn {
        operation,
        input: right,
        ready: form.sound(),
        fields: form.fields,
        note: words::note_acknowledge(&nonce, VISIBILITY / SECOND),
        press: words::acknowledge_with(&nonce),
        others,
    }
}

/// A call that was made, and what came back in a few words.
fn told(desk: &Desk, said: &Said) -> SaidView {
    let text = match &said.answer {
        Err((name, message)) => words::refused(name, message),
        Ok(answer) => came_back(said.operation, answer),
    };
    SaidView {
        number: said.number,
        time: time::stamp(said.at, desk.scene.now),
        operation: said.operation.to_owned(),
        text,
        refused: said.answer.is_err(),
        call: call_text(said.operation, &said.input),
        answer: match &said.answer {
            Err((name, message)) => {
                super::super::details::pretty(&json!({ "__type": name, "message": message }))
            }
            Ok(Value::Null) => words::EMPTY_BODY.to_owned(),
            Ok(answer) => super::super::details::pretty(answer),
        },
    }
}

fn came_back(operation: &str, answer: &Value) -> String {
    let text = |path: &str| {
        let found = answer.pointer(path).and_then(Value::as_str);
        found.map(str::to_owned)
    };
    match operation {
        "PollForJobs" => match (text("/jobs/0/id"), text("/jobs/0/nonce")) {
            (Some(job), Some(nonce)) => words::got(&short(&job), &nonce),
            _ => words::EMPTY.to_owned(),
        },
        "PollForThirdPartyJobs" => match text("/jobs/0/jobId") {
            Some(job) => words::got_id(&short(&job)),
            None => words::EMPTY.to_owned(),
        },
        "GetThirdPartyJobDetails" => words::nonce(&text("/jobDetails/nonce").unwrap_or_default()),
        _ => match text("/status") {
            Some(status) => words::status(&status),
            None => words::ACCEPTED.to_owned(),
        },
    }
}
