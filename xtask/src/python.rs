//! Python with boto3 and the AWS CLI, for the tests of the clients: an environment of its own in the cache, made of
//! exactly the versions that `tests/clients/requirements.txt` names.

use crate::process::{find_all, run};
use crate::{browser, project};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The versions.
const REQUIREMENTS: &str = "tests/clients/requirements.txt";

/// Makes sure of the environment and answers its Python. On Debian, as root, installs Python first where it is missing.
pub fn ensure() -> Result<PathBuf, String> {
    let requirements = project::root().join(REQUIREMENTS);
    let wanted = fs::read(&requirements)
        .map_err(|error| format!("{REQUIREMENTS} cannot be read: {error}."))?;
    let folder = project::cache()?.join("tools/aws-clients");
    let programs = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = folder
        .join(programs)
        .join("python")
        .with_extension(std::env::consts::EXE_EXTENSION);
    // Written last, so it is there only after a complete installation of these very versions.
    let stamp = folder.join("installed.txt");
    if python.is_file() && fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    make(&folder)?;
    run(Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .arg("--requirement")
        .arg(&requirements))?;
    fs::write(&stamp, wanted)
        .map_err(|error| format!("{} cannot be written: {error}.", stamp.display()))?;
    Ok(python)
}

/// An empty environment, in the place of whatever is there.
fn make(folder: &Path) -> Result<(), String> {
    // Debian's Python comes without the module that makes environments, and there may be another one that has it.
    let attempt = || {
        find_all(&["python3", "python"]).iter().any(|python| {
            run(Command::new(python)
                .args(["-m", "venv", "--clear"])
                .arg(folder))
            .is_ok()
        })
    };
    if attempt() {
        return Ok(());
    }
    let sentence = |why: &str| {
        format!(
            "Install Python 3.9 or later with its module venv (Debian: `sudo apt-get install python3-venv`) and run this \
             again{why}."
        )
    };
    if !browser::may_install() {
        return Err(sentence(""));
    }
    println!("No Python here can make an environment; python3-venv is installed.");
    browser::install(&["python3", "python3-venv"])
        .map_err(|error| sentence(&format!(" (here {})", error.trim_end_matches('.'))))?;
    if attempt() { Ok(()) } else { Err(sentence("")) }
}
