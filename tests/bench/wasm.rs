//! The workloads for `run.mjs`, which lets SimPy and the JavaScript API take their turns between the rounds.

use codepipeline_simulator::{api::js::convert, model};
use serde_json::Value;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{declaration, flow::Race, operations::Operations, stopwatch::time};

/// The engine with and without history, and the heap.
#[wasm_bindgen]
pub struct BenchRace(Race);

#[wasm_bindgen]
impl BenchRace {
    /// Everybody at the start line.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self(Race::new())
    }

    /// One turn each.
    pub fn round(&mut self) {
        self.0.round();
    }

    /// What was measured.
    pub fn lines(&self) -> Vec<String> {
        self.0.lines()
    }
}

/// The operations beside pasts of three sizes.
#[wasm_bindgen]
pub struct BenchOperations(Operations);

#[wasm_bindgen]
impl BenchOperations {
    /// The three worlds.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self(Operations::new())
    }

    /// Every row in every world, once.
    pub fn round(&mut self) {
        self.0.round();
    }

    /// What was measured.
    pub fn lines(&self) -> Vec<String> {
        self.0.lines()
    }
}

/// The declaration of the pipeline, as JSON text.
#[wasm_bindgen]
pub fn bench_declaration(name: &str) -> String {
    declaration::five_by_two(name).to_string()
}

/// How often everything is repeated.
#[wasm_bindgen]
pub fn bench_rounds() -> usize {
    crate::ROUNDS
}

/// Converts the input of an operation so many times; nanoseconds of one.
#[wasm_bindgen]
pub fn bench_input(operation: &str, input: &JsValue, times: u32) -> f64 {
    let operation = model::operation(operation).expect("an operation");
    let took = time(|| {
        for _ in 0..times {
            std::hint::black_box(convert::input(operation.input, input));
        }
    });
    took / f64::from(times)
}

/// Converts an answer, given as JSON text, so many times; nanoseconds of one.
#[wasm_bindgen]
pub fn bench_output(operation: &str, answer: &str, times: u32) -> f64 {
    let operation = model::operation(operation).expect("an operation");
    let answer: Value = serde_json::from_str(answer).expect("an answer");
    let took = time(|| {
        for _ in 0..times {
            std::hint::black_box(convert::output(operation.output, &answer));
        }
    });
    took / f64::from(times)
}

/// The page's views.
#[cfg(feature = "page")]
#[wasm_bindgen]
pub fn bench_page() -> Vec<String> {
    crate::page::lines(crate::ROUNDS)
}
