//! Why an operation refuses: the rule that an error of it comes of, for whoever shows a refused call. Errors that say no
//! more than themselves (a name that is not found, a limit of the model) come of none.

use crate::model::ErrorCode;

/// The id of the rule that an operation keeps to when it answers this error. The rules on declarations say themselves
/// which of them is broken.
#[must_use]
pub fn rule_behind(operation: &str, error: ErrorCode) -> Option<&'static str> {
    Some(match (operation, error) {
        (_, ErrorCode::ConcurrentPipelineExecutionsLimitExceededException) => "QU-7",
        (_, ErrorCode::DuplicatedStopRequestException) => "SP-6",
        (_, ErrorCode::PipelineExecutionNotStoppableException) => "SP-7",
        (_, ErrorCode::StageNotRetryableException) => "RE-6",
        ("RetryStageExecution", ErrorCode::ConflictException) => "RE-3",
        (
            _,
            ErrorCode::UnableToRollbackStageException
            | ErrorCode::PipelineExecutionOutdatedException,
        ) => "RB-5",
        (_, ErrorCode::ConditionNotOverridableException) => "CO-27",
        (
            _,
            ErrorCode::InvalidApprovalTokenException | ErrorCode::ApprovalAlreadyCompletedException,
        ) => "AP-8",
        (_, ErrorCode::InvalidNonceException) => "J-18",
        (_, ErrorCode::InvalidJobStateException) => "J-12",
        (_, ErrorCode::OutputVariablesSizeExceededException) => "J-34",
        (_, ErrorCode::InvalidClientTokenException | ErrorCode::InvalidJobException) => "T-4",
        ("PollForJobs" | "PollForThirdPartyJobs", ErrorCode::ActionTypeNotFoundException) => "J-9",
        (_, ErrorCode::PipelineNameInUseException) => "PL-1",
        ("UpdatePipeline", ErrorCode::PipelineNotFoundException) => "PL-2",
        (_, ErrorCode::PipelineVersionNotFoundException) => "UP-11",
        (_, ErrorCode::InvalidWebhookAuthenticationParametersException) => "WH-4",
        ("PutWebhook", ErrorCode::PipelineNotFoundException) => "WH-10",
        (
            "TagResource" | "UntagResource" | "ListTagsForResource",
            ErrorCode::InvalidArnException,
        ) => "RN-6",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{engine::sentences, model::OPERATIONS};

    #[test]
    fn every_rule_that_is_named_is_one() {
        let mut named = 0;
        for operation in OPERATIONS {
            for error in operation.errors {
                if let Some(rule) = rule_behind(operation.name, *error) {
                    assert!(sentences::sentence(rule).is_some(), "{rule}");
                    named += 1;
                }
            }
        }
        assert!(named > 20, "{named}");
    }
}
