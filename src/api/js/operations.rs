//! The 44 operations as methods: each takes the AWS SDK's input and answers a promise of its output.

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::simulator::Simulator;

macro_rules! methods {
    ($($operation:ident, $method:ident, $js:ident;)*) => {
        #[wasm_bindgen]
        impl Simulator {
            $(
                #[doc = concat!("The operation ", stringify!($operation), ".")]
                #[wasm_bindgen(js_name = $js, skip_typescript)]
                pub fn $method(&self, input: &JsValue) -> Promise {
                    self.operation(stringify!($operation), input)
                }
            )*
        }

        /// The operations that have a method, for the test that none is missing.
        pub const METHODS: &[&str] = &[$(stringify!($operation)),*];
    };
}

methods! {
    AcknowledgeJob, acknowledge_job, acknowledgeJob;
    AcknowledgeThirdPartyJob, acknowledge_third_party_job, acknowledgeThirdPartyJob;
    CreateCustomActionType, create_custom_action_type, createCustomActionType;
    CreatePipeline, create_pipeline, createPipeline;
    DeleteCustomActionType, delete_custom_action_type, deleteCustomActionType;
    DeletePipeline, delete_pipeline, deletePipeline;
    DeleteWebhook, delete_webhook, deleteWebhook;
    DeregisterWebhookWithThirdParty, deregister_webhook_with_third_party, deregisterWebhookWithThirdParty;
    DisableStageTransition, disable_stage_transition, disableStageTransition;
    EnableStageTransition, enable_stage_transition, enableStageTransition;
    GetActionType, get_action_type, getActionType;
    GetJobDetails, get_job_details, getJobDetails;
    GetPipeline, get_pipeline, getPipeline;
    GetPipelineExecution, get_pipeline_execution, getPipelineExecution;
    GetPipelineState, get_pipeline_state, getPipelineState;
    GetThirdPartyJobDetails, get_third_party_job_details, getThirdPartyJobDetails;
    ListActionExecutions, list_action_executions, listActionExecutions;
    ListActionTypes, list_action_types, listActionTypes;
    ListDeployActionExecutionTargets, list_deploy_action_execution_targets, listDeployActionExecutionTargets;
    ListPipelineExecutions, list_pipeline_executions, listPipelineExecutions;
    ListPipelines, list_pipelines, listPipelines;
    ListRuleExecutions, list_rule_executions, listRuleExecutions;
    ListRuleTypes, list_rule_types, listRuleTypes;
    ListTagsForResource, list_tags_for_resource, listTagsForResource;
    ListWebhooks, list_webhooks, listWebhooks;
    OverrideStageCondition, override_stage_condition, overrideStageCondition;
    PollForJobs, poll_for_jobs, pollForJobs;
    PollForThirdPartyJobs, poll_for_third_party_jobs, pollForThirdPartyJobs;
    PutActionRevision, put_action_revision, putActionRevision;
    PutApprovalResult, put_approval_result, putApprovalResult;
    PutJobFailureResult, put_job_failure_result, putJobFailureResult;
    PutJobSuccessResult, put_job_success_result, putJobSuccessResult;
    PutThirdPartyJobFailureResult, put_third_party_job_failure_result, putThirdPartyJobFailureResult;
    PutThirdPartyJobSuccessResult, put_third_party_job_success_result, putThirdPartyJobSuccessResult;
    PutWebhook, put_webhook, putWebhook;
    RegisterWebhookWithThirdParty, register_webhook_with_third_party, registerWebhookWithThirdParty;
    RetryStageExecution, retry_stage_execution, retryStageExecution;
    RollbackStage, rollback_stage, rollbackStage;
    StartPipelineExecution, start_pipeline_execution, startPipelineExecution;
    StopPipelineExecution, stop_pipeline_execution, stopPipelineExecution;
    TagResource, tag_resource, tagResource;
    UntagResource, untag_resource, untagResource;
    UpdateActionType, update_action_type, updateActionType;
    UpdatePipeline, update_pipeline, updatePipeline;
}
