//! The arrows between the modules (ARCHITECTURE.md): one crate cannot enforce them, so this reads the source.

use std::{collections::BTreeSet, fs, path::Path};

/// Who may know whom. Everything else is forbidden.
const ALLOWED: &[(&str, &str)] = &[
    ("page", "api"),
    ("page", "engine"),
    ("page", "model"),
    ("api", "engine"),
    ("api", "storage"),
    ("api", "model"),
    ("storage", "engine"),
    ("engine", "model"),
    // How types are written stands below everything.
    ("page", "json"),
    ("api", "json"),
    ("storage", "json"),
    ("engine", "json"),
    ("model", "json"),
];

const MODULES: [&str; 6] = ["json", "model", "engine", "storage", "api", "page"];

/// Crates that touch the browser, and where they may be named.
const BROWSER: [&str; 9] = [
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
    "js_sys",
    "serde_wasm_bindgen",
    "gloo",
    "idb",
    "leptos",
    "console_error_panic_hook",
];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the source") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.to_string_lossy().replace('\\', "/");
            found.push((name, fs::read_to_string(&path).expect("a source file")));
        }
    }
}

/// The code of a file without its comments: words there bind nobody.
fn code(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The first segments after `crate::`, with groups taken apart.
fn named_modules(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            let mut fresh = true;
            for letter in group.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => fresh = true,
                    _ if depth == 0 && fresh && (letter.is_alphanumeric() || letter == '_') => {
                        word.push(letter)
                    }
                    _ if depth == 0 && !word.is_empty() => {
                        named.insert(std::mem::take(&mut word));
                        fresh = false;
                    }
                    _ => {}
                }
            }
            if !word.is_empty() {
                named.insert(word);
            }
        } else {
            named.insert(
                rest.chars()
                    .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                    .collect(),
            );
        }
    }
    named
}

fn all() -> Vec<(String, String)> {
    let mut found = vec![];
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    assert!(found.len() > 50, "the source was found");
    found
}

fn module_of(path: &str) -> Option<&'static str> {
    MODULES
        .into_iter()
        .find(|module| path.contains(&format!("/src/{module}/")))
}

#[test]
fn every_arrow_is_one_that_the_design_has() {
    for (path, text) in all() {
        let Some(module) = module_of(&path) else {
            continue;
        };
        for named in named_modules(&code(&text)) {
            if MODULES.contains(&named.as_str()) && named != module {
                let allowed = ALLOWED
                    .iter()
                    .any(|(from, to)| *from == module && *to == named);
                assert!(allowed, "{path}: {module} may not know {named}");
            }
        }
    }
}

#[test]
fn the_browser_is_known_to_api_storage_and_page_only() {
    for (path, text) in all() {
        let code = code(&text);
        let module = module_of(&path);
        if matches!(module, Some("model" | "engine")) {
            for browser in BROWSER {
                assert!(
                    !code.contains(&format!("{browser}::")),
                    "{path} names {browser}"
                );
            }
        }
    }
}

#[test]
fn rules_and_records_of_the_engine_do_not_know_the_operations() {
    for (path, text) in all() {
        for folder in [
            "/src/engine/rules/",
            "/src/engine/world/",
            "/src/engine/providers/",
        ] {
            if path.contains(folder) {
                assert!(
                    !code(&text).contains("operations::"),
                    "{path}: rules know no callers"
                );
            }
        }
    }
}

#[test]
fn groups_are_taken_apart() {
    let named = named_modules(
        "use crate::{engine::{a, model}, api::b,\n storage};\nlet x = crate::page::y;",
    );
    assert_eq!(
        named,
        ["api", "engine", "page", "storage"]
            .map(str::to_owned)
            .into()
    );
}
