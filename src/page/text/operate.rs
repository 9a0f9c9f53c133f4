//! What the forms of operations say: what the service's tables do not, and what came of a call.

use crate::model::{Bounds, Kind, Shape};

pub fn broken(line: usize, column: usize, message: &str) -> String {
    format!("Line {line}, column {column}: {message} The fields stand as they last were.")
}
pub fn execution(letter: &str, status: &str) -> String {
    format!("{letter}, {status}")
}
pub fn job(status: &str, pipeline: &str) -> String {
    format!("{status}, of {pipeline}")
}
pub fn required(name: &str) -> String {
    format!("{name} (required)")
}
pub fn add(what: &str) -> String {
    format!("Add {what}")
}
pub fn add_to(what: &str) -> String {
    format!("Add to {what}")
}
pub fn remove(what: &str) -> String {
    format!("Remove {what}")
}
pub fn numbered(what: &str, number: usize) -> String {
    format!("{what} {number}")
}
pub fn key(number: usize) -> String {
    format!("key {number}")
}
pub fn value(number: usize) -> String {
    format!("value {number}")
}
pub fn taken(key: &str) -> String {
    format!("Another entry has the key {key} already.")
}
pub fn items(count: usize) -> String {
    super::counted(count as u64, "item", "items")
}
pub fn members(count: usize) -> String {
    super::counted(count as u64, "member", "members")
}
pub const LEFT_OUT: &str = "left out";
pub const CHOOSE: &str = "to be chosen";
pub fn problems(count: usize) -> String {
    match count {
        1 => "The service would refuse this: 1 problem stands at its field.".to_owned(),
        _ => format!("The service would refuse this: {count} problems stand at their fields."),
    }
}
pub fn would_be_refused(name: &str, message: &str) -> String {
    if message.is_empty() {
        format!("Sent now, it would be refused. {name}")
    } else {
        format!("Sent now, it would be refused. {name}: {message}")
    }
}
pub fn answer(at: &str) -> String {
    format!("Answer, {at}")
}
pub fn refused(at: &str) -> String {
    format!("Refused, {at}. Nothing has changed.")
}
pub const NO_ANSWER: &str = "Done. This operation answers nothing.";

/// What is written in several lines.
pub fn is_long(shape: &str) -> bool {
    matches!(
        shape,
        "ApprovalSummary" | "Message" | "ExecutionSummary" | "PolicyStatementsTemplate" | "Command"
    )
}

/// A member's help: what it means, where its name does not say, and what it takes.
pub fn help(member: &str, shape: &Shape) -> String {
    let parts = [meaning(member, shape.name).to_owned(), takes(shape)];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join("; ")
}

/// What a shape takes, in words: the limits that the model publishes.
fn takes(shape: &Shape) -> String {
    match shape.kind {
        Kind::Text { length, .. } => match length {
            Bounds {
                min: None | Some(0),
                max: Some(max),
            } => {
                format!(
                    "at most {} characters",
                    super::thousands(max.unsigned_abs())
                )
            }
            Bounds { max: Some(max), .. } => {
                format!("1 to {} characters", super::thousands(max.unsigned_abs()))
            }
            Bounds { .. } => String::new(),
        },
        Kind::Integer { value } => match (value.min, value.max) {
            (Some(min), Some(max)) => {
                format!("{min} to {}", super::thousands(max.unsigned_abs()))
            }
            (Some(min), None) => format!("{min} or more"),
            (None, Some(max)) => format!("at most {max}"),
            (None, None) => String::new(),
        },
        Kind::Timestamp => "date and time in UTC".to_owned(),
        _ => String::new(),
    }
}

/// What a member means. Where several operations have a member of one name, the shape tells which is meant.
fn meaning(member: &str, shape: &str) -> &'static str {
    match (member, shape) {
        ("reason", "DisabledReason") => {
            "why the gate is closed: letters, digits, spaces and !@().*?-"
        }
        ("reason", _) => "why it is stopped",
        ("abandon", _) => "true cuts running actions off; otherwise they end first",
        ("transitionType", _) => {
            "Inbound is the gate in front of the stage, Outbound the one behind it"
        }
        ("clientRequestToken", _) => {
            "the same token again answers the same execution; clients make one up"
        }
        ("retryMode", _) => "only the failed actions, or all of the stage",
        ("conditionType", _) => "the condition that blocks: before entry, or on success",
        ("token", _) => "of the approval that waits, from GetPipelineState",
        ("targetPipelineExecutionId", _) => "an execution that succeeded in this stage",
        ("nonce", _) => "from the poll that handed the job out; each hand-out has its own",
        ("clientToken", _) => "the partner's shared secret",
        ("continuationToken", _) => {
            "with one, the job goes on: the next job of the action brings it"
        }
        ("percentComplete", _) => "how far the work is",
        ("externalExecutionId", _) => "what the worker's own system calls it",
        ("nextToken", _) => "from the answer before, to get the next page",
        ("maxResults" | "maxBatchSize", _) => "how many at most",
        ("version", "PipelineVersion") => "the current one when left out",
        ("resourceArn", _) => "of a pipeline, a webhook or a custom action type",
        ("jsonPath", _) => "where to look in the body, such as $.ref",
        ("matchEquals", _) => {
            "what has to stand there; {Branch} takes a value of the source action"
        }
        ("authentication", _) => "how a caller proves who it is",
        ("AllowedIPRange", _) => "for authentication IP: a CIDR block",
        ("SecretToken", _) => "for GITHUB_HMAC: the secret that signs the body",
        ("revisionChangeId", _) => "tells two changes to the same revision apart",
        ("revisionType", _) => "what the value names",
        ("startTimeRange", _) => "of the latest runs, or of all",
        ("queryable", _) => "whether a worker can ask for jobs by its value; at most one property",
        ("key", "Boolean") => "whether its value tells two actions of the type apart",
        ("secret", "Boolean") => "whether its value is masked in answers",
        ("summary", "ApprovalSummary") => "what the reviewer says",
        ("actionExecutionId", _) => "of a deployment, from ListActionExecutions",
        ("regionFilter", _) => "types of another Region",
        _ => super::edit::member_help(member),
    }
}
