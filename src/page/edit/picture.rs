//! The line of a draft: stages, run orders as columns, actions as tiles.

use super::desk::Desk;
use super::outline::{Action, Stage};
use crate::engine::catalogue;
use crate::page::text::edit as text;
use crate::page::view::{DraftColumn, DraftStage, DraftTile};

pub(super) fn stages(desk: &Desk) -> Vec<DraftStage> {
    let of = desk.outline.stages.len();
    desk.outline
        .stages
        .iter()
        .enumerate()
        .map(|(number, stage)| {
            let note = text::actions(stage.actions.len());
            let at = format!("/stages/{number}");
            let inside =
                (0..stage.actions.len()).map(|place| desk.count(&format!("{at}/actions/{place}")));
            let own = desk.count(&at).saturating_sub(inside.sum());
            let problem = (own > 0).then(|| text::problems(own));
            let name = named(&stage.name);
            DraftStage {
                label: text::stage_label(&name, problem.as_ref().unwrap_or(&note), number + 1, of),
                name,
                note,
                problem,
                columns: columns(desk, number, stage),
            }
        })
        .collect()
}

fn columns(desk: &Desk, number: usize, stage: &Stage) -> Vec<DraftColumn> {
    let columns = stage.columns().into_iter();
    columns
        .map(|(run_order, places)| DraftColumn {
            run_order,
            tiles: places
                .into_iter()
                .filter_map(|place| {
                    let action = stage.actions.get(place)?;
                    Some(tile(desk, number, stage, place, action))
                })
                .collect(),
        })
        .collect()
}

fn tile(desk: &Desk, number: usize, stage: &Stage, place: usize, action: &Action) -> DraftTile {
    let provider = action.type_id.as_ref().map_or(text::NO_PROVIDER, |id| {
        catalogue::display_name(&id.provider)
    });
    let artifacts = match (action.outputs.as_slice(), action.inputs.as_slice()) {
        ([], []) => text::NO_ARTIFACTS.to_owned(),
        ([], inputs) => text::reads(inputs),
        (outputs, _) => outputs.join(", "),
    };
    let count = desk.count(&format!("/stages/{number}/actions/{place}"));
    let problem = (count > 0).then(|| text::problems(count));
    let name = named(&action.name);
    DraftTile {
        place,
        label: text::tile_label(
            &name,
            provider,
            &named(&stage.name),
            action.run_order,
            problem.as_ref().unwrap_or(&artifacts),
        ),
        name,
        provider: provider.to_owned(),
        artifacts,
        problem,
    }
}

fn named(name: &str) -> String {
    match name {
        "" => text::NO_NAME.to_owned(),
        name => name.to_owned(),
    }
}
