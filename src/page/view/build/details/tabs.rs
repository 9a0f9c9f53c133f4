//! Which tabs the selected thing has, and what the one in front says. Only that one is built: a view is built in every
//! frame while the clock runs.
//!
//! A tab is there where it has something to say. Where the tab in front is not one of the selected thing's, its overview
//! is shown; the tab comes back with the next thing that has it.

use super::super::{action, scene::Scene};
use super::{artifacts, history, variables, versions};
use crate::{
    engine::world::execution::Execution,
    page::view::{DetailRow, DetailsTab, DetailsView, Section, SectionRow, Selection},
};

/// What the details are about.
#[derive(Clone, Copy)]
pub enum Subject<'a> {
    /// The shown pipeline.
    Pipeline,
    /// A stage of its current version.
    Stage(u16),
    /// An action of it.
    Action(u16, u16),
    /// An execution of the pipeline, live or past.
    Execution(&'a Execution),
    /// A job: all about it stands in the overview.
    Job,
}

/// Adds the tabs to an overview.
pub fn add(scene: &Scene, view: &mut DetailsView) {
    let Some(subject) = subject(scene, &view.selection) else {
        return;
    };
    view.tabs = tabs(scene, subject);
    let wanted = scene.details.tab;
    if !view.tabs.contains(&wanted) {
        return;
    }
    view.tab = wanted;
    view.sections = match wanted {
        DetailsTab::Overview | DetailsTab::Json => vec![],
        DetailsTab::History => match subject {
            Subject::Pipeline => versions::sections(scene),
            Subject::Stage(stage) => history::of_stage(scene, stage),
            Subject::Action(stage, action) => history::of_action(scene, stage, action),
            Subject::Execution(execution) => history::of_execution(scene, execution),
            Subject::Job => vec![],
        },
        DetailsTab::Variables => match subject {
            Subject::Pipeline => variables::of_pipeline(scene),
            Subject::Action(stage, action) => variables::of_action(scene, stage, action),
            Subject::Execution(execution) => variables::of_execution(scene, execution),
            Subject::Stage(_) | Subject::Job => vec![],
        },
        DetailsTab::Artifacts => match subject {
            Subject::Action(stage, action) => artifacts::of_action(scene, stage, action),
            Subject::Execution(execution) => artifacts::of_execution(scene, execution),
            Subject::Pipeline | Subject::Stage(_) | Subject::Job => vec![],
        },
    };
}

fn subject<'a>(scene: &'a Scene, selection: &Selection) -> Option<Subject<'a>> {
    Some(match selection {
        Selection::Pipeline => Subject::Pipeline,
        Selection::Stage(name) => Subject::Stage(scene.plan.stage_index(name)?),
        Selection::Action(stage, name) => {
            let stage = scene.plan.stage_index(stage)?;
            Subject::Action(stage, scene.plan.action_index(stage, name)?)
        }
        Selection::Execution(_) => Subject::Execution(scene.chosen.as_ref()?),
        Selection::Job(_) => Subject::Job,
    })
}

fn tabs(scene: &Scene, subject: Subject) -> Vec<DetailsTab> {
    let (history, variables, artifacts) = match subject {
        Subject::Pipeline => (true, !variables::declared(scene).is_empty(), false),
        Subject::Stage(stage) => (history::was_entered(scene, stage), false, false),
        Subject::Action(stage, index) => {
            let declared = scene.plan.action(stage, index);
            let none = |list: Option<usize>| list.is_none_or(|count| count == 0);
            let inputs = declared.input_artifacts.as_ref().map(Vec::len);
            let outputs = declared.output_artifacts.as_ref().map(Vec::len);
            (
                action::record(scene, stage, index).is_some(),
                variables::says_anything(declared),
                !none(inputs) || !none(outputs),
            )
        }
        Subject::Execution(execution) => {
            let plan = scene.pipeline.plan(execution.version);
            (
                true,
                !execution.variables.is_empty() || !plan.namespaces.is_empty(),
                !plan.producers.is_empty(),
            )
        }
        Subject::Job => (false, false, false),
    };
    let mut tabs = vec![DetailsTab::Overview];
    for (there, tab) in [
        (history, DetailsTab::History),
        (variables, DetailsTab::Variables),
        (artifacts, DetailsTab::Artifacts),
    ] {
        if there {
            tabs.push(tab);
        }
    }
    tabs.push(DetailsTab::Json);
    tabs
}

/// A section with a heading.
pub fn section(title: impl Into<String>, rows: Vec<SectionRow>) -> Section {
    Section {
        title: title.into(),
        rows,
        ..Section::default()
    }
}

/// A label and a value in words.
pub fn row(label: impl Into<String>, value: impl Into<String>) -> SectionRow {
    SectionRow {
        label: label.into(),
        value: value.into(),
        ..SectionRow::default()
    }
}

/// A label and a value as it is written.
pub fn mono(label: impl Into<String>, value: impl Into<String>) -> SectionRow {
    SectionRow {
        mono: true,
        ..row(label, value)
    }
}

/// A row of the overview.
pub fn same(shown: DetailRow) -> SectionRow {
    SectionRow {
        mono: shown.mono,
        ..row(shown.label, shown.value)
    }
}
