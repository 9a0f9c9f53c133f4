//! SHOWING IT. The page: view models and layout arithmetic (pure, native, tested without a browser), and the
//! Leptos components that draw them (wasm only).
//!
//! Nothing here decides what the service does: the page reads the engine's state, turns it into
//! [`view::PageView`], and every thing a person does becomes a [`command::Command`] that calls the API.

pub mod address;
#[cfg(target_arch = "wasm32")]
pub mod app;
pub mod begin;
pub mod call_text;
pub mod command;
#[cfg(target_arch = "wasm32")]
pub mod components;
#[cfg(target_arch = "wasm32")]
pub mod crash;
pub mod drive;
pub mod edit;
pub mod gallery;
pub mod import;
pub mod layout;
pub mod operate;
pub mod palette;
pub mod signs;
pub mod state;
pub mod svg;
pub mod text;
pub mod view;
pub mod words;
