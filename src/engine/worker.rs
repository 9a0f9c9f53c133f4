//! Workers of the simulator: how one that somebody attached to an action type works (design, controls).
//!
//! A worker does what a program outside would do, by the same rules: it polls, acknowledges, works for a while and
//! reports. An external one does nothing: it says that a program outside does the work of a partner's type.

use std::collections::BTreeMap;

use crate::json::{FromJson, ToJson};

use super::{
    behavior::{DurationRange, unlucky},
    time::{MINUTE, SECOND},
};
use crate::model::FailureType;

/// How often a worker polls unless it is said otherwise, in milliseconds: what the Java worker does.
pub const INTERVAL: i64 = 30 * SECOND;
/// How long it works on a job unless it is said otherwise.
pub const DURATION: DurationRange = DurationRange {
    min: MINUTE,
    max: MINUTE,
};
/// How many jobs it has in hand at most unless it is said otherwise: the threads of the Java worker.
pub const JOBS_AT_ONCE: u32 = 10;

/// How a worker works. Absent parts are as usual.
#[derive(Clone, Debug, Default, PartialEq, ToJson, FromJson)]
#[json(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkerSettings {
    /// A program outside does the work: nothing polls here.
    #[json(skip_serializing_if = "is_false")]
    pub external: bool,
    /// From one poll to the next, in virtual milliseconds.
    #[json(skip_serializing_if = "Option::is_none")]
    pub interval: Option<i64>,
    /// How long it works on a job.
    #[json(skip_serializing_if = "Option::is_none")]
    pub duration: Option<DurationRange>,
    /// What it reports instead of a success.
    #[json(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// What it never does.
    #[json(skip_serializing_if = "Option::is_none")]
    pub silence: Option<Silence>,
    /// How many times it reports that the work goes on before it reports the end (J-31).
    #[json(skip_serializing_if = "is_zero")]
    pub continuations: u32,
    /// How many jobs it has in hand at most.
    #[json(skip_serializing_if = "Option::is_none")]
    pub jobs_at_once: Option<u32>,
    /// Output variables of a success.
    #[json(skip_serializing_if = "BTreeMap::is_empty")]
    pub output_variables: BTreeMap<String, String>,
}

fn is_false(truth: &bool) -> bool {
    !truth
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A failure that a worker reports.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct Failure {
    /// The code.
    #[json(default)]
    pub code: FailureType,
    /// The message; the usual one where absent.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How likely, from 0 to 1; 1 where absent.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
}

/// What a silent worker never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson, FromJson)]
#[json(rename_all = "camelCase")]
pub enum Silence {
    /// It takes jobs and never acknowledges them: they are handed out again and again (J-13).
    Acknowledge,
    /// It acknowledges jobs and never reports: their actions time out (J-42).
    Report,
}

/// What a worker says of a job when it is done with it.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub enum Report {
    /// The work is done.
    #[json(rename = "s")]
    Success {
        /// Output variables.
        #[json(default, skip_serializing_if = "BTreeMap::is_empty")]
        variables: BTreeMap<String, String>,
    },
    /// The work goes on in another job.
    #[json(rename = "c")]
    Continue {
        /// Which step this was, from 1: the continuation token.
        step: u32,
        /// Of how many.
        steps: u32,
    },
    /// The work failed.
    #[json(rename = "f")]
    Failure {
        /// The code.
        code: FailureType,
        /// The message.
        message: String,
    },
}

impl WorkerSettings {
    /// What it will say of a job that comes with this continuation token, if chance draws this.
    #[must_use]
    pub fn report(&self, token: Option<&str>, drawn: u64) -> Report {
        let done: u32 = token.and_then(|token| token.parse().ok()).unwrap_or(0);
        if done < self.continuations {
            return Report::Continue {
                step: done + 1,
                steps: self.continuations.saturating_add(1),
            };
        }
        match &self.failure {
            Some(failure) if unlucky(failure.probability.unwrap_or(1.0), drawn) => {
                let usual = || "The worker reported a failure".to_owned();
                Report::Failure {
                    code: failure.code,
                    message: failure.message.clone().unwrap_or_else(usual),
                }
            }
            _ => Report::Success {
                variables: self.output_variables.clone(),
            },
        }
    }

    /// Whether jobs that it gets come to an end through it, or at least move.
    #[must_use]
    pub fn works(&self) -> bool {
        !self.external && self.silence != Some(Silence::Acknowledge)
    }
}
