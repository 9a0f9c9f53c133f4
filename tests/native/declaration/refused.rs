//! What is refused: for every rule the changes that break it, and the service's answer.

use codepipeline_simulator::json as json_of;
mod actions;
mod configuration;
mod pipeline;
mod stages;
mod triggers;
mod variables;

use super::draft::{Draft, World, changed, context};
use codepipeline_simulator::engine::declaration;
use std::collections::BTreeSet;

/// The rule that is broken (and behind it the others that the row shows), the change that breaks it, and the service's
/// error and words.
struct Refused(&'static str, fn(&mut Draft), &'static str, &'static str);

const VALIDATION: &str = "ValidationException";
const STRUCTURE: &str = "InvalidStructureException";
const STAGE: &str = "InvalidStageDeclarationException";
const BLOCKER: &str = "InvalidBlockerDeclarationException";
const ACTION: &str = "InvalidActionDeclarationException";

fn refused() -> Vec<Refused> {
    let mut rows = pipeline::rows();
    rows.extend(triggers::rows());
    rows.extend(stages::rows());
    rows.extend(actions::rows());
    rows.extend(configuration::rows());
    rows.extend(variables::rows());
    rows
}

/// Every rule that a row shows.
pub(super) fn rules() -> impl Iterator<Item = &'static str> {
    refused()
        .into_iter()
        .flat_map(|Refused(rule, ..)| rule.split(' '))
}

#[test]
fn a_broken_rule_is_answered_in_the_words_of_the_service() {
    let world = World::new();
    let mut wrong = Vec::new();
    for (number, Refused(rule, change, code, message)) in refused().into_iter().enumerate() {
        let answer = declaration::refusal(&changed(change), &context(&world));
        let answer = answer.map(|one| (one.rule, one.error.code.name(), one.error.message));
        let broken = rule.split(' ').next().unwrap_or_default();
        if answer
            .as_ref()
            .map(|(rule, code, message)| (*rule, *code, message.as_str()))
            != Some((broken, code, message))
        {
            wrong.push(format!(
                "row {number}, {rule}\n  expected {code}: {message}\n  got      {answer:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_row() {
    let rules: BTreeSet<_> = declaration::rules().collect();
    let rows = refused();
    let rows: BTreeSet<_> = rows
        .iter()
        .filter_map(|Refused(rule, ..)| rule.split(' ').next())
        .collect();
    assert_eq!(rules, rows);
}

#[test]
fn every_broken_rule_is_told_with_its_places() {
    let world = World::new();
    for Refused(rule, change, ..) in refused() {
        let declared = changed(change);
        let first = declaration::refusal(&declared, &context(&world));
        let all = declaration::refusals(&declared, &context(&world));
        assert_eq!(all.first(), first.as_ref(), "{rule}");
        let value = json_of::to_value(&declared);
        for one in all {
            for place in one.places {
                // A member that is missing is not there; what it is missing from is.
                let around = place.rsplit_once('/').map_or("", |(around, _)| around);
                let around = around.strip_suffix("/configuration").unwrap_or(around);
                assert!(value.pointer(around).is_some(), "{} at {place}", one.rule);
            }
        }
    }
}
