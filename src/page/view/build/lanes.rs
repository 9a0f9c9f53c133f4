//! Executions of PARALLEL mode as lanes: who is where, one sign per check and action, words for what is under way.
//!
//! A lane costs what is drawn of it: rows that are not seen are counted, stages that are not seen stay empty.

use std::cmp::Reverse;

use super::{action, checks, drive::offers, roster, scene::Scene, time};
use crate::order::sort_by_key;
use crate::{
    engine::{
        declaration::ConditionPlace,
        rules::start::MOST_CONCURRENT,
        world::{
            execution::{Execution, Position},
            pin::GitReference,
        },
    },
    model::{ExecutionMode, PipelineExecutionStatus, StageExecutionStatus},
    page::{
        state::picture::LaneOrder,
        text::{drive::offer, picture::lanes as words, state as states},
        view::{Icon, LaneCell, LaneRow, LanesView, Pip, Role, StateView, Tile},
    },
};

/// The lanes of a pipeline in PARALLEL mode; in another mode those that a change of mode left over, if there are any.
pub fn lanes(scene: &Scene) -> Option<LanesView> {
    let left_over = !scene.parallel();
    let mut shown: Vec<&Execution> = scene
        .pipeline
        .executions
        .values()
        .map(Box::as_ref)
        .filter(|execution| {
            if left_over {
                execution.mode == ExecutionMode::Parallel && execution.active()
            } else {
                execution.active() || scene.lingers(execution)
            }
        })
        .collect();
    if left_over && shown.is_empty() {
        return None;
    }
    // By their numbers they come in the order in which they started.
    match scene.picture.order {
        LaneOrder::Start => {}
        LaneOrder::State => sort_by_key(&mut shown, |execution| need(scene, execution)),
        LaneOrder::Place => {
            sort_by_key(&mut shown, |execution| {
                Reverse(roster::way(scene, execution))
            });
        }
    }
    let active = scene.pipeline.active;
    let open = !left_over || scene.picture.left_over;
    let (first, count) = match left_over {
        true => (0, shown.len()),
        false => scene.picture.lanes,
    };
    let first = first.min(shown.len().saturating_sub(1));
    let rows = shown.iter().skip(first).take(if open { count } else { 0 });
    let total = shown.len() as u64;
    Some(LanesView {
        title: if left_over {
            words::left_over(total)
        } else {
            words::title(total)
        },
        active: words::active(active, MOST_CONCURRENT),
        share: u8::try_from(active.saturating_mul(100) / MOST_CONCURRENT)
            .unwrap_or(100)
            .min(100),
        left_over,
        order: scene.picture.order,
        open,
        total: shown.len(),
        chosen: shown.iter().position(|one| scene.is_chosen(one.number)),
        first,
        rows: rows.filter_map(|execution| row(scene, execution)).collect(),
    })
}

/// How soon somebody should look at it: what failed, what waits for a person, what waits, what runs, what is over.
fn need(scene: &Scene, execution: &Execution) -> u8 {
    let told = scene.told(execution);
    match told.map(|told| roster::state(&told.explanation).role) {
        Some(Role::Fail) => 0,
        Some(Role::Person) => 1,
        Some(Role::Wait) => 2,
        Some(Role::Run) => 3,
        Some(Role::Ok | Role::Gone) | None => 4,
    }
}

fn row(scene: &Scene, execution: &Execution) -> Option<LaneRow> {
    let told = scene.told(execution)?;
    let token = scene.standing(execution);
    let state = roster::state(&told.explanation);
    let end = if execution.active() {
        scene.now
    } else {
        execution.updated
    };
    let time = time::exact(end.since(execution.started).max(0));
    let of = of(execution);
    let failed = execution.status == PipelineExecutionStatus::Failed;
    let remedy = execution
        .stages
        .last()
        .filter(|_| failed)
        .and_then(|run| offers::can_retry(scene, execution, run.stage))
        // The lane says which stage it was.
        .map(|(_, command)| (offer::RETRY.to_owned(), command));
    let current = execution.version == scene.pipeline.version();
    Some(LaneRow {
        label: words::label(&token.letter, &token.short, &of, &state.word),
        version: (!current).then(|| words::version(execution.version)),
        cells: (0..scene.plan.stage_count())
            .map(|stage| {
                if scene.draws(stage) {
                    cell(scene, execution, stage, &state)
                } else {
                    None
                }
            })
            .collect(),
        selected: scene.is_chosen(execution.number),
        why: told.why.clone(),
        token,
        of,
        state,
        time,
        remedy,
    })
}

/// What it is of: the branch, tag or pull request that started it, else the branch or revision that its source took.
fn of(execution: &Execution) -> String {
    let pinned = execution.pins.iter().find_map(|pin| pin.git.as_deref());
    if let Some(git) = pinned {
        return match &git.reference {
            GitReference::Branch { name } | GitReference::Tag { name, .. } => name.clone(),
            GitReference::PullRequest { source, .. } => source.clone(),
        };
    }
    let mut endings = execution.actions.iter().map(|action| &action.ending);
    let branch = endings.find_map(|ending| ending.variables.get("BranchName"));
    branch.cloned().unwrap_or_default()
}

/// One execution in one stage of the current version.
fn cell(scene: &Scene, execution: &Execution, stage: u16, state: &StateView) -> Option<LaneCell> {
    let name = scene.plan.stage(stage).name.as_str();
    let plan = scene.pipeline.plan(execution.version);
    let own = plan.stage_index(name)?;
    let run = execution.stage_run(own);
    let (at, inside) = match execution.position {
        Position::Boundary { stage, .. } => (Some(stage), false),
        Position::Inside { stage } => (Some(stage), true),
        Position::Ended { boundary } => (boundary.map(|(stage, _)| stage), false),
    };
    let here = at == Some(own) && execution.active();
    let done = run.is_some_and(|run| {
        matches!(
            run.status,
            StageExecutionStatus::Succeeded | StageExecutionStatus::Skipped
        )
    });
    let mut cell = LaneCell {
        reached: run.is_some() || at.is_some_and(|at| own <= at),
        passed: done && !(here && inside),
        pips: vec![],
        said: String::new(),
    };
    if here && !inside {
        // What it waits for stands in front of what it will do.
        cell.pips.push(Pip {
            state: state.clone(),
            check: false,
        });
        cell.said = words::said(name, &state.word);
    }
    if run.is_some_and(|run| run.status == StageExecutionStatus::Skipped) {
        cell.said = words::said(name, words::STAGE_SKIPPED);
        cell.pips.push(Pip {
            state: StateView {
                role: Role::Gone,
                icon: Icon::Skipped,
                word: words::STAGE_SKIPPED.to_owned(),
            },
            check: false,
        });
        return Some(cell);
    }
    pips_of_checks(
        scene,
        execution,
        own,
        ConditionPlace::BeforeEntry,
        &mut cell,
    );
    for group in &scene.plan.stage_plan(stage).groups {
        for place in group {
            let action = &scene.plan.action(stage, *place).name;
            let record = plan
                .action_index(own, action)
                .and_then(|own_action| execution.latest_attempt(own, own_action))
                .map(|(ordinal, record)| action::of_execution(scene, execution, ordinal, record));
            let (role, icon, text) = match &record {
                None => (Role::Gone, Icon::NotStarted, String::new()),
                Some(record) => {
                    let state = action::state(scene, record);
                    cell.said.push_str(&words::said(action, &state.word));
                    cell.said.push(' ');
                    let grown = action::tile(record) != Tile::Plain;
                    let text = match action::share(scene, record) {
                        _ if !grown => String::new(),
                        Some(percent) if record.action.running() && state.role == Role::Run => {
                            words::share(action, percent)
                        }
                        _ => words::chip(action, &state.word),
                    };
                    (state.role, state.icon, text)
                }
            };
            cell.pips.push(Pip {
                state: StateView {
                    role,
                    icon,
                    word: text,
                },
                check: false,
            });
        }
    }
    pips_of_checks(scene, execution, own, ConditionPlace::OnSuccess, &mut cell);
    if checks::counting(execution, own, ConditionPlace::OnFailure).is_some() {
        pips_of_checks(scene, execution, own, ConditionPlace::OnFailure, &mut cell);
    }
    grow_one(&mut cell.pips);
    if cell.said.is_empty() {
        cell.said = words::said(name, states::NOT_REACHED);
    }
    Some(cell)
}

/// Of several that are under way one speaks: what failed, else what waits for somebody, else the first. There is room
/// for no more, and the others are told by their signs.
fn grow_one(pips: &mut [Pip]) {
    let weight = |pip: &Pip| match pip.state.role {
        _ if pip.state.word.is_empty() => 0,
        Role::Fail => 4,
        Role::Person => 3,
        Role::Wait => 2,
        Role::Run | Role::Ok | Role::Gone => 1,
    };
    let most = pips.iter().map(weight).max().unwrap_or_default();
    let speaks = pips.iter().position(|pip| weight(pip) == most);
    for (place, pip) in pips.iter_mut().enumerate() {
        if Some(place) != speaks {
            pip.state.word.clear();
        }
    }
}

fn pips_of_checks(
    scene: &Scene,
    execution: &Execution,
    stage: u16,
    place: ConditionPlace,
    cell: &mut LaneCell,
) {
    let plan = scene.pipeline.plan(execution.version);
    let declared = plan.condition(stage, place);
    let shown = checks::counting(execution, stage, place);
    for rule in declared
        .and_then(|it| it.rules.as_deref())
        .unwrap_or_default()
    {
        let (state, tile) = checks::rule_state(scene, &rule.name, place, shown);
        let grown = !matches!(tile, Tile::None | Tile::Plain);
        if tile != Tile::None {
            cell.said.push_str(&words::said(&rule.name, &state.word));
            cell.said.push(' ');
        }
        cell.pips.push(Pip {
            state: StateView {
                word: if grown {
                    words::chip(&rule.name, &state.word)
                } else {
                    String::new()
                },
                ..state
            },
            check: true,
        });
    }
}
