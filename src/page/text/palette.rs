//! The words of the palette's entries.

use crate::page::palette::Group;

pub fn heading(group: Group) -> &'static str {
    match group {
        Group::Now => "Do it now",
        Group::Operations => "Operations",
        Group::Places => "Go to",
        Group::Settings => "Settings",
    }
}

pub fn answer(stage: &str, action: &str, letter: &str) -> String {
    format!("Answer {stage} / {action} for {letter}")
}
pub const APPROVE_REJECT: &str = "approve reject PutApprovalResult";
pub fn why(title: &str) -> String {
    format!("Why? {title}")
}
pub const NO_PIPELINE: &str = "There is no pipeline yet.";
pub const START: &str = "Start execution";
pub const START_WITH: &str = "Start execution with variables and revisions…";
pub const PUSH: &str = "Push a commit, tag or object…";
pub const RETRY: &str = "Retry a stage…";
pub const ROLL_BACK: &str = "Roll back a stage…";
pub const ALARM: &str = "Set an alarm…";
pub const LAMBDA: &str = "Say what a function answers…";
pub fn close_gate(stage: &str) -> String {
    format!("Close the gate in front of {stage}…")
}
pub fn open_gate(stage: &str) -> String {
    format!("Open the gate in front of {stage}…")
}
pub const EDIT: &str = "Edit the pipeline";
pub const JOBS: &str = "Jobs and their workers";
pub const PICTURE: &str = "Back to the picture";
pub const ARTIFACTS: &str = "Show or hide where artifacts go";
pub const VARIABLES: &str = "Show or hide where variables go";
pub const FIT: &str = "Fit the picture into its room";
pub fn follow(letter: &str) -> String {
    format!("Follow {letter} in the picture")
}
pub const NEW: &str = "New pipeline";
pub const IMPORT: &str = "Import a pipeline or a world…";
pub const SAVE_PICTURE: &str = "Save the picture as SVG";
pub const SAVE_STORED: &str = "Save what is stored of the world that cannot be opened";
pub const SAVE_WORLD: &str = "Save the world as a file";
pub fn delete(pipeline: &str) -> String {
    format!("Delete {pipeline}…")
}

pub const PLAY: &str = "Play the clock";
pub const PAUSE: &str = "Pause the clock";
pub const NEXT_FACT: &str = "Next fact";
pub const NOTHING_COMES: &str = "Nothing is due.";
pub const SLOWER: &str = "Slower";
pub const FASTER: &str = "Faster";
pub const SLOWEST: &str = "This is the slowest.";
pub const FASTEST: &str = "This is the fastest.";
/// Jumps and their virtual milliseconds.
pub const JUMPS: [(&str, u64); 3] = [
    ("Jump 1 minute on", 60_000),
    ("Jump 1 hour on", 3_600_000),
    ("Jump 1 day on", 86_400_000),
];
pub const UNTIL_IDLE: &str = "Jump until nothing is under way";

pub const OPERATIONS: &str = "All operations";
pub const FORM: &str = "form";
pub fn operation(name: &str) -> String {
    format!("{name}…")
}

pub fn execution(letter: &str, state: &str) -> String {
    format!("Execution {letter}, {state}")
}
pub fn stage(name: &str) -> String {
    format!("Stage {name}")
}
pub fn action(stage: &str, action: &str) -> String {
    format!("Action {stage} / {action}")
}
pub fn pipeline(name: &str) -> String {
    format!("Pipeline {name}")
}
pub fn world(title: &str) -> String {
    format!("World {title}")
}
pub const WHOLE: &str = "The pipeline itself";
pub const TIMELINE: &str = "Timeline";
pub const WORLDS: &str = "Worlds and lessons…";

pub const SETTINGS: &str = "All settings…";
pub const ALREADY: &str = "It is so already.";
pub const LIGHT: &str = "Light colours";
pub const DARK: &str = "Dark colours";
pub const AS_SYSTEM: &str = "Colours as the system has them";
pub const CALM: &str = "Without motion";
pub const MOVING: &str = "With motion";
pub const MOTION_AS_SYSTEM: &str = "Motion as the system has it";
pub const PROJECTOR: &str = "For a projector: larger, without facts and details";
pub const NO_PROJECTOR: &str = "No longer for a projector";
pub const LETTERS: &str = "Single keys on";
pub const NO_LETTERS: &str = "Single keys off";
pub const LOWER: &str = "Lower dock";
pub const HIGHER: &str = "Higher dock";
pub const KEYS: &str = "Keys";
