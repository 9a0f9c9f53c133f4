//! Sentences about conditions and rollbacks.

use crate::{engine::declaration::ConditionPlace, model::ConditionResult};

pub const OVERRIDE: &str = "OverrideStageCondition lets it pass.";

pub fn since(at: &str) -> String {
    format!("Asked {at}.")
}
pub fn runs(rule: &str) -> String {
    format!("{rule} runs.")
}
pub fn runs_until(rule: &str, at: &str) -> String {
    format!("{rule} answers {at}.")
}
pub fn held(rule: &str) -> String {
    format!("Its behaviour says that {rule} is held until it says something else.")
}
pub fn hangs(rule: &str) -> String {
    format!("Its behaviour says that {rule} never answers.")
}
pub fn hangs_until(rule: &str, at: &str) -> String {
    format!("Its behaviour says that {rule} never answers: it is given up {at}.")
}
pub fn window(rule: &str, at: &str) -> String {
    format!("{rule} waits for its window, which opens {at}.")
}
pub fn alarm(rule: &str, alarm: &str, state: &str, at: &str) -> String {
    format!("{rule} watches the alarm {alarm}, now {state}, until {at}.")
}
pub fn rule_said(rule: &str, message: &str) -> String {
    format!("{rule}: {message}")
}
pub fn rolled_back(stage: &str, at: &str) -> String {
    format!("{stage} ran again with what that execution brought to it, and succeeded {at}.")
}
pub fn rolled_back_by(stage: &str, by: &str) -> String {
    format!("{by} rolls {stage} back to its last success.")
}

/// What happens to the stage if the condition does not let the execution pass; on failure, if it is met.
pub fn otherwise(
    stage: &str,
    place: ConditionPlace,
    result: ConditionResult,
    alone: bool,
) -> String {
    let if_so = match (place, alone) {
        (ConditionPlace::OnFailure, true) => "If it succeeds",
        (ConditionPlace::OnFailure, false) => "If they all succeed",
        (_, true) => "If it fails",
        (_, false) => "If one of them fails",
    };
    match result {
        ConditionResult::Skip => format!("{if_so}, {stage} is skipped."),
        ConditionResult::Fail => format!("{if_so}, {stage} fails."),
        ConditionResult::Rollback if place == ConditionPlace::OnFailure => {
            format!("{if_so}, {stage} is rolled back.")
        }
        ConditionResult::Rollback => format!("{if_so}, {stage} fails and is rolled back."),
        ConditionResult::Retry => format!("{if_so}, {stage} is tried once more."),
    }
}
