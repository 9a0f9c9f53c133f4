//! Generated inputs: whatever anybody sends to any operation, the answer is one that the operation may give.
//!
//! `inputs` makes inputs from the tables of the model, `faults` breaks them in every way; `stock` has the worlds that they
//! are tried in, `declarations`, `samples`, `jobs` and `looks` what inputs take from these; `play` and `run` try them, `verdict` says what an answer
//! has to be, `wires` sends the same as bytes.
//!
//! The normal run has some hundred inputs of each operation and proves that it is not hollow, nor is any operation: each goes
//! well, tells or changes something often enough, and is refused with every error that input alone can provoke. `long` is the long mode
//! (`cargo xtask test --long-inputs`).

mod declarations;
mod faults;
mod inputs;
mod jobs;
mod long;
mod looks;
mod nodes;
mod play;
mod random;
mod run;
mod samples;
mod stock;
mod texts;
mod verdict;
mod wires;

use codepipeline_simulator::model::{
    ErrorCode, OPERATIONS, Operation,
    corrections::{CORRECTIONS, Correction},
};

use self::{
    faults::Fault,
    play::BATCH,
    run::{Tallies, run},
};

/// Batches of each operation in the normal run.
const BATCHES: u64 = 8;
/// How often each operation goes well in it, at least.
const SUCCESSES: u64 = 12;

/// Errors that an operation declares and that no input provokes in these worlds, with the reason. An empty name stands
/// for every operation.
const NOT_BY_INPUT: &[(&str, ErrorCode, &str)] = &[
    (
        "",
        ErrorCode::ConcurrentModificationException,
        "one call comes after the other",
    ),
    (
        "CreatePipeline",
        ErrorCode::LimitExceededException,
        "it takes a thousand pipelines",
    ),
    (
        "UpdatePipeline",
        ErrorCode::LimitExceededException,
        "an update makes no pipeline more",
    ),
    (
        "RollbackStage",
        ErrorCode::ConflictException,
        "nothing published says when",
    ),
    (
        "StartPipelineExecution",
        ErrorCode::ConflictException,
        "nothing published says when",
    ),
    (
        "StopPipelineExecution",
        ErrorCode::ConflictException,
        "nothing published says when",
    ),
];

/// Whether input can provoke an error of an operation here.
fn provokable(operation: &Operation, error: ErrorCode) -> bool {
    let excepted = NOT_BY_INPUT
        .iter()
        .any(|(name, code, _)| (*name == operation.name || name.is_empty()) && *code == error);
    let never = CORRECTIONS.iter().any(|correction| {
        matches!(correction, Correction::NeverAnswered { operation: name, error: code, .. }
            if *name == operation.name && *code == error)
    });
    !excepted && !never
}

/// What shows that a run was hollow; nothing where it was not.
fn hollow(operations: &[&Operation], tallies: &Tallies, successes: u64) -> Vec<String> {
    let mut missing = vec![];
    for operation in operations {
        let tally = tallies.get(operation.name).cloned().unwrap_or_default();
        let Operation { name, output, .. } = *operation;
        if tally.successes < successes {
            missing.push(format!(
                "{name} went well {} times of {}",
                tally.successes, tally.cases
            ));
        }
        let tells = output.is_some_and(|shape| !shape.members().is_empty());
        if tells && tally.telling < successes {
            missing.push(format!(
                "{name} told something {} times of {}",
                tally.telling, tally.successes
            ));
        }
        let changes = !["Get", "List"].iter().any(|verb| name.starts_with(verb));
        if changes && tally.changing < successes / 2 {
            missing.push(format!(
                "{name} changed something {} times of {}",
                tally.changing, tally.successes
            ));
        }
        for error in operation.errors {
            if provokable(operation, *error) && !tally.errors.contains_key(error.name()) {
                missing.push(format!("{name} was never refused with {error}"));
            }
        }
        if !tally
            .errors
            .contains_key(ErrorCode::SerializationException.name())
        {
            missing.push(format!("{name} never got a value of another type"));
        }
    }
    for fault in Fault::ALL {
        if tallies
            .values()
            .all(|tally| !tally.faults.contains_key(&fault))
        {
            missing.push(format!("no input had the fault {fault:?}"));
        }
    }
    missing
}

#[test]
fn every_input_of_every_operation_is_answered_as_the_model_says() {
    let operations: Vec<&'static Operation> = OPERATIONS.iter().collect();
    let tallies = run(&operations, BATCHES, |_| {}).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(
        tallies.values().map(|tally| tally.cases).sum::<u64>(),
        44 * BATCHES * BATCH
    );
    let missing = hollow(&operations, &tallies, SUCCESSES);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What says that a run was hollow would be worth nothing if it found nothing.
#[test]
fn a_hollow_run_is_told() {
    let operations: Vec<&'static Operation> = OPERATIONS.iter().collect();
    let missing = hollow(&operations, &Tallies::new(), 1);
    let told = |words: &str| missing.iter().any(|line| line.contains(words));
    assert!(told("GetPipeline went well 0 times"));
    assert!(told(
        "GetPipeline was never refused with PipelineNotFoundException"
    ));
    assert!(told("no input had the fault Deep"));
    assert!(!told("ConcurrentModificationException"));
}
