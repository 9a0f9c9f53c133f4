//! What each rule says, in one sentence: the list that the scenarios prove.
//!
//! `tests/rules.txt` is the one place where the sentences stand. A reason names its rule, and whoever shows a reason
//! takes the sentence from here, so what a person reads is what the tests check.

const RULES: &str = include_str!("../../tests/rules.txt");

/// The sentence of a rule by its id; `None` for an id that is not in the list.
#[must_use]
pub fn sentence(id: &str) -> Option<&'static str> {
    entry(id).map(|(_, sentence)| sentence)
}

/// How a rule is known, as the head of the list explains it: "documented", "observed+choice".
#[must_use]
pub fn known(id: &str) -> Option<&'static str> {
    entry(id).map(|(known, _)| known)
}

fn entry(id: &str) -> Option<(&'static str, &'static str)> {
    RULES.lines().find_map(|line| {
        let rest = line.strip_prefix(id)?.strip_prefix(' ')?;
        let (known, sentence) = rest.trim_start().split_once(' ')?;
        Some((known, sentence.trim()))
    })
}
