//! What the import dialog shows, as plain data. It opens when [`super::PageView::import`] becomes `Some` and
//! closes when it becomes `None`; whoever performs the commands reads the text on every input, so what was found
//! and what is wrong stand there before anything is imported.

use std::sync::Arc;

use super::DetailRow;

/// The import dialog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportView {
    /// The text in the field, as typed, pasted, dropped or picked. Shared, as it may be megabytes long.
    pub text: Arc<str>,
    /// Where the text comes from, if not from typing: "storefront.json, 4 KB".
    pub source: Option<String>,
    /// What was found in the text; `None` while there is nothing to recognise.
    pub found: Option<FoundView>,
    /// The line over the problems: "Nothing was imported: 2 validation errors detected".
    pub headline: Option<String>,
    /// What is wrong, in the order in which the service names it.
    pub problems: Vec<ProblemView>,
    /// What the import does on its way: "2 masked secrets were replaced by made-up values."
    pub notices: Vec<String>,
    /// Questions to decide before Import: the name is taken, another Region, custom action types.
    pub choices: Vec<ChoiceView>,
    /// Words of the button that imports: "Import", "Import as version 4", "Open a new world".
    pub accept: String,
    /// Whether that button can be pressed.
    pub ready: bool,
    /// What is being done right now, as a sentence; the dialog accepts nothing meanwhile.
    pub busy: Option<String>,
    /// Samples to open instead, by the words of their buttons.
    pub samples: Vec<String>,
}

/// What was found in the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundView {
    /// What it is: "A pipeline declaration", "An answer of GetPipeline", "A world file".
    pub kind: String,
    /// Its name: "storefront-release".
    pub name: String,
    /// Name, version, stages, actions …
    pub rows: Vec<DetailRow>,
    /// The stages in order, drawn as a small line.
    pub stages: Vec<FoundStage>,
}

/// A stage of what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundStage {
    /// Its name.
    pub name: String,
    /// "3 actions".
    pub note: String,
}

/// One thing that is wrong with the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemView {
    /// The service's own sentence, never reworded.
    pub message: String,
    /// Where: "line 1, pipeline.name".
    pub path: Option<String>,
    /// Our remedy, where there is one: "Names take letters, digits and . @ - _".
    pub remedy: Option<String>,
}

/// A question that the text raises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceView {
    /// "A pipeline named storefront-release is here already."
    pub question: String,
    /// What can be done, at least two.
    pub options: Vec<ChoiceOption>,
    /// Index of the chosen option.
    pub chosen: usize,
    /// A text that the chosen option needs, such as the new name.
    pub field: Option<FieldView>,
}

/// One answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// "Keep both, under another name".
    pub label: String,
    /// What it does: "Saves version 4. Two executions that wait are cancelled."
    pub note: Option<String>,
}

/// A text field of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    /// "New name".
    pub label: String,
    /// What stands in it.
    pub value: String,
    /// What is wrong with it, in the service's words.
    pub problem: Option<String>,
}
