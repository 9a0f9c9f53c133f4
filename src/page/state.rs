//! What the page knows besides the world: what is shown and selected, how the clock runs, how the world is kept.
//! Plain values; whoever owns them changes them, [`super::view::build`] only reads them.

use super::view::{ForwardView, Selection};

/// What this page shows of the world. Each tab has its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ui {
    /// Name of the pipeline in the picture. `None`, or a name that is gone: the first one by name.
    pub pipeline: Option<String>,
    /// What is selected. What is gone counts as the pipeline.
    pub selection: Selection,
    /// A fast-forward under way.
    pub forward: Option<ForwardView>,
}

/// How the clock runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockState {
    /// Whether it runs.
    pub playing: bool,
    /// Index into [`super::view::SPEEDS`].
    pub speed: usize,
}

/// How the world is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageInfo {
    /// The world's name.
    pub world: String,
    /// How many facts were recorded.
    pub facts: u64,
    /// What the storage does.
    pub state: StorageState,
}

/// What the storage does. A reason is a finished sentence, as `StorageError` displays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageState {
    /// Everything told is kept.
    Saved,
    /// A commit is under way.
    Saving,
    /// The world was never kept: asked for (`None`), or why it cannot be.
    Memory(Option<String>),
    /// A commit failed and the world goes on in memory: why.
    Detached(String),
    /// Another tab writes this world.
    ReadOnly,
}
