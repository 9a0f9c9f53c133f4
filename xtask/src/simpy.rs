//! SimPy, the benchmark's rival, in an environment of its own in the cache of the tools. Where no Python is at hand the
//! benchmark does without it and says so.

use crate::process::{answer, find, run};
use crate::project;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The version that the model was written for.
const VERSION: &str = "4.1.1";

/// The Python that has SimPy, or why there is none.
pub fn ensure() -> Result<PathBuf, String> {
    let folder = project::cache()?
        .join("tools")
        .join(format!("simpy-{VERSION}"));
    let programs = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = folder
        .join(programs)
        .join("python")
        .with_extension(std::env::consts::EXE_EXTENSION);
    if has_simpy(&python) {
        return Ok(python);
    }
    let system = find(&["python3", "python"]).ok_or("there is no Python on PATH")?;
    // A half finished environment is replaced.
    run(Command::new(system)
        .args(["-m", "venv", "--clear"])
        .arg(&folder))?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet"])
        .arg(format!("simpy=={VERSION}")))?;
    if has_simpy(&python) {
        Ok(python)
    } else {
        Err(format!(
            "SimPy {VERSION} was installed but cannot be imported"
        ))
    }
}

fn has_simpy(python: &Path) -> bool {
    let says = answer(Command::new(python).args(["-c", "import simpy; print(simpy.__version__)"]));
    says.as_deref() == Some(VERSION)
}
