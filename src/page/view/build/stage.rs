//! A stage as a block on the line, with its gate and whoever stands in front of it.

use super::{action, checks::checks, gate, scene::Scene};
use crate::{
    engine::{
        declaration::{self, ConditionPlace},
        reason::Reason,
        world::{
            execution::{Execution, Position, StageRun},
            pipeline::{Pipeline, StageState},
        },
    },
    model::{ExecutionMode, PipelineExecutionStatus, StageExecutionStatus},
    page::{
        layout::line::StageShape,
        text::{self, stage as words},
        view::{ColumnView, Frame, GhostView, Selection, StageView, WaitingView},
    },
};

pub fn stage(scene: &Scene, index: u16) -> StageView {
    let declaration = scene.plan.stage(index);
    let name = declaration.name.as_str();
    let nothing = StageState::default();
    let state = scene
        .pipeline
        .stages
        .get(usize::from(index))
        .unwrap_or(&nothing);
    let holder = state
        .holder
        .filter(|_| !scene.parallel())
        .and_then(|number| scene.pipeline.executions.get(&number))
        .map(Box::as_ref);
    let (frame, line) = frame(scene, index, state, holder);
    let waiting = waiting(scene, state);
    let (place, of) = (
        usize::from(index) + 1,
        usize::from(scene.plan.stage_count()),
    );
    let label = if waiting.is_empty() {
        words::label(name, place, of, &line)
    } else {
        words::label_waiting(name, place, of, &line, waiting.len() as u64)
    };
    let drawn = scene.draws(index);
    let selected = matches!(&scene.selection, Selection::Stage(chosen) if chosen == name);
    StageView {
        name: name.to_owned(),
        label,
        line,
        frame,
        holder: holder.map(|holder| scene.token(holder.number)),
        waiting,
        ghosts: ghost(scene, state).into_iter().collect(),
        gate: gate::gate(scene, name, state),
        inside: match &scene.lanes {
            Some(lanes) if scene.large => {
                let inside = lanes.inside(index).iter();
                inside.map(|number| scene.token(*number)).collect()
            }
            _ => vec![],
        },
        shape: shape(scene, index),
        drawn,
        checks: if drawn { checks(scene, index) } else { vec![] },
        columns: if drawn { columns(scene, index) } else { vec![] },
        selected,
    }
}

/// What it takes to know the size of the block, whether it is drawn or not.
fn shape(scene: &Scene, index: u16) -> StageShape {
    let rules = |place| {
        let condition = scene.plan.condition(index, place);
        condition
            .and_then(|condition| condition.rules.as_ref())
            .map_or(0, Vec::len)
    };
    let groups = scene.plan.stage_plan(index).groups.iter();
    StageShape {
        before: rules(ConditionPlace::BeforeEntry),
        columns: groups.map(Vec::len).collect(),
        success: rules(ConditionPlace::OnSuccess),
    }
}

fn columns(scene: &Scene, index: u16) -> Vec<ColumnView> {
    let declaration = scene.plan.stage(index);
    let groups = scene.plan.stage_plan(index).groups.iter();
    groups
        .map(|group| {
            let order = group
                .first()
                .and_then(|first| declaration.actions.get(usize::from(*first)));
            ColumnView {
                run_order: order.map_or(1, |action| {
                    u32::try_from(declaration::run_order(action)).unwrap_or(1)
                }),
                actions: group
                    .iter()
                    .map(|place| action::action(scene, index, *place))
                    .collect(),
            }
        })
        .collect()
}

/// Whether an execution failed where it still is the last one that was there: somebody can retry it, or roll the stage
/// back.
pub fn waits_for_a_retry(pipeline: &Pipeline, execution: &Execution) -> bool {
    let failed = execution.status == PipelineExecutionStatus::Failed;
    if !failed || execution.mode == ExecutionMode::Parallel {
        return false;
    }
    let own = pipeline.plan(execution.version);
    let last = execution.stages.last().map(|run| run.stage);
    pipeline
        .stages
        .iter()
        .any(|stage| stage.latest == Some(execution.number) && last == own.stage_index(&stage.name))
}

/// When an execution took the lock it holds.
pub fn held_since(execution: &Execution) -> crate::engine::time::Instant {
    execution
        .stages
        .last()
        .map_or(execution.started, StageRun::since)
}

fn frame(
    scene: &Scene,
    index: u16,
    state: &StageState,
    holder: Option<&Execution>,
) -> (Frame, String) {
    if let Some(holder) = holder {
        let span = scene.so_far(held_since(holder));
        return (
            Frame::Held,
            words::locked(&super::letter(holder.number), &span),
        );
    }
    let inside = scene
        .lanes
        .as_ref()
        .map_or(0, |lanes| lanes.inside(index).len());
    if inside > 0 {
        return (Frame::Free, words::inside(inside as u64));
    }
    match latest(scene, index, state) {
        Some((number, StageExecutionStatus::Failed)) => {
            (Frame::Bad, words::failed(&super::letter(number)))
        }
        Some((number, StageExecutionStatus::Skipped)) => {
            (Frame::Free, words::skipped(&super::letter(number)))
        }
        _ if scene.parallel() => (Frame::Free, words::NOBODY_INSIDE.to_owned()),
        _ => (Frame::Free, words::FREE.to_owned()),
    }
}

/// GS-2: who entered the stage last, and how that stands.
pub fn latest(
    scene: &Scene,
    index: u16,
    state: &StageState,
) -> Option<(u32, StageExecutionStatus)> {
    if let Some(lanes) = &scene.lanes {
        return lanes.latest(index);
    }
    let number = state.latest?;
    let execution = scene.pipeline.executions.get(&number)?;
    let own = scene
        .pipeline
        .plan(execution.version)
        .stage_index(&state.name)?;
    Some((number, execution.stage_run(own)?.status))
}

fn waiting(scene: &Scene, state: &StageState) -> Vec<WaitingView> {
    let queued = scene.plan.mode == ExecutionMode::Queued;
    let who = state.waiting.iter().enumerate();
    who.filter_map(|(place, number)| {
        let execution = scene.pipeline.executions.get(number)?;
        let told = scene.told(execution)?;
        let span = scene.so_far(told.explanation.since);
        Some(WaitingView {
            token: scene.token(*number),
            line: if queued {
                words::waits_in_line(&text::nth(place + 1), &span)
            } else {
                words::waits(&span)
            },
            why: told.why.clone(),
        })
    })
    .collect()
}

/// Who left the bay last without entering: it stays until the next one leaves there, or for 15 virtual minutes.
fn ghost(scene: &Scene, state: &StageState) -> Option<GhostView> {
    let execution = scene.pipeline.executions.get(&state.left?)?;
    let left = matches!(execution.position, Position::Ended { boundary: Some(_) });
    if !left || !scene.lingers(execution) {
        return None;
    }
    let time = scene.when(execution.updated);
    let line = match &execution.reason {
        Some(Reason::SupersededBy { by }) => words::ghost_superseded(&super::letter(*by), &time),
        Some(Reason::Stopped { .. }) => words::ghost_stopped(&time),
        Some(Reason::PipelineUpdated { version }) => words::ghost_cancelled(*version, &time),
        _ => words::ghost_left(&time),
    };
    Some(GhostView {
        token: scene.standing(execution),
        line,
    })
}
