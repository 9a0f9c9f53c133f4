//! `cargo xtask bench --only page`: what the built page costs whoever opens it, measured in Chromium.
//!
//! The measuring is in `tests/bench/page.mjs`; here stands what it needs: the page, a browser, the packages of the tests,
//! and the page's wasm once more with the names of its functions in it.

use crate::process::{cargo, run};
use crate::report::step;
use crate::rust::{self, WASM};
use crate::{Stop, browser, node, project, serve, tools};
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

/// Builds what is to be measured, and measures it.
pub fn run_page() -> Result<(), Stop> {
    node::ensure()?;
    rust::ensure_wasm_target()?;
    let path = tools::ensure()?;
    let browser = browser::ensure()?;
    node::ensure_packages()?;
    step("building the page, optimised", || {
        serve::build(&path, "dist")
    })?;
    let (named, _) = step("building it again with its names", || named(&path))?;
    let mut command = Command::new("node");
    command
        .current_dir(project::root())
        .arg("tests/bench/page.mjs")
        .arg(named)
        .env("CHROMIUM", browser.chromium);
    Ok(run(&mut command)?)
}

/// The page's wasm as wasm-bindgen leaves it, with names. It has a folder of its own, so that the page is not built anew.
fn named(path: &OsStr) -> Result<PathBuf, String> {
    let folder = project::root().join("target/names");
    run(cargo(&[
        "build",
        "--lib",
        "--profile",
        "page",
        "--features",
        "page",
        "--target",
        WASM,
    ])
    .arg("--target-dir")
    .arg(&folder)
    .env("CARGO_PROFILE_PAGE_STRIP", "none"))?;
    let built = folder.join(WASM).join("page/codepipeline_simulator.wasm");
    run(Command::new("wasm-bindgen")
        .env("PATH", path)
        .args([
            "--target",
            "web",
            "--no-typescript",
            "--out-name",
            "page",
            "--out-dir",
        ])
        .arg(&folder)
        .arg(built))?;
    Ok(folder.join("page_bg.wasm"))
}
