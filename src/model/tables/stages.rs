//! Stages: their declaration, what GetPipelineState says about them, transitions, retry and rollback.

use super::*;

shapes! {
    /// A stage: its actions, and what has to hold around them.
    structure StageDeclaration {
        required name: StageName = "name";
        /// Reserved by the service, without effect (SG-7).
        optional blockers: StageBlockerDeclarationList = "blockers";
        required actions: StageActionDeclarationList = "actions";
        /// What follows when the stage fails.
        optional on_failure: FailureConditions = "onFailure";
        /// What has to hold after the actions for the stage to succeed.
        optional on_success: SuccessConditions = "onSuccess";
        /// What has to hold for an execution to come in.
        optional before_entry: BeforeEntryConditions = "beforeEntry";
    }

    /// Reserved by the service: kept, returned, without effect.
    structure BlockerDeclaration {
        required name: BlockerName = "name";
        required r#type: BlockerType = "type";
    }

    /// Kinds of blockers.
    choice BlockerType { Schedule = "Schedule"; }

    /// One stage as it is now.
    structure StageState {
        optional stage_name: StageName = "stageName";
        /// The execution that waits to come in.
        optional inbound_execution: StageExecution = "inboundExecution";
        /// All executions that wait to come in, where the mode lets several wait.
        optional inbound_executions: StageExecutionList = "inboundExecutions";
        /// Whether the way into this stage is open.
        optional inbound_transition_state: TransitionState = "inboundTransitionState";
        optional action_states: ActionStateList = "actionStates";
        /// The execution that is in the stage, or was last.
        optional latest_execution: StageExecution = "latestExecution";
        optional before_entry_condition_state: StageConditionState = "beforeEntryConditionState";
        optional on_success_condition_state: StageConditionState = "onSuccessConditionState";
        optional on_failure_condition_state: StageConditionState = "onFailureConditionState";
        optional retry_stage_metadata: RetryStageMetadata = "retryStageMetadata";
    }

    /// An execution seen from a stage.
    structure StageExecution {
        required pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        required status: StageExecutionStatus = "status";
        optional r#type: ExecutionType = "type";
    }

    /// How far an execution is in a stage.
    choice StageExecutionStatus {
        Cancelled = "Cancelled";
        InProgress = "InProgress";
        Failed = "Failed";
        Stopped = "Stopped";
        Stopping = "Stopping";
        Succeeded = "Succeeded";
        Skipped = "Skipped";
    }

    /// Whether executions may pass from one stage to the next.
    structure TransitionState {
        optional enabled: Enabled = "enabled";
        /// ARN of who opened or closed it.
        optional last_changed_by: LastChangedBy = "lastChangedBy";
        optional last_changed_at: LastChangedAt = "lastChangedAt";
        /// Given by whoever closed it.
        optional disabled_reason: DisabledReason = "disabledReason";
    }

    /// Which side of a stage a transition is on.
    choice StageTransitionType { Inbound = "Inbound"; Outbound = "Outbound"; }

    /// Which actions of a failed stage run again.
    choice StageRetryMode { FailedActions = "FAILED_ACTIONS"; AllActions = "ALL_ACTIONS"; }

    /// How a stage that failed is retried by itself.
    structure RetryConfiguration {
        optional retry_mode: StageRetryMode = "retryMode";
    }

    /// How often the stage was retried in this execution.
    structure RetryStageMetadata {
        optional auto_stage_retry_attempt: RetryAttempt = "autoStageRetryAttempt";
        optional manual_stage_retry_attempt: RetryAttempt = "manualStageRetryAttempt";
        /// Who asked for the latest one.
        optional latest_retry_trigger: RetryTrigger = "latestRetryTrigger";
    }

    /// Whether the service or a person retried.
    choice RetryTrigger { AutomatedStageRetry = "AutomatedStageRetry"; ManualStageRetry = "ManualStageRetry"; }

    /// Input of GetPipelineState: reads how every stage and action of a pipeline stands.
    structure GetPipelineStateInput {
        required name: PipelineName = "name";
    }

    /// Answer of GetPipelineState.
    structure GetPipelineStateOutput {
        optional pipeline_name: PipelineName = "pipelineName";
        optional pipeline_version: PipelineVersion = "pipelineVersion";
        optional stage_states: StageStateList = "stageStates";
        optional created: Moment = "created";
        optional updated: Moment = "updated";
    }

    /// Input of EnableStageTransition: opens the way into or out of a stage.
    structure EnableStageTransitionInput {
        required pipeline_name: PipelineName = "pipelineName";
        required stage_name: StageName = "stageName";
        required transition_type: StageTransitionType = "transitionType";
    }

    /// Input of DisableStageTransition: closes the way into or out of a stage.
    structure DisableStageTransitionInput {
        required pipeline_name: PipelineName = "pipelineName";
        required stage_name: StageName = "stageName";
        required transition_type: StageTransitionType = "transitionType";
        required reason: DisabledReason = "reason";
    }

    /// Input of RetryStageExecution: runs a failed stage again, all of it or what failed.
    structure RetryStageExecutionInput {
        required pipeline_name: PipelineName = "pipelineName";
        required stage_name: StageName = "stageName";
        required pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        required retry_mode: StageRetryMode = "retryMode";
    }

    /// Answer of RetryStageExecution.
    structure RetryStageExecutionOutput {
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
    }

    /// Input of RollbackStage: runs a stage again with what an earlier execution succeeded with.
    structure RollbackStageInput {
        required pipeline_name: PipelineName = "pipelineName";
        required stage_name: StageName = "stageName";
        required target_pipeline_execution_id: PipelineExecutionId = "targetPipelineExecutionId";
    }

    /// Answer of RollbackStage.
    structure RollbackStageOutput {
        required pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
    }

    list PipelineStageDeclarationList [StageDeclaration]
    list StageBlockerDeclarationList [BlockerDeclaration]
    list StageExecutionList [StageExecution]
    list StageStateList [StageState]

    text BlockerName (1..=100)
    text DisabledReason (DISABLED_REASON; 1..=300)
    text LastChangedBy ()
    text StageName (NAME; 1..=100)

    integer RetryAttempt (1..)

    boolean Enabled ()

    timestamp LastChangedAt ()
}
