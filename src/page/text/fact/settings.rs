//! Sentences about action types, webhooks, tags and arranged failures.

use super::{Said, said};

pub const THE_PIPELINE: &str = "the pipeline";

pub fn webhook(name: &str) -> String {
    format!("the webhook {name}")
}

pub fn type_created(kind: &str) -> Said {
    said(
        "Action type created:",
        kind,
        format!("The action type {kind} was created"),
    )
}
pub fn type_deleted(kind: &str) -> Said {
    said(
        "Action type deleted:",
        kind,
        format!("The action type {kind} was deleted: actions of it fail from now on"),
    )
}
pub fn type_updated(kind: &str) -> Said {
    said(
        "Action type changed:",
        kind,
        format!("The integration model of {kind} was changed"),
    )
}

pub fn webhook_put(name: &str, action: &str) -> Said {
    said(
        "Webhook:",
        format!("{name} for {action}"),
        format!("The webhook {name} for {action} was saved"),
    )
}
pub fn webhook_deleted(name: &str) -> Said {
    said(
        "Webhook deleted:",
        name,
        format!("The webhook {name} was deleted"),
    )
}
pub fn webhook_registered(name: &str, registered: bool) -> Said {
    if registered {
        said(
            "Webhook:",
            format!("{name} is called by its repository"),
            format!("The repository calls the webhook {name} after each push from now on"),
        )
    } else {
        said(
            "Webhook:",
            format!("{name} is no longer called by its repository"),
            format!("The repository no longer calls the webhook {name}"),
        )
    }
}

pub fn delivery_starts(name: &str) -> Said {
    said(
        "Webhook called:",
        format!("{name} starts the pipeline"),
        format!("The webhook {name} was called and starts the pipeline"),
    )
}
pub fn delivery_filtered(name: &str, filter: usize) -> Said {
    said(
        "Webhook called:",
        format!("{name}, filter {filter} does not match"),
        format!("The webhook {name} was called; its filter {filter} does not let the body pass"),
    )
}
pub fn delivery_refused(name: &str, why: &str) -> Said {
    said(
        "Webhook refused:",
        format!("{name}: {why}"),
        format!("The webhook {name} refused a delivery: {why}"),
    )
}

pub fn tags(what: &str, tags: &str) -> Said {
    said(
        "Tags:",
        format!("{what} has {tags}"),
        format!("Tags changed: {what} has {tags}"),
    )
}
pub fn some_tags(shown: &[String], more: usize) -> String {
    match (shown, more) {
        ([], _) => "none".to_owned(),
        (_, 0) => shown.join(", "),
        _ => format!("{} and {more} more", shown.join(", ")),
    }
}

pub fn failure(operation: &str, code: &str, times: u32) -> Said {
    let calls = match times {
        1 => "the next call".to_owned(),
        _ => format!("the next {times} calls"),
    };
    said(
        "Failure:",
        format!("{operation}, {calls}: {code}"),
        format!("Of {operation}, {calls} will be answered with {code}"),
    )
}
pub fn failure_taken_back(operation: &str) -> Said {
    said(
        "Failure:",
        format!("none for {operation}"),
        format!("Calls of {operation} are answered as usual again"),
    )
}
pub fn failure_answered(operation: &str) -> Said {
    said(
        "Failed as told:",
        operation,
        format!("A call of {operation} was answered with the failure that was asked for"),
    )
}
