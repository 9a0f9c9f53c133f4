//! Where what is chosen can be moved, in words: for those who cannot drag, or would rather not.

use super::change::{Change, Chosen};
use super::desk::Desk;
use super::moves::{Move, Slot};
use crate::page::text::edit as text;
use crate::page::view::Press;

pub(super) fn moves(desk: &Desk) -> Vec<Press> {
    match desk.chosen {
        Chosen::Pipeline => Vec::new(),
        Chosen::Stage(stage) => {
            let last = desk.outline.stages.len().saturating_sub(1);
            let earlier = stage.checked_sub(1).map(|to| (text::EARLIER, to));
            let later = (stage < last).then_some((text::LATER, stage + 1));
            earlier
                .into_iter()
                .chain(later)
                .map(|(label, to)| press(label, Change::MoveStage { from: stage, to }))
                .collect()
        }
        Chosen::Action(stage, action) => of_action(desk, stage, action),
    }
}

fn of_action(desk: &Desk, stage: usize, action: usize) -> Vec<Press> {
    let Some(here) = desk.outline.stages.get(stage) else {
        return Vec::new();
    };
    let own = here
        .actions
        .get(action)
        .map_or(1, |action| action.run_order);
    let alone = here
        .columns()
        .iter()
        .any(|(order, places)| *order == own && places.len() == 1);
    let to = |label: String, to: Move| press(label, Change::MoveAction { stage, action, to });
    let mut presses = vec![
        to(text::EARLIER.to_owned(), Move::Earlier),
        to(text::LATER.to_owned(), Move::Later),
    ];
    if !alone {
        presses.push(to(text::UP.to_owned(), Move::Up));
        presses.push(to(text::DOWN.to_owned(), Move::Down));
        let before = Move::To(stage, Slot::Before(own));
        presses.push(to(text::alone_before(own), before));
        let after = Move::To(stage, Slot::After(own));
        presses.push(to(text::alone_after(own), after));
    }
    for (number, other) in desk.outline.stages.iter().enumerate() {
        if number != stage {
            let first = other.columns().first().map_or(1, |(order, _)| *order);
            let target = Move::To(number, Slot::With(first));
            presses.push(to(text::into_stage(&other.name), target));
        }
    }
    presses
}

fn press(label: impl Into<String>, change: Change) -> Press {
    Press {
        label: label.into(),
        change,
    }
}
