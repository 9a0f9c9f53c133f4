//! One part of a filter: its includes and excludes against what was pushed (TG-7 to TG-9).

use super::{
    explanation::{PartExplanation, PartKind, PatternExplanation, ValueExplanation},
    glob::{Glob, GlobError},
};

/// How many changed files are judged (TG-10).
const MOST_FILES: usize = 100;

/// The patterns of a part, read once for all values.
pub(super) struct Patterns<'a> {
    part: PartKind,
    includes: Vec<Pattern<'a>>,
    excludes: Vec<Pattern<'a>>,
}

struct Pattern<'a> {
    text: &'a str,
    glob: Result<Glob, GlobError>,
}

impl<'a> Patterns<'a> {
    pub(super) fn new(
        part: PartKind,
        includes: Option<&'a Vec<String>>,
        excludes: Option<&'a Vec<String>>,
    ) -> Self {
        let read = |list: Option<&'a Vec<String>>| {
            list.into_iter()
                .flatten()
                .map(|text| Pattern {
                    text,
                    glob: Glob::parse(text),
                })
                .collect()
        };
        Self {
            part,
            includes: read(includes),
            excludes: read(excludes),
        }
    }

    /// The part about a change that it cannot pass, for a reason that no pattern has to do with.
    pub(super) fn out_of_reach(
        &self,
        rule: &'static str,
        because: impl Into<String>,
    ) -> PartExplanation {
        PartExplanation {
            part: self.part,
            passes: false,
            rule,
            because: because.into(),
            values: Vec::new(),
            not_considered: 0,
        }
    }

    /// The part about one tag or branch.
    pub(super) fn one(&self, value: &str, rule: &'static str) -> PartExplanation {
        let value = self.judge(value);
        PartExplanation {
            part: self.part,
            passes: value.passes,
            rule: if value.passes { rule } else { value.rule },
            because: value.because.clone(),
            values: vec![value],
            not_considered: 0,
        }
    }

    /// The part about changed files: each is judged alone, one is enough (TG-9).
    pub(super) fn files(&self, files: &[String]) -> PartExplanation {
        let values: Vec<ValueExplanation> = files
            .iter()
            .take(MOST_FILES)
            .map(|file| self.judge(file))
            .collect();
        let not_considered = files.len().saturating_sub(MOST_FILES);
        let passing = values.iter().find(|value| value.passes);
        let (rule, because) = match (passing, not_considered) {
            (Some(value), _) => ("TG-9", format!("The changed file {} passes.", value.value)),
            (None, 0) if values.is_empty() => ("TG-9", "No file changed.".to_owned()),
            (None, 0) => ("TG-9", "None of the changed files passes.".to_owned()),
            (None, more) => (
                "TG-10",
                format!(
                    "None of the first {MOST_FILES} changed files passes; {more} more are not looked at."
                ),
            ),
        };
        PartExplanation {
            part: self.part,
            passes: passing.is_some(),
            rule,
            because,
            values,
            not_considered,
        }
    }

    fn judge(&self, value: &str) -> ValueExplanation {
        let includes = explain(&self.includes, value);
        let excludes = explain(&self.excludes, value);
        let hit = |list: &[PatternExplanation]| {
            list.iter()
                .find(|one| one.matches)
                .map(|one| one.pattern.clone())
        };
        let (passes, rule, because) = match (hit(&includes), hit(&excludes)) {
            (_, Some(pattern)) => (false, "TG-7", format!("{value} is excluded by {pattern}.")),
            (Some(pattern), None) => (true, "TG-7", format!("{value} is included by {pattern}.")),
            (None, None) if includes.is_empty() => (
                true,
                "TG-8",
                format!("{value} is not excluded, and without includes that is enough."),
            ),
            (None, None) => (false, "TG-7", format!("{value} is not included.")),
        };
        ValueExplanation {
            value: value.to_owned(),
            passes,
            rule,
            because,
            includes,
            excludes,
        }
    }
}

fn explain(patterns: &[Pattern], value: &str) -> Vec<PatternExplanation> {
    patterns
        .iter()
        .map(|pattern| PatternExplanation {
            pattern: pattern.text.to_owned(),
            matches: pattern.glob.as_ref().is_ok_and(|glob| glob.matches(value)),
            problem: pattern.glob.as_ref().err().map(ToString::to_string),
        })
        .collect()
}
