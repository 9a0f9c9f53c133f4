//! Inside a stage: at work, waiting for somebody, or on the way out.

use super::super::drive::offers;
use super::{Answer, Subject, action_name, ask_approval, select_action, thing};
use crate::{
    engine::{
        explain::{Failure, Risk, Standing, Stay, UnderWay, Work},
        time::Instant,
    },
    model::{ExecutionMode, JobStatus},
    page::{
        command::{Command, JobsCommand},
        text::why::{headline, press, sentence},
        view::Icon,
        view::build::{action::percent, time},
    },
};

pub(super) fn answer(subject: &Subject, stay: &Stay) -> Answer {
    match &stay.standing {
        Standing::Working => working(subject, stay),
        Standing::Approval(approval) => approval_pending(subject, stay, approval),
        Standing::Held(action) => held(subject, stay, action),
        Standing::Hanging(action) => hanging(subject, stay, action),
        Standing::Worker(action) => worker(subject, stay, action),
        Standing::Asked(asked) => super::conditions::asked(subject, stay, asked),
        Standing::Failing(failure) => failing(subject, stay, failure),
        Standing::Limit { waiting } => limit(subject, stay, waiting),
        Standing::Stopping { reason } => stopping(subject, stay, reason.as_deref()),
        Standing::Cancelling { version, saved } => cancelling(subject, stay, *version, *saved),
    }
}

fn name(subject: &Subject, stay: &Stay, action: &UnderWay) -> String {
    action_name(subject.scene, subject.execution, stay.stage, action)
}

fn open(subject: &Subject, stay: &Stay, action: &UnderWay) -> Command {
    select_action(subject.scene, subject.execution, stay.stage, action.action)
}

fn ask(subject: &Subject, stay: &Stay, action: &UnderWay) -> Command {
    ask_approval(subject.scene, subject.execution, stay.stage, action.action)
}

/// SU-2: told to whoever holds a lock that newer executions would like to have.
fn no_overtaking(subject: &Subject) -> Option<String> {
    (subject.execution.mode == ExecutionMode::Superseded)
        .then(|| sentence::no_overtaking(&subject.who()))
}

fn working(subject: &Subject, stay: &Stay) -> Answer {
    let stage = ("stage", thing(Icon::Running, subject.stage(stay.stage)));
    let mut sentences = vec![];
    let (headline, places) = match stay.under_way.as_slice() {
        [] => (headline::WORKING_NONE, vec![subject.sign(), stage]),
        [first, others @ ..] => {
            let action = name(subject, stay, first);
            if let Some(at) = first.completion() {
                sentences.push(sentence::ends_in(&action, &subject.scene.until(at)));
            }
            let action = ("action", thing(Icon::Running, action));
            if others.is_empty() {
                (headline::WORKING, vec![subject.sign(), stage, action])
            } else {
                let more = (
                    "more",
                    crate::page::view::ChainPart::Words(headline::more(others.len())),
                );
                (
                    headline::WORKING_MORE,
                    vec![subject.sign(), stage, action, more],
                )
            }
        }
    };
    sentences.push(sentence::entered(
        &subject.who(),
        &subject.scene.at(stay.entered),
    ));
    for risk in &subject.explanation.risks {
        if let Risk::Fails {
            ordinal,
            probability,
        } = risk
            && let Some(action) = stay
                .under_way
                .iter()
                .find(|action| action.ordinal == *ordinal)
        {
            let action = name(subject, stay, action);
            let percent = percent(*probability);
            sentences.push(if percent == 100 {
                sentence::will_fail(&action)
            } else {
                sentence::may_fail(&action, percent)
            });
        }
    }
    sentences.extend(no_overtaking(subject));
    Answer {
        headline,
        places,
        sentences,
        actions: vec![(press::NEXT_FACT.to_owned(), Command::NextFact)],
    }
}

/// Whoever waits for somebody can be ended by stopping it as well.
fn ended_by(subject: &Subject, press: (String, Command)) -> Vec<(String, Command)> {
    let stop = offers::can_stop(subject.scene, subject.execution.number);
    std::iter::once(press).chain(stop).collect()
}

fn approval_pending(subject: &Subject, stay: &Stay, approval: &UnderWay) -> Answer {
    let scene = subject.scene;
    let action = name(subject, stay, approval);
    let mut sentences = vec![sentence::asked(&action, &scene.at(approval.started))];
    if let Some(at) = approval.timeout() {
        let (when, after) = (scene.at(at), time::rough(at.since(approval.started)));
        sentences.push(if subject.execution.mode == ExecutionMode::Parallel {
            sentence::unanswered(&when, &after)
        } else {
            sentence::unanswered_lock(&when, &after)
        });
    }
    for other in &stay.under_way {
        if let (Work::Running, Some(at)) = (other.work, other.completion()) {
            sentences.push(sentence::beside(
                &name(subject, stay, other),
                &scene.until(at),
            ));
        }
    }
    sentences.extend(no_overtaking(subject));
    Answer {
        headline: headline::APPROVAL,
        places: vec![subject.sign(), ("action", thing(Icon::Person, action))],
        sentences,
        actions: std::iter::once((press::ANSWER.to_owned(), ask(subject, stay, approval)))
            .chain(offers::can_stop(scene, subject.execution.number))
            .collect(),
    }
}

fn held(subject: &Subject, stay: &Stay, action: &UnderWay) -> Answer {
    let said = name(subject, stay, action);
    let mut sentences = vec![sentence::held_by_setting(&said)];
    if let Some(at) = action.timeout() {
        sentences.push(sentence::undecided(&said, &subject.scene.at(at)));
    }
    let press = (press::decide(&said), open(subject, stay, action));
    Answer {
        headline: headline::HELD,
        places: vec![subject.sign(), ("action", thing(Icon::Person, said))],
        sentences,
        actions: ended_by(subject, press),
    }
}

fn hanging(subject: &Subject, stay: &Stay, action: &UnderWay) -> Answer {
    let said = name(subject, stay, action);
    let mut sentences = vec![];
    if let Some(at) = action.timeout() {
        sentences.push(sentence::hangs(&said, &subject.scene.at(at)));
    }
    let press = (press::behaviour(&said), open(subject, stay, action));
    Answer {
        headline: headline::HANGING,
        places: vec![subject.sign(), ("action", thing(Icon::Running, said))],
        sentences,
        actions: ended_by(subject, press),
    }
}

/// How far the job of an action is.
fn work_outside(subject: &Subject, action: &UnderWay, kind: &str) -> String {
    let Some(job) = action.job else {
        return sentence::nobody_asks(kind);
    };
    let at = job.until.map(|at| subject.scene.at(at));
    match (job.status, at) {
        (JobStatus::Queued, _) if job.attached => sentence::waits_for_poll(kind),
        (JobStatus::Created, Some(at)) => sentence::goes_on(&at),
        (JobStatus::Dispatched, Some(at)) => sentence::handed_out(&at),
        (JobStatus::InProgress, Some(at)) => sentence::reported_by_itself(&at),
        (JobStatus::InProgress, None) => sentence::UNREPORTED.to_owned(),
        _ => sentence::nobody_asks(kind),
    }
}

fn worker(subject: &Subject, stay: &Stay, action: &UnderWay) -> Answer {
    let said = name(subject, stay, action);
    let plan = subject.scene.pipeline.plan(subject.execution.version);
    let id = &plan.action(stay.stage, action.action).action_type_id;
    let kind = crate::page::text::details::provider(
        id.category.as_str(),
        id.owner.as_str(),
        &id.provider,
        &id.version,
    );
    let mut sentences = vec![work_outside(subject, action, &kind)];
    if let Some(at) = action.timeout() {
        let after = time::rough(at.since(action.started));
        sentences.push(sentence::without_worker(
            &said,
            &subject.scene.at(at),
            &after,
        ));
    }
    let jobs = JobsCommand::Of {
        stage: subject.stage(stay.stage),
        action: said.clone(),
    };
    let press = match action.job {
        Some(_) => (
            crate::page::text::jobs::why::SHOW.to_owned(),
            Command::Jobs(jobs),
        ),
        None => (press::behaviour(&said), open(subject, stay, action)),
    };
    Answer {
        headline: headline::WORKER,
        places: vec![subject.sign(), ("action", thing(Icon::Ticket, said))],
        sentences,
        actions: ended_by(subject, press),
    }
}

fn failing(subject: &Subject, stay: &Stay, failure: &Failure) -> Answer {
    let who = subject.who();
    let failed = subject
        .scene
        .action_name(subject.execution, stay.stage, failure.action);
    let first = stay.under_way.first();
    let said = first
        .map(|action| name(subject, stay, action))
        .unwrap_or_default();
    let mut sentences = vec![sentence::STAGE_ENDS_TOGETHER.to_owned()];
    let mut actions = vec![];
    let (headline, icon) = match first.map(|action| (action.work, action)) {
        Some((Work::Approval, action)) => {
            sentences.push(sentence::fails_whatever_the_answer(&who));
            actions.push((press::ANSWER.to_owned(), ask(subject, stay, action)));
            (headline::FAILING_APPROVAL, Icon::Person)
        }
        Some((Work::Held, action)) => {
            sentences.push(sentence::fails_then(&who));
            actions.push((press::decide(&said), open(subject, stay, action)));
            (headline::FAILING_HELD, Icon::Person)
        }
        other => {
            if let Some(at) = other
                .and_then(|(_, action)| action.until)
                .map(|deadline| deadline.at)
            {
                sentences.push(sentence::ends_in(&said, &subject.scene.until(at)));
            }
            sentences.push(sentence::fails_then(&who));
            (headline::FAILING, Icon::Running)
        }
    };
    let command = select_action(subject.scene, subject.execution, stay.stage, failure.action);
    match offers::can_retry(subject.scene, subject.execution, stay.stage) {
        Some(retry) => actions.insert(0, retry),
        None => actions.push((press::show_action(&failed), command)),
    }
    Answer {
        headline,
        places: vec![
            ("failed", thing(Icon::Failed, failed)),
            ("stage", thing(Icon::Lock, subject.stage(stay.stage))),
            ("action", thing(icon, said)),
        ],
        sentences,
        actions,
    }
}

fn limit(subject: &Subject, stay: &Stay, waiting: &[u16]) -> Answer {
    let first = waiting.first().copied().unwrap_or_default();
    let said = subject
        .scene
        .action_name(subject.execution, stay.stage, first);
    let room = stay.under_way.iter().filter_map(UnderWay::completion).min();
    let starts = match room {
        Some(at) => sentence::starts_when_room(&said, &subject.scene.until(at)),
        None => sentence::starts_when_room_unknown(&said),
    };
    Answer {
        headline: headline::LIMIT,
        places: vec![("action", thing(Icon::NotStarted, said)), subject.sign()],
        sentences: vec![sentence::five_at_once(&subject.who()), starts],
        actions: vec![(press::NEXT_FACT.to_owned(), Command::NextFact)],
    }
}

/// SP-2, SP-10: what runs is let finish, a pending approval included.
fn stopping(subject: &Subject, stay: &Stay, reason: Option<&str>) -> Answer {
    let mut sentences = vec![sentence::stop_drains(&subject.who())];
    sentences.extend(reason.map(sentence::stop_reason));
    let mut actions = vec![];
    let place = match stay.under_way.first() {
        Some(action) => {
            let said = name(subject, stay, action);
            if let Some(at) = action.until.map(|deadline| deadline.at) {
                sentences.push(sentence::ends_in(&said, &subject.scene.until(at)));
            }
            if action.work == Work::Approval {
                actions.push((press::ANSWER.to_owned(), ask(subject, stay, action)));
            }
            ("action", thing(Icon::Running, said))
        }
        None => ("action", thing(Icon::Lock, subject.stage(stay.stage))),
    };
    actions.extend(offers::can_stop(subject.scene, subject.execution.number));
    if actions.is_empty() {
        actions.push((press::NEXT_FACT.to_owned(), Command::NextFact));
    }
    Answer {
        headline: headline::STOPPING,
        places: vec![subject.sign(), place],
        sentences,
        actions,
    }
}

fn cancelling(subject: &Subject, stay: &Stay, version: u32, saved: Instant) -> Answer {
    let mut sentences = vec![
        sentence::saved(version, &subject.scene.at(saved)),
        sentence::drains(&subject.who()),
    ];
    let (headline, place) = match stay.under_way.first() {
        Some(action) => {
            let said = name(subject, stay, action);
            if let Some(at) = action.until.map(|deadline| deadline.at) {
                sentences.push(sentence::ends_in(&said, &subject.scene.until(at)));
            }
            (headline::CANCELLING, ("action", thing(Icon::Running, said)))
        }
        None => (
            headline::CANCELLING_NONE,
            ("stage", thing(Icon::Lock, subject.stage(stay.stage))),
        ),
    };
    Answer {
        headline,
        places: vec![subject.sign(), place],
        sentences,
        actions: vec![(press::NEXT_FACT.to_owned(), Command::NextFact)],
    }
}
