//! AWS CodePipeline in a browser tab: the rules, the JavaScript API and the picture of the service,
//! simulated on a virtual clock.
//!
//! Arrows point one way: `page → api → engine → model`, `storage → engine`, and everything `→ json`. `ARCHITECTURE.md` is the map.

pub mod engine;
pub mod json;
pub mod model;
pub mod order;
#[cfg(feature = "page")]
pub mod page;
pub mod storage;

pub mod api;
