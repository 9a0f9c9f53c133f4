//! WEBHOOKS. What a delivery has to bring, as pure functions of a webhook's definition and the delivery: who may call
//! (authentication.rs), which bodies pass (filters.rs), what a body tells of a commit (payload.rs).
//!
//! Nothing here changes or starts anything: that is decided in `rules`.

pub mod authentication;
pub mod filters;
pub mod payload;
