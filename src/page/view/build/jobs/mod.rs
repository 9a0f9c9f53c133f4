//! The jobs of one action type in the shown pipeline, its workers, and the worker that a person plays by hand.
//!
//! One file per part of the view. What is read: the jobs of the pipeline's live executions and of the past one that is looked
//! at (itself, or one of its jobs), and the newest facts, which alone tell who was handed a job. The past is not walked for
//! the jobs of the others. Jobs of other pipelines are only counted, and only those that wait.

mod details;
mod heard;
mod play;
mod report;
mod stations;
mod strip;
mod why;
mod workers;

use self::heard::{Hand, Heard};
use super::{scene::Scene, time};
use crate::{
    engine::{
        catalogue,
        declaration::CustomTypes,
        fact::Fact,
        ids::{ActionExecutionId, JobId},
        operations::{job_data, third_party_jobs::client_token},
        rules::jobs::{self as rules, Doer},
        time::SECOND,
        world::{
            execution::{ActionExecution, Execution},
            history::Recorded,
            job::Job,
            worker::Worker,
        },
    },
    model::{ActionDeclaration, ActionTypeId, JobStatus},
    page::{
        command::Command,
        drive::{Ask, DriveCommand},
        state::jobs::JobsUi,
        text::{self, details as detail_words, jobs as words},
        view::{FormOption, JobsView, Selection},
    },
};

pub use details::of_job;

/// The jobs view; `None` where no action of the pipeline has jobs.
pub fn jobs(scene: &Scene, ui: &JobsUi, recent: &[&Fact]) -> Option<JobsView> {
    let past = past(scene);
    let mut executions: Vec<&Execution> = vec![];
    executions.extend(past.as_deref());
    for execution in scene.pipeline.executions.values() {
        executions.push(execution);
    }
    let kinds = kinds(scene, &executions);
    let wanted = ui
        .kind
        .as_deref()
        .and_then(|wanted| kinds.iter().find(|(kind, _)| address(kind) == wanted));
    let (kind, doer) = wanted.or(kinds.first())?.clone();
    let mut desk = Desk {
        scene,
        ui,
        doer,
        all: seen(scene, &executions, &kind, doer),
        heard: Heard::default(),
        kind,
    };
    desk.heard = heard::hear(&desk, recent);
    let options = kinds.iter().map(|(kind, _)| FormOption {
        value: address(kind),
        label: name(kind),
        chosen: *kind == desk.kind,
        ..FormOption::default()
    });
    let hint = desk.all.is_empty().then(|| match desk.doer {
        Doer::Function => words::HINT_FUNCTION.to_owned(),
        Doer::Partner if desk.worker().is_none() => {
            words::hint_partner(&text::list(&desk.actions(false)))
        }
        Doer::Worker | Doer::Partner => words::hint(&text::list(&desk.actions(false))),
    });
    Some(JobsView {
        kinds: options.collect(),
        about: desk.about(),
        strip: strip::strip(&desk),
        stations: stations::stations(&desk),
        loops: match desk.doer {
            // A function never gets a job to acknowledge.
            Doer::Function => vec![
                String::new(),
                words::loop_on(rules::CONTINUATION_DELAY / SECOND),
            ],
            Doer::Worker | Doer::Partner => vec![
                words::loop_back(rules::VISIBILITY / SECOND),
                words::loop_on(rules::CONTINUATION_DELAY / SECOND),
            ],
        },
        hint,
        workers: workers::workers(&desk),
        attach: desk.worker().is_none().then(|| desk.attach()),
        news: std::mem::take(&mut desk.heard.news),
        play: play::play(&desk),
    })
}

/// The past execution that is looked at.
fn past<'a>(scene: &Scene<'a>) -> Option<Recorded<'a>> {
    let looked_at = match &scene.selection {
        Selection::Job(uuid) => {
            let job = scene.key().parse_job(uuid)?;
            scene.pipeline.execution(job.execution.number)
        }
        _ => scene.chosen.clone(),
    };
    looked_at.filter(|execution| matches!(execution, Recorded::Past(..)))
}

/// The action types with jobs: those of the current version, then those of jobs that are older.
fn kinds(scene: &Scene, executions: &[&Execution]) -> Vec<(ActionTypeId, Doer)> {
    let mut kinds: Vec<(ActionTypeId, Doer)> = vec![];
    let mut add = |declared: &ActionDeclaration, doer: Option<Doer>| {
        let kind = &declared.action_type_id;
        if let Some(doer) = doer.filter(|_| kinds.iter().all(|(known, _)| known != kind)) {
            kinds.push((kind.clone(), doer));
        }
    };
    for stage in 0..scene.plan.stage_count() {
        for action in 0_u16.. {
            if usize::from(action) >= scene.plan.stage(stage).actions.len() {
                break;
            }
            add(
                scene.plan.action(stage, action),
                rules::doer(scene.plan.action_plan(stage, action)),
            );
        }
    }
    for execution in executions {
        let plan = scene.pipeline.plan(execution.version);
        for job in &execution.jobs {
            if let Some(record) = execution.actions.get(job.action as usize) {
                add(
                    plan.action(record.stage, record.action),
                    rules::doer(plan.action_plan(record.stage, record.action)),
                );
            }
        }
    }
    kinds
}

/// "Test/Custom/BenchRig/1", as the controls name an action type.
pub fn address(kind: &ActionTypeId) -> String {
    format!(
        "{}/{}/{}/{}",
        kind.category, kind.owner, kind.provider, kind.version
    )
}

/// "Test / Custom / BenchRig / 1".
pub fn name(kind: &ActionTypeId) -> String {
    detail_words::provider(
        kind.category.as_str(),
        kind.owner.as_str(),
        &kind.provider,
        &kind.version,
    )
}

/// The first characters of an id.
fn short(uuid: &str) -> String {
    uuid.chars().take(4).collect()
}

/// A job of the shown pipeline.
#[derive(Clone)]
struct Seen<'a> {
    id: JobId,
    uuid: String,
    job: &'a Job,
    execution: &'a Execution,
    record: &'a ActionExecution,
    doer: Doer,
}

impl Seen<'_> {
    fn short(&self) -> String {
        short(&self.uuid)
    }

    fn action_id(&self) -> ActionExecutionId {
        ActionExecutionId {
            execution: self.id.execution,
            ordinal: self.job.action,
        }
    }

    /// The job of the same action before this one, and the one after it.
    fn neighbours(&self) -> (Option<JobId>, Option<JobId>) {
        let other = |ordinal| JobId {
            execution: self.id.execution,
            ordinal,
        };
        let jobs = || self.execution.jobs_of(self.job.action);
        let before = jobs().rfind(|(ordinal, _)| *ordinal < self.id.ordinal);
        let after = jobs().find(|(ordinal, _)| *ordinal > self.id.ordinal);
        (
            before.map(|(ordinal, _)| other(ordinal)),
            after.map(|(ordinal, _)| other(ordinal)),
        )
    }
}

/// The jobs of a type in these executions of the pipeline, oldest first.
fn seen<'a>(
    scene: &Scene,
    executions: &[&'a Execution],
    kind: &ActionTypeId,
    doer: Doer,
) -> Vec<Seen<'a>> {
    let mut all = vec![];
    for execution in executions {
        let plan = scene.pipeline.plan(execution.version);
        for (ordinal, job) in (0_u32..).zip(&execution.jobs) {
            let Some(record) = execution.actions.get(job.action as usize) else {
                continue;
            };
            if plan.action(record.stage, record.action).action_type_id != *kind {
                continue;
            }
            let id = JobId {
                execution: scene.id(execution.number),
                ordinal,
            };
            all.push(Seen {
                id,
                uuid: scene.key().job(id),
                job,
                execution,
                record,
                doer,
            });
        }
    }
    all.sort_by_key(|seen| seen.job.birth);
    all
}

/// What every part of the view is made with.
struct Desk<'a> {
    scene: &'a Scene<'a>,
    ui: &'a JobsUi,
    kind: ActionTypeId,
    doer: Doer,
    all: Vec<Seen<'a>>,
    heard: Heard,
}

impl Desk<'_> {
    /// The attached worker of the type.
    fn worker(&self) -> Option<&Worker> {
        self.scene.world.worker_of(&self.kind)
    }

    fn outside(&self) -> bool {
        self.worker().is_some_and(|worker| worker.settings.external)
    }

    /// Names of the actions or stages of the type in the current version.
    fn actions(&self, stages: bool) -> Vec<String> {
        let mut names: Vec<String> = vec![];
        for stage in &self.scene.plan.declaration.stages {
            for action in &stage.actions {
                let name = if stages { &stage.name } else { &action.name };
                if action.action_type_id == self.kind && !names.contains(name) {
                    names.push(name.clone());
                }
            }
        }
        names
    }

    fn about(&self) -> String {
        let about = words::about(
            &text::list(&self.actions(false)),
            &text::list(&self.actions(true)),
        );
        if !self.scene.parallel() {
            return about;
        }
        let mut inside: Vec<u32> = vec![];
        for seen in self.all.iter().filter(|seen| seen.job.open()) {
            if !inside.contains(&seen.execution.number) {
                inside.push(seen.execution.number);
            }
        }
        format!("{about} {}", words::parallel(inside.len() as u64))
    }

    /// The property by whose value workers ask for jobs of the type.
    fn property(&self) -> Option<String> {
        let definition = self.scene.world.find(&self.kind)?;
        let mut properties = definition.properties.iter();
        properties
            .find(|property| property.queryable)
            .map(|property| property.name.clone())
    }

    /// What opens the form of the worker.
    fn attach(&self) -> (String, Command) {
        let label = match self.doer {
            Doer::Function => words::worker::ATTACH_OUTSIDE,
            Doer::Worker | Doer::Partner => words::worker::ATTACH,
        };
        let ask = Ask::Worker(address(&self.kind));
        (label.to_owned(), Command::Drive(DriveCommand::Ask(ask)))
    }

    /// Whether a job is in the person's hands: a call handed it out, and nobody said that a program outside calls.
    fn is_yours(&self, seen: &Seen) -> bool {
        if self.outside() || seen.doer == Doer::Function {
            return false;
        }
        match seen.job.status {
            JobStatus::Dispatched => self.heard.hand(seen.id) == Some(Hand::Caller),
            JobStatus::InProgress => seen.job.worker.is_none(),
            _ => false,
        }
    }

    fn is_selected(&self, seen: &Seen) -> bool {
        matches!(&self.scene.selection, Selection::Job(job) if *job == seen.uuid)
    }
}

/// How a worker is called.
fn worker_name(number: u32) -> String {
    words::worker::name(number.saturating_add(1))
}

/// How long until an instant, as a countdown.
fn until(scene: &Scene, at: crate::engine::time::Instant) -> String {
    // A part of a second to go is not nothing.
    let span = at.since(scene.now).max(0);
    time::exact((span + SECOND - 1) / SECOND * SECOND)
}

/// With which client, and which token, a partner's worker asks for a job.
fn client(scene: &Scene, uuid: &str) -> Option<(String, String)> {
    let client = job_data::find(scene.world, uuid)?.client;
    let token = client_token(scene.world, &client).to_owned();
    Some((client, token))
}

/// Whether an action type is one that workers can be attached to, and who does its work.
pub fn doer_of(kind: &ActionTypeId) -> Option<Doer> {
    let known = catalogue::find(kind.category, kind.owner, &kind.provider, &kind.version);
    rules::doer_of(known)
}
