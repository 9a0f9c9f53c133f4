//! Held to a condition: what its rules wait for, and what happens if it does not let the execution pass.

use super::super::drive::offers;
use super::{Answer, Subject, thing};
use crate::{
    engine::explain::{Asked, RuleUnderWay, RuleWork, Stay},
    page::{
        command::Command,
        text::{
            fact::conditions::place,
            why::{conditions as words, headline, press},
        },
        view::Icon,
    },
};

/// CO-10 to CO-12.
pub(super) fn asked(subject: &Subject, stay: &Stay, asked: &Asked) -> Answer {
    let scene = subject.scene;
    let stage = subject.stage(stay.stage);
    let mut sentences: Vec<String> = stay
        .rules
        .iter()
        .map(|rule| told(subject, stay, asked, rule))
        .collect();
    sentences.extend(
        asked
            .result
            .map(|result| words::otherwise(&stage, asked.place, result, stay.rules.len() == 1)),
    );
    if asked.overridable {
        sentences.push(words::OVERRIDE.to_owned());
    }
    sentences.push(words::since(&scene.at(asked.since)));
    Answer {
        headline: headline::ASKED,
        places: vec![
            subject.sign(),
            ("condition", thing(Icon::Hourglass, place(asked.place))),
            ("stage", thing(Icon::Lock, stage)),
        ],
        sentences,
        actions: actions(subject, stay, asked),
    }
}

/// Overriding ends it at once; else an alarm can be set, or the clock goes on to what ends it.
fn actions(subject: &Subject, stay: &Stay, asked: &Asked) -> Vec<(String, Command)> {
    let scene = subject.scene;
    let alarm = stay.rules.iter().find_map(|rule| match &rule.work {
        RuleWork::Alarm { name, .. } => Some(offers::set_alarm(name)),
        _ => None,
    });
    let mut actions = vec![];
    actions.extend(offers::can_override(
        scene,
        subject.execution,
        stay.stage,
        asked.place,
    ));
    actions.push(alarm.unwrap_or_else(|| (press::NEXT_FACT.to_owned(), Command::NextFact)));
    actions
}

/// What one rule waits for.
fn told(subject: &Subject, stay: &Stay, asked: &Asked, rule: &RuleUnderWay) -> String {
    let scene = subject.scene;
    let plan = scene.pipeline.plan(subject.execution.version);
    let name = plan
        .rule(stay.stage, asked.place, rule.rule)
        .map_or("", |rule| rule.name.as_str());
    let until = rule.until.map(|deadline| scene.at(deadline.at));
    match (&rule.work, until) {
        (RuleWork::Held, _) => words::held(name),
        (RuleWork::Hanging, Some(at)) => words::hangs_until(name, &at),
        (RuleWork::Hanging, None) => words::hangs(name),
        (RuleWork::Window, Some(at)) => words::window(name, &at),
        (RuleWork::Window, None) => words::runs(name),
        (RuleWork::Alarm { name: alarm, state }, Some(at)) => words::alarm(name, alarm, state, &at),
        (RuleWork::Alarm { .. } | RuleWork::Running, None) => words::runs(name),
        (RuleWork::Running, Some(at)) => words::runs_until(name, &at),
    }
}
