//! Everything a person can do on the page, as values: buttons, keys and call-outs all produce one of these, and
//! one place performs them by calling the API.

mod jobs;
mod worlds;

pub use jobs::JobsCommand;
pub use worlds::WorldsCommand;

use super::{
    drive::DriveCommand,
    edit::EditCommand,
    operate::OperateCommand,
    state::{
        details::DetailsCommand, facts::FactsCommand, picture::PictureCommand, settings::Settings,
        timeline::TimelineCommand,
    },
    view::{Outcome, Screen, Selection},
};

/// One thing a person does.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Show another pipeline.
    ShowPipeline(String),
    /// Show another view of the pipeline.
    Show(Screen),
    /// Something in the editor.
    Edit(EditCommand),
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
    /// Something in driving: a form, or what it leads to.
    Drive(DriveCommand),
    /// Something with the forms of operations.
    Operate(OperateCommand),
    /// The page shall be so.
    Settings(Settings),
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
    /// Open the call-out that answers an approval. The page opens it itself and passes only the selection on.
    AskApproval {
        /// Stage of the approval.
        stage: String,
        /// Name of the approval action.
        action: String,
    },
    /// Something in the timeline.
    Timeline(TimelineCommand),
    /// Something about how the picture is shown.
    Picture(PictureCommand),
    /// Something in the list of facts.
    Facts(FactsCommand),
    /// Something about how the details are shown.
    Details(DetailsCommand),
    /// Open the import dialog.
    OpenImport,
    /// Something in the import dialog.
    Import(ImportCommand),
    /// DeletePipeline.
    DeletePipeline(String),
    /// Something with jobs and workers.
    Jobs(JobsCommand),
    /// Something with worlds as things, the stops of the clock, or the picture as a file.
    Worlds(WorldsCommand),
    /// Save the world as a file.
    ExportWorld,
    /// Save what is stored of a world that cannot be read, as it is, as a file.
    SaveStored,
    /// Take the world over from another tab.
    TakeOver,
    /// Show another world that is kept in this browser.
    OpenWorld(String),
    /// The notice was read.
    Dismiss,
    /// Take the build of the page that waits: every tab reloads.
    TakeUpdate,
}

/// Everything a person can do in the import dialog. Nothing is changed before [`ImportCommand::Accept`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportCommand {
    /// The text in the field is now this, typed or pasted.
    Text(String),
    /// A file was dropped or picked and read; it is not larger than [`IMPORT_BYTES`].
    File {
        /// Its name.
        name: String,
        /// Its content.
        text: String,
    },
    /// A file was dropped or picked that is larger than [`IMPORT_BYTES`]; it was not read.
    FileTooLarge {
        /// Its name.
        name: String,
        /// Its size in bytes.
        bytes: u64,
    },
    /// A file was dropped or picked that the browser could not read.
    FileUnreadable {
        /// Its name.
        name: String,
        /// What the browser says.
        reason: String,
    },
    /// Open a sample, by its index in `ImportView::samples`.
    Sample(usize),
    /// Choose an option of a question, both by index.
    Choose {
        /// Index in `ImportView::choices`.
        choice: usize,
        /// Index in its options.
        option: usize,
    },
    /// The text of a question's field is now this.
    Field {
        /// Index in `ImportView::choices`.
        choice: usize,
        /// What stands in the field.
        value: String,
    },
    /// Do it.
    Accept,
    /// Close the dialog and forget the text.
    Close,
}

/// The largest file the page reads, in bytes: a declaration has at most 50 stages of 50 actions, and a world
/// file is compressed.
pub const IMPORT_BYTES: u64 = 10 * 1024 * 1024;
