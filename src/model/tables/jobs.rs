//! Jobs: how workers ask for the work of custom actions and report it.

use super::*;

shapes! {
    /// A job as it is handed out.
    structure Job {
        optional id: JobId = "id";
        optional data: JobData = "data";
        /// Has to come back with the acknowledgement (J-16).
        optional nonce: Nonce = "nonce";
        optional account_id: AccountId = "accountId";
    }

    /// A job that is looked up: without nonce (J-23).
    structure JobDetails {
        optional id: JobId = "id";
        optional data: JobData = "data";
        optional account_id: AccountId = "accountId";
    }

    /// All a worker needs to do a job.
    structure JobData {
        optional action_type_id: ActionTypeId = "actionTypeId";
        optional action_configuration: ActionConfiguration = "actionConfiguration";
        optional pipeline_context: PipelineContext = "pipelineContext";
        optional input_artifacts: ArtifactList = "inputArtifacts";
        optional output_artifacts: ArtifactList = "outputArtifacts";
        optional artifact_credentials: AWSSessionCredentials = "artifactCredentials";
        /// What the worker itself handed in with its previous report.
        optional continuation_token: ContinuationToken = "continuationToken";
        optional encryption_key: EncryptionKey = "encryptionKey";
    }

    /// How far a job is (J-3).
    choice JobStatus {
        Created = "Created";
        Queued = "Queued";
        Dispatched = "Dispatched";
        InProgress = "InProgress";
        TimedOut = "TimedOut";
        Succeeded = "Succeeded";
        Failed = "Failed";
    }

    /// The configuration of the action a job is for.
    structure ActionConfiguration {
        optional configuration: ActionConfigurationMap = "configuration";
    }

    /// Where in the world a job comes from.
    structure PipelineContext {
        optional pipeline_name: PipelineName = "pipelineName";
        optional stage: StageContext = "stage";
        optional action: ActionContext = "action";
        optional pipeline_arn: PipelineArn = "pipelineArn";
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
    }

    /// The stage a job comes from.
    structure StageContext {
        optional name: StageName = "name";
    }

    /// The action a job comes from.
    structure ActionContext {
        optional name: ActionName = "name";
        optional action_execution_id: ActionExecutionId = "actionExecutionId";
    }

    /// The revision a worker worked on.
    structure CurrentRevision {
        required revision: Revision = "revision";
        required change_identifier: RevisionChangeIdentifier = "changeIdentifier";
        optional created: Time = "created";
        optional revision_summary: RevisionSummary = "revisionSummary";
    }

    /// How the work at the provider is getting on.
    structure ExecutionDetails {
        optional summary: ExecutionSummary = "summary";
        optional external_execution_id: ExecutionId = "externalExecutionId";
        /// 0 to 100.
        optional percent_complete: Percentage = "percentComplete";
    }

    /// Why a job failed.
    structure FailureDetails {
        required r#type: FailureType = "type";
        required message: Message = "message";
        optional external_execution_id: ExecutionId = "externalExecutionId";
    }

    /// Kinds of failures a worker can report.
    choice FailureType {
        JobFailed = "JobFailed";
        ConfigurationError = "ConfigurationError";
        PermissionError = "PermissionError";
        RevisionOutOfSync = "RevisionOutOfSync";
        RevisionUnavailable = "RevisionUnavailable";
        SystemUnavailable = "SystemUnavailable";
    }

    /// Input of PollForJobs: asks for work of a custom action type.
    structure PollForJobsInput {
        required action_type_id: ActionTypeId = "actionTypeId";
        optional max_batch_size: MaxBatchSize = "maxBatchSize";
        optional query_param: QueryParamMap = "queryParam";
    }

    /// Answer of PollForJobs.
    structure PollForJobsOutput {
        optional jobs: JobList = "jobs";
    }

    /// Input of AcknowledgeJob: claims a job that was handed out, so that no other worker gets it.
    structure AcknowledgeJobInput {
        required job_id: JobId = "jobId";
        required nonce: Nonce = "nonce";
    }

    /// Answer of AcknowledgeJob.
    structure AcknowledgeJobOutput {
        optional status: JobStatus = "status";
    }

    /// Input of GetJobDetails: looks up a job, with fresh credentials.
    structure GetJobDetailsInput {
        required job_id: JobId = "jobId";
    }

    /// Answer of GetJobDetails.
    structure GetJobDetailsOutput {
        optional job_details: JobDetails = "jobDetails";
    }

    /// Input of PutJobSuccessResult: reports that a job succeeded, or goes on in another job.
    structure PutJobSuccessResultInput {
        required job_id: JobId = "jobId";
        optional current_revision: CurrentRevision = "currentRevision";
        optional continuation_token: ContinuationToken = "continuationToken";
        optional execution_details: ExecutionDetails = "executionDetails";
        optional output_variables: OutputVariablesMap = "outputVariables";
    }

    /// Input of PutJobFailureResult: reports that a job failed.
    structure PutJobFailureResultInput {
        required job_id: JobId = "jobId";
        required failure_details: FailureDetails = "failureDetails";
    }

    list JobList [Job]

    map OutputVariablesMap [OutputVariablesKey, OutputVariablesValue]
    map QueryParamMap [ActionConfigurationKey, ActionConfigurationQueryableValue; 0..=1]

    text ActionConfigurationQueryableValue (QUERYABLE_VALUE; 1..=50)
    text ContinuationToken (1..=2048)
    text ExecutionId (1..=1500)
    text Nonce (1..=50)
    text OutputVariablesKey (VARIABLE_NAME)
    text OutputVariablesValue ()

    integer MaxBatchSize (1..)

    timestamp Time ()
}
