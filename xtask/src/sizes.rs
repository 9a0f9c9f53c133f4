//! What the browser has to download.

use crate::process::run;
use crate::project;
use std::process::Command;

/// What the files of the page may be in all, compressed, in bytes. The first load is meant to be 400,000; it is not there
/// yet, and this keeps it from growing while it is brought down.
const MOST: u32 = 1_130_000;

/// Prints the size of every file of `dist/`: as it is, and as a host sends it; fails where they are more than [`MOST`]. Node does the compressing: its zlib and
/// brotli are compiled C, and crates for both would multiply the time xtask takes to compile.
pub fn print() -> Result<(), String> {
    run(Command::new("node")
        .args(["tests/sizes.mjs", "dist"])
        .arg(MOST.to_string())
        .current_dir(project::root()))
}
