//! RULES. What happens, decided: who enters a stage, which action starts, what an ending brings about.
//!
//! Each file is one section of the reference and names the rules it carries out. Rules read the world through a
//! [`Decision`](super::decision::Decision) and record facts; they keep no state of their own. What a caller may
//! ask for, and how a call is answered, is not here but in `operations`.

pub mod action;
pub mod archive;
pub mod behavior;
pub mod conditions;
pub mod jobs;
pub mod polling;
pub mod retry;
pub mod rollback;
pub mod schedule;
pub mod scheduler;
pub mod source_change;
pub mod stage;
pub mod start;
pub mod stop;
pub mod transitions;
pub mod update;
pub mod variables;
pub mod webhook;
pub mod workers;
