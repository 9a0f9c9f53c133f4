//! The difference between two texts as one replaced piece: what a step of the history keeps. A draft of a pipeline at
//! the quotas has half a million letters; a step of it has a few.

/// A piece of a text and what came in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    at: usize,
    removed: String,
    inserted: String,
}

impl Splice {
    /// What turns one text into another.
    #[must_use]
    pub fn between(before: &str, after: &str) -> Self {
        let mut letters = before.char_indices().zip(after.chars());
        let at = letters
            .find(|((_, one), other)| one != other)
            .map_or(before.len().min(after.len()), |((at, _), _)| at);
        let (before, after) = (rest(before, at), rest(after, at));
        let same: usize = before
            .chars()
            .rev()
            .zip(after.chars().rev())
            .take_while(|(one, other)| one == other)
            .map(|(one, _)| one.len_utf8())
            .sum();
        let piece = |text: &str| {
            text.get(..text.len().saturating_sub(same))
                .unwrap_or_default()
                .to_owned()
        };
        Self {
            at,
            removed: piece(before),
            inserted: piece(after),
        }
    }

    /// The text after the step.
    #[must_use]
    pub fn forward(&self, before: &str) -> String {
        replaced(before, self.at, &self.removed, &self.inserted)
    }

    /// The text before the step.
    #[must_use]
    pub fn back(&self, after: &str) -> String {
        replaced(after, self.at, &self.inserted, &self.removed)
    }
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

fn replaced(text: &str, at: usize, old: &str, new: &str) -> String {
    let head = text.get(..at).unwrap_or(text);
    [head, new, rest(text, at + old.len())].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_goes_forward_and_back() {
        for (before, after) in [
            ("", "a"),
            ("a", ""),
            ("aaa", "aa"),
            ("aa", "aaaa"),
            ("one two", "one three"),
            ("über", "üben"),
            ("öö", "ö"),
            ("same", "same"),
        ] {
            let step = Splice::between(before, after);
            assert_eq!(step.forward(before), after, "{step:?}");
            assert_eq!(step.back(after), before, "{step:?}");
        }
    }

    #[test]
    fn a_step_keeps_what_differs_and_no_more() {
        let step = Splice::between("{\"name\": \"Built\"}", "{\"name\": \"Build\"}");
        assert_eq!((step.removed.as_str(), step.inserted.as_str()), ("t", "d"));
    }
}
