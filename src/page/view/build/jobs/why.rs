//! Why a job is where it is: the engine's facts about it in words, and what ends its wait.

use super::{Seen, address, name, play, short, until, worker_name};
use crate::{
    engine::{
        rules::jobs::{self as rules, Doer, VISIBILITY},
        sentences,
        time::{Instant, SECOND},
        worker::Silence,
        world::{execution::DeadlineKind, worker::Worker},
    },
    model::{ActionTypeId, JobStatus},
    page::{
        command::Command,
        drive::{Ask, DriveCommand},
        text::{
            jobs::why as words,
            why::{press, sentence},
        },
        view::{
            ChainPart, Icon, WhyView,
            build::{chain::chain, scene::Scene, time},
        },
    },
};

/// The answer; `None` where the job is over.
pub fn why(scene: &Scene, kind: &ActionTypeId, seen: &Seen) -> Option<WhyView> {
    let job = seen.job;
    let thing = |icon: Icon, name: String| ChainPart::Thing(icon, name);
    let mut places = vec![
        ("job", thing(Icon::Ticket, words::job(&seen.short()))),
        ("who", ChainPart::Token(scene.token(seen.execution.number))),
    ];
    let worker = scene.world.worker_of(kind);
    let worker_place = |number: u32| ("worker", thing(Icon::Running, worker_name(number)));
    let plan = scene.pipeline.plan(seen.execution.version);
    let action = &plan.action(seen.record.stage, seen.record.action).name;
    let mut said = vec![];
    let mut actions = vec![];
    let left = job.deadline.map(|deadline| until(scene, deadline.at));
    let (headline, rule) = match job.status {
        JobStatus::Created => {
            let before = seen.neighbours().0.map(|id| short(&scene.key().job(id)));
            places.push((
                "before",
                thing(Icon::Ticket, words::job(&before.unwrap_or_default())),
            ));
            said.push(words::goes_on_in(&left.unwrap_or_default()));
            actions.push((press::NEXT_FACT.to_owned(), Command::NextFact));
            (words::CREATED, "J-31")
        }
        JobStatus::Queued => {
            let lapsed = job
                .nonce()
                .map(|nonce| words::lapsed(&nonce, VISIBILITY / SECOND));
            let again = lapsed.is_some();
            said.extend(lapsed);
            let headline = if !rules::offered(scene.world, seen.id) {
                places.push(("action", thing(Icon::Person, action.clone())));
                said.push(words::HOLDS.to_owned());
                words::HELD
            } else {
                actions.push(play::poll_press(scene, kind, seen));
                match worker {
                    None => {
                        said.push(sentence::nobody_asks(&name(kind)));
                        let ask = Ask::Worker(address(kind));
                        actions.push((
                            crate::page::text::jobs::worker::ATTACH.to_owned(),
                            Command::Drive(DriveCommand::Ask(ask)),
                        ));
                        if !again {
                            places.push(("kind", thing(Icon::Ticket, name(kind))));
                        }
                        words::NOBODY
                    }
                    Some(worker) if worker.settings.external => words::OUTSIDE,
                    Some(worker) => {
                        let called = worker_name(worker.number);
                        said.push(match busy_until(scene, worker) {
                            Some(at) => words::full(&called, &until(scene, at)),
                            None => {
                                let next = until(scene, worker.next_poll(scene.now));
                                words::next_poll(&called, &next)
                            }
                        });
                        if worker.settings.silence == Some(Silence::Acknowledge) {
                            said.push(words::silent(&called));
                        }
                        actions.push((press::NEXT_FACT.to_owned(), Command::NextFact));
                        if !again {
                            places.push(worker_place(worker.number));
                        }
                        if worker.free() == 0 {
                            words::FULL
                        } else {
                            words::POLL
                        }
                    }
                }
            };
            match (again, headline == words::HELD) {
                (true, false) => (words::AGAIN, "J-13"),
                _ => (headline, "J-5"),
            }
        }
        JobStatus::Dispatched => {
            said.push(words::lapses(&left.clone().unwrap_or_default()));
            if let Some(worker) = worker
                && worker.settings.silence == Some(Silence::Acknowledge)
            {
                said.push(words::silent(&worker_name(worker.number)));
            }
            if seen.doer == Doer::Worker {
                actions.push(play::acknowledge_press(seen));
            }
            if let Some(deadline) = job.deadline {
                let span = u64::try_from(deadline.at.since(scene.now)).unwrap_or(0);
                actions.push((words::LAPSE.to_owned(), Command::Advance(span)));
            }
            (words::DISPATCHED, "J-13")
        }
        JobStatus::InProgress => {
            let by_itself = seen
                .record
                .deadline
                .filter(|deadline| deadline.kind == DeadlineKind::Completion);
            match (job.deadline.or(by_itself), job.worker) {
                (Some(deadline), Some(number)) => {
                    said.push(sentence::reported_by_itself(&scene.at(deadline.at)));
                    places.push(worker_place(number));
                    actions.push((press::NEXT_FACT.to_owned(), Command::NextFact));
                    (words::WORKING, "J-17")
                }
                (Some(deadline), None) => {
                    said.push(sentence::ends_in(action, &scene.until(deadline.at)));
                    actions.push((press::NEXT_FACT.to_owned(), Command::NextFact));
                    (words::UNREPORTED, "J-52")
                }
                (None, None) if seen.doer == Doer::Worker && worker.is_none() => {
                    said.push(words::BY_CALL.to_owned());
                    (words::UNREPORTED, "J-17")
                }
                (None, _) => {
                    said.push(sentence::UNREPORTED.to_owned());
                    (words::UNREPORTED, "J-17")
                }
            }
        }
        JobStatus::Succeeded | JobStatus::Failed | JobStatus::TimedOut => return None,
    };
    if let Some(end) = seen
        .record
        .deadline
        .filter(|deadline| deadline.kind == DeadlineKind::Timeout)
    {
        let after = time::rough(end.at.since(seen.record.started));
        said.push(sentence::without_worker(action, &scene.at(end.at), &after));
    }
    Some(WhyView {
        chain: chain(headline, places),
        text: said.join(" "),
        actions,
        rule: (
            sentences::sentence(rule).unwrap_or_default().to_owned(),
            rule.to_owned(),
        ),
    })
}

/// When a worker that has its hands full reports the next job of the pipeline.
fn busy_until(scene: &Scene, worker: &Worker) -> Option<Instant> {
    if worker.free() > 0 {
        return None;
    }
    let executions = scene.pipeline.executions.values();
    let jobs = executions.flat_map(|execution| &execution.jobs);
    jobs.filter(|job| job.open() && job.worker == Some(worker.number))
        .filter_map(|job| Some(job.deadline?.at))
        .min()
}
