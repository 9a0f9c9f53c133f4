//! The list of facts as plain data: which rows there are, which of them are drawn, and the one that is open.

use super::FactRow;
use crate::page::{call_text::CallText, state::facts::FactFilter};

/// The list around the rows of `PageView::facts`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactListView {
    /// How many rows there are for the filter.
    pub total: usize,
    /// The first one that is drawn.
    pub first: usize,
    /// Facts newer than those: "12 new"; `None` without any.
    pub fresh: Option<String>,
    /// What is looked for.
    pub filter: FactFilter,
    /// Stages that can be looked for.
    pub stages: Vec<String>,
    /// Executions that can be looked for: UUID, letter and short id.
    pub executions: Vec<(String, String)>,
    /// The open fact.
    pub open: Option<FactDetail>,
    /// The newest facts of the list without its filter, for whoever listens: their numbers, the newest first, and the
    /// sentence of the first.
    pub newest: (Vec<u64>, String),
}

/// One fact, opened.
#[derive(Clone, Debug, PartialEq)]
pub struct FactDetail {
    /// As it stands in the list.
    pub row: FactRow,
    /// The rule that was applied: its sentence and its id.
    pub rule: Option<(String, String)>,
    /// What caused it, as a sentence; `None` where the call says it.
    pub cause: Option<String>,
    /// The call that caused it.
    pub call: Option<CallText>,
    /// The fact, pretty printed.
    pub json: String,
}
