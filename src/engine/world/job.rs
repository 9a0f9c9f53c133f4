//! Jobs: the work of a custom action, a partner's action or a function, as somebody outside does it
//! (jobs-wire-cli.md §1).
//!
//! A job begins when its action does, or when a worker reports that it goes on (J-31), and ends with a report, a
//! timeout or the end of its action by another hand. It belongs to the execution, as the action does, and becomes
//! history with it. What may not live here: who gets a job and when; that is decided in `rules`.

use std::rc::Rc;

use crate::json::{FromJson, ToJson};

use super::execution::{Deadline, DeadlineKind};
use crate::{
    engine::{time::Instant, worker::Report},
    model::{CurrentRevision, JobStatus},
};

/// A job.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Job {
    /// The action execution that it does, by its ordinal.
    #[json(rename = "a")]
    pub action: u32,
    /// How far it is (J-3).
    #[json(rename = "t")]
    pub status: JobStatus,
    /// When it was made.
    #[json(rename = "s")]
    pub created: Instant,
    /// When its status last changed.
    #[json(rename = "u")]
    pub updated: Instant,
    /// The number of the fact that made it: the oldest is handed out first (J-11).
    #[json(rename = "b")]
    pub birth: u64,
    /// What the worker handed in with the job before (J-31).
    #[json(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Rc<str>>,
    /// How often it was handed out: the nonce of the last time (J-16).
    #[json(rename = "h", default, skip_serializing_if = "is_zero")]
    pub handed_out: u32,
    /// When it can be had (again), or its simulated worker is done.
    #[json(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// The number of the fact that set the deadline.
    #[json(rename = "o", default, skip_serializing_if = "is_zero_u64")]
    pub order: u64,
    /// The simulated worker that has it in hand.
    #[json(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<u32>,
    /// What that worker will say when it is done.
    #[json(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Rc<Report>>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_zero_u64(number: &u64) -> bool {
    *number == 0
}

impl Job {
    /// Whether it is not over yet.
    #[must_use]
    pub fn open(&self) -> bool {
        is_open(self.status)
    }

    /// J-16: the nonce of the last time it was handed out; `None` where it never was.
    #[must_use]
    pub fn nonce(&self) -> Option<String> {
        (self.handed_out > 0).then(|| self.handed_out.to_string())
    }
}

/// Whether a job of this status is not over yet.
#[must_use]
pub const fn is_open(status: JobStatus) -> bool {
    matches!(
        status,
        JobStatus::Created | JobStatus::Queued | JobStatus::Dispatched | JobStatus::InProgress
    )
}

/// Whether a job of this status can be due so: one on its way or handed out becomes (again) to be had, one under way is
/// done by a simulated worker that has something to say, and nothing else is due.
#[must_use]
pub fn due_fits(status: JobStatus, deadline: Option<Deadline>, reports: bool) -> bool {
    match (status, deadline.map(|deadline| deadline.kind)) {
        (JobStatus::Created | JobStatus::Dispatched, kind) => kind == Some(DeadlineKind::Offer),
        (JobStatus::InProgress, Some(kind)) => kind == DeadlineKind::Completion && reports,
        (_, kind) => kind.is_none(),
    }
}

/// What the reports of an action's jobs have told so far (J-33, J-35). A later report keeps what it does not name.
#[derive(Clone, Debug, Default, PartialEq, ToJson, FromJson)]
#[json(default)]
pub struct Progress {
    /// `summary`.
    #[json(rename = "s", skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// `externalExecutionId`.
    #[json(rename = "x", skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// `percentComplete`, 0 to 100.
    #[json(rename = "p", skip_serializing_if = "Option::is_none")]
    pub percent: Option<i64>,
    /// `currentRevision`.
    #[json(rename = "r", skip_serializing_if = "Option::is_none")]
    pub revision: Option<CurrentRevision>,
}

impl Progress {
    /// Whether it tells nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is known after a report.
    pub fn hear(&mut self, report: &Self) {
        let Self {
            summary,
            external_id,
            percent,
            revision,
        } = report;
        if summary.is_some() {
            self.summary.clone_from(summary);
        }
        if external_id.is_some() {
            self.external_id.clone_from(external_id);
        }
        if percent.is_some() {
            self.percent = *percent;
        }
        if revision.is_some() {
            self.revision.clone_from(revision);
        }
    }
}

/// What is remembered of a job whose pipeline was deleted before it was over (J-50).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson, FromJson)]
pub struct LostJob {
    /// How often it was handed out.
    pub handed_out: u32,
    /// Whether it was a partner's.
    pub partner: bool,
}
