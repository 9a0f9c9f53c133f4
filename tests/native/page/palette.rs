//! The palette of a page: what it has, in which order it is found, and what cannot be done now.

use codepipeline_simulator::page::{
    command::Command,
    operate::OperateCommand,
    palette::{Act, Entry, Group, Row, entries, find},
    state::settings::{Settings, Theme},
    view::Selection,
};

use super::{page, selected};
use crate::bench::{Bench, approval, build, pipeline, source, stage, three_stages};

fn waiting() -> Bench {
    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("Compile", 1)]),
            stage("Release", &[approval("Approve", 1)]),
        ],
    ));
    bench.until_idle();
    bench
}

fn labels(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.entry.label.as_str()).collect()
}

fn entry<'a>(all: &'a [Entry], label: &str) -> &'a Entry {
    all.iter()
        .find(|entry| entry.label == label)
        .unwrap_or_else(|| panic!("no {label}"))
}

fn bold(row: &Row) -> String {
    row.label
        .iter()
        .filter(|(meant, _)| *meant)
        .map(|(_, piece)| piece.as_str())
        .collect()
}

#[test]
fn without_a_word_everything_stands_in_its_group_and_what_is_possible_now_is_first() {
    let bench = waiting();
    let all = entries(&page(&bench));
    let rows = find(&all, "");
    assert_eq!(rows.len(), all.len());
    let headings: Vec<_> = rows.iter().filter_map(|row| row.heading).collect();
    assert_eq!(headings, ["Do it now", "Operations", "Go to", "Settings"]);
    assert!(labels(&rows)[0].starts_with("Answer Release / Approve for A"));
    let operations = all.iter().filter(|entry| {
        matches!(
            &entry.act,
            Act::Command(command) if matches!(**command, Command::Operate(OperateCommand::Open(_)))
        )
    });
    assert_eq!(operations.count(), 44);
}

#[test]
fn names_initials_and_ids_find_what_is_meant() {
    let bench = waiting();
    let view = page(&bench);
    let all = entries(&view);
    let first = |query: &str| {
        find(&all, query)
            .into_iter()
            .next()
            .map(|row| (row.entry.label.clone(), bold(&row)))
    };
    let found = |label: &str, bold: &str| Some((label.to_owned(), bold.to_owned()));
    assert_eq!(first("putar"), found("PutApprovalResult…", "PutAR"));
    assert_eq!(
        first("getpipelinestate"),
        found("GetPipelineState…", "GetPipelineState")
    );
    assert_eq!(
        first("gate release"),
        found("Close the gate in front of Release…", "gateRelease")
    );
    assert_eq!(first("dark"), found("Dark colours", "Dark"));
    assert_eq!(
        first("build / comp"),
        found("Action Build / Compile", "Build/Comp")
    );
    let id = view.pipeline.as_ref().expect("a pipeline").roster[0]
        .token
        .execution
        .clone();
    assert_eq!(first(&id[..13]), found("Execution A, Needs approval", ""));
    assert!(find(&all, "qqq").is_empty());
    // Letters in their order count only where nothing fits better.
    assert!(
        find(&all, "timeline")
            .iter()
            .all(|row| row.entry.label.contains("imeline"))
    );
}

#[test]
fn what_cannot_be_done_says_why() {
    let bench = waiting();
    let view = selected(&bench, Selection::Stage("Build".into()));
    let all = entries(&view);
    let closed = all
        .iter()
        .filter(|entry| entry.group == Group::Now && entry.refused.is_some());
    let closed: Vec<_> = closed.map(|entry| entry.label.as_str()).collect();
    assert!(closed.contains(&"Retry…"), "{closed:?}");
    let reason = entry(&all, "Retry…").refused.clone().expect("a reason");
    assert!(reason.len() > 10, "{reason}");

    let empty = entries(&page(&Bench::new()));
    assert_eq!(
        entry(&empty, "Start execution").refused.as_deref(),
        Some("There is no pipeline yet.")
    );
    assert!(entry(&empty, "New pipeline").refused.is_none());
    assert!(
        !empty
            .iter()
            .any(|entry| entry.label.starts_with("Close the gate"))
    );
}

#[test]
fn settings_say_what_they_would_change_and_which_are_so_already() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    let all = entries(&page(&bench));
    let dark = entry(&all, "Dark colours");
    let wanted = Settings {
        theme: Theme::Dark,
        ..Settings::default()
    };
    assert_eq!(dark.act, Act::Command(Box::new(Command::Settings(wanted))));
    assert_eq!(
        entry(&all, "Colours as the system has them")
            .refused
            .as_deref(),
        Some("It is so already.")
    );
    assert_eq!(
        entry(&all, "For a projector: larger, without facts and details").key,
        "Shift P"
    );
    let mut other = page(&bench);
    other.settings = Settings {
        projector: true,
        letters: false,
        ..wanted
    };
    let all = entries(&other);
    assert!(entry(&all, "Single keys on").refused.is_none());
    assert!(entry(&all, "No longer for a projector").refused.is_none());
}
