//! A whole run: so many batches of every operation, on all cores.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use codepipeline_simulator::model::Operation;

use super::{
    play::{Tally, batch},
    stock::stocks,
};

/// What became of the inputs of each operation.
pub type Tallies = BTreeMap<&'static str, Tally>;

/// Batches that one thread takes at a time.
const STRETCH: u64 = 125;
/// After how many inputs it tells how far it is.
const TOLD: u64 = 200_000;

/// What the threads of a run have come to.
#[derive(Default)]
struct Found {
    tallies: Tallies,
    /// By operation, what does not hold.
    problems: BTreeMap<&'static str, String>,
}

/// Tries so many batches of each of these operations; of each one that does not hold the first problem that was found. `told`
/// hears how many inputs were tried, now and then.
///
/// # Errors
/// What does not hold, with how to see it again.
pub fn run(
    operations: &[&'static Operation],
    batches: u64,
    told: fn(u64),
) -> Result<Tallies, String> {
    // Operations take turns, so that a slow one does not come last on one thread.
    let stretches: Vec<(usize, u64)> = (0..batches.div_ceil(STRETCH))
        .flat_map(|stretch| {
            (0..operations.len()).map(move |operation| (operation, stretch * STRETCH))
        })
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (next, done) = (AtomicUsize::new(0), AtomicU64::new(0));
    let found = Mutex::new(Found::default());
    let open = || found.lock().unwrap_or_else(PoisonError::into_inner);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let stocks = stocks();
                while let Some((place, first)) = stretches.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let operation = operations[*place];
                    if open().problems.contains_key(operation.name) {
                        continue;
                    }
                    let mut tally = Tally::default();
                    let mut numbers = *first..batches.min(first + STRETCH);
                    let problem = numbers.find_map(|number| {
                        batch(operation, number, &stocks, false, &mut tally).err()
                    });
                    let before = done.fetch_add(tally.cases, Ordering::Relaxed);
                    if before / TOLD != (before + tally.cases) / TOLD {
                        told(before + tally.cases);
                    }
                    let mut found = open();
                    found.tallies.entry(operation.name).or_default().add(&tally);
                    if let Some(problem) = problem {
                        found.problems.entry(operation.name).or_insert(problem);
                    }
                }
            });
        }
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    if found.problems.is_empty() {
        return Ok(found.tallies);
    }
    let problems: Vec<String> = found.problems.into_values().collect();
    Err(problems.join("\n\n"))
}
