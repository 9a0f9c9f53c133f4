//! Where actions stand: run orders are columns, and a column that comes between two others counts the later ones up.

use serde_json::{Value, json};

use super::change::Chosen;
use super::outline::{Outline, Stage};
use super::pointer;

/// A place in a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// In parallel with the actions of a run order.
    With(i64),
    /// On its own, before those of a run order.
    Before(i64),
    /// On its own, after those of a run order.
    After(i64),
}

/// Where an action goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To the run order before its own; from the first one out of the crowd, then into the stage before.
    Earlier,
    /// To the run order after its own; from the last one out of the crowd, then into the stage after.
    Later,
    /// Before the one above it.
    Up,
    /// After the one below it.
    Down,
    /// Into a place of a stage.
    To(usize, Slot),
}

/// Makes room in a stage and says which run order it has. `None` where there is no such stage.
pub(super) fn make_room(draft: &mut Value, stage: usize, slot: Slot) -> Option<i64> {
    let outline = Outline::of(draft);
    let actions = &outline.stages.get(stage)?.actions;
    let taken = |order: i64| actions.iter().any(|action| action.run_order == order);
    let order = match slot {
        Slot::With(order) => return Some(order.max(1)),
        Slot::Before(order) if order > 1 && !taken(order - 1) => return Some(order - 1),
        Slot::Before(order) => order.max(1),
        Slot::After(order) => order.saturating_add(1).max(1),
    };
    if taken(order) {
        for (place, action) in actions.iter().enumerate() {
            if action.run_order >= order {
                set_order(draft, stage, place, action.run_order.saturating_add(1));
            }
        }
    }
    Some(order)
}

fn set_order(draft: &mut Value, stage: usize, place: usize, order: i64) {
    let at = format!("/stages/{stage}/actions/{place}/runOrder");
    pointer::set(draft, &at, json!(order));
}

/// Moves an action and says where it is then.
pub(super) fn move_action(
    draft: &mut Value,
    stage: usize,
    place: usize,
    to: Move,
) -> Option<Chosen> {
    let outline = Outline::of(draft);
    let here = outline.stages.get(stage)?;
    let order = here.actions.get(place)?.run_order;
    match to {
        Move::Up | Move::Down => {
            let column = column(here, order);
            let index = column.iter().position(|one| *one == place)?;
            let index = if to == Move::Up {
                index.checked_sub(1)?
            } else {
                index + 1
            };
            let other = *column.get(index)?;
            let actions = draft.pointer_mut(&format!("/stages/{stage}/actions"))?;
            actions.as_array_mut()?.swap(place, other);
            Some(Chosen::Action(stage, other))
        }
        Move::Earlier | Move::Later => {
            let (target, slot) = beside(&outline, stage, place, to == Move::Later)?;
            into(draft, stage, place, target, slot)
        }
        Move::To(target, slot) => into(draft, stage, place, target, slot),
    }
}

fn column(stage: &Stage, order: i64) -> Vec<usize> {
    let columns = stage.columns().into_iter();
    columns
        .filter(|(one, _)| *one == order)
        .flat_map(|(_, places)| places)
        .collect()
}

/// The place one step earlier or later.
fn beside(outline: &Outline, stage: usize, place: usize, later: bool) -> Option<(usize, Slot)> {
    let here = outline.stages.get(stage)?;
    let order = here.actions.get(place)?.run_order;
    let columns = here.columns();
    let index = columns.iter().position(|(one, _)| *one == order)?;
    let next = if later {
        Some(index + 1)
    } else {
        index.checked_sub(1)
    };
    if let Some((order, _)) = next.and_then(|next| columns.get(next)) {
        return Some((stage, Slot::With(*order)));
    }
    if columns.get(index)?.1.len() > 1 {
        let slot = if later {
            Slot::After(order)
        } else {
            Slot::Before(order)
        };
        return Some((stage, slot));
    }
    let target = if later {
        stage + 1
    } else {
        stage.checked_sub(1)?
    };
    let columns = outline.stages.get(target)?.columns();
    let edge = if later {
        columns.first()
    } else {
        columns.last()
    };
    Some((target, Slot::With(edge.map_or(1, |(order, _)| *order))))
}

fn into(
    draft: &mut Value,
    stage: usize,
    place: usize,
    target: usize,
    slot: Slot,
) -> Option<Chosen> {
    let order = make_room(draft, target, slot)?;
    set_order(draft, stage, place, order);
    if stage == target {
        return Some(Chosen::Action(stage, place));
    }
    let list = |stage: usize| format!("/stages/{stage}/actions");
    let from = draft.pointer_mut(&list(stage))?.as_array_mut()?;
    let action = (place < from.len()).then(|| from.remove(place))?;
    if draft
        .pointer(&list(target))
        .is_none_or(|list| !list.is_array())
    {
        pointer::set(draft, &list(target), json!([]));
    }
    let to = draft.pointer_mut(&list(target))?.as_array_mut()?;
    to.push(action);
    Some(Chosen::Action(target, to.len() - 1))
}
