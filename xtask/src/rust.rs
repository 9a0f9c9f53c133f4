//! The parts of the Rust toolchain that a minimal rustup leaves out.

use crate::process::{answer, cargo, find, run};
use std::path::Path;
use std::process::Command;

/// What the browser runs.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The standard library for WebAssembly.
pub fn ensure_wasm_target() -> Result<(), String> {
    let library =
        answer(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    rustup(&["target", "add", WASM])
}

/// The formatter and the linter.
pub fn ensure_lint_tools() -> Result<(), String> {
    let there = |tool| answer(&mut cargo(&[tool, "--version"])).is_some();
    if there("fmt") && there("clippy") {
        Ok(())
    } else {
        rustup(&["component", "add", "rustfmt", "clippy"])
    }
}

/// What a lock file is to the caller that no longer fits its Cargo.toml.
pub enum Lock {
    /// Work in progress: bring it up to date.
    MayChange,
    /// A mistake: it would be committed like this.
    MustFit,
}

/// Downloads every crate of Cargo.lock that is not here yet, so that no later step waits for the network.
pub fn fetch(lock: Lock) -> Result<(), String> {
    let mut command = cargo(&["fetch", "--quiet"]);
    if matches!(lock, Lock::MustFit) {
        command.arg("--locked");
    }
    run(&mut command)
}

fn rustup(arguments: &[&str]) -> Result<(), String> {
    if find(&["rustup"]).is_none() {
        return Err(format!(
            "`rustup {}` is needed and there is no rustup: install it from https://rustup.rs and run this again.",
            arguments.join(" ")
        ));
    }
    run(Command::new("rustup").args(arguments))
}
