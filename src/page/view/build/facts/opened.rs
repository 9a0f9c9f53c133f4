//! One fact, opened: the rule that was applied, the call that caused it, the fact as a listener hears it.

use super::call;
use crate::{
    api::{calls::Calls, told::told},
    engine::{
        fact::{Cause, Fact},
        sentences,
    },
    page::{
        call_text::call_text,
        text::facts as words,
        view::{FactDetail, FactRow, build::scene::Scene},
    },
};

pub fn opened(scene: &Scene, fact: &Fact, row: FactRow, calls: &Calls) -> FactDetail {
    let told = told(scene.world, fact);
    let rule = told.reason.as_ref().map(|reason| {
        let sentence = sentences::sentence(reason.rule).unwrap_or_default();
        (sentence.to_owned(), reason.rule.to_owned())
    });
    let made = calls.that_caused(fact);
    let cause = match &fact.cause {
        Cause::Time => Some(words::BY_TIME.to_owned()),
        Cause::Control(name) => Some(words::control(name)),
        Cause::Call(name) => match (made, call(fact)) {
            (None, _) => Some(words::not_kept(name)),
            (Some(_), None) => Some(words::follows(name)),
            (Some(_), Some(_)) => None,
        },
    };
    FactDetail {
        row,
        rule,
        cause,
        call: made.map(|made| call_text(&made.operation, &made.input)),
        json: serde_json::to_string_pretty(&crate::json::to_value(&told)).unwrap_or_default(),
    }
}
