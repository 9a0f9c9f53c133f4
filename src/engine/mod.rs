//! engine

pub mod catalogue;
pub mod declaration;
