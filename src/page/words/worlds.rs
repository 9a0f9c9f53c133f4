//! The words of the gallery, of the worlds that are kept here, and of what the clock stops at.

#![allow(missing_docs, reason = "each entry is its own text")]

use crate::api::stops::Stop;

pub const TITLE: &str = "Worlds";
pub const OPEN: &str = "Worlds…";
pub const OPEN_ONE: &str = "Open a world";
pub const YOURS: &str = "Your worlds";
pub const YOURS_NOTE: &str = "Kept in this browser";
pub const NONE_KEPT: &str =
    "Nothing is kept in this browser yet. A world is kept once something happens in it.";
pub const LESSONS: &str = "Start from a world";
pub const LESSONS_NOTE: &str = "Each shows one idea, paused at the interesting instant";
pub const CLOSE: &str = "Close";
pub const HERE: &str = "in front";
pub const ADD: &str = "Add a world from a file…";
pub const RENAME: &str = "Rename…";
pub const DUPLICATE: &str = "Duplicate";
pub const SAVE: &str = "Save as a file";
pub const DELETE: &str = "Delete";
pub const NEW_NAME: &str = "New name";
pub const RENAME_IT: &str = "Rename";
pub const CANCEL: &str = "Cancel";
pub const WATCH: &str = "What to watch.";
pub const BEGIN_ANEW: &str = "Begin anew";
/// On the card of a world of the gallery that is kept here with something done in it.
pub fn changed(facts: Option<&str>) -> String {
    match facts {
        Some(facts) => format!("Yours, changed: it opens as you left it, with {facts}."),
        None => "Yours, changed: it cannot be read.".to_owned(),
    }
}
pub const START_OVER: &str = "Start over";
pub const UNDO: &str = "Undo";
pub const DISMISS: &str = "Dismiss";
pub const SAVE_PICTURE: &str = "Save the picture as SVG";
pub const STOP_AT: &str = "Stop at";
pub const STOP_AT_MENU: &str = "Stop the clock when";

/// A button of a world, for those who do not see beside which it stands: "Rename… My world".
pub fn about(what: &str, world: &str) -> String {
    format!("{what} {world}")
}
pub fn note(facts: &str, date: &str) -> String {
    format!("{facts}, {date}")
}
pub const UNREADABLE: &str = "It cannot be read.";

pub const fn stop(stop: Stop) -> &'static str {
    match stop {
        Stop::Superseded => "An execution is superseded",
        Stop::Blocked => "An execution has to wait",
        Stop::Failed => "Something fails",
        Stop::RolledBack => "A rollback begins",
        Stop::Approval => "A person is asked to approve",
        Stop::Idle => "Nothing is under way: it rests",
    }
}
/// On the button: how many kinds are chosen.
pub fn stops_chosen(count: usize) -> String {
    match count {
        0 => STOP_AT.to_owned(),
        _ => format!("{STOP_AT} ({count})"),
    }
}
pub fn stopped(what: &str) -> String {
    format!("The clock stopped. {what}.")
}
pub fn stopped_because(stop: Stop) -> String {
    stopped(self::stop(stop))
}

pub fn deleted(world: &str) -> String {
    format!("{world} was deleted.")
}
pub fn started_over(world: &str) -> String {
    format!("{world} is at its beginning again.")
}
pub fn replaced(world: &str) -> String {
    format!("{world} was replaced by the world of the file.")
}

pub fn in_use(world: &str) -> String {
    format!(
        "{world} is open in another tab, which writes it. Close that tab first; nothing has changed."
    )
}
pub fn exists(world: &str) -> String {
    format!("There is a world called {world} already. Nothing has changed.")
}
pub fn missing(world: &str) -> String {
    format!("There is no world called {world} any more.")
}
pub fn reserved(name: &str) -> String {
    format!("{name} is the address of a world of the gallery. Choose another name.")
}
pub const NO_NAME: &str = "A world has a name of 1 to 100 characters.";
pub const NOT_WRITER: &str =
    "Another tab writes this world. Take over here first; nothing has changed.";
pub fn failed(reason: &str) -> String {
    format!("{reason} Nothing has changed.")
}
pub fn too_large(file: &str) -> String {
    format!("{file} is larger than 10 MB, which no world file needs to be. Nothing was read.")
}
pub fn unreadable(file: &str, reason: &str) -> String {
    format!("{file} could not be read: {reason}")
}
pub fn copy(world: &str, number: u32) -> String {
    match number {
        1 => format!("{world} copy"),
        _ => format!("{world} copy {number}"),
    }
}
pub fn numbered(world: &str, number: u32) -> String {
    match number {
        1 => world.to_owned(),
        _ => format!("{world} {number}"),
    }
}
/// Shown where the address names a world that nobody has begun.
pub fn unknown(world: &str) -> String {
    format!(
        "There was no world called {world}, so this one is new and empty. Open one that exists, or import a pipeline."
    )
}
pub fn caption(name: &str, mode: &str, version: &str, time: &str, date: &str) -> String {
    format!("{name}, {mode}, {version}. {time}, {date}")
}
