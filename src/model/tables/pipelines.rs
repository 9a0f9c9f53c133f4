//! Pipelines: how they are declared, kept, read and listed.

use super::*;

shapes! {
    /// A pipeline as its author writes it.
    structure PipelineDeclaration {
        required name: PipelineName = "name";
        /// Role the service takes on to run what the pipeline declares.
        required role_arn: RoleArn = "roleArn";
        /// The only store, of a pipeline that stays in one Region (PL-12).
        optional artifact_store: ArtifactStore = "artifactStore";
        /// One store per Region, of a pipeline with actions in several.
        optional artifact_stores: ArtifactStoreMap = "artifactStores";
        required stages: PipelineStageDeclarationList = "stages";
        /// Counted by the service; what a caller sends is ignored (PL-18).
        optional version: PipelineVersion = "version";
        /// What happens when an execution meets another one; SUPERSEDED when absent.
        optional execution_mode: ExecutionMode = "executionMode";
        /// V2 has variables, triggers and conditions; chosen by the service when absent (VT-10).
        optional pipeline_type: PipelineType = "pipelineType";
        /// Variables that every execution gets a value for.
        optional variables: PipelineVariableDeclarationList = "variables";
        /// Git events that start the pipeline.
        optional triggers: PipelineTriggerDeclarationList = "triggers";
    }

    /// A variable of a pipeline.
    structure PipelineVariableDeclaration {
        required name: PipelineVariableName = "name";
        /// Used when a start gives no value; without it every start has to (PV-3).
        optional default_value: PipelineVariableValue = "defaultValue";
        optional description: PipelineVariableDescription = "description";
    }

    /// What the service knows about a pipeline beside its declaration.
    structure PipelineMetadata {
        optional pipeline_arn: PipelineArn = "pipelineArn";
        optional created: Moment = "created";
        optional updated: Moment = "updated";
        /// When the service gave up polling a pipeline that nobody used.
        optional polling_disabled_at: Moment = "pollingDisabledAt";
    }

    /// One line of the list of pipelines.
    structure PipelineSummary {
        optional name: PipelineName = "name";
        optional version: PipelineVersion = "version";
        optional pipeline_type: PipelineType = "pipelineType";
        optional execution_mode: ExecutionMode = "executionMode";
        optional created: Moment = "created";
        optional updated: Moment = "updated";
    }

    /// What happens when an execution meets another one of the same pipeline.
    choice ExecutionMode { Queued = "QUEUED"; Superseded = "SUPERSEDED"; Parallel = "PARALLEL"; }

    /// The generation of a pipeline, which decides about features and price.
    choice PipelineType { V1 = "V1"; V2 = "V2"; }

    /// Input of CreatePipeline: makes a pipeline and starts it once.
    structure CreatePipelineInput {
        required pipeline: PipelineDeclaration = "pipeline";
        optional tags: TagList = "tags";
    }

    /// Answer of CreatePipeline.
    structure CreatePipelineOutput {
        optional pipeline: PipelineDeclaration = "pipeline";
        optional tags: TagList = "tags";
    }

    /// Input of GetPipeline: reads the declaration of a pipeline, the latest or an older version.
    structure GetPipelineInput {
        required name: PipelineName = "name";
        optional version: PipelineVersion = "version";
    }

    /// Answer of GetPipeline.
    structure GetPipelineOutput {
        optional pipeline: PipelineDeclaration = "pipeline";
        optional metadata: PipelineMetadata = "metadata";
    }

    /// Input of UpdatePipeline: replaces the declaration of a pipeline, whose version goes up by one.
    structure UpdatePipelineInput {
        required pipeline: PipelineDeclaration = "pipeline";
    }

    /// Answer of UpdatePipeline.
    structure UpdatePipelineOutput {
        optional pipeline: PipelineDeclaration = "pipeline";
    }

    /// Input of DeletePipeline: removes a pipeline; removing one that does not exist succeeds as well.
    structure DeletePipelineInput {
        required name: PipelineName = "name";
    }

    /// Input of ListPipelines: lists the pipelines of the account.
    structure ListPipelinesInput {
        optional next_token: NextToken = "nextToken";
        optional max_results: MaxPipelines = "maxResults";
    }

    /// Answer of ListPipelines.
    structure ListPipelinesOutput {
        optional pipelines: PipelineList = "pipelines";
        optional next_token: NextToken = "nextToken";
    }

    list PipelineList [PipelineSummary]
    list PipelineVariableDeclarationList [PipelineVariableDeclaration; ..=50]

    map ArtifactStoreMap [AWSRegionName, ArtifactStore]

    text PipelineArn (RESOURCE_ARN)
    text PipelineName (NAME; 1..=100)
    text PipelineVariableDescription (ONE_LINE; 0..=200)
    text PipelineVariableName (VARIABLE_NAME; 1..=128)
    text PipelineVariableValue (ONE_LINE; 1..=1000)

    integer MaxPipelines (1..=1000)
    integer PipelineVersion (1..)
}
