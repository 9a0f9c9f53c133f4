//! What the timeline costs where there is much of it: a pipeline with 100,000 past executions, and one of 50 stages with
//! 20 actions each. Measured right after a fact, when everything that is kept up is brought up to date and drawn, for
//! every order and for windows from close to all of time; and between two facts, when only now moves.

use std::collections::VecDeque;

use codepipeline_simulator::{
    engine::{Engine, fact::Fact, time::Instant, world::Options},
    page::{
        state::{
            Ui,
            timeline::{By, TimelineUi, Window},
        },
        view::build,
    },
};
use serde_json::{Value, json};

use crate::{
    declaration::{five_by_two, of_builds},
    line,
    stopwatch::time,
};

/// As many as a session remembers.
const REMEMBERED: usize = 2_000;

struct World {
    engine: Engine,
    facts: VecDeque<Fact>,
    began: Instant,
}

impl World {
    fn new(declaration: Value, past: u32) -> Self {
        let mut engine = Engine::new(Options::default());
        let began = engine.world().now;
        let created = json!({ "pipeline": declaration });
        engine
            .execute("CreatePipeline", created, began)
            .expect("the pipeline is accepted");
        let mut world = Self {
            engine,
            facts: VecDeque::new(),
            began,
        };
        for _ in 0..past {
            world.start();
            while let Some(at) = world.engine.next_completion() {
                world.engine.advance(at);
            }
            world.keep();
        }
        for _ in 0..30 {
            world.start();
        }
        world
    }

    fn keep(&mut self) {
        self.facts.extend(self.engine.take_facts());
        while self.facts.len() > REMEMBERED {
            self.facts.pop_front();
        }
    }

    fn start(&mut self) {
        let now = self.engine.world().now;
        // A queue may be full; then there is one less.
        let _ = self
            .engine
            .execute("StartPipelineExecution", json!({ "name": "shop" }), now);
        self.keep();
    }

    /// Lets the next thing happen.
    fn step(&mut self) {
        self.start();
        if let Some(at) = self.engine.next_completion() {
            self.engine.advance(at);
        }
        self.keep();
    }

    fn draw(&self, ui: &Ui) {
        let view = build::timeline_alone(self.engine.world(), ui, self.facts.iter().rev());
        std::hint::black_box(view);
    }
}

fn shown(by: By, window: Window) -> Ui {
    Ui {
        timeline: TimelineUi {
            by,
            window,
            width: 900.0,
            height: 400.0,
            ..TimelineUi::default()
        },
        ..Ui::default()
    }
}

/// The slowest of every order and window, in nanoseconds: after a fact, and between two; and what it takes to read a
/// segment of the past, on average.
fn round(world: &mut World) -> [f64; 3] {
    let mut slowest = [0.0_f64; 3];
    let (mut reading, mut read) = (0.0, 0.0_f64);
    for by in [By::Stage, By::Execution, By::Table] {
        for scale in [None, Some(50_000.0), Some(2_000_000.0), Some(40_000_000.0)] {
            let from = world.began;
            let window = scale.map_or(Window::Fit, |scale| Window::At {
                from,
                scale,
                follows: Some(0.9),
            });
            let ui = shown(by, window);
            world.draw(&ui);
            loop {
                let mut more = false;
                let took = time(|| more = build::read_past(world.engine.world(), &ui));
                if !more {
                    break;
                }
                reading += took;
                read += 1.0;
                world.draw(&ui);
            }
            let mut least = [f64::INFINITY; 2];
            for _ in 0..5 {
                world.step();
                least[0] = least[0].min(time(|| world.draw(&ui)));
                least[1] = least[1].min(time(|| world.draw(&ui)));
            }
            slowest[0] = slowest[0].max(least[0]);
            slowest[1] = slowest[1].max(least[1]);
        }
    }
    slowest[2] = reading / read.max(1.0);
    slowest
}

/// One line for each measurement.
pub fn lines(rounds: usize) -> Vec<String> {
    let worlds = [
        ("past", World::new(five_by_two("shop"), 100_000)),
        ("large", World::new(of_builds("QUEUED", 50, 20, 20), 100)),
    ];
    let mut lines = Vec::new();
    for (name, mut world) in worlds {
        let values: Vec<[f64; 3]> = (0..rounds).map(|_| round(&mut world)).collect();
        for (place, what) in ["fact", "frame", "read"].into_iter().enumerate() {
            let of: Vec<f64> = values
                .iter()
                .filter_map(|value| value.get(place).copied())
                .collect();
            lines.push(line(&format!("timeline.{name}.{what}"), &of));
        }
    }
    lines
}
