//! `cargo xtask bench`: what the simulator costs. One program, compiled natively and to wasm; both run the same
//! workloads and write one line per measurement, which `xtask` reads and makes the table of.
//!
//! Own loops instead of criterion or divan: neither runs in Node, and the question here is always a ratio to a rival of
//! the same run. So every measurement is a list of rounds, rivals take turns within a round, and whoever reads them
//! compares round with round: a machine that is busy for a while is busy for both.
//!
//! A bench target with `harness = false` and not a part of the crate: it sees what any user of the library sees, is
//! built with the profile of the published artefact, and costs `cargo test` nothing.
//!
//! Natively `main` runs everything. In wasm `main` does nothing (wasm-bindgen calls it while loading) and `run.mjs`
//! calls the exports below, because SimPy and the JavaScript API take their turns from there.

mod declaration;
mod flow;
mod heap;
mod operations;
#[cfg(feature = "page")]
mod page;
mod stopwatch;
#[cfg(all(feature = "page", not(target_arch = "wasm32")))]
mod timeline;
#[cfg(target_arch = "wasm32")]
mod wasm;

/// How often every measurement is repeated; the first of the flow's is thrown away, because it fills caches.
const ROUNDS: usize = 15;

/// One line for `xtask`: a name and the value of every round, in the unit that the name implies there.
fn line(name: &str, values: &[f64]) -> String {
    let mut line = name.to_owned();
    for value in values {
        line.push_str(&format!("\t{value}"));
    }
    line
}

#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "what xtask reads")]
fn main() {
    // For a profiler: one part alone. Cargo itself adds `--bench`.
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    let say = |lines: Vec<String>| lines.iter().for_each(|line| println!("{line}"));
    if wanted("flow") {
        let mut race = flow::Race::new();
        (0..=ROUNDS).for_each(|_| race.round());
        say(race.lines());
    }
    if wanted("operations") {
        let mut operations = operations::Operations::new();
        (0..ROUNDS).for_each(|_| operations.round());
        say(operations.lines());
    }
    #[cfg(feature = "page")]
    if wanted("page") {
        say(page::lines(ROUNDS));
    }
    #[cfg(feature = "page")]
    if wanted("timeline") {
        say(timeline::lines(ROUNDS / 3));
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}
