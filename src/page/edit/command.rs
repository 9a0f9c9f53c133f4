//! Everything a person can do in the editor.

use super::change::{Change, Chosen};

/// One thing a person does in the editor. Only saving changes the world.
#[derive(Clone, Debug, PartialEq)]
pub enum EditCommand {
    /// Begin a new pipeline, or go on with the one that was begun.
    New,
    /// Begin a new pipeline as a copy of this draft.
    Copy,
    /// Choose what is changed.
    Choose(Chosen),
    /// Change the draft.
    Change(Change),
    /// A field of the form holds this now.
    Fill {
        /// The JSON pointer of the field.
        at: String,
        /// What stands in it.
        text: String,
    },
    /// Take the last step back.
    Undo,
    /// Take it again.
    Redo,
    /// CreatePipeline or UpdatePipeline.
    Save,
    /// Begin the draft again from what is saved.
    Discard,
    /// Put the input of CreatePipeline on the clipboard.
    CopyInput,
    /// Save the input of CreatePipeline as a file.
    SaveInput,
}
