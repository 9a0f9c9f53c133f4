//! Declarations that come with the page: the first world's pipeline, and what the import dialog offers.

use std::rc::Rc;

use serde_json::Value;

use crate::{
    api::{controls::Goal, js::Host},
    engine::time::{HOUR, Instant},
    page::words::app as words,
};

const FIRST_RELEASE: &str = include_str!("../../../www/worlds/first-release.json");
const APPROVAL: &str = include_str!("../../../www/worlds/approval.json");

/// How long before the present a new world begins, in milliseconds: its first execution has run by the time somebody
/// looks.
pub(super) const HEAD_START: i64 = HOUR;

/// The samples of the import dialog: what they show, and the text.
pub(super) const SAMPLES: [(&str, &str); 2] = [
    (words::SAMPLE_FIRST_RELEASE, FIRST_RELEASE),
    (words::SAMPLE_APPROVAL, APPROVAL),
];

/// Fills an empty world with the first release, whose own first execution has run to its end when this is done: nobody
/// sees it half-way.
pub(super) async fn first_release(host: &Rc<Host>) {
    let began = host.look(|session| session.world().now);
    let Ok(input) = serde_json::from_str::<Value>(FIRST_RELEASE) else {
        return;
    };
    host.call("CreatePipeline", input, |_| {});
    let until: Instant = began.after(HEAD_START);
    let _ = host.advance(Goal::At(until)).await;
}
