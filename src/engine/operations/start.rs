//! StartPipelineExecution.

use std::rc::Rc;

use super::lookup;
use crate::{
    engine::{
        decision::Decision,
        ids::{ExecutionId, MAX_EXECUTIONS},
        rules::start as starting,
        world::execution::Trigger,
    },
    model::{ApiError, StartPipelineExecutionInput, StartPipelineExecutionOutput, TriggerType},
};

/// TG-1: an execution by hand. The same client request token answers the same execution (TG-2).
pub fn start(
    decision: &mut Decision,
    input: StartPipelineExecutionInput,
) -> Result<StartPipelineExecutionOutput, ApiError> {
    let pipeline = lookup::pipeline_to_change(decision, &input.name)?;
    let id = pipeline.id;
    let answer = |number| {
        let uuid = decision.key().execution(ExecutionId {
            pipeline: id,
            number,
        });
        StartPipelineExecutionOutput {
            pipeline_execution_id: Some(uuid),
        }
    };
    // A token is known as long as its execution: then nobody repeats a call any more, and nothing is kept for ever.
    if let Some(token) = &input.client_request_token
        && let Some(execution) = pipeline.started_with(token)
        && lookup::known(decision, &execution)
    {
        return Ok(answer(execution.number));
    }
    let variables = starting::variables(pipeline, input.variables.as_deref())?;
    let overrides = input.source_revisions.unwrap_or_default();
    starting::check_overrides(pipeline, &overrides)?;
    if starting::full(pipeline) || pipeline.started + 1 >= MAX_EXECUTIONS {
        return Err(starting::too_many(&input.name));
    }
    let detail: Rc<str> = decision.options.caller_arn.as_str().into();
    let request = starting::Request {
        trigger: Trigger {
            kind: TriggerType::StartPipelineExecution,
            detail,
        },
        variables,
        overrides,
        pins: vec![],
        token: input.client_request_token,
    };
    let started = starting::start(decision, id, request);
    Ok(StartPipelineExecutionOutput {
        pipeline_execution_id: Some(decision.key().execution(started)),
    })
}
