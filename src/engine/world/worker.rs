//! Workers that somebody attached to action types, as records.

use crate::json::{FromJson, ToJson};

use crate::{
    engine::{
        time::Instant,
        worker::{INTERVAL, JOBS_AT_ONCE, WorkerSettings},
    },
    model::ActionTypeId,
};

/// An attached worker.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Worker {
    /// Its number: the count of workers attached before.
    pub number: u32,
    /// Whose jobs it does.
    pub action_type: ActionTypeId,
    /// How it works.
    pub settings: WorkerSettings,
    /// When it was attached: it polls so many intervals later.
    pub since: Instant,
    /// How many jobs it has in hand.
    #[json(default)]
    pub busy: u32,
    /// Its next poll, if that will find something (design, engine contract).
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<Instant>,
    /// The number of the fact that planned the poll.
    #[json(default)]
    pub order: u64,
}

impl Worker {
    /// From one poll to the next, in milliseconds: at least one.
    #[must_use]
    pub fn interval(&self) -> i64 {
        self.settings.interval.unwrap_or(INTERVAL).max(1)
    }

    /// Its first poll after an instant.
    #[must_use]
    pub fn next_poll(&self, now: Instant) -> Instant {
        let polls = now.since(self.since).div_euclid(self.interval());
        self.since
            .after(polls.saturating_add(1).saturating_mul(self.interval()))
    }

    /// How many more jobs it can take.
    #[must_use]
    pub fn free(&self) -> usize {
        let most = self.settings.jobs_at_once.unwrap_or(JOBS_AT_ONCE);
        most.saturating_sub(self.busy) as usize
    }
}
