//! The `detail` of an event: one record for pipelines, stages and actions, as the members of all three overlap.
//! Members that do not apply are absent.

use crate::json::ToJson;

use super::{State, git::GitTrigger};
use crate::model::{ActionCategory, ActionOwner, ArtifactDetail};

/// What an event says (EV-1, EV-3, EV-4).
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "kebab-case")]
pub struct StateChangeDetail {
    /// Name of the pipeline.
    pub pipeline: String,
    /// The execution.
    pub execution_id: String,
    /// When what the event is about began, in UTC, to the millisecond. Retries do not change it.
    pub start_time: String,
    /// What started the execution.
    #[json(skip_serializing_if = "Option::is_none")]
    pub execution_trigger: Option<ExecutionTrigger>,
    /// Name of the stage.
    #[json(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The attempt at the action.
    #[json(skip_serializing_if = "Option::is_none")]
    pub action_execution_id: Option<String>,
    /// Name of the action.
    #[json(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// What an action that begins reads.
    #[json(skip_serializing_if = "Option::is_none")]
    pub input_artifacts: Option<Vec<ArtifactDetail>>,
    /// What an action that succeeded made.
    #[json(skip_serializing_if = "Option::is_none")]
    pub output_artifacts: Option<Vec<ArtifactDetail>>,
    /// What the provider of an action said at its end.
    #[json(skip_serializing_if = "Option::is_none")]
    pub execution_result: Option<ExecutionResult>,
    /// The state that it is in now.
    pub state: State,
    /// The Region of the action.
    #[json(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The type of the action.
    #[json(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ActionKind>,
    /// The version of the pipeline that the execution runs by.
    pub version: u32,
    /// 1 for the first run of the execution (B15), one more with every time it was resumed (RE-12).
    pub pipeline_execution_attempt: u32,
    /// When the stage was last retried, in UTC, to the millisecond.
    #[json(skip_serializing_if = "Option::is_none")]
    pub stage_last_retry_attempt_time: Option<String>,
    /// What whoever stopped the execution said (SP-9).
    #[json(skip_serializing_if = "Option::is_none")]
    pub stop_execution_comments: Option<String>,
}

/// What started an execution.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(untagged)]
pub enum ExecutionTrigger {
    /// EV-2: a git trigger.
    Git(Box<GitTrigger>),
    /// Anything else.
    Plain(PlainTrigger),
}

/// What started an execution, in the words of the API (§11.1).
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "kebab-case")]
pub struct PlainTrigger {
    /// The kind of start.
    pub trigger_type: String,
    /// The caller, the rule, the source action.
    pub trigger_detail: String,
}

/// The type of an action.
#[derive(Clone, Debug, PartialEq, ToJson)]
pub struct ActionKind {
    /// Whose it is.
    pub owner: ActionOwner,
    /// What kind of work.
    pub category: ActionCategory,
    /// Who does it.
    pub provider: String,
    /// Its version, a text.
    pub version: String,
}

/// What the provider of an action said at its end.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "kebab-case")]
pub struct ExecutionResult {
    /// Where a person could look.
    #[json(skip_serializing_if = "Option::is_none")]
    pub external_execution_url: Option<String>,
    /// What it said.
    #[json(skip_serializing_if = "Option::is_none")]
    pub external_execution_summary: Option<String>,
    /// What it calls its work.
    #[json(skip_serializing_if = "Option::is_none")]
    pub external_execution_id: Option<String>,
    /// The code of a failure (LC-22).
    #[json(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
}
