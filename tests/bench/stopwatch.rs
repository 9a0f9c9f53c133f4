//! Real time, the one thing here that differs between the native build and Node.

/// Nanoseconds on a clock that does not jump.
#[cfg(not(target_arch = "wasm32"))]
#[expect(
    clippy::disallowed_methods,
    reason = "measures real time; the ban is for the simulator"
)]
pub fn nanoseconds() -> f64 {
    use std::{sync::OnceLock, time::Instant};
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed().as_secs_f64() * 1e9
}

/// Nanoseconds on a clock that does not jump.
#[cfg(target_arch = "wasm32")]
pub fn nanoseconds() -> f64 {
    use wasm_bindgen::prelude::wasm_bindgen;
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance, js_name = now)]
        fn milliseconds() -> f64;
    }
    milliseconds() * 1e6
}

/// How long `work` takes, in nanoseconds.
pub fn time(work: impl FnOnce()) -> f64 {
    let began = nanoseconds();
    work();
    nanoseconds() - began
}

/// Bytes of memory the program has taken from its host; 0 where that cannot be told.
pub fn memory() -> f64 {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size(0) as f64 * 65_536.0;
    #[cfg(not(target_arch = "wasm32"))]
    0.0
}
