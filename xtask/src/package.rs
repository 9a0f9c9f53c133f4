//! `cargo xtask package`: the JavaScript API as an npm package, in `<target>/npm/codepipeline-simulator`.
//!
//! The crate is built without its page, wasm-bindgen writes the module, and the hand-written files of `package/` join
//! it. The declarations are those of the API (`src/api/*.d.ts`) with the entry's own behind them.

use crate::process::{self, cargo};
use crate::report::step;
use crate::rust::{Lock, WASM};
use crate::{Stop, project, rust, tools};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of `package/` that are part of the package as they are.
const WRITTEN: [&str; 4] = ["package.json", "README.md", "node.js", "browser.js"];

/// What `index.d.ts` is made of.
const DECLARATIONS: [&str; 3] = [
    "src/api/operations.d.ts",
    "src/api/controls.d.ts",
    "package/entry.d.ts",
];

/// Builds the package and says where it is.
pub fn run(arguments: &[String]) -> Result<(), Stop> {
    if let Some(argument) = arguments.first() {
        return Err(Stop::Usage(format!(
            "`package` has no option `{argument}`."
        )));
    }
    rust::ensure_wasm_target()?;
    let path = tools::ensure()?;
    step("fetching crates", || rust::fetch(Lock::MayChange))?;
    step("building the package, optimised", || build(&path))?;
    println!("The package is in {}.", folder().display());
    Ok(())
}

/// Where the package is.
pub fn folder() -> PathBuf {
    project::target().join("npm/codepipeline-simulator")
}

/// Builds it. `path` is PATH with the tools in front.
pub fn build(path: &OsStr) -> Result<(), String> {
    process::run(&mut cargo(&[
        "build",
        "--release",
        "--lib",
        "--target",
        WASM,
    ]))?;
    let folder = folder();
    let failed = |what: &Path, error| format!("{} cannot be written: {error}.", what.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| failed(&folder, error))?;
    }
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, error))?;
    let wasm = project::target()
        .join(WASM)
        .join("release/codepipeline_simulator.wasm");
    process::run(
        Command::new("wasm-bindgen")
            .env("PATH", path)
            .args([
                "--target",
                "web",
                "--no-typescript",
                "--out-name",
                "simulator",
            ])
            .arg("--out-dir")
            .args([&folder, &wasm]),
    )?;
    let root = project::root();
    let copies = WRITTEN.map(|name| (root.join("package").join(name), name));
    let licences = ["LICENSE-MIT", "LICENSE-APACHE"].map(|name| (root.join(name), name));
    for (from, name) in copies.into_iter().chain(licences) {
        fs::copy(&from, folder.join(name)).map_err(|error| failed(&from, error))?;
    }
    let mut declarations = String::new();
    for name in DECLARATIONS {
        let text = fs::read_to_string(root.join(name));
        declarations += &text.map_err(|error| format!("{name} cannot be read: {error}."))?;
        declarations.push('\n');
    }
    let file = folder.join("index.d.ts");
    fs::write(&file, declarations).map_err(|error| failed(&file, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_has_the_version_of_the_crate() {
        let text = fs::read_to_string(project::root().join("package/package.json")).unwrap();
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        assert!(text.contains(&version), "{text}");
    }
}
