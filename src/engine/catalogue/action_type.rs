//! What is known of one built-in action type, and the const builder that writes it down.

use super::property::Property;
use crate::model::{ActionCategory, ActionOwner, SourceRevisionType};

/// One built-in action type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActionType {
    /// What the action is for.
    pub category: ActionCategory,
    /// Who made the type.
    pub owner: ActionOwner,
    /// The provider's id, as it is written in a declaration.
    pub provider: &'static str,
    /// The version of the type: every built-in one has version 1.
    pub version: &'static str,
    /// How many input artifacts a declaration may name.
    pub inputs: ArtifactCounts,
    /// How many output artifacts a declaration may name.
    pub outputs: ArtifactCounts,
    /// Whether only pipelines of type V2 may use it (VT-5, VT-6).
    pub v2_only: bool,
    /// Whether ListActionTypes shows it.
    pub listed: bool,
    /// The configuration, in the order in which the console asks for it.
    pub properties: &'static [Property],
    /// Whether the configuration is only known to the partner who made the type, so that no key is refused.
    pub open_configuration: bool,
    /// Whether a declaration needs `commands` and may name `outputVariables` and the `files` of an output
    /// artifact (AC-28, AC-29).
    pub takes_commands: bool,
    /// Whether a declaration may have `environmentVariables` (AC-30).
    pub environment_variables: EnvironmentVariables,
    /// The output variables that every successful run sets, in name order.
    pub variables: &'static [&'static str],
    /// The further output variables, whose names the user of the type chooses.
    pub own_variables: OwnVariables,
    /// Which variables a run sets depending on what started it; `None` when it sets all of them always.
    pub variables_by_change: Option<VariablesByChange>,
    /// When an action is given up, in minutes.
    pub timeout_minutes: u32,
    /// How long a simulated run takes by default.
    pub duration: SecondsRange,
    /// How long it takes when one property decides about it: the key, then its values.
    pub duration_by: Option<(&'static str, &'static [(&'static str, SecondsRange)])>,
    /// The revision types by which a start may name the revision to use.
    pub revision_types: &'static [SourceRevisionType],
}

/// How many artifacts an action takes or makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArtifactCounts {
    /// The fewest.
    pub min: usize,
    /// The most.
    pub max: usize,
}

/// A span of simulated time in whole seconds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondsRange {
    /// The shortest run.
    pub min: u32,
    /// The longest run.
    pub max: u32,
}

/// Which environment variables a declaration may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvironmentVariables {
    /// None at all.
    None,
    /// Those with a plain value.
    Plain,
    /// Those with a plain value and those that name a secret.
    PlainAndSecret,
}

/// Where the names of output variables come from that the type does not fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnVariables {
    /// There are none.
    None,
    /// The environment variables that the build exports.
    ExportedByBuild,
    /// The names under `outputVariables` of the declaration.
    Declared,
    /// The outputs of the stack.
    StackOutputs,
    /// What the job's worker or function answers with.
    JobResult,
}

/// Which output variables a source sets for which kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VariablesByChange {
    /// Set whatever changed.
    pub always: &'static [&'static str],
    /// Set as well when a branch was pushed.
    pub push: &'static [&'static str],
    /// Set as well when a tag was pushed.
    pub tag: &'static [&'static str],
    /// Set as well for a pull request.
    pub pull_request: &'static [&'static str],
}

/// A type of the service's own, in version 1, with nothing allowed yet and the service's usual hour to finish.
pub(super) const fn aws(category: ActionCategory, provider: &'static str) -> ActionType {
    ActionType {
        category,
        owner: ActionOwner::Aws,
        provider,
        version: "1",
        inputs: ArtifactCounts { min: 0, max: 0 },
        outputs: ArtifactCounts { min: 0, max: 0 },
        v2_only: false,
        listed: true,
        properties: &[],
        open_configuration: false,
        takes_commands: false,
        environment_variables: EnvironmentVariables::None,
        variables: &[],
        own_variables: OwnVariables::None,
        variables_by_change: None,
        timeout_minutes: 60,
        duration: SecondsRange { min: 0, max: 0 },
        duration_by: None,
        revision_types: &[],
    }
}

/// A type made by a partner.
pub(super) const fn partner(category: ActionCategory, provider: &'static str) -> ActionType {
    ActionType {
        owner: ActionOwner::ThirdParty,
        ..aws(category, provider)
    }
}

impl ActionType {
    /// Whether an action may run outside the pipeline's Region (AC-12): only the service's own, and no source.
    /// `None` where no document says so: an approval has nothing that runs.
    pub const fn cross_region(&self) -> Option<bool> {
        match (self.owner, self.category) {
            (ActionOwner::Aws, ActionCategory::Approval) => None,
            (ActionOwner::Aws, ActionCategory::Source) => Some(false),
            (ActionOwner::Aws, _) => Some(true),
            _ => Some(false),
        }
    }

    /// Whether the action's own `roleArn` means anything: a partner's or custom action runs with the worker's
    /// credentials instead.
    pub const fn action_role(&self) -> bool {
        matches!(self.owner, ActionOwner::Aws)
    }

    /// The property with this name.
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|one| one.name == name)
    }

    /// How long a simulated run takes, where `value` looks up a configuration value of the action.
    pub fn duration_with<'a>(&self, value: impl Fn(&str) -> Option<&'a str>) -> SecondsRange {
        self.duration_by
            .and_then(|(key, choices)| {
                let chosen = value(key)?;
                choices.iter().find(|(one, _)| *one == chosen)
            })
            .map_or(self.duration, |(_, range)| *range)
    }

    pub(super) const fn v2_only(self) -> Self {
        ActionType {
            v2_only: true,
            ..self
        }
    }

    pub(super) const fn unlisted(self) -> Self {
        ActionType {
            listed: false,
            ..self
        }
    }

    pub(super) const fn inputs(self, min: usize, max: usize) -> Self {
        ActionType {
            inputs: ArtifactCounts { min, max },
            ..self
        }
    }

    pub(super) const fn outputs(self, min: usize, max: usize) -> Self {
        ActionType {
            outputs: ArtifactCounts { min, max },
            ..self
        }
    }

    pub(super) const fn configured_by(self, properties: &'static [Property]) -> Self {
        ActionType { properties, ..self }
    }

    pub(super) const fn configured_elsewhere(self) -> Self {
        ActionType {
            open_configuration: true,
            ..self
        }
    }

    pub(super) const fn takes_commands(self) -> Self {
        ActionType {
            takes_commands: true,
            ..self
        }
    }

    pub(super) const fn takes_environment(self, variables: EnvironmentVariables) -> Self {
        ActionType {
            environment_variables: variables,
            ..self
        }
    }

    pub(super) const fn sets(self, variables: &'static [&'static str]) -> Self {
        ActionType { variables, ..self }
    }

    pub(super) const fn sets_own(self, own_variables: OwnVariables) -> Self {
        ActionType {
            own_variables,
            ..self
        }
    }

    pub(super) const fn sets_by_change(self, variables: VariablesByChange) -> Self {
        ActionType {
            variables_by_change: Some(variables),
            ..self
        }
    }

    pub(super) const fn times_out_after_minutes(self, timeout_minutes: u32) -> Self {
        ActionType {
            timeout_minutes,
            ..self
        }
    }

    pub(super) const fn takes_seconds(self, min: u32, max: u32) -> Self {
        ActionType {
            duration: SecondsRange { min, max },
            ..self
        }
    }

    pub(super) const fn takes_seconds_by(
        self,
        key: &'static str,
        choices: &'static [(&'static str, SecondsRange)],
    ) -> Self {
        ActionType {
            duration_by: Some((key, choices)),
            ..self
        }
    }

    pub(super) const fn revised_by(self, revision_types: &'static [SourceRevisionType]) -> Self {
        ActionType {
            revision_types,
            ..self
        }
    }
}
