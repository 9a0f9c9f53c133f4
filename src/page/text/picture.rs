//! What lanes, checks and the rows under the line say.

use super::counted;

/// Lanes of PARALLEL.
pub mod lanes {
    use super::counted;

    pub const STAGE_SKIPPED: &str = "Stage skipped";
    pub fn title(count: u64) -> String {
        counted(count, "lane", "lanes")
    }
    pub fn left_over(count: u64) -> String {
        format!("{count} from PARALLEL still running")
    }
    pub fn active(active: u32, most: u32) -> String {
        format!("{active} of {most} active")
    }
    pub fn version(version: u32) -> String {
        format!("v{version}")
    }
    pub fn label(letter: &str, short: &str, of: &str, state: &str) -> String {
        if of.is_empty() {
            format!("Execution {letter}, {short}: {state}")
        } else {
            format!("Execution {letter}, {short}, {of}: {state}")
        }
    }
    /// "E2E 64 %".
    pub fn share(action: &str, percent: u8) -> String {
        format!("{action} {percent} %")
    }
    /// "E2E: Failed".
    pub fn chip(action: &str, word: &str) -> String {
        format!("{action}: {word}")
    }
    /// One sentence of what a cell says.
    pub fn said(name: &str, word: &str) -> String {
        format!("{name}: {word}.")
    }
}

/// Conditions as checks.
pub mod checks {
    use crate::engine::declaration::ConditionPlace;

    pub const OVERRIDDEN: &str = "Overridden";
    pub const WATCHES: &str = "Watches";
    pub const NOT_ASKED: &str = "Not asked";
    pub fn caption(place: ConditionPlace) -> &'static str {
        match place {
            ConditionPlace::BeforeEntry => "before entry",
            ConditionPlace::OnSuccess => "on success",
            ConditionPlace::OnFailure => "on failure",
        }
    }
    pub fn until(at: &str) -> String {
        format!("Until {at}")
    }
    pub fn opens(at: &str) -> String {
        format!("Opens {at}")
    }
    pub fn passed(span: &str) -> String {
        format!("Passed, {span}")
    }
    /// What a screen reader says of a rule; it begins with what stands in its box.
    pub fn label(
        rule: &str,
        provider: &str,
        state: &str,
        caption: &str,
        owner: Option<&str>,
    ) -> String {
        match owner {
            Some(owner) => format!("{rule}, {provider}, {state}, check {caption}, for {owner}"),
            None => format!("{rule}, {provider}, {state}, check {caption}"),
        }
    }
}

/// What flows under the line.
pub mod flow {
    pub const ARTIFACTS: &str = "Artifacts";
    pub const VARIABLES: &str = "Variables";
    pub const NO_ARTIFACTS: &str = "No action of this pipeline makes or reads an artifact.";
    pub const NO_VARIABLES: &str =
        "No action of this pipeline has a namespace, and none reads one.";
    pub const OF_PIPELINE: &str = "variables";
    pub fn by_pipeline(namespace: &str, readers: &str) -> String {
        if readers.is_empty() {
            format!("{namespace}, of the pipeline, read by nobody.")
        } else {
            format!("{namespace}, of the pipeline, read by {readers}.")
        }
    }
}
