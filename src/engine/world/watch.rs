//! What makes a pipeline start by itself and is no part of its declaration: the event rule and the schedule that stand
//! for EventBridge's, the poll that will find something, the revisions that were reported to it.
//!
//! It belongs to the pipeline, whatever version is current, and goes with it when it is deleted.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::json::{FromJson, ToJson};

use super::source::Place;
use crate::{
    engine::time::Instant,
    model::{PipelineVariable, SourceRevisionOverride},
};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, ToJson, FromJson)]
#[json(default)]
pub struct Watch {
    /// When the last execution started; polling is given up 30 days later (TG-21). `None` in worlds of builds that
    /// did not keep it.
    #[json(skip_serializing_if = "Option::is_none")]
    pub last_start: Option<Instant>,
    /// Whether a rule of EventBridge has the pipeline as its target. `None`: where the console would have made one.
    #[json(skip_serializing_if = "Option::is_none")]
    pub event_rule: Option<bool>,
    /// The schedule that starts it.
    #[json(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// The next poll, if it will find something. Polls that find nothing are nowhere (design, engine contract).
    #[json(skip_serializing_if = "Option::is_none")]
    pub poll: Option<Poll>,
    /// The ids of the revisions that were reported by PutActionRevision, by source action (TG-28).
    #[json(skip_serializing_if = "BTreeMap::is_empty")]
    pub reported: BTreeMap<String, BTreeSet<String>>,
}

impl Watch {
    /// Whether there is nothing to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A poll that will find something (TG-22).
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Poll {
    /// When.
    pub at: Instant,
    /// The number of the fact that planned it: earlier ones go first at the same instant.
    pub order: u64,
    /// The source actions that will find something, with the places at which they look.
    pub finds: BTreeMap<String, Place>,
}

/// A schedule of EventBridge with the pipeline as its target.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Schedule {
    /// As it was said: `cron(…)` or `rate(…)`.
    pub expression: Rc<str>,
    /// Values of pipeline variables that come with each start (TG-27).
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<PipelineVariable>,
    /// Revisions that come with each start (TG-27).
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<SourceRevisionOverride>,
    /// When it was set: a rate counts from here.
    pub since: Instant,
    /// When it starts the pipeline next; `None` where it never will again.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Instant>,
    /// The number of the fact that said when.
    pub order: u64,
}
