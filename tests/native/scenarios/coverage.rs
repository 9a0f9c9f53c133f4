//! Every rule is shown by a checked line. What nothing shows yet stands in `tests/rules_uncovered.txt`, which can only
//! shrink: a rule that is shown has to leave it.

use std::collections::{BTreeMap, BTreeSet};

use super::{expectation, rules, scripts, tests};

/// Every id that something checked names, with one place where.
fn named() -> BTreeMap<String, String> {
    let mut named = BTreeMap::new();
    for script in scripts() {
        for line in script.lines() {
            for id in expectation::rules(&line.text) {
                let place = || format!("{}:{}", script.file, line.number);
                named.entry(id.to_owned()).or_insert_with(place);
            }
        }
    }
    for id in crate::declaration::rules_of_the_tables() {
        let place = || "the tables in tests/native/declaration".to_owned();
        named.entry(id.to_owned()).or_insert_with(place);
    }
    for id in crate::wire::rules_of_the_wire() {
        let place = || "the table in tests/native/wire".to_owned();
        named.entry(id.to_owned()).or_insert_with(place);
    }
    named
}

#[test]
fn every_rule_is_shown_or_says_why_not() {
    let list = std::fs::read_to_string(tests("rules.txt")).expect("the list of rules");
    let list = rules::read(&list).unwrap_or_else(|problem| panic!("{problem}"));
    let uncovered = std::fs::read_to_string(tests("rules_uncovered.txt")).expect("the rest");
    let uncovered: BTreeSet<&str> = uncovered
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect();
    let named = named();
    let mut wrong = vec![];
    for rule in &list {
        let id = rule.id;
        let shown = named.get(id);
        match (shown, rule.without, uncovered.contains(id)) {
            (Some(place), _, true) => {
                wrong.push(format!(
                    "{id} is shown in {place}: take it out of rules_uncovered.txt"
                ));
            }
            (Some(place), Some(_), _) => {
                wrong.push(format!(
                    "{id} says why nothing shows it, and {place} shows it"
                ));
            }
            (None, Some(_), true) => {
                wrong.push(format!(
                    "{id} says why nothing shows it: take it out of rules_uncovered.txt"
                ));
            }
            (None, None, false) => wrong.push(format!("{id} is not shown by any checked line")),
            _ => {}
        }
    }
    let known: BTreeSet<&str> = list.iter().map(|rule| rule.id).collect();
    for (id, place) in &named {
        if !known.contains(id.as_str()) {
            wrong.push(format!("{place} names {id}, which the list does not have"));
        }
    }
    for id in uncovered.difference(&known) {
        wrong.push(format!(
            "rules_uncovered.txt names {id}, which the list does not have"
        ));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
