//! Editing: any changes can be taken back and made again, names carry what refers to them, and what the service would
//! refuse is known with its places before anything is saved.

mod changes;
mod history;
mod places;
mod stores;

use codepipeline_simulator::engine::world::{Options, World};
use codepipeline_simulator::page::edit::{Base, Change, Chosen, Draft, view};
use codepipeline_simulator::page::view::EditView;
use serde_json::Value;

const APPROVAL: &str = include_str!("../../www/worlds/approval.json");

/// An empty world: what a draft says of itself needs no other.
fn world() -> World {
    World::new(Options::default())
}

/// A draft of the pipeline with an approval.
fn draft() -> Draft {
    let input: Value = serde_json::from_str(APPROVAL).expect("a file of ours");
    Draft::new(Base::New, input["pipeline"].clone())
}

/// What the editor shows of it.
fn seen(draft: &Draft) -> EditView {
    view(&world(), draft, Chosen::Pipeline, None)
}

/// The draft after these changes.
fn changed(changes: impl IntoIterator<Item = Change>) -> Draft {
    let world = world();
    let mut draft = draft();
    for change in changes {
        draft.settle();
        draft.change(&change, &world);
    }
    draft
}

/// Where a thing is by its names.
fn action(draft: &Draft, stage: &str, action: &str) -> (usize, usize) {
    let stages = draft.value()["stages"].as_array().expect("stages");
    let number = stages
        .iter()
        .position(|one| one["name"] == stage)
        .expect("the stage");
    let place = stages[number]["actions"]
        .as_array()
        .expect("actions")
        .iter()
        .position(|one| one["name"] == action)
        .expect("the action");
    (number, place)
}
