//! Executions of a pipeline: start, stop, read and list.

use super::*;

shapes! {
    /// One run through a pipeline.
    structure PipelineExecution {
        optional pipeline_name: PipelineName = "pipelineName";
        optional pipeline_version: PipelineVersion = "pipelineVersion";
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        optional status: PipelineExecutionStatus = "status";
        /// Why it is in this status.
        optional status_summary: PipelineExecutionStatusSummary = "statusSummary";
        /// What the source actions took up.
        optional artifact_revisions: ArtifactRevisionList = "artifactRevisions";
        /// Values of the pipeline variables in this run.
        optional variables: ResolvedPipelineVariableList = "variables";
        optional trigger: ExecutionTrigger = "trigger";
        optional execution_mode: ExecutionMode = "executionMode";
        optional execution_type: ExecutionType = "executionType";
        /// Only of a rollback.
        optional rollback_metadata: PipelineRollbackMetadata = "rollbackMetadata";
    }

    /// How far a run is.
    choice PipelineExecutionStatus {
        Cancelled = "Cancelled";
        InProgress = "InProgress";
        Stopped = "Stopped";
        Stopping = "Stopping";
        Succeeded = "Succeeded";
        Superseded = "Superseded";
        Failed = "Failed";
    }

    /// Whether a run goes forward or back.
    choice ExecutionType { Standard = "STANDARD"; Rollback = "ROLLBACK"; }

    /// What started a run.
    structure ExecutionTrigger {
        optional trigger_type: TriggerType = "triggerType";
        /// Who or what it was, mostly an ARN.
        optional trigger_detail: TriggerDetail = "triggerDetail";
    }

    /// Ways in which a run starts.
    choice TriggerType {
        CreatePipeline = "CreatePipeline";
        StartPipelineExecution = "StartPipelineExecution";
        PollForSourceChanges = "PollForSourceChanges";
        Webhook = "Webhook";
        CloudWatchEvent = "CloudWatchEvent";
        PutActionRevision = "PutActionRevision";
        WebhookV2 = "WebhookV2";
        ManualRollback = "ManualRollback";
        AutomatedRollback = "AutomatedRollback";
    }

    /// Where a rollback goes back to.
    structure PipelineRollbackMetadata {
        optional rollback_target_pipeline_execution_id: PipelineExecutionId = "rollbackTargetPipelineExecutionId";
    }

    /// A revision that a source action took up.
    structure ArtifactRevision {
        /// Name of the artifact.
        optional name: ArtifactName = "name";
        optional revision_id: Revision = "revisionId";
        /// Tells two changes to the same revision apart.
        optional revision_change_identifier: RevisionChangeIdentifier = "revisionChangeIdentifier";
        optional revision_summary: RevisionSummary = "revisionSummary";
        optional created: Moment = "created";
        optional revision_url: Url = "revisionUrl";
    }

    /// A pipeline variable with the value it has in a run.
    structure ResolvedPipelineVariable {
        optional name: Text = "name";
        optional resolved_value: Text = "resolvedValue";
    }

    /// A value for a pipeline variable, given at the start.
    structure PipelineVariable {
        required name: PipelineVariableName = "name";
        required value: PipelineVariableValue = "value";
    }

    /// A revision to start with, instead of the latest.
    structure SourceRevisionOverride {
        required action_name: ActionName = "actionName";
        required revision_type: SourceRevisionType = "revisionType";
        required revision_value: Revision = "revisionValue";
    }

    /// What kind of revision is named.
    choice SourceRevisionType {
        CommitId = "COMMIT_ID";
        ImageDigest = "IMAGE_DIGEST";
        S3ObjectVersionId = "S3_OBJECT_VERSION_ID";
        S3ObjectKey = "S3_OBJECT_KEY";
    }

    /// One line of the list of runs.
    structure PipelineExecutionSummary {
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        optional status: PipelineExecutionStatus = "status";
        optional status_summary: PipelineExecutionStatusSummary = "statusSummary";
        optional start_time: Moment = "startTime";
        optional last_update_time: Moment = "lastUpdateTime";
        optional source_revisions: SourceRevisionList = "sourceRevisions";
        optional trigger: ExecutionTrigger = "trigger";
        /// Only of a run that was stopped.
        optional stop_trigger: StopExecutionTrigger = "stopTrigger";
        optional execution_mode: ExecutionMode = "executionMode";
        optional execution_type: ExecutionType = "executionType";
        optional rollback_metadata: PipelineRollbackMetadata = "rollbackMetadata";
    }

    /// The revision of a source in a listed run.
    structure SourceRevision {
        required action_name: ActionName = "actionName";
        optional revision_id: Revision = "revisionId";
        optional revision_summary: RevisionSummary = "revisionSummary";
        optional revision_url: Url = "revisionUrl";
    }

    /// Why a run was stopped.
    structure StopExecutionTrigger {
        optional reason: StopPipelineExecutionReason = "reason";
    }

    /// Which runs to list.
    structure PipelineExecutionFilter {
        optional succeeded_in_stage: SucceededInStageFilter = "succeededInStage";
    }

    /// Runs that succeeded in a stage, which are the targets of a rollback.
    structure SucceededInStageFilter {
        optional stage_name: StageName = "stageName";
    }

    /// Input of StartPipelineExecution: starts a pipeline with the latest or with given revisions.
    structure StartPipelineExecutionInput {
        required name: PipelineName = "name";
        optional variables: PipelineVariableList = "variables";
        token client_request_token: ClientRequestToken = "clientRequestToken";
        optional source_revisions: SourceRevisionOverrideList = "sourceRevisions";
    }

    /// Answer of StartPipelineExecution.
    structure StartPipelineExecutionOutput {
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
    }

    /// Input of StopPipelineExecution: stops an execution, after or without waiting for its running actions.
    structure StopPipelineExecutionInput {
        required pipeline_name: PipelineName = "pipelineName";
        required pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        optional abandon: Boolean = "abandon";
        optional reason: StopPipelineExecutionReason = "reason";
    }

    /// Answer of StopPipelineExecution.
    structure StopPipelineExecutionOutput {
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
    }

    /// Input of GetPipelineExecution: reads one execution of a pipeline.
    structure GetPipelineExecutionInput {
        required pipeline_name: PipelineName = "pipelineName";
        required pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
    }

    /// Answer of GetPipelineExecution.
    structure GetPipelineExecutionOutput {
        optional pipeline_execution: PipelineExecution = "pipelineExecution";
    }

    /// Input of ListPipelineExecutions: lists the executions of a pipeline, newest first.
    structure ListPipelineExecutionsInput {
        required pipeline_name: PipelineName = "pipelineName";
        optional max_results: MaxResults = "maxResults";
        optional filter: PipelineExecutionFilter = "filter";
        optional next_token: NextToken = "nextToken";
    }

    /// Answer of ListPipelineExecutions.
    structure ListPipelineExecutionsOutput {
        optional pipeline_execution_summaries: PipelineExecutionSummaryList = "pipelineExecutionSummaries";
        optional next_token: NextToken = "nextToken";
    }

    list ArtifactRevisionList [ArtifactRevision]
    list PipelineExecutionSummaryList [PipelineExecutionSummary]
    list PipelineVariableList [PipelineVariable; 1..=50]
    list ResolvedPipelineVariableList [ResolvedPipelineVariable]
    list SourceRevisionList [SourceRevision]
    list SourceRevisionOverrideList [SourceRevisionOverride; 0..=50]

    text ClientRequestToken (CLIENT_REQUEST_TOKEN; 1..=128)
    text PipelineExecutionId (UUID)
    text PipelineExecutionStatusSummary ()
    text StopPipelineExecutionReason (..=200)
    text TriggerDetail (0..=1024)
}
