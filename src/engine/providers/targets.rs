//! The targets of a deployment to machines (DT-2, DT-3), derived from what is kept of the action and from nothing else,
//! so that they are the same whenever they are asked for.
//!
//! A deployment goes from batch to batch (`MaxBatch`, one target at a time where nothing is said), each as long as it
//! takes for all of them to be through within the shortest time that such an action usually needs. The last batch goes
//! on until the action ends. What ends earlier cuts the rest short: whoever was still to come is through in the last
//! moment of a success, and skipped after a failure, which is the failure of the batch under way. A target shows as
//! soon as the deployment reaches it, and never changes what it has shown before.

use super::{Configuration, Run, of, usual_duration};
use crate::{
    engine::{
        random::mix,
        time::Instant,
        world::{execution::ActionExecution, plan::ActionPlan},
    },
    model::{
        ActionExecutionStatus, DeployActionExecutionTarget, DeployTargetEvent,
        DeployTargetEventContext,
    },
};

/// How many targets there are where nobody says.
const USUAL: u16 = 3;

/// The targets that an action execution has reached by now, in the order in which it goes through them.
#[must_use]
pub fn targets(
    run: &Run,
    plan: &ActionPlan,
    record: &ActionExecution,
) -> Vec<DeployActionExecutionTarget> {
    let provider = of(plan.kind);
    let count = u64::from(record.targets.unwrap_or(USUAL).max(1));
    let batch_size = batch_size(run.configuration, count);
    let batches = count.div_ceil(batch_size);
    let (shortest, _) = usual_duration(plan.kind, run.configuration);
    let deployment = Deployment {
        run,
        record,
        steps: steps(run.configuration),
        batches,
        pace: shortest / i64::try_from(batches).unwrap_or(i64::MAX).max(1),
    };
    (0..count)
        .filter_map(|index| {
            let (id, kind) = provider.target(run, index)?;
            let mut target = deployment.target(index, index / batch_size)?;
            target.target_id = Some(id);
            target.target_type = Some(kind.to_owned());
            Some(target)
        })
        .collect()
}

/// How many targets a deployment changes at a time: a count or a share of all.
fn batch_size(configuration: &Configuration, count: u64) -> u64 {
    let said = configuration.get("MaxBatch").map_or("", |text| text.trim());
    let size = match said.strip_suffix('%') {
        Some(percent) => percent
            .parse::<u64>()
            .ok()
            .map(|percent| count.saturating_mul(percent) / 100),
        None => said.parse().ok(),
    };
    size.unwrap_or(1).clamp(1, count)
}

/// DT-3: what is done on a target, in order.
fn steps(configuration: &Configuration) -> Vec<&'static str> {
    let has = |key: &str| configuration.get(key).is_some_and(|text| !text.is_empty());
    let before = has("PreScript").then_some("BeforeDeploy");
    let after = has("PostScript").then_some("AfterDeploy");
    before.into_iter().chain(["Deploy"]).chain(after).collect()
}

struct Deployment<'a> {
    run: &'a Run<'a>,
    record: &'a ActionExecution,
    steps: Vec<&'static str>,
    batches: u64,
    /// How long a batch takes, in milliseconds, the last one apart.
    pace: i64,
}

/// The states of targets and of what is done on them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    InProgress,
    Succeeded,
    Failed,
    Skipped,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::InProgress => "InProgress",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Skipped => "Skipped",
        }
    }
}

impl Deployment<'_> {
    /// When a batch begins unless the action ends before.
    fn begins(&self, batch: u64) -> Instant {
        let batches = i64::try_from(batch).unwrap_or(i64::MAX);
        self.record.started.after(self.pace.saturating_mul(batches))
    }

    /// How it stands with a target; `None` where the deployment has not come to it.
    fn target(&self, index: u64, batch: u64) -> Option<DeployActionExecutionTarget> {
        let last = batch + 1 == self.batches;
        let begins = self.begins(batch);
        let planned_end = (!last).then(|| self.begins(batch + 1));
        let ended = (!self.record.running()).then_some(self.record.updated);
        let horizon = ended.unwrap_or(self.run.world.now);
        // At every instant exactly one batch is reached and not through: what fails then is this one.
        let reached = batch == 0 || begins < horizon;
        let through = planned_end.filter(|end| *end < horizon);
        let (status, end) = match self.record.status {
            ActionExecutionStatus::Succeeded => {
                let end = planned_end.map_or(horizon, |end| end.min(horizon));
                (Status::Succeeded, Some(end))
            }
            _ if through.is_some() => (Status::Succeeded, through),
            ActionExecutionStatus::Failed if reached => (Status::Failed, Some(horizon)),
            ActionExecutionStatus::Failed => (Status::Skipped, None),
            // SP-4: to what was abandoned nobody listens any more, so it stays as it was.
            ActionExecutionStatus::InProgress | ActionExecutionStatus::Abandoned if reached => {
                (Status::InProgress, None)
            }
            ActionExecutionStatus::InProgress | ActionExecutionStatus::Abandoned => return None,
        };
        let begins = begins.min(horizon);
        let skipped = status == Status::Skipped;
        Some(DeployActionExecutionTarget {
            status: Some(status.word().to_owned()),
            start_time: (!skipped).then(|| begins.timestamp()),
            end_time: end.map(Instant::timestamp),
            events: Some(if skipped {
                vec![]
            } else {
                self.events(index, begins, status, end, horizon)
            }),
            ..DeployActionExecutionTarget::default()
        })
    }

    /// What was done on a target so far: each step its share of the time of a batch, the last one until the end.
    fn events(
        &self,
        index: u64,
        begins: Instant,
        status: Status,
        end: Option<Instant>,
        horizon: Instant,
    ) -> Vec<DeployTargetEvent> {
        let count = i64::try_from(self.steps.len()).unwrap_or(1).max(1);
        let share = self.pace / count;
        let horizon = end.unwrap_or(horizon);
        let mut events = vec![];
        for (name, step) in self.steps.iter().zip(0_i64..) {
            let starts = begins.after(share.saturating_mul(step));
            let last = step + 1 == count;
            // What fails or is under way has not come to the later steps; a success has done them all.
            if status != Status::Succeeded && step > 0 && starts >= horizon {
                break;
            }
            let planned = (!last).then(|| begins.after(share.saturating_mul(step + 1)));
            let through = planned.filter(|planned| *planned < horizon);
            let (status, ends) = match (status, through) {
                (_, Some(planned)) => (Status::Succeeded, Some(planned)),
                (status, None) => (status, end),
            };
            let number = mix(self.run.number(index + 1) ^ mix(step.unsigned_abs()));
            let machine = self.run.declaration.action_type_id.provider == "EC2";
            let failed = status == Status::Failed;
            let error = self.record.ending.error.as_ref().filter(|_| failed);
            let context = DeployTargetEventContext {
                ssm_command_id: machine.then(|| self.run.world.key().of_target(number)),
                message: error.map(|error| error.message.clone()),
            };
            events.push(DeployTargetEvent {
                name: Some((*name).to_owned()),
                status: Some(status.word().to_owned()),
                start_time: Some(starts.min(horizon).timestamp()),
                end_time: ends.map(Instant::timestamp),
                context: Some(context),
            });
        }
        events
    }
}
