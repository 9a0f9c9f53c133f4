//! The tabs of the details: which there are, and the one plain shape that all of them but the overview and the JSON
//! have: sections of rows. One component draws every one.

use super::{Selection, StateView, Token};

/// Tabs of the details, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DetailsTab {
    /// What it is and what can be done.
    #[default]
    Overview,
    /// What it did and was.
    History,
    /// Values, where they come from and who reads them.
    Variables,
    /// What flows in and out, and where it lies.
    Artifacts,
    /// As the API answers.
    Json,
}

/// A part of a tab under a heading of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What pressing the heading selects.
    pub to: Option<Selection>,
    /// Whose it is, in front of the heading.
    pub token: Option<Token>,
    /// A state, beside it.
    pub state: Option<StateView>,
    /// At the end of the line: "8 m 31 s".
    pub aside: String,
    /// Why the selected execution is still here can be asked at this place.
    pub why: bool,
    /// A sentence under it.
    pub note: String,
    /// What can be chosen here.
    pub choice: Option<Choice>,
    /// The names of two columns, where each row has two values.
    pub columns: Option<(String, String)>,
    /// What it says.
    pub rows: Vec<SectionRow>,
}

/// A label and one value or two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionRow {
    /// What it is.
    pub label: String,
    /// A word beside it: "added".
    pub mark: String,
    /// What it says. In a section of two columns without a second value: for both.
    pub value: String,
    /// What the second column says.
    pub second: Option<String>,
    /// Set in mono.
    pub mono: bool,
    /// Words under the value: who reads it, why it failed.
    pub note: String,
}

/// Which older version today's is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub label: String,
    /// The versions with their words, newest first.
    pub options: Vec<(u32, String)>,
    /// The chosen one.
    pub chosen: u32,
}
