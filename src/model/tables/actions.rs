//! Actions: their declaration, and what GetPipelineState says about them.

use super::*;

shapes! {
    /// An action: one step of a stage.
    structure ActionDeclaration {
        required name: ActionName = "name";
        required action_type_id: ActionTypeId = "actionTypeId";
        /// Lower numbers run first, equal numbers together; 1 when absent.
        optional run_order: ActionRunOrder = "runOrder";
        /// Keys that the action's type knows, values possibly with variable references.
        optional configuration: ActionConfigurationMap = "configuration";
        /// Shell lines, for the Commands action only (AC-28).
        optional commands: CommandList = "commands";
        optional output_artifacts: OutputArtifactList = "outputArtifacts";
        optional input_artifacts: InputArtifactList = "inputArtifacts";
        /// Environment variables to export, for the Commands action only.
        optional output_variables: OutputVariableList = "outputVariables";
        /// Role the action runs under, instead of the pipeline's.
        optional role_arn: RoleArn = "roleArn";
        /// Region the action runs in, the pipeline's when absent.
        optional region: AWSRegionName = "region";
        /// Name under which later actions refer to the output variables.
        optional namespace: ActionNamespace = "namespace";
        /// For manual approvals only (AC-21).
        optional timeout_in_minutes: ActionTimeout = "timeoutInMinutes";
        optional environment_variables: EnvironmentVariableList = "environmentVariables";
    }

    /// Names a type of action: the four parts together.
    structure ActionTypeId {
        /// What is done.
        required category: ActionCategory = "category";
        /// Who made the type.
        required owner: ActionOwner = "owner";
        /// The service or tool that does it.
        required provider: ActionProvider = "provider";
        required version: Version = "version";
    }

    /// What an action does.
    choice ActionCategory {
        Source = "Source";
        Build = "Build";
        Deploy = "Deploy";
        Test = "Test";
        Invoke = "Invoke";
        Approval = "Approval";
        Compute = "Compute";
    }

    /// Who made an action type.
    choice ActionOwner { Aws = "AWS"; ThirdParty = "ThirdParty"; Custom = "Custom"; }

    /// An artifact an action or rule reads.
    structure InputArtifact {
        required name: ArtifactName = "name";
    }

    /// An artifact an action makes.
    structure OutputArtifact {
        required name: ArtifactName = "name";
        /// Glob patterns of what goes in, for the Commands action only.
        optional files: FilePathList = "files";
    }

    /// A variable in the environment of a command.
    structure EnvironmentVariable {
        required name: EnvironmentVariableName = "name";
        /// The value, or the reference of a secret.
        required value: EnvironmentVariableValue = "value";
        /// PLAINTEXT when absent.
        optional r#type: EnvironmentVariableType = "type";
    }

    /// Whether a value is written out or a secret is looked up.
    choice EnvironmentVariableType { Plaintext = "PLAINTEXT"; SecretsManager = "SECRETS_MANAGER"; }

    /// One action as it is now.
    structure ActionState {
        optional action_name: ActionName = "actionName";
        /// The revision the action last took up.
        optional current_revision: ActionRevision = "currentRevision";
        optional latest_execution: ActionExecution = "latestExecution";
        /// Page of the thing the action works on.
        optional entity_url: Url = "entityUrl";
        /// Page of the revision.
        optional revision_url: Url = "revisionUrl";
    }

    /// A revision as an action reports it.
    structure ActionRevision {
        required revision_id: Revision = "revisionId";
        /// Tells two changes to the same revision apart.
        required revision_change_id: RevisionChangeIdentifier = "revisionChangeId";
        required created: Moment = "created";
    }

    /// The latest run of an action.
    structure ActionExecution {
        optional action_execution_id: ActionExecutionId = "actionExecutionId";
        optional status: ActionExecutionStatus = "status";
        optional summary: ExecutionSummary = "summary";
        optional last_status_change: Moment = "lastStatusChange";
        /// Needed to answer a manual approval (PutApprovalResult).
        optional token: ActionExecutionToken = "token";
        /// ARN of who changed it last.
        optional last_updated_by: LastUpdatedBy = "lastUpdatedBy";
        /// Id of the run at the provider.
        optional external_execution_id: ExecutionId = "externalExecutionId";
        /// Page of the run at the provider.
        optional external_execution_url: Url = "externalExecutionUrl";
        optional percent_complete: Percentage = "percentComplete";
        optional error_details: ErrorDetails = "errorDetails";
        optional log_stream_arn: LogStreamARN = "logStreamARN";
    }

    /// How far the run of an action is.
    choice ActionExecutionStatus {
        InProgress = "InProgress";
        Abandoned = "Abandoned";
        Succeeded = "Succeeded";
        Failed = "Failed";
    }

    /// What a person decided.
    structure ApprovalResult {
        /// Why, in their own words.
        required summary: ApprovalSummary = "summary";
        required status: ApprovalStatus = "status";
    }

    /// What a person can decide.
    choice ApprovalStatus { Approved = "Approved"; Rejected = "Rejected"; }

    /// Input of PutActionRevision: reports a new revision to a source action, which starts the pipeline.
    structure PutActionRevisionInput {
        required pipeline_name: PipelineName = "pipelineName";
        required stage_name: StageName = "stageName";
        required action_name: ActionName = "actionName";
        required action_revision: ActionRevision = "actionRevision";
    }

    /// Answer of PutActionRevision.
    structure PutActionRevisionOutput {
        optional new_revision: Boolean = "newRevision";
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
    }

    /// Input of PutApprovalResult: approves or rejects at a manual approval.
    structure PutApprovalResultInput {
        required pipeline_name: PipelineName = "pipelineName";
        required stage_name: StageName = "stageName";
        required action_name: ActionName = "actionName";
        required result: ApprovalResult = "result";
        required token: ApprovalToken = "token";
    }

    /// Answer of PutApprovalResult.
    structure PutApprovalResultOutput {
        optional approved_at: Moment = "approvedAt";
    }

    list ActionStateList [ActionState]
    list CommandList [Command; 1..=50]
    list EnvironmentVariableList [EnvironmentVariable; 1..=10]
    list FilePathList [FilePath; 1..=10]
    list InputArtifactList [InputArtifact]
    list OutputArtifactList [OutputArtifact]
    list OutputVariableList [OutputVariable; 1..=15]
    list StageActionDeclarationList [ActionDeclaration]

    map ActionConfigurationMap [ActionConfigurationKey, ActionConfigurationValue]

    text ActionConfigurationKey (1..=50)
    /// The service enforces 1000 and names 50000 in its message: see the corrections.
    text ActionConfigurationValue (1..=1000)
    text ActionExecutionId ()
    text ActionExecutionToken ()
    text ActionName (NAME; 1..=100)
    text ActionNamespace (VARIABLE_NAME; 1..=100)
    text ActionProvider (TYPE_NAME; 1..=35)
    text ApprovalSummary (0..=512)
    text ApprovalToken (UUID)
    text Command (1..=1000)
    text EnvironmentVariableName (WORD; 1..=128)
    text EnvironmentVariableValue (ONE_LINE; 1..=2000)
    text FilePath (1..=128)
    text OutputVariable (1..=128)
    text Version (TYPE_NAME; 1..=9)

    integer ActionRunOrder (1..=999)
    integer ActionTimeout (5..=86400)
}
