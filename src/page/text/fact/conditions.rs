//! What facts about conditions say.

use super::{Said, said};
use crate::engine::declaration::ConditionPlace;

pub const A_CONDITION: &str = "a condition";
pub const A_RULE: &str = "a rule";
pub const AS_USUAL: &str = "answers as usual";
pub const RETURNS: &str = "returns";
pub const THROWS: &str = "returns an error";

/// A condition by where it stands.
pub fn place(place: ConditionPlace) -> &'static str {
    match place {
        ConditionPlace::BeforeEntry => "the entry condition",
        ConditionPlace::OnSuccess => "the success condition",
        ConditionPlace::OnFailure => "the failure condition",
    }
}

pub fn asked(who: &str, condition: &str, stage: &str) -> Said {
    said(
        "Condition asked:",
        format!("{condition} of {stage}"),
        format!("{who} is held to {condition} of {stage}"),
    )
}
pub fn answered(who: &str, condition: &str, stage: &str, status: &str) -> Said {
    said(
        format!("Condition {}:", status.to_lowercase()),
        format!("{condition} of {stage}"),
        format!("{condition} of {stage} ended for {who}: {status}"),
    )
}
pub fn rule_started(who: &str, rule: &str) -> Said {
    said(
        "Rule began:",
        rule,
        format!("The rule {rule} began for {who}"),
    )
}
pub fn rule_watches(who: &str, rule: &str, at: &str) -> Said {
    said(
        "Rule watches:",
        format!("{rule}, decides {at}"),
        format!("The rule {rule} watches for {who} and decides {at}"),
    )
}
pub fn window_closed(who: &str, rule: &str, at: &str) -> Said {
    said(
        "Window closed:",
        format!("{rule}, opens {at}"),
        format!("The window of rule {rule} is closed for {who} and opens {at}"),
    )
}
pub fn rule_held(who: &str, rule: &str) -> Said {
    said(
        "Rule held:",
        rule,
        format!("The rule {rule} does not end for {who}: its behavior says so"),
    )
}
pub fn rule_succeeded(who: &str, rule: &str, why: &str) -> Said {
    said(
        "Rule succeeded:",
        joined(rule, why),
        format!("The rule {} succeeded for {who}", joined(rule, why)),
    )
}
pub fn rule_failed(who: &str, rule: &str, why: &str) -> Said {
    said(
        "Rule failed:",
        joined(rule, why),
        format!("The rule {} failed for {who}", joined(rule, why)),
    )
}
pub fn rule_abandoned(who: &str, rule: &str) -> Said {
    said(
        "Rule abandoned:",
        rule,
        format!("The rule {rule} was abandoned for {who}"),
    )
}
pub fn stage_skipped(who: &str, stage: &str) -> Said {
    said(
        "Stage skipped:",
        stage,
        format!("{who} skips the stage {stage}"),
    )
}
pub fn stage_failed(who: &str, stage: &str, condition: &str) -> Said {
    said(
        "Stage failed:",
        format!("{stage}, by {condition}"),
        format!("{stage} failed for {who} by {condition}"),
    )
}
pub fn resumed(who: &str, stage: &str) -> Said {
    said(
        "Goes on:",
        format!("past a condition of {stage}"),
        format!("{who} goes on past a condition of {stage}"),
    )
}
pub fn alarm(name: &str, state: &str) -> Said {
    said(
        format!("Alarm {state}:"),
        name,
        format!("The alarm {name} is in state {state}"),
    )
}
pub fn function(name: &str, answer: &str) -> Said {
    said(
        "Function:",
        format!("{name} {answer}"),
        format!("The function {name} {answer}"),
    )
}

fn joined(rule: &str, why: &str) -> String {
    if why.is_empty() {
        rule.to_owned()
    } else {
        format!("{rule} ({why})")
    }
}
