//! Worlds as things: the gallery, the worlds that are kept here, what can be taken back, what the clock stops at.

use std::sync::Arc;

use crate::{api::stops::Stop, page::gallery::LineStage};

/// What the page shows of worlds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldsView {
    /// The gallery; `Some` while it is open. Shared, as it is built once and shown in many pictures.
    pub gallery: Option<Arc<GalleryView>>,
    /// The world in front, where it is one of the gallery.
    pub lesson: Option<LessonView>,
    /// What can be taken back, as a finished sentence.
    pub undo: Option<UndoView>,
    /// What the clock stops at.
    pub stops: Vec<StopView>,
    /// Why the clock stopped, until it runs again.
    pub stopped: Option<String>,
}

/// The gallery.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GalleryView {
    /// The worlds that are kept in this browser.
    pub yours: Vec<OwnWorldView>,
    /// The worlds that each show one idea.
    pub lessons: Vec<CardView>,
    /// What was refused, as a finished sentence.
    pub trouble: Option<String>,
}

/// A world that is kept in this browser.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnWorldView {
    /// Its name.
    pub name: String,
    /// What it is called on the page: its name, or the title of a world of the gallery.
    pub title: String,
    /// A line beside it: "214 facts, Tue 3 Mar 2026, UTC".
    pub note: String,
    /// Whether it is the one in front.
    pub here: bool,
    /// Whether its name is its own: a world of the gallery is always called as it is.
    pub fixed: bool,
}

/// A world of the gallery on its card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardView {
    /// Its name in the address.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// "Watch …".
    pub text: &'static str,
    /// Its line, small.
    pub line: Vec<LineStage>,
    /// Where it is kept here and not as it begins: how it opens.
    pub changed: Option<String>,
}

/// The world of the gallery in front.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonView {
    /// Its title.
    pub title: &'static str,
    /// What to watch.
    pub watch: &'static str,
}

/// Something that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoView {
    /// What happened.
    pub text: String,
}

/// Something that the clock can stop at.
#[derive(Clone, Debug, PartialEq)]
pub struct StopView {
    /// What.
    pub stop: Stop,
    /// Its words.
    pub label: &'static str,
    /// Whether it was chosen.
    pub chosen: bool,
}
