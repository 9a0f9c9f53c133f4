//! The operations: what each takes, answers, pages through and fails with.

use super::*;
use crate::model::operation::{Operation, Pagination};

/// Declares operations: `Name(Input) -> Output pages ("token", "list", "limit") fails [errors];`. Answer, paging and
/// limit only where the service has them. One token member serves the request and the answer.
macro_rules! operations {
    ($(
        #[doc = $summary:literal]
        $name:ident($input:ident) $(-> $output:ident)?
        $(pages ($token:literal, $items:literal $(, $limit:literal)?))?
        fails [$($error:ident),* $(,)?];
    )*) => {
        /// Every operation of the service, by name.
        pub static OPERATIONS: &[Operation] = &[$(
            Operation {
                name: stringify!($name),
                summary: $summary.trim_ascii(),
                input: &$input,
                output: maybe!($(&$output)?),
                pagination: maybe!($(&Pagination {
                    input_token: $token,
                    output_token: $token,
                    result_key: $items,
                    limit_key: maybe!($($limit)?),
                })?),
                errors: &[$(ErrorCode::$error),*],
            },
        )*];
    };
}

/// `Some` of what is given, `None` of nothing.
macro_rules! maybe {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

operations! {
    /// Claims a job that was handed out, so that no other worker gets it.
    AcknowledgeJob(AcknowledgeJobInput) -> AcknowledgeJobOutput
        fails [ValidationException, InvalidNonceException, JobNotFoundException];
    /// Claims a partner job that was handed out.
    AcknowledgeThirdPartyJob(AcknowledgeThirdPartyJobInput) -> AcknowledgeThirdPartyJobOutput
        fails [ValidationException, InvalidNonceException, JobNotFoundException, InvalidClientTokenException];
    /// Makes an action type whose work is done by your own job workers.
    CreateCustomActionType(CreateCustomActionTypeInput) -> CreateCustomActionTypeOutput
        fails [
            ValidationException, LimitExceededException, TooManyTagsException, InvalidTagsException,
            ConcurrentModificationException,
        ];
    /// Makes a pipeline and starts it once.
    CreatePipeline(CreatePipelineInput) -> CreatePipelineOutput
        fails [
            ValidationException, PipelineNameInUseException, InvalidStageDeclarationException,
            InvalidActionDeclarationException, InvalidBlockerDeclarationException, InvalidStructureException,
            LimitExceededException, TooManyTagsException, InvalidTagsException, ConcurrentModificationException,
        ];
    /// Marks a custom action type as deleted; its version cannot be used again.
    DeleteCustomActionType(DeleteCustomActionTypeInput)
        fails [ValidationException, ConcurrentModificationException];
    /// Removes a pipeline; removing one that does not exist succeeds as well.
    DeletePipeline(DeletePipelineInput)
        fails [ValidationException, ConcurrentModificationException];
    /// Removes a webhook; removing one that does not exist succeeds as well.
    DeleteWebhook(DeleteWebhookInput) -> DeleteWebhookOutput
        fails [ValidationException, ConcurrentModificationException];
    /// Takes a webhook off the repository it was registered with.
    DeregisterWebhookWithThirdParty(DeregisterWebhookWithThirdPartyInput) -> DeregisterWebhookWithThirdPartyOutput
        fails [ValidationException, WebhookNotFoundException];
    /// Closes the way into or out of a stage.
    DisableStageTransition(DisableStageTransitionInput)
        fails [ValidationException, PipelineNotFoundException, StageNotFoundException];
    /// Opens the way into or out of a stage.
    EnableStageTransition(EnableStageTransitionInput)
        fails [ValidationException, PipelineNotFoundException, StageNotFoundException];
    /// Reads the integration model of an action type.
    GetActionType(GetActionTypeInput) -> GetActionTypeOutput
        fails [ActionTypeNotFoundException, ValidationException];
    /// Looks up a job, with fresh credentials.
    GetJobDetails(GetJobDetailsInput) -> GetJobDetailsOutput
        fails [ValidationException, JobNotFoundException];
    /// Reads the declaration of a pipeline, the latest or an older version.
    GetPipeline(GetPipelineInput) -> GetPipelineOutput
        fails [ValidationException, PipelineNotFoundException, PipelineVersionNotFoundException];
    /// Reads one execution of a pipeline.
    GetPipelineExecution(GetPipelineExecutionInput) -> GetPipelineExecutionOutput
        fails [ValidationException, PipelineNotFoundException, PipelineExecutionNotFoundException];
    /// Reads how every stage and action of a pipeline stands.
    GetPipelineState(GetPipelineStateInput) -> GetPipelineStateOutput
        fails [ValidationException, PipelineNotFoundException];
    /// Looks up a partner job, with fresh credentials.
    GetThirdPartyJobDetails(GetThirdPartyJobDetailsInput) -> GetThirdPartyJobDetailsOutput
        fails [JobNotFoundException, ValidationException, InvalidClientTokenException, InvalidJobException];
    /// Lists the runs of the actions of a pipeline, newest first.
    ListActionExecutions(ListActionExecutionsInput) -> ListActionExecutionsOutput
        pages ("nextToken", "actionExecutionDetails", "maxResults")
        fails [
            ValidationException, PipelineNotFoundException, InvalidNextTokenException,
            PipelineExecutionNotFoundException,
        ];
    /// Lists the action types of the account.
    ListActionTypes(ListActionTypesInput) -> ListActionTypesOutput
        pages ("nextToken", "actionTypes")
        fails [ValidationException, InvalidNextTokenException];
    /// Lists the instances that a deployment reached.
    ListDeployActionExecutionTargets(ListDeployActionExecutionTargetsInput) -> ListDeployActionExecutionTargetsOutput
        pages ("nextToken", "targets", "maxResults")
        fails [
            ValidationException, PipelineNotFoundException, InvalidNextTokenException,
            ActionExecutionNotFoundException,
        ];
    /// Lists the executions of a pipeline, newest first.
    ListPipelineExecutions(ListPipelineExecutionsInput) -> ListPipelineExecutionsOutput
        pages ("nextToken", "pipelineExecutionSummaries", "maxResults")
        fails [ValidationException, PipelineNotFoundException, InvalidNextTokenException];
    /// Lists the pipelines of the account.
    ListPipelines(ListPipelinesInput) -> ListPipelinesOutput
        pages ("nextToken", "pipelines", "maxResults")
        fails [ValidationException, InvalidNextTokenException];
    /// Lists the runs of the rules of a pipeline, newest first.
    ListRuleExecutions(ListRuleExecutionsInput) -> ListRuleExecutionsOutput
        pages ("nextToken", "ruleExecutionDetails", "maxResults")
        fails [
            ValidationException, PipelineNotFoundException, InvalidNextTokenException,
            PipelineExecutionNotFoundException,
        ];
    /// Lists the types of rules that conditions can use.
    ListRuleTypes(ListRuleTypesInput) -> ListRuleTypesOutput
        fails [ValidationException, InvalidNextTokenException];
    /// Lists the tags of a resource.
    ListTagsForResource(ListTagsForResourceInput) -> ListTagsForResourceOutput
        pages ("nextToken", "tags", "maxResults")
        fails [ValidationException, ResourceNotFoundException, InvalidNextTokenException, InvalidArnException];
    /// Lists the webhooks of the account.
    ListWebhooks(ListWebhooksInput) -> ListWebhooksOutput
        pages ("NextToken", "webhooks", "MaxResults")
        fails [ValidationException, InvalidNextTokenException];
    /// Lets an execution pass although a condition does not hold.
    OverrideStageCondition(OverrideStageConditionInput)
        fails [
            ValidationException, ConflictException, PipelineNotFoundException, StageNotFoundException,
            ConditionNotOverridableException, NotLatestPipelineExecutionException,
            ConcurrentPipelineExecutionsLimitExceededException,
        ];
    /// Asks for work of a custom action type.
    PollForJobs(PollForJobsInput) -> PollForJobsOutput
        fails [ValidationException, ActionTypeNotFoundException];
    /// Asks for work of a partner action type.
    PollForThirdPartyJobs(PollForThirdPartyJobsInput) -> PollForThirdPartyJobsOutput
        fails [ActionTypeNotFoundException, ValidationException];
    /// Reports a new revision to a source action, which starts the pipeline.
    PutActionRevision(PutActionRevisionInput) -> PutActionRevisionOutput
        fails [
            PipelineNotFoundException, StageNotFoundException, ActionNotFoundException, ValidationException,
            ConcurrentPipelineExecutionsLimitExceededException,
        ];
    /// Approves or rejects at a manual approval.
    PutApprovalResult(PutApprovalResultInput) -> PutApprovalResultOutput
        fails [
            InvalidApprovalTokenException, ApprovalAlreadyCompletedException, PipelineNotFoundException,
            StageNotFoundException, ActionNotFoundException, ValidationException,
        ];
    /// Reports that a job failed.
    PutJobFailureResult(PutJobFailureResultInput)
        fails [ValidationException, JobNotFoundException, InvalidJobStateException];
    /// Reports that a job succeeded, or goes on in another job.
    PutJobSuccessResult(PutJobSuccessResultInput)
        fails [
            ValidationException, JobNotFoundException, InvalidJobStateException,
            OutputVariablesSizeExceededException,
        ];
    /// Reports that a partner job failed.
    PutThirdPartyJobFailureResult(PutThirdPartyJobFailureResultInput)
        fails [ValidationException, JobNotFoundException, InvalidJobStateException, InvalidClientTokenException];
    /// Reports that a partner job succeeded, or goes on in another job.
    PutThirdPartyJobSuccessResult(PutThirdPartyJobSuccessResultInput)
        fails [ValidationException, JobNotFoundException, InvalidJobStateException, InvalidClientTokenException];
    /// Makes or changes a webhook.
    PutWebhook(PutWebhookInput) -> PutWebhookOutput
        fails [
            ValidationException, LimitExceededException, InvalidWebhookFilterPatternException,
            InvalidWebhookAuthenticationParametersException, PipelineNotFoundException, TooManyTagsException,
            InvalidTagsException, ConcurrentModificationException,
        ];
    /// Registers a webhook with the repository of its source action.
    RegisterWebhookWithThirdParty(RegisterWebhookWithThirdPartyInput) -> RegisterWebhookWithThirdPartyOutput
        fails [ValidationException, WebhookNotFoundException];
    /// Runs a failed stage again, all of it or what failed.
    RetryStageExecution(RetryStageExecutionInput) -> RetryStageExecutionOutput
        fails [
            ValidationException, ConflictException, PipelineNotFoundException, StageNotFoundException,
            StageNotRetryableException, NotLatestPipelineExecutionException,
            ConcurrentPipelineExecutionsLimitExceededException,
        ];
    /// Runs a stage again with what an earlier execution succeeded with.
    RollbackStage(RollbackStageInput) -> RollbackStageOutput
        fails [
            ValidationException, ConflictException, PipelineNotFoundException, PipelineExecutionNotFoundException,
            PipelineExecutionOutdatedException, StageNotFoundException, UnableToRollbackStageException,
        ];
    /// Starts a pipeline with the latest or with given revisions.
    StartPipelineExecution(StartPipelineExecutionInput) -> StartPipelineExecutionOutput
        fails [
            ValidationException, ConflictException, PipelineNotFoundException,
            ConcurrentPipelineExecutionsLimitExceededException,
        ];
    /// Stops an execution, after or without waiting for its running actions.
    StopPipelineExecution(StopPipelineExecutionInput) -> StopPipelineExecutionOutput
        fails [
            ValidationException, ConflictException, PipelineNotFoundException,
            PipelineExecutionNotStoppableException, DuplicatedStopRequestException,
        ];
    /// Adds tags to a resource or changes them.
    TagResource(TagResourceInput) -> TagResourceOutput
        fails [
            ValidationException, ResourceNotFoundException, InvalidArnException, TooManyTagsException,
            InvalidTagsException, ConcurrentModificationException,
        ];
    /// Takes tags off a resource.
    UntagResource(UntagResourceInput) -> UntagResourceOutput
        fails [
            ValidationException, ResourceNotFoundException, InvalidArnException, InvalidTagsException,
            ConcurrentModificationException,
        ];
    /// Changes the integration model of an action type.
    UpdateActionType(UpdateActionTypeInput)
        fails [RequestFailedException, ValidationException, ActionTypeNotFoundException];
    /// Replaces the declaration of a pipeline, whose version goes up by one.
    UpdatePipeline(UpdatePipelineInput) -> UpdatePipelineOutput
        fails [
            ValidationException, InvalidStageDeclarationException, InvalidActionDeclarationException,
            InvalidBlockerDeclarationException, InvalidStructureException, LimitExceededException,
        ];
}
