//! The native tests: one binary, one module per topic, so that there is one thing to link.

mod admission;
mod arrows;
mod bench;
mod catalogue;
mod declaration;
mod engine;
mod explain;
#[cfg(feature = "page")]
mod import;
mod model_facts;
#[cfg(feature = "page")]
mod page;
mod patterns;
mod samples;
mod scenarios;
mod session;
mod twin;
mod typescript;
