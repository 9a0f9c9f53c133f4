//! What the picture shows beside blocks and tiles: lanes of PARALLEL, checks, where artifacts and variables go.

use super::{ActionView, StateView, Token, WhyView};
use crate::page::command::Command;
use crate::page::state::picture::LaneOrder;

/// Executions of PARALLEL mode as a table: columns are stages, rows are executions.
#[derive(Clone, Debug, PartialEq)]
pub struct LanesView {
    /// "7 lanes"; for those that a change of mode left over, "3 from PARALLEL still running".
    pub title: String,
    /// "5 of 50 active".
    pub active: String,
    /// The same in percent.
    pub share: u8,
    /// Whether the pipeline is in another mode now: then the table is folded above the line.
    pub left_over: bool,
    /// What they are ordered by.
    pub order: LaneOrder,
    /// Whether the rows are shown.
    pub open: bool,
    /// How many rows there are.
    pub total: usize,
    /// Which of them is the selected one's.
    pub chosen: Option<usize>,
    /// The first of the rows that are drawn.
    pub first: usize,
    /// Those rows, the newest last.
    pub rows: Vec<LaneRow>,
}

/// One execution in its lane.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneRow {
    /// Who.
    pub token: Token,
    /// What it is of: its branch, else the beginning of its revision.
    pub of: String,
    /// "v3", where that is not the current version.
    pub version: Option<String>,
    /// The sentence a screen reader says of it.
    pub label: String,
    /// One per stage that is drawn, `None` where its version has no such stage.
    pub cells: Vec<Option<LaneCell>>,
    /// Its state.
    pub state: StateView,
    /// How long it has taken: "6 m 12 s".
    pub time: String,
    /// Selected on this page.
    pub selected: bool,
    /// Why it is where it is.
    pub why: Option<WhyView>,
    /// What puts it right: retrying, where that can be done.
    pub remedy: Option<(String, Command)>,
}

/// One execution in one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneCell {
    /// Whether it has come to this stage: the line in front of the stage is solid.
    pub reached: bool,
    /// Whether it has left the stage behind: the line after it is solid.
    pub passed: bool,
    /// One per check and action, with those that are under way grown to words.
    pub pips: Vec<Pip>,
    /// The same in words.
    pub said: String,
}

/// An action or a check as a sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Pip {
    /// Its state; the word is empty unless the pip is grown: "E2E 64 %".
    pub state: StateView,
    /// A check and no work: drawn round.
    pub check: bool,
}

/// A condition of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckView {
    /// Where it stands.
    pub place: CheckPlace,
    /// "before entry".
    pub caption: String,
    /// Whether it is drawn as boxes; else as a chip.
    pub engaged: bool,
    /// Its rules, drawn as tiles with round corners.
    pub rules: Vec<ActionView>,
    /// Who is held to it, while it runs or has failed.
    pub holds: Option<String>,
    /// What lets the execution pass.
    pub remedy: Option<(String, Command)>,
}

/// Where a condition stands in its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckPlace {
    /// Left of the first run order.
    Before,
    /// Right of the last run order.
    Success,
    /// Under the block.
    Failure,
}

/// What flows under the line.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowView {
    /// "Artifacts".
    pub title: String,
    /// What is said where nothing flows.
    pub empty: String,
    /// One per artifact, or per namespace.
    pub rows: Vec<FlowRow>,
}

/// One artifact or namespace.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowRow {
    /// Its name.
    pub label: String,
    /// Who makes it, by stage, run-order column and action; `None` where nobody does in time.
    pub from: Option<FlowPlace>,
    /// Who reads it.
    pub to: Vec<FlowPlace>,
    /// Whether it is read where nobody has made it yet.
    pub missing: bool,
    /// The same as a sentence.
    pub said: String,
}

/// An action, as what flows goes by it.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowPlace {
    /// Its stage.
    pub stage: usize,
    /// Its column among the run orders of the stage.
    pub column: usize,
    /// Its place in the picture: "Build/Compile".
    pub action: String,
}
