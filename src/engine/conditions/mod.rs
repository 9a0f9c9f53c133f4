//! What the rules of stage conditions work out from values alone, without a world. One file per rule type that has
//! something to work out; when a rule is asked and what its answer does to a stage is decided in
//! [`rules::conditions`](super::rules::conditions).

pub mod alarm;
pub mod lambda;
pub mod variable_check;
pub mod window;

pub use alarm::AlarmState;
pub use lambda::LambdaResult;

use crate::engine::time::Instant;

/// The six rule types (§8.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Looks at the state of an alarm.
    CloudWatchAlarm,
    /// Runs a build.
    CodeBuild,
    /// Runs shell commands.
    Commands,
    /// Waits for a window of time.
    DeploymentWindow,
    /// Asks a function.
    LambdaInvoke,
    /// Compares a variable.
    VariableCheck,
}

impl RuleKind {
    /// Every kind, in the order of the guide.
    pub const ALL: [Self; 6] = [
        Self::CloudWatchAlarm,
        Self::CodeBuild,
        Self::Commands,
        Self::DeploymentWindow,
        Self::LambdaInvoke,
        Self::VariableCheck,
    ];

    /// The provider in the rule's type.
    #[must_use]
    pub const fn provider(self) -> &'static str {
        match self {
            Self::CloudWatchAlarm => "CloudWatchAlarm",
            Self::CodeBuild => "CodeBuild",
            Self::Commands => "Commands",
            Self::DeploymentWindow => "DeploymentWindow",
            Self::LambdaInvoke => "LambdaInvoke",
            Self::VariableCheck => "VariableCheck",
        }
    }

    /// The kind that a provider means.
    #[must_use]
    pub fn of(provider: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.provider() == provider)
    }

    /// Whether a behavior decides what it comes to, because what it runs is simulated. The others look at something
    /// that the world knows.
    #[must_use]
    pub const fn behaves(self) -> bool {
        matches!(self, Self::CodeBuild | Self::Commands | Self::LambdaInvoke)
    }
}

/// What a rule finds when it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The rule succeeds; what it saw, as a sentence.
    Succeeds(String),
    /// The rule fails; what it saw, as a sentence.
    Fails(String),
    /// CO-9: the rule cannot run; why, as a sentence.
    CannotRun(String),
    /// Nothing is decided: what it watches may change until the instant, at which it decides.
    Watches(Instant),
    /// CO-22: nothing is decided before the window opens.
    Opens(Instant),
}
