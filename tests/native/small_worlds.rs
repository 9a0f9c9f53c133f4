//! Small worlds, completely: for pipelines of two stages and up to three executions, every order of everything that may be
//! done, fourteen moves deep or until nothing new comes up. What random worlds may miss, these do not.
//!
//! `cases` has the pipelines, `moves` what may be done, `form` what makes two worlds the same state, `properties` what
//! holds, `search` the enumeration. A finding is told as a list of moves. One test for each case, so that they run side by
//! side; each prints how many states it has. `SMALL_WORLDS=1` prints every depth.

mod cases;
mod form;
mod moves;
mod properties;
mod search;

use std::io::Write;

use codepipeline_simulator::engine::time::DAY;

use self::search::enumerate;

/// TR-10.
const DAYS_30: i64 = 30 * DAY;

/// Past the test harness, which keeps what a test prints until it fails.
fn say(line: &str) {
    // A closed terminal is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
}

macro_rules! small_worlds {
    ($($case:ident: $($extent:ident)*;)*) => {
        $(
            #[test]
            fn $case() {
                for extent in [$(cases::$extent),*] {
                    let counted = enumerate(&cases::$case(), &extent);
                    assert!(counted.states > 500, "it is not nothing: {counted:?}");
                }
            }
        )*
    };
}

small_worlds! {
    superseded: THREE TWO_AND_A_MONTH;
    queued: THREE TWO_AND_A_MONTH;
    parallel: TWO THREE_IN_A_HURRY;
    switching: TWO_WITH_OPEN_GATES THREE_IN_A_HURRY;
    approving: TWO THREE_IN_A_HURRY;
    side_by_side: TWO_WITH_OPEN_GATES THREE_IN_A_HURRY;
    entry_fails: TWO_WITH_OPEN_GATES THREE_IN_A_HURRY;
    entry_skips: TWO_WITH_OPEN_GATES THREE_IN_A_HURRY;
    rolls_back: TWO THREE_IN_A_HURRY;
    retries: TWO THREE_IN_A_HURRY;
    watched: TWO_WITH_OPEN_GATES THREE_IN_A_HURRY;
}

/// What the normal run leaves out.
mod long {
    use super::{cases, enumerate};

    #[test]
    #[ignore = "takes minutes when it is optimised: cargo xtask test --long"]
    fn small_worlds_in_full() {
        for case in [cases::superseded(), cases::queued()] {
            enumerate(&case, &cases::EVERYTHING);
        }
        for case in [
            cases::parallel(),
            cases::switching(),
            cases::approving(),
            cases::side_by_side(),
            cases::entry_fails(),
            cases::entry_skips(),
            cases::rolls_back(),
            cases::retries(),
            cases::watched(),
        ] {
            enumerate(&case, &cases::THREE);
        }
    }
}
