//! `cargo xtask test`: every test, in an order that tells about the cheapest mistake first, stopping at the first failure.
//!
//! Ends with what the browser has to download, the time of every step, the summaries of the test runners in their own
//! words, and one line that says how it went. A failure ends with one line that names the step.
//!
//! `--long` runs nothing but the long mode: the small worlds in full, and ten million steps through random worlds, an
//! hour at most. `--long-inputs` runs nothing but the other half of it: 100,000 inputs of each operation, about an hour.

use crate::browser::{self, Browser};
use crate::process::{self, cargo, run_and_keep};
use crate::report::{spoken, step};
use crate::rust::{Lock, WASM};
use crate::{Stop, node, package, project, python, rust, serve, sizes, tools};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A group of steps that can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Lint,
    Native,
    Browser,
    Clients,
    Page,
    /// Only when it is asked for: with `--long`, and then nothing else.
    Long,
    /// As [`Part::Long`], with `--long-inputs`.
    LongInputs,
}

impl Part {
    const ALL: [(Part, &str); 5] = [
        (Part::Lint, "lint"),
        (Part::Native, "native"),
        (Part::Browser, "browser"),
        (Part::Clients, "clients"),
        (Part::Page, "page"),
    ];
}

struct Options {
    parts: Vec<Part>,
    with_browser: bool,
}

/// What the steps need; `prepare` fills in what the chosen parts use.
#[derive(Default)]
struct Tools {
    path: OsString,
    browser: Option<Browser>,
    python: Option<PathBuf>,
}

/// One step of the run.
struct Step {
    name: &'static str,
    part: Part,
    needs_browser: bool,
    /// Answers the lines that the end repeats.
    run: fn(&Tools) -> Result<Vec<String>, String>,
}

const STEPS: [Step; 14] = [
    Step {
        name: "formatting",
        part: Part::Lint,
        needs_browser: false,
        run: formatting,
    },
    Step {
        name: "lints, native",
        part: Part::Lint,
        needs_browser: false,
        run: lints_native,
    },
    Step {
        name: "lints, WebAssembly",
        part: Part::Lint,
        needs_browser: false,
        run: lints_wasm,
    },
    Step {
        name: "native tests",
        part: Part::Native,
        needs_browser: false,
        run: native_tests,
    },
    Step {
        name: "browser tests",
        part: Part::Browser,
        needs_browser: true,
        run: browser_tests,
    },
    Step {
        name: "package build, optimised",
        part: Part::Clients,
        needs_browser: false,
        run: package_build,
    },
    Step {
        name: "clients",
        part: Part::Clients,
        needs_browser: false,
        run: client_tests,
    },
    Step {
        name: "clients in a page",
        part: Part::Clients,
        needs_browser: true,
        run: client_tests_in_a_page,
    },
    Step {
        name: "page build, optimised",
        part: Part::Page,
        needs_browser: false,
        run: page_build,
    },
    Step {
        name: "page tests",
        part: Part::Page,
        needs_browser: true,
        run: page_tests,
    },
    Step {
        name: "download sizes",
        part: Part::Page,
        needs_browser: false,
        run: download_sizes,
    },
    Step {
        name: "small worlds in full",
        part: Part::Long,
        needs_browser: false,
        run: long_small_worlds,
    },
    Step {
        name: "generated inputs",
        part: Part::LongInputs,
        needs_browser: false,
        run: long_generated,
    },
    Step {
        name: "ten million random steps",
        part: Part::Long,
        needs_browser: false,
        run: long_random_worlds,
    },
];

struct Done {
    name: &'static str,
    elapsed: Duration,
    summary: Vec<String>,
}

/// Runs the command.
pub fn run(arguments: &[String]) -> Result<(), Stop> {
    let options = parse(arguments)?;
    Ok(run_steps(&options)?)
}

fn run_steps(options: &Options) -> Result<(), String> {
    let start = Instant::now();
    let chosen = STEPS
        .iter()
        .filter(|step| options.parts.contains(&step.part));
    let (left_out, to_run): (Vec<&Step>, Vec<&Step>) =
        chosen.partition(|step| step.needs_browser && !options.with_browser);

    if to_run.is_empty() {
        return Err(
            "Nothing is left to run: everything that was asked for needs a browser.".to_owned(),
        );
    }
    let failed = |name: &str, sentence: String| format!("FAILED in step \"{name}\": {sentence}");
    let name = "preparing";
    let (tools, elapsed) =
        step(name, || prepare(&to_run)).map_err(|sentence| failed(name, sentence))?;
    let mut done = vec![Done {
        name,
        elapsed,
        summary: Vec::new(),
    }];
    for Step { name, run, .. } in to_run {
        let (summary, elapsed) =
            step(name, || run(&tools)).map_err(|sentence| failed(name, sentence))?;
        done.push(Done {
            name,
            elapsed,
            summary,
        });
    }
    print_summary(&done, &left_out, start.elapsed());
    Ok(())
}

/// Installs whatever the steps need and is missing, before the first of them: a missing browser is told now and not after
/// ten minutes of other tests.
fn prepare(steps: &[&Step]) -> Result<Tools, String> {
    let any = |wanted: fn(&Step) -> bool| steps.iter().any(|step| wanted(step));
    let mut tools = Tools::default();
    if any(|step| matches!(step.part, Part::Clients | Part::Page)) {
        node::ensure()?;
    }
    if any(|step| step.needs_browser) {
        tools.browser = Some(browser::ensure()?);
    }
    if any(|step| step.part == Part::Clients || step.part == Part::Page && step.needs_browser) {
        node::ensure_packages()?;
    }
    if any(|step| step.part == Part::Clients) {
        tools.python = Some(python::ensure()?);
    }
    if any(|step| step.part == Part::Lint) {
        rust::ensure_lint_tools()?;
    }
    if any(|step| !matches!(step.part, Part::Native | Part::Long | Part::LongInputs)) {
        rust::ensure_wasm_target()?;
    }
    if any(|step| matches!(step.part, Part::Browser | Part::Clients | Part::Page)) {
        tools.path = tools::ensure()?;
    }
    rust::fetch(Lock::MustFit)?;
    Ok(tools)
}

fn formatting(_: &Tools) -> Result<Vec<String>, String> {
    checked(&mut cargo(&["fmt", "--all", "--check"]))
}

fn lints_native(_: &Tools) -> Result<Vec<String>, String> {
    checked(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "--deny",
        "warnings",
    ]))
}

/// What is built for the browser is linted for it: the library with the page, and the browser's tests.
fn lints_wasm(_: &Tools) -> Result<Vec<String>, String> {
    let targets = [
        "--target",
        WASM,
        "--lib",
        "--test",
        "browser",
        "--bench",
        "bench",
        "--all-features",
    ];
    checked(
        cargo(&["clippy"])
            .args(targets)
            .args(["--", "--deny", "warnings"]),
    )
}

fn native_tests(_: &Tools) -> Result<Vec<String>, String> {
    run_and_keep(
        &mut cargo(&["test", "--workspace", "--all-features"]),
        is_result_of_tests,
    )
}

fn long_small_worlds(_: &Tools) -> Result<Vec<String>, String> {
    long_mode("small_worlds::long::small_worlds_in_full")
}

/// GENERATED of the environment names a batch, where that is all.
fn long_generated(_: &Tools) -> Result<Vec<String>, String> {
    long_mode("generated::long::a_hundred_thousand_inputs_of_each_operation")
}

/// WORLD, FIRST and STEPS of the environment say what is played, where that is not everything.
fn long_random_worlds(_: &Tools) -> Result<Vec<String>, String> {
    long_mode("random_worlds::long::ten_million_steps")
}

/// One test that a normal run leaves out: optimised, with every invariant still asserted after every fact.
fn long_mode(test: &str) -> Result<Vec<String>, String> {
    let target = ["--profile", "long", "--all-features", "--test", "native"];
    run_and_keep(
        cargo(&["test"])
            .args(target)
            .args([test, "--", "--exact", "--ignored", "--nocapture"]),
        is_result_of_tests,
    )
}

/// Never with `--quiet`: Cargo hands it on to wasm-bindgen's runner, which does not know it.
fn browser_tests(tools: &Tools) -> Result<Vec<String>, String> {
    let mut command = cargo(&["test", "--target", WASM, "--test", "browser"]);
    command
        .env("PATH", &tools.path)
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            project::root().join("tests/webdriver.json"),
        )
        // Seconds for the whole binary. The runner's own 20 are for a quicker machine than a shared one.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    if let Some(browser) = &tools.browser {
        command.env("CHROMEDRIVER", &browser.driver);
    }
    run_and_keep(&mut command, is_result_of_tests)
}

fn page_build(tools: &Tools) -> Result<Vec<String>, String> {
    serve::build(&tools.path, "dist").map(|()| Vec::new())
}

fn page_tests(tools: &Tools) -> Result<Vec<String>, String> {
    node_tests("tests/page", |_| true, tools)
}

fn package_build(tools: &Tools) -> Result<Vec<String>, String> {
    package::build(&tools.path).map(|()| Vec::new())
}

fn client_tests(tools: &Tools) -> Result<Vec<String>, String> {
    node_tests("tests/clients", |name| !is_in_a_page(name), tools)
}

fn client_tests_in_a_page(tools: &Tools) -> Result<Vec<String>, String> {
    node_tests("tests/clients", is_in_a_page, tools)
}

/// Of how many files the failed tests may be for them to be run once more.
const FEW: usize = 3;

/// Runs the tests of a folder whose names are wanted. Those that drive a browser wait for a machine that may be busy with
/// something else: where few files fail they are run once more, and the summary says so. What is broken fails twice.
fn node_tests(
    folder: &str,
    wanted: fn(&str) -> bool,
    tools: &Tools,
) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(project::root().join(folder))
        .map_err(|error| format!("{folder} cannot be read: {error}."))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".test.mjs") && wanted(&name)
        })
        .collect();
    files.sort();
    let failed = project::target().join("failed-tests.txt");
    let first = run_and_keep(&mut node_test(&files, &failed, tools), is_count_of_node);
    let Err(error) = first else { return first };
    let names = std::fs::read_to_string(&failed).unwrap_or_default();
    let again: Vec<PathBuf> = names.lines().map(PathBuf::from).collect();
    if again.is_empty() || again.len() > FEW {
        return Err(error);
    }
    println!("\n    Once more, what failed: {}", file_names(&again));
    let second = run_and_keep(&mut node_test(&again, &failed, tools), is_count_of_node);
    second.map(|mut summary| {
        summary.insert(0, format!("passed when run again: {}", file_names(&again)));
        summary
    })
}

/// Node's runner on these files; those of tests that fail are written into `failed`.
fn node_test(files: &[PathBuf], failed: &Path, tools: &Tools) -> Command {
    let root = project::root();
    let reporter = root.join("tests/failed.mjs");
    let mut command = Command::new("node");
    // One file after the other: each drives a browser or a server of its own.
    command
        .args(["--test", "--test-concurrency=1"])
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        .arg(format!("--test-reporter={}", reporter.display()))
        .arg(format!("--test-reporter-destination={}", failed.display()))
        .args(files)
        .env("CODEPIPELINE_SIMULATOR_PACKAGE", package::folder())
        .current_dir(root);
    if let Some(browser) = &tools.browser {
        command.env("CHROMIUM", &browser.chromium);
    }
    if let Some(python) = &tools.python {
        command.env("PYTHON", python);
    }
    command
}

fn file_names(files: &[PathBuf]) -> String {
    let names = files.iter().filter_map(|file| file.file_name());
    let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
    names.join(", ")
}

fn download_sizes(_: &Tools) -> Result<Vec<String>, String> {
    sizes::print().map(|()| Vec::new())
}

/// Runs a command whose output needs no repeating.
fn checked(command: &mut Command) -> Result<Vec<String>, String> {
    process::run(command).map(|()| Vec::new())
}

fn is_in_a_page(name: &str) -> bool {
    name.ends_with("_in_a_page.test.mjs")
}

/// `test result: ok. 12 passed; …`, but not those of the binaries that have no tests.
fn is_result_of_tests(line: &str) -> bool {
    line.starts_with("test result:") && !line.contains(" 0 passed; 0 failed;")
}

/// `ℹ pass 3` and its neighbours.
fn is_count_of_node(line: &str) -> bool {
    ["ℹ tests ", "ℹ pass ", "ℹ fail ", "ℹ skipped "]
        .iter()
        .any(|start| line.starts_with(start))
}

fn print_summary(done: &[Done], left_out: &[&Step], elapsed: Duration) {
    println!("\nTimes");
    for Done { name, elapsed, .. } in done {
        println!("  {name:<24}{:>12}", spoken(*elapsed));
    }
    for Done { name, summary, .. } in done.iter().filter(|done| !done.summary.is_empty()) {
        println!("\nSummary of the {name}");
        for line in summary {
            println!("  {line}");
        }
    }
    println!();
    if !left_out.is_empty() {
        let names: Vec<&str> = left_out.iter().map(|step| step.name).collect();
        println!(
            "Left out, because they need a browser: {}.",
            names.join(", ")
        );
    }
    println!("PASSED: {} steps in {}.", done.len(), spoken(elapsed));
}

fn parse(arguments: &[String]) -> Result<Options, Stop> {
    let mut options = Options {
        parts: Vec::new(),
        with_browser: true,
    };
    let mut arguments = arguments.iter().map(String::as_str);
    while let Some(argument) = arguments.next() {
        match argument {
            "--without" => match arguments.next() {
                Some("browser") => options.with_browser = false,
                _ => {
                    return Err(Stop::Usage(
                        "`--without` can only leave out `browser`.".to_owned(),
                    ));
                }
            },
            "--only" => {
                let name = arguments.next();
                let part = Part::ALL.iter().find(|(_, own)| Some(*own) == name);
                let (part, _) = part.ok_or_else(|| {
                    Stop::Usage("`--only` wants lint, native, browser, clients or page.".to_owned())
                })?;
                options.parts.push(*part);
            }
            "--long" => options.parts.push(Part::Long),
            "--long-inputs" => options.parts.push(Part::LongInputs),
            other => return Err(Stop::Usage(format!("`test` has no option `{other}`."))),
        }
    }
    let long = |part: &Part| matches!(part, Part::Long | Part::LongInputs);
    if options.parts.len() > 1 && options.parts.iter().any(long) {
        return Err(Stop::Usage(
            "A long mode runs alone: nothing else may take its time.".to_owned(),
        ));
    }
    if options.parts.is_empty() {
        options.parts.extend(Part::ALL.map(|(part, _)| part));
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn without_options_every_part_runs() {
        let options = parse(&[]).ok().unwrap();
        assert!(options.with_browser);
        let left_out = STEPS
            .iter()
            .filter(|step| !options.parts.contains(&step.part));
        let left_out: Vec<Part> = left_out.map(|step| step.part).collect();
        assert_eq!(left_out, [Part::Long, Part::LongInputs, Part::Long]);
    }

    #[test]
    fn parts_can_be_chosen_and_others_are_refused() {
        let options = parse(&words("--only native --only lint --without browser"))
            .ok()
            .unwrap();
        assert_eq!(options.parts, [Part::Native, Part::Lint]);
        assert!(!options.with_browser);
        let long = parse(&words("--long")).ok().unwrap();
        assert_eq!(long.parts, [Part::Long]);
        let inputs = parse(&words("--long-inputs")).ok().unwrap();
        assert_eq!(inputs.parts, [Part::LongInputs]);
        for wrong in [
            "--only",
            "--only all",
            "--without",
            "--without native",
            "--long --only native",
            "--long --long-inputs",
            "native",
        ] {
            assert!(
                matches!(parse(&words(wrong)), Err(Stop::Usage(_))),
                "{wrong}"
            );
        }
    }

    #[test]
    fn the_runners_own_summaries_are_kept() {
        assert!(is_result_of_tests(
            "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out"
        ));
        assert!(is_result_of_tests(
            "test result: FAILED. 0 passed; 1 failed; 0 ignored"
        ));
        assert!(!is_result_of_tests(
            "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured"
        ));
        assert!(
            is_count_of_node("ℹ tests 3")
                && !is_count_of_node("ℹ suites 0")
                && !is_count_of_node("tests 3")
        );
    }
}
