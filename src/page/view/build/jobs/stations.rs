//! The five stations and the tickets on them.

use super::{Desk, Seen, heard::Hand, short, time, until, worker_name};
use crate::{
    engine::{
        providers,
        rules::jobs::{self as rules, Doer},
        time::{HOUR, SECOND},
        worker::Silence,
        world::{HistoryOption, execution::DeadlineKind},
    },
    model::JobStatus,
    page::{
        state::jobs::TICKETS,
        text::{self, jobs as words, jobs::ticket},
        view::{Icon, Role, StateView, Station, Ticket},
    },
};

/// J-42: how long the actions of the type may take, as people say it.
fn limit(desk: &Desk) -> String {
    let plan = desk.scene.plan;
    let mut spans = (0..plan.stage_count()).flat_map(|stage| {
        let actions = (0_u16..).zip(&plan.stage(stage).actions);
        actions
            .filter(|(_, declared)| declared.action_type_id == desk.kind)
            .map(move |(action, declared)| {
                providers::timeout(plan.action_plan(stage, action), declared)
            })
    });
    let span = spans.next().unwrap_or(24 * HOUR);
    if span % HOUR == 0 {
        text::time::hours(span / HOUR)
    } else {
        time::rough(span)
    }
}

pub fn stations(desk: &Desk) -> Vec<Station> {
    let function = desk.doer == Doer::Function;
    let explains = [
        words::created(rules::CONTINUATION_DELAY / SECOND),
        match desk.property() {
            _ if function => words::NO_QUEUE.to_owned(),
            Some(property) => words::queued_for(&property),
            None => words::QUEUED.to_owned(),
        },
        if function {
            words::NO_DISPATCH.to_owned()
        } else {
            words::dispatched(rules::VISIBILITY / SECOND)
        },
        if function {
            words::invoked(&time::rough(rules::SILENCE))
        } else {
            words::in_progress(&limit(desk))
        },
        words::ENDED.to_owned(),
    ];
    let waiting = rules::offers(desk.scene.world, &desk.kind)
        .filter(|id| id.execution.pipeline != desk.scene.pipeline.id)
        .count() as u64;
    let places = words::STATIONS.into_iter().zip(explains).enumerate();
    places
        .map(|(place, (name, explains))| {
            let mut here: Vec<&Seen> = desk
                .all
                .iter()
                .filter(|seen| station(seen.job.status) == place)
                .collect();
            // What ended last is what somebody looks for; elsewhere the oldest goes first.
            if place == ENDED {
                here.sort_by_key(|seen| std::cmp::Reverse((seen.job.updated, seen.job.birth)));
            }
            let shown = desk.ui.shown(place);
            let others = here.len().saturating_sub(shown) as u64;
            Station {
                name,
                explains,
                count: here.len(),
                tickets: here
                    .iter()
                    .take(shown)
                    .map(|seen| drawn(desk, seen))
                    .collect(),
                more: (others > 0).then(|| words::more(TICKETS as u64, others)),
                elsewhere: match place {
                    QUEUED => (waiting > 0).then(|| words::elsewhere(waiting)),
                    ENDED => earlier(desk).map(str::to_owned),
                    _ => None,
                },
            }
        })
        .collect()
}

/// Where the jobs of executions are that are history.
fn earlier(desk: &Desk) -> Option<&'static str> {
    let pipeline = desk.scene.pipeline;
    let forgets = desk.scene.world.options.history == HistoryOption::None;
    if !pipeline.history.segments().is_empty() {
        Some(words::EARLIER)
    } else {
        (forgets && pipeline.started as usize > pipeline.executions.len())
            .then_some(words::FORGOTTEN)
    }
}

const QUEUED: usize = 1;
const ENDED: usize = 4;

/// The station of a job.
fn station(status: JobStatus) -> usize {
    match status {
        JobStatus::Created => 0,
        JobStatus::Queued => QUEUED,
        JobStatus::Dispatched => 2,
        JobStatus::InProgress => 3,
        JobStatus::Succeeded | JobStatus::Failed | JobStatus::TimedOut => ENDED,
    }
}

fn drawn(desk: &Desk, seen: &Seen) -> Ticket {
    let yours = desk.is_yours(seen);
    let state = state(desk, seen, yours);
    let line = line(desk, seen, yours);
    let token = desk.scene.token(seen.execution.number);
    let at = words::STATIONS
        .get(station(seen.job.status))
        .copied()
        .unwrap_or_default();
    let short = seen.short();
    Ticket {
        label: ticket::label(&short, &token.letter, at, &state.word, &line),
        job: seen.uuid.clone(),
        short,
        token,
        state,
        line,
        runs: seen.job.status == JobStatus::InProgress,
        yours,
        why: seen.job.open(),
        selected: desk.is_selected(seen),
    }
}

fn view(role: Role, icon: Icon, word: impl Into<String>) -> StateView {
    StateView {
        role,
        icon,
        word: word.into(),
    }
}

/// What it waits for and how long, or how it ended.
fn state(desk: &Desk, seen: &Seen, yours: bool) -> StateView {
    let job = seen.job;
    let left = job.deadline.map(|deadline| until(desk.scene, deadline.at));
    match job.status {
        JobStatus::Created => view(
            Role::Wait,
            Icon::Hourglass,
            ticket::visible_in(&left.unwrap_or_default()),
        ),
        JobStatus::Queued => view(
            Role::Wait,
            Icon::Ticket,
            ticket::waits(&time::exact(desk.scene.span(job.updated))),
        ),
        JobStatus::Dispatched => view(
            Role::Wait,
            Icon::Hourglass,
            ticket::left(&left.unwrap_or_default()),
        ),
        JobStatus::InProgress if yours => view(Role::Person, Icon::Person, ticket::YOUR_TURN),
        JobStatus::InProgress => {
            let word = match share(desk, seen) {
                Some(percent) => ticket::percent(percent),
                None => ticket::WORKING.to_owned(),
            };
            view(Role::Run, Icon::Running, word)
        }
        JobStatus::Succeeded | JobStatus::Failed | JobStatus::TimedOut => over(job.status),
    }
}

/// The state of a job that is over.
pub fn over(status: JobStatus) -> StateView {
    match status {
        JobStatus::Succeeded => view(Role::Ok, Icon::Succeeded, ticket::SUCCEEDED),
        JobStatus::TimedOut => view(Role::Fail, Icon::Failed, ticket::TIMED_OUT),
        _ => view(Role::Fail, Icon::Failed, ticket::FAILED),
    }
}

/// The share of its work that its simulated worker, or its function, has done.
fn share(desk: &Desk, seen: &Seen) -> Option<i64> {
    let (began, ends) = match seen.job.deadline {
        Some(deadline) => (seen.job.updated, deadline.at),
        None => {
            let deadline = seen
                .record
                .deadline
                .filter(|deadline| deadline.kind == DeadlineKind::Completion)?;
            (seen.job.updated, deadline.at)
        }
    };
    let whole = ends.since(began).max(1);
    Some((desk.scene.span(began).saturating_mul(100) / whole).clamp(0, 100))
}

/// Where it is in words.
fn line(desk: &Desk, seen: &Seen, yours: bool) -> String {
    let job = seen.job;
    let (before, after) = seen.neighbours();
    let called = |id| short(&desk.scene.key().job(id));
    let nonce = job.nonce().unwrap_or_default();
    match job.status {
        JobStatus::Created => match before {
            Some(before) => ticket::continues(&called(before)),
            None => ticket::FIRST.to_owned(),
        },
        JobStatus::Queued => {
            let reason = queued(desk, seen);
            if job.handed_out > 0 {
                ticket::again(&reason)
            } else {
                reason
            }
        }
        JobStatus::Dispatched => match (yours, desk.heard.hand(seen.id)) {
            (true, _) => ticket::handed_to(words::news::YOU, &nonce),
            (_, Some(Hand::Worker(number))) => ticket::handed_to(&worker_name(number), &nonce),
            (_, Some(Hand::Caller)) => ticket::handed_to(words::news::OUTSIDE, &nonce),
            (_, None) => ticket::handed_out(&nonce),
        },
        JobStatus::InProgress => match (job.worker, job.deadline) {
            (Some(worker), Some(deadline)) => {
                ticket::reports(&worker_name(worker), &until(desk.scene, deadline.at))
            }
            (Some(worker), None) => ticket::silent(&worker_name(worker)),
            (None, _) if seen.doer == Doer::Function => {
                let ends = seen
                    .record
                    .deadline
                    .filter(|deadline| deadline.kind == DeadlineKind::Completion);
                match ends {
                    Some(ends) => ticket::function(&until(desk.scene, ends.at)),
                    None => ticket::FUNCTION_SILENT.to_owned(),
                }
            }
            _ if yours => ticket::YOURS.to_owned(),
            _ => ticket::THEIRS.to_owned(),
        },
        JobStatus::Succeeded | JobStatus::Failed | JobStatus::TimedOut => {
            let time = time::stamp(job.updated, desk.scene.now);
            match (after, &seen.record.ending.error) {
                (Some(after), _) => ticket::went_on(&time, &called(after)),
                (None, Some(error)) => {
                    ticket::failed(&time, error.code.as_str(), &text_of(&error.message))
                }
                (None, None) => ticket::ended(&time),
            }
        }
    }
}

/// The first line of a message.
fn text_of(message: &str) -> String {
    super::super::facts::first_line(message)
}

/// Why nobody has it yet.
fn queued(desk: &Desk, seen: &Seen) -> String {
    if !rules::offered(desk.scene.world, seen.id) {
        return ticket::HELD.to_owned();
    }
    let Some(worker) = desk.worker() else {
        return ticket::NOBODY.to_owned();
    };
    let name = worker_name(worker.number);
    if worker.settings.external {
        ticket::OUTSIDE.to_owned()
    } else if worker.free() == 0 {
        ticket::full(&name)
    } else {
        let next = worker.next_poll(desk.scene.now);
        ticket::next_poll(&name, &until(desk.scene, next))
    }
}

/// What a worker never does, in words.
pub fn habit(silence: Silence) -> &'static str {
    match silence {
        Silence::Acknowledge => text::jobs::worker::NEVER_ACKNOWLEDGES,
        Silence::Report => text::jobs::worker::NEVER_REPORTS,
    }
}
