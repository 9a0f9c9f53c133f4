//! The timeline in words: each stretch a row, the newest first.

use super::{
    plot::Drawing,
    spans::{Course, Span},
};
use crate::order::sort_by_key;
use crate::{
    engine::time::Instant,
    page::{
        text::timeline as words,
        view::{
            build::time,
            timeline::{BarKind, Plot, TableRow},
        },
    },
};

/// How many rows are written.
const MOST: usize = 200;

pub fn fill(drawing: &Drawing, courses: &[&Course], plot: &mut Plot) {
    let mut stretches: Vec<(&Course, &Span)> = courses
        .iter()
        .flat_map(|course| course.spans.iter().map(move |span| (*course, span)))
        .filter(|(_, span)| drawing.touches(span.from, span.to))
        .collect();
    sort_by_key(&mut stretches, |(course, span)| {
        (span.from, course.number, span.declared, span.lane)
    });
    let left_out = stretches.len().saturating_sub(MOST);
    let newest = stretches.into_iter().rev().take(MOST);
    plot.table = newest
        .map(|(course, span)| row(drawing, course, span))
        .collect();
    plot.table_note =
        (left_out > 0).then(|| words::rows_left_out(u64::try_from(left_out).unwrap_or(u64::MAX)));
}

fn row(drawing: &Drawing, course: &Course, span: &Span) -> TableRow {
    let stamp = |at: i64| time::stamp(Instant(at), drawing.scene.now);
    let asked = span
        .parts
        .iter()
        .any(|(_, to, kind)| to.is_none() && *kind == BarKind::Person);
    let what = words::what(if asked { BarKind::Person } else { span.kind });
    TableRow {
        token: drawing.scene.token(course.number),
        stage: drawing.stage(course, span),
        what: if span.left {
            words::what_left(what)
        } else {
            what.to_owned()
        },
        from: stamp(span.from),
        to: span.to.map_or_else(|| words::GOES_ON.to_owned(), stamp),
        span: span
            .to
            .map_or_else(String::new, |to| time::exact(to - span.from)),
    }
}
