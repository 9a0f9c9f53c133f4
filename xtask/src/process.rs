//! Running other programs. Their output goes straight to the person; nobody is asked anything, so standard input is
//! empty.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The cargo that started this program, in the folder of the workspace.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(crate::project::root());
    command
}

/// Runs `command` and lets it talk. Fails with a sentence that names it.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed ({status}).", line(command)))
    }
}

/// Runs `command`, shows its standard output as it comes, and hands back the lines that `keep` wants.
pub fn run_and_keep(command: &mut Command, keep: fn(&str) -> bool) -> Result<Vec<String>, String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let mut kept = Vec::new();
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut bytes = Vec::new();
        while output
            .read_until(b'\n', &mut bytes)
            .map_err(|error| error.to_string())?
            > 0
        {
            // Not println!: a reader that went away (`| head`) ends the display, not the tests.
            let _ = std::io::stdout().write_all(&bytes);
            let text = String::from_utf8_lossy(&bytes);
            if keep(text.trim_end()) {
                kept.push(text.trim_end().to_owned());
            }
            bytes.clear();
        }
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if status.success() {
        Ok(kept)
    } else {
        Err(format!("`{}` failed ({status}).", line(command)))
    }
}

/// Lets `command` take this process over, so that whoever stops it stops the other. Answers only where it could not.
#[cfg(unix)]
pub fn become_program(command: &mut Command) -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(not_started(command, &error))
}

/// Where no process can be taken over: waits for the other.
#[cfg(not(unix))]
pub fn become_program(command: &mut Command) -> Result<(), String> {
    run(command)
}

/// Runs `command`, lets it talk on standard error, and answers what it prints. Fails with a sentence that names it.
pub fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("`{}` failed ({}).", line(command), output.status))
    }
}

/// What `command` prints, if it can be run and succeeds.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first of `names` that is a program on PATH.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    find_all(names).into_iter().next()
}

/// Every program on PATH with one of these names: those of the first name come first.
pub fn find_all(names: &[&str]) -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let file = |folder: &PathBuf, name: &str| {
        folder
            .join(name)
            .with_extension(std::env::consts::EXE_EXTENSION)
    };
    let mut found: Vec<PathBuf> = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| file(folder, name)))
        .filter(|file| file.is_file())
        .collect();
    // A folder may stand in PATH twice.
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|file| seen.insert(file.clone()));
    found
}

/// PATH with `folder` in front.
pub fn path_with(folder: &Path) -> std::ffi::OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&rest));
    std::env::join_paths(folders).unwrap_or(rest)
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be started: {error}.", line(command))
}

/// The command as a person would type it, without the folder of the program.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
