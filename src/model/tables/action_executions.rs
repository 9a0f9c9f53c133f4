//! The history of actions, and the targets a deployment reached.

use super::*;

shapes! {
    /// One run of an action, with what went in and what came out.
    structure ActionExecutionDetail {
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        optional action_execution_id: ActionExecutionId = "actionExecutionId";
        /// Version of the declaration it ran by.
        optional pipeline_version: PipelineVersion = "pipelineVersion";
        optional stage_name: StageName = "stageName";
        optional action_name: ActionName = "actionName";
        optional start_time: Moment = "startTime";
        optional last_update_time: Moment = "lastUpdateTime";
        /// ARN of who changed it last.
        optional updated_by: LastUpdatedBy = "updatedBy";
        optional status: ActionExecutionStatus = "status";
        optional input: ActionExecutionInput = "input";
        optional output: ActionExecutionOutput = "output";
    }

    /// What went into a run of an action.
    structure ActionExecutionInput {
        optional action_type_id: ActionTypeId = "actionTypeId";
        /// As declared.
        optional configuration: ActionConfigurationMap = "configuration";
        /// With the variable references filled in.
        optional resolved_configuration: ResolvedActionConfigurationMap = "resolvedConfiguration";
        optional role_arn: RoleArn = "roleArn";
        optional region: AWSRegionName = "region";
        optional input_artifacts: ArtifactDetailList = "inputArtifacts";
        optional namespace: ActionNamespace = "namespace";
    }

    /// What came out of a run of an action.
    structure ActionExecutionOutput {
        optional output_artifacts: ArtifactDetailList = "outputArtifacts";
        optional execution_result: ActionExecutionResult = "executionResult";
        optional output_variables: OutputVariablesMap = "outputVariables";
    }

    /// What the provider reported.
    structure ActionExecutionResult {
        optional external_execution_id: ExternalExecutionId = "externalExecutionId";
        optional external_execution_summary: ExternalExecutionSummary = "externalExecutionSummary";
        optional external_execution_url: Url = "externalExecutionUrl";
        optional error_details: ErrorDetails = "errorDetails";
        optional log_stream_arn: LogStreamARN = "logStreamARN";
    }

    /// Which runs of actions or rules to list.
    structure ActionExecutionFilter {
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        optional latest_in_pipeline_execution: LatestInPipelineExecutionFilter = "latestInPipelineExecution";
    }

    /// The latest run of each action or rule in one execution.
    structure LatestInPipelineExecutionFilter {
        required pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        required start_time_range: StartTimeRange = "startTimeRange";
    }

    /// From when runs are listed.
    choice StartTimeRange { Latest = "Latest"; All = "All"; }

    /// An instance that a deployment reached.
    structure DeployActionExecutionTarget {
        optional target_id: Text = "targetId";
        optional target_type: Text = "targetType";
        optional status: Text = "status";
        optional start_time: Moment = "startTime";
        optional end_time: Moment = "endTime";
        optional events: DeployTargetEventList = "events";
    }

    /// A step of a deployment on one instance.
    structure DeployTargetEvent {
        optional name: Text = "name";
        optional status: Text = "status";
        optional start_time: Moment = "startTime";
        optional end_time: Moment = "endTime";
        optional context: DeployTargetEventContext = "context";
    }

    /// Where to look further.
    structure DeployTargetEventContext {
        optional ssm_command_id: Text = "ssmCommandId";
        optional message: Text = "message";
    }

    /// Which targets to list.
    structure TargetFilter {
        optional name: TargetFilterName = "name";
        optional values: TargetFilterValueList = "values";
    }

    /// What targets can be filtered by.
    choice TargetFilterName { TargetStatus = "TARGET_STATUS"; }

    /// Input of ListActionExecutions: lists the runs of the actions of a pipeline, newest first.
    structure ListActionExecutionsInput {
        required pipeline_name: PipelineName = "pipelineName";
        optional filter: ActionExecutionFilter = "filter";
        optional max_results: MaxResults = "maxResults";
        optional next_token: NextToken = "nextToken";
    }

    /// Answer of ListActionExecutions.
    structure ListActionExecutionsOutput {
        optional action_execution_details: ActionExecutionDetailList = "actionExecutionDetails";
        optional next_token: NextToken = "nextToken";
    }

    /// Input of ListDeployActionExecutionTargets: lists the instances that a deployment reached.
    structure ListDeployActionExecutionTargetsInput {
        optional pipeline_name: PipelineName = "pipelineName";
        required action_execution_id: ActionExecutionId = "actionExecutionId";
        optional filters: TargetFilterList = "filters";
        optional max_results: MaxResults = "maxResults";
        optional next_token: NextToken = "nextToken";
    }

    /// Answer of ListDeployActionExecutionTargets.
    structure ListDeployActionExecutionTargetsOutput {
        optional targets: DeployActionExecutionTargetList = "targets";
        optional next_token: NextToken = "nextToken";
    }

    list ActionExecutionDetailList [ActionExecutionDetail]
    list DeployActionExecutionTargetList [DeployActionExecutionTarget]
    list DeployTargetEventList [DeployTargetEvent]
    list TargetFilterList [TargetFilter]
    list TargetFilterValueList [TargetFilterValue]

    map ResolvedActionConfigurationMap [Text, Text]

    text ExternalExecutionId ()
    text ExternalExecutionSummary ()
    text TargetFilterValue (1..)
}
