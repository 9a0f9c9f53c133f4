//! `tests/rules.txt`: every rule of the service that is in scope, with its evidence and our own sentence.

use std::collections::BTreeMap;

/// One rule.
#[derive(Debug, PartialEq)]
pub struct Rule<'a> {
    /// Such as `SU-1`.
    pub id: &'a str,
    /// How we know: one or more of [`EVIDENCE`], joined by `+`.
    pub evidence: &'a str,
    /// What it says.
    pub meaning: &'a str,
    /// Why nothing of ours shows it, where that is so.
    pub without: Option<&'a str>,
}

/// How a rule can be known.
pub const EVIDENCE: [&str; 4] = ["documented", "observed", "inferred", "choice"];

/// Reads the list: `ID EVIDENCE SENTENCE` on a line, `without: REASON` indented below it, `#` before a comment.
pub fn read(text: &str) -> Result<Vec<Rule<'_>>, String> {
    let mut rules: Vec<Rule> = vec![];
    for (line, number) in text.lines().zip(1..) {
        let at = |problem: &str| format!("tests/rules.txt:{number}: {problem}");
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with(' ') {
            let reason = line
                .trim()
                .strip_prefix("without: ")
                .ok_or_else(|| at("only `without: REASON` is indented"))?;
            let rule = rules.last_mut().ok_or_else(|| at("no rule stands above"))?;
            if rule.without.replace(reason).is_some() {
                return Err(at("one reason is enough"));
            }
            continue;
        }
        let (id, rest) = line.split_once(' ').unwrap_or((line, ""));
        let Some((evidence, meaning)) = rest.trim().split_once(' ') else {
            return Err(at("a rule is written as ID EVIDENCE SENTENCE"));
        };
        let meaning = meaning.trim();
        if !evidence.split('+').all(|one| EVIDENCE.contains(&one)) {
            return Err(at(&format!("{evidence} is no evidence")));
        }
        if !meaning.ends_with('.') || !one_sentence(meaning) {
            return Err(at("the meaning is one sentence"));
        }
        rules.push(Rule {
            id,
            evidence,
            meaning,
            without: None,
        });
    }
    Ok(rules)
}

fn one_sentence(text: &str) -> bool {
    !text
        .split(". ")
        .skip(1)
        .any(|next| next.starts_with(|letter: char| letter.is_uppercase()))
}

/// How many rules each family has.
const FAMILIES: [(&str, usize); 37] = [
    ("LC", 22),
    ("SCH", 2),
    ("MO", 10),
    ("SU", 8),
    ("QU", 9),
    ("PA", 9),
    ("TR", 14),
    ("ST", 14),
    ("SP", 15),
    ("RE", 18),
    ("RB", 16),
    ("CO", 35),
    ("AP", 12),
    ("VA", 18),
    ("TG", 30),
    ("UP", 14),
    ("TO", 5),
    ("DT", 3),
    ("GS", 6),
    ("GE", 4),
    ("LE", 4),
    ("LA", 6),
    ("EV", 10),
    ("VM", 15),
    ("CK", 8),
    ("PL", 22),
    ("VT", 10),
    ("SG", 18),
    ("RN", 11),
    ("CT", 5),
    ("WH", 16),
    ("A", 18),
    ("S", 6),
    ("P", 4),
    ("J", 60),
    ("T", 9),
    ("W", 26),
];

/// The families that the declaration's tables cover most of.
const DECLARED: [(&str, usize); 3] = [("AC", 39), ("PV", 5), ("TF", 8)];

#[test]
fn the_list_is_complete_and_each_rule_stands_in_it_once() {
    let text = std::fs::read_to_string(super::tests("rules.txt")).expect("the list of rules");
    let rules = read(&text).unwrap_or_else(|problem| panic!("{problem}"));
    let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for rule in &rules {
        let (family, number) = rule.id.split_once('-').expect("FAMILY-NUMBER");
        families
            .entry(family)
            .or_default()
            .push(number.parse().expect("a number"));
    }
    let expected: BTreeMap<&str, Vec<usize>> = FAMILIES
        .into_iter()
        .chain(DECLARED)
        .map(|(family, count)| (family, (1..=count).collect()))
        .collect();
    for numbers in families.values_mut() {
        numbers.sort_unstable();
    }
    assert_eq!(families, expected);
}

#[test]
fn a_list_that_is_not_well_formed_is_refused() {
    let good = "# a comment\n\nXX-1 documented+choice It is so.\n    without: nothing shows it.\n";
    let expected = Rule {
        id: "XX-1",
        evidence: "documented+choice",
        meaning: "It is so.",
        without: Some("nothing shows it."),
    };
    assert_eq!(read(good), Ok(vec![expected]));
    for (wrong, problem) in [
        (
            "XX-1 documented\n",
            "1: a rule is written as ID EVIDENCE SENTENCE",
        ),
        ("XX-1 rumoured So.\n", "1: rumoured is no evidence"),
        (
            "XX-1 choice So. And so.\n",
            "1: the meaning is one sentence",
        ),
        ("    without: it.\n", "1: no rule stands above"),
        (
            "XX-1 choice So.\n    because: it.\n",
            "2: only `without: REASON` is indented",
        ),
    ] {
        assert_eq!(read(wrong), Err(format!("tests/rules.txt:{problem}")));
    }
}
