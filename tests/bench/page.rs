//! What a view of the page costs: a pipeline of ten stages with ten actions each, as it works, with a past; and one at
//! the quotas, of which only what is seen is built, with the arithmetic of where all of it stands. Building a
//! view is layout arithmetic and words; drawing it is the browser's and not measured here.

use codepipeline_simulator::{
    api::calls::Calls,
    engine::{Engine, fact::Fact, world::Options},
    page::{
        layout::{
            self,
            line::{Density, Look},
        },
        state::{ClockState, StorageInfo, StorageState, Ui},
        view::{PipelineView, Selection, build},
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
    let (large, facts) = large();
    let whole = build::whole_picture(large.world(), &Ui::default()).expect("a pipeline");
    let views: Vec<f64> = (0..rounds)
        .map(|_| views(&large, &facts, &Ui::default()))
        .collect();
    let places: Vec<f64> = (0..rounds).map(|_| layouts(&whole)).collect();
    vec![
        line("page.view", &values),
        line("page.large.view", &views),
        line("page.large.layout", &places),
    ]
}

/// A pipeline at the quotas, with an execution in its fourth stage.
fn large() -> (Engine, Vec<Fact>) {
    let mut engine = Engine::new(Options::default());
    let now = engine.world().now;
    engine
        .execute(
            "CreatePipeline",
            json!({ "pipeline": of_builds("SUPERSEDED", 50, 20, 10) }),
            now,
        )
        .expect("the pipeline is accepted");
    let mut facts = engine.take_facts();
    let now = engine.world().now.after(2_400_000);
    let _ = engine.execute("StartPipelineExecution", json!({ "name": "shop" }), now);
    facts.extend(engine.take_facts());
    (engine, facts)
}

/// A view of what is seen of it, in nanoseconds.
fn views(engine: &Engine, facts: &[Fact], ui: &Ui) -> f64 {
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
                ui,
                &ClockState::default(),
                &storage,
                &mut recent,
                &Calls::default(),
            ));
        }
    });
    took / f64::from(BUILDS)
}

/// Where all its blocks stand, how closely they fit, which are seen and where the columns of all its actions are, in
/// nanoseconds.
fn layouts(pipeline: &PipelineView) -> f64 {
    let took = time(|| {
        for _ in 0..BUILDS {
            let shapes: Vec<_> = pipeline
                .stages
                .iter()
                .map(|stage| stage.shape.clone())
                .collect();
            let look = Look {
                density: Density::Full,
                tile: 16.0 * layout::tile_of(pipeline.longest, 1.0),
                queued: false,
            };
            let placed = layout::line::line(shapes.iter(), look);
            let mut middles = 0.0;
            for (stage, shape) in shapes.iter().enumerate() {
                for (column, actions) in shape.columns.iter().enumerate() {
                    for _ in 0..*actions {
                        middles += placed.middle(look, stage, column, shape);
                    }
                }
            }
            std::hint::black_box((
                placed.seen(4_000.0, 5_400.0),
                layout::line::fitting(&shapes, look, (1_400.0, 400.0)),
                middles,
            ));
        }
    });
    took / f64::from(BUILDS)
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
            slowest = slowest.max(views(engine, facts, &ui));
        }
    }
    slowest
}
