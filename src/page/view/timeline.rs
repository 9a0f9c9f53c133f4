//! The timeline as plain data. Places are units (see `state::timeline`) from an anchor that rarely moves, so that what
//! is drawn stays the same while time passes: the plot is pushed by [`TimelineView::shift`], and what is under way ends
//! at [`TimelineView::now`].

use std::sync::Arc;

use super::{Role, Token};
use crate::page::state::timeline::By;

/// The timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineView {
    /// Its order.
    pub by: By,
    /// What a screen reader says: "Timeline by stage, 09:00 to 10:05".
    pub label: String,
    /// How far the plot is pushed: where its anchor stands, from the left edge.
    pub shift: f64,
    /// Where now is, from the anchor.
    pub now: f64,
    /// How far the rows are scrolled.
    pub scroll: f64,
    /// Whether idle stretches are drawn at their full length.
    pub unfolded: bool,
    /// Whether the window is not the one that fits.
    pub moved: bool,
    /// What does not change while time passes.
    pub plot: Arc<Plot>,
    /// Part of the past is still to be read for this window.
    pub wants: bool,
    /// Who was where at the instant that is read.
    pub reading: Option<Reading>,
}

/// Who was where at an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Where it is, from the anchor.
    pub place: f64,
    /// "At 10:12:05".
    pub title: String,
    /// Each execution with its stage and what it did there; where there is nobody, nobody is said.
    pub lines: Vec<(Option<Token>, String)>,
}

/// What is drawn and does not change while nothing happens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// Marks of the hours.
    pub ticks: Vec<Tick>,
    /// Idle stretches that are folded.
    pub folds: Vec<Fold>,
    /// The rows that are seen, and one more at each end.
    pub rows: Vec<Row>,
    /// Height of all rows.
    pub height: f64,
    /// Height of a row.
    pub pitch: f64,
    /// Bars.
    pub bars: Vec<Bar>,
    /// Where bars would be too thin to tell apart.
    pub strips: Vec<Strip>,
    /// Past executions that are not drawn one by one, on the axis.
    pub older: Vec<Strip>,
    /// And how many: a sentence.
    pub older_note: Option<String>,
    /// What is due.
    pub marks: Vec<Mark>,
    /// The rows of the table, newest first.
    pub table: Vec<TableRow>,
    /// How many of them were left out: a sentence.
    pub table_note: Option<String>,
    /// Nothing has happened yet.
    pub empty: bool,
}

/// A mark of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub x: f64,
    /// "09:10".
    pub label: String,
}

/// An idle stretch, folded.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// Where it begins.
    pub x: f64,
    /// "6 days".
    pub label: String,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its top.
    pub y: f64,
    /// The stage, or the short id.
    pub label: String,
    /// The execution.
    pub token: Option<Token>,
    /// What a screen reader says.
    pub name: String,
    /// It is the selected stage or execution.
    pub selected: bool,
}

/// Where a bar ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// There.
    At(f64),
    /// It goes on.
    Now,
}

/// What a bar says of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BarKind {
    /// At work.
    Run,
    /// Done well.
    Done,
    /// A person is asked.
    Person,
    /// A condition is looked at.
    Check,
    /// Failed.
    Fail,
    /// Over without an outcome: stopped, cancelled, skipped.
    Gone,
    /// In front: for the lock, or in line.
    Lock,
    /// In front: at a closed gate.
    Gate,
    /// In front, for a reason that is no longer known.
    Waited,
}

impl BarKind {
    /// Its class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Run => "is-run",
            Self::Done => "is-done",
            Self::Person => "is-person",
            Self::Check => "is-check",
            Self::Fail => "is-fail",
            Self::Gone => "is-gone",
            Self::Lock => "is-lock",
            Self::Gate => "is-gate",
            Self::Waited => "is-waited",
        }
    }
}

/// A stretch of an execution's life.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The execution.
    pub token: Token,
    /// Left edge.
    pub x: f64,
    /// Right edge.
    pub end: End,
    /// Top.
    pub y: f64,
    /// Height.
    pub height: f64,
    /// Its state.
    pub kind: BarKind,
    /// Stretches inside it that say something else.
    pub parts: Vec<(f64, End, BarKind)>,
    /// Where its token is drawn, if there is room for it.
    pub sign: Option<f64>,
    /// What is written into it.
    pub text: Option<String>,
    /// It ended because the execution left the line: a grey stop.
    pub stop: bool,
    /// What a screen reader says, and a pointer that rests: "C in front of Production, 09:57 to 09:59, held by the lock".
    pub label: String,
    /// It is the selected execution's.
    pub selected: bool,
}

/// Several bars in one.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Left edge.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Top.
    pub y: f64,
    /// Height.
    pub height: f64,
    /// How dense: 1 to 4.
    pub level: u8,
    /// Whether one of them failed.
    pub failed: bool,
    /// They waited in front.
    pub front: bool,
}

/// Something that is due. It may lie far beyond the right edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub x: f64,
    /// Its middle.
    pub y: f64,
    /// Where the one before it in its row is: of several beyond the edge only the next one is written out.
    pub before: Option<f64>,
    /// "09:12", "10 Mar".
    pub short: String,
    /// What it means.
    pub role: Role,
    /// "Approve times out, Tue 10 Mar, 09:12".
    pub label: String,
}

/// A row of the table: one bar in words.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// The execution.
    pub token: Token,
    /// The stage.
    pub stage: String,
    /// "waits in front, for the lock", "inside, failed".
    pub what: String,
    /// "09:57:10".
    pub from: String,
    /// "09:59:30", "goes on".
    pub to: String,
    /// "2 m 20 s".
    pub span: String,
}
