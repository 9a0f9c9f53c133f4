//! The words around the list of facts.

pub const TITLE: &str = "Facts";
pub const EMPTY: &str =
    "Everything that happens is written here. Start an execution to see its first facts.";
pub const NONE: &str = "No fact fits the filter.";
pub const SHOW_ALL: &str = "Show all facts";
pub const FILTER: &str = "Filter";
pub const FILTER_ON: &str = "Filter is on";
pub const EXECUTION: &str = "Execution";
pub const STAGE: &str = "Stage";
pub const KIND: &str = "Kind";
pub const ALL_EXECUTIONS: &str = "All executions";
pub const ALL_STAGES: &str = "All stages";
pub const MINE: &str = "Only what I did";
pub const BACK: &str = "All facts";
pub const REASON: &str = "Why";
pub const CALL: &str = "The call";
pub const CLIENT: &str = "As written for";
pub const CLI: &str = "AWS CLI";
pub const BOTO3: &str = "boto3";
pub const JAVASCRIPT: &str = "JavaScript";
pub const JSON: &str = "The fact";

/// The kinds, in the order of `FactKind`.
pub const KINDS: [&str; 8] = [
    "All kinds",
    "Executions",
    "Stages",
    "Actions",
    "Jobs and workers",
    "Conditions",
    "Settings and sources",
    "Refused calls",
];

pub fn open(sentence: &str) -> String {
    format!("More about: {sentence}")
}

pub fn news(count: usize, last: &str) -> String {
    match count {
        0 | 1 => last.to_owned(),
        _ => format!("{count} things happened. Last: {last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::news;

    #[test]
    fn one_thing_is_told_as_it_is_and_several_are_counted() {
        assert_eq!(news(1, "C waits"), "C waits");
        assert_eq!(news(5, "C waits"), "5 things happened. Last: C waits");
    }
}
