//! Words of the editor's controls. What it says of a draft stands in `page::text::edit`.

pub const SWITCH: &str = "View";
pub const PICTURE: &str = "Picture";
pub const JOBS: &str = "Jobs";
pub const EDIT: &str = "Edit";
pub const UNSAVED: &str = ", with changes that are not saved";
pub const NEW: &str = "New pipeline…";
pub const COPY: &str = "New pipeline from this draft";
pub const KEPT: &str = "Your draft is not saved. It is kept in this browser.";
pub const GO_ON: &str = "Go on editing";
pub fn saved(pipeline: &str, version: i64) -> String {
    format!("{pipeline} is saved as version {version}.")
}

pub const BAR: &str = "Draft";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const DISCARD: &str = "Discard";
pub const MORE: &str = "More";
pub const COPY_INPUT: &str = "Copy as CLI input";
pub const COPY_INPUT_NOTE: &str = "for aws codepipeline create-pipeline --cli-input-json";
pub const COPIED: &str = "The input of create-pipeline is on the clipboard.";
pub const SAVE_INPUT: &str = "Save as a file";
pub const PROBLEMS: &str = "Problems and advice";
pub const ADVICE: &str = "Advice";
pub fn advice(count: usize) -> String {
    format!("Advice: {count}")
}
pub fn finding(message: &str, advice: bool) -> String {
    if advice {
        format!("Advice: {message}")
    } else {
        message.to_owned()
    }
}

pub fn picture(pipeline: &str) -> String {
    format!("Editing {pipeline}")
}
pub const LINE: &str = "Line of the draft";
pub const ADD_FIRST: &str = "Add a stage at the beginning";
pub fn add_stage(after: &str) -> String {
    format!("Add a stage after {after}")
}
/// What is asked before something is added.
pub const WHAT_ACTION: &str =
    "What shall it do? It stands there with one press, and Undo takes it away again.";
pub const WHAT_STAGE: &str = "A stage has at least one action. What shall its first one do?";
pub const CLOSE: &str = "Close";
pub const PARALLEL: &str = "in parallel";
pub fn add_parallel(stage: &str, run_order: i64) -> String {
    format!("Add an action in parallel, in {stage}, run order {run_order}")
}
pub fn add_after(stage: &str) -> String {
    format!("Add an action after all others of {stage}")
}
pub fn run_order(number: i64) -> String {
    format!("run order {number}")
}

pub const FORM: &str = "Form";
pub const MOVE: &str = "Move";
pub const REMOVE: &str = "Remove";
pub const REQUIRED: &str = "required";
pub const INSERT: &str = "Insert a variable";
pub fn insert(field: &str) -> String {
    format!("Insert a variable into {field}")
}

pub const JSON: &str = "JSON";
pub const NOT_IN_STEP: &str = "the picture waits until it can be read";
pub const IN_STEP: &str = "always in step with the picture";
pub const JSON_LABEL: &str = "JSON of the pipeline";
pub const PANES: &str = "Parts of the editor";
