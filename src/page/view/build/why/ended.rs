//! What is over: superseded, failed, refused, cancelled.

use super::super::drive::offers;
use super::{Answer, Subject, select_action, thing};
use crate::{
    engine::{
        explain::{Cause, Left, Refusal},
        rules::start::MOST_CONCURRENT,
        time::Instant,
    },
    model::ExecutionMode,
    page::{
        text::{
            fact,
            why::{conditions, headline, press, sentence},
        },
        view::Icon,
        view::build::time,
    },
};

/// SU-1, SU-5.
pub(super) fn superseded(subject: &Subject, by: u32, boundary: Option<(u16, Instant)>) -> Answer {
    let ended = subject.explanation.since;
    let mut places = vec![subject.sign(), ("by", subject.token(by))];
    let mut sentences = vec![];
    let headline = match boundary {
        Some((stage, since)) => {
            let name = subject.stage(stage);
            sentences.push(sentence::both_stood(&name, &subject.scene.at(ended)));
            sentences.push(sentence::had_waited(
                &subject.who(),
                &time::rough(ended.since(since)),
            ));
            places.push(("stage", thing(Icon::Lock, name)));
            headline::SUPERSEDED
        }
        None => headline::SUPERSEDED_PASSING,
    };
    sentences.push(sentence::NO_RETRY.to_owned());
    Answer {
        headline,
        places,
        sentences,
        actions: vec![subject.show(by)],
    }
}

/// LC-12, SU-6.
pub(super) fn failed(
    subject: &Subject,
    stage: u16,
    failure: Option<&Cause>,
    rolled_back_by: Option<u32>,
    followed_by: Option<u32>,
) -> Answer {
    let name = subject.stage(stage);
    let at = subject.scene.at(subject.explanation.since);
    let mut places = vec![subject.sign(), ("stage", thing(Icon::Failed, name.clone()))];
    let mut sentences = vec![];
    let mut actions = vec![];
    let mut show = None;
    let headline = match failure {
        Some(Cause::Action(failure)) => {
            let action = subject
                .scene
                .action_name(subject.execution, stage, failure.action);
            sentences.push(match failure.code {
                Some(code) => {
                    sentence::failed_with(&action, code.as_str(), &stopped(&failure.message))
                }
                None => sentence::abandoned(&action),
            });
            let command = select_action(subject.scene, subject.execution, stage, failure.action);
            show = Some((press::show_action(&action), command));
            places.push(("action", thing(Icon::Failed, action)));
            headline::FAILED_ACTION
        }
        Some(Cause::Condition {
            place,
            rule,
            message,
        }) => {
            actions.extend(offers::can_override(
                subject.scene,
                subject.execution,
                stage,
                *place,
            ));
            let plan = subject.scene.pipeline.plan(subject.execution.version);
            let rule = rule.and_then(|rule| plan.rule(stage, *place, rule));
            if let Some(rule) = rule {
                sentences.push(conditions::rule_said(&rule.name, &stopped(message)));
            }
            let condition = fact::conditions::place(*place);
            places.push(("condition", thing(Icon::Failed, condition)));
            headline::FAILED_CONDITION
        }
        None => headline::FAILED,
    };
    sentences.push(if subject.execution.mode == ExecutionMode::Parallel {
        sentence::failed_at(&at)
    } else {
        sentence::lock_is_free(&name, &at)
    });
    if let Some(by) = rolled_back_by {
        sentences.push(conditions::rolled_back_by(&name, &super::super::letter(by)));
        actions.push(subject.show(by));
    } else if let Some(by) = followed_by {
        sentences.push(sentence::followed(
            &subject.who(),
            &super::super::letter(by),
        ));
        actions.push(offers::start_like(subject.scene, subject.execution.number));
        actions.push(subject.show(by));
    }
    actions.extend(offers::can_retry(subject.scene, subject.execution, stage));
    actions.extend(show);
    actions.truncate(2);
    Answer {
        headline,
        places,
        sentences,
        actions,
    }
}

/// A message of a provider with the stop that a sentence needs.
fn stopped(message: &str) -> String {
    let message = message.trim_end();
    if message.ends_with(['.', '!', '?', '}']) {
        message.to_owned()
    } else {
        format!("{message}.")
    }
}

/// RB-3.
pub(super) fn rolled_back(subject: &Subject, stage: u16, target: u32) -> Answer {
    let name = subject.stage(stage);
    Answer {
        headline: headline::ROLLED_BACK,
        places: vec![
            subject.sign(),
            ("stage", thing(Icon::Succeeded, name.clone())),
            ("target", subject.token(target)),
        ],
        sentences: vec![conditions::rolled_back(
            &name,
            &subject.scene.at(subject.explanation.since),
        )],
        actions: vec![subject.show(target)],
    }
}

/// QU-8, VA-7.
pub(super) fn refused(subject: &Subject, refusal: &Refusal) -> Answer {
    let cause = match refusal {
        Refusal::TooManyExecutions => {
            sentence::refused_full(MOST_CONCURRENT, subject.execution.mode.as_str())
        }
        Refusal::VariableMissing { name } => sentence::refused_variable(name),
    };
    Answer {
        headline: headline::REFUSED,
        places: vec![subject.sign()],
        sentences: vec![cause, sentence::RECORDED_AS_FAILED.to_owned()],
        actions: match refusal {
            Refusal::VariableMissing { .. } => {
                vec![offers::start_like(subject.scene, subject.execution.number)]
            }
            Refusal::TooManyExecutions => vec![],
        },
    }
}

/// UP-3.
pub(super) fn cancelled(subject: &Subject, version: u32, left: Left) -> Answer {
    let at = subject.scene.at(subject.explanation.since);
    let who = subject.who();
    let told = match left {
        Left::Inside { stage } => {
            sentence::cancelled_inside(&who, &at, version, &subject.stage(stage))
        }
        Left::InFrontOf { .. } | Left::Nowhere => sentence::cancelled_waiting(&who, &at, version),
    };
    Answer {
        headline: headline::CANCELLED,
        places: vec![
            subject.sign(),
            (
                "version",
                thing(Icon::Cancelled, headline::version(version)),
            ),
        ],
        sentences: vec![told],
        actions: vec![],
    }
}

/// SP-2, SP-4, SP-15.
pub(super) fn stopped_by_hand(
    subject: &Subject,
    left: Left,
    abandon: bool,
    reason: Option<&str>,
) -> Answer {
    let at = subject.scene.at(subject.explanation.since);
    let who = subject.who();
    let told = match left {
        Left::Inside { stage } if abandon => {
            sentence::stopped_abandoning(&who, &at, &subject.stage(stage))
        }
        Left::Inside { stage } => sentence::stopped_inside(&who, &at, &subject.stage(stage)),
        Left::InFrontOf { stage, .. } => {
            sentence::stopped_waiting(&who, &at, &subject.stage(stage))
        }
        Left::Nowhere => sentence::stopped(&who, &at),
    };
    Answer {
        headline: headline::STOPPED,
        places: vec![subject.sign()],
        sentences: [Some(told), reason.map(sentence::stop_reason)]
            .into_iter()
            .flatten()
            .collect(),
        actions: match left {
            Left::Inside { stage } => offers::can_retry(subject.scene, subject.execution, stage)
                .into_iter()
                .collect(),
            Left::InFrontOf { .. } | Left::Nowhere => vec![],
        },
    }
}

pub(super) fn unrecorded(subject: &Subject) -> Answer {
    Answer {
        headline: headline::UNRECORDED,
        places: vec![subject.sign()],
        sentences: vec![sentence::NO_REASON.to_owned()],
        actions: vec![],
    }
}
