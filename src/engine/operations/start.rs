//! StartPipelineExecution.

use std::rc::Rc;

use super::lookup;
use crate::{
    engine::{
        decision::Decision,
        ids::{ExecutionId, MAX_EXECUTIONS},
        rules::start as starting,
        world::{execution::Trigger, pipeline::Pipeline},
    },
    model::{
        ApiError, ErrorCode, PipelineType, SourceRevisionOverride, SourceRevisionType,
        StartPipelineExecutionInput, StartPipelineExecutionOutput, TriggerType,
    },
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
    if let Some(token) = &input.client_request_token
        && let Some(number) = pipeline.start_tokens.get(token)
    {
        return Ok(answer(*number));
    }
    let variables = starting::variables(pipeline, input.variables.as_deref())?;
    let overrides = input.source_revisions.unwrap_or_default();
    check_overrides(pipeline, &overrides)?;
    if starting::full(pipeline) || pipeline.started + 1 >= MAX_EXECUTIONS {
        return Err(ApiError::new(
            ErrorCode::ConcurrentPipelineExecutionsLimitExceededException,
            format!(
                "The pipeline '{}' has the maximum number of concurrent executions ({})",
                input.name,
                starting::MOST_CONCURRENT
            ),
        ));
    }
    let detail: Rc<str> = decision.options.caller_arn.as_str().into();
    let request = starting::Request {
        trigger: Trigger {
            kind: TriggerType::StartPipelineExecution,
            detail,
        },
        variables,
        overrides,
        token: input.client_request_token,
    };
    let started = starting::start(decision, id, request);
    Ok(StartPipelineExecutionOutput {
        pipeline_execution_id: Some(decision.key().execution(started)),
    })
}

/// TG-23 to TG-27: an override names a source action and fits its provider.
fn check_overrides(
    pipeline: &Pipeline,
    overrides: &[SourceRevisionOverride],
) -> Result<(), ApiError> {
    let refused = |message: String| Err(ApiError::new(ErrorCode::ValidationException, message));
    let declaration = &pipeline.current().plan.declaration;
    if !overrides.is_empty() && declaration.pipeline_type == Some(PipelineType::V1) {
        return refused("Source revision overrides can only be used with V2 pipelines".to_owned());
    }
    for given in overrides {
        let name = &given.action_name;
        let sources = declaration
            .stages
            .first()
            .map(|stage| stage.actions.as_slice())
            .unwrap_or_default();
        let Some(index) = sources.iter().position(|action| action.name == *name) else {
            return refused(format!(
                "The pipeline '{}' has no source action '{name}'",
                declaration.name
            ));
        };
        let action = sources.get(index);
        let kind = pipeline
            .current()
            .plan
            .stages
            .first()
            .and_then(|stage| stage.actions.get(index)?.kind);
        let fits = kind.is_some_and(|kind| kind.revision_types.contains(&given.revision_type));
        if !fits {
            return refused(format!(
                "The source action '{name}' does not take a revision of type {}",
                given.revision_type
            ));
        }
        let allowed = action
            .and_then(|action| {
                action
                    .configuration
                    .as_ref()?
                    .get("AllowOverrideForS3ObjectKey")
            })
            .is_some_and(|value| value == "true");
        if given.revision_type == SourceRevisionType::S3ObjectKey && !allowed {
            return refused(format!(
                "The source action '{name}' does not allow its S3ObjectKey to be overridden"
            ));
        }
    }
    Ok(())
}
