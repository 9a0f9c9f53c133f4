//! SCENARIOS. The files in `tests/scenarios` read like a specification and are played against the engine; `LANGUAGE.md`
//! beside them says how they are written. `tests/rules.txt` lists the rules; every one of them has to be named by a
//! checked line, here or in the tables of the declaration rules.
//!
//! What may not live here: what the engine should do. That stands in the scenario files.
//!
//! `BLESS=1 cargo test --test native scenarios` rewrites the golden stories; read the difference before you keep it.

mod change;
mod command;
mod conditions;
mod coverage;
mod expectation;
mod jobs;
mod notation;
mod player;
mod reader;
mod rules;
mod script;
mod sent;
mod story;

use std::{fs, path::PathBuf};

use script::Script;

/// A folder or file below `tests`.
fn tests(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

/// Every scenario file, by name.
fn scripts() -> Vec<Script> {
    let mut paths: Vec<PathBuf> = fs::read_dir(tests("scenarios"))
        .expect("the folder of scenarios")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(path).expect("a readable file");
            Script::read(&format!("tests/scenarios/{name}"), &text)
                .unwrap_or_else(|problem| panic!("{problem}"))
        })
        .collect()
}

#[test]
fn every_scenario_holds() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = vec![];
    for script in scripts() {
        let played = script.play();
        if bless && !played.stories.is_empty() {
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(&script.file);
            fs::write(path, script.with_stories(&played.stories)).expect("it can be written");
        }
        wrong.extend(played.wrong);
        if !bless {
            wrong.extend(played.other_stories);
        }
    }
    assert!(
        wrong.is_empty(),
        "{} lines do not hold:\n\n{}\n",
        wrong.len(),
        wrong.join("\n\n")
    );
}

/// What is wrong with a scenario file of this text, stories included.
fn wrong_in(text: &str) -> Vec<String> {
    match Script::read("demo.txt", text) {
        Err(problem) => vec![problem],
        Ok(script) => {
            let played = script.play();
            [played.wrong, played.other_stories].concat()
        }
    }
}

const SHOP: &str =
    "scenario: demo\npipeline shop: Source(Checkout) | Build(Compile)\ncreate shop\n";

#[test]
fn a_line_that_does_not_hold_is_named_with_its_file_and_what_is_the_case() {
    for (line, expected) in [
        (
            "expect LC-1: E1 is Failed",
            "demo.txt:4: expect LC-1: E1 is Failed\n    it is \"InProgress\"",
        ),
        (
            "expect LC-1: E9 is Failed",
            "demo.txt:4: expect LC-1: E9 is Failed\n    no execution is called E9",
        ),
        (
            "expect MO-9: inbound of Build is E1",
            "demo.txt:4: expect MO-9: inbound of Build is E1\n    it is empty",
        ),
        (
            "expect GS-2: stage Build is Failed",
            "demo.txt:4: expect GS-2: stage Build is Failed\n    it is absent",
        ),
        (
            "expect TG-6: starts E2",
            "demo.txt:4: expect TG-6: starts E2\n    it starts E1; the reasons are: ",
        ),
        (
            "commit",
            "demo.txt:4: commit\n    commit BRANCH, tag NAME, pull request A into B opened, upload",
        ),
        (
            "expect LC-1: E1.status smells nice",
            "demo.txt:4: expect LC-1: E1.status smells nice\n    this is no statement",
        ),
        (
            "expect: E1 is Failed",
            "demo.txt:4: expect: E1 is Failed\n    a checked line names at least one rule before its colon",
        ),
        (
            "refused LC-1: start shop -> ValidationException",
            "demo.txt:4: refused LC-1: start shop -> ValidationException\n    it was not refused",
        ),
        (
            "refused LC-1: start other -> ValidationException",
            "demo.txt:4: refused LC-1: start other -> ValidationException\n    the refusal is PipelineNotFoundException: \
             The account with id '123456789012' does not include a pipeline with the name 'other'",
        ),
        (
            "start other",
            "demo.txt:4: start other\n    refused with PipelineNotFoundException: \
             The account with id '123456789012' does not include a pipeline with the name 'other'",
        ),
        ("dance", "demo.txt:4: dance\n    this is no command"),
        (
            "call GetPipeline {name: [shop}",
            "demo.txt:4: call GetPipeline {name: [shop}\n    at \"}\": , or ] is missing",
        ),
    ] {
        let found = wrong_in(&format!("{SHOP}{line}\n"));
        assert_eq!(found, [expected]);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_its_line() {
    assert_eq!(
        wrong_in("# a comment\nstart shop\n"),
        ["demo.txt:2: a line before the first scenario"]
    );
    assert_eq!(
        wrong_in("  indented\n"),
        ["demo.txt:1: nothing stands above this line that it could continue"]
    );
}

#[test]
fn a_story_is_compared_and_rewritten() {
    let text = format!("{SHOP}story LC-1:\n    0    nonsense\nadvance 2m\nstory LC-2 of E1:\n");
    let script = Script::read("demo.txt", &text).expect("it reads");
    let played = script.play();
    assert_eq!(played.wrong, Vec::<String>::new());
    assert_eq!(played.other_stories.len(), 2);
    assert!(
        played.other_stories[0].starts_with("demo.txt:4: story LC-1:\n    is told differently"),
        "{}",
        played.other_stories[0]
    );
    let rewritten = script.with_stories(&played.stories);
    let expected =
        "story LC-1:\n    0      pipeline created: shop\n    0      E1 execution started";
    assert!(rewritten.contains(expected), "{rewritten}");
    assert!(rewritten.contains("    2m     E1 execution ended: Succeeded (LC-2)\n"));
    assert_eq!(wrong_in(&rewritten), Vec::<String>::new(), "{rewritten}");
}
