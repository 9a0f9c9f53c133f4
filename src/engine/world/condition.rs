//! What an execution recorded of the conditions of its stages: one record for each evaluation of a condition, one for
//! each run of a rule.
//!
//! A condition is evaluated once in a stay in a stage; a retry may evaluate it again (CO-33), which is a new record, and
//! the old one no longer counts.

use std::{collections::BTreeMap, rc::Rc};

use crate::json::{FromJson, ToJson};

use super::execution::{Deadline, Ending};
use crate::{
    engine::{declaration::ConditionPlace, time::Instant},
    model::{ConditionExecutionStatus, RuleExecutionStatus},
};

/// One evaluation of a condition.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct ConditionRun {
    /// Index of the stage.
    #[json(rename = "g")]
    pub stage: u16,
    /// Which of its conditions.
    #[json(rename = "p")]
    pub place: ConditionPlace,
    /// When it began.
    #[json(rename = "s")]
    pub started: Instant,
    /// When its status last changed.
    #[json(rename = "u")]
    pub updated: Instant,
    /// Its status.
    #[json(rename = "t")]
    pub status: ConditionExecutionStatus,
    /// A retry took its place: it stays in the history and no longer counts for its stage (CO-33).
    #[json(rename = "x", default, skip_serializing_if = "is_false")]
    pub dismissed: bool,
}

/// One run of a rule.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct RuleRun {
    /// Index of the evaluation that it belongs to, among those of the execution.
    #[json(rename = "c")]
    pub condition: u32,
    /// Index of the rule in the condition.
    #[json(rename = "r")]
    pub rule: u16,
    /// When it began.
    #[json(rename = "s")]
    pub started: Instant,
    /// When its status last changed.
    #[json(rename = "u")]
    pub updated: Instant,
    /// Its status.
    #[json(rename = "t")]
    pub status: RuleExecutionStatus,
    /// What will end it by itself, or make it look again.
    #[json(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// The number of the fact that set the deadline: earlier ones go first at the same instant.
    #[json(rename = "o", default, skip_serializing_if = "is_zero")]
    pub order: u64,
    /// It has looked once and watches since (CO-21, CO-22).
    #[json(rename = "w", default, skip_serializing_if = "is_false")]
    pub watching: bool,
    /// The resolved configuration, where it differs from the declared one (CO-13).
    #[json(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Rc<BTreeMap<String, String>>>,
    /// What it left behind.
    #[json(rename = "e", default, skip_serializing_if = "Ending::is_plain")]
    pub ending: Ending,
}

fn is_false(truth: &bool) -> bool {
    !truth
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl ConditionRun {
    /// Whether it is being evaluated.
    #[must_use]
    pub fn running(&self) -> bool {
        self.status == ConditionExecutionStatus::InProgress
    }

    /// Whether the stage goes on past it.
    #[must_use]
    pub fn lets_pass(&self) -> bool {
        matches!(
            self.status,
            ConditionExecutionStatus::Succeeded | ConditionExecutionStatus::Overridden
        )
    }
}

impl RuleRun {
    /// Whether it is under way.
    #[must_use]
    pub fn running(&self) -> bool {
        self.status == RuleExecutionStatus::InProgress
    }
}
