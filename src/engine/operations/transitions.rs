//! EnableStageTransition and DisableStageTransition.

use std::rc::Rc;

use super::lookup;
use crate::{
    engine::{decision::Decision, ids::PipelineId, rules::transitions},
    model::{
        ApiError, DisableStageTransitionInput, EnableStageTransitionInput, StageTransitionType,
    },
};

/// The gate that is meant: TR-4 takes the way out of a stage for the way into the next one. `None` is the way out of
/// the last stage, which leads nowhere.
fn gate(
    decision: &Decision,
    pipeline: &str,
    stage: &str,
    kind: StageTransitionType,
) -> Result<(PipelineId, Option<u16>), ApiError> {
    let record = lookup::pipeline_to_change(decision, pipeline)?;
    let index = lookup::stage(record, stage)?;
    let count = record.current().plan.stage_count();
    let gate = match kind {
        StageTransitionType::Inbound => Some(index),
        StageTransitionType::Outbound => Some(index + 1).filter(|next| *next < count),
    };
    Ok((record.id, gate))
}

/// TR-1, TR-12.
pub fn disable(
    decision: &mut Decision,
    input: DisableStageTransitionInput,
) -> Result<(), ApiError> {
    let (pipeline, gate) = gate(
        decision,
        &input.pipeline_name,
        &input.stage_name,
        input.transition_type,
    )?;
    if let Some(stage) = gate {
        let by: Rc<str> = decision.options.caller_arn.as_str().into();
        transitions::disable(decision, pipeline, stage, input.reason.into(), by);
    }
    Ok(())
}

/// TR-1, TR-7, TR-12.
pub fn enable(decision: &mut Decision, input: EnableStageTransitionInput) -> Result<(), ApiError> {
    let (pipeline, gate) = gate(
        decision,
        &input.pipeline_name,
        &input.stage_name,
        input.transition_type,
    )?;
    if let Some(stage) = gate {
        let by: Rc<str> = decision.options.caller_arn.as_str().into();
        transitions::enable(decision, pipeline, stage, by);
    }
    Ok(())
}
