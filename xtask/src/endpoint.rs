//! `cargo xtask endpoint`: the simulator behind an address on loopback, for any AWS client.
//!
//! The package is built, then Node takes this process over with `endpoint/main.mjs`, which reads the options: whoever
//! stops this process stops the endpoint. On standard output there is only the endpoint's own line.

use crate::process::become_program;
use crate::rust::Lock;
use crate::{Stop, node, package, project, rust, tools};
use std::process::Command;

/// Serves until the process is stopped.
pub fn run(arguments: &[String]) -> Result<(), Stop> {
    node::ensure()?;
    rust::ensure_wasm_target()?;
    let path = tools::ensure()?;
    rust::fetch(Lock::MayChange)?;
    package::build(&path)?;
    let mut command = Command::new("node");
    command
        .arg(project::root().join("endpoint/main.mjs"))
        .args(arguments)
        .env("CODEPIPELINE_SIMULATOR_PACKAGE", package::folder());
    Ok(become_program(&mut command)?)
}
