//! Manual approval: an action that only a person, or its expiry, ends (§9).

use super::{Provider, Run};
use crate::engine::ids::Kind;

/// The manual approval.
pub struct Manual;

impl Provider for Manual {
    /// AP-3: the token is the external execution id.
    fn external_id(&self, run: &Run) -> Option<String> {
        Some(run.world.key().uuid(Kind::Approval, run.id))
    }

    fn waits_for_a_person(&self) -> bool {
        true
    }
}
