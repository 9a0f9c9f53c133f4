//! OPERATIONS. What a caller of the API may ask, and how the call is answered: one function per operation.
//!
//! An operation checks in the order of Appendix A (shape, pipeline, stage, execution or target, state), refuses with
//! the service's own error before anything changes, and then lets the `rules` decide. A query only reads. Shapes are
//! checked before an operation is called, by [`model::admit`](crate::model::admit), so its input is typed.

mod action_executions;
mod action_revisions;
mod action_types;
mod approvals;
mod because;
mod conditions;
mod custom_action_types;
mod deploy_targets;
mod executions;
pub mod job_data;
mod jobs;
mod lookup;
mod override_condition;
mod paging;
mod pipelines;
mod retry;
mod rollback;
mod rule_executions;
mod start;
mod started;
mod state;
mod stop;
mod tags;
pub mod third_party_jobs;
mod transitions;
mod webhooks;

use crate::json::{self, FromJson};
use serde_json::Value;

use super::{decision::Decision, world::World};
use crate::model::{self, ApiError, ErrorCode, Operation};

pub use action_executions::{artifact_location, detail, inputs, outputs};
pub use because::rule_behind;
pub use state::state;
pub use third_party_jobs::USUAL_TOKEN;

/// What carries an operation out.
#[derive(Clone, Copy)]
pub enum Handler {
    /// Changes the world.
    Command(fn(&mut Decision, Value) -> Result<Value, ApiError>),
    /// Only reads it.
    Query(fn(&World, Value) -> Result<Value, ApiError>),
}

/// Finds what carries an operation out. Every operation of the service has a row here.
#[must_use]
pub fn handler(name: &str) -> Option<Handler> {
    macro_rules! command {
        ($function:path) => {
            Handler::Command(|decision, input| {
                Ok(json::to_value(&$function(decision, typed(input)?)?))
            })
        };
    }
    macro_rules! query {
        ($function:path) => {
            Handler::Query(|world, input| Ok(json::to_value(&$function(world, typed(input)?)?)))
        };
    }
    Some(match name {
        "CreatePipeline" => command!(pipelines::create),
        "GetPipeline" => query!(pipelines::get),
        "UpdatePipeline" => command!(pipelines::update),
        "DeletePipeline" => command!(pipelines::delete),
        "ListPipelines" => query!(pipelines::list),
        "StartPipelineExecution" => command!(start::start),
        "GetPipelineState" => query!(state::get),
        "GetPipelineExecution" => query!(executions::get),
        "ListPipelineExecutions" => query!(executions::list),
        "ListActionExecutions" => query!(action_executions::list),
        "ListDeployActionExecutionTargets" => query!(deploy_targets::list),
        "PutApprovalResult" => command!(approvals::put),
        "RollbackStage" => command!(rollback::roll_back),
        "OverrideStageCondition" => command!(override_condition::override_condition),
        "ListRuleExecutions" => query!(rule_executions::list),
        "ListRuleTypes" => query!(rule_executions::types),
        "EnableStageTransition" => command!(transitions::enable),
        "DisableStageTransition" => command!(transitions::disable),
        "StopPipelineExecution" => command!(stop::stop),
        "RetryStageExecution" => command!(retry::retry),
        "PutActionRevision" => command!(action_revisions::put),
        "PollForJobs" => command!(jobs::poll),
        "AcknowledgeJob" => command!(jobs::acknowledge),
        "GetJobDetails" => query!(jobs::details),
        "PutJobSuccessResult" => command!(jobs::succeed),
        "PutJobFailureResult" => command!(jobs::fail),
        "PollForThirdPartyJobs" => command!(third_party_jobs::poll),
        "AcknowledgeThirdPartyJob" => command!(third_party_jobs::acknowledge),
        "GetThirdPartyJobDetails" => query!(third_party_jobs::details),
        "PutThirdPartyJobSuccessResult" => command!(third_party_jobs::succeed),
        "PutThirdPartyJobFailureResult" => command!(third_party_jobs::fail),
        "CreateCustomActionType" => command!(custom_action_types::create),
        "DeleteCustomActionType" => command!(custom_action_types::delete),
        "ListActionTypes" => query!(action_types::list),
        "GetActionType" => query!(action_types::get),
        "UpdateActionType" => command!(action_types::update),
        "PutWebhook" => command!(webhooks::put),
        "DeleteWebhook" => command!(webhooks::delete),
        "ListWebhooks" => query!(webhooks::list),
        "RegisterWebhookWithThirdParty" => command!(webhooks::register),
        "DeregisterWebhookWithThirdParty" => command!(webhooks::deregister),
        "TagResource" => command!(tags::tag),
        "UntagResource" => command!(tags::untag),
        "ListTagsForResource" => query!(tags::list),
        _ => return None,
    })
}

/// Why a call that stops, retries, rolls back or overrides something would be refused now; `None` where it would not, and
/// for operations that nobody asks this about. Nothing happens.
#[must_use]
pub fn refusal(world: &World, operation: &str, input: Value) -> Option<ApiError> {
    macro_rules! check {
        ($function:path, $input:ident) => {
            typed($input).and_then(|input| $function(world, &input).map(drop))
        };
    }
    let operation = model::operation(operation)?;
    let input = match model::admit(operation, input) {
        Ok(input) => input,
        Err(error) => return Some(error),
    };
    match operation.name {
        "StopPipelineExecution" => check!(stop::check, input),
        "RetryStageExecution" => check!(retry::check, input),
        "RollbackStage" => check!(rollback::check, input),
        "OverrideStageCondition" => check!(override_condition::check, input),
        _ => return None,
    }
    .err()
}

/// The operation and what carries it out.
///
/// # Errors
/// UnknownOperationException (W-16) for a name the service does not have.
pub fn find(name: &str) -> Result<(&'static Operation, Handler), ApiError> {
    model::operation(name)
        .zip(handler(name))
        .ok_or_else(|| ApiError::new(ErrorCode::UnknownOperationException, String::new()))
}

/// Admitted input always has the operation's type; if not, the tables contradict the types, which is ours to mend.
fn typed<T: FromJson>(input: Value) -> Result<T, ApiError> {
    json::from_value(input).map_err(|error| internal(&error))
}

fn internal(error: &json::Misfit) -> ApiError {
    debug_assert!(false, "{error}");
    ApiError::new(
        ErrorCode::InternalFailure,
        format!("The simulator failed: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_service_is_carried_out() {
        for operation in model::OPERATIONS {
            assert!(handler(operation.name).is_some(), "{}", operation.name);
        }
    }
}
