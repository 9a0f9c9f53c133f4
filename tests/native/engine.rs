//! The engine from outside: operations in, facts and answers out.

mod approvals;
pub mod determinism;
mod lists;
mod running;
mod superseded;
mod updates;
mod variables;
