//! Everything a person can do with the forms of operations.

use crate::page::edit::Change;

/// One thing a person does there. Only sending can change the world.
#[derive(Clone, Debug, PartialEq)]
pub enum OperateCommand {
    /// Show the list of operations.
    List,
    /// Open the form of an operation, by its name.
    Open(&'static str),
    /// A field holds this now.
    Fill {
        /// Its place in the form.
        at: String,
        /// What stands in it.
        text: String,
    },
    /// Add or take away a part; places are places in the form.
    Change(Change),
    /// Fold a part, or unfold it.
    Fold(String),
    /// The text of the input is this now.
    Json(String),
    /// Begin again with what the selection suggests.
    Reset,
    /// Make the call.
    Send,
    /// Ask for the next page of the list that was answered.
    NextPage,
    /// Close, and keep what was filled in.
    Close,
}
