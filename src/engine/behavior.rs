//! How simulated actions behave: the settings a person or a script makes, and which of them counts.
//!
//! Precedence (design, controls): one action execution, then the action, then its provider, then what the
//! catalogue says. Each part (outcome, duration, output variables, targets) is decided by the closest setting that has it.

use std::collections::BTreeMap;

use crate::json::{FromJson, ToJson};

use super::{declaration::ConditionPlace, ids::ActionExecutionId};
use crate::model::FailureType;

/// Which actions or rules a setting is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, ToJson, FromJson)]
pub enum Scope {
    /// Every action, or every rule, of a provider.
    Provider {
        /// Category, such as `Build`.
        category: String,
        /// Owner: AWS, ThirdParty or Custom.
        owner: String,
        /// Provider, such as `CodeBuild`.
        provider: String,
    },
    /// One action of a pipeline, by names, so that it survives an update that keeps them.
    Action {
        /// Name of the pipeline.
        pipeline: String,
        /// Name of the stage.
        stage: String,
        /// Name of the action.
        action: String,
    },
    /// One rule of a condition, by names.
    Rule {
        /// Name of the pipeline.
        pipeline: String,
        /// Name of the stage.
        stage: String,
        /// Which condition of the stage.
        place: ConditionPlace,
        /// Name of the rule.
        rule: String,
    },
    /// One running action execution.
    Execution(#[json(with = "execution_scope")] ActionExecutionId),
}

mod execution_scope {
    use crate::engine::ids::{ActionExecutionId, ExecutionId};
    use crate::json::{FromJson, Node, Reader, ToJson, Writer};

    pub fn to_json(id: &ActionExecutionId, out: &mut Writer) {
        (id.execution, id.ordinal).to_json(out);
    }

    pub fn from_json(value: Node<'_>, reader: &mut Reader) -> ActionExecutionId {
        let (execution, ordinal) = <(ExecutionId, u32)>::from_json(value, reader);
        ActionExecutionId { execution, ordinal }
    }
}

/// What an action does when its time comes.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
#[json(tag = "kind", rename_all = "camelCase")]
pub enum Outcome {
    /// It succeeds.
    Succeed,
    /// It fails.
    Fail {
        /// The code of `errorDetails` (LC-22).
        #[json(default)]
        code: FailureType,
        /// The message of `errorDetails`; the provider's usual text where absent.
        #[json(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// It waits until somebody decides it; its own timeout runs.
    Hold,
    /// It never answers; its own timeout ends it.
    Hang,
    /// It fails with this probability, from 0 to 1, and succeeds otherwise.
    Flaky {
        /// The probability of a failure.
        probability: f64,
    },
}

impl Outcome {
    /// Whether the action ends by itself when its duration is over.
    #[must_use]
    pub fn ends_by_itself(&self) -> bool {
        !matches!(self, Self::Hold | Self::Hang)
    }
}

/// Whether a random number means the failure that has this probability.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "a share of the range is all that is needed"
)]
pub fn unlucky(probability: f64, drawn: u64) -> bool {
    (drawn >> 11) as f64 / (1_u64 << 53) as f64 <= probability
}

/// How long an action takes, in virtual milliseconds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson, FromJson)]
pub struct DurationRange {
    /// The shortest.
    pub min: i64,
    /// The longest.
    pub max: i64,
}

/// One setting. Absent parts are decided by the next scope.
#[derive(Clone, Debug, PartialEq, Default, ToJson, FromJson)]
#[json(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Behavior {
    /// What happens at the end.
    #[json(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// How long it takes.
    #[json(skip_serializing_if = "Option::is_none")]
    pub duration: Option<DurationRange>,
    /// Output variables of a success, over and above what the provider produces.
    #[json(skip_serializing_if = "Option::is_none")]
    pub output_variables: Option<BTreeMap<String, String>>,
    /// How many targets a deployment to EC2 or EKS reaches, from 1 to [`MOST_TARGETS`]; 3 where nobody says (DT-2).
    #[json(skip_serializing_if = "Option::is_none")]
    pub targets: Option<u16>,
}

/// The most targets of a deployment.
pub const MOST_TARGETS: u16 = 1_000;

impl Behavior {
    /// This setting, with what it leaves open taken from a wider one.
    #[must_use]
    pub fn or(self, wider: Option<&Self>) -> Self {
        let Some(wider) = wider else { return self };
        Self {
            outcome: self.outcome.or_else(|| wider.outcome.clone()),
            duration: self.duration.or(wider.duration),
            output_variables: self
                .output_variables
                .or_else(|| wider.output_variables.clone()),
            targets: self.targets.or(wider.targets),
        }
    }
}
