//! `cargo xtask first-look`: learns which functions of the program a first look at the page runs, and writes their list,
//! by which a release build splits the program (`finish::parts`).
//!
//! The page is built, its program made to report what it enters, and a browser looks at it. The list is part of the
//! sources: a build needs no browser. It is out of date when the program has changed much; then the page tests say that
//! a first look needs the rest, or the first part is larger than it may be, and this is to be run again.

use crate::finish::parts;
use crate::process::run;
use crate::report::step;
use crate::{Stop, project, serve, tools};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How wasm-bindgen hands the program what it may call, and what is added to it.
const IMPORTS: &str = "const imports = __wbg_get_imports();";
const REPORTED: &str = "const imports = { ...__wbg_get_imports(), \
    mark: { entered: (number) => (window.entered ??= new Set()).add(number) } };";

/// Builds the page, looks at it, and writes the list.
pub fn run_first_look(arguments: &[String]) -> Result<(), Stop> {
    if let Some(argument) = arguments.first() {
        return Err(Stop::Usage(format!(
            "`first-look` has no option `{argument}`."
        )));
    }
    let browser = serve::build_to_look_at()?;
    step("looking at it", || learn(&browser.chromium))?;
    step("splitting it by the new list", || {
        serve::build(&tools::ensure()?, "dist")
    })?;
    Ok(())
}

/// Looks at the page that was built last, and writes the list.
fn learn(chromium: &Path) -> Result<(), String> {
    let looked_at = project::target().join("first-look");
    let entered = looked_at.with_extension("txt");
    let whole = parts::whole();
    copy(&project::root().join("dist"), &looked_at)?;
    let first = only(&looked_at, "first-", ".wasm")?;
    parts::tool(&[Path::new("mark"), &whole.join("program.wasm"), &first])?;
    let glue = only(&looked_at, "program-", ".js")?;
    let text = fs::read_to_string(whole.join("program.js")).map_err(|error| error.to_string())?;
    fs::write(&glue, text.replace(IMPORTS, REPORTED)).map_err(|error| error.to_string())?;
    run(Command::new("node")
        .current_dir(project::root())
        .arg("tests/first_look.mjs")
        .args([&looked_at, &entered])
        .env("CHROMIUM", chromium))?;
    parts::tool(&[
        Path::new("list"),
        &whole.join("program.wasm"),
        &entered,
        &parts::list(),
    ])
}

/// The files of a page in a folder that had others before.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{} cannot be copied: {error}.", from.display());
    if to.exists() {
        fs::remove_dir_all(to).map_err(failed)?;
    }
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        fs::copy(entry.path(), to.join(entry.file_name())).map_err(failed)?;
    }
    Ok(())
}

/// The one file whose name begins and ends like this.
fn only(folder: &Path, begin: &str, end: &str) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|error| error.to_string())?;
    let wanted = |name: &str| name.starts_with(begin) && name.ends_with(end);
    entries
        .flatten()
        .find(|entry| wanted(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .ok_or_else(|| format!("{} holds no {begin}…{end}.", folder.display()))
}
