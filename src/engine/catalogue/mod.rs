//! What the service ships with: every built-in action type and rule type, as plain data.
//!
//! A type's entry says what a declaration of it may hold (artifact counts, configuration, a role, another
//! Region, version 2 pipelines only) and how a simulated run of it behaves by default (how long it takes, when it
//! times out, which output variables it sets). The tables never change at run time; custom action types live in
//! the world and are no part of this folder. Here lives data and looking it up, no rule: what follows from a
//! fact for a declaration is decided in `declaration`, what follows for a run in `providers`.
//!
//! One file per category, in the order in which the service lists them. Facts about the service come from its
//! documentation; simulated durations are this project's own choice.

mod action_type;
mod approval;
mod build;
mod compute;
mod deploy;
mod invoke;
mod property;
mod rule_type;
mod rules;
mod source;
mod test;

pub use action_type::{
    ActionType, ArtifactCounts, EnvironmentVariables, OwnVariables, SecondsRange, VariablesByChange,
};
pub use property::{Property, Reference, RequiredWhen};
pub use rule_type::RuleType;

use crate::model::{ActionCategory, ActionOwner};

/// How long an action of a custom action type may take, in minutes (QT-38).
pub const CUSTOM_ACTION_TIMEOUT_MINUTES: u32 = 24 * 60;

static CATEGORIES: &[&[ActionType]] = &[
    source::TYPES,
    build::TYPES,
    test::TYPES,
    compute::TYPES,
    deploy::TYPES,
    approval::TYPES,
    invoke::TYPES,
];

/// Every built-in rule type, in name order.
pub static RULE_TYPES: &[RuleType] = rules::TYPES;

/// Every built-in action type, category by category.
pub fn action_types() -> impl Iterator<Item = &'static ActionType> {
    CATEGORIES.iter().copied().flatten()
}

/// The built-in action type with this id; `None` if the service has none (AC-3, AC-4).
pub fn find(
    category: ActionCategory,
    owner: ActionOwner,
    provider: &str,
    version: &str,
) -> Option<&'static ActionType> {
    action_types().find(|one| {
        one.category == category
            && one.owner == owner
            && one.provider == provider
            && one.version == version
    })
}

/// The built-in rule type with this provider and version (SG-18).
pub fn find_rule(provider: &str, version: &str) -> Option<&'static RuleType> {
    RULE_TYPES
        .iter()
        .find(|one| one.provider == provider && one.version == version)
}

/// What people call a provider where its id says something else: the console's own words.
pub fn display_name(provider: &str) -> &str {
    match provider {
        "CodeStarSourceConnection" => "CodeConnections",
        "Manual" => "Manual approval",
        other => other,
    }
}
