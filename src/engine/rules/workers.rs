//! Workers of the simulator at work: when they poll, what they take, what they report.
//!
//! A poll that finds nothing is nowhere: a job that can be had plans the next poll of its type's worker, which is then a
//! deadline like any other (design, engine contract).

use std::rc::Rc;

use super::jobs;
use crate::{
    engine::{
        decision::Decision,
        fact::Event,
        ids::JobId,
        random::within,
        worker::{DURATION, Report, Silence, WorkerSettings},
        world::{
            Due, World,
            execution::{Deadline, DeadlineKind},
            job::Progress,
        },
    },
    model::ActionTypeId,
};

/// A worker is attached to an action type, or the attached one works in another way from now on.
pub fn attach(decision: &mut Decision, action_type: ActionTypeId, settings: WorkerSettings) {
    let attached = decision.worker_of(&action_type);
    let worker = attached.map_or(decision.attached_workers, |worker| worker.number);
    decision.record(Event::WorkerAttached {
        worker,
        action_type: Box::new(action_type.clone()),
        settings: Box::new(settings),
    });
    plan(decision, &action_type);
}

/// The worker of an action type asks for no more jobs. Nothing where there is none.
pub fn detach(decision: &mut Decision, action_type: &ActionTypeId) {
    if let Some(worker) = decision.worker_of(action_type).map(|worker| worker.number) {
        decision.record(Event::WorkerDetached {
            worker,
            action_type: Box::new(action_type.clone()),
        });
    }
}

/// Something may have changed for the worker of a type: if its next poll finds something, it is planned.
pub fn plan(decision: &mut Decision, action_type: &ActionTypeId) {
    let Some(worker) = decision.worker_of(action_type) else {
        return;
    };
    if worker.settings.external || worker.poll.is_some() || worker.free() == 0 {
        return;
    }
    let (number, at) = (worker.number, worker.next_poll(decision.now()));
    // At the end of the calendar nobody polls any more.
    if at > decision.now() && jobs::offers(decision, action_type).next().is_some() {
        decision.record(Event::WorkerPollPlanned { worker: number, at });
    }
}

/// As [`plan`], for every worker.
pub fn plan_all(decision: &mut Decision) {
    let types: Vec<ActionTypeId> = decision
        .workers
        .values()
        .map(|worker| worker.action_type.clone())
        .collect();
    for action_type in types {
        plan(decision, &action_type);
    }
}

/// A worker polls: it takes the oldest jobs that it has hands for, and acknowledges them at once.
pub fn poll(decision: &mut Decision, number: u32) {
    let Some(worker) = decision.workers.get(&number).cloned() else {
        return;
    };
    decision.record(Event::WorkerPolled { worker: number });
    let found: Vec<JobId> = jobs::offers(decision, &worker.action_type)
        .take(worker.free())
        .collect();
    for id in found {
        jobs::hand_out(decision, id);
        match worker.settings.silence {
            Some(Silence::Acknowledge) => {}
            Some(Silence::Report) => start(decision, id, number, None),
            None => {
                let token = jobs::live(decision, id).and_then(|(job, _)| job.token.clone());
                let range = worker.settings.duration.unwrap_or(DURATION);
                let takes = within(decision.draw(), range.min, range.max).max(1);
                let report = worker.settings.report(token.as_deref(), decision.draw());
                let deadline = Deadline {
                    at: decision.now().after(takes),
                    kind: DeadlineKind::Completion,
                };
                start(decision, id, number, Some((deadline, report)));
            }
        }
    }
    plan(decision, &worker.action_type);
}

fn start(decision: &mut Decision, id: JobId, worker: u32, work: Option<(Deadline, Report)>) {
    let (deadline, report) = work.unzip();
    decision.record(Event::JobStarted {
        execution: id.execution,
        job: id.ordinal,
        deadline,
        worker: Some(worker),
        report: report.map(Rc::new),
    });
}

/// A simulated worker is done with a job, and says so.
pub fn report(decision: &mut Decision, id: JobId) {
    let Some((job, _)) = jobs::live(decision, id) else {
        return;
    };
    let progress = |percent| Progress {
        external_id: Some(decision.key().job(id)),
        percent: Some(percent),
        ..Progress::default()
    };
    match job.report.as_deref().cloned() {
        Some(Report::Continue { step, steps }) => {
            let percent = i64::from(step).saturating_mul(100) / i64::from(steps.max(1));
            let progress = Progress {
                summary: Some(format!("Step {step} of {steps} is done")),
                ..progress(percent.clamp(0, 100))
            };
            jobs::go_on(decision, id, &step.to_string(), progress);
        }
        Some(Report::Failure { code, message }) => {
            let progress = Progress {
                percent: None,
                ..progress(0)
            };
            jobs::fail(decision, id, code, message, progress);
        }
        Some(Report::Success { variables }) => {
            let progress = Progress {
                summary: Some("The worker is done".to_owned()),
                ..progress(100)
            };
            jobs::succeed(decision, id, variables, progress);
        }
        None => debug_assert!(false, "a worker is done and has nothing to say"),
    }
}

/// Whether a poll, or a job that can be had (again), is work under way: somebody will take the job.
#[must_use]
pub fn leads_on(world: &World, due: Due) -> bool {
    match due {
        Due::Poll(_) => true,
        Due::Worker(number) => world
            .workers
            .get(&number)
            .is_some_and(|worker| worker.settings.works()),
        Due::Job(id) => jobs::action_type(world, id).is_some_and(|action_type| {
            match world.worker_of(action_type) {
                Some(worker) => worker.settings.works(),
                None => jobs::live(world, id)
                    .is_some_and(|(_, action)| jobs::under_way_alone(world, action)),
            }
        }),
        Due::Action(_) | Due::Rule(_) | Due::Schedule(_) => false,
    }
}
