//! The long mode: more than 100,000 inputs of every operation (`cargo xtask test --long`).
//!
//! Every batch follows from its number alone, so a failure names all that is needed to see it again:
//! `GENERATED=PutWebhook/123 cargo xtask test --long`.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use codepipeline_simulator::model::{OPERATIONS, operation};

use super::{
    hollow,
    play::{BATCH, Tally, batch},
    stock::stocks,
};

/// Inputs of each operation.
const INPUTS: u64 = 100_000;
/// Batches that one thread takes at a time.
const STRETCH: u64 = 125;

/// Past the test harness, which keeps what a test prints until it fails.
fn say(line: &str) {
    // A closed terminal is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[test]
#[ignore = "takes minutes when it is optimised: cargo xtask test --long"]
#[expect(clippy::disallowed_methods, reason = "it tells how long it took")]
fn a_hundred_thousand_inputs_of_each_operation() {
    if let Ok(wanted) = std::env::var("GENERATED") {
        let (name, number) = wanted
            .split_once('/')
            .expect("GENERATED is OPERATION/NUMBER");
        let operation = operation(name).expect("an operation");
        let number = number.parse().expect("a number");
        let mut tally = Tally::default();
        let answered = batch(operation, number, &stocks(), true, &mut tally);
        answered.unwrap_or_else(|told| panic!("{told}"));
        say(&format!("{wanted} is answered as the model says"));
        return;
    }
    let batches = INPUTS.div_ceil(BATCH);
    // Operations take turns, so that a slow one does not come last on one thread.
    let stretches: Vec<(usize, u64)> = (0..batches.div_ceil(STRETCH))
        .flat_map(|stretch| {
            (0..OPERATIONS.len()).map(move |operation| (operation, stretch * STRETCH))
        })
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let began = Instant::now();
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(None::<String>);
    let tallies = Mutex::new(BTreeMap::<&'static str, Tally>::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let stocks = stocks();
                while let Some((operation, first)) =
                    stretches.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    if failed.lock().is_ok_and(|failed| failed.is_some()) {
                        return;
                    }
                    let operation = &OPERATIONS[*operation];
                    let mut tally = Tally::default();
                    for number in *first..batches.min(first + STRETCH) {
                        if let Err(told) = batch(operation, number, &stocks, false, &mut tally) {
                            failed.lock().expect("no panic").get_or_insert(told);
                            return;
                        }
                    }
                    let mut tallies = tallies.lock().expect("no panic");
                    tallies.entry(operation.name).or_default().add(&tally);
                }
            });
        }
    });
    if let Some(told) = failed.into_inner().expect("no panic") {
        panic!("{told}");
    }
    let tallies = tallies.into_inner().expect("no panic");
    for (name, tally) in &tallies {
        say(&format!(
            "{name}: {} inputs, {} went well; refused: {:?}",
            tally.cases, tally.successes, tally.errors
        ));
        assert!(tally.cases >= INPUTS, "{name}");
    }
    let missing = hollow(&tallies, 1_000);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    say(&format!("all in {} s", began.elapsed().as_secs()));
}
