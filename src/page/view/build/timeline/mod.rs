//! The timeline: what every execution did with its time, by stage or by execution.
//!
//! `spans` says it of one execution, `known` remembers it, `axis` gives instants places, `window` is what is seen,
//! `plot` draws that, `marks` what is due, `table` says the same in words.
//!
//! Cost: between two facts nothing is built, only the clock's place. After a fact, the executions under way are looked
//! at and the visible stretch of the visible rows is drawn. The past is read a segment at a time and not in here; what is
//! too much to draw one by one is told by what the segments say of themselves.

mod axis;
mod known;
mod lanes;
mod marks;
mod plot;
mod reading;
mod spans;
mod table;
mod window;

use std::sync::Arc;

use self::{known::Asked, plot::Drawing, window::Frame};
use super::{scene::Scene, time};
use crate::{
    engine::{
        fact::Fact,
        time::DAY,
        world::{World, pipeline::Pipeline},
    },
    page::{
        state::{
            Ui,
            timeline::{By, TimelineCommand, TimelineUi, Window},
        },
        text::timeline as words,
        view::{Selection, timeline::TimelineView},
    },
};

pub use known::TimelineMemo;

/// The timeline of the shown pipeline. `recent` are facts, newest first.
pub fn timeline(scene: &Scene, ui: &Ui, recent: &[&Fact]) -> TimelineView {
    let mut known = ui.known.0.borrow_mut();
    known.keep_up(scene.world, scene.pipeline, recent);
    let frame = Frame::new(scene.pipeline, scene.now, &known, &ui.timeline);
    let anchor = frame.anchor();
    let shown = &ui.timeline;
    let rows = frame.rows(scene.pipeline, shown);
    let stage = match &scene.selection {
        Selection::Stage(stage) => Some(stage.clone()),
        _ => None,
    };
    let asked = Asked {
        sequence: scene.world.sequence,
        generation: known.generation,
        numbers: [anchor, frame.axis.scale(), shown.width, shown.height],
        rows,
        order: shown.by,
        unfolded: shown.unfolded,
        chosen: (scene.chosen.as_ref().map(|chosen| chosen.number), stage),
        day: scene.now.0.div_euclid(DAY),
        folded_now: frame.now_is_folded().then_some(scene.now.0),
    };
    let same = known.drawn.as_ref().filter(|(before, _)| *before == asked);
    let plot = match same {
        Some((_, plot)) => Arc::clone(plot),
        None => {
            let drawing = Drawing {
                scene,
                frame: &frame,
                anchor,
                shown,
                rows,
            };
            let plot = Arc::new(drawing.plot(&mut known));
            known.drawn = Some((asked, Arc::clone(&plot)));
            plot
        }
    };
    TimelineView {
        by: shown.by,
        label: label(scene, &frame, shown),
        shift: anchor - frame.left,
        now: frame.axis.place(scene.now) - anchor,
        scroll: shown.scroll,
        unfolded: shown.unfolded,
        moved: shown.window != Window::Fit,
        plot,
        wants: !known.wanted.is_empty(),
        reading: shown
            .read
            .map(|at| reading::reading(scene, &frame, &known, at)),
    }
}

fn label(scene: &Scene, frame: &Frame, shown: &TimelineUi) -> String {
    let [from, to] = [frame.left, frame.left + shown.width]
        .map(|place| time::when(frame.axis.instant(place), scene.now));
    match shown.by {
        By::Stage | By::Table => words::by_stage(&from, &to),
        By::Execution => words::by_execution(&from, &to),
    }
}

/// The pipeline that this tab shows.
fn shown<'a>(world: &'a World, ui: &Ui) -> Option<&'a Pipeline> {
    let named = ui.pipeline.as_deref();
    named
        .and_then(|name| world.pipeline_named(name))
        .or_else(|| world.pipelines_by_name().next())
}

/// Reads a part of the past that the last picture lacked. Says whether there is more to draw now.
pub fn read_past(world: &World, ui: &Ui) -> bool {
    shown(world, ui).is_some_and(|pipeline| ui.known.0.borrow_mut().read(world, pipeline))
}

/// What a tab shows after a command.
pub fn after(world: &World, ui: &Ui, command: TimelineCommand) -> TimelineUi {
    let Some(pipeline) = shown(world, ui) else {
        return ui.timeline;
    };
    let known = ui.known.0.borrow();
    let frame = Frame::new(pipeline, world.now, &known, &ui.timeline);
    frame.after(pipeline, &ui.timeline, command, world.now)
}
