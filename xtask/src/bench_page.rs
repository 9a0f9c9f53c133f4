//! `cargo xtask bench --only page`: what the built page costs whoever opens it, measured in Chromium.
//!
//! The measuring is in `tests/bench/page.mjs`; here stands what it needs: the page, a browser, the packages of the tests,
//! and the first part of the program once more with the names of its functions in it.

use crate::finish::parts;
use crate::process::run;
use crate::report::step;
use crate::{Stop, project, serve};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds what is to be measured, and measures it.
pub fn run_page() -> Result<(), Stop> {
    let browser = serve::build_to_look_at()?;
    let (named, _) = step("splitting it again with its names", named)?;
    let mut command = Command::new("node");
    command
        .current_dir(project::root())
        .arg("tests/bench/page.mjs")
        .arg(named)
        .env("CHROMIUM", browser.chromium);
    Ok(run(&mut command)?)
}

/// The first part of the program that was built last, with the names of its functions.
fn named() -> Result<PathBuf, String> {
    let whole = parts::whole();
    let [first, rest] = ["first.wasm", "rest.wasm"].map(|name| whole.join(name));
    parts::tool(&[
        Path::new("parts"),
        &whole.join("program.wasm"),
        &parts::linked(),
        &parts::list(),
        &first,
        &rest,
        Path::new("--names"),
    ])?;
    Ok(first)
}
