//! THE PALETTE. Everything that can be done, found by typing: first what is possible now with what is selected, then the
//! operations, places, and settings. Pure: a view becomes entries, entries and a query become the rows to draw.
//!
//! What cannot be done now is found as well, and says why. Nothing here decides that: the view knows.

mod entries;
mod find;
mod fuzzy;

pub use entries::{Act, Entry, Group, ScreenAct, entries};
pub use find::{Row, find};
pub use fuzzy::{Fit, fit};
