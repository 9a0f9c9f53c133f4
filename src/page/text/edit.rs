//! What the editor says of a draft. What the service says of it comes from the service.

use crate::model::PipelineType;

/// The editor's sentence about a choice that cannot be made, with the thing in front.
pub fn unusable(what: &str, reason: &str) -> String {
    format!("{what}: {reason}")
}

pub const NOT_IN_A_SOURCE: &str = "not known yet in the source stage";
pub fn at_the_same_time(stage: &str, action: &str) -> String {
    format!("made at the same time, by {stage} / {action}")
}
pub fn made_later(stage: &str, action: &str) -> String {
    format!("made later, by {stage} / {action}")
}

pub const NEW: &str = "New pipeline";
pub fn draft_of(version: u32) -> String {
    format!("Draft of version {version}")
}
pub fn problems(count: usize) -> String {
    match count {
        0 => "No problems".to_owned(),
        1 => "1 problem".to_owned(),
        _ => format!("{count} problems"),
    }
}
pub const UNREADABLE: &str = "Not to be read";
pub const THE_PIPELINE: &str = "The pipeline";
pub fn path(parts: &[String]) -> String {
    parts.join(" / ")
}
pub fn item(number: usize) -> String {
    format!("{number}")
}
pub fn violation(path: &str, constraint: &str) -> String {
    super::super::import::text::violation(path, constraint)
}

pub const CREATE: &str = "Create pipeline";
pub const UPDATE: &str = "Update pipeline";
pub const NOTHING_CHANGED: &str = "Nothing differs from the saved version.";
pub const STARTS_ONE: &str = "Creating it starts one execution.";
pub const STARTS_NONE: &str = "Saving starts nothing and cancels nothing.";
pub const CANCELS: &str = "Saving cancels";
pub const DRAINS: &str = "and, as soon as what they run has ended,";
pub const DRAINS_ONLY: &str = "As soon as what they run has ended, saving cancels";
pub fn run_on(version: u32) -> String {
    format!("of version {version}.")
}
pub fn go_on(count: usize) -> String {
    match count {
        1 => "One of PARALLEL mode goes on in its version.".to_owned(),
        _ => format!("{count} of PARALLEL mode go on in their version."),
    }
}
pub fn and_more(count: usize) -> String {
    format!("and {count} more")
}
pub fn stale(version: u32) -> String {
    format!("Version {version} was saved meanwhile; saving this replaces it.")
}
pub const GONE: &str =
    "The pipeline was deleted meanwhile. Give this draft to a new one, or discard it.";
pub fn broken(line: usize, column: usize, message: &str) -> String {
    format!("Line {line}, column {column}: {message} The picture stands as it last was.")
}

pub fn actions(count: usize) -> String {
    match count {
        0 => "no actions".to_owned(),
        1 => "1 action".to_owned(),
        _ => format!("{count} actions"),
    }
}
pub fn stage_label(name: &str, note: &str, number: usize, of: usize) -> String {
    format!("{name}, {note}, stage {number} of {of}")
}
pub fn tile_label(
    name: &str,
    provider: &str,
    stage: &str,
    run_order: i64,
    artifacts: &str,
) -> String {
    format!("{name}, {provider}, {artifacts}, in {stage}, run order {run_order}")
}
pub const NO_ARTIFACTS: &str = "no artifacts";
pub fn reads(names: &[String]) -> String {
    format!("reads {}", names.join(", "))
}
pub const NO_NAME: &str = "no name";
pub const NO_PROVIDER: &str = "no provider";

pub fn nobody_makes(artifact: &str) -> String {
    format!("{artifact}, made by nobody before")
}
pub fn flow(artifact: &str, maker: Option<&str>, readers: &[String]) -> String {
    let made = match maker {
        Some(maker) => format!("{artifact}, made by {maker}"),
        None => nobody_makes(artifact),
    };
    match readers {
        [] => format!("{made}, read by nobody."),
        readers => format!("{made}, read by {}.", readers.join(", ")),
    }
}
pub const NO_FLOW: &str = "No artifacts.";

// Remedies: what puts a problem right with one press.
pub fn use_artifact(name: &str, stage: &str, action: &str) -> String {
    format!("Use {name}, from {stage} / {action}")
}
pub fn add_artifact(name: &str, stage: &str, action: &str) -> String {
    format!("Add {name}, from {stage} / {action}")
}
pub fn rename_to(name: &str) -> String {
    format!("Rename to {name}")
}
pub fn remove(what: &str) -> String {
    format!("Remove {what}")
}
pub fn set_to(what: &str, value: &str) -> String {
    format!("Set {what} to {value}")
}
pub const FILL_IN: &str = "Fill in examples for all that this action misses";
pub const ADD_ACTION: &str = "Add an action";
pub const ADD_STAGE: &str = "Add a stage";
pub const REMOVE_STAGE: &str = "Remove the stage";
pub const ADD_STORE: &str = "Add an artifact store";
pub fn add_store(region: &str) -> String {
    format!("Add an artifact store in {region}")
}
pub const MOVE_TO_FIRST: &str = "Move to the first stage";
pub const ADD_SOURCE: &str = "Add a source stage";

// Advice: what the service takes without a word.
pub fn nobody_uses(artifact: &str) -> String {
    format!("No action and no rule reads the artifact {artifact}.")
}
pub fn nobody_reads(namespace: &str) -> String {
    format!("Nothing refers to the namespace {namespace}.")
}
pub fn nobody_refers(variable: &str) -> String {
    format!("Nothing refers to the variable {variable}.")
}
pub fn must_be_given(variable: &str) -> String {
    format!("The variable {variable} has no default: every start has to give it.")
}
pub fn gate_closed(stage: &str, since: &str) -> String {
    format!(
        "The gate in front of {stage} is closed since {since}: executions wait there until somebody opens it."
    )
}
pub fn ignored(path: &str) -> String {
    format!("The service does not know {path} and leaves it out.")
}
pub const IS_V1: &str = "V1 has neither variables, triggers, conditions nor the modes QUEUED and PARALLEL. V2 has all of them; it costs by the minute instead of by the month.";
pub fn type_left_out(concluded: PipelineType) -> String {
    format!("No pipelineType: the service concludes {concluded} from what the pipeline uses.")
}
pub const PARALLEL_GATES: &str = "In PARALLEL mode no stage is locked: executions can deploy at the same time and finish in any order.";

// Forms.
pub const NAME_IS_FIXED: &str =
    "A pipeline keeps its name. To have another one, begin a new pipeline from this one.";
pub fn input(number: usize) -> String {
    format!("inputArtifacts {number}")
}
pub fn output(number: usize) -> String {
    format!("outputArtifacts {number}")
}
pub const ONE_FOR_EACH: &str = "One artifact store for each Region";
pub const ONE_FOR_ALL: &str = "One artifact store for all Regions";
pub const OF_STORE: &str = "of the actions whose artifacts are kept there";
pub const CONFIGURATION: &str = "configuration";
pub fn add(what: &str) -> String {
    format!("Add {what}")
}
pub fn numbered(what: &str, number: usize) -> String {
    format!("{what} {number}")
}
pub const ONE_A_LINE: &str = "one a line";
pub const NONE: &str = "none";
pub fn left_out(value: &str) -> String {
    format!("left out, which means {value}")
}
pub const LEFT_OUT: &str = "left out";
pub fn usually(value: &str) -> String {
    format!("{value} when left out")
}
pub fn help(description: &str, more: &[String]) -> String {
    let parts: Vec<&str> = std::iter::once(description)
        .chain(more.iter().map(String::as_str))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("; ")
}
pub fn required_running(case: &str) -> String {
    format!("needed when it runs if {case}")
}
pub fn type_line(category: &str, owner: &str, version: &str) -> String {
    format!("{category} / {owner} / {version}")
}
pub fn provider(name: &str, id: &str) -> String {
    if name == id {
        name.to_owned()
    } else {
        format!("{name} ({id})")
    }
}
pub const CUSTOM: &str = "Custom";
pub const PARTNER: &str = "partner";
/// What a member means, where its name does not say.
pub fn member_help(member: &str) -> &'static str {
    match member {
        "runOrder" => "actions with the same number run at once; lower numbers run first",
        "namespace" => "under which later actions find this one's variables",
        "timeoutInMinutes" => "of the approval; 7 days when left out",
        "executionMode" => {
            "what happens when an execution meets another one; SUPERSEDED when left out"
        }
        "pipelineType" => "V2 has variables, triggers and conditions",
        "commands" => "shell commands, one a line",
        "outputVariables" => "names of variables to export, one a line",
        "files" => "paths or patterns, one a line",
        "includes" | "excludes" => "patterns, one a line",
        "events" => "one a line; all when left out",
        "region" => "where the action runs; the pipeline's own when left out",
        "roleArn" => "the role under which the service works",
        "defaultValue" => "used when a start gives no value",
        "sourceActionName" => "a source action of this pipeline with a connection",
        "location" => "a bucket",
        _ => "",
    }
}

// Moves.
pub const EARLIER: &str = "Earlier";
pub const LATER: &str = "Later";
pub const UP: &str = "Up";
pub const DOWN: &str = "Down";
pub fn alone_after(run_order: i64) -> String {
    format!("On its own, after run order {run_order}")
}
pub fn alone_before(run_order: i64) -> String {
    format!("On its own, before run order {run_order}")
}
pub fn into_stage(stage: &str) -> String {
    format!("Into {stage}")
}

// Choices that cannot be made.
pub const ONLY_FIRST: &str = "only in the first stage";
pub const NOT_FIRST: &str = "not in the first stage, which has sources only";
pub const NEEDS_V2: &str = "needs pipelineType V2";
pub fn with_owner(name: &str, owner: &str, version: &str) -> String {
    format!("{name}, {owner}, version {version}")
}
/// What can be added, where it is not AWS's own.
pub fn of_partner(name: &str) -> String {
    format!("{name} (partner)")
}
pub fn of_custom(name: &str, version: &str) -> String {
    format!("{name} (custom, version {version})")
}
pub fn from(artifact: &str, stage: &str, action: &str) -> String {
    format!("{artifact}, from {stage} / {action}")
}

// Beside a line of the text.
pub fn said(error: &str, message: &str) -> String {
    format!("{error}: {message}")
}
pub fn advised(message: &str) -> String {
    format!("Advice: {message}")
}
