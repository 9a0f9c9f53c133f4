//! Whether a text is meant by what somebody typed, how well it fits, and which of its letters were meant.
//!
//! Every word of the query has to be found: as it stands, best at the beginning of a word; or as beginnings of words that
//! follow each other, as in `par` for PutApprovalResult; or, last, as letters in their order.

/// How well a text fits. Later is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The letters are there, in their order.
    Letters,
    /// As beginnings of words.
    Beginnings,
    /// Somewhere inside.
    Inside,
    /// At the beginning of a word.
    Word,
    /// At the very beginning.
    Start,
}

/// How well the query fits a text, and the letters that were meant, by their places in it. `None` where it does not fit;
/// everything fits a query without words.
#[must_use]
pub fn fit(query: &str, text: &str) -> Option<(Fit, Vec<usize>)> {
    let letters: Vec<char> = text.chars().collect();
    let small: Vec<char> = letters.iter().map(|letter| lower(*letter)).collect();
    let mut worst = Fit::Start;
    let mut meant = Vec::new();
    for word in query.split_whitespace() {
        let word: Vec<char> = word.chars().map(lower).collect();
        let (fit, places) = of_word(&word, &letters, &small)?;
        worst = worst.min(fit);
        meant.extend(places);
    }
    meant.sort_unstable();
    meant.dedup();
    Some((worst, meant))
}

/// One letter for one letter, so that places stay what they are.
fn lower(letter: char) -> char {
    let mut small = letter.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) => small,
        _ => letter,
    }
}

/// Whether a word begins there: after what is no letter, and at a capital after a small letter.
fn begins(letters: &[char], at: usize) -> bool {
    let Some(here) = letters.get(at).filter(|letter| letter.is_alphanumeric()) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|before| letters.get(before));
    before.is_none_or(|before| {
        !before.is_alphanumeric() || (here.is_uppercase() && before.is_lowercase())
    })
}

fn of_word(word: &[char], letters: &[char], small: &[char]) -> Option<(Fit, Vec<usize>)> {
    let whole = |at: usize| (at..at + word.len()).collect();
    let mut inside = None;
    for at in 0..(small.len() + 1).saturating_sub(word.len()) {
        if small.get(at..at + word.len()) != Some(word) {
            continue;
        }
        if at == 0 {
            return Some((Fit::Start, whole(at)));
        }
        if begins(letters, at) {
            return Some((Fit::Word, whole(at)));
        }
        inside = inside.or(Some(at));
    }
    if let Some(at) = inside {
        return Some((Fit::Inside, whole(at)));
    }
    beginnings(word, letters, small)
        .map(|places| (Fit::Beginnings, places))
        .or_else(|| in_order(word, small).map(|places| (Fit::Letters, places)))
}

/// The word as beginnings of words: each letter begins one or follows the letter before it. Tried from every place at
/// which a letter can begin, latest choice first undone; words of a query and names are short.
fn beginnings(word: &[char], letters: &[char], small: &[char]) -> Option<Vec<usize>> {
    /// A search that goes further than this is none that a person means.
    const MOST: usize = 2_000;
    let mut steps = 0;
    let mut places: Vec<usize> = Vec::new();
    let mut from = 0;
    loop {
        steps += 1;
        if steps > MOST {
            return None;
        }
        let Some(wanted) = word.get(places.len()) else {
            return Some(places);
        };
        let follows = places.last().map(|last| last + 1);
        let next = (from..small.len()).find(|at| {
            small.get(*at) == Some(wanted) && (Some(*at) == follows || begins(letters, *at))
        });
        match next {
            Some(at) => {
                places.push(at);
                from = at + 1;
            }
            None => from = places.pop()? + 1,
        }
    }
}

fn in_order(word: &[char], small: &[char]) -> Option<Vec<usize>> {
    let mut from = 0;
    let mut places = Vec::new();
    for wanted in word {
        let at = (from..small.len()).find(|at| small.get(*at) == Some(wanted))?;
        places.push(at);
        from = at + 1;
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(query: &str, text: &str) -> Option<(Fit, String)> {
        let (fit, places) = fit(query, text)?;
        let letters: Vec<char> = text.chars().collect();
        let shown = places.iter().filter_map(|at| letters.get(*at)).collect();
        Some((fit, shown))
    }

    #[test]
    fn a_word_is_found_where_it_stands_best() {
        for (query, text, fit, shown) in [
            ("put", "PutApprovalResult", Fit::Start, "Put"),
            ("app", "PutApprovalResult", Fit::Word, "App"),
            ("app", "Open app-nightly", Fit::Word, "app"),
            ("rova", "PutApprovalResult", Fit::Inside, "rova"),
            ("par", "PutApprovalResult", Fit::Beginnings, "PAR"),
            (
                "startex",
                "StartPipelineExecution",
                Fit::Beginnings,
                "StartEx",
            ),
            ("sap", "Start pipeline", Fit::Letters, "Sap"),
            (
                "retry stage",
                "RetryStageExecution",
                Fit::Word,
                "RetryStage",
            ),
            (
                "STAGING gate",
                "Close the gate in front of Staging",
                Fit::Word,
                "gateStaging",
            ),
            ("é", "CAFÉ", Fit::Inside, "É"),
        ] {
            assert_eq!(
                meant(query, text),
                Some((fit, shown.to_owned())),
                "{query} in {text}"
            );
        }
    }

    #[test]
    fn every_word_has_to_be_found_and_nothing_fits_all() {
        assert_eq!(meant("put nothing", "PutApprovalResult"), None);
        assert_eq!(meant("tup", "Put"), None);
        assert_eq!(meant("longer than it", "it"), None);
        assert_eq!(meant("  ", "Anything"), Some((Fit::Start, String::new())));
        assert_eq!(meant("x", ""), None);
    }

    #[test]
    fn a_choice_that_leads_nowhere_is_taken_back() {
        // The first P is not the one that a T follows.
        assert_eq!(
            meant("pth", "Pipeline of PoolThings"),
            Some((Fit::Beginnings, "PTh".to_owned()))
        );
        assert!(fit(&"ab".repeat(30), &"a-".repeat(400)).is_none());
    }
}
