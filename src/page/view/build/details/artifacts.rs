//! Artifacts: what goes in and out, who makes and reads it, and where it lies.

use super::super::{action, facts, scene::Scene};
use super::{
    readers,
    tabs::{mono, row, section},
};
use crate::{
    engine::{operations, world::execution::Execution},
    model::ArtifactDetail,
    order::sort_by_key,
    page::{
        text::details::sections as words,
        view::{Section, SectionRow},
    },
};

pub fn of_action(scene: &Scene, stage: u16, index: u16) -> Vec<Section> {
    let plan = scene.plan;
    let declared = plan.action(stage, index);
    let record = action::record(scene, stage, index);
    let detail = record.as_ref().and_then(|record| {
        operations::detail(scene.world, scene.pipeline, record.execution, record.id)
    });
    let (mut read, mut made) = (vec![], vec![]);
    if let Some(detail) = detail {
        read = detail
            .input
            .and_then(|input| input.input_artifacts)
            .unwrap_or_default();
        made = detail
            .output
            .and_then(|output| output.output_artifacts)
            .unwrap_or_default();
    }
    let inputs = declared.input_artifacts.iter().flatten().map(|artifact| {
        let maker = plan.producers.get(&artifact.name);
        SectionRow {
            note: match maker {
                Some(at) => words::from(&readers::place(plan, *at)),
                None => words::FROM_NOBODY.to_owned(),
            },
            ..at(&artifact.name, &read, words::NOT_READ)
        }
    });
    let outputs = declared
        .output_artifacts
        .iter()
        .flatten()
        .map(|artifact| SectionRow {
            note: readers::of_artifact(plan, &artifact.name),
            ..at(&artifact.name, &made, words::NOT_MADE)
        });
    let token = record
        .as_ref()
        .map(|record| scene.token(record.execution.number));
    let mut sections = vec![
        section(words::INPUTS, inputs.collect()),
        section(words::OUTPUTS, outputs.collect()),
    ];
    sections.retain(|section| !section.rows.is_empty());
    for section in &mut sections {
        section.token.clone_from(&token);
    }
    sections
}

/// Where an artifact of this name lies, of those that there are.
fn at(name: &str, there: &[ArtifactDetail], else_: &str) -> SectionRow {
    let found = there.iter().find(|one| one.name.as_deref() == Some(name));
    match found.and_then(location) {
        Some(location) => mono(name, location),
        None => row(name, else_),
    }
}

fn location(artifact: &ArtifactDetail) -> Option<String> {
    let at = artifact.s3_location.as_ref()?;
    let bucket = at.bucket.as_deref().unwrap_or_default();
    Some(words::location(bucket, at.key.as_deref()?))
}

pub fn of_execution(scene: &Scene, execution: &Execution) -> Vec<Section> {
    let plan = scene.pipeline.plan(execution.version);
    let mut revisions = vec![];
    for (stage, action) in readers::places(plan) {
        let product = execution.product(stage, action);
        if let Some(revision) = product.and_then(|product| product.revision) {
            revisions.push(SectionRow {
                note: words::revision_by(&facts::first_line(&revision.message), &revision.author),
                ..mono(readers::place(plan, (stage, action)), &revision.id)
            });
        }
    }
    let mut producers: Vec<(&String, (u16, u16))> = plan
        .producers
        .iter()
        .map(|(name, at)| (name, *at))
        .collect();
    sort_by_key(&mut producers, |(_, at)| *at);
    let artifacts = producers.into_iter().map(|(name, (stage, action))| {
        let region = plan.action(stage, action).region.as_deref();
        let lies = execution.product(stage, action).and_then(|product| {
            location(&operations::artifact_location(
                scene.world,
                scene.pipeline,
                execution.version,
                region,
                name,
                product,
            ))
        });
        SectionRow {
            note: words::made_by(
                &readers::place(plan, (stage, action)),
                &readers::of_artifact(plan, name),
            ),
            ..match lies {
                Some(location) => mono(name, location),
                None => row(name, words::NOT_MADE),
            }
        }
    });
    let mut sections = vec![
        section(words::REVISIONS, revisions),
        section(words::ARTIFACTS, artifacts.collect()),
    ];
    sections.retain(|section| !section.rows.is_empty());
    sections
}
