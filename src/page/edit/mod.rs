//! Editing: a draft of a declaration, what can be done to it, what is wrong with it, and what the editor shows of it.
//!
//! Life cycle: a [`Draft`] begins as a version of a pipeline or as the smallest pipeline ([`start::smallest`]). The
//! person changes it through [`Change`]s, which the picture makes directly, the form through [`fill`], and the text by
//! being what it is. [`view`] draws all three from the draft after every change, with everything that the service
//! would refuse. Saving is CreatePipeline or UpdatePipeline with the draft's value; nothing here calls them.
//!
//! Failure modes: none. A draft may be any text; whatever cannot be read is absent, and a change about something that
//! is not there changes nothing.
//!
//! What may not live here: rules on declarations (`engine::declaration` has them, with their places), words (they stand
//! in `page::text::edit`), anything that draws.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

pub mod add;
pub mod advice;
pub mod available;
mod bus;
pub mod change;
mod command;
mod desk;
pub mod draft;
mod effect;
mod fields;
mod fill;
pub mod findings;
mod form;
mod lines;
pub mod moves;
mod moves_menu;
pub mod outline;
mod picture;
pub(in crate::page) mod pointer;
mod print;
mod provider;
mod remedies;
mod rename;
mod splice;
pub mod start;
mod stores;
mod view;

pub use change::{Change, Chosen};
pub use command::EditCommand;
pub use draft::{Base, Broken, Draft};
pub use fill::fill;
pub use moves::{Move, Slot};
pub use print::print as text;
pub use view::view;
