//! The native tests: one binary, one module per topic, so that there is one thing to link.

mod account;
mod admission;
mod arrows;
mod bench;
mod catalogue;
mod cron;
mod declaration;
#[cfg(feature = "page")]
mod editing;
mod engine;
mod events;
mod explain;
mod explain_conditions;
#[cfg(feature = "page")]
mod gallery;
mod generated;
mod import;
mod inputs_of_actions;
mod lives;
mod model_facts;
#[cfg(feature = "page")]
mod page;
mod patterns;
mod random_worlds;
mod samples;
mod scenarios;
mod session;
mod small_worlds;
mod steering;
mod tampered;
mod triggers;
mod twin;
mod typescript;
mod variable_check;
mod wire;
mod zones;
