//! PARALLEL mode: no stage has a lock and the service tells no state, so who is where is read off the live
//! executions. Each tile shows the record of the newest execution that has one.

use std::cmp::Reverse;

use crate::{
    engine::{
        time::Instant,
        world::{pipeline::Pipeline, plan::Plan},
    },
    model::StageExecutionStatus,
};

/// Who is where in a PARALLEL pipeline, by the stages of its current version.
pub struct Lanes {
    stages: Vec<Lane>,
}

#[derive(Default)]
struct Lane {
    inside: Vec<u32>,
    /// When it was entered last, by whom, and how that ended or stands.
    latest: Option<(Instant, u32, StageExecutionStatus)>,
    records: Vec<Option<(u32, u32)>>,
}

impl Lanes {
    pub fn new(pipeline: &Pipeline, plan: &Plan) -> Self {
        let mut stages: Vec<Lane> = plan
            .stages
            .iter()
            .map(|stage| Lane {
                records: vec![None; stage.actions.len()],
                ..Lane::default()
            })
            .collect();
        let mut missing: usize = stages.iter().map(|lane| lane.records.len()).sum();
        for (number, execution) in pipeline.executions.iter().rev() {
            let here = |stage: u16| {
                pipeline
                    .current_stage(execution.version, stage)
                    .map(usize::from)
            };
            for run in &execution.stages {
                let Some(lane) = here(run.stage).and_then(|index| stages.get_mut(index)) else {
                    continue;
                };
                if execution.active() && execution.inside() == Some(run.stage) {
                    lane.inside.push(*number);
                }
                let entered = (run.entered, *number, run.status);
                if lane
                    .latest
                    .is_none_or(|latest| (latest.0, latest.1) < (entered.0, entered.1))
                {
                    lane.latest = Some(entered);
                }
            }
            if missing == 0 {
                continue;
            }
            let own = pipeline.plan(execution.version);
            for (ordinal, record) in execution.numbered().rev() {
                let Some(index) = here(record.stage) else {
                    continue;
                };
                let action = if execution.version == pipeline.version() {
                    Some(record.action)
                } else {
                    let name = &own.action(record.stage, record.action).name;
                    u16::try_from(index)
                        .ok()
                        .and_then(|stage| plan.action_index(stage, name))
                };
                let slot = action.and_then(|action| {
                    stages
                        .get_mut(index)
                        .and_then(|lane| lane.records.get_mut(usize::from(action)))
                });
                if let Some(slot @ None) = slot {
                    *slot = Some((*number, ordinal));
                    missing -= 1;
                }
            }
        }
        for lane in &mut stages {
            lane.inside.sort_unstable_by_key(|number| Reverse(*number));
        }
        Self { stages }
    }

    /// Who is inside a stage, newest first.
    pub fn inside(&self, stage: u16) -> &[u32] {
        self.stages
            .get(usize::from(stage))
            .map_or(&[], |lane| &lane.inside)
    }

    /// Who entered a stage last, and how that stay ended or stands.
    pub fn latest(&self, stage: u16) -> Option<(u32, StageExecutionStatus)> {
        self.stages
            .get(usize::from(stage))?
            .latest
            .map(|(_, number, status)| (number, status))
    }

    /// The record that a tile shows: execution and ordinal.
    pub fn record(&self, stage: u16, action: u16) -> Option<(u32, u32)> {
        self.stages
            .get(usize::from(stage))?
            .records
            .get(usize::from(action))
            .copied()
            .flatten()
    }
}
