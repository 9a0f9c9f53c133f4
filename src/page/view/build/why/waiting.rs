//! In front of a stage: the lock, the gate, the queue.

use super::super::drive::offers;
use super::{Answer, Subject, action_name, ask_approval, select_action, thing};
use crate::{
    engine::{
        explain::{ClosedGate, Standing, Stay, UnderWay, Work},
        world::execution::Execution,
    },
    model::ExecutionMode,
    page::{
        command::Command,
        drive::DriveCommand,
        text::{
            self, person,
            why::{headline, press, sentence},
        },
        view::{ChainPart, Icon},
    },
};

/// MO-2: the causal chain goes on through the holder to what keeps that one inside.
pub(super) fn lock(subject: &Subject, stage: u16, holder: &Stay) -> Answer {
    let scene = subject.scene;
    let (who, held_by) = (subject.who(), super::super::letter(holder.execution));
    let mut places = vec![
        subject.sign(),
        ("stage", thing(Icon::Lock, subject.stage(stage))),
        ("holder", subject.token(holder.execution)),
    ];
    let since = scene.when(subject.explanation.since);
    let mut sentences = vec![sentence::waited_enters(&who, &since, &held_by)];
    let mut actions = vec![];
    let execution = scene.pipeline.executions.get(&holder.execution);
    let first = execution.and_then(|execution| Some((execution, holder.under_way.first()?)));
    let headline = match first {
        None => match holder.standing {
            Standing::Asked(asked) => {
                let condition = text::fact::conditions::place(asked.place);
                places.push(("condition", thing(Icon::Hourglass, condition)));
                headline::LOCK_ASKED
            }
            _ => headline::LOCK,
        },
        Some((execution, action)) => {
            let said = action_name(scene, execution, holder.stage, action);
            let (headline, icon) = cause(holder, action, &mut places);
            sentences.extend(end_of(subject, action, &said));
            actions.extend(remedy(subject, execution, holder, action, &said));
            places.push(("action", thing(icon, said)));
            headline
        }
    };
    if subject.may_be_superseded() {
        sentences.push(sentence::newer_takes_place(&who));
    }
    // What works ends by itself; what waits for somebody can be ended by stopping its execution.
    let waits = first.is_none_or(|(_, action)| action.work != Work::Running);
    let stop = offers::can_stop(scene, holder.execution).filter(|_| waits);
    actions.push(stop.unwrap_or_else(|| subject.show(holder.execution)));
    Answer {
        headline,
        places,
        sentences,
        actions,
    }
}

/// What keeps the holder inside, as the end of the headline.
fn cause(
    holder: &Stay,
    action: &UnderWay,
    places: &mut Vec<(&'static str, ChainPart)>,
) -> (&'static str, Icon) {
    match action.work {
        Work::Approval => (headline::LOCK_APPROVAL, Icon::Person),
        Work::Held => (headline::LOCK_HELD, Icon::Person),
        Work::Worker => (headline::LOCK_WORKER, Icon::Ticket),
        Work::Hanging => (headline::LOCK_HANGING, Icon::Running),
        Work::Running if matches!(holder.standing, Standing::Cancelling { .. }) => {
            (headline::LOCK_CANCELLING, Icon::Running)
        }
        Work::Running if holder.under_way.len() > 1 => {
            places.push((
                "more",
                ChainPart::Words(headline::more(holder.under_way.len() - 1)),
            ));
            (headline::LOCK_WORKING_MORE, Icon::Running)
        }
        Work::Running => (headline::LOCK_WORKING, Icon::Running),
    }
}

/// When that ends by itself.
fn end_of(subject: &Subject, action: &UnderWay, said: &str) -> Option<String> {
    let scene = subject.scene;
    let at = action.until?.at;
    Some(match action.work {
        Work::Approval => sentence::unanswered_approval(&scene.at(at)),
        Work::Held => sentence::undecided(said, &scene.at(at)),
        Work::Hanging => sentence::hangs(said, &scene.at(at)),
        Work::Worker => {
            let after = super::super::time::rough(at.since(action.started));
            sentence::without_worker(said, &scene.at(at), &after)
        }
        Work::Running => sentence::ends_in(said, &scene.until(at)),
    })
}

/// What can be pressed to end it.
fn remedy(
    subject: &Subject,
    execution: &Execution,
    holder: &Stay,
    action: &UnderWay,
    said: &str,
) -> Option<(String, Command)> {
    let open = || select_action(subject.scene, execution, holder.stage, action.action);
    Some(match action.work {
        Work::Approval => {
            let ask = ask_approval(subject.scene, execution, holder.stage, action.action);
            (press::ANSWER.to_owned(), ask)
        }
        Work::Held => (press::decide(said), open()),
        Work::Worker | Work::Hanging => (press::behaviour(said), open()),
        Work::Running => (press::NEXT_FACT.to_owned(), Command::NextFact),
    })
}

fn closed(subject: &Subject, gate: &ClosedGate) -> String {
    let scene = subject.scene;
    match (&gate.by, gate.since) {
        (Some(by), Some(since)) => {
            let (by, at) = (scene.person(by), scene.at(since));
            if by == person::YOU {
                sentence::closed_by_you(&at, &gate.reason)
            } else {
                sentence::closed_by(&by, &at, &gate.reason)
            }
        }
        _ => sentence::closed(&gate.reason),
    }
}

/// What opens the gate: who enters then is said where it stands.
fn open_gate(subject: &Subject, stage: u16) -> (String, Command) {
    let stage = subject.stage(stage);
    (
        press::OPEN_GATE.to_owned(),
        Command::Drive(DriveCommand::OpenGate(stage)),
    )
}

/// TR-3.
pub(super) fn gate(subject: &Subject, stage: u16, gate: &ClosedGate) -> Answer {
    let (who, name) = (subject.who(), subject.stage(stage));
    let opens = if subject.execution.mode == ExecutionMode::Parallel {
        sentence::enters_when_open_parallel(&who)
    } else {
        sentence::enters_when_open(&who, &name)
    };
    let mut sentences = vec![closed(subject, gate), opens];
    if subject.may_be_superseded() {
        sentences.push(sentence::newer_takes_place(&who));
    }
    Answer {
        headline: headline::GATE,
        places: vec![subject.sign(), ("stage", thing(Icon::Gate, name))],
        sentences,
        actions: vec![open_gate(subject, stage)],
    }
}

/// TR-8.
pub(super) fn gate_and_lock(
    subject: &Subject,
    stage: u16,
    gate: &ClosedGate,
    holder: &Stay,
) -> Answer {
    let (who, held_by) = (subject.who(), super::super::letter(holder.execution));
    let mut sentences = vec![
        closed(subject, gate),
        sentence::opening_not_enough(&who, &held_by),
    ];
    if subject.may_be_superseded() {
        sentences.push(sentence::newer_takes_place(&who));
    }
    Answer {
        headline: headline::GATE_AND_LOCK,
        places: vec![
            subject.sign(),
            ("gate", thing(Icon::Gate, headline::CLOSED_GATE)),
            ("holder", subject.token(holder.execution)),
            ("stage", thing(Icon::Lock, subject.stage(stage))),
        ],
        sentences,
        actions: vec![open_gate(subject, stage), subject.show(holder.execution)],
    }
}

/// QU-1.
pub(super) fn in_line(
    subject: &Subject,
    stage: u16,
    ahead: &[u32],
    gate_is_closed: bool,
    holder: Option<&Stay>,
) -> Answer {
    let who = subject.who();
    let mut places = vec![
        subject.sign(),
        ("nth", ChainPart::Words(text::nth(ahead.len() + 1))),
        ("stage", thing(Icon::Queue, subject.stage(stage))),
    ];
    let headline = match ahead {
        [.., _, _, nearest] => {
            places.push(("nearest", subject.token(*nearest)));
            places.push(("more", ChainPart::Words(headline::more(ahead.len() - 1))));
            headline::IN_LINE_MORE
        }
        [first, nearest] => {
            places.push(("ahead", subject.token(*first)));
            places.push(("nearest", subject.token(*nearest)));
            headline::IN_LINE_TWO
        }
        _ => {
            places.extend(ahead.iter().map(|number| ("ahead", subject.token(*number))));
            headline::IN_LINE
        }
    };
    let mut sentences = vec![];
    let mut actions = vec![];
    if let Some(holder) = holder {
        sentences.push(sentence::holds_lock(&super::super::letter(
            holder.execution,
        )));
        actions.push(subject.show(holder.execution));
    }
    if gate_is_closed {
        actions.push(open_gate(subject, stage));
        sentences.push(sentence::GATE_CLOSED_TOO.to_owned());
    }
    sentences.push(sentence::waited(
        &who,
        &subject.scene.when(subject.explanation.since),
    ));
    sentences.push(sentence::NOBODY_OVERTAKES.to_owned());
    Answer {
        headline,
        places,
        sentences,
        actions,
    }
}

/// MO-4: nothing holds it.
pub(super) fn passing(subject: &Subject, stage: u16) -> Answer {
    Answer {
        headline: headline::PASSING,
        places: vec![
            subject.sign(),
            ("stage", thing(Icon::Running, subject.stage(stage))),
        ],
        sentences: vec![sentence::AT_ONCE.to_owned()],
        actions: vec![],
    }
}

/// TR-10.
pub(super) fn inert(subject: &Subject, stage: u16) -> Answer {
    Answer {
        headline: headline::INERT,
        places: vec![subject.sign()],
        sentences: vec![sentence::inert(&subject.stage(stage))],
        actions: std::iter::once((press::START.to_owned(), Command::StartExecution))
            .chain(offers::can_stop(subject.scene, subject.execution.number))
            .collect(),
    }
}
