//! How the picture is looked at: how closely it is drawn, which part of it is seen, whom it follows, what stands under it.
//! All of it belongs to this screen; only what is seen is told to whoever builds the view.
//!
//! - [`seen`] tells which blocks are seen, and follows.
//! - [`pan`] moves the picture by hand and by keys.
//! - [`tools`] is the bar under the picture, [`strip`] all blocks of a long line at once.
//! - [`bus`] draws where artifacts and variables go.
//!
//! What may not live here: what stands in a block or in a lane.

pub(super) mod bus;
pub(super) mod pan;
pub(super) mod seen;
mod strip;
pub(super) mod tools;

use leptos::prelude::*;

use super::context::Page;
use super::parts::Parts;
use crate::page::components::memo::Memo;
use crate::page::layout::{
    self,
    line::{Density, Line, Look, StageShape},
};
use crate::page::view::PipelineView;

/// The state of it.
#[derive(Clone, Copy)]
pub(in super::super) struct Sight {
    /// How closely the line is drawn, where somebody said so.
    pub chosen: RwSignal<Option<Density>>,
    /// Whether lanes are dense.
    pub dense: RwSignal<bool>,
    /// Whom the picture follows, by UUID.
    pub followed: RwSignal<Option<String>>,
    /// The action under the pointer or the keyboard: "Build/Compile".
    pub pointed: RwSignal<Option<String>>,
    /// How much wider than usual the font runs.
    pub font: RwSignal<f64>,
    /// What is seen of the line, in its own units: from, to.
    pub window: RwSignal<(f64, f64)>,
    /// Where everything stands.
    pub placed: Memo<Placed>,
}

/// Where everything stands, on the line or in the lanes, and how it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Placed {
    pub look: Look,
    pub shapes: Vec<StageShape>,
    pub line: Line,
}

impl Sight {
    pub(super) fn new(parts: Parts) -> Self {
        let (chosen, font) = (RwSignal::new(None), RwSignal::new(1.0));
        let dense = RwSignal::new(false);
        let plan = parts.part(|view, _| Plan::of(view.pipeline.as_ref()));
        let placed = Memo::new(move |_| {
            let (chosen, font, dense) = (chosen.get(), font.get(), dense.get());
            plan.with(|plan| placed(plan, chosen, font, dense))
        });
        Self {
            chosen,
            dense,
            followed: RwSignal::new(None),
            pointed: RwSignal::new(None),
            font,
            window: RwSignal::new((0.0, 0.0)),
            placed,
        }
    }

    /// How closely the line is drawn.
    pub(super) fn density(self) -> Memo<Density> {
        Memo::new(move |_| self.placed.with(|placed| placed.look.density))
    }

    /// How much of the whole line a stage takes, as a number of units.
    pub(super) fn share_of(self, page: Page, stage: String) -> Memo<String> {
        let place = place_of(page, stage);
        Memo::new(move |_| {
            self.placed.with(|placed| {
                let leg = place.get().and_then(|place| placed.line.legs.get(place));
                leg.map_or_else(String::new, |leg| (leg.right() - leg.left).to_string())
            })
        })
    }

    /// Room for the run orders of a stage.
    pub(super) fn size_of(self, page: Page, stage: String) -> Memo<(String, String)> {
        let place = place_of(page, stage);
        Memo::new(move |_| {
            let leg = self
                .placed
                .with(|placed| placed.line.legs.get(place.get()?).copied());
            let (width, height) = leg.map_or((0.0, 0.0), |leg| (leg.width, leg.height));
            let (beside, above) = self.placed.with(|placed| placed.look.around());
            let rem = |length: f64| format!("{}rem", length.max(0.0) / 16.0);
            (rem(width - beside), rem(height - above))
        })
    }
}

/// Whether executions are drawn as lanes, in place of the line.
pub(super) fn is_lanes(pipeline: &PipelineView) -> bool {
    pipeline
        .lanes
        .as_ref()
        .is_some_and(|lanes| !lanes.left_over)
}

/// Which stage it is, from the left.
fn place_of(page: Page, stage: String) -> Memo<Option<usize>> {
    page.part(move |view| {
        let stages = &view.pipeline.as_ref()?.stages;
        stages.iter().position(|one| one.name == stage)
    })
}

/// What it takes of the view to know where everything stands.
#[derive(PartialEq, Default)]
struct Plan {
    names: Vec<String>,
    shapes: Vec<StageShape>,
    longest: f64,
    large: bool,
    queued: bool,
    lanes: bool,
}

impl Plan {
    fn of(pipeline: Option<&PipelineView>) -> Self {
        let Some(pipeline) = pipeline else {
            return Self::default();
        };
        let stages = pipeline.stages.iter();
        Self {
            names: stages.clone().map(|stage| stage.name.clone()).collect(),
            shapes: stages.map(|stage| stage.shape.clone()).collect(),
            longest: pipeline.longest,
            large: pipeline.large,
            queued: pipeline.mode == "QUEUED",
            lanes: is_lanes(pipeline),
        }
    }
}

fn placed(plan: &Plan, chosen: Option<Density>, font: f64, dense: bool) -> Placed {
    let shapes = plan.shapes.clone();
    let look = Look {
        density: chosen.unwrap_or(layout::line::usual(shapes.len(), plan.large)),
        tile: 16.0 * layout::tile_of(plan.longest, font),
        queued: plan.queued,
    };
    let line = if plan.lanes {
        let names = plan.names.iter().map(String::as_str);
        layout::lanes::columns(names.zip(&shapes), plan.longest, dense)
    } else {
        layout::line::line(shapes.iter(), look)
    };
    Placed { look, shapes, line }
}
