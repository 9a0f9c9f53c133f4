//! Random worlds: any pipeline, any commands, and what must hold of every world.
//!
//! `shape` draws a pipeline (every mode, two to six stages: a pipeline of one stage is none, PL-6), `step` draws what people do to it, `chunks` carries
//! both out and checks: after every fact the invariants (the engine itself does so in builds with debug assertions);
//! after every command that a refused one has changed nothing; after every so many steps that the journal, written down
//! and read back, replays to the same world, and that a world which was saved, restored and then continued has become
//! the same as the one that went on.
//!
//! The normal run has many short worlds and shrinks what fails. `long` is the long mode: the same worlds, only longer
//! and very many (`cargo xtask test --long`).

mod chunks;
mod long;
mod shape;
mod step;

use proptest::prelude::*;

use self::{
    chunks::play,
    shape::{Shape, shape},
    step::{Step, step},
};

/// A world to be played: what is created, and what is done.
#[derive(Clone, Debug)]
struct Story {
    seed: u64,
    shape: Shape,
    steps: Vec<Step>,
}

fn story(steps: std::ops::Range<usize>) -> impl Strategy<Value = Story> {
    (0..1_000_u64, shape(), prop::collection::vec(step(), steps))
        .prop_map(|(seed, shape, steps)| Story { seed, shape, steps })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_random_world_is_what_its_journal_says(story in story(1..90), chunk in 1..60_usize) {
        play(&story, chunk);
    }
}

/// What is drawn is not refused in silence: a pipeline of any shape is created, and every kind of step is accepted in
/// some world, and every kind of event happens.
#[test]
fn random_worlds_reach_everything_that_is_built() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};

    let mut runner = TestRunner::deterministic();
    let mut tally = chunks::Tally::default();
    for _ in 0..60 {
        let tree = story(80..120).new_tree(&mut runner).expect("a story");
        tally.add(&play(&tree.current(), usize::MAX));
    }
    assert_eq!(tally.never_accepted(), Vec::<&str>::new());
    assert_eq!(tally.never_happened(), Vec::<&str>::new());
}
