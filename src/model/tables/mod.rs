//! The tables: every shape, operation and error of AWS CodePipeline (API version 2015-07-09), one file per topic.
//!
//! They say what AWS publishes, nothing else; where the service behaves differently, a line in
//! [`corrections`](super::corrections) says so. `tests/model.facts` is derived from AWS's own model and compared with
//! these tables both ways, so a wrong digit here fails a test. No functions live here.

#![allow(
    non_upper_case_globals,
    reason = "a shape has one name, as a type and as a value"
)]

mod action_executions;
mod action_types;
mod actions;
mod artifacts;
mod common;
mod conditions;
pub(super) mod errors;
mod executions;
mod integration_models;
mod jobs;
pub(super) mod operations;
mod pipelines;
mod rules;
mod stages;
mod tags;
mod third_party_jobs;
mod triggers;
mod webhooks;

pub use action_executions::*;
pub use action_types::*;
pub use actions::*;
pub use artifacts::*;
pub use common::*;
pub use conditions::*;
pub use errors::ErrorCode;
pub use executions::*;
pub use integration_models::*;
pub use jobs::*;
pub use operations::OPERATIONS;
pub use pipelines::*;
pub use rules::*;
pub use stages::*;
pub use tags::*;
pub use third_party_jobs::*;
pub use triggers::*;
pub use webhooks::*;

// What the table macro writes into every topic.
use super::shape::{Bounds, Kind, Member, Shape};
use super::timestamp::Timestamp;
use super::{choice, pattern};
