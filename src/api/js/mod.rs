//! The exported class and everything that touches a JavaScript value.
//!
//! Two rules hold throughout. JavaScript is never called while a `RefCell` is borrowed: what it calls back may need
//! the same cell. And exported methods take `&self` and hold no borrow across an `await`.

pub mod convert;
mod errors;
mod host;
mod kept;
mod operations;
pub mod shelf;
mod simulator;
mod steady;
mod wire;
mod workers;

pub use host::{Forward, Host, Opening, Refusal};
pub use kept::Kept;
pub use operations::METHODS;
pub use simulator::Simulator;
