//! What is sent, in worlds that scenario files do not make.

use codepipeline_simulator::engine::{
    Engine,
    events::{self, Level, State},
    time::{DAY, MINUTE},
    world::{HistoryOption, Options},
};
use serde_json::json;

use crate::bench::three_stages;

#[test]
fn a_world_that_keeps_no_history_tells_everything_before_it_forgets() {
    let mut engine = Engine::new(Options {
        history: HistoryOption::None,
        ..Options::default()
    });
    let mut now = engine.world().now;
    engine
        .execute(
            "CreatePipeline",
            json!({ "pipeline": three_stages("shop") }),
            now,
        )
        .expect("created");
    for _ in 0..60 {
        now = now.after(MINUTE);
        engine
            .execute("StartPipelineExecution", json!({ "name": "shop" }), now)
            .expect("started");
    }
    engine.advance(now.after(DAY));
    // Only now does anybody look.
    let facts = engine.take_facts();
    let world = engine.world();
    let forgotten = world
        .pipelines
        .values()
        .all(|pipeline| pipeline.executions.len() < 30);
    assert!(forgotten, "the world has forgotten some");
    let sent: Vec<_> = facts
        .iter()
        .flat_map(|fact| events::of(world, fact))
        .filter(|event| event.detail_type == Level::Pipeline)
        .collect();
    let count = |state: State| {
        let of_state = sent.iter().filter(|event| event.detail.state == state);
        of_state.count()
    };
    assert_eq!(count(State::Started), 61);
    assert_eq!(count(State::Succeeded) + count(State::Superseded), 61);
    // Whoever looks when more has happened, comes too late.
    engine
        .execute("StartPipelineExecution", json!({ "name": "shop" }), now)
        .expect("started");
    let started = facts
        .iter()
        .find(|fact| fact.event.execution().is_some())
        .expect("a start");
    assert_eq!(events::of(engine.world(), started), []);
}
