//! The program in two parts: what a first look runs, and the rest (`split/`, `www/rest.js`).
//!
//! The list of what a first look runs is `split/first_look.txt`; `cargo xtask first-look` writes it. A program that changed
//! since then is split all the same: what is missing in the list is fetched when it is needed, and the page tests tell.

use super::{digest, failed, read, write};
use crate::process::{cargo, run};
use crate::project;
use crate::rust::WASM;
use std::fs;
use std::path::{Path, PathBuf};

/// What wasm-bindgen calls the program.
const PROGRAM: &str = "codepipeline-simulator-";
const START: &str = "_bg.wasm";
/// How wasm-bindgen starts it: the one line that is changed, and what it becomes.
const INSTANTIATE: &str =
    "const { instance, module } = await __wbg_load(await module_or_path, imports);";
const INSTANTIATE_FIRST: &str = "const { instance, module } = await joined(await \
    __wbg_load(await module_or_path, withRest(imports)));";
/// The name that `www/rest.js` has for the rest, until it is known.
const REST: &str = "./rest.wasm";

/// Where the last release build left what it was split from.
pub fn whole() -> PathBuf {
    project::target().join("whole")
}

/// The list of what a first look runs.
pub fn list() -> PathBuf {
    project::root().join("split/first_look.txt")
}

/// What the linker made of the page, before wasm-bindgen.
pub fn linked() -> PathBuf {
    project::target()
        .join(WASM)
        .join("page/codepipeline_simulator.wasm")
}

/// The tool that splits, with these arguments.
pub fn tool(arguments: &[&Path]) -> Result<(), String> {
    run(cargo(&["run", "--quiet", "--package", "split", "--"]).args(arguments))
}

/// Splits the program of a built page and answers the page that begins with its first part.
pub fn split(folder: &Path, page: &str, begin: &str) -> Result<(String, String), String> {
    let program = named(folder, |name| {
        name.starts_with(PROGRAM) && name.ends_with(START)
    })?;
    let glue = program.replace(START, ".js");
    let whole = whole();
    fs::create_dir_all(&whole).map_err(|error| failed(&whole, &error))?;
    let [whole_program, whole_glue] = ["program.wasm", "program.js"].map(|name| whole.join(name));
    take(&folder.join(&program), &whole_program)?;
    take(&folder.join(&glue), &whole_glue)?;

    let [first, rest] = ["first.wasm", "rest.wasm"].map(|name| folder.join(name));
    tool(&[
        Path::new("parts"),
        &whole_program,
        &linked(),
        &list(),
        &first,
        &rest,
    ])?;
    let first = numbered(&first)?;
    let rest = numbered(&rest)?;

    let bringing = read(&project::root().join("www/rest.js"))?;
    let bringing = replaced(&bringing, REST, &format!("./{rest}"))?;
    let bringing = written(folder, "rest", "js", &bringing)?;
    let text = replaced(&read(&whole_glue)?, INSTANTIATE, INSTANTIATE_FIRST)?;
    let text = format!("import {{ joined, withRest }} from \"./{bringing}\";\n{text}");
    let new_glue = written(folder, "program", "js", &text)?;

    // Found only in the program's text else, a fetch later.
    let preload = format!("<link rel=\"modulepreload\" href=\"./{bringing}\">\n</head>");
    let page = replaced(page, "</head>", &preload)?;
    let renamed = |text: &str| text.replace(&program, &first).replace(&glue, &new_glue);
    Ok((
        without_digests(&renamed(&page), &[&first, &new_glue]),
        renamed(begin),
    ))
}

/// The one file of a folder whose name is wanted.
fn named(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<String, String> {
    let found = super::files(folder)?;
    found
        .into_iter()
        .find(|name| wanted(name))
        .ok_or_else(|| format!("{} holds no program.", folder.display()))
}

/// Moves a file out of the page. It may go to another disk, where renaming would fail.
fn take(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to)
        .and_then(|_| fs::remove_file(from))
        .map_err(|error| failed(from, &error))
}

/// Gives a file a name that changes with what is in it.
fn numbered(file: &Path) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|error| failed(file, &error))?;
    let [stem, extension] = [file.file_stem(), file.extension()]
        .map(|part| part.unwrap_or_default().to_string_lossy().into_owned());
    let name = format!("{stem}-{:016x}.{extension}", digest([bytes.as_slice()]));
    fs::rename(file, file.with_file_name(&name)).map_err(|error| failed(file, &error))?;
    Ok(name)
}

/// Writes a text under a name that changes with it.
pub fn written(folder: &Path, stem: &str, extension: &str, text: &str) -> Result<String, String> {
    let name = format!("{stem}-{:016x}.{extension}", digest([text.as_bytes()]));
    write(&folder.join(&name), text)?;
    Ok(name)
}

/// Replaces what stands there exactly once.
fn replaced(text: &str, from: &str, to: &str) -> Result<String, String> {
    if text.matches(from).count() == 1 {
        Ok(text.replacen(from, to, 1))
    } else {
        Err(format!(
            "`{from}` does not stand exactly once in what Trunk and wasm-bindgen wrote: other versions?"
        ))
    }
}

/// The page without the digests of what Trunk had there before: files of the same origin, named by what is in them.
fn without_digests(page: &str, files: &[&str]) -> String {
    const DIGEST: &str = " integrity=\"";
    let mut page = page.to_owned();
    for file in files {
        let Some(at) = page.find(&format!("./{file}\"")) else {
            continue;
        };
        let end = page[at..].find('>').map_or(page.len(), |end| at + end);
        if let Some(begin) = page[at..end].find(DIGEST).map(|begin| at + begin) {
            let length = page[begin + DIGEST.len()..].find('"').unwrap_or(0);
            page.replace_range(begin..=begin + DIGEST.len() + length, "");
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_digests_of_what_was_replaced_go() {
        let page = "<link href=\"./a-1.js\" integrity=\"sha384-x\"><link href=\"./b-2.css\" integrity=\"sha384-y\">";
        assert_eq!(
            without_digests(page, &["a-1.js"]),
            "<link href=\"./a-1.js\"><link href=\"./b-2.css\" integrity=\"sha384-y\">"
        );
        assert_eq!(without_digests(page, &["c.js"]), page);
    }

    #[test]
    fn a_line_that_is_not_there_once_is_refused() {
        assert_eq!(replaced("a b", "b", "c").as_deref(), Ok("a c"));
        assert!(replaced("a", "b", "c").is_err());
        assert!(replaced("b b", "b", "c").is_err());
    }
}
