//! OPERATING. A form for any of the service's operations, made from the tables of the model: no operation has a form of
//! its own.
//!
//! Life cycle: a [`Draft`] begins with what the selection and the world suggest ([`prefill()`]). Fields and text change one
//! value; [`items`] makes the fields of it, with what the service would say under each. Sending it is a call like any
//! other, and its answer stands below until the next one.
//!
//! Failure modes: none. A draft may hold any JSON; a text that is no JSON leaves the last value that was, and the fields
//! rest until it is one again.
//!
//! What may not live here: what an operation means (the engine knows), words (`page::text::operate`), anything that draws.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod answer;
mod command;
mod draft;
mod groups;
mod items;
mod moment;
mod place;
mod prefill;
mod suggest;
mod view;

#[cfg(test)]
mod tests;

pub use answer::Answer;
pub use command::OperateCommand;
pub use draft::Draft;
pub use groups::GROUPS;
pub use items::items;
pub use prefill::{Around, prefill};
pub use view::{list, view};
