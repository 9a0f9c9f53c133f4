//! What the timeline says.

use super::counted;
use crate::page::view::timeline::BarKind;

pub fn by_stage(from: &str, to: &str) -> String {
    format!("Timeline by stage, {from} to {to}")
}

pub fn by_execution(from: &str, to: &str) -> String {
    format!("Timeline by execution, {from} to {to}")
}

/// What a bar is, as it stands in the table.
pub const fn what(kind: BarKind) -> &'static str {
    match kind {
        BarKind::Run => "inside, at work",
        BarKind::Done => "inside, succeeded",
        BarKind::Person => "inside, waits for a person",
        BarKind::Check => "inside, a condition is looked at",
        BarKind::Fail => "inside, failed",
        BarKind::Gone => "inside, ended without an outcome",
        BarKind::Lock => "in front, waits for its turn",
        BarKind::Gate => "in front, the gate is closed",
        BarKind::Waited => "in front, waits",
    }
}

/// Written into a bar that has room.
pub const WAITS_FOR_A_PERSON: &str = "waits for a person";

pub fn what_left(what: &str) -> String {
    format!("{what}, and left the line")
}

pub fn bar(letter: &str, stage: &str, what: &str, from: &str, to: &str) -> String {
    format!("{letter}, {stage}, {what}, {from} to {to}")
}

pub fn open_bar(letter: &str, stage: &str, what: &str, from: &str) -> String {
    format!("{letter}, {stage}, {what}, since {from}")
}

pub fn left_bar(letter: &str, stage: &str, what: &str, from: &str, to: &str) -> String {
    format!("{letter}, {stage}, {what}, {from} to {to}, and left the line")
}

pub fn execution_row(letter: &str, short: &str) -> String {
    format!("Execution {letter}, {short}")
}

pub fn times_out(action: &str, at: &str) -> String {
    format!("{action} times out, {at}")
}

pub fn ends(name: &str, at: &str) -> String {
    format!("{name} ends, {at}")
}

pub fn opens(name: &str, at: &str) -> String {
    format!("{name} opens, {at}")
}

pub fn offered(name: &str, at: &str) -> String {
    format!("The job of {name} can be had, {at}")
}

pub fn polls(at: &str) -> String {
    format!("The source is looked at, {at}")
}

pub fn scheduled(at: &str) -> String {
    format!("The schedule starts an execution, {at}")
}

pub fn at(time: &str) -> String {
    format!("At {time}")
}

pub fn read(stage: &str, what: &str) -> String {
    format!("{stage}: {what}")
}

pub const NOBODY: &str = "nobody was in the line";

pub const GOES_ON: &str = "goes on";

pub fn older(count: u64) -> String {
    let executions = counted(count, "past execution", "past executions");
    format!("{executions} in this stretch, too many to draw one by one: zoom in to see them.")
}

pub fn rows_left_out(count: u64) -> String {
    let rows = counted(count, "row", "rows");
    format!("{rows} more in this stretch of time: zoom in to read them.")
}
