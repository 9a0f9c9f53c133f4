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
    ($($case:ident)*) => {
        $(
            #[test]
            fn $case() {
                let counted = enumerate(&cases::$case());
                assert!(counted.states > 500, "it is not nothing: {counted:?}");
            }
        )*
    };
}

small_worlds! {
    superseded queued parallel switching approving side_by_side entry_fails entry_skips rolls_back retries watched
}
