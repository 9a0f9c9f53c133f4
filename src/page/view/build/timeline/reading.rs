//! Who was where at an instant of the past, as far as the window's past has been read.

use super::{
    known::Known,
    spans::{Course, Span},
    window::Frame,
};
use crate::order::sort_by_key;
use crate::{
    engine::time::Instant,
    page::{
        text::timeline as words,
        view::{
            build::{scene::Scene, time},
            timeline::Reading,
        },
    },
};

pub fn reading(scene: &Scene, frame: &Frame, known: &Known, at: Instant) -> Reading {
    let past = known.past.iter().flat_map(|(_, courses)| courses.iter());
    let live = known.live.values().map(AsRef::as_ref);
    let mut there: Vec<(&Course, &Span)> = past
        .chain(live)
        .flat_map(|course| course.spans.iter().map(move |span| (course, span)))
        .filter(|(_, span)| span.from <= at.0 && span.to.is_none_or(|to| at.0 < to))
        .collect();
    sort_by_key(&mut there, |(course, _)| course.number);
    let mut lines: Vec<_> = there
        .into_iter()
        .map(|(course, span)| {
            let plan = scene.pipeline.plan(course.version);
            let stage = plan.stage(span.declared).name.as_str();
            let line = words::read(stage, words::what(span.kind_at(at)));
            (Some(scene.token(course.number)), line)
        })
        .collect();
    if lines.is_empty() {
        lines.push((None, words::NOBODY.to_owned()));
    }
    Reading {
        place: frame.axis.place(at) - frame.anchor(),
        title: words::at(&time::stamp(at, scene.now)),
        lines,
    }
}
