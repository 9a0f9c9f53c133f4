//! Facts about jobs, and about the workers who do them, become the case.

use std::rc::Rc;

use crate::{
    engine::{
        fact::{Event, Fact},
        ids::{ActionExecutionId, ExecutionId, JobId},
        world::{
            Due, World,
            execution::{ActionExecution, Deadline, DeadlineKind, Execution},
            job::{Job, LostJob, Progress, due_fits},
            pipeline::Pipeline,
            worker::Worker,
        },
    },
    model::{ActionOwner, JobStatus},
};

/// Whether a fact about a job can be made the case; every other fact can.
pub(super) fn fits(event: &Event, execution: &Execution) -> bool {
    let job = |number: u32| execution.jobs.get(number as usize);
    match event {
        Event::JobCreated {
            job,
            action,
            status,
            deadline,
            ..
        } => {
            let running = execution.actions.get(*action as usize);
            due_fits(*status, *deadline, false)
                && *job as usize == execution.jobs.len()
                && running.is_some_and(ActionExecution::running)
                && execution.open_job(*action).is_none()
        }
        Event::JobDispatched {
            job: number,
            deadline,
            ..
        } => {
            due_fits(JobStatus::Dispatched, Some(*deadline), false)
                && job(*number).is_some_and(Job::open)
        }
        Event::JobStarted {
            job: number,
            deadline,
            report,
            ..
        } => {
            due_fits(JobStatus::InProgress, *deadline, report.is_some())
                && job(*number).is_some_and(Job::open)
        }
        Event::JobQueued { job: number, .. } | Event::JobEnded { job: number, .. } => {
            job(*number).is_some_and(Job::open)
        }
        Event::ActionEnded { ordinal, .. } => execution.open_job(*ordinal).is_none(),
        _ => true,
    }
}

impl World {
    /// Whether a fact that concerns no pipeline can be made the case.
    pub(super) fn fits_workers(&self, event: &Event) -> bool {
        match event {
            Event::WorkerAttached {
                worker,
                action_type,
                ..
            } => match self.worker_of(action_type) {
                Some(attached) => attached.number == *worker,
                None => *worker == self.attached_workers,
            },
            Event::WorkerDetached { worker, .. } => self.workers.contains_key(worker),
            Event::WorkerPolled { worker } => self
                .workers
                .get(worker)
                .is_some_and(|worker| worker.poll.is_some()),
            Event::WorkerPollPlanned { worker, .. } => self
                .workers
                .get(worker)
                .is_some_and(|worker| worker.poll.is_none()),
            _ => true,
        }
    }

    pub(super) fn apply_to_job(&mut self, fact: &Fact) {
        let at = fact.at;
        match &fact.event {
            Event::JobCreated {
                execution,
                action,
                status,
                deadline,
                token,
                ..
            } => {
                let record = self
                    .pipeline_mut(execution.pipeline)
                    .record(execution.number);
                let ordinal = u32::try_from(record.jobs.len()).unwrap_or(u32::MAX);
                record.jobs.push(Job {
                    action: *action,
                    status: *status,
                    created: at,
                    updated: at,
                    birth: fact.sequence,
                    token: token.clone(),
                    handed_out: 0,
                    deadline: *deadline,
                    order: fact.sequence,
                    worker: None,
                    report: None,
                });
                let id = JobId {
                    execution: *execution,
                    ordinal,
                };
                self.schedule(Due::Job(id), *deadline, fact.sequence);
                if *status == JobStatus::Queued {
                    self.queued.insert((fact.sequence, id));
                }
            }
            Event::JobQueued { execution, job } => {
                let id = self.change_job(fact, *execution, *job, JobStatus::Queued, None);
                let birth = self.job_mut(id).birth;
                self.queued.insert((birth, id));
            }
            Event::JobDispatched {
                execution,
                job,
                deadline,
            } => {
                let status = JobStatus::Dispatched;
                let id = self.change_job(fact, *execution, *job, status, Some(*deadline));
                let job = self.job_mut(id);
                job.handed_out = job.handed_out.saturating_add(1);
            }
            Event::JobStarted {
                execution,
                job,
                deadline,
                worker,
                report,
            } => {
                let id = self.change_job(fact, *execution, *job, JobStatus::InProgress, *deadline);
                let job = self.job_mut(id);
                job.worker = *worker;
                job.report.clone_from(report);
                if let Some(worker) = worker.and_then(|worker| self.workers.get_mut(&worker)) {
                    worker.busy = worker.busy.saturating_add(1);
                }
            }
            Event::JobEnded {
                execution,
                job,
                status,
                progress,
            } => {
                let id = self.change_job(fact, *execution, *job, *status, None);
                let job = self.job_mut(id);
                job.report = None;
                let worker = job.worker.take();
                let action = ActionExecutionId {
                    execution: *execution,
                    ordinal: job.action,
                };
                if !progress.is_empty() {
                    let known = &mut self.action_mut(action).progress;
                    known
                        .get_or_insert_with(Box::<Progress>::default)
                        .hear(progress);
                }
                self.free_worker(worker);
            }
            _ => {}
        }
    }

    /// Another status, and another deadline.
    fn change_job(
        &mut self,
        fact: &Fact,
        execution: ExecutionId,
        ordinal: u32,
        status: JobStatus,
        deadline: Option<Deadline>,
    ) -> JobId {
        let id = JobId { execution, ordinal };
        let job = self.job_mut(id);
        let birth = job.birth;
        let before = std::mem::replace(&mut job.deadline, deadline);
        let order = std::mem::replace(&mut job.order, fact.sequence);
        job.status = status;
        job.updated = fact.at;
        self.queued.remove(&(birth, id));
        self.unschedule(Due::Job(id), before, order);
        self.schedule(Due::Job(id), deadline, fact.sequence);
        id
    }

    #[expect(clippy::expect_used, reason = "as in `pipeline_mut`")]
    fn job_mut(&mut self, id: JobId) -> &mut Job {
        self.pipeline_mut(id.execution.pipeline)
            .record(id.execution.number)
            .jobs
            .get_mut(id.ordinal as usize)
            .expect("the fact names a job that exists")
    }

    fn free_worker(&mut self, worker: Option<u32>) {
        if let Some(worker) = worker.and_then(|worker| self.workers.get_mut(&worker)) {
            worker.busy = worker.busy.saturating_sub(1);
        }
    }

    /// J-50: what remains of the jobs of a pipeline that is no more.
    pub(super) fn lose_jobs(&mut self, pipeline: &Pipeline) {
        for execution in pipeline.executions.values() {
            for (job, ordinal) in execution.jobs.iter().zip(0_u32..) {
                if !job.open() {
                    continue;
                }
                let id = JobId {
                    execution: ExecutionId {
                        pipeline: pipeline.id,
                        number: execution.number,
                    },
                    ordinal,
                };
                let plan = pipeline.plan(execution.version);
                let action = execution.actions.get(job.action as usize);
                let partner = action.is_some_and(|action| {
                    let declared = plan.action(action.stage, action.action);
                    declared.action_type_id.owner == ActionOwner::ThirdParty
                });
                self.queued.remove(&(job.birth, id));
                let lost = LostJob {
                    handed_out: job.handed_out,
                    partner,
                };
                self.lost_jobs.insert(id, lost);
                self.free_worker(job.worker);
            }
        }
    }

    pub(super) fn apply_to_worker(&mut self, fact: &Fact) {
        match &fact.event {
            Event::WorkerAttached {
                worker: number,
                action_type,
                settings,
            } => {
                let before = self.workers.get(number);
                let worker = Worker {
                    number: *number,
                    action_type: (**action_type).clone(),
                    settings: (**settings).clone(),
                    since: fact.at,
                    busy: before.map_or(0, |before| before.busy),
                    poll: None,
                    order: 0,
                };
                self.forget_poll(*number);
                self.workers.insert(*number, worker);
                self.attached_workers = self.attached_workers.max(number.saturating_add(1));
            }
            Event::WorkerDetached { worker, .. } => {
                self.forget_poll(*worker);
                self.workers.remove(worker);
            }
            Event::WorkerPollPlanned { worker: number, at } => {
                if let Some(worker) = self.workers.get_mut(number) {
                    worker.poll = Some(*at);
                    worker.order = fact.sequence;
                    let deadline = Deadline {
                        at: *at,
                        kind: DeadlineKind::Poll,
                    };
                    self.schedule(Due::Worker(*number), Some(deadline), fact.sequence);
                }
            }
            Event::WorkerPolled { worker } => self.forget_poll(*worker),
            Event::ClientTokenSet { client, token } => match token {
                Some(token) => {
                    self.client_tokens
                        .insert(Rc::clone(client), Rc::clone(token));
                }
                None => {
                    self.client_tokens.remove(client);
                }
            },
            _ => {}
        }
    }

    fn forget_poll(&mut self, number: u32) {
        let Some(worker) = self.workers.get_mut(&number) else {
            return;
        };
        if let Some(at) = worker.poll.take() {
            let order = std::mem::take(&mut worker.order);
            let deadline = Deadline {
                at,
                kind: DeadlineKind::Poll,
            };
            self.unschedule(Due::Worker(number), Some(deadline), order);
        }
    }
}
