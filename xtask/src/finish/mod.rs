//! `cargo xtask finish`: the last step of a release build, which Trunk runs by itself (`[[hooks]]` in Trunk.toml).
//!
//! Trunk writes its start script into the page, which a strict content policy forbids: the script moves into a file.
//! The program is split in two, so that a first look downloads what it needs (`parts`), and the styles become one file.
//! Then the policy goes into the page, and the build's number and its list of files into the service worker, whose
//! bytes have to differ from build to build, else no browser notices a new one.
//!
//! Nothing here may run twice over the same folder; a page that is finished already is refused.

pub mod parts;
mod styles;

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Stop, project};

/// What the page may do: run what it came with and talk to nobody. Styles are files; `wasm-unsafe-eval` allows
/// WebAssembly and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'";

const PAGE: &str = "index.html";
const WORKER: &str = "service-worker.js";
const INLINE: &str = "<script type=\"module\">";
const END: &str = "</script>";
const FIRST: &str = "<meta charset=\"utf-8\">";

/// Runs the command: on the folder that is named, or on the one that Trunk is building.
pub fn run(arguments: &[String]) -> Result<(), Stop> {
    match arguments {
        [folder] => Ok(finish(Path::new(folder))?),
        [] if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") => {
            let staging = std::env::var_os("TRUNK_STAGING_DIR")
                .ok_or_else(|| "Trunk did not say where it builds.".to_owned())?;
            Ok(finish(&project::root().join(staging))?)
        }
        // A page under development reloads by itself, with a script that no policy lets in.
        [] if std::env::var_os("TRUNK_PROFILE").is_some() => Ok(()),
        _ => Err(Stop::Usage(
            "`finish` wants the folder of a release build.".to_owned(),
        )),
    }
}

fn finish(folder: &Path) -> Result<(), String> {
    let page = read(&folder.join(PAGE))?;
    let (page, script) = without_inline_script(&page).ok_or_else(|| {
        format!("{PAGE} has no start script of Trunk's, or it is finished already.")
    })?;
    let (page, script) = parts::split(folder, &page, &script)?;
    let page = styles::join(folder, &page)?;
    let name = parts::written(folder, "begin", "js", &script)?;
    let page = page.replacen(
        INLINE,
        &format!("<script type=\"module\" src=\"./{name}\">"),
        1,
    );
    let files = files(folder)?;
    let build = build(folder, &page, &files)?;
    let head = format!(
        "{FIRST}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"build\" content=\"{build}\">"
    );
    write(&folder.join(PAGE), &page.replacen(FIRST, &head, 1))?;
    let worker = read(&folder.join(WORKER))?;
    let listed: Vec<String> = std::iter::once("./".to_owned())
        .chain(
            files
                .into_iter()
                .filter(|file| file != PAGE && file != WORKER),
        )
        .map(|file| format!("\"{file}\""))
        .collect();
    let numbered = worker
        .replacen(
            "const BUILD = \"\";",
            &format!("const BUILD = \"{build}\";"),
            1,
        )
        .replacen(
            "const FILES = [];",
            &format!("const FILES = [{}];", listed.join(", ")),
            1,
        );
    if numbered == worker {
        return Err(format!("{WORKER} has no place for the build's number."));
    }
    write(&folder.join(WORKER), &numbered)
}

/// The page with the inline script's text taken out of its element, and that text.
fn without_inline_script(page: &str) -> Option<(String, String)> {
    let begin = page.find(INLINE)? + INLINE.len();
    let length = page.get(begin..)?.find(END)?;
    let (before, rest) = page.split_at(begin);
    let (script, after) = rest.split_at(length);
    (!script.trim().is_empty())
        .then(|| (format!("{before}{after}"), script.trim().to_owned() + "\n"))
}

/// The files of a folder by their path in it, sorted.
fn files(folder: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let entries = fs::read_dir(&next).map_err(|error| failed(&next, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| failed(&next, &error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(inside) = path.strip_prefix(folder) {
                found.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A number that every change of any file changes.
fn build(folder: &Path, page: &str, files: &[String]) -> Result<String, String> {
    let mut contents = vec![page.as_bytes().to_vec()];
    for file in files.iter().filter(|file| *file != PAGE) {
        let path = folder.join(file);
        contents.push(file.clone().into_bytes());
        contents.push(fs::read(&path).map_err(|error| failed(&path, &error))?);
    }
    Ok(format!(
        "{:016x}",
        digest(contents.iter().map(Vec::as_slice))
    ))
}

/// FNV-1a: tells builds apart. Nobody has a reason to make two builds collide, so it need not be a strong one.
fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.iter().chain(&[0]) {
            digest = (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    digest
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| failed(path, &error))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}.", path.display())
}
