//! The long mode: ten million steps through worlds of some thousand steps each (`cargo xtask test --long`).
//!
//! Every world follows from its number alone. A failure is shrunk and told with the number, and the number is enough to
//! play that world again: `WORLD=123 cargo xtask test --long`.

use std::{
    io::Write,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use super::{chunks::play, story};

/// How many steps the whole run takes.
const STEPS: u64 = 10_000_000;
/// How many steps a world has.
const WORLD: usize = 4_000;
/// After how many steps everything is checked.
const CHUNK: usize = 1_000;
/// It stops here, whatever is left, and says so.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// How long a failure is shrunk, in milliseconds.
const SHRINKING: u32 = 120_000;

/// A number from the environment.
fn setting(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is a number")),
    )
}

/// Past the test harness, which keeps what a test prints until it fails.
fn say(line: &str) {
    // A closed terminal is no reason to stop.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Plays the world with this number.
fn world(number: u64) -> Result<(), String> {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_le_bytes());
    let config = Config {
        cases: 1,
        failure_persistence: None,
        max_shrink_time: SHRINKING,
        max_shrink_iters: u32::MAX,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let played = runner.run(&story(WORLD..WORLD + 1), |story| {
        play(&story, CHUNK);
        Ok(())
    });
    played.map_err(|error| match error {
        TestError::Abort(reason) => format!("world {number} was given up: {reason}"),
        TestError::Fail(reason, story) => format!(
            "world {number} does not hold: {reason}\nshrunk to:\n{story:#?}\nplay it again: WORLD={number} cargo xtask test --long"
        ),
    })
}

#[test]
#[ignore = "takes up to an hour: cargo xtask test --long"]
#[expect(
    clippy::disallowed_methods,
    reason = "the run itself has an hour of real time"
)]
fn ten_million_steps() {
    if let Some(number) = setting("WORLD") {
        world(number).unwrap_or_else(|told| panic!("{told}"));
        say(&format!("world {number} holds"));
        return;
    }
    let steps = setting("STEPS").unwrap_or(STEPS);
    let worlds = steps.div_ceil(WORLD as u64);
    let first = setting("FIRST").unwrap_or(0);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    say(&format!(
        "{worlds} worlds of {WORLD} steps, numbers {first} to {}, checked every {CHUNK} steps, {threads} at a time",
        first + worlds - 1
    ));
    let began = Instant::now();
    let (next, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let failed = std::sync::Mutex::new(None::<String>);
    // While a failure is shrunk the same panic comes a hundred times; the last one is told in the end.
    std::panic::set_hook(Box::new(|_| {}));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let over = number >= worlds || began.elapsed() > LONGEST;
                    if over || failed.lock().is_ok_and(|failed| failed.is_some()) {
                        return;
                    }
                    if let Err(told) = world(first + number) {
                        if let Ok(mut failed) = failed.lock() {
                            failed.get_or_insert(told);
                        }
                        return;
                    }
                    let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                    if done % 50 == 0 || done == worlds {
                        say(&format!(
                            "{:>10} steps in {:>5} s; the last world was {}",
                            done * WORLD as u64,
                            began.elapsed().as_secs(),
                            first + number
                        ));
                    }
                }
            });
        }
    });
    let _ = std::panic::take_hook();
    if let Some(told) = failed.into_inner().expect("no thread panicked") {
        panic!("{told}");
    }
    let done = done.into_inner();
    assert!(
        done == worlds,
        "an hour was not enough: {done} of {worlds} worlds were played, and each of them holds"
    );
    say(&format!(
        "{} steps in {} s: every world holds",
        done * WORLD as u64,
        began.elapsed().as_secs()
    ));
}
