//! The artifacts under the line: one row each, from where it is made to where it is read. All lengths are those of the
//! picture's style, in sixteenths of a rem.

use std::collections::BTreeMap;

use super::change::Chosen;
use super::desk::Desk;
use super::outline::Outline;
use crate::page::text::edit as text;
use crate::page::view::{BusRow, BusView};

/// From the left edge to the first stage: margin and plus sign.
const EDGE: f64 = 84.0;
/// Between two stages, with the plus sign.
const BETWEEN: f64 = 64.0;
/// Padding and frame of a stage on one side.
const PADDING: f64 = 13.0;
/// Between two columns.
const GAP: f64 = 12.0;
/// At the right of a stage, where a run order more can be had.
const AFTER: f64 = 40.0;
/// More rows than these say nothing to anybody.
const MOST_ROWS: usize = 40;

/// Place of each action's middle, and the width of the whole line.
struct Places {
    middles: BTreeMap<(usize, usize), f64>,
    width: f64,
}

impl Places {
    fn of(outline: &Outline, tile: f64) -> Self {
        let mut middles = BTreeMap::new();
        let mut x = EDGE;
        for (number, stage) in outline.stages.iter().enumerate() {
            let columns = stage.columns();
            let mut left = x + PADDING;
            for (_, places) in &columns {
                for place in places {
                    middles.insert((number, *place), left + tile / 2.0);
                }
                left += tile + GAP;
            }
            if columns.is_empty() {
                left += tile + GAP;
            }
            x = left - GAP + AFTER + PADDING + BETWEEN;
        }
        Self { middles, width: x }
    }
}

pub(super) fn bus(desk: &Desk, tile_rem: f64) -> BusView {
    let outline = &desk.outline;
    let places = Places::of(outline, tile_rem * 16.0);
    let middle = |place: (usize, usize)| places.middles.get(&place).copied().unwrap_or(0.0);
    // In the order in which they are made; those that nobody makes after them.
    let mut names: Vec<&str> = Vec::new();
    let made = outline.actions().flat_map(|(_, _, action)| &action.outputs);
    let read = outline.actions().flat_map(|(_, _, action)| &action.inputs);
    for name in made.chain(read) {
        if !name.is_empty() && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names.truncate(MOST_ROWS);
    let mut sentences: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for name in names {
        let makes = |names: &[String]| names.iter().any(|one| one == name);
        let maker = outline
            .actions()
            .find(|(_, _, action)| makes(&action.outputs));
        let readers: Vec<_> = outline
            .actions()
            .filter(|(_, _, action)| makes(&action.inputs))
            .collect();
        let chosen = |place: (usize, usize)| desk.chosen == Chosen::Action(place.0, place.1);
        let is_chosen = maker
            .iter()
            .chain(&readers)
            .any(|(place, _, _)| chosen(*place));
        // One row for those who get it in time, one for those who do not.
        let (in_time, too_early): (Vec<_>, Vec<_>) =
            readers.into_iter().partition(|(place, _, reader)| {
                maker.is_some_and(|(from, _, maker)| {
                    maker.position(from.0) < reader.position(place.0)
                })
            });
        let spoken = |readers: &[(
            (usize, usize),
            &super::outline::Stage,
            &super::outline::Action,
        )]| {
            let names = readers.iter();
            names
                .map(|(_, stage, action)| text::path(&[stage.name.clone(), action.name.clone()]))
                .collect::<Vec<_>>()
        };
        if let Some((from, stage, action)) = maker {
            let path = text::path(&[stage.name.clone(), action.name.clone()]);
            sentences.push(text::flow(name, Some(&path), &spoken(&in_time)));
            rows.push(BusRow {
                label: name.to_owned(),
                from: Some(middle(from)),
                to: in_time.iter().map(|(place, _, _)| middle(*place)).collect(),
                chosen: is_chosen,
            });
        }
        if !too_early.is_empty() {
            sentences.push(text::flow(name, None, &spoken(&too_early)));
            rows.push(BusRow {
                label: text::nobody_makes(name),
                from: None,
                to: too_early
                    .iter()
                    .map(|(place, _, _)| middle(*place))
                    .collect(),
                chosen: is_chosen,
            });
        }
    }
    BusView {
        width: places.width,
        label: if sentences.is_empty() {
            text::NO_FLOW.to_owned()
        } else {
            sentences.join(" ")
        },
        rows,
    }
}
