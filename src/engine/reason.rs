//! Why. Every decision that holds, stops, supersedes, fails or ends something records one of these in its fact,
//! so that "why?" is answered from the engine's own record and never guessed afterwards.

use crate::json::{FromJson, ToJson};

use super::{declaration::ConditionPlace, time::Instant};
use crate::model::ConditionResult;

/// The machine-readable reason of a decision. Stages and actions are indices into the declaration of the
/// version that the execution it stands in is bound to; executions are numbers of the same pipeline.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub enum Reason {
    /// MO-2: the stage in front of which it waits is held by another execution.
    LockHeld {
        /// Whoever held the lock when the wait began.
        by: u32,
    },
    /// TR-3: the inbound transition of the stage is disabled.
    TransitionDisabled {
        /// Since when.
        since: Instant,
    },
    /// QU-1: others wait in front of it.
    BehindOthers {
        /// The one directly ahead.
        ahead: u32,
    },
    /// SU-1: a newer execution reached the same boundary.
    SupersededBy {
        /// The newer execution.
        by: u32,
    },
    /// LC-12: actions of the stage failed; the first of them.
    ActionFailed {
        /// Its index in the stage.
        action: u16,
    },
    /// LC-3: a stage failed.
    StageFailed {
        /// Which stage.
        stage: u16,
    },
    /// LC-2: the last stage succeeded.
    LastStageSucceeded,
    /// UP-3: the pipeline was updated while the execution was under way.
    PipelineUpdated {
        /// The version that replaced the execution's own.
        version: u32,
    },
    /// SP-2, SP-4: somebody stopped the execution.
    Stopped {
        /// Whether running actions were abandoned.
        abandon: bool,
    },
    /// VA-7: a required variable had no value.
    VariableMissing {
        /// Its name.
        name: String,
    },
    /// QU-8: an event started it while as many executions as may be were active.
    TooManyExecutions,
    /// CO-15 and its kin: what the stage said about itself is the whole story.
    AllActionsSucceeded,
    /// CO-14, CO-15, CO-17, CO-18: a condition of the stage failed.
    ConditionFailed {
        /// Which one.
        place: ConditionPlace,
        /// What it does to the stage.
        result: ConditionResult,
    },
    /// CO-6: a rule of the condition failed, or could not run (CO-9).
    RuleFailed {
        /// Its index in the condition.
        rule: u16,
    },
    /// CO-6: all rules of the condition succeeded.
    AllRulesSucceeded,
    /// CO-28, CO-29: somebody overrode the condition.
    Overridden {
        /// Whether it had failed the stage before.
        failed: bool,
    },
    /// UP-14: the pipeline was updated while the condition was evaluated.
    CutOffByUpdate {
        /// The version that replaced the execution's own.
        version: u32,
    },
    /// RB-3: the one stage of a rollback succeeded.
    RolledBack {
        /// The execution that it went back to.
        target: u32,
    },
}

impl Reason {
    /// The id of the rule that was applied.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::LockHeld { .. } => "MO-2",
            Self::TransitionDisabled { .. } => "TR-3",
            Self::BehindOthers { .. } => "QU-1",
            Self::SupersededBy { .. } => "SU-1",
            Self::ActionFailed { .. } => "LC-12",
            Self::StageFailed { .. } => "LC-3",
            Self::LastStageSucceeded => "LC-2",
            Self::PipelineUpdated { .. } => "UP-3",
            Self::Stopped { abandon: false } => "SP-2",
            Self::Stopped { abandon: true } => "SP-4",
            Self::VariableMissing { .. } => "VA-7",
            Self::TooManyExecutions => "QU-8",
            Self::AllActionsSucceeded => "LC-11",
            Self::ConditionFailed { place, result } => match (place, result) {
                (_, ConditionResult::Skip) => "CO-15",
                (ConditionPlace::BeforeEntry, _) => "CO-14",
                (_, ConditionResult::Rollback) => "CO-18",
                (ConditionPlace::OnSuccess | ConditionPlace::OnFailure, _) => "CO-17",
            },
            Self::RuleFailed { .. } | Self::AllRulesSucceeded => "CO-6",
            Self::Overridden { failed: false } => "CO-28",
            Self::Overridden { failed: true } => "CO-29",
            Self::CutOffByUpdate { .. } => "UP-14",
            Self::RolledBack { .. } => "RB-3",
        }
    }
}
