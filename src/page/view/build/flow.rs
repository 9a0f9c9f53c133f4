//! Where artifacts and variables go: one row each, from who makes it to who reads it. Of the current version's
//! declaration alone.

use std::collections::BTreeMap;

use super::scene::Scene;
use crate::{
    engine::{declaration, world::plan::texts},
    order::sort_by_key,
    page::{
        text::{edit as shared, list, picture::flow as words},
        view::{FlowPlace, FlowRow, FlowView},
    },
};

/// More rows than these say nothing to anybody.
const MOST_ROWS: usize = 40;

/// The name under which pipeline variables are referred to.
const OF_PIPELINE: &str = "variables";
/// The name under which the execution's own values are referred to.
const OF_EXECUTION: &str = "codepipeline";

/// What is asked for, artifacts first.
pub fn flows(scene: &Scene) -> Vec<FlowView> {
    let mut flows = vec![];
    if scene.picture.artifacts {
        flows.push(artifacts(scene));
    }
    if scene.picture.variables {
        flows.push(variables(scene));
    }
    flows
}

type At = (u16, u16);

/// Who reads something, and who makes it.
#[derive(Default)]
struct Use {
    from: Option<At>,
    to: Vec<At>,
}

/// Every action with its place, in the order of the line.
fn actions(scene: &Scene) -> impl Iterator<Item = At> {
    let counts = scene.plan.stages.iter().map(|stage| stage.actions.len());
    let counts: Vec<u16> = counts
        .map(|count| u16::try_from(count).unwrap_or(u16::MAX))
        .collect();
    (0_u16..)
        .zip(counts)
        .flat_map(|(stage, count)| (0..count).map(move |action| (stage, action)))
}

/// Stage and run order: what is made at one of these can be read at a later one.
fn order(scene: &Scene, at: At) -> (u16, u16) {
    (at.0, scene.plan.action_plan(at.0, at.1).group)
}

fn artifacts(scene: &Scene) -> FlowView {
    let mut uses: BTreeMap<&str, Use> = BTreeMap::new();
    for (name, from) in &scene.plan.producers {
        uses.entry(name).or_default().from = Some(*from);
    }
    for at in actions(scene) {
        let inputs = scene.plan.action(at.0, at.1).input_artifacts.iter();
        for artifact in inputs.flatten() {
            uses.entry(&artifact.name).or_default().to.push(at);
        }
    }
    FlowView {
        title: words::ARTIFACTS.to_owned(),
        empty: words::NO_ARTIFACTS.to_owned(),
        rows: rows(scene, uses),
    }
}

fn variables(scene: &Scene) -> FlowView {
    let mut uses: BTreeMap<&str, Use> = BTreeMap::new();
    for (name, from) in &scene.plan.namespaces {
        uses.entry(name).or_default().from = Some(*from);
    }
    for at in actions(scene) {
        let texts = texts(scene.plan.action(at.0, at.1));
        for reference in texts.flat_map(declaration::references) {
            if reference.namespace == OF_EXECUTION {
                continue;
            }
            let to = &mut uses.entry(reference.namespace).or_default().to;
            if to.last() != Some(&at) {
                to.push(at);
            }
        }
    }
    FlowView {
        title: words::VARIABLES.to_owned(),
        empty: words::NO_VARIABLES.to_owned(),
        rows: rows(scene, uses),
    }
}

/// In the order in which they are made.
fn rows(scene: &Scene, uses: BTreeMap<&str, Use>) -> Vec<FlowRow> {
    let mut uses: Vec<(&str, Use)> = uses.into_iter().collect();
    sort_by_key(&mut uses, |(_, one)| one.from.map(|at| order(scene, at)));
    uses.truncate(MOST_ROWS);
    let mut rows = vec![];
    for (name, one) in uses {
        let of_pipeline = one.from.is_none() && name == OF_PIPELINE;
        let (in_time, too_early): (Vec<At>, Vec<At>) = one.to.iter().partition(|to| {
            let made = |from: At| order(scene, from) < order(scene, **to);
            of_pipeline || one.from.is_some_and(made)
        });
        let said = |readers: &[At]| -> Vec<String> {
            readers.iter().map(|at| place(scene, *at).action).collect()
        };
        if of_pipeline || one.from.is_some() {
            let maker = one.from.map(|at| place(scene, at).action);
            rows.push(FlowRow {
                label: name.to_owned(),
                from: one.from.map(|at| place(scene, at)),
                said: if of_pipeline {
                    words::by_pipeline(name, &list(&said(&in_time)))
                } else {
                    shared::flow(name, maker.as_deref(), &said(&in_time))
                },
                to: in_time.into_iter().map(|at| place(scene, at)).collect(),
                missing: false,
            });
        }
        if !too_early.is_empty() {
            rows.push(FlowRow {
                label: shared::nobody_makes(name),
                from: None,
                said: shared::flow(name, None, &said(&too_early)),
                to: too_early.into_iter().map(|at| place(scene, at)).collect(),
                missing: true,
            });
        }
    }
    rows
}

fn place(scene: &Scene, (stage, action): At) -> FlowPlace {
    let declared = scene.plan.stage(stage);
    FlowPlace {
        stage: usize::from(stage),
        column: usize::from(scene.plan.action_plan(stage, action).group),
        action: format!(
            "{}/{}",
            declared.name,
            scene.plan.action(stage, action).name
        ),
    }
}
