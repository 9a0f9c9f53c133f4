//! Trunk and wasm-bindgen, built from crates.io in exactly the versions the project states, once per user.
//!
//! They live in `<cache>/tools/bin`, which is put in front of PATH for everything that needs them; Trunk and Cargo's test
//! runner find them there. Installing is skipped when the binary in place answers with the right version, so a half
//! finished, broken or outdated installation repairs itself. Two clones that install at once wait for each other.

use crate::process::{answer, path_with, run};
use crate::project;
use crate::report::step;
use std::ffi::OsString;
use std::fs::File;
use std::path::Path;
use std::process::Command;

/// A program that is installed with cargo.
struct Tool {
    /// Its package on crates.io.
    package: &'static str,
    /// The programs of it that the project uses.
    programs: &'static [&'static str],
    /// The one version that fits.
    version: String,
    /// How hard the compiler tries. Their own profiles optimise for hours of use, and the person waits for this build.
    optimisation: &'static str,
    /// Further arguments of `cargo install`.
    arguments: &'static [&'static str],
}

/// Makes sure of both tools and answers PATH with them in front.
pub fn ensure() -> Result<OsString, String> {
    let folder = project::cache()?.join("tools");
    let tools = [
        // Its default features are an update check and TLS, and the page is served on loopback only.
        Tool {
            package: "trunk",
            programs: &["trunk"],
            version: project::trunk_version()?,
            // It mostly waits for others: 0.3 s slower on each build of the page, 200 s of computing saved here.
            optimisation: "0",
            arguments: &["--no-default-features"],
        },
        Tool {
            package: "wasm-bindgen-cli",
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            version: project::wasm_bindgen_version()?,
            optimisation: "1",
            arguments: &[],
        },
    ];
    if !tools.iter().all(|tool| in_place(tool, &folder)) {
        install_missing(&tools, &folder)?;
    }
    Ok(path_with(&folder.join("bin")))
}

fn install_missing(tools: &[Tool], folder: &Path) -> Result<(), String> {
    let unusable = |error| {
        format!(
            "{} cannot be used for the tools: {error}.",
            folder.display()
        )
    };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let lock = File::create(folder.join(".lock")).map_err(unusable)?;
    lock.lock().map_err(unusable)?;
    println!(
        "Trunk and wasm-bindgen are built once per user and kept in {}; this takes some minutes.",
        folder.display()
    );
    // Worth nothing afterwards.
    let build = folder.join("build");
    for tool in tools.iter().filter(|tool| !in_place(tool, folder)) {
        let name = format!("installing {} {}", tool.package, tool.version);
        step(&name, || install(tool, folder, &build))?;
    }
    if build.exists() {
        std::fs::remove_dir_all(&build).map_err(unusable)?;
    }
    Ok(())
}

fn install(tool: &Tool, folder: &Path, build: &Path) -> Result<(), String> {
    let mut command =
        crate::process::cargo(&["install", tool.package, "--locked", "--force", "--version"]);
    command
        .arg(format!("={}", tool.version))
        .args(tool.arguments)
        .arg("--root")
        .arg(folder)
        .arg("--target-dir")
        .arg(build)
        // Outside the workspace: its Cargo configuration is not for other people's programs.
        .current_dir(folder)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", tool.optimisation)
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
    run(&mut command)?;
    if in_place(tool, folder) {
        Ok(())
    } else {
        Err(format!(
            "{} was installed but does not answer with version {}.",
            tool.package, tool.version
        ))
    }
}

/// Whether every program of the tool runs and says that it is the right version.
fn in_place(tool: &Tool, folder: &Path) -> bool {
    tool.programs.iter().all(|program| {
        let file = folder
            .join("bin")
            .join(program)
            .with_extension(std::env::consts::EXE_EXTENSION);
        // "trunk 0.21.14"; some builds add a commit after the version.
        let says = answer(Command::new(file).arg("--version"));
        says.is_some_and(|words| words.split_whitespace().nth(1) == Some(&tool.version))
    })
}
