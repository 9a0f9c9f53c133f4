//! The inbound transition of a stage, as a gate.

use super::scene::Scene;
use crate::{
    engine::world::pipeline::StageState,
    page::{text::stage as words, view::GateView},
};

pub fn gate(scene: &Scene, name: &str, state: &StageState) -> GateView {
    let Some((reason, _)) = &state.transition.disabled else {
        return GateView {
            open: true,
            note: String::new(),
            label: words::gate_open(name),
        };
    };
    let note = match &state.transition.changed {
        Some((by, at)) => words::closed(&scene.person(by), &scene.when(*at), reason),
        None => words::closed_unknown(reason),
    };
    GateView {
        open: false,
        label: words::gate_closed(name, &note),
        note,
    }
}
