//! Node and the npm packages of the tests.

use crate::process::{answer, find, run};
use crate::project;
use std::path::PathBuf;
use std::process::Command;

/// The oldest Node that the tests run on.
const OLDEST: u32 = 20;

/// Makes sure that Node is there and new enough; installing it is left to the person.
pub fn ensure() -> Result<(), String> {
    let version = answer(Command::new("node").arg("--version"));
    let major = version.as_deref().and_then(|words| {
        words
            .trim_start_matches('v')
            .split('.')
            .next()?
            .parse::<u32>()
            .ok()
    });
    match major {
        Some(major) if major >= OLDEST && find(&["npm"]).is_some() => Ok(()),
        _ => Err(format!(
            "Install Node {OLDEST} or newer with npm (https://nodejs.org) and run this again."
        )),
    }
}

/// Installs the packages of `tests/package-lock.json`, unless exactly these are installed already.
pub fn ensure_packages() -> Result<(), String> {
    let folder: PathBuf = project::root().join("tests");
    let read = |name: &str| std::fs::read(folder.join(name)).ok();
    let lock = read("package-lock.json").ok_or("tests/package-lock.json cannot be read.")?;
    // npm empties node_modules before it installs, so the copy is there only after a complete installation of this lock.
    let stamp = "node_modules/.installed-lock.json";
    if read(stamp).is_some_and(|installed| installed == lock) {
        return Ok(());
    }
    run(Command::new("npm")
        .args(["ci", "--ignore-scripts"])
        .current_dir(&folder))?;
    std::fs::write(folder.join(stamp), lock)
        .map_err(|error| format!("tests/{stamp} cannot be written: {error}."))
}
