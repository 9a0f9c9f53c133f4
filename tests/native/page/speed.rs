//! What a view costs: a pipeline of ten stages with ten actions each, as it works, with a past.

use std::time::Duration;

use codepipeline_simulator::page::{
    state::{ClockState, Ui},
    view::{Selection, build},
};
use serde_json::{Value, json};

use super::kept;
use crate::bench::{Bench, build, pipeline, source, stage};

fn large(mode: &str, started: usize) -> Bench {
    let mut stages = vec![stage("Source", &[source()])];
    for number in 1..10 {
        let actions: Vec<Value> = (0..10)
            .map(|action| build(&format!("Action{action}"), 1 + action / 5))
            .collect();
        stages.push(stage(&format!("Stage{number}"), &actions));
    }
    let mut declaration = pipeline("shop", &stages);
    declaration["executionMode"] = json!(mode);
    let mut bench = Bench::new();
    bench.create(&declaration);
    for _ in 0..started {
        bench.advance(120_000);
        let _ = bench.call("StartPipelineExecution", json!({ "name": "shop" }));
    }
    bench
}

/// `cargo test --release --features page -- --ignored --nocapture speed` says how long it takes here.
#[test]
#[ignore = "measures time; debug builds and busy machines say nothing"]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement"
)]
fn a_view_of_a_hundred_actions_takes_well_below_a_millisecond() {
    let mut slowest = Duration::ZERO;
    for mode in ["SUPERSEDED", "QUEUED", "PARALLEL"] {
        let bench = large(mode, 40);
        let newest = bench.engine.world().key().execution((0, 30).into());
        for selection in [
            Selection::Pipeline,
            Selection::Stage("Stage1".into()),
            Selection::Action("Stage1".into(), "Action1".into()),
            Selection::Execution(newest),
        ] {
            // The fastest of many: what else the machine does is not ours.
            let ui = Ui {
                selection: selection.clone(),
                ..Ui::default()
            };
            let (clock, storage) = (ClockState::default(), kept(1));
            let measure = || {
                let begin = std::time::Instant::now();
                let mut recent = bench.facts.iter().rev();
                std::hint::black_box(build::page(
                    bench.engine.world(),
                    &ui,
                    &clock,
                    &storage,
                    &mut recent,
                ));
                begin.elapsed()
            };
            let each = (0..300).map(|_| measure()).min().unwrap_or_default();
            println!("{mode} {selection:?}: {each:?}");
            slowest = slowest.max(each);
        }
    }
    assert!(slowest < Duration::from_millis(1), "{slowest:?}");
}
