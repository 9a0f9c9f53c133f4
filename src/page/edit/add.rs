//! What a plus sign adds: what can stand there, and the change that puts it there, which is one step of the history.

use serde_json::Value;

use super::change::Change;
use super::fields::{Offered, type_value, types_for};
use super::fill;
use super::moves::Slot;
use crate::engine::catalogue;
use crate::engine::world::World;
use crate::model::ActionOwner;
use crate::page::text::edit as text;
use crate::page::view::FieldChoice;

/// What an action of the first stage, or of any other one, can be, by category. What can never stand there is left out.
#[must_use]
pub fn addable(world: &World, draft: &Value, in_first: bool) -> Vec<FieldChoice> {
    let types = types_for(world, draft, in_first).into_iter();
    types
        .filter(|one| !one.never)
        .map(|Offered { id, reason, .. }| {
            let name = catalogue::display_name(&id.provider);
            let label = match id.owner {
                ActionOwner::Aws => name.to_owned(),
                ActionOwner::ThirdParty => text::of_partner(name),
                ActionOwner::Custom => text::of_custom(name, &id.version),
            };
            FieldChoice {
                group: id.category.as_str().to_owned(),
                value: type_value(&id),
                label: reason.map_or(label.clone(), |reason| text::unusable(&label, reason)),
                disabled: reason.is_some(),
            }
        })
        .collect()
}

/// One action more, of a type as a field holds it; `place` is how many the stage has.
#[must_use]
pub fn action(stage: usize, place: usize, slot: Slot, kind: &str) -> Change {
    of_type(Change::AddAction { stage, slot }, stage, place, kind)
}

/// One stage more, with an action of such a type.
#[must_use]
pub fn stage(at: usize, kind: &str) -> Change {
    of_type(Change::AddStage { at }, at, 0, kind)
}

fn of_type(added: Change, stage: usize, place: usize, kind: &str) -> Change {
    let at = format!("/stages/{stage}/actions/{place}/actionTypeId");
    Change::Several(
        [Some(added), fill::provider(&at, kind)]
            .into_iter()
            .flatten()
            .collect(),
    )
}
