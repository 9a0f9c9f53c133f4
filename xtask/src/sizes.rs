//! What the browser has to download.

use crate::process::run;
use crate::project;
use std::process::Command;

/// Prints the size of every file of `dist/`: as it is, and as a host sends it. Node does the compressing: its zlib and
/// brotli are compiled C, and crates for both would multiply the time xtask takes to compile.
pub fn print() -> Result<(), String> {
    run(Command::new("node")
        .args(["tests/sizes.mjs", "dist"])
        .current_dir(project::root()))
}
