//! Actions of partners and of custom types that the simulator runs by itself: they take their time and succeed.

use super::Provider;

/// Whatever has nothing documented of its own.
pub struct Partner;

impl Provider for Partner {}
