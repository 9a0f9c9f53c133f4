//! The native tests: one binary, one module per topic, so that there is one thing to link.

mod admission;
mod catalogue;
mod declaration;
mod engine;
#[cfg(feature = "page")]
mod import;
mod model_facts;
mod patterns;
mod typescript;
