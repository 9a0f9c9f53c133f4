//! The details of a job, live or past: what it is, whose, how far, and as the API tells its worker.

use serde_json::json;

use super::{Seen, client, name, short, stations::over, until, why, worker_name};
use crate::{
    engine::{
        rules::jobs::{self as rules, Doer},
        world::execution::DeadlineKind,
    },
    model::JobStatus,
    page::{
        command::Command,
        text::{self, details as labels, jobs::details as words, jobs::ticket},
        view::{
            DetailsView, Icon, OfferView, Role, Selection, StateView,
            build::{
                details::{answer, empty, mono, pretty, row},
                scene::Scene,
                time,
            },
        },
    },
};

/// The details of the job with this id; `None` where the shown pipeline has no such job.
pub fn of_job(scene: &Scene, uuid: &str) -> Option<DetailsView> {
    let id = scene
        .key()
        .parse_job(uuid)
        .filter(|id| id.execution.pipeline == scene.pipeline.id)?;
    let execution = scene.pipeline.execution(id.execution.number)?;
    let job = execution.jobs.get(id.ordinal as usize)?;
    let record = execution.actions.get(job.action as usize)?;
    let plan = scene.pipeline.plan(execution.version);
    let doer = rules::doer(plan.action_plan(record.stage, record.action))?;
    let declared = plan.action(record.stage, record.action);
    let seen = Seen {
        id,
        uuid: uuid.to_owned(),
        job,
        execution: &execution,
        record,
        doer,
    };
    let stage = scene.stage_name(&execution, record.stage);
    let kind = &declared.action_type_id;

    let mut rows = vec![
        row(words::ACTION, format!("{stage} / {}", declared.name)),
        row(words::TYPE, name(kind)),
    ];
    if doer != Doer::Function {
        rows.push(match job.nonce() {
            Some(nonce) => row(
                words::NONCE,
                words::nonce(&nonce, u64::from(job.handed_out)),
            ),
            None => row(words::NONCE, words::NO_NONCE),
        });
    }
    rows.push(row(words::CREATED, time::stamp(job.created, scene.now)));
    rows.push(if job.open() {
        row(words::CHANGED, time::stamp(job.updated, scene.now))
    } else {
        let span = time::exact(job.updated.since(job.created));
        row(
            words::ENDED,
            labels::ended(&time::stamp(job.updated, scene.now), &span),
        )
    });
    if let Some(deadline) = job.deadline {
        let label = match job.status {
            JobStatus::Created => words::VISIBLE,
            JobStatus::Dispatched => words::LAPSES,
            _ => words::REPORTS,
        };
        rows.push(row(
            label,
            labels::ends(&scene.when(deadline.at), &until(scene, deadline.at)),
        ));
    }
    if let Some(end) = record
        .deadline
        .filter(|deadline| deadline.kind == DeadlineKind::Timeout && job.open())
    {
        rows.push(row(
            words::TIMES_OUT,
            labels::ends(&scene.when(end.at), &scene.until(end.at)),
        ));
    }
    if let Some(worker) = job.worker {
        rows.push(row(words::WORKER, worker_name(worker)));
    }
    let (before, after) = seen.neighbours();
    let called = |id| short(&scene.key().job(id));
    rows.extend(before.map(|id| mono(words::CONTINUES, called(id))));
    rows.extend(after.map(|id| mono(words::CONTINUED, called(id))));
    rows.extend(
        job.token
            .as_ref()
            .map(|token| mono(words::TOKEN, token.to_string())),
    );
    let partner = (doer == Doer::Partner)
        .then(|| client(scene, uuid))
        .flatten();
    if let Some((client, _)) = &partner {
        rows.push(mono(words::CLIENT, client.clone()));
    }
    if let Some(progress) = &record.progress {
        rows.extend(
            progress
                .summary
                .as_ref()
                .map(|text| row(words::SUMMARY, text.clone())),
        );
        rows.extend(
            progress
                .percent
                .map(|percent| row(words::PERCENT, ticket::percent(percent))),
        );
        rows.extend(
            progress
                .external_id
                .as_ref()
                .map(|id| mono(words::EXTERNAL, id.clone())),
        );
    }
    if let Some(error) = record.ending.error.as_ref().filter(|_| !job.open()) {
        rows.push(row(
            words::MESSAGE,
            format!("{}: {}", error.code.as_str(), error.message),
        ));
    }
    let (json_call, input) = match partner {
        Some((_, token)) => (
            "GetThirdPartyJobDetails",
            json!({ "jobId": uuid, "clientToken": token }),
        ),
        None => ("GetJobDetails", json!({ "jobId": uuid })),
    };
    let told = answer(scene, json_call, input);
    let artifacts = |member: &str| {
        let list = told.pointer(&format!("/jobDetails/data/{member}"));
        let names = list
            .and_then(serde_json::Value::as_array)
            .into_iter()
            .flatten();
        let names: Vec<String> = names
            .filter_map(|one| Some(one.get("name")?.as_str()?.to_owned()))
            .collect();
        (!names.is_empty()).then(|| text::list(&names))
    };
    rows.extend(artifacts("inputArtifacts").map(|names| row(words::INPUTS, names)));
    rows.extend(artifacts("outputArtifacts").map(|names| row(words::OUTPUTS, names)));
    let token = scene.token(execution.number);
    Some(DetailsView {
        offers: vec![
            OfferView {
                label: words::show_execution(&token.letter),
                command: Command::Select(Selection::Execution(token.execution.clone())),
                refused: None,
            },
            OfferView {
                label: words::show_action(&declared.name),
                command: Command::Select(Selection::Action(stage, declared.name.clone())),
                refused: None,
            },
        ],
        token: Some(token),
        id: uuid.to_owned(),
        state: Some(state(job.status)),
        api_word: job.status.as_str().to_owned(),
        rows,
        why: why::why(scene, kind, &seen),
        json: pretty(&told),
        json_call: json_call.to_owned(),
        ..empty(scene, words::title(&short(uuid)))
    })
}

/// Its state, where the API's word stands beside it.
fn state(status: JobStatus) -> StateView {
    let (role, icon, word) = match status {
        JobStatus::Created => (Role::Wait, Icon::Hourglass, words::IS_CREATED),
        JobStatus::Queued => (Role::Wait, Icon::Ticket, words::IS_QUEUED),
        JobStatus::Dispatched => (Role::Wait, Icon::Hourglass, words::IS_DISPATCHED),
        JobStatus::InProgress => (Role::Run, Icon::Running, words::IS_IN_PROGRESS),
        over_now => return over(over_now),
    };
    StateView {
        role,
        icon,
        word: word.to_owned(),
    }
}
