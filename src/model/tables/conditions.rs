//! Conditions around stages: what they hold and how they stand.

use super::*;

shapes! {
    /// What has to hold before an execution comes in.
    structure BeforeEntryConditions {
        required conditions: ConditionList = "conditions";
    }

    /// What has to hold after the actions succeeded.
    structure SuccessConditions {
        required conditions: ConditionList = "conditions";
    }

    /// What follows when a stage fails.
    structure FailureConditions {
        /// Done at once; not together with conditions (SG-10).
        optional result: ConditionResult = "result";
        /// Goes with the result RETRY.
        optional retry_configuration: RetryConfiguration = "retryConfiguration";
        optional conditions: ConditionList = "conditions";
    }

    /// Rules, and what is done when one of them does not hold.
    structure Condition {
        /// What is done then; which values fit depends on the place (SG-9).
        optional result: ConditionResult = "result";
        optional rules: RuleDeclarationList = "rules";
    }

    /// What a condition does when its rules do not hold.
    choice("Result") ConditionResult { Rollback = "ROLLBACK"; Fail = "FAIL"; Retry = "RETRY"; Skip = "SKIP"; }

    /// The conditions that a person can override.
    choice ConditionType { BeforeEntry = "BEFORE_ENTRY"; OnSuccess = "ON_SUCCESS"; }

    /// How the conditions at one place of a stage stand.
    structure StageConditionState {
        optional latest_execution: StageConditionsExecution = "latestExecution";
        optional condition_states: ConditionStateList = "conditionStates";
    }

    /// The latest check of all conditions at one place.
    structure StageConditionsExecution {
        optional status: ConditionExecutionStatus = "status";
        optional summary: ExecutionSummary = "summary";
    }

    /// How one condition stands.
    structure ConditionState {
        optional latest_execution: ConditionExecution = "latestExecution";
        optional rule_states: RuleStateList = "ruleStates";
    }

    /// The latest check of one condition.
    structure ConditionExecution {
        optional status: ConditionExecutionStatus = "status";
        optional summary: ExecutionSummary = "summary";
        optional last_status_change: Moment = "lastStatusChange";
    }

    /// How far a check is.
    choice ConditionExecutionStatus {
        InProgress = "InProgress";
        Failed = "Failed";
        Errored = "Errored";
        Succeeded = "Succeeded";
        Cancelled = "Cancelled";
        Abandoned = "Abandoned";
        Overridden = "Overridden";
    }

    /// Input of OverrideStageCondition: lets an execution pass although a condition does not hold.
    structure OverrideStageConditionInput {
        required pipeline_name: PipelineName = "pipelineName";
        required stage_name: StageName = "stageName";
        required pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        required condition_type: ConditionType = "conditionType";
    }

    list ConditionList [Condition; 1..=1]
    list ConditionStateList [ConditionState]
}
