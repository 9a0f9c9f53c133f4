//! THE GALLERY. Ten worlds that each show one idea, at an address of their own (`#world=superseded`).
//!
//! What lives here: the list, the small scripts (as JSON under `www/worlds/gallery`) and how one is played. What may
//! not: a word a person reads ([`crate::page::text::gallery`]), and a fact: a script only makes calls and controls of
//! the API and lets time pass, so that nothing in a picture can be untrue.
//!
//! Life cycle: a world begins as what [`play`] makes of its script, paused at the instant that is worth looking at,
//! and is a world like any other from then on. It is kept under its own name, so that a reload finds what was
//! reached; starting over plays the script again.
//!
//! Failure modes: none for a person. A script that is refused is a defect, and the native tests play all ten.

mod line;
mod play;
mod script;

use super::text::gallery::{self as text, Words};
use crate::engine::world::World;

pub use line::{Inside, LineStage};
pub use play::play;

/// A world of the gallery.
#[derive(Clone, Copy, Debug)]
pub struct Lesson {
    /// Its name in the address, under which it is kept, too.
    pub name: &'static str,
    /// What is said of it.
    pub words: Words,
    /// Its picture at the beginning, as [`line::line`] reads it. A native test holds it against the world.
    pub line: &'static str,
    /// How many facts it has at the beginning: one with more was changed. Held against the world, too.
    pub facts: u64,
    script: &'static str,
}

impl PartialEq for Lesson {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

macro_rules! lessons {
    ($($name:literal $words:ident $line:literal $facts:literal),* $(,)?) => {
        [$(Lesson {
            name: $name,
            words: text::$words,
            line: $line,
            facts: $facts,
            script: include_str!(concat!("../../../www/worlds/gallery/", $name, ".json")),
        }),*]
    };
}

/// All of them, in the order in which they are shown.
pub const LESSONS: [Lesson; 10] = lessons! {
    "first-release" FIRST_RELEASE ". A . ." 15,
    "superseded" SUPERSEDED ". . D|. C>A" 81,
    "queued" QUEUED ". DCB>A ." 32,
    "parallel" PARALLEL "0 3 0" 25,
    "approval" APPROVAL ". . B>A" 25,
    "closed-gate" CLOSED_GATE ". B A|. ." 23,
    "retry" RETRY ". ! ." 21,
    "rollback" ROLLBACK ". . C" 42,
    "workers" WORKERS ". A ." 17,
    "triggers" TRIGGERS ". B ." 27,
};

impl Lesson {
    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        LESSONS.iter().find(|lesson| lesson.name == name)
    }

    /// The one that a world is, by its name and by how it began: a world that somebody made under the same name is
    /// theirs.
    #[must_use]
    pub fn of(name: &str, world: &World) -> Option<&'static Self> {
        Self::named(name).filter(|lesson| {
            let (seed, begins) = script::beginning(lesson.script);
            world.options.seed == seed && world.options.start_time == begins
        })
    }

    /// Whether it makes a pipeline of this name; others in its world are somebody's own.
    #[must_use]
    pub fn makes(&self, pipeline: &str) -> bool {
        self.script.contains(&format!("\"name\": \"{pipeline}\""))
    }

    /// Its picture at the beginning.
    #[must_use]
    pub fn line(&self) -> Vec<LineStage> {
        line::line(self.line)
    }
}
