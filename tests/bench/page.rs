//! What a view of the page costs: a pipeline of ten stages with ten actions each, as it works, with a past. Building a
//! view is layout arithmetic and words; drawing it is the browser's and not measured here.

use codepipeline_simulator::{
    api::calls::Calls,
    engine::{Engine, fact::Fact, world::Options},
    page::{
        state::{ClockState, StorageInfo, StorageState, Ui},
        view::{Selection, build},
    },
};
use serde_json::json;

use crate::{declaration::of_builds, line, stopwatch::time};

/// Builds of a view within one value.
const BUILDS: u32 = 20;

/// A world in which forty executions were started two minutes apart, and the facts of it.
fn busy(mode: &str) -> (Engine, Vec<Fact>) {
    let mut engine = Engine::new(Options::default());
    let now = engine.world().now;
    engine
        .execute(
            "CreatePipeline",
            json!({ "pipeline": of_builds(mode, 10, 10, 5) }),
            now,
        )
        .expect("the pipeline is accepted");
    let mut facts = engine.take_facts();
    for _ in 0..40 {
        let now = engine.world().now.after(120_000);
        // A queue may be full; then there is one less.
        let _ = engine.execute("StartPipelineExecution", json!({ "name": "shop" }), now);
        facts.extend(engine.take_facts());
    }
    (engine, facts)
}

/// The slowest of every mode and selection, in nanoseconds.
pub fn lines(rounds: usize) -> Vec<String> {
    let worlds = ["SUPERSEDED", "QUEUED", "PARALLEL"].map(busy);
    let values: Vec<f64> = (0..rounds).map(|_| slowest(&worlds)).collect();
    vec![line("page.view", &values)]
}

fn slowest(worlds: &[(Engine, Vec<Fact>)]) -> f64 {
    let mut slowest: f64 = 0.0;
    for (engine, facts) in worlds {
        let newest = engine.world().key().execution((0, 30).into());
        for selection in [
            Selection::Pipeline,
            Selection::Stage("Stage1".into()),
            Selection::Action("Stage1".into(), "Action1".into()),
            Selection::Execution(newest),
        ] {
            let ui = Ui {
                selection,
                ..Ui::default()
            };
            let clock = ClockState::default();
            let storage = StorageInfo {
                world: "shop".into(),
                facts: 1,
                state: StorageState::Saved,
            };
            let took = time(|| {
                for _ in 0..BUILDS {
                    let mut recent = facts.iter().rev();
                    std::hint::black_box(build::page(
                        engine.world(),
                        &ui,
                        &clock,
                        &storage,
                        &mut recent,
                        &Calls::default(),
                    ));
                }
            });
            slowest = slowest.max(took / f64::from(BUILDS));
        }
    }
    slowest
}
