//! The engine from outside: operations in, facts and answers out.

mod approvals;
pub mod determinism;
mod lists;
mod past;
mod recalling;
mod rules;
mod running;
mod stopping;
mod superseded;
mod transitions;
mod updates;
mod variables;
