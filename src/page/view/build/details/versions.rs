//! The history of a pipeline: its versions, and what changed between an older one and today's.

use serde_json::{Value, json};

use super::super::{letter, scene::Scene};
use super::{
    answer,
    difference::{Change, difference},
    tabs::{row, section},
};
use crate::page::{
    text::details::sections as words,
    view::{Choice, Section, SectionRow},
};

/// More versions than these say nothing to anybody; the API has every one.
const MOST_VERSIONS: usize = 50;
/// A version that changes more than this is another pipeline.
const MOST_CHANGES: usize = 200;

pub fn sections(scene: &Scene) -> Vec<Section> {
    let today = scene.pipeline.version();
    let newest_first = (1..=today).rev().take(MOST_VERSIONS);
    let mut rows = vec![];
    let mut options = vec![];
    for version in newest_first {
        let Some(saved) = saved(scene, version) else {
            continue;
        };
        let running = scene.pipeline.executions.values();
        let running: Vec<String> = running
            .filter(|execution| execution.version == version && execution.active())
            .map(|execution| letter(execution.number))
            .collect();
        let mark = if version == today { words::TODAY } else { "" };
        if version < today {
            options.push((version, words::option(version, &saved)));
        }
        rows.push(SectionRow {
            mark: mark.to_owned(),
            note: if running.is_empty() {
                String::new()
            } else {
                words::run_by(&running)
            },
            ..row(words::version(version), words::saved(&saved))
        });
    }
    let versions = section(words::VERSIONS, rows);
    let asked = scene.details.against;
    let against = options
        .iter()
        .map(|(version, _)| *version)
        .find(|version| asked.is_none() || asked == Some(*version))
        .or_else(|| Some(options.first()?.0));
    let Some(against) = against else {
        return vec![Section {
            note: words::ONE_VERSION.to_owned(),
            ..versions
        }];
    };
    let plan = &scene.pipeline.current().plan;
    let compared = scene
        .details
        .compared
        .section(plan, against, || compare(scene, against));
    vec![
        Section {
            choice: Some(Choice {
                label: words::AGAINST.to_owned(),
                options,
                chosen: against,
            }),
            ..compared
        },
        versions,
    ]
}

fn saved(scene: &Scene, version: u32) -> Option<String> {
    let index = usize::try_from(version).ok()?.checked_sub(1)?;
    Some(scene.when(scene.pipeline.versions.get(index)?.saved))
}

/// A version as GetPipeline shows it, without its number, which is always another.
fn shown(scene: &Scene, version: u32) -> Value {
    let input = json!({ "name": scene.pipeline.name(), "version": version });
    let mut told = answer(scene, "GetPipeline", input);
    let mut declaration = told["pipeline"].take();
    if let Some(members) = declaration.as_object_mut() {
        members.remove("version");
    }
    declaration
}

fn compare(scene: &Scene, against: u32) -> Section {
    let today = scene.pipeline.version();
    let changes = difference(&shown(scene, against), &shown(scene, today));
    let more = changes.len().saturating_sub(MOST_CHANGES);
    let note = match (changes.is_empty(), more) {
        (true, _) => words::SAME.to_owned(),
        (false, 0) => String::new(),
        (false, more) => words::more_changes(more as u64),
    };
    Section {
        note,
        columns: Some((words::version(against), words::version_today(today))),
        ..section(
            words::changed_since(against),
            changes
                .into_iter()
                .take(MOST_CHANGES)
                .map(changed)
                .collect(),
        )
    }
}

fn changed(change: Change) -> SectionRow {
    let mark = match (change.order, &change.before, &change.after) {
        (true, ..) => words::MOVED,
        (false, None, _) => words::ADDED,
        (false, _, None) => words::REMOVED,
        (false, Some(_), Some(_)) => words::CHANGED,
    };
    SectionRow {
        label: change.path,
        mark: mark.to_owned(),
        value: change.before.unwrap_or_default(),
        second: Some(change.after.unwrap_or_default()),
        mono: true,
        note: String::new(),
    }
}
