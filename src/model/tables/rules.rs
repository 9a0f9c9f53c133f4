//! Rules inside conditions: their declaration, their types, their state and their history.

use super::*;

shapes! {
    /// A rule: one check inside a condition.
    structure RuleDeclaration {
        required name: RuleName = "name";
        required rule_type_id: RuleTypeId = "ruleTypeId";
        optional configuration: RuleConfigurationMap = "configuration";
        /// Shell lines, for the Commands rule only.
        optional commands: CommandList = "commands";
        optional input_artifacts: InputArtifactList = "inputArtifacts";
        optional role_arn: RoleArn = "roleArn";
        optional region: AWSRegionName = "region";
        optional timeout_in_minutes: RuleTimeout = "timeoutInMinutes";
    }

    /// Names a type of rule.
    structure RuleTypeId {
        required category: RuleCategory = "category";
        optional owner: RuleOwner = "owner";
        required provider: RuleProvider = "provider";
        optional version: Version = "version";
    }

    /// There is one category.
    choice RuleCategory { Rule = "Rule"; }

    /// There is one owner.
    choice RuleOwner { Aws = "AWS"; }

    /// One rule as it is now.
    structure RuleState {
        optional rule_name: RuleName = "ruleName";
        optional current_revision: RuleRevision = "currentRevision";
        optional latest_execution: RuleExecution = "latestExecution";
        optional entity_url: Url = "entityUrl";
        optional revision_url: Url = "revisionUrl";
    }

    /// A revision as a rule reports it.
    structure RuleRevision {
        required revision_id: Revision = "revisionId";
        required revision_change_id: RevisionChangeIdentifier = "revisionChangeId";
        required created: Moment = "created";
    }

    /// The latest run of a rule.
    structure RuleExecution {
        optional rule_execution_id: RuleExecutionId = "ruleExecutionId";
        optional status: RuleExecutionStatus = "status";
        optional summary: ExecutionSummary = "summary";
        optional last_status_change: Moment = "lastStatusChange";
        optional token: RuleExecutionToken = "token";
        optional last_updated_by: LastUpdatedBy = "lastUpdatedBy";
        optional external_execution_id: ExecutionId = "externalExecutionId";
        optional external_execution_url: Url = "externalExecutionUrl";
        optional error_details: ErrorDetails = "errorDetails";
    }

    /// How far the run of a rule is.
    choice RuleExecutionStatus {
        InProgress = "InProgress";
        Abandoned = "Abandoned";
        Succeeded = "Succeeded";
        Failed = "Failed";
    }

    /// One run of a rule, with what went in and what came out.
    structure RuleExecutionDetail {
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        optional rule_execution_id: RuleExecutionId = "ruleExecutionId";
        optional pipeline_version: PipelineVersion = "pipelineVersion";
        optional stage_name: StageName = "stageName";
        optional rule_name: RuleName = "ruleName";
        optional start_time: Moment = "startTime";
        optional last_update_time: Moment = "lastUpdateTime";
        optional updated_by: LastUpdatedBy = "updatedBy";
        optional status: RuleExecutionStatus = "status";
        optional input: RuleExecutionInput = "input";
        optional output: RuleExecutionOutput = "output";
    }

    /// What went into a run of a rule.
    structure RuleExecutionInput {
        optional rule_type_id: RuleTypeId = "ruleTypeId";
        /// As declared.
        optional configuration: RuleConfigurationMap = "configuration";
        /// With the variable references filled in.
        optional resolved_configuration: ResolvedRuleConfigurationMap = "resolvedConfiguration";
        optional role_arn: RoleArn = "roleArn";
        optional region: AWSRegionName = "region";
        optional input_artifacts: ArtifactDetailList = "inputArtifacts";
    }

    /// What came out of a run of a rule.
    structure RuleExecutionOutput {
        optional execution_result: RuleExecutionResult = "executionResult";
    }

    /// What the rule reported.
    structure RuleExecutionResult {
        optional external_execution_id: ExternalExecutionId = "externalExecutionId";
        optional external_execution_summary: ExternalExecutionSummary = "externalExecutionSummary";
        optional external_execution_url: Url = "externalExecutionUrl";
        optional error_details: ErrorDetails = "errorDetails";
    }

    /// Which runs of rules to list.
    structure RuleExecutionFilter {
        optional pipeline_execution_id: PipelineExecutionId = "pipelineExecutionId";
        optional latest_in_pipeline_execution: LatestInPipelineExecutionFilter = "latestInPipelineExecution";
    }

    /// A type of rule and how it is configured.
    structure RuleType {
        required id: RuleTypeId = "id";
        optional settings: RuleTypeSettings = "settings";
        optional rule_configuration_properties: RuleConfigurationPropertyList = "ruleConfigurationProperties";
        required input_artifact_details: ArtifactDetails = "inputArtifactDetails";
    }

    /// Pages that belong to a rule type.
    structure RuleTypeSettings {
        optional third_party_configuration_url: Url = "thirdPartyConfigurationUrl";
        optional entity_url_template: UrlTemplate = "entityUrlTemplate";
        optional execution_url_template: UrlTemplate = "executionUrlTemplate";
        optional revision_url_template: UrlTemplate = "revisionUrlTemplate";
    }

    /// A key in the configuration of a rule.
    structure RuleConfigurationProperty {
        required name: RuleConfigurationKey = "name";
        required required: Boolean = "required";
        /// The value names the thing the rule looks at.
        required key: Boolean = "key";
        /// The value is never shown.
        required secret: Boolean = "secret";
        optional queryable: Boolean = "queryable";
        optional description: Description = "description";
        optional r#type: RuleConfigurationPropertyType = "type";
    }

    /// What the value of such a key is.
    choice RuleConfigurationPropertyType { String = "String"; Number = "Number"; Boolean = "Boolean"; }

    /// Input of ListRuleExecutions: lists the runs of the rules of a pipeline, newest first.
    structure ListRuleExecutionsInput {
        required pipeline_name: PipelineName = "pipelineName";
        optional filter: RuleExecutionFilter = "filter";
        optional max_results: MaxResults = "maxResults";
        optional next_token: NextToken = "nextToken";
    }

    /// Answer of ListRuleExecutions.
    structure ListRuleExecutionsOutput {
        optional rule_execution_details: RuleExecutionDetailList = "ruleExecutionDetails";
        optional next_token: NextToken = "nextToken";
    }

    /// Input of ListRuleTypes: lists the types of rules that conditions can use.
    structure ListRuleTypesInput {
        optional rule_owner_filter: RuleOwner = "ruleOwnerFilter";
        optional region_filter: AWSRegionName = "regionFilter";
    }

    /// Answer of ListRuleTypes.
    structure ListRuleTypesOutput {
        required rule_types: RuleTypeList = "ruleTypes";
    }

    list RuleConfigurationPropertyList [RuleConfigurationProperty; ..=10]
    list RuleDeclarationList [RuleDeclaration; 1..=5]
    list RuleExecutionDetailList [RuleExecutionDetail]
    list RuleStateList [RuleState]
    list RuleTypeList [RuleType]

    map ResolvedRuleConfigurationMap [Text, Text]
    map RuleConfigurationMap [RuleConfigurationKey, RuleConfigurationValue; 0..=200]

    text RuleConfigurationKey (1..=50)
    text RuleConfigurationValue (1..=10000)
    text RuleExecutionId (1..=200)
    text RuleExecutionToken (LABEL; 1..=200)
    text RuleName (NAME; 1..=100)
    text RuleProvider (TYPE_NAME; 1..=35)

    integer RuleTimeout (5..=86400)
}
