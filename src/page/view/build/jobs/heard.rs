//! What the newest facts tell of the jobs of a type: whom they were handed to, and what happened, as rows.
//!
//! Facts come newest first, so a nonce is counted back from the one that the job has now. What lies further back than
//! the facts that are looked at is not known, and nothing is said of it.

use super::{Desk, Seen, short, time, worker_name};
use crate::{
    engine::{
        fact::{Cause, Event, Fact},
        ids::JobId,
        rules::jobs::{Doer, VISIBILITY},
        time::SECOND,
    },
    model::JobStatus,
    page::{
        text::jobs::news::{self as words, News},
        view::{FactRow, Icon, JobNews, Role},
    },
};

/// How many rows are told.
const ROWS: usize = 24;

/// What was heard.
#[derive(Default)]
pub struct Heard {
    /// Whom each job was handed to the last time.
    hands: Vec<(JobId, Hand)>,
    pub news: Vec<JobNews>,
}

impl Heard {
    /// Whom a job was handed to last; `None` where nobody knows.
    pub fn hand(&self, id: JobId) -> Option<Hand> {
        let found = self.hands.iter().find(|(job, _)| *job == id);
        found.map(|(_, hand)| *hand)
    }
}

/// Whom a job was handed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Whoever made the call.
    Caller,
    /// A worker of the simulator, by its number.
    Worker(u32),
}

/// Who polled: a call, or the worker whose poll stands before the fact.
fn poller(fact: &Fact, older: &[&Fact]) -> Option<Hand> {
    if matches!(fact.cause, Cause::Call(_)) {
        return Some(Hand::Caller);
    }
    older.iter().find_map(|fact| match fact.event {
        Event::WorkerPolled { worker } => Some(Hand::Worker(worker)),
        _ => None,
    })
}

/// Listens to the facts, newest first.
pub fn hear(desk: &Desk, recent: &[&Fact]) -> Heard {
    let mut heard = Heard::default();
    // How often each job was handed out after the fact that is looked at.
    let mut later: Vec<(JobId, u32)> = vec![];
    let mut unknown = desk
        .all
        .iter()
        .filter(|seen| seen.job.status == JobStatus::Dispatched)
        .count();
    for (place, fact) in recent.iter().enumerate() {
        // There is nothing more to learn.
        if heard.news.len() >= ROWS && unknown == 0 {
            break;
        }
        let (job, seen) = match job_of(&fact.event) {
            Some(id) => match desk.all.iter().find(|seen| seen.id == id) {
                Some(seen) => (Some(id), Some(seen)),
                None => continue,
            },
            None => (None, None),
        };
        let older = recent.get(place + 1..).unwrap_or_default();
        let mut nonce = 0;
        if let (Some(id), Some(seen), Event::JobDispatched { .. }) = (job, seen, &fact.event) {
            let known = later.iter_mut().find(|(job, _)| *job == id);
            let after = match known {
                Some((_, count)) => {
                    *count += 1;
                    *count - 1
                }
                None => {
                    later.push((id, 1));
                    heard
                        .hands
                        .extend(poller(fact, older).map(|hand| (id, hand)));
                    if seen.job.status == JobStatus::Dispatched {
                        unknown = unknown.saturating_sub(1);
                    }
                    0
                }
            };
            nonce = seen.job.handed_out.saturating_sub(after);
        }
        if heard.news.len() < ROWS
            && let Some(news) = told(desk, fact, seen, nonce, older)
        {
            heard.news.push(row(desk, fact, seen, news));
        }
    }
    heard
}

/// The job that a fact is about.
fn job_of(event: &Event) -> Option<JobId> {
    let (execution, ordinal) = match event {
        Event::JobCreated { execution, job, .. }
        | Event::JobQueued { execution, job }
        | Event::JobDispatched { execution, job, .. }
        | Event::JobStarted { execution, job, .. }
        | Event::JobEnded { execution, job, .. } => (execution, job),
        _ => return None,
    };
    Some(JobId {
        execution: *execution,
        ordinal: *ordinal,
    })
}

fn told(
    desk: &Desk,
    fact: &Fact,
    seen: Option<&Seen>,
    nonce: u32,
    older: &[&Fact],
) -> Option<News> {
    let job = seen.map(Seen::short).unwrap_or_default();
    let caller = || {
        if desk.outside() {
            words::OUTSIDE
        } else {
            words::YOU
        }
    };
    let whom = |hand: Option<Hand>| match hand {
        Some(Hand::Worker(number)) => worker_name(number),
        Some(Hand::Caller) => caller().to_owned(),
        None => words::SOMEBODY.to_owned(),
    };
    Some(match &fact.event {
        Event::JobCreated { token, status, .. } => match (token, seen) {
            (Some(token), Some(seen)) => {
                let before = seen.neighbours().0;
                let before = before.map(|id| short(&desk.scene.key().job(id)));
                words::follows(&job, &before.unwrap_or_default(), token)
            }
            _ if *status == JobStatus::InProgress => words::invoked(&job),
            _ => words::created(&job),
        },
        // Nobody has had it yet: it has just become visible.
        Event::JobQueued { .. } if seen.is_some_and(|seen| seen.job.handed_out == 0) => {
            words::visible(&job)
        }
        Event::JobQueued { .. } => {
            let seen = seen?;
            let first = seen.job.token.is_some()
                && fact.at.since(seen.job.created)
                    <= crate::engine::rules::jobs::CONTINUATION_DELAY;
            if first {
                words::visible(&job)
            } else {
                words::back(&job, VISIBILITY / SECOND)
            }
        }
        Event::JobDispatched { .. } => words::handed_out(&job, &whom(poller(fact, older)), nonce),
        Event::JobStarted { .. } if desk.doer == Doer::Function => words::invoked(&job),
        Event::JobStarted { worker, .. } => {
            let hand = worker.map_or(Hand::Caller, Hand::Worker);
            words::acknowledged(&job, &whom(Some(hand)))
        }
        Event::JobEnded { status, .. } => {
            let word = match status {
                JobStatus::Succeeded => words::SUCCEEDED,
                JobStatus::TimedOut => words::TIMED_OUT,
                _ => words::FAILED,
            };
            let on = seen.is_some_and(|seen| seen.neighbours().1.is_some());
            words::ended(word, &job, on)
        }
        Event::WorkerAttached {
            worker,
            action_type,
            ..
        } if **action_type == desk.kind => {
            // One that was attached before keeps its number.
            let again = older.iter().any(|fact| {
                matches!(&fact.event, Event::WorkerAttached { worker: before, .. } if before == worker)
            });
            if again {
                words::changed(&worker_name(*worker))
            } else {
                words::attached(&worker_name(*worker))
            }
        }
        Event::WorkerDetached {
            worker,
            action_type,
        } if **action_type == desk.kind => words::detached(&worker_name(*worker)),
        _ => return None,
    })
}

fn row(desk: &Desk, fact: &Fact, seen: Option<&Seen>, news: News) -> JobNews {
    let token = seen.map(|seen| desk.scene.token(seen.execution.number));
    let call = match &fact.cause {
        Cause::Call(name) | Cause::Control(name) => Some(name.to_string()),
        Cause::Time => None,
    };
    let letter = token.as_ref().map(|token| token.letter.as_str());
    JobNews {
        row: FactRow {
            sequence: fact.sequence,
            time: time::stamp(fact.at, desk.scene.now),
            icon: token.is_none().then_some((Role::Gone, Icon::Ticket)),
            sentence: words::sentence(letter, news.word, &news.text),
            token,
            word: news.word.to_owned(),
            text: news.text,
            call,
            together: false,
            selected: seen.is_some_and(|seen| desk.is_selected(seen)),
        },
        job: seen.map(|seen| seen.uuid.clone()),
    }
}
