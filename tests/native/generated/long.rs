//! The long mode: more than 100,000 inputs of every operation (`cargo xtask test --long-inputs`).
//!
//! Every batch follows from its number alone, so a failure names all that is needed to see it again:
//! `GENERATED=PutWebhook/123 cargo xtask test --long-inputs`. `GENERATED=PutWebhook,DeleteWebhook` tries these alone.

use std::{io::Write, time::Instant};

use codepipeline_simulator::model::{OPERATIONS, Operation, operation};

use super::{
    hollow,
    play::{BATCH, Tally, batch},
    run::run,
    stock::stocks,
};

/// Inputs of each operation.
const INPUTS: u64 = 100_000;
/// Past the test harness, which keeps what a test prints until it fails.
fn say(line: &str) {
    // A closed terminal is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[test]
#[ignore = "takes minutes when it is optimised: cargo xtask test --long-inputs"]
#[expect(clippy::disallowed_methods, reason = "it tells how long it took")]
fn a_hundred_thousand_inputs_of_each_operation() {
    let wanted = std::env::var("GENERATED").unwrap_or_default();
    let named = |name| operation(name).expect("an operation");
    if let Some((name, number)) = wanted.split_once('/') {
        let operation = named(name);
        let number = number.parse().expect("a number");
        let mut tally = Tally::default();
        let answered = batch(operation, number, &stocks(), true, &mut tally);
        answered.unwrap_or_else(|told| panic!("{told}"));
        say(&format!("{wanted} is answered as the model says"));
        return;
    }
    let operations: Vec<&'static Operation> = if wanted.is_empty() {
        OPERATIONS.iter().collect()
    } else {
        wanted.split(',').map(named).collect()
    };
    let began = Instant::now();
    let told = |inputs| say(&format!("{inputs:>9} inputs"));
    let tallies = run(&operations, INPUTS.div_ceil(BATCH), told)
        .unwrap_or_else(|problems| panic!("{problems}"));
    for (name, tally) in &tallies {
        say(&format!(
            "{name}: {} inputs, {} went well; refused: {:?}",
            tally.cases, tally.successes, tally.errors
        ));
        assert!(tally.cases >= INPUTS, "{name}");
    }
    let missing = hollow(&operations, &tallies, 1_000);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    say(&format!("all in {} s", began.elapsed().as_secs()));
}
