//! What the service says: the 44 operations of AWS CodePipeline, their shapes, limits and errors, and the check of
//! untyped input against them.
//!
//! - [`tables`]: the facts, one file per topic, written in the macro of `declare`. From one line per member come the
//!   Rust type and the table entry.
//! - [`admission`]: untyped input in, input fit for its type or the service's error out.
//! - [`typescript`]: the same tables as declarations for JavaScript's users.
//! - [`corrections`]: where the service differs from its published model, each with the reason.
//!
//! No behaviour lives here: nothing knows about pipelines that exist, time or storage, and nothing above `model` is
//! named. Everything is the same in every run; all failures are [`ApiError`] values.

#![deny(clippy::unwrap_used, clippy::indexing_slicing)]

#[macro_use]
mod declare;

pub mod admission;
mod choice;
mod constraint;
pub mod corrections;
mod error;
mod operation;
pub mod pattern;
mod shape;
pub mod tables;
mod timestamp;
pub mod typescript;
mod violation;

pub use admission::{admit, answer_violations, violations};
pub use constraint::Constraint;
pub use error::ApiError;
pub use operation::{Operation, Pagination, operation};
pub use pattern::Pattern;
pub use shape::{Bounds, Kind, Member, Shape};
pub use tables::*;
pub use timestamp::Timestamp;
pub use violation::{Violation, ViolationKind};
