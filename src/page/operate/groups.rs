//! The operations in the order in which a person looks for them.

/// Every operation, under what it is about.
pub const GROUPS: [(&str, &[&str]); 8] = [
    (
        "Pipelines",
        &[
            "CreatePipeline",
            "GetPipeline",
            "GetPipelineState",
            "ListPipelines",
            "UpdatePipeline",
            "DeletePipeline",
        ],
    ),
    (
        "Executions",
        &[
            "StartPipelineExecution",
            "StopPipelineExecution",
            "GetPipelineExecution",
            "ListPipelineExecutions",
            "ListActionExecutions",
            "ListRuleExecutions",
            "ListDeployActionExecutionTargets",
        ],
    ),
    (
        "Stages and actions",
        &[
            "PutApprovalResult",
            "RetryStageExecution",
            "RollbackStage",
            "OverrideStageCondition",
            "DisableStageTransition",
            "EnableStageTransition",
            "PutActionRevision",
        ],
    ),
    (
        "Jobs",
        &[
            "PollForJobs",
            "AcknowledgeJob",
            "GetJobDetails",
            "PutJobSuccessResult",
            "PutJobFailureResult",
        ],
    ),
    (
        "Third-party jobs",
        &[
            "PollForThirdPartyJobs",
            "AcknowledgeThirdPartyJob",
            "GetThirdPartyJobDetails",
            "PutThirdPartyJobSuccessResult",
            "PutThirdPartyJobFailureResult",
        ],
    ),
    (
        "Action and rule types",
        &[
            "ListActionTypes",
            "GetActionType",
            "UpdateActionType",
            "CreateCustomActionType",
            "DeleteCustomActionType",
            "ListRuleTypes",
        ],
    ),
    (
        "Webhooks",
        &[
            "ListWebhooks",
            "PutWebhook",
            "DeleteWebhook",
            "RegisterWebhookWithThirdParty",
            "DeregisterWebhookWithThirdParty",
        ],
    ),
    (
        "Tags",
        &["ListTagsForResource", "TagResource", "UntagResource"],
    ),
];

#[cfg(test)]
mod tests {
    use super::GROUPS;
    use crate::model::OPERATIONS;

    #[test]
    fn every_operation_stands_in_one_group() {
        let mut grouped: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        grouped.sort_unstable();
        let all: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        assert_eq!(grouped, all);
    }
}
