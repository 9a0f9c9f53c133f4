//! The tabs of the details: headings, labels and sentences of history, variables and artifacts.

use super::super::{counted, list};

// History.
pub const OLDER: &str = "Older ones are not shown here; the facts and the API's lists have them.";
pub const RETRIED: &str = "A retry took its place.";
pub const EXTERNAL_ID: &str = "External id";
pub const SUMMARY: &str = "Summary";
pub const OUTPUT: &str = "output";
pub const WAITED: &str = "Waited";
pub const ENTERED: &str = "Entered";
pub const ENDED: &str = "Ended";
pub const RETRIES: &str = "Retries";
pub const RULE: &str = "rule";
pub fn attempt_of(execution: &str, attempt: usize) -> String {
    format!("{execution}, attempt {attempt}")
}
pub fn attempt(attempt: usize) -> String {
    format!("attempt {attempt}")
}
pub fn waited(span: &str, since: &str) -> String {
    format!("{span} in front, since {since}")
}
pub fn waiting(stage: &str) -> String {
    format!("In front of {stage}")
}
pub fn retries(manual: u32, automatic: u32) -> String {
    match (manual, automatic) {
        (manual, 0) => format!("{manual} by hand"),
        (0, automatic) => format!("{automatic} by itself"),
        (manual, automatic) => format!("{manual} by hand, {automatic} by itself"),
    }
}
pub fn condition(caption: &str) -> String {
    format!("Condition {caption}")
}
pub fn condition_state(word: &str, span: &str) -> String {
    format!("{word}, {span}")
}
pub const PASSED: &str = "Passed";
pub const ERRORED: &str = "Errored";
pub const OVERRIDDEN: &str = "Overridden";

// Versions.
pub const VERSIONS: &str = "Versions";
pub const TODAY: &str = "today's";
pub const ONE_VERSION: &str =
    "There is one version so far. Save another one and what changed stands here.";
pub const SAME: &str =
    "Nothing that GetPipeline shows is another. Secret values are masked there and not compared.";
pub const AGAINST: &str = "Hold today's version against";
pub const ADDED: &str = "added";
pub const REMOVED: &str = "removed";
pub const CHANGED: &str = "changed";
pub const MOVED: &str = "in another order";
pub fn version(version: u32) -> String {
    format!("Version {version}")
}
pub fn version_today(version: u32) -> String {
    format!("Version {version}, today's")
}
pub fn saved(when: &str) -> String {
    format!("saved {when}")
}
pub fn run_by(letters: &[String]) -> String {
    let verb = if letters.len() == 1 { "runs" } else { "run" };
    format!("{} {verb} it", list(letters))
}
pub fn option(version: u32, saved: &str) -> String {
    format!("version {version}, saved {saved}")
}
pub fn changed_since(version: u32) -> String {
    format!("What changed since version {version}")
}
pub fn more_changes(count: u64) -> String {
    format!("And {}.", counted(count, "more change", "more changes"))
}

// Variables.
pub const CONFIGURATION: &str = "Configuration";
pub const WRITTEN: &str = "Written";
pub const NOT_RESOLVED: &str = "References are filled in when it runs.";
pub const COMMANDS: &str = "Commands";
pub const ENVIRONMENT: &str = "Environment";
pub const READS: &str = "Reads";
pub const GIVES_OUT: &str = "Gives out";
pub const NO_NAMESPACE: &str = "It has no namespace, so no other action can read these.";
pub const NOT_RUN: &str = "No value yet.";
pub const OF_PIPELINE: &str = "Variables of the pipeline";
pub const NO_DEFAULT: &str = "no default: each start gives a value";
pub const FROM_PIPELINE: &str = "a variable of the pipeline";
pub const FROM_EXECUTION: &str = "of the execution itself";
pub const FROM_NOBODY: &str = "nobody gives it out";
pub fn resolved(who: &str) -> String {
    format!("Resolved for {who}")
}
pub fn as_run(who: &str, version: u32) -> String {
    format!("Configuration as {who} ran it, version {version}")
}
pub fn gives_out_as(namespace: &str) -> String {
    format!("Gives out as {namespace}")
}
pub fn given_by(namespace: &str, action: &str) -> String {
    format!("{namespace}, of {action}")
}
pub fn not_given(action: &str) -> String {
    format!("Nothing yet: {action} has not succeeded here.")
}
pub fn no_variables(action: &str) -> String {
    format!("{action} succeeded and gave out nothing.")
}
pub fn place(stage: &str, action: &str) -> String {
    format!("{stage} / {action}")
}
pub fn rule(stage: &str, rule: &str) -> String {
    format!("{stage} / rule {rule}")
}
pub fn from(action: &str) -> String {
    format!("from {action}")
}
pub fn read_by(readers: &[String]) -> String {
    if readers.is_empty() {
        "read by nobody".to_owned()
    } else {
        format!("read by {}", list(readers))
    }
}
pub fn described(description: &str, readers: &str) -> String {
    if description.is_empty() {
        readers.to_owned()
    } else {
        format!("{description} ({readers})")
    }
}

// Artifacts.
pub const INPUTS: &str = "Input artifacts";
pub const OUTPUTS: &str = "Output artifacts";
pub const ARTIFACTS: &str = "Artifacts";
pub const REVISIONS: &str = "Source revisions";
pub const NOT_MADE: &str = "not made yet";
pub const NOT_READ: &str = "not read yet";
pub fn location(bucket: &str, key: &str) -> String {
    format!("s3://{bucket}/{key}")
}
pub fn made_by(action: &str, readers: &str) -> String {
    format!("made by {action}, {readers}")
}
pub fn revision_by(message: &str, author: &str) -> String {
    match (message, author) {
        (message, "") => message.to_owned(),
        ("", author) => format!("by {author}"),
        (message, author) => format!("{message}, by {author}"),
    }
}
