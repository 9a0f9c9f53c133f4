//! The workers as cards: who does the jobs of the type, what each has in hand, when it polls next; and the person.

use super::{Desk, Seen, address, stations::habit, time, until, worker_name};
use crate::{
    engine::{
        rules::jobs::{self as rules, Doer},
        worker::{DURATION, JOBS_AT_ONCE, Silence, WorkerSettings},
        world::worker::Worker,
    },
    model::JobStatus,
    page::{
        command::{Command, JobsCommand},
        text::{self, jobs::worker as words},
        view::{DetailRow, Icon, Role, StateView, Token, WorkerView},
    },
};

pub fn workers(desk: &Desk) -> Vec<WorkerView> {
    let first = match (desk.worker(), desk.doer) {
        (Some(worker), _) if worker.settings.external => outside(desk),
        (Some(worker), _) => simulated(desk, worker),
        (None, Doer::Function) => function(desk),
        (None, Doer::Partner) => partner(desk),
        (None, Doer::Worker) => nobody(desk),
    };
    // What a detached worker has in hand it still reports.
    let detached = desk.all.iter().filter_map(|seen| {
        let number = seen.job.worker.filter(|_| seen.job.open())?;
        (desk.worker().map(|worker| worker.number) != Some(number)).then_some(number)
    });
    let mut old: Vec<u32> = detached.collect();
    old.sort_unstable();
    old.dedup();
    let mut cards = vec![first];
    cards.extend(old.into_iter().map(|number| leaving(desk, number)));
    if desk.doer != Doer::Function && !desk.outside() {
        cards.push(you(desk));
    }
    cards
}

fn row(label: &str, value: impl Into<String>) -> DetailRow {
    DetailRow {
        label: label.to_owned(),
        value: value.into(),
        mono: false,
    }
}

fn state(role: Role, icon: Icon, word: impl Into<String>) -> StateView {
    StateView {
        role,
        icon,
        word: word.into(),
    }
}

fn signs(desk: &Desk, jobs: &[&Seen]) -> Vec<(Token, String)> {
    // More than a few in hand are counted, not drawn.
    let few = jobs.iter().take(4);
    few.map(|seen| (desk.scene.token(seen.execution.number), seen.short()))
        .collect()
}

fn in_hand<'a>(desk: &'a Desk, number: u32) -> Vec<&'a Seen<'a>> {
    let jobs = desk.all.iter();
    jobs.filter(|seen| seen.job.open() && seen.job.worker == Some(number))
        .collect()
}

/// Whether a job stands there for whoever asks next. Another may have taken it since the worker was told to ask.
fn somebody_waits(desk: &Desk) -> bool {
    let waits = |seen: &Seen| matches!(seen.job.status, JobStatus::Created | JobStatus::Queued);
    desk.all.iter().any(waits)
}

/// How busy somebody is.
fn busy(count: u32) -> StateView {
    if count == 0 {
        state(Role::Gone, Icon::NotStarted, words::IDLE)
    } else {
        state(Role::Run, Icon::Running, words::working(u64::from(count)))
    }
}

/// When the next of these jobs is reported.
fn reports(desk: &Desk, jobs: &[&Seen]) -> Option<DetailRow> {
    let ends = jobs.iter().filter_map(|seen| seen.job.deadline);
    let next = ends.map(|deadline| deadline.at).min()?;
    Some(row(words::REPORTS, words::within(&until(desk.scene, next))))
}

fn simulated(desk: &Desk, worker: &Worker) -> WorkerView {
    let jobs = in_hand(desk, worker.number);
    let settings = &worker.settings;
    let every = time::exact(worker.interval());
    let next = until(desk.scene, worker.next_poll(desk.scene.now));
    let mut rows: Vec<DetailRow> = reports(desk, &jobs).into_iter().collect();
    rows.push(row(
        words::POLLS,
        if worker.poll.is_some() && somebody_waits(desk) {
            words::polls_for(&every, &next)
        } else {
            words::polls(&every, &next)
        },
    ));
    if let Some(silence) = settings.silence {
        rows.push(row(words::HABIT, habit(silence)));
    }
    if settings.silence.is_none() {
        let range = settings.duration.unwrap_or(DURATION);
        rows.push(row(
            words::TAKES,
            words::span(&time::exact(range.min), &time::exact(range.max)),
        ));
        rows.push(row(words::RESULT, result(settings)));
    }
    if settings.silence != Some(Silence::Acknowledge) {
        let most = settings.jobs_at_once.unwrap_or(JOBS_AT_ONCE);
        rows.push(row(words::AT_ONCE, words::jobs_at_once(u64::from(most))));
    }
    WorkerView {
        name: worker_name(worker.number),
        you: false,
        state: busy(worker.busy),
        jobs: signs(desk, &jobs),
        rows,
        presses: vec![(words::CHANGE.to_owned(), desk.attach().1), detach(desk)],
    }
}

fn detach(desk: &Desk) -> (String, Command) {
    let command = Command::Jobs(JobsCommand::Detach(address(&desk.kind)));
    (words::DETACH.to_owned(), command)
}

/// What it reports.
fn result(settings: &WorkerSettings) -> String {
    let mut parts = vec![];
    if settings.continuations > 0 {
        parts.push(words::continues(u64::from(settings.continuations)));
    }
    parts.push(match &settings.failure {
        None => words::SUCCEEDS.to_owned(),
        Some(failure) => match failure.probability {
            Some(probability) if probability < 1.0 => words::fails_sometimes(
                failure.code.as_str(),
                super::super::action::percent(probability),
            ),
            _ => words::fails(failure.code.as_str()),
        },
    });
    text::list(&parts)
}

/// A worker that was detached while it had something in hand.
fn leaving(desk: &Desk, number: u32) -> WorkerView {
    let jobs = in_hand(desk, number);
    WorkerView {
        name: worker_name(number),
        you: false,
        state: busy(u32::try_from(jobs.len()).unwrap_or(u32::MAX)),
        jobs: signs(desk, &jobs),
        rows: reports(desk, &jobs).into_iter().collect(),
        presses: vec![],
    }
}

fn outside(desk: &Desk) -> WorkerView {
    let jobs: Vec<&Seen> = desk
        .all
        .iter()
        .filter(|seen| seen.job.status == JobStatus::InProgress && seen.job.worker.is_none())
        .collect();
    WorkerView {
        name: words::OUTSIDE_NAME.to_owned(),
        you: false,
        state: if jobs.is_empty() {
            state(Role::Gone, Icon::NotStarted, words::OUTSIDE)
        } else {
            busy(u32::try_from(jobs.len()).unwrap_or(u32::MAX))
        },
        jobs: signs(desk, &jobs),
        rows: vec![row(words::POLLS, words::OUTSIDE_POLLS)],
        presses: vec![(words::CHANGE.to_owned(), desk.attach().1), detach(desk)],
    }
}

fn function(desk: &Desk) -> WorkerView {
    let jobs: Vec<&Seen> = desk
        .all
        .iter()
        .filter(|seen| seen.job.status == JobStatus::InProgress)
        .collect();
    WorkerView {
        name: words::FUNCTION.to_owned(),
        you: false,
        state: busy(u32::try_from(jobs.len()).unwrap_or(u32::MAX)),
        jobs: signs(desk, &jobs),
        rows: vec![
            row(words::POLLS, words::FUNCTION_POLLS),
            row(words::REPORTS, words::FUNCTION_REPORTS),
        ],
        presses: vec![],
    }
}

/// T-9: where nobody said who does a partner's work, it ends by itself, without a job.
fn partner(desk: &Desk) -> WorkerView {
    WorkerView {
        name: words::PARTNER.to_owned(),
        you: false,
        state: state(Role::Gone, Icon::NotStarted, words::NO_JOBS),
        jobs: vec![],
        rows: vec![row(words::RESULT, words::PARTNER_ENDS)],
        presses: vec![desk.attach()],
    }
}

fn nobody(desk: &Desk) -> WorkerView {
    WorkerView {
        name: words::NOBODY.to_owned(),
        you: false,
        state: state(Role::Wait, Icon::Ticket, words::MISSING),
        jobs: vec![],
        rows: vec![row(words::POLLS, words::NOBODY_POLLS)],
        presses: vec![desk.attach()],
    }
}

/// The person, who can do what a worker does.
fn you(desk: &Desk) -> WorkerView {
    let jobs: Vec<&Seen> = desk.all.iter().filter(|seen| desk.is_yours(seen)).collect();
    let reports = jobs
        .iter()
        .any(|seen| seen.job.status == JobStatus::InProgress);
    let next = match (jobs.is_empty(), reports) {
        (true, _) => words::POLL,
        (false, true) => words::REPORT_IT,
        (false, false) => words::ACKNOWLEDGE_IT,
    };
    let mut rows = vec![row(words::POLLS, words::YOU_POLL)];
    // Where nothing waits, there is nothing to poll for.
    if !jobs.is_empty() || rules::offers(desk.scene.world, &desk.kind).next().is_some() {
        rows.push(row(words::NEXT, next));
    }
    rows.push(row(words::RESULT, words::YOU_DECIDE));
    WorkerView {
        name: words::YOU.to_owned(),
        you: true,
        state: if jobs.is_empty() {
            state(Role::Gone, Icon::NotStarted, words::IDLE)
        } else {
            state(Role::Person, Icon::Person, text::jobs::ticket::YOUR_TURN)
        },
        jobs: signs(desk, &jobs),
        rows,
        presses: vec![],
    }
}
