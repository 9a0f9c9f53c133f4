//! `cargo xtask bench`: what the simulator costs, natively and as wasm in Node, in one table with the aims,
//! and what the built page costs in a browser (`bench_page`).
//!
//! The workloads are in `tests/bench`; both programs write a name and the values of all rounds on each line. Rates and
//! times are the best round, because nothing makes a program faster than it is; ratios are the median of the ratios of
//! the rounds, because rivals share a round and whatever else the machine did in it.

use crate::process::{cargo, output};
use crate::report::step;
use crate::rust::{Lock, WASM};
use crate::{Stop, bench_page, node, rust, simpy, tools};
use std::collections::BTreeMap;
use std::ffi::OsString;

/// Where the workloads run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Native,
    Wasm,
    Page,
}

/// What one program has measured: the values of the rounds, by name.
#[derive(Default)]
struct Measured(BTreeMap<String, Vec<f64>>);

/// Runs the command.
pub fn run(arguments: &[String]) -> Result<(), Stop> {
    let places = parse(arguments)?;
    let (mut native, mut wasm) = (Measured::default(), Measured::default());
    let mut without_simpy = None;
    rust::fetch(Lock::MayChange)?;
    if places.contains(&Place::Wasm) {
        node::ensure()?;
        rust::ensure_wasm_target()?;
        let path = tools::ensure()?;
        let python = simpy::ensure();
        without_simpy = python.as_ref().err().cloned();
        let python = python.ok().map(OsString::from);
        let name = "building and measuring, wasm in Node";
        let (lines, _) = step(name, || in_node(&path, python))?;
        wasm = Measured::read(&lines);
    }
    if places.contains(&Place::Native) {
        let name = "building and measuring, native";
        let (lines, _) = step(name, || output(&mut program()))?;
        native = Measured::read(&lines);
    }
    if places != [Place::Page] {
        for line in table(&native, &wasm) {
            println!("{line}");
        }
    }
    if places.contains(&Place::Page) {
        bench_page::run_page()?;
    }
    if let Some(reason) = without_simpy {
        println!("\nWithout SimPy: {reason}.");
    }
    Ok(())
}

fn parse(arguments: &[String]) -> Result<Vec<Place>, Stop> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Ok(vec![Place::Wasm, Place::Native, Place::Page]),
        ["--only", "page"] => Ok(vec![Place::Page]),
        ["--only", "native"] => Ok(vec![Place::Native]),
        ["--only", "wasm"] => Ok(vec![Place::Wasm]),
        _ => Err(Stop::Usage(
            "`bench` can only be given `--only native`, `--only wasm` or `--only page`.".to_owned(),
        )),
    }
}

/// The benchmark, with the page's views in it.
fn program() -> std::process::Command {
    cargo(&["bench", "--bench", "bench", "--features", "page"])
}

fn in_node(path: &OsString, python: Option<OsString>) -> Result<String, String> {
    let mut command = program();
    command
        .args(["--target", WASM])
        .env("PATH", path)
        // Cargo runs it in the folder of the package.
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "node tests/bench/run.mjs",
        );
    if let Some(python) = python {
        command.env("SIMPY_PYTHON", python);
    }
    output(&mut command)
}

impl Measured {
    fn read(lines: &str) -> Self {
        let read = |line: &str| {
            let mut parts = line.split('\t');
            let name = parts.next()?.to_owned();
            let values: Option<Vec<f64>> = parts.map(|part| part.parse().ok()).collect();
            Some((name, values.filter(|values| !values.is_empty())?))
        };
        Self(lines.lines().filter_map(read).collect())
    }

    fn values(&self, name: &str) -> Option<&[f64]> {
        self.0.get(name).map(Vec::as_slice)
    }

    fn least(&self, name: &str) -> Option<f64> {
        self.values(name)?.iter().copied().reduce(f64::min)
    }

    fn greatest(&self, name: &str) -> Option<f64> {
        self.values(name)?.iter().copied().reduce(f64::max)
    }

    /// The median of the rounds' ratios.
    fn ratio(&self, above: &str, below: &str) -> Option<f64> {
        let pairs = self.values(above)?.iter().zip(self.values(below)?);
        let mut ratios: Vec<f64> = pairs.map(|(above, below)| above / below).collect();
        ratios.sort_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied()
    }
}

/// What a value should be.
#[derive(Clone, Copy)]
enum Aim {
    AtMost(f64),
    AtLeast(f64),
}

impl Aim {
    fn words(self, value: Option<f64>) -> String {
        let (aim, met) = match self {
            Aim::AtMost(most) => (
                format!("at most {}", spoken(most)),
                value.map(|value| value <= most),
            ),
            Aim::AtLeast(least) => (
                format!("at least {}", spoken(least)),
                value.map(|value| value >= least),
            ),
        };
        let verdict = match met {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "not measured",
        };
        format!("{aim}: {verdict}")
    }
}

fn row(name: &str, native: Option<f64>, wasm: Option<f64>, remark: &str) -> String {
    let line = format!(
        "  {name:<52}{:>14}{:>14}  {remark}",
        cell(native),
        cell(wasm)
    );
    line.trim_end().to_owned()
}

fn cell(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), spoken)
}

/// A number with as many digits as mean anything, thousands apart.
fn spoken(value: f64) -> String {
    if value < 100.0 {
        let digits = if value.fract() == 0.0 {
            0
        } else {
            1 + usize::from(value < 10.0)
        };
        return format!("{value:.digits$}");
    }
    let whole = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn table(native: &Measured, wasm: &Measured) -> Vec<String> {
    let mut lines = flow(native, wasm);
    for (place, measured) in [("native", native), ("wasm", wasm)] {
        lines.extend(calls(place, measured));
    }
    lines.extend(the_rest(native, wasm));
    lines
}

fn flow(native: &Measured, wasm: &Measured) -> Vec<String> {
    let title = "Action executions per second, 5 stages x 2 actions";
    let mut lines = vec![
        String::new(),
        format!("{title:<54}{:>14}{:>14}", "native", "wasm"),
    ];
    let pending = native.least("flow.pending").or(wasm.least("flow.pending"));
    let heap = format!("bare binary heap, {} pending", cell(pending));
    for (name, key) in [
        ("history full", "flow.full"),
        ("history none", "flow.none"),
        (
            "history full, JavaScript API, memory storage",
            "flow.javascript",
        ),
        (heap.as_str(), "flow.heap"),
        ("SimPy, the same model", "flow.simpy"),
    ] {
        lines.push(row(name, native.greatest(key), wasm.greatest(key), ""));
    }
    lines.push("Ratios within a round".to_owned());
    let mut ratio = |name: &str, above: &str, below: &str, aims: [Option<Aim>; 2]| {
        let values = [native, wasm].map(|measured| measured.ratio(above, below));
        let remarks: Vec<String> = ["native", "wasm"]
            .into_iter()
            .zip(aims.into_iter().zip(values))
            .filter_map(|(place, (aim, value))| Some(format!("{place} {}", aim?.words(value))))
            .collect();
        lines.push(row(name, values[0], values[1], &remarks.join("; ")));
    };
    let heap_aims = [Some(Aim::AtMost(25.0)), Some(Aim::AtMost(40.0))];
    ratio("heap : history none", "flow.heap", "flow.none", heap_aims);
    let history_aims = [Some(Aim::AtMost(5.0)); 2];
    ratio(
        "history none : full",
        "flow.none",
        "flow.full",
        history_aims,
    );
    let simpy_aims = [None, Some(Aim::AtLeast(3.0))];
    ratio(
        "history full : SimPy",
        "flow.full",
        "flow.simpy",
        simpy_aims,
    );
    ratio(
        "history full : JavaScript API",
        "flow.full",
        "flow.javascript",
        [None, None],
    );
    lines
}

/// Past executions that the calls are measured beside.
const PASTS: [&str; 3] = ["10", "1000", "100000"];

/// The calls in the order of the table, and what each may take in wasm, in microseconds.
const CALLS: [(&str, Option<f64>); 15] = [
    ("CreatePipeline", Some(100.0)),
    ("GetPipeline", None),
    ("StartPipelineExecution", None),
    ("GetPipelineState", Some(30.0)),
    ("ListPipelines", None),
    ("ListPipelineExecutions", None),
    ("ListPipelineExecutions succeededInStage", None),
    ("ListActionExecutions", None),
    ("ListActionExecutions of the newest", None),
    ("ListRuleExecutions", None),
    ("GetPipelineExecution newest", None),
    ("ListPipelineExecutions 100 rows", None),
    ("GetPipelineExecution old", None),
    ("ListPipelineExecutions far page", None),
    ("ListActionExecutions far page", None),
];

/// What the smallest past does not have: a hundred rows, a segment. These compare with the one in the middle.
fn needs_a_past(call: &str) -> bool {
    ["100 rows", " old", "far page"]
        .iter()
        .any(|end| call.ends_with(end))
}

fn calls(place: &str, measured: &Measured) -> Vec<String> {
    let title = format!("Microseconds of a call beside so many past executions, {place}");
    let mut lines = vec![
        String::new(),
        format!(
            "{title:<66}{:>10}{:>10}{:>10}{:>8}",
            "10", "1,000", "100,000", "ratio"
        ),
    ];
    for (call, most) in CALLS {
        let key = |past: &str| format!("call.{call}.{past}");
        let times = PASTS.map(|past| measured.least(&key(past)).map(|time| time / 1_000.0));
        let [_, _, Some(last)] = times else {
            continue;
        };
        let base = if needs_a_past(call) {
            PASTS[1]
        } else {
            PASTS[0]
        };
        let ratio = measured.ratio(&key(PASTS[2]), &key(base));
        let mut remarks = vec![Aim::AtMost(1.5).words(ratio)];
        if let Some(most) = most.filter(|_| place == "wasm") {
            remarks.push(format!("µs {}", Aim::AtMost(most).words(Some(last))));
        }
        let columns = times.map(|time| format!("{:>10}", cell(time))).concat();
        let remarks = remarks.join("; ");
        lines.push(format!(
            "  {call:<64}{columns}{:>8}  {remarks}",
            cell(ratio)
        ));
    }
    if lines.len() == 2 {
        return Vec::new();
    }
    lines
}

fn the_rest(native: &Measured, wasm: &Measured) -> Vec<String> {
    let title = "Further";
    let mut lines = vec![
        String::new(),
        format!("{title:<54}{:>14}{:>14}", "native", "wasm"),
    ];
    let both = |key: &str, unit: f64| {
        [native, wasm].map(|measured| measured.least(key).map(|value| value / unit))
    };
    let mut add = |name: &str, [native, wasm]: [Option<f64>; 2], remark: &str| {
        lines.push(row(name, native, wasm, remark));
    };
    let segments = both("bytes.segments", 1.0);
    let aim = Aim::AtMost(200.0).words(segments[1].or(segments[0]));
    add("bytes of an action execution in segments", segments, &aim);
    add(
        "bytes that memory grows by for one, segments and all",
        both("bytes.memory", 1.0),
        "over 100,000 executions",
    );
    for past in PASTS {
        let name = format!("kilobytes of a checkpoint beside {past}");
        add(&name, both(&format!("checkpoint.{past}"), 1_000.0), "");
    }
    let places = both("page.large.layout", 1_000.0);
    let aim = Aim::AtMost(2_000.0).words(places[0]);
    add(
        "µs of where everything of 50 stages x 20 actions stands",
        places,
        &aim,
    );
    for (name, key) in [
        (
            "µs of a view of the page, 10 stages x 10 actions",
            "page.view",
        ),
        (
            "µs of a view of what is seen of 50 stages x 20 actions",
            "page.large.view",
        ),
        (
            "µs of the timeline after a fact, 100,000 past executions",
            "timeline.past.fact",
        ),
        (
            "µs of the timeline after a fact, 50 stages x 20 actions",
            "timeline.large.fact",
        ),
        (
            "µs of the timeline between two facts, 50 x 20",
            "timeline.large.frame",
        ),
        (
            "µs from JavaScript, input of CreatePipeline",
            "convert.CreatePipeline input",
        ),
        (
            "µs to JavaScript, answer of GetPipelineState",
            "convert.GetPipelineState answer",
        ),
    ] {
        add(name, both(key, 1_000.0), "");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_other_programs_are_not_measurements() {
        let read =
            Measured::read("   Compiling x v1\nflow.full\t2\t4\nflow.heap\t8\t8\nempty\nodd\tx\n");
        assert_eq!(read.0.len(), 2);
        assert_eq!(read.greatest("flow.full"), Some(4.0));
        assert_eq!(read.ratio("flow.heap", "flow.full"), Some(4.0));
        assert_eq!(read.ratio("flow.heap", "flow.none"), None);
    }

    #[test]
    fn a_missed_aim_is_said() {
        assert_eq!(Aim::AtMost(1.5).words(Some(1.4)), "at most 1.50: met");
        assert_eq!(Aim::AtLeast(3.0).words(Some(2.0)), "at least 3: MISSED");
        assert_eq!(Aim::AtMost(25.0).words(None), "at most 25: not measured");
        let mut wasm = Measured::default();
        let slow = PASTS.map(|past| (format!("call.GetPipelineState.{past}"), vec![40_000.0]));
        wasm.0.extend(slow);
        let lines = calls("wasm", &wasm);
        assert!(lines[2].contains("at most 30: MISSED"), "{lines:?}");
    }

    #[test]
    fn numbers_are_spoken() {
        let cases = [
            (3.0, "3"),
            (1.234, "1.23"),
            (12.34, "12.3"),
            (999.6, "1,000"),
            (1_234_567.0, "1,234,567"),
        ];
        for (number, words) in cases {
            assert_eq!(spoken(number), words);
        }
    }
}
