//! A line so small that it fits on a card: which stage is held by whom, who waits in front, which gate is closed.
//!
//! Written as one word per stage: `.` is free, `A` is held by A, `!` failed with nobody inside, `3` are inside at
//! once. What stands in front of `>` waits at an open gate, in front of `|` at a closed one, the head nearest to the
//! stage: `DCB>A`.

use crate::page::view::Token;

/// A stage on the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineStage {
    /// Who waits in front, the head last.
    pub waiting: Vec<Token>,
    /// Whether the gate in front is closed.
    pub closed: bool,
    /// What is inside.
    pub inside: Inside,
}

/// What is inside a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inside {
    /// Nobody.
    Free,
    /// The one who holds the lock.
    Held(Token),
    /// Nobody, and the last one failed.
    Failed,
    /// So many at once: no stage has a lock.
    AtOnce(u32),
}

/// Reads a line. Whatever is no sign is left out.
pub(super) fn line(written: &str) -> Vec<LineStage> {
    written.split_whitespace().map(stage).collect()
}

fn stage(word: &str) -> LineStage {
    let (front, inside) = match word.split_once(['>', '|']) {
        Some((front, inside)) => (front, inside),
        None => ("", word),
    };
    LineStage {
        waiting: front.chars().filter_map(token).collect(),
        closed: word.contains('|'),
        inside: match inside {
            "!" => Inside::Failed,
            "." => Inside::Free,
            other => match other.parse() {
                Ok(count) => Inside::AtOnce(count),
                Err(_) => other
                    .chars()
                    .find_map(token)
                    .map_or(Inside::Free, Inside::Held),
            },
        },
    }
}

/// The sign of the execution with this letter, as `view::build::tokens` gives it.
fn token(letter: char) -> Option<Token> {
    let place = u32::from(letter)
        .checked_sub(u32::from('A'))
        .filter(|place| *place < 26)?;
    Some(Token {
        execution: String::new(),
        short: String::new(),
        letter: letter.to_string(),
        shape: (place % 6) as u8,
        colour: (place % 5) as u8,
        ghost: false,
        rollback: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(tokens: &[Token]) -> String {
        tokens.iter().map(|token| token.letter.as_str()).collect()
    }

    #[test]
    fn a_word_says_who_waits_at_which_gate_and_who_is_inside() {
        let line = line(". DCB>A E|! 3");
        let told: Vec<_> = line
            .iter()
            .map(|stage| {
                let inside = match &stage.inside {
                    Inside::Free => "free".to_owned(),
                    Inside::Held(token) => token.letter.clone(),
                    Inside::Failed => "failed".to_owned(),
                    Inside::AtOnce(count) => count.to_string(),
                };
                (letters(&stage.waiting), stage.closed, inside)
            })
            .collect();
        let expected = [
            ("", false, "free"),
            ("DCB", false, "A"),
            ("E", true, "failed"),
            ("", false, "3"),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(waiting, closed, inside)| (waiting.to_owned(), closed, inside.to_owned()))
            .collect();
        assert_eq!(told, expected);
    }
}
