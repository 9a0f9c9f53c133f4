//! Jobs of partner actions, which need a client token on top.

use super::*;

shapes! {
    /// A partner job as it is handed out: ids only.
    structure ThirdPartyJob {
        optional client_id: ClientId = "clientId";
        optional job_id: JobId = "jobId";
    }

    /// A partner job that is looked up.
    structure ThirdPartyJobDetails {
        optional id: ThirdPartyJobId = "id";
        optional data: ThirdPartyJobData = "data";
        optional nonce: Nonce = "nonce";
    }

    /// All a partner needs to do a job.
    structure ThirdPartyJobData {
        optional action_type_id: ActionTypeId = "actionTypeId";
        optional action_configuration: ActionConfiguration = "actionConfiguration";
        optional pipeline_context: PipelineContext = "pipelineContext";
        optional input_artifacts: ArtifactList = "inputArtifacts";
        optional output_artifacts: ArtifactList = "outputArtifacts";
        optional artifact_credentials: AWSSessionCredentials = "artifactCredentials";
        /// What the partner itself handed in with its previous report.
        optional continuation_token: ContinuationToken = "continuationToken";
        optional encryption_key: EncryptionKey = "encryptionKey";
    }

    /// Input of PollForThirdPartyJobs: asks for work of a partner action type.
    structure PollForThirdPartyJobsInput {
        required action_type_id: ActionTypeId = "actionTypeId";
        optional max_batch_size: MaxBatchSize = "maxBatchSize";
    }

    /// Answer of PollForThirdPartyJobs.
    structure PollForThirdPartyJobsOutput {
        optional jobs: ThirdPartyJobList = "jobs";
    }

    /// Input of AcknowledgeThirdPartyJob: claims a partner job that was handed out.
    structure AcknowledgeThirdPartyJobInput {
        required job_id: ThirdPartyJobId = "jobId";
        required nonce: Nonce = "nonce";
        required client_token: ClientToken = "clientToken";
    }

    /// Answer of AcknowledgeThirdPartyJob.
    structure AcknowledgeThirdPartyJobOutput {
        optional status: JobStatus = "status";
    }

    /// Input of GetThirdPartyJobDetails: looks up a partner job, with fresh credentials.
    structure GetThirdPartyJobDetailsInput {
        required job_id: ThirdPartyJobId = "jobId";
        required client_token: ClientToken = "clientToken";
    }

    /// Answer of GetThirdPartyJobDetails.
    structure GetThirdPartyJobDetailsOutput {
        optional job_details: ThirdPartyJobDetails = "jobDetails";
    }

    /// Input of PutThirdPartyJobSuccessResult: reports that a partner job succeeded, or goes on in another job.
    structure PutThirdPartyJobSuccessResultInput {
        required job_id: ThirdPartyJobId = "jobId";
        required client_token: ClientToken = "clientToken";
        optional current_revision: CurrentRevision = "currentRevision";
        optional continuation_token: ContinuationToken = "continuationToken";
        optional execution_details: ExecutionDetails = "executionDetails";
    }

    /// Input of PutThirdPartyJobFailureResult: reports that a partner job failed.
    structure PutThirdPartyJobFailureResultInput {
        required job_id: ThirdPartyJobId = "jobId";
        required client_token: ClientToken = "clientToken";
        required failure_details: FailureDetails = "failureDetails";
    }

    list ThirdPartyJobList [ThirdPartyJob]

    text ClientId (UUID)
    text ClientToken (1..=256)
    text ThirdPartyJobId (1..=512)
}
