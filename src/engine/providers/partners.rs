//! Actions of partners, which the simulator runs by itself, and actions of custom types, which it does not.

use super::{Provider, Run};

/// A partner's action: it takes its time and succeeds.
pub struct Partner;

impl Provider for Partner {}

/// An action of a custom type: a job that waits for a worker (J-1, J-5).
pub struct Custom;

impl Provider for Custom {
    /// The worker says what its work is called.
    fn external_id(&self, _run: &Run) -> Option<String> {
        None
    }

    fn waits_for_a_worker(&self) -> bool {
        true
    }
}
