//! Everything a person can do on the page, as values: buttons, keys and call-outs all produce one of these, and
//! one place performs them by calling the API.

use super::view::{Outcome, Selection};

/// One thing a person does.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Show another pipeline.
    ShowPipeline(String),
    /// Select a thing.
    Select(Selection),
    /// StartPipelineExecution.
    StartExecution,
    /// PutApprovalResult.
    AnswerApproval {
        /// Stage of the approval.
        stage: String,
        /// Name of the approval action.
        action: String,
        /// Its token.
        token: String,
        /// Approved or Rejected.
        approve: bool,
        /// The reviewer's words, at most 512 characters.
        summary: String,
    },
    /// How an action behaves from now on.
    SetBehaviour {
        /// Stage of the action.
        stage: String,
        /// Name of the action.
        action: String,
        /// What it shall do.
        outcome: Outcome,
    },
    /// Decide a held action.
    CompleteAction {
        /// The action execution that is held.
        action_execution: String,
        /// Succeeded or Failed.
        succeed: bool,
    },
    /// Let the clock run.
    Play,
    /// Stop the clock.
    Pause,
    /// Index into `SPEEDS`.
    SetSpeed(usize),
    /// Go to the next instant at which something happens.
    NextFact,
    /// Move the clock by so many virtual milliseconds.
    Advance(u64),
    /// Move the clock until nothing is under way.
    AdvanceUntilIdle,
    /// Stop a fast-forward.
    CancelForward,
    /// Open the import dialog.
    OpenImport,
    /// DeletePipeline.
    DeletePipeline(String),
    /// Save the world as a file.
    ExportWorld,
    /// Take the world over from another tab.
    TakeOver,
}
