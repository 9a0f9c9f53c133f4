//! What is due, at the right of now.

use super::{plot::Drawing, spans::Lane};
use crate::{
    engine::{
        time::{DAY, Instant},
        world::{
            Due,
            execution::{Deadline, DeadlineKind, Execution},
        },
    },
    page::{
        state::timeline::By,
        text::{time as dates, timeline as words},
        view::{Role, build::time, timeline::Mark},
    },
};

/// How many are shown, and how many entries of the agenda are looked at for them: other pipelines' stand between.
const MOST: usize = 40;
const LOOKED: usize = 400;

/// The marks of the shown pipeline, the next one first. Of those that say the same at the same place there is one.
pub fn marks(drawing: &Drawing) -> Vec<Mark> {
    let scene = drawing.scene;
    let mut marks: Vec<Mark> = Vec::new();
    let due = scene.world.due().take(LOOKED);
    let own = due.filter(|(_, due)| due.pipeline() == Some(scene.pipeline.id));
    for mut mark in own.filter_map(|(deadline, due)| mark(drawing, deadline, due)) {
        let same =
            |other: &&Mark| other.x.to_bits() == mark.x.to_bits() && other.label == mark.label;
        let mut row = marks
            .iter()
            .rev()
            .filter(|other| other.y.to_bits() == mark.y.to_bits());
        if row.clone().any(|other| same(&other)) {
            continue;
        }
        mark.before = row.next().map(|other| other.x);
        marks.push(mark);
        if marks.len() == MOST {
            break;
        }
    }
    marks
}

fn mark(drawing: &Drawing, deadline: Deadline, due: Due) -> Option<Mark> {
    let scene = drawing.scene;
    let at = time::when(deadline.at, scene.now);
    let pipeline = scene.pipeline;
    // Beside the stage as it stands now, whatever the version of the execution.
    let beside = |execution: &Execution, stage: u16| {
        let declared = pipeline.current_stage(execution.version, stage);
        row(drawing, execution.number, declared)
    };
    let first = || row(drawing, pipeline.started, Some(0));
    let (y, role, label) = match due {
        Due::Action(id) => {
            let execution = pipeline.executions.get(&id.execution.number)?;
            let action = execution.actions.get(id.ordinal as usize)?;
            let name = scene.action_name(execution, action.stage, action.action);
            let y = beside(execution, action.stage)?;
            match deadline.kind {
                DeadlineKind::Timeout => (y, Role::Person, words::times_out(&name, &at)),
                _ => (y, Role::Run, words::ends(&name, &at)),
            }
        }
        Due::Job(id) => {
            let execution = pipeline.executions.get(&id.execution.number)?;
            let job = execution.jobs.get(id.ordinal as usize)?;
            let action = execution.actions.get(job.action as usize)?;
            let name = scene.action_name(execution, action.stage, action.action);
            let y = beside(execution, action.stage)?;
            match deadline.kind {
                DeadlineKind::Offer => (y, Role::Wait, words::offered(&name, &at)),
                _ => (y, Role::Run, words::ends(&name, &at)),
            }
        }
        Due::Rule(id) => {
            let execution = pipeline.executions.get(&id.execution.number)?;
            let run = execution.rules.get(id.ordinal as usize)?;
            let condition = execution.conditions.get(run.condition as usize)?;
            let plan = pipeline.plan(execution.version);
            let rule = plan.rule(condition.stage, condition.place, run.rule)?;
            let y = beside(execution, condition.stage)?;
            match deadline.kind {
                DeadlineKind::Opening => (y, Role::Wait, words::opens(&rule.name, &at)),
                DeadlineKind::Timeout => (y, Role::Wait, words::times_out(&rule.name, &at)),
                _ => (y, Role::Run, words::ends(&rule.name, &at)),
            }
        }
        Due::Poll(_) => (first()?, Role::Gone, words::polls(&at)),
        Due::Schedule(_) => (first()?, Role::Gone, words::scheduled(&at)),
        Due::Worker(_) => return None,
    };
    let place = drawing.frame.axis.place(deadline.at) - drawing.anchor;
    Some(Mark {
        x: (place * 10.0).round() / 10.0,
        y,
        before: None,
        role,
        short: short(deadline.at, scene.now),
        label,
    })
}

/// The middle of the lane inside of a stage's row, or of an execution's; none where the row is not seen.
fn row(drawing: &Drawing, execution: u32, stage: Option<u16>) -> Option<f64> {
    let row = match drawing.shown.by {
        By::Stage | By::Table => usize::from(stage?),
        By::Execution => drawing.scene.pipeline.started.checked_sub(execution)? as usize,
    };
    let (first, last) = drawing.rows;
    (first..last)
        .contains(&row)
        .then(|| drawing.middle(row, Lane::Inside))
}

fn short(at: Instant, now: Instant) -> String {
    if at.0.div_euclid(DAY) == now.0.div_euclid(DAY) {
        return time::clock(at);
    }
    let civil = at.civil();
    dates::day_alone(civil.day, dates::month(civil.month))
}
