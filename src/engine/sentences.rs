//! What each rule says, in one sentence: the list that the scenarios prove.
//!
//! `tests/rules.txt` is the one place where the sentences stand. A reason names its rule, and whoever shows a reason
//! takes the sentence from here, so what a person reads is what the tests check.

const RULES: &str = include_str!("../../tests/rules.txt");

/// The sentence of a rule by its id; `None` for an id that is not in the list.
#[must_use]
pub fn sentence(id: &str) -> Option<&'static str> {
    RULES.lines().find_map(|line| {
        let rest = line.strip_prefix(id)?.strip_prefix(' ')?;
        // Between the id and the sentence stands how it is known: one word.
        let (_, sentence) = rest.trim_start().split_once(' ')?;
        Some(sentence.trim())
    })
}
