//! What an action, a stage, an execution did, the newest first where it is of several executions.
//!
//! The past is looked up from the newest execution downwards, so many at most; what is older is said to be left out.

use std::iter;

use super::super::{action, checks, letter, scene::Scene, time};
use super::{
    in_front, record_rows, run_time, stage_state,
    tabs::{mono, row, same, section},
};
use crate::{
    engine::{
        operations,
        world::{
            condition::ConditionRun,
            execution::{ActionExecution, Execution, Position, StageRun},
            history::Recorded,
            pipeline::StageState,
        },
    },
    model::ConditionExecutionStatus,
    page::{
        text::{
            details::{self as labels, sections as words},
            picture::checks as captions,
            state as states,
        },
        view::{Section, SectionRow, Selection},
    },
};

/// How many executions are looked at, beside those that are live.
const LOOKED_AT: usize = 60;
/// How many attempts of an action are shown.
const ATTEMPTS: usize = 20;
/// How many stays in a stage are shown.
const STAYS: usize = 10;

/// Executions from the newest on, without those of a past too far away.
fn newest<'a>(scene: &Scene<'a>) -> impl Iterator<Item = Recorded<'a>> + use<'a> {
    let pipeline = scene.pipeline;
    let numbers = (1..=pipeline.started).rev();
    let floor = numbers.clone().take(LOOKED_AT).last().unwrap_or(1);
    let live = pipeline.executions.range(..floor).rev();
    numbers
        .take(LOOKED_AT)
        .filter_map(move |number| pipeline.execution(number))
        .chain(live.map(|(_, execution)| Recorded::Live(execution)))
}

fn older() -> Section {
    Section {
        note: words::OLDER.to_owned(),
        ..Section::default()
    }
}

/// Whether anybody of whom the stage knows was ever in it.
pub fn was_entered(scene: &Scene, stage: u16) -> bool {
    let nothing = StageState::default();
    let state = scene.pipeline.stages.get(usize::from(stage));
    let current = scene.pipeline.version();
    state.unwrap_or(&nothing).latest.is_some()
        || scene
            .pipeline
            .executions
            .values()
            .any(|execution| execution.version == current && execution.stage_run(stage).is_some())
}

/// The attempts at an action, by its name in every version.
pub fn of_action(scene: &Scene, stage: u16, index: u16) -> Vec<Section> {
    let stage_name = &scene.plan.stage(stage).name;
    let name = &scene.plan.action(stage, index).name;
    let mut sections = vec![];
    let mut cut = scene.pipeline.started as usize > LOOKED_AT;
    for execution in newest(scene) {
        let plan = scene.pipeline.plan(execution.version);
        let place = plan
            .stage_index(stage_name)
            .and_then(|stage| Some((stage, plan.action_index(stage, name)?)));
        let Some((stage, index)) = place else {
            continue;
        };
        let count = execution.attempts(stage, index).count();
        if sections.len() + count > ATTEMPTS && !sections.is_empty() {
            cut = true;
            break;
        }
        let attempts = execution.attempts(stage, index).rev();
        for (place, (ordinal, record)) in (1..=count).rev().zip(attempts) {
            let number = (count > 1).then_some(place);
            sections.push(attempt(scene, &execution, ordinal, record, number));
        }
    }
    sections.extend(cut.then(older));
    sections
}

fn attempt(
    scene: &Scene,
    execution: &Execution,
    ordinal: u32,
    action: &ActionExecution,
    number: Option<usize>,
) -> Section {
    let record = action::of_execution(scene, execution, ordinal, action);
    let who = labels::execution(&letter(execution.number));
    let mut rows: Vec<SectionRow> = record_rows(scene, &record)
        .into_iter()
        .filter(|row| row.label != labels::ATTEMPT)
        .map(same)
        .collect();
    let detail = operations::detail(scene.world, scene.pipeline, execution, record.id);
    let result = detail.and_then(|detail| detail.output?.execution_result);
    if let Some(result) = result {
        rows.extend(
            result
                .external_execution_id
                .map(|id| mono(words::EXTERNAL_ID, id)),
        );
        let said = action.ending.error.as_ref().map(|error| &error.message);
        rows.extend(
            result
                .external_execution_summary
                .filter(|summary| !summary.is_empty() && Some(summary) != said)
                .map(|summary| row(words::SUMMARY, summary)),
        );
    }
    rows.extend(
        action
            .ending
            .variables
            .iter()
            .map(|(key, value)| SectionRow {
                mark: words::OUTPUT.to_owned(),
                ..mono(key, value)
            }),
    );
    Section {
        to: Some(chosen(scene, execution)),
        token: Some(scene.token(execution.number)),
        state: Some(action::state(scene, &record)),
        note: if action.dismissed {
            words::RETRIED.to_owned()
        } else {
            String::new()
        },
        ..section(
            match number {
                Some(number) => words::attempt_of(&who, number),
                None => who,
            },
            rows,
        )
    }
}

fn chosen(scene: &Scene, execution: &Execution) -> Selection {
    Selection::Execution(scene.key().execution(scene.id(execution.number)))
}

/// The stays in a stage, by its name in every version.
pub fn of_stage(scene: &Scene, stage: u16) -> Vec<Section> {
    let name = &scene.plan.stage(stage).name;
    let mut sections = vec![];
    let mut cut = scene.pipeline.started as usize > LOOKED_AT;
    for execution in newest(scene) {
        let Some(stage) = scene.pipeline.plan(execution.version).stage_index(name) else {
            continue;
        };
        for run in execution
            .stages
            .iter()
            .rev()
            .filter(|run| run.stage == stage)
        {
            if sections.len() == STAYS {
                sections.push(older());
                return sections;
            }
            sections.push(Section {
                title: labels::execution(&letter(execution.number)),
                to: Some(chosen(scene, &execution)),
                token: Some(scene.token(execution.number)),
                ..stay(scene, &execution, run)
            });
        }
    }
    // Nobody in any version: then nothing was cut either.
    cut &= !sections.is_empty();
    sections.extend(cut.then(older));
    sections
}

/// The way of an execution: its stays, and where it waits or left.
pub fn of_execution(scene: &Scene, execution: &Execution) -> Vec<Section> {
    let mut sections: Vec<Section> = execution
        .stages
        .iter()
        .map(|run| {
            let title = scene.stage_name(execution, run.stage);
            Section {
                to: scene
                    .plan
                    .stage_index(&title)
                    .map(|_| Selection::Stage(title.clone())),
                title,
                ..stay(scene, execution, run)
            }
        })
        .collect();
    let boundary = match execution.position {
        Position::Boundary { stage, .. } => Some(stage),
        Position::Ended { boundary } => boundary.map(|(stage, _)| stage),
        Position::Inside { .. } => None,
    };
    sections.extend(boundary.map(|stage| {
        let (state, aside) = in_front(scene, execution, stage);
        Section {
            state: Some(state),
            aside,
            ..section(words::waiting(&scene.stage_name(execution, stage)), vec![])
        }
    }));
    let asks = scene.told(execution).is_some_and(|told| told.why.is_some());
    if let Some(last) = sections.last_mut() {
        last.why = asks;
    }
    sections
}

/// One stay in a stage: its times, conditions and actions.
fn stay(scene: &Scene, execution: &Execution, run: &StageRun) -> Section {
    let mut rows = vec![];
    let waited = run.entered.since(run.arrived);
    if waited > 0 {
        let since = time::stamp(run.arrived, scene.now);
        rows.push(row(
            words::WAITED,
            words::waited(&time::exact(waited), &since),
        ));
    }
    rows.push(row(words::ENTERED, time::stamp(run.entered, scene.now)));
    rows.extend(
        run.ended
            .map(|ended| row(words::ENDED, time::stamp(ended, scene.now))),
    );
    if !run.retries.is_none() {
        let retries = words::retries(run.retries.manual, run.retries.automatic);
        rows.push(row(words::RETRIES, retries));
    }
    for (index, condition) in iter::zip(0.., &execution.conditions) {
        if condition.stage == run.stage {
            rows.extend(evaluation(scene, execution, index, condition));
        }
    }
    for (ordinal, action) in execution.in_stage(run.stage) {
        let record = action::of_execution(scene, execution, ordinal, action);
        let number = action::attempt(&record);
        let error = action.ending.error.as_ref();
        rows.push(SectionRow {
            mark: if number > 1 {
                words::attempt(number)
            } else {
                String::new()
            },
            note: error.map(|error| error.message.clone()).unwrap_or_default(),
            ..row(
                scene.action_name(execution, action.stage, action.action),
                action::state(scene, &record).word,
            )
        });
    }
    Section {
        state: Some(stage_state(run.status)),
        aside: run_time(scene, run),
        rows,
        ..Section::default()
    }
}

/// One evaluation of a condition and the runs of its rules.
fn evaluation(
    scene: &Scene,
    execution: &Execution,
    index: u32,
    run: &ConditionRun,
) -> Vec<SectionRow> {
    let word = match run.status {
        ConditionExecutionStatus::InProgress => states::RUNNING,
        ConditionExecutionStatus::Succeeded => words::PASSED,
        ConditionExecutionStatus::Failed => states::FAILED,
        ConditionExecutionStatus::Errored => words::ERRORED,
        ConditionExecutionStatus::Cancelled => states::CANCELLED,
        ConditionExecutionStatus::Abandoned => states::ABANDONED,
        ConditionExecutionStatus::Overridden => words::OVERRIDDEN,
    };
    let until = if run.running() {
        scene.now
    } else {
        run.updated
    };
    let span = time::exact(until.since(run.started));
    let mut rows = vec![SectionRow {
        note: if run.dismissed {
            words::RETRIED.to_owned()
        } else {
            String::new()
        },
        ..row(
            words::condition(captions::caption(run.place)),
            words::condition_state(word, &span),
        )
    }];
    let plan = scene.pipeline.plan(execution.version);
    for (_, rule) in execution.rules_of(index) {
        let Some(declared) = plan.rule(run.stage, run.place, rule.rule) else {
            continue;
        };
        let evaluation = Some((execution, index, run));
        let (state, _) = checks::rule_state(scene, &declared.name, run.place, evaluation);
        let error = rule.ending.error.as_ref();
        rows.push(SectionRow {
            mark: words::RULE.to_owned(),
            note: error.map(|error| error.message.clone()).unwrap_or_default(),
            ..row(&declared.name, state.word)
        });
    }
    rows
}
