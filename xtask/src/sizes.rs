//! What the browser has to download.

use crate::process::run;
use crate::project;
use std::process::Command;

/// What a first load may be, compressed, in bytes: everything but what comes when the first picture stands.
const FIRST: u32 = 400_000;

/// What all files may be, compressed, in bytes: what somebody downloads who keeps the page for use without a network.
/// This only keeps it from growing unseen.
const ALL: u32 = 1_210_000;

/// Prints the size of every file of `dist/`: as it is, and as a host sends it; fails where they are more than [`FIRST`] and
/// [`ALL`]. Node does the compressing: its zlib and brotli are compiled C, and crates for both would multiply the time
/// xtask takes to compile.
pub fn print() -> Result<(), String> {
    run(Command::new("node")
        .args(["tests/sizes.mjs", "dist"])
        .args([FIRST.to_string(), ALL.to_string()])
        .current_dir(project::root()))
}
