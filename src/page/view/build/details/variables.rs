//! Variables: what is written and what it became, what is given out, who gives and who reads it. Secret values are
//! masked as the API masks them.

use std::collections::BTreeMap;

use super::super::{
    action::{self, Record},
    letter,
    scene::Scene,
};
use super::{
    readers,
    tabs::{mono, row, section},
};
use crate::{
    engine::{
        declaration,
        ids::ActionExecutionId,
        operations,
        world::{
            execution::Execution,
            plan::{Plan, texts},
        },
    },
    model::{ActionDeclaration, PipelineVariableDeclaration},
    order::sort_by_key,
    page::{
        text::details::sections as words,
        view::{Section, SectionRow},
    },
};

/// The namespace of the pipeline's own variables.
const OF_PIPELINE: &str = "variables";
/// The namespace of the execution's own values, and the one key that it has.
const OF_EXECUTION: (&str, &str) = ("codepipeline", "PipelineExecutionId");

/// The variables that the pipeline declares.
pub fn declared<'a>(scene: &Scene<'a>) -> &'a [PipelineVariableDeclaration] {
    let declaration = &scene.plan.declaration;
    declaration.variables.as_deref().unwrap_or_default()
}

/// Whether there is anything to say of an action.
pub fn says_anything(action: &ActionDeclaration) -> bool {
    texts(action).next().is_some() || action.namespace.is_some()
}

pub fn of_pipeline(scene: &Scene) -> Vec<Section> {
    let read = readers::of_namespace(scene.plan, OF_PIPELINE);
    let rows = declared(scene).iter().map(|variable| {
        let description = variable.description.as_deref().unwrap_or_default();
        SectionRow {
            note: words::described(description, &readers::of(&read, &variable.name)),
            ..match &variable.default_value {
                Some(value) => mono(&variable.name, value),
                None => row(&variable.name, words::NO_DEFAULT),
            }
        }
    });
    vec![section(words::OF_PIPELINE, rows.collect())]
}

pub fn of_execution(scene: &Scene, execution: &Execution) -> Vec<Section> {
    let plan = scene.pipeline.plan(execution.version);
    let mut sections = vec![];
    if !execution.variables.is_empty() {
        let read = readers::of_namespace(plan, OF_PIPELINE);
        let rows = execution.variables.iter().map(|variable| {
            let name = variable.name.as_deref().unwrap_or_default();
            SectionRow {
                note: readers::of(&read, name),
                ..mono(name, variable.resolved_value.as_deref().unwrap_or_default())
            }
        });
        sections.push(section(words::OF_PIPELINE, rows.collect()));
    }
    let mut namespaces: Vec<(&String, (u16, u16))> = plan
        .namespaces
        .iter()
        .map(|(name, at)| (name, *at))
        .collect();
    sort_by_key(&mut namespaces, |(_, at)| *at);
    for (namespace, at) in namespaces {
        let giver = readers::place(plan, at);
        let product = execution.product(at.0, at.1);
        let read = readers::of_namespace(plan, namespace);
        let given = product.map(|product| product.variables);
        let rows: Vec<SectionRow> = given
            .into_iter()
            .flatten()
            .map(|(key, value)| SectionRow {
                note: readers::of(&read, key),
                ..mono(key, value)
            })
            .collect();
        let note = match (given.is_some(), rows.is_empty()) {
            (false, _) => words::not_given(&giver),
            (true, true) => words::no_variables(&giver),
            (true, false) => String::new(),
        };
        sections.push(Section {
            note,
            ..section(words::given_by(namespace, &giver), rows)
        });
    }
    sections
}

pub fn of_action(scene: &Scene, stage: u16, index: u16) -> Vec<Section> {
    let declared = scene.plan.action(stage, index);
    let record = action::record(scene, stage, index);
    let record = record.as_ref();
    let mut sections = configuration(scene, declared, record);
    let numbered = |list: Option<&Vec<String>>| -> Vec<SectionRow> {
        let commands = (1..).zip(list.into_iter().flatten());
        commands
            .map(|(number, command): (usize, _)| mono(number.to_string(), command))
            .collect()
    };
    let commands = numbered(declared.commands.as_ref());
    if !commands.is_empty() {
        sections.push(section(words::COMMANDS, commands));
    }
    let environment: Vec<SectionRow> = declared
        .environment_variables
        .iter()
        .flatten()
        .map(|variable| mono(&variable.name, &variable.value))
        .collect();
    if !environment.is_empty() {
        sections.push(section(words::ENVIRONMENT, environment));
    }
    let reads = reads(scene, declared, record);
    if !reads.is_empty() {
        sections.push(section(words::READS, reads));
    }
    sections.extend(gives_out(scene, declared, record));
    sections
}

/// Written and resolved. A record of an older version ran with what was written then, which is said apart.
fn configuration(
    scene: &Scene,
    declared: &ActionDeclaration,
    record: Option<&Record>,
) -> Vec<Section> {
    let id = &declared.action_type_id;
    let empty = BTreeMap::new();
    let written = declared.configuration.as_ref().unwrap_or(&empty);
    let written = declaration::mask_configuration(id, written, scene.world);
    let now = scene.pipeline.version();
    let mut ran = None;
    if let Some(record) = record {
        let detail = operations::detail(scene.world, scene.pipeline, record.execution, record.id);
        ran = detail.and_then(|detail| detail.input).map(|input| {
            let pair = (input.configuration, input.resolved_configuration);
            (
                record.execution,
                pair.0.unwrap_or_default(),
                pair.1.unwrap_or_default(),
            )
        });
    }
    let mut sections = vec![];
    match ran {
        Some((execution, before, after)) if execution.version == now => {
            let mut pair = pair(execution, &before, &after);
            words::CONFIGURATION.clone_into(&mut pair.title);
            sections.push(pair);
        }
        ran => {
            let rows: Vec<SectionRow> = written
                .iter()
                .map(|(key, value)| mono(key, value))
                .collect();
            let refers = written
                .values()
                .any(|value| declaration::references(value).next().is_some());
            sections.push(Section {
                note: if refers {
                    words::NOT_RESOLVED.to_owned()
                } else {
                    String::new()
                },
                ..section(words::CONFIGURATION, rows)
            });
            sections.extend(ran.map(|(execution, before, after)| pair(execution, &before, &after)));
        }
    }
    sections.retain(|section| !section.rows.is_empty());
    sections
}

fn pair(
    execution: &Execution,
    written: &BTreeMap<String, String>,
    resolved: &BTreeMap<String, String>,
) -> Section {
    let who = letter(execution.number);
    let rows = written.iter().map(|(key, value)| SectionRow {
        second: resolved.get(key).filter(|other| *other != value).cloned(),
        ..mono(key, value)
    });
    Section {
        columns: Some((words::WRITTEN.to_owned(), words::resolved(&who))),
        ..section(words::as_run(&who, execution.version), rows.collect())
    }
}

/// Every reference of an action, with its value for the execution that the action shows.
fn reads(scene: &Scene, declared: &ActionDeclaration, record: Option<&Record>) -> Vec<SectionRow> {
    let plan = scene.plan;
    let mut seen: Vec<&str> = vec![];
    let mut rows = vec![];
    for reference in texts(declared).flat_map(declaration::references) {
        if seen.contains(&reference.text) {
            continue;
        }
        seen.push(reference.text);
        let source = match plan.namespaces.get(reference.namespace) {
            Some(at) => words::from(&readers::place(plan, *at)),
            None if reference.namespace == OF_PIPELINE => words::FROM_PIPELINE.to_owned(),
            None if reference.namespace == OF_EXECUTION.0 => words::FROM_EXECUTION.to_owned(),
            None => words::FROM_NOBODY.to_owned(),
        };
        let value =
            record.and_then(|record| value(scene, record, reference.namespace, reference.key));
        rows.push(SectionRow {
            note: source,
            ..match value {
                Some(value) => mono(reference.text, value),
                None => row(reference.text, words::NOT_RUN),
            }
        });
    }
    rows
}

/// What a variable was for an action execution when it began.
fn value(scene: &Scene, record: &Record, namespace: &str, key: &str) -> Option<String> {
    let execution = record.execution;
    if namespace == OF_EXECUTION.0 {
        let uuid = || scene.key().execution(scene.id(execution.number));
        return (key == OF_EXECUTION.1).then(uuid);
    }
    let plan: &Plan = scene.pipeline.plan(execution.version);
    let Some((stage, action)) = plan.namespaces.get(namespace) else {
        let own = || execution.variables.iter();
        return (namespace == OF_PIPELINE)
            .then(|| own().find(|variable| variable.name.as_deref() == Some(key)))
            .flatten()
            .and_then(|variable| variable.resolved_value.clone());
    };
    let ActionExecutionId { ordinal, .. } = record.id;
    let product = execution.product_before(*stage, *action, ordinal)?;
    product.variables.get(key).cloned()
}

/// What the action leaves to others: what it gave out, and what others would read of it.
fn gives_out(
    scene: &Scene,
    declared: &ActionDeclaration,
    record: Option<&Record>,
) -> Option<Section> {
    let namespace = declared.namespace.as_deref();
    let read = namespace
        .map(|namespace| readers::of_namespace(scene.plan, namespace))
        .unwrap_or_default();
    let empty = BTreeMap::new();
    let given = record.map_or(&empty, |record| &record.action.ending.variables);
    let mut rows: Vec<SectionRow> = vec![];
    for (key, value) in given {
        rows.push(mono(key, value));
    }
    let asked = read.iter().map(|(key, _)| key);
    let promised = declared.output_variables.iter().flatten();
    for key in asked.chain(promised) {
        if !rows.iter().any(|row| row.label == *key) {
            rows.push(row(key, words::NOT_RUN));
        }
    }
    if namespace.is_some() {
        for row in &mut rows {
            row.note = readers::of(&read, &row.label);
        }
    }
    let (title, note) = match namespace {
        Some(namespace) => (
            words::gives_out_as(namespace),
            if rows.is_empty() { words::NOT_RUN } else { "" },
        ),
        None if rows.is_empty() => return None,
        None => (words::GIVES_OUT.to_owned(), words::NO_NAMESPACE),
    };
    Some(Section {
        token: record
            .filter(|_| !given.is_empty())
            .map(|record| scene.token(record.execution.number)),
        note: note.to_owned(),
        ..section(title, rows)
    })
}
