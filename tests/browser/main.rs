//! Tests of the crate inside a real browser: one binary, one module per topic, because each further binary is a further
//! link step.
//!
//! `cargo xtask test --only browser` runs them in headless Chromium through ChromeDriver. The browser's flags are in
//! `tests/webdriver.json`. A native `cargo test` sees an empty file.

#![cfg(target_arch = "wasm32")]

mod api;
mod storage;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Web Locks and storage exist only in a secure context. Were the runner to pick Node or an insecure origin, every test of
/// storage would quietly test the fallback instead.
#[wasm_bindgen_test]
fn the_tests_run_in_a_secure_window() {
    let window = web_sys::window().expect("a window, not Node and not a worker");
    assert!(window.is_secure_context());
}
