//! SHOWING IT. The page: view models and layout arithmetic (pure, native, tested without a browser), and the
//! Leptos components that draw them (wasm only).
//!
//! Nothing here decides what the service does: the page reads the engine's state, turns it into
//! [`view::PageView`], and every thing a person does becomes a [`command::Command`] that calls the API.

pub mod command;
pub mod state;
pub mod text;
pub mod view;
