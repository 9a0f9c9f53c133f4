//! The tables against what AWS publishes: `tests/model.facts`, which `tests/model_facts.py` derives from AWS's own
//! model. Equal both ways, so neither a wrong digit nor a forgotten member stays.

use codepipeline_simulator::model::corrections::{CORRECTIONS, Correction};
use codepipeline_simulator::model::{self, Bounds, ErrorCode, Kind, OPERATIONS, Shape};
use std::collections::{BTreeMap, BTreeSet};

const PUBLISHED: &str = include_str!("../model.facts");

#[test]
fn the_tables_say_what_aws_publishes() {
    let published = published();
    let ours = ours();
    let differences: Vec<String> = published
        .difference(&ours)
        .map(|fact| format!("only AWS says: {fact}"))
        .chain(
            ours.difference(&published)
                .map(|fact| format!("only we say: {fact}")),
        )
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_facts_are_many_and_name_their_source() {
    assert!(PUBLISHED.starts_with("source botocore 1.43.11\n"));
    // Were the file cut short or the walk over the tables broken, both sides could agree on nothing.
    assert_eq!(OPERATIONS.len(), 44);
    assert_eq!(ErrorCode::PUBLISHED.len(), 42);
    assert!(published().len() > 1500);
}

/// A correction that AWS has taken up in the meantime is no correction any more.
#[test]
fn every_correction_corrects_something() {
    let facts = published();
    let says = |fact: &str| facts.contains(fact);
    for correction in CORRECTIONS {
        match correction {
            Correction::LateLimit {
                shape, first_max, ..
            } => {
                let Kind::Text { length, .. } = shape.kind else {
                    panic!("{correction:?}")
                };
                let max = length.max.expect("a late limit is an upper limit");
                assert!(says(&format!("shape {} max {max}", shape.name)) && max < *first_max);
            }
            Correction::Undeclared {
                operation, error, ..
            } => {
                assert!(model::operation(operation).is_some());
                assert!(
                    !says(&format!("operation {operation} error {error}")),
                    "{correction:?}"
                );
                assert!(model::operation(operation).is_some_and(|one| one.may_fail_with(*error)));
            }
            Correction::UndeclaredByAll {
                error, asked_for, ..
            } => {
                for operation in OPERATIONS {
                    assert!(
                        !says(&format!("operation {} error {error}", operation.name)),
                        "{correction:?}"
                    );
                    assert_eq!(operation.may_fail_with(*error), !asked_for);
                }
            }
            Correction::NeverAnswered {
                operation, error, ..
            } => {
                assert!(
                    says(&format!("operation {operation} error {error}")),
                    "{correction:?}"
                );
            }
            Correction::Status { error, status, .. } => {
                assert!(
                    says(&format!("error {error}"))
                        && !says(&format!("error {error} status {status}"))
                );
                assert_eq!(error.status(), *status);
            }
            Correction::Wider { shape, pattern, .. } => {
                let fact = format!("shape {} pattern {}", shape.name, pattern.source);
                assert!(says(&fact), "{correction:?}");
            }
            Correction::OnlyInInput { shape, .. } => {
                assert!(
                    facts
                        .iter()
                        .any(|fact| fact.starts_with(&format!("shape {} max ", shape.name)))
                );
            }
        }
    }
}

fn published() -> BTreeSet<String> {
    PUBLISHED.lines().skip(1).map(str::to_owned).collect()
}

fn ours() -> BTreeSet<String> {
    let mut facts: BTreeSet<String> = ErrorCode::PUBLISHED
        .iter()
        .map(|error| format!("error {error}"))
        .collect();
    let mut shapes = BTreeMap::new();
    for operation in OPERATIONS {
        let name = operation.name;
        collect(operation.input, &mut shapes);
        facts.insert(format!("operation {name} input {}", operation.input.name));
        if let Some(output) = operation.output {
            collect(output, &mut shapes);
            facts.insert(format!("operation {name} output {}", output.name));
        }
        for error in operation.errors {
            facts.insert(format!("operation {name} error {error}"));
        }
        if let Some(page) = operation.pagination {
            facts.insert(format!("operation {name} page input {}", page.input_token));
            facts.insert(format!(
                "operation {name} page output {}",
                page.output_token
            ));
            facts.insert(format!("operation {name} page result {}", page.result_key));
            facts.extend(
                page.limit_key
                    .map(|key| format!("operation {name} page limit {key}")),
            );
        }
    }
    for shape in shapes.values() {
        facts.extend(shape_facts(shape));
    }
    facts
}

fn collect(shape: &'static Shape, shapes: &mut BTreeMap<&'static str, &'static Shape>) {
    if let Some(known) = shapes.insert(shape.name, shape) {
        assert!(
            std::ptr::eq(known, shape),
            "two shapes are called {}",
            shape.name
        );
        return;
    }
    match shape.kind {
        Kind::Structure(members) => members
            .iter()
            .for_each(|member| collect(member.shape, shapes)),
        Kind::List { member, .. } => collect(member, shapes),
        Kind::Map { key, value, .. } => {
            collect(key, shapes);
            collect(value, shapes);
        }
        _ => {}
    }
}

fn shape_facts(shape: &Shape) -> Vec<String> {
    let name = shape.name;
    let mut facts = Vec::new();
    let mut say = |fact: String| facts.push(format!("shape {name} {fact}"));
    if shape.sensitive {
        say("sensitive".to_owned());
    }
    let limits = |Bounds { min, max }: Bounds, say: &mut dyn FnMut(String)| {
        min.into_iter().for_each(|min| say(format!("min {min}")));
        max.into_iter().for_each(|max| say(format!("max {max}")));
    };
    match shape.kind {
        Kind::Structure(members) => {
            say("structure".to_owned());
            for (position, member) in members.iter().enumerate() {
                say(format!(
                    "member {:02} {} {}",
                    position + 1,
                    member.name,
                    member.shape.name
                ));
                if member.required {
                    say(format!("required {}", member.name));
                }
                if member.idempotency_token {
                    say(format!("token {}", member.name));
                }
            }
        }
        Kind::List { member, length } => {
            say("list".to_owned());
            say(format!("member {}", member.name));
            limits(length, &mut say);
        }
        Kind::Map { key, value, length } => {
            say("map".to_owned());
            say(format!("key {}", key.name));
            say(format!("value {}", value.name));
            limits(length, &mut say);
        }
        Kind::Text { length, pattern } => {
            say("text".to_owned());
            limits(length, &mut say);
            pattern
                .into_iter()
                .for_each(|pattern| say(format!("pattern {}", pattern.source)));
        }
        Kind::Choice(values) => {
            say("choice".to_owned());
            for (position, value) in values.iter().enumerate() {
                say(format!("choice {:02} {value}", position + 1));
            }
        }
        Kind::Integer { value } => {
            say("integer".to_owned());
            limits(value, &mut say);
        }
        Kind::Boolean => say("boolean".to_owned()),
        Kind::Timestamp => say("timestamp".to_owned()),
    }
    facts
}
