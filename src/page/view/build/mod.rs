//! Building the view: the world and what the page knows besides become a [`PageView`]. Pure, and tested without a
//! browser.
//!
//! One file per part of the page. What may not live here: a word of text (they stand in [`crate::page::text`]), a
//! decision about the service (the engine explains itself in `engine::explain`), anything that draws.
//!
//! Cost: a view costs what it shows, the shown pipeline's live executions and the newest facts. Neither the history
//! nor the executions of other pipelines are walked; a past execution is looked up only while it is selected.

mod action;
mod chain;
mod checks;
mod clock;
mod details;
pub mod drive;
mod facts;
mod flow;
mod gate;
pub mod jobs;
mod lanes;
mod parallel;
mod roster;
mod scene;
mod stage;
pub mod time;
mod timeline;
mod tokens;
mod why;
mod world;
pub mod worlds;

use self::scene::Scene;
use super::{PageView, PipelineView, Screen, timeline::TimelineView};
use crate::{
    api::calls::Calls,
    engine::{
        declaration::conditions,
        fact::Fact,
        world::{World, pipeline::Pipeline},
    },
    page::{
        layout::text_width,
        state::{ClockState, StorageInfo, Ui, picture::PictureUi, settings::Settings},
        text::world as text,
    },
};

pub use facts::SCANNED;
pub use roster::{ROSTER_SHOWN, STAYS};
pub use timeline::{TimelineMemo, after as timeline_after, read_past};
pub use tokens::{letter, token as sign};

/// Everything on the screen. `recent` are the facts, newest first; as many are taken as are needed, at most
/// [`SCANNED`]. `calls` are those of which the inputs are known.
pub fn page(
    world: &World,
    ui: &Ui,
    clock: &ClockState,
    storage: &StorageInfo,
    recent: &mut dyn Iterator<Item = &Fact>,
    calls: &Calls,
) -> PageView {
    let named = ui
        .pipeline
        .as_deref()
        .and_then(|name| world.pipeline_named(name));
    let shown = named.or_else(|| world.pipelines_by_name().next());
    let scene = shown.map(|pipeline| Scene::new(world, pipeline, ui));
    let recent: Vec<&Fact> = recent.take(SCANNED).collect();
    let (facts, fact_list) = match &scene {
        Some(scene) => facts::list(scene, &ui.facts, &recent, calls),
        None => facts::without_pipeline(world, &ui.facts, calls),
    };
    let jobs = scene
        .as_ref()
        .filter(|_| ui.screen == Screen::Jobs)
        .and_then(|scene| jobs::jobs(scene, &ui.jobs, &recent));
    let worlds = worlds::worlds(world, storage, shown.map(Pipeline::name));
    let mut pipeline = scene.as_ref().map(picture);
    // A world of the gallery says what to watch instead.
    if let Some(pipeline) = pipeline.as_mut().filter(|_| worlds.lesson.is_some()) {
        pipeline.hint = None;
    }
    PageView {
        world: world::world(world, storage),
        pipelines: world::pipelines(world, shown.map(|pipeline| pipeline.id)),
        clock: clock::clock(world, shown.map(|pipeline| pipeline.id), ui, clock),
        facts,
        fact_list,
        timeline: scene
            .as_ref()
            .map(|scene| timeline::timeline(scene, ui, &recent)),
        details: scene.as_ref().map(details::details),
        pipeline,
        import: None,
        form: None,
        operate: None,
        settings: Settings::default(),
        worlds,
        screen: ui.screen,
        edit: None,
        jobs,
        kept_draft: false,
    }
}

/// The timeline alone, for what moves nothing else.
pub fn timeline_alone<'a>(
    world: &World,
    ui: &Ui,
    recent: impl Iterator<Item = &'a Fact>,
) -> Option<TimelineView> {
    let named = ui
        .pipeline
        .as_deref()
        .and_then(|name| world.pipeline_named(name));
    let shown = named.or_else(|| world.pipelines_by_name().next())?;
    let recent: Vec<&Fact> = recent.take(SCANNED).collect();
    Some(timeline::timeline(
        &Scene::new(world, shown, ui),
        ui,
        &recent,
    ))
}

fn picture(scene: &Scene) -> PipelineView {
    let pipeline = scene.pipeline;
    PipelineView {
        name: pipeline.name().to_owned(),
        mode: scene.plan.mode.to_string(),
        version: text::version(pipeline.version()),
        roster: roster::roster(scene),
        stages: (0..scene.plan.stage_count())
            .map(|index| stage::stage(scene, index))
            .collect(),
        lanes: lanes::lanes(scene),
        flows: flow::flows(scene),
        large: scene.large,
        longest: longest(scene),
        hint: hint(scene),
    }
}

/// The picture with everything in it, for a file.
pub fn whole_picture(world: &World, ui: &Ui) -> Option<PipelineView> {
    let named = ui
        .pipeline
        .as_deref()
        .and_then(|name| world.pipeline_named(name));
    let shown = named.or_else(|| world.pipelines_by_name().next())?;
    let ui = Ui {
        picture: PictureUi {
            lanes: (0, usize::MAX),
            stages: (0, usize::MAX),
            ..ui.picture.clone()
        },
        lingering: ui.lingering.clone(),
        selection: ui.selection.clone(),
        ..Ui::default()
    };
    Some(picture(&Scene::new(world, shown, &ui)))
}

/// How much larger than the name of a tile the name of a stage is set.
const NAME_OF_STAGE: f64 = 16.0 / 13.0;
/// How much less room it has beside the socket of its block than the name of a tile beside its badge.
const BESIDE_SOCKET: f64 = 14.0;

/// How wide the longest name in a tile is, whether it is drawn or not.
fn longest(scene: &Scene) -> f64 {
    let mut longest: f64 = 0.0;
    for (index, stage) in (0..).zip(&scene.plan.declaration.stages) {
        // A block of one column is as wide as a tile, and its name stands in larger letters beside the socket.
        if scene.plan.stage_plan(index).groups.len() < 2 {
            longest = longest.max(text_width(&stage.name) * NAME_OF_STAGE + BESIDE_SOCKET);
        }
        for action in &stage.actions {
            longest = longest.max(text_width(&action.name));
        }
        for (_, condition) in conditions(stage) {
            for rule in condition.rules.iter().flatten() {
                longest = longest.max(text_width(&rule.name));
            }
        }
    }
    longest
}

/// Shown until somebody has started an execution by hand.
fn hint(scene: &Scene) -> Option<String> {
    let text = match scene.pipeline.started {
        0 => text::HINT_EMPTY,
        1 => {
            let first = scene.pipeline.executions.values().next()?;
            match (first.active(), scene.parallel()) {
                (false, _) => text::HINT_READY,
                (true, true) => text::HINT_PARALLEL,
                (true, false) => text::HINT_STARTED,
            }
        }
        _ => return None,
    };
    Some(text.to_owned())
}
