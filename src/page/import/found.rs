//! What was found in a text, as far as it can be told even when the text is wrong.

use serde_json::Value;

use super::region::RegionEvidence;
use super::text::clipped;
use crate::engine::declaration::pipeline_type;
use crate::model::{ExecutionMode, PipelineDeclaration};

/// How the declaration came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrapping {
    /// Alone.
    #[default]
    Bare,
    /// Under `pipeline`, as CreatePipeline takes it.
    Input,
    /// Under `pipeline`, with the `metadata` of GetPipeline beside it.
    Answer,
}

/// What was found. Texts are shortened where they are absurdly long: they are only shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// How the declaration came.
    pub wrapping: Wrapping,
    /// Its name; empty where it has none.
    pub name: String,
    /// Its stages in order, at most [`STAGES_SHOWN`].
    pub stages: Vec<FoundStageCount>,
    /// How many stages it has.
    pub stage_count: usize,
    /// How many actions all stages have together.
    pub action_count: usize,
    /// The version that the text names.
    pub version: Option<i64>,
    /// SUPERSEDED, QUEUED or PARALLEL; the service's default once the shape is right.
    pub mode: Option<String>,
    /// V1 or V2; what the service concludes (VT-10) once the shape is right.
    pub pipeline_type: Option<String>,
    /// The Region that it belongs to, and what says so.
    pub region: Option<(String, RegionEvidence)>,
}

/// A stage that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundStageCount {
    /// Its name; empty where it has none.
    pub name: String,
    /// How many actions it has.
    pub actions: usize,
}

/// More stages than the service allows (PL-7) need not be drawn.
pub const STAGES_SHOWN: usize = 50;

/// What can be told of any JSON that wants to be a declaration; nothing of one that is no object.
pub(super) fn found(
    declaration: &Value,
    wrapping: Wrapping,
    region: Option<(String, RegionEvidence)>,
) -> Option<Found> {
    let members = declaration.as_object()?;
    let name = |value: &Value| value.get("name").and_then(Value::as_str).map(clipped);
    let text = |member: &str| members.get(member).and_then(Value::as_str).map(clipped);
    let stages = members.get("stages").and_then(Value::as_array);
    let stages = || stages.into_iter().flatten();
    let actions = |stage: &Value| {
        let actions = stage.get("actions").and_then(Value::as_array);
        actions.map_or(0, Vec::len)
    };
    Some(Found {
        wrapping,
        name: name(declaration).unwrap_or_default(),
        stages: stages()
            .take(STAGES_SHOWN)
            .map(|stage| FoundStageCount {
                name: name(stage).unwrap_or_default(),
                actions: actions(stage),
            })
            .collect(),
        stage_count: stages().count(),
        action_count: stages().map(actions).sum(),
        version: members.get("version").and_then(Value::as_i64),
        mode: text("executionMode"),
        pipeline_type: text("pipelineType"),
        region,
    })
}

/// Adds what the service would conclude from a declaration of the right shape.
pub(super) fn complete(found: &mut Found, declaration: &PipelineDeclaration) {
    let mode = declaration
        .execution_mode
        .unwrap_or(ExecutionMode::Superseded);
    found.mode = Some(mode.to_string());
    found.pipeline_type = Some(pipeline_type(declaration).to_string());
}
