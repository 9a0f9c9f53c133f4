//! The gallery and the world in front as one of it. What is kept in this browser only the browser knows: the page
//! hands it in.

use std::sync::Arc;

use super::time;
use crate::{
    api::stops::{Stop, Stops},
    engine::{time::Instant, world::World},
    page::{
        gallery::{LESSONS, Lesson},
        state::StorageInfo,
        text,
        view::{
            CardView, ClockView, GalleryView, LessonView, OwnWorldView, PipelineView, StopView,
            WorldsView,
        },
        words::worlds as words,
    },
};

/// What the world in front says of itself, while the picture shows what it speaks of.
pub fn worlds(world: &World, storage: &StorageInfo, shown: Option<&str>) -> WorldsView {
    let lesson = Lesson::of(&storage.world, world)
        .filter(|lesson| shown.is_none_or(|pipeline| lesson.makes(pipeline)));
    WorldsView {
        lesson: lesson.map(|lesson| LessonView {
            title: lesson.words.title,
            watch: lesson.words.watch,
        }),
        ..WorldsView::default()
    }
}

/// What the clock can stop at.
pub fn stops(chosen: Stops) -> Vec<StopView> {
    let stop = |stop| StopView {
        stop,
        label: words::stop(stop),
        chosen: chosen.contains(stop),
    };
    Stop::ALL.into_iter().map(stop).collect()
}

/// What a world is called on the page.
pub fn title(name: &str) -> String {
    Lesson::named(name).map_or_else(|| name.to_owned(), |lesson| lesson.words.title.to_owned())
}

/// A world as the browser keeps it: its name, how many facts it holds if it can be read, where its clock stands.
pub type Kept = (String, Option<u64>, i64);

/// The gallery with the worlds that are kept here; `here` is the name of the one in front.
pub fn gallery(kept: &[Kept], here: &str, trouble: Option<String>) -> Arc<GalleryView> {
    let own = kept.iter().map(|(name, facts, clock)| OwnWorldView {
        title: title(name),
        note: match facts {
            Some(facts) => words::note(&text::facts(*facts), &time::date(Instant(*clock))),
            None => words::UNREADABLE.to_owned(),
        },
        here: name == here,
        fixed: Lesson::named(name).is_some(),
        name: name.clone(),
    });
    let card = |lesson: &Lesson| CardView {
        name: lesson.name,
        title: lesson.words.title,
        text: lesson.words.card,
        line: lesson.line(),
        changed: kept
            .iter()
            .find(|(name, facts, _)| name == lesson.name && *facts != Some(lesson.facts))
            .map(|(_, facts, _)| words::changed(facts.map(text::facts).as_deref())),
    };
    Arc::new(GalleryView {
        yours: own.collect(),
        lessons: LESSONS.iter().map(card).collect(),
        trouble,
    })
}

/// The line under a saved picture: "storefront-release, SUPERSEDED, version 3. 09:59:30, Tue 3 Mar 2026, UTC".
pub fn caption(pipeline: &PipelineView, clock: &ClockView) -> String {
    let PipelineView {
        name,
        mode,
        version,
        ..
    } = pipeline;
    words::caption(name, mode, version, &clock.time, &clock.date)
}
