//! What the editor shows, as plain data: a draft as picture, form and text, what is wrong with it and what could be
//! better, and what saving it would do.

use std::sync::Arc;

use super::ChainPart;
use crate::page::edit::{Change, Chosen};

/// The editor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EditView {
    /// "Draft of version 4", "New pipeline".
    pub title: String,
    /// Name of the pipeline being written.
    pub name: String,
    /// What the pipeline is called that the draft is of; `None` for a new one.
    pub of: Option<String>,
    /// Whether the draft differs from what it began as.
    pub unsaved: bool,
    /// Whether a step can be taken back, and one taken again.
    pub steps: (bool, bool),
    /// "2 problems", "No problems".
    pub counted: String,
    /// What the service would refuse, in the order in which it asks: the first is its answer.
    pub problems: Vec<FindingView>,
    /// What the service takes and somebody may want otherwise.
    pub advice: Vec<FindingView>,
    /// What saving does to executions, as a sentence with signs in it.
    pub effect: Vec<ChainPart>,
    /// "Update pipeline", "Create pipeline".
    pub save: String,
    /// Whether that button can be pressed.
    pub ready: bool,
    /// What was refused when it was pressed.
    pub trouble: Option<String>,
    /// Where the text is no JSON: "Line 3, column 7: …". The picture stands as it last was.
    pub broken: Option<String>,
    /// What is being changed.
    pub chosen: Chosen,
    /// The line.
    pub stages: Vec<DraftStage>,
    /// Width of a tile, in rem.
    pub tile: f64,
    /// Where the artifacts go.
    pub bus: BusView,
    /// The form of what is chosen.
    pub form: EditForm,
    /// The text.
    pub json: JsonView,
    /// What can be added to the first stage.
    pub sources: Vec<FieldChoice>,
    /// What can be added to any other one.
    pub types: Vec<FieldChoice>,
}

/// One thing that is wrong, or that could be better.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingView {
    /// The exception's name; empty for advice.
    pub error: String,
    /// The service's own sentence, never reworded; for advice ours.
    pub message: String,
    /// Where: "Staging / DeployWeb / inputArtifacts".
    pub place: String,
    /// Its JSON pointer.
    pub at: String,
    /// What puts it right with one press.
    pub remedies: Vec<Press>,
}

/// Something to press, and what it does to the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Press {
    /// Its words.
    pub label: String,
    /// What it does.
    pub change: Change,
}

/// A stage of the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftStage {
    /// Its name.
    pub name: String,
    /// "3 actions".
    pub note: String,
    /// The sentence of a screen reader, which begins with name and note.
    pub label: String,
    /// "1 problem", if it has some that belong to none of its actions.
    pub problem: Option<String>,
    /// Its run orders, ascending.
    pub columns: Vec<DraftColumn>,
}

/// Actions of one run order.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftColumn {
    /// The number.
    pub run_order: i64,
    /// Its actions.
    pub tiles: Vec<DraftTile>,
}

/// An action of the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftTile {
    /// Its place in the stage.
    pub place: usize,
    /// Its name.
    pub name: String,
    /// What people call its provider.
    pub provider: String,
    /// What it makes, else what it reads: "WebBundle", "reads WebBundle", "no artifacts".
    pub artifacts: String,
    /// "1 problem", in place of the artifacts.
    pub problem: Option<String>,
    /// The sentence of a screen reader.
    pub label: String,
}

/// The artifacts under the line. Lengths are in units of a sixteenth of a rem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BusView {
    /// Width of the whole line.
    pub width: f64,
    /// One per artifact.
    pub rows: Vec<BusRow>,
    /// The same as one sentence.
    pub label: String,
}

/// One artifact.
#[derive(Clone, Debug, PartialEq)]
pub struct BusRow {
    /// "WebBundle", "BuildOutput, made by nobody".
    pub label: String,
    /// Where it is made; `None` where nobody makes it in time.
    pub from: Option<f64>,
    /// Where it is read.
    pub to: Vec<f64>,
    /// Whether what is chosen makes or reads it.
    pub chosen: bool,
}

/// The form of what is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EditForm {
    /// "Staging / DeployWeb".
    pub title: String,
    /// Where it can be moved.
    pub moves: Vec<Press>,
    /// Taking it away.
    pub remove: Option<Press>,
    /// Its fields and what stands between them.
    pub items: Vec<FormItem>,
}

/// One line of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum FormItem {
    /// A heading.
    Group {
        /// Its words.
        title: String,
        /// How deep it stands, from 0.
        level: usize,
        /// What is wrong with the whole.
        findings: Vec<FindingView>,
        /// Taking the whole away.
        remove: Option<Press>,
        /// For one that can be folded: whether what is in it is shown.
        fold: Option<FoldView>,
    },
    /// A field.
    Field(Box<EditField>),
    /// Something to add.
    Add(Press),
}

/// How a group is folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoldView {
    /// Where: what the fold is known by.
    pub at: String,
    /// Whether what is in it is shown.
    pub open: bool,
    /// What is in it, in a few words, while it is folded.
    pub note: String,
}

impl FormItem {
    /// What tells it apart from the others of its form, as long as the form asks for the same.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            FormItem::Group {
                title,
                level,
                remove,
                ..
            } => {
                format!("group {title} {level} {}", remove.is_some())
            }
            FormItem::Field(field) => format!("field {} {}", field.at, field.kind.word()),
            FormItem::Add(press) => format!("add {} {:?}", press.label, press.change),
        }
    }
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct EditField {
    /// The JSON pointer of what it fills.
    pub at: String,
    /// The service's name of it.
    pub label: String,
    /// Whether the service demands it.
    pub required: bool,
    /// A few words about it.
    pub help: String,
    /// What stands in it.
    pub value: String,
    /// How it is filled.
    pub kind: FieldKind,
    /// What can be put into it besides: references to variables.
    pub variables: Vec<FieldChoice>,
    /// What is wrong with it, or could be better.
    pub findings: Vec<(bool, FindingView)>,
    /// Taking it away, for one of several.
    pub remove: Option<Press>,
    /// Why it cannot be changed, if so.
    pub fixed: Option<String>,
}

/// How a field is filled.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// One line.
    Text {
        /// Shown as asterisks.
        secret: bool,
        /// Values that mean something, each with what it is called; empty where it says so itself.
        suggestions: Vec<(String, String)>,
    },
    /// Several lines.
    Long,
    /// A whole number.
    Number,
    /// A moment in UTC: `2026-03-03T09:59:30`.
    Moment,
    /// One item a line.
    Lines,
    /// One of several.
    Choice(Vec<FieldChoice>),
}

impl FieldKind {
    fn word(&self) -> &'static str {
        match self {
            FieldKind::Text { secret: false, .. } => "text",
            FieldKind::Text { secret: true, .. } => "secret",
            FieldKind::Long => "long",
            FieldKind::Number => "number",
            FieldKind::Moment => "moment",
            FieldKind::Lines => "lines",
            FieldKind::Choice(_) => "choice",
        }
    }
}

/// One of several values.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChoice {
    /// The heading it stands under; empty for none.
    pub group: String,
    /// The value.
    pub value: String,
    /// Its words; with the reason, where it cannot be chosen.
    pub label: String,
    /// Whether it cannot be chosen.
    pub disabled: bool,
}

/// The text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonView {
    /// What stands there.
    pub text: Arc<str>,
    /// How many lines it has.
    pub lines: usize,
    /// Letters of the longest line.
    pub widest: usize,
    /// What stands beside lines.
    pub marks: Vec<Mark>,
    /// First and last line of what is chosen, from 0.
    pub chosen: Option<(usize, usize)>,
}

/// What stands beside a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The line, from 0.
    pub line: usize,
    /// Letters of that line.
    pub letters: usize,
    /// What stands there.
    pub message: String,
    /// Whether it is advice.
    pub advice: bool,
}
