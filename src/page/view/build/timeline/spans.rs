//! What an execution's record says of its time: when it stood in front of stages, and when inside. Worked out once for
//! each state of the record.

use std::collections::BTreeMap;

use super::axis::BUCKET;
use crate::{
    engine::{
        catalogue,
        explain::{Work, work},
        ids::ActionExecutionId,
        time::Instant,
        world::{
            World,
            execution::{Execution, Position, StageRun},
            pipeline::Pipeline,
            plan::Plan,
        },
    },
    model::{ActionCategory, PipelineExecutionStatus, StageExecutionStatus},
    page::view::timeline::BarKind,
};

/// Whether a wait was at a closed gate, by execution number and stage of its version.
pub type Waits = BTreeMap<(u32, u16), bool>;

/// Where a stretch was spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    Front,
    Inside,
}

/// A stretch inside a stay that says something else than the stay.
pub type Part = (i64, Option<i64>, BarKind);

/// A stretch of an execution's life.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The stage among those of the execution's version.
    pub declared: u16,
    /// The stage among the present ones; none where an update removed it.
    pub stage: Option<u16>,
    pub lane: Lane,
    pub kind: BarKind,
    pub from: i64,
    /// None while it goes on.
    pub to: Option<i64>,
    pub parts: Vec<Part>,
    /// It ended because the execution left the line there.
    pub left: bool,
}

impl Span {
    /// What went on at an instant of it.
    pub fn kind_at(&self, at: Instant) -> BarKind {
        let mut parts = self.parts.iter();
        let part = parts.find(|(from, to, _)| *from <= at.0 && to.is_none_or(|to| at.0 < to));
        part.map_or(self.kind_while_there(), |(.., kind)| *kind)
    }

    /// How a stay ended was not known while it went on.
    fn kind_while_there(&self) -> BarKind {
        match (self.lane, self.kind) {
            (Lane::Inside, _) => BarKind::Run,
            (Lane::Front, kind) => kind,
        }
    }
}

/// An execution's time.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    pub number: u32,
    pub version: u32,
    pub from: i64,
    /// None while it goes on.
    pub to: Option<i64>,
    pub spans: Vec<Span>,
    /// When anything began or ended, as buckets of the axis.
    pub happened: Vec<i64>,
}

/// The course of an execution.
pub fn course(world: &World, pipeline: &Pipeline, execution: &Execution, waits: &Waits) -> Course {
    let plan = pipeline.plan(execution.version);
    let mut spans = Vec::with_capacity(execution.stages.len() + 2);
    for run in &execution.stages {
        let stage = pipeline.current_stage(execution.version, run.stage);
        if run.entered > run.arrived {
            spans.push(Span {
                declared: run.stage,
                stage,
                lane: Lane::Front,
                kind: waited(waits, execution.number, run.stage),
                from: run.arrived.0,
                to: Some(run.entered.0),
                parts: Vec::new(),
                left: false,
            });
        }
        spans.push(Span {
            declared: run.stage,
            stage,
            lane: Lane::Inside,
            kind: stay(run),
            from: run.entered.0,
            to: run.ended.map(|ended| ended.0),
            parts: parts(world, (pipeline, plan), execution, run),
            left: false,
        });
    }
    let boundary = match &execution.position {
        Position::Boundary { stage, since, .. } => Some((*stage, *since, None)),
        Position::Ended {
            boundary: Some((stage, since)),
        } => Some((*stage, *since, Some(execution.updated.0))),
        Position::Inside { .. } | Position::Ended { boundary: None } => None,
    };
    if let Some((declared, since, to)) = boundary.filter(|(_, since, to)| *to != Some(since.0)) {
        spans.push(Span {
            declared,
            stage: pipeline.current_stage(execution.version, declared),
            lane: Lane::Front,
            kind: waited(waits, execution.number, declared),
            from: since.0,
            to,
            parts: Vec::new(),
            left: to.is_some() && execution.status != PipelineExecutionStatus::Succeeded,
        });
    }
    let edges = spans.iter().flat_map(|span| {
        let parts = span.parts.iter();
        let inner = parts.flat_map(|(from, to, _)| [Some(*from), *to]);
        [Some(span.from), span.to].into_iter().chain(inner)
    });
    let own = [Some(execution.started.0), Some(execution.updated.0)];
    let mut happened: Vec<i64> = edges
        .chain(own)
        .flatten()
        .map(|at| at.div_euclid(BUCKET))
        .collect();
    happened.sort_unstable();
    happened.dedup();
    Course {
        number: execution.number,
        version: execution.version,
        from: execution.started.0,
        to: (!execution.active()).then_some(execution.updated.0),
        spans,
        happened,
    }
}

fn waited(waits: &Waits, number: u32, stage: u16) -> BarKind {
    match waits.get(&(number, stage)) {
        Some(true) => BarKind::Gate,
        Some(false) => BarKind::Lock,
        None => BarKind::Waited,
    }
}

/// What a stay came to.
fn stay(run: &StageRun) -> BarKind {
    match run.status {
        StageExecutionStatus::Succeeded => BarKind::Done,
        StageExecutionStatus::Failed => BarKind::Fail,
        StageExecutionStatus::InProgress | StageExecutionStatus::Stopping
            if run.ended.is_none() =>
        {
            BarKind::Run
        }
        _ => BarKind::Gone,
    }
}

/// When a person was asked, and when a condition was looked at.
fn parts(
    world: &World,
    (pipeline, plan): (&Pipeline, &Plan),
    execution: &Execution,
    run: &StageRun,
) -> Vec<Part> {
    let asks = plan
        .stages
        .get(usize::from(run.stage))
        .is_some_and(|stage| stage.actions.iter().any(|action| is_approval(action.kind)));
    let within = |at: i64| at >= run.entered.0 && run.ended.is_none_or(|ended| at <= ended.0);
    let mut parts: Vec<Part> = Vec::new();
    if asks {
        let approvals = execution
            .in_stage(run.stage)
            .map(|(_, action)| action)
            .filter(|action| is_approval(plan.action_plan(action.stage, action.action).kind))
            .filter(|action| within(action.started.0))
            .map(|action| {
                let to = (!action.running()).then_some(action.updated.0);
                (action.started.0, to, BarKind::Person)
            });
        parts.extend(approvals);
    }
    if run.ended.is_none() && execution.active() {
        // Whoever decides over an action that is held is a person too. That it was held once, nobody knows any more.
        let held = execution.in_stage(run.stage).filter(|(ordinal, action)| {
            let id = ActionExecutionId {
                execution: (pipeline.id.0, execution.number).into(),
                ordinal: *ordinal,
            };
            let planned = plan.action_plan(action.stage, action.action);
            action.running() && work(world, id, planned) == Work::Held
        });
        parts.extend(held.map(|(_, action)| (action.started.0, None, BarKind::Person)));
    }
    let checks = execution
        .conditions
        .iter()
        .filter(|check| check.stage == run.stage && within(check.started.0))
        .map(|check| {
            let to = (!check.running()).then_some(check.updated.0);
            (check.started.0, to, BarKind::Check)
        })
        .filter(|(from, to, _)| *to != Some(*from));
    parts.extend(checks);
    parts
}

fn is_approval(kind: Option<&'static catalogue::ActionType>) -> bool {
    kind.is_some_and(|kind| kind.category == ActionCategory::Approval)
}
