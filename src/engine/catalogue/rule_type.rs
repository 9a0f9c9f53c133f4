//! What is known of one built-in rule type, and the const builder that writes it down.

use super::action_type::{ArtifactCounts, SecondsRange};
use super::property::Property;

/// One built-in rule type: a check that a stage condition runs. Category is always Rule, owner always AWS, and
/// every one needs a pipeline of type V2 (VT-4).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuleType {
    /// The provider's id, as it is written in a declaration.
    pub provider: &'static str,
    /// The version of the type: every built-in one has version 1.
    pub version: &'static str,
    /// How many input artifacts a rule may name.
    pub inputs: ArtifactCounts,
    /// The configuration, in the order in which the console asks for it.
    pub properties: &'static [Property],
    /// Whether a rule needs `commands`.
    pub takes_commands: bool,
    /// Whether a condition with the result SKIP may hold it (SG-13).
    pub allowed_with_skip: bool,
    /// When a rule without `timeoutInMinutes` is given up; `None` when it never is (CO-26).
    pub timeout_minutes: Option<u32>,
    /// How long a simulated run takes by default.
    pub duration: SecondsRange,
}

/// A rule type with no configuration, no artifacts and no timeout yet.
pub(super) const fn rule(provider: &'static str) -> RuleType {
    RuleType {
        provider,
        version: "1",
        inputs: ArtifactCounts { min: 0, max: 0 },
        properties: &[],
        takes_commands: false,
        allowed_with_skip: false,
        timeout_minutes: None,
        duration: SecondsRange { min: 0, max: 0 },
    }
}

impl RuleType {
    /// The property with this name.
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|one| one.name == name)
    }

    pub(super) const fn inputs(self, min: usize, max: usize) -> Self {
        RuleType {
            inputs: ArtifactCounts { min, max },
            ..self
        }
    }

    pub(super) const fn configured_by(self, properties: &'static [Property]) -> Self {
        RuleType { properties, ..self }
    }

    pub(super) const fn takes_commands(self) -> Self {
        RuleType {
            takes_commands: true,
            ..self
        }
    }

    pub(super) const fn may_skip(self) -> Self {
        RuleType {
            allowed_with_skip: true,
            ..self
        }
    }

    pub(super) const fn times_out_after_minutes(self, minutes: u32) -> Self {
        RuleType {
            timeout_minutes: Some(minutes),
            ..self
        }
    }

    pub(super) const fn takes_seconds(self, min: u32, max: u32) -> Self {
        RuleType {
            duration: SecondsRange { min, max },
            ..self
        }
    }
}
