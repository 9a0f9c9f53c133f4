// The operations of AWS CodePipeline and their shapes. Derived from src/model/tables; to renew it:
// BLESS=1 cargo test --test native typescript

export interface AWSSessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

export interface AcknowledgeJobInput {
  jobId: string;
  nonce: string;
}

export interface AcknowledgeJobOutput {
  status?: JobStatus;
}

export interface AcknowledgeThirdPartyJobInput {
  jobId: string;
  nonce: string;
  clientToken: string;
}

export interface AcknowledgeThirdPartyJobOutput {
  status?: JobStatus;
}

export type ActionCategory = "Source" | "Build" | "Deploy" | "Test" | "Invoke" | "Approval" | "Compute";

export interface ActionConfiguration {
  configuration?: Record<string, string>;
}

export interface ActionConfigurationProperty {
  name: string;
  required: boolean;
  key: boolean;
  secret: boolean;
  queryable?: boolean;
  description?: string;
  type?: ActionConfigurationPropertyType;
}

export type ActionConfigurationPropertyType = "String" | "Number" | "Boolean";

export interface ActionContext {
  name?: string;
  actionExecutionId?: string;
}

export interface ActionDeclaration {
  name: string;
  actionTypeId: ActionTypeId;
  runOrder?: number;
  configuration?: Record<string, string>;
  commands?: string[];
  outputArtifacts?: OutputArtifact[];
  inputArtifacts?: InputArtifact[];
  outputVariables?: string[];
  roleArn?: string;
  region?: string;
  namespace?: string;
  timeoutInMinutes?: number;
  environmentVariables?: EnvironmentVariable[];
}

export interface ActionExecution {
  actionExecutionId?: string;
  status?: ActionExecutionStatus;
  summary?: string;
  lastStatusChange?: Date;
  token?: string;
  lastUpdatedBy?: string;
  externalExecutionId?: string;
  externalExecutionUrl?: string;
  percentComplete?: number;
  errorDetails?: ErrorDetails;
  logStreamARN?: string;
}

export interface ActionExecutionDetail {
  pipelineExecutionId?: string;
  actionExecutionId?: string;
  pipelineVersion?: number;
  stageName?: string;
  actionName?: string;
  startTime?: Date;
  lastUpdateTime?: Date;
  updatedBy?: string;
  status?: ActionExecutionStatus;
  input?: ActionExecutionInput;
  output?: ActionExecutionOutput;
}

export interface ActionExecutionFilter {
  pipelineExecutionId?: string;
  latestInPipelineExecution?: LatestInPipelineExecutionFilter;
}

export interface ActionExecutionInput {
  actionTypeId?: ActionTypeId;
  configuration?: Record<string, string>;
  resolvedConfiguration?: Record<string, string>;
  roleArn?: string;
  region?: string;
  inputArtifacts?: ArtifactDetail[];
  namespace?: string;
}

export interface ActionExecutionOutput {
  outputArtifacts?: ArtifactDetail[];
  executionResult?: ActionExecutionResult;
  outputVariables?: Record<string, string>;
}

export interface ActionExecutionResult {
  externalExecutionId?: string;
  externalExecutionSummary?: string;
  externalExecutionUrl?: string;
  errorDetails?: ErrorDetails;
  logStreamARN?: string;
}

export type ActionExecutionStatus = "InProgress" | "Abandoned" | "Succeeded" | "Failed";

export type ActionOwner = "AWS" | "ThirdParty" | "Custom";

export interface ActionRevision {
  revisionId: string;
  revisionChangeId: string;
  created: Date;
}

export interface ActionRevisionInput {
  revisionId: string;
  revisionChangeId: string;
  created: Date | number;
}

export interface ActionState {
  actionName?: string;
  currentRevision?: ActionRevision;
  latestExecution?: ActionExecution;
  entityUrl?: string;
  revisionUrl?: string;
}

export interface ActionType {
  id: ActionTypeId;
  settings?: ActionTypeSettings;
  actionConfigurationProperties?: ActionConfigurationProperty[];
  inputArtifactDetails: ArtifactDetails;
  outputArtifactDetails: ArtifactDetails;
}

export interface ActionTypeArtifactDetails {
  minimumCount: number;
  maximumCount: number;
}

export interface ActionTypeDeclaration {
  description?: string;
  executor: ActionTypeExecutor;
  id: ActionTypeIdentifier;
  inputArtifactDetails: ActionTypeArtifactDetails;
  outputArtifactDetails: ActionTypeArtifactDetails;
  permissions?: ActionTypePermissions;
  properties?: ActionTypeProperty[];
  urls?: ActionTypeUrls;
}

export interface ActionTypeExecutor {
  configuration: ExecutorConfiguration;
  type: ExecutorType;
  policyStatementsTemplate?: string;
  jobTimeout?: number;
}

export interface ActionTypeId {
  category: ActionCategory;
  owner: ActionOwner;
  provider: string;
  version: string;
}

export interface ActionTypeIdentifier {
  category: ActionCategory;
  owner: string;
  provider: string;
  version: string;
}

export interface ActionTypePermissions {
  allowedAccounts: string[];
}

export interface ActionTypeProperty {
  name: string;
  optional: boolean;
  key: boolean;
  noEcho: boolean;
  queryable?: boolean;
  description?: string;
}

export interface ActionTypeSettings {
  thirdPartyConfigurationUrl?: string;
  entityUrlTemplate?: string;
  executionUrlTemplate?: string;
  revisionUrlTemplate?: string;
}

export interface ActionTypeUrls {
  configurationUrl?: string;
  entityUrlTemplate?: string;
  executionUrlTemplate?: string;
  revisionUrlTemplate?: string;
}

export interface ApprovalResult {
  summary: string;
  status: ApprovalStatus;
}

export type ApprovalStatus = "Approved" | "Rejected";

export interface Artifact {
  name?: string;
  revision?: string;
  location?: ArtifactLocation;
}

export interface ArtifactDetail {
  name?: string;
  s3location?: S3Location;
}

export interface ArtifactDetails {
  minimumCount: number;
  maximumCount: number;
}

export interface ArtifactLocation {
  type?: ArtifactLocationType;
  s3Location?: S3ArtifactLocation;
}

export type ArtifactLocationType = "S3";

export interface ArtifactRevision {
  name?: string;
  revisionId?: string;
  revisionChangeIdentifier?: string;
  revisionSummary?: string;
  created?: Date;
  revisionUrl?: string;
}

export interface ArtifactStore {
  type: ArtifactStoreType;
  location: string;
  encryptionKey?: EncryptionKey;
}

export type ArtifactStoreType = "S3";

export interface BeforeEntryConditions {
  conditions: Condition[];
}

export interface BlockerDeclaration {
  name: string;
  type: BlockerType;
}

export type BlockerType = "Schedule";

export interface Condition {
  result?: Result;
  rules?: RuleDeclaration[];
}

export interface ConditionExecution {
  status?: ConditionExecutionStatus;
  summary?: string;
  lastStatusChange?: Date;
}

export type ConditionExecutionStatus = "InProgress" | "Failed" | "Errored" | "Succeeded" | "Cancelled" | "Abandoned" | "Overridden";

export interface ConditionState {
  latestExecution?: ConditionExecution;
  ruleStates?: RuleState[];
}

export type ConditionType = "BEFORE_ENTRY" | "ON_SUCCESS";

export interface CreateCustomActionTypeInput {
  category: ActionCategory;
  provider: string;
  version: string;
  settings?: ActionTypeSettings;
  configurationProperties?: ActionConfigurationProperty[];
  inputArtifactDetails: ArtifactDetails;
  outputArtifactDetails: ArtifactDetails;
  tags?: Tag[];
}

export interface CreateCustomActionTypeOutput {
  actionType: ActionType;
  tags?: Tag[];
}

export interface CreatePipelineInput {
  pipeline: PipelineDeclaration;
  tags?: Tag[];
}

export interface CreatePipelineOutput {
  pipeline?: PipelineDeclaration;
  tags?: Tag[];
}

export interface CurrentRevision {
  revision: string;
  changeIdentifier: string;
  created?: Date | number;
  revisionSummary?: string;
}

export interface DeleteCustomActionTypeInput {
  category: ActionCategory;
  provider: string;
  version: string;
}

export interface DeletePipelineInput {
  name: string;
}

export interface DeleteWebhookInput {
  name: string;
}

export interface DeleteWebhookOutput {}

export interface DeployActionExecutionTarget {
  targetId?: string;
  targetType?: string;
  status?: string;
  startTime?: Date;
  endTime?: Date;
  events?: DeployTargetEvent[];
}

export interface DeployTargetEvent {
  name?: string;
  status?: string;
  startTime?: Date;
  endTime?: Date;
  context?: DeployTargetEventContext;
}

export interface DeployTargetEventContext {
  ssmCommandId?: string;
  message?: string;
}

export interface DeregisterWebhookWithThirdPartyInput {
  webhookName?: string;
}

export interface DeregisterWebhookWithThirdPartyOutput {}

export interface DisableStageTransitionInput {
  pipelineName: string;
  stageName: string;
  transitionType: StageTransitionType;
  reason: string;
}

export interface EnableStageTransitionInput {
  pipelineName: string;
  stageName: string;
  transitionType: StageTransitionType;
}

export interface EncryptionKey {
  id: string;
  type: EncryptionKeyType;
}

export type EncryptionKeyType = "KMS";

export interface EnvironmentVariable {
  name: string;
  value: string;
  type?: EnvironmentVariableType;
}

export type EnvironmentVariableType = "PLAINTEXT" | "SECRETS_MANAGER";

export interface ErrorDetails {
  code?: string;
  message?: string;
}

export interface ExecutionDetails {
  summary?: string;
  externalExecutionId?: string;
  percentComplete?: number;
}

export type ExecutionMode = "QUEUED" | "SUPERSEDED" | "PARALLEL";

export interface ExecutionTrigger {
  triggerType?: TriggerType;
  triggerDetail?: string;
}

export type ExecutionType = "STANDARD" | "ROLLBACK";

export interface ExecutorConfiguration {
  lambdaExecutorConfiguration?: LambdaExecutorConfiguration;
  jobWorkerExecutorConfiguration?: JobWorkerExecutorConfiguration;
}

export type ExecutorType = "JobWorker" | "Lambda";

export interface FailureConditions {
  result?: Result;
  retryConfiguration?: RetryConfiguration;
  conditions?: Condition[];
}

export interface FailureDetails {
  type: FailureType;
  message: string;
  externalExecutionId?: string;
}

export type FailureType = "JobFailed" | "ConfigurationError" | "PermissionError" | "RevisionOutOfSync" | "RevisionUnavailable" | "SystemUnavailable";

export interface GetActionTypeInput {
  category: ActionCategory;
  owner: string;
  provider: string;
  version: string;
}

export interface GetActionTypeOutput {
  actionType?: ActionTypeDeclaration;
}

export interface GetJobDetailsInput {
  jobId: string;
}

export interface GetJobDetailsOutput {
  jobDetails?: JobDetails;
}

export interface GetPipelineExecutionInput {
  pipelineName: string;
  pipelineExecutionId: string;
}

export interface GetPipelineExecutionOutput {
  pipelineExecution?: PipelineExecution;
}

export interface GetPipelineInput {
  name: string;
  version?: number;
}

export interface GetPipelineOutput {
  pipeline?: PipelineDeclaration;
  metadata?: PipelineMetadata;
}

export interface GetPipelineStateInput {
  name: string;
}

export interface GetPipelineStateOutput {
  pipelineName?: string;
  pipelineVersion?: number;
  stageStates?: StageState[];
  created?: Date;
  updated?: Date;
}

export interface GetThirdPartyJobDetailsInput {
  jobId: string;
  clientToken: string;
}

export interface GetThirdPartyJobDetailsOutput {
  jobDetails?: ThirdPartyJobDetails;
}

export interface GitBranchFilterCriteria {
  includes?: string[];
  excludes?: string[];
}

export interface GitConfiguration {
  sourceActionName: string;
  push?: GitPushFilter[];
  pullRequest?: GitPullRequestFilter[];
}

export interface GitFilePathFilterCriteria {
  includes?: string[];
  excludes?: string[];
}

export type GitPullRequestEventType = "OPEN" | "UPDATED" | "CLOSED";

export interface GitPullRequestFilter {
  events?: GitPullRequestEventType[];
  branches?: GitBranchFilterCriteria;
  filePaths?: GitFilePathFilterCriteria;
}

export interface GitPushFilter {
  tags?: GitTagFilterCriteria;
  branches?: GitBranchFilterCriteria;
  filePaths?: GitFilePathFilterCriteria;
}

export interface GitTagFilterCriteria {
  includes?: string[];
  excludes?: string[];
}

export interface InputArtifact {
  name: string;
}

export interface Job {
  id?: string;
  data?: JobData;
  nonce?: string;
  accountId?: string;
}

export interface JobData {
  actionTypeId?: ActionTypeId;
  actionConfiguration?: ActionConfiguration;
  pipelineContext?: PipelineContext;
  inputArtifacts?: Artifact[];
  outputArtifacts?: Artifact[];
  artifactCredentials?: AWSSessionCredentials;
  continuationToken?: string;
  encryptionKey?: EncryptionKey;
}

export interface JobDetails {
  id?: string;
  data?: JobData;
  accountId?: string;
}

export type JobStatus = "Created" | "Queued" | "Dispatched" | "InProgress" | "TimedOut" | "Succeeded" | "Failed";

export interface JobWorkerExecutorConfiguration {
  pollingAccounts?: string[];
  pollingServicePrincipals?: string[];
}

export interface LambdaExecutorConfiguration {
  lambdaFunctionArn: string;
}

export interface LatestInPipelineExecutionFilter {
  pipelineExecutionId: string;
  startTimeRange: StartTimeRange;
}

export interface ListActionExecutionsInput {
  pipelineName: string;
  filter?: ActionExecutionFilter;
  maxResults?: number;
  nextToken?: string;
}

export interface ListActionExecutionsOutput {
  actionExecutionDetails?: ActionExecutionDetail[];
  nextToken?: string;
}

export interface ListActionTypesInput {
  actionOwnerFilter?: ActionOwner;
  nextToken?: string;
  regionFilter?: string;
}

export interface ListActionTypesOutput {
  actionTypes: ActionType[];
  nextToken?: string;
}

export interface ListDeployActionExecutionTargetsInput {
  pipelineName?: string;
  actionExecutionId: string;
  filters?: TargetFilter[];
  maxResults?: number;
  nextToken?: string;
}

export interface ListDeployActionExecutionTargetsOutput {
  targets?: DeployActionExecutionTarget[];
  nextToken?: string;
}

export interface ListPipelineExecutionsInput {
  pipelineName: string;
  maxResults?: number;
  filter?: PipelineExecutionFilter;
  nextToken?: string;
}

export interface ListPipelineExecutionsOutput {
  pipelineExecutionSummaries?: PipelineExecutionSummary[];
  nextToken?: string;
}

export interface ListPipelinesInput {
  nextToken?: string;
  maxResults?: number;
}

export interface ListPipelinesOutput {
  pipelines?: PipelineSummary[];
  nextToken?: string;
}

export interface ListRuleExecutionsInput {
  pipelineName: string;
  filter?: RuleExecutionFilter;
  maxResults?: number;
  nextToken?: string;
}

export interface ListRuleExecutionsOutput {
  ruleExecutionDetails?: RuleExecutionDetail[];
  nextToken?: string;
}

export interface ListRuleTypesInput {
  ruleOwnerFilter?: RuleOwner;
  regionFilter?: string;
}

export interface ListRuleTypesOutput {
  ruleTypes: RuleType[];
}

export interface ListTagsForResourceInput {
  resourceArn: string;
  nextToken?: string;
  maxResults?: number;
}

export interface ListTagsForResourceOutput {
  tags?: Tag[];
  nextToken?: string;
}

export interface ListWebhookItem {
  definition: WebhookDefinition;
  url: string;
  errorMessage?: string;
  errorCode?: string;
  lastTriggered?: Date;
  arn?: string;
  tags?: Tag[];
}

export interface ListWebhooksInput {
  NextToken?: string;
  MaxResults?: number;
}

export interface ListWebhooksOutput {
  webhooks?: ListWebhookItem[];
  NextToken?: string;
}

export interface OutputArtifact {
  name: string;
  files?: string[];
}

export interface OverrideStageConditionInput {
  pipelineName: string;
  stageName: string;
  pipelineExecutionId: string;
  conditionType: ConditionType;
}

export interface PipelineContext {
  pipelineName?: string;
  stage?: StageContext;
  action?: ActionContext;
  pipelineArn?: string;
  pipelineExecutionId?: string;
}

export interface PipelineDeclaration {
  name: string;
  roleArn: string;
  artifactStore?: ArtifactStore;
  artifactStores?: Record<string, ArtifactStore>;
  stages: StageDeclaration[];
  version?: number;
  executionMode?: ExecutionMode;
  pipelineType?: PipelineType;
  variables?: PipelineVariableDeclaration[];
  triggers?: PipelineTriggerDeclaration[];
}

export interface PipelineExecution {
  pipelineName?: string;
  pipelineVersion?: number;
  pipelineExecutionId?: string;
  status?: PipelineExecutionStatus;
  statusSummary?: string;
  artifactRevisions?: ArtifactRevision[];
  variables?: ResolvedPipelineVariable[];
  trigger?: ExecutionTrigger;
  executionMode?: ExecutionMode;
  executionType?: ExecutionType;
  rollbackMetadata?: PipelineRollbackMetadata;
}

export interface PipelineExecutionFilter {
  succeededInStage?: SucceededInStageFilter;
}

export type PipelineExecutionStatus = "Cancelled" | "InProgress" | "Stopped" | "Stopping" | "Succeeded" | "Superseded" | "Failed";

export interface PipelineExecutionSummary {
  pipelineExecutionId?: string;
  status?: PipelineExecutionStatus;
  statusSummary?: string;
  startTime?: Date;
  lastUpdateTime?: Date;
  sourceRevisions?: SourceRevision[];
  trigger?: ExecutionTrigger;
  stopTrigger?: StopExecutionTrigger;
  executionMode?: ExecutionMode;
  executionType?: ExecutionType;
  rollbackMetadata?: PipelineRollbackMetadata;
}

export interface PipelineMetadata {
  pipelineArn?: string;
  created?: Date;
  updated?: Date;
  pollingDisabledAt?: Date;
}

export interface PipelineRollbackMetadata {
  rollbackTargetPipelineExecutionId?: string;
}

export interface PipelineSummary {
  name?: string;
  version?: number;
  pipelineType?: PipelineType;
  executionMode?: ExecutionMode;
  created?: Date;
  updated?: Date;
}

export interface PipelineTriggerDeclaration {
  providerType: PipelineTriggerProviderType;
  gitConfiguration: GitConfiguration;
}

export type PipelineTriggerProviderType = "CodeStarSourceConnection";

export type PipelineType = "V1" | "V2";

export interface PipelineVariable {
  name: string;
  value: string;
}

export interface PipelineVariableDeclaration {
  name: string;
  defaultValue?: string;
  description?: string;
}

export interface PollForJobsInput {
  actionTypeId: ActionTypeId;
  maxBatchSize?: number;
  queryParam?: Record<string, string>;
}

export interface PollForJobsOutput {
  jobs?: Job[];
}

export interface PollForThirdPartyJobsInput {
  actionTypeId: ActionTypeId;
  maxBatchSize?: number;
}

export interface PollForThirdPartyJobsOutput {
  jobs?: ThirdPartyJob[];
}

export interface PutActionRevisionInput {
  pipelineName: string;
  stageName: string;
  actionName: string;
  actionRevision: ActionRevisionInput;
}

export interface PutActionRevisionOutput {
  newRevision?: boolean;
  pipelineExecutionId?: string;
}

export interface PutApprovalResultInput {
  pipelineName: string;
  stageName: string;
  actionName: string;
  result: ApprovalResult;
  token: string;
}

export interface PutApprovalResultOutput {
  approvedAt?: Date;
}

export interface PutJobFailureResultInput {
  jobId: string;
  failureDetails: FailureDetails;
}

export interface PutJobSuccessResultInput {
  jobId: string;
  currentRevision?: CurrentRevision;
  continuationToken?: string;
  executionDetails?: ExecutionDetails;
  outputVariables?: Record<string, string>;
}

export interface PutThirdPartyJobFailureResultInput {
  jobId: string;
  clientToken: string;
  failureDetails: FailureDetails;
}

export interface PutThirdPartyJobSuccessResultInput {
  jobId: string;
  clientToken: string;
  currentRevision?: CurrentRevision;
  continuationToken?: string;
  executionDetails?: ExecutionDetails;
}

export interface PutWebhookInput {
  webhook: WebhookDefinition;
  tags?: Tag[];
}

export interface PutWebhookOutput {
  webhook?: ListWebhookItem;
}

export interface RegisterWebhookWithThirdPartyInput {
  webhookName?: string;
}

export interface RegisterWebhookWithThirdPartyOutput {}

export interface ResolvedPipelineVariable {
  name?: string;
  resolvedValue?: string;
}

export type Result = "ROLLBACK" | "FAIL" | "RETRY" | "SKIP";

export interface RetryConfiguration {
  retryMode?: StageRetryMode;
}

export interface RetryStageExecutionInput {
  pipelineName: string;
  stageName: string;
  pipelineExecutionId: string;
  retryMode: StageRetryMode;
}

export interface RetryStageExecutionOutput {
  pipelineExecutionId?: string;
}

export interface RetryStageMetadata {
  autoStageRetryAttempt?: number;
  manualStageRetryAttempt?: number;
  latestRetryTrigger?: RetryTrigger;
}

export type RetryTrigger = "AutomatedStageRetry" | "ManualStageRetry";

export interface RollbackStageInput {
  pipelineName: string;
  stageName: string;
  targetPipelineExecutionId: string;
}

export interface RollbackStageOutput {
  pipelineExecutionId: string;
}

export type RuleCategory = "Rule";

export interface RuleConfigurationProperty {
  name: string;
  required: boolean;
  key: boolean;
  secret: boolean;
  queryable?: boolean;
  description?: string;
  type?: RuleConfigurationPropertyType;
}

export type RuleConfigurationPropertyType = "String" | "Number" | "Boolean";

export interface RuleDeclaration {
  name: string;
  ruleTypeId: RuleTypeId;
  configuration?: Record<string, string>;
  commands?: string[];
  inputArtifacts?: InputArtifact[];
  roleArn?: string;
  region?: string;
  timeoutInMinutes?: number;
}

export interface RuleExecution {
  ruleExecutionId?: string;
  status?: RuleExecutionStatus;
  summary?: string;
  lastStatusChange?: Date;
  token?: string;
  lastUpdatedBy?: string;
  externalExecutionId?: string;
  externalExecutionUrl?: string;
  errorDetails?: ErrorDetails;
}

export interface RuleExecutionDetail {
  pipelineExecutionId?: string;
  ruleExecutionId?: string;
  pipelineVersion?: number;
  stageName?: string;
  ruleName?: string;
  startTime?: Date;
  lastUpdateTime?: Date;
  updatedBy?: string;
  status?: RuleExecutionStatus;
  input?: RuleExecutionInput;
  output?: RuleExecutionOutput;
}

export interface RuleExecutionFilter {
  pipelineExecutionId?: string;
  latestInPipelineExecution?: LatestInPipelineExecutionFilter;
}

export interface RuleExecutionInput {
  ruleTypeId?: RuleTypeId;
  configuration?: Record<string, string>;
  resolvedConfiguration?: Record<string, string>;
  roleArn?: string;
  region?: string;
  inputArtifacts?: ArtifactDetail[];
}

export interface RuleExecutionOutput {
  executionResult?: RuleExecutionResult;
}

export interface RuleExecutionResult {
  externalExecutionId?: string;
  externalExecutionSummary?: string;
  externalExecutionUrl?: string;
  errorDetails?: ErrorDetails;
}

export type RuleExecutionStatus = "InProgress" | "Abandoned" | "Succeeded" | "Failed";

export type RuleOwner = "AWS";

export interface RuleRevision {
  revisionId: string;
  revisionChangeId: string;
  created: Date;
}

export interface RuleState {
  ruleName?: string;
  currentRevision?: RuleRevision;
  latestExecution?: RuleExecution;
  entityUrl?: string;
  revisionUrl?: string;
}

export interface RuleType {
  id: RuleTypeId;
  settings?: RuleTypeSettings;
  ruleConfigurationProperties?: RuleConfigurationProperty[];
  inputArtifactDetails: ArtifactDetails;
}

export interface RuleTypeId {
  category: RuleCategory;
  owner?: RuleOwner;
  provider: string;
  version?: string;
}

export interface RuleTypeSettings {
  thirdPartyConfigurationUrl?: string;
  entityUrlTemplate?: string;
  executionUrlTemplate?: string;
  revisionUrlTemplate?: string;
}

export interface S3ArtifactLocation {
  bucketName: string;
  objectKey: string;
}

export interface S3Location {
  bucket?: string;
  key?: string;
}

export interface SourceRevision {
  actionName: string;
  revisionId?: string;
  revisionSummary?: string;
  revisionUrl?: string;
}

export interface SourceRevisionOverride {
  actionName: string;
  revisionType: SourceRevisionType;
  revisionValue: string;
}

export type SourceRevisionType = "COMMIT_ID" | "IMAGE_DIGEST" | "S3_OBJECT_VERSION_ID" | "S3_OBJECT_KEY";

export interface StageConditionState {
  latestExecution?: StageConditionsExecution;
  conditionStates?: ConditionState[];
}

export interface StageConditionsExecution {
  status?: ConditionExecutionStatus;
  summary?: string;
}

export interface StageContext {
  name?: string;
}

export interface StageDeclaration {
  name: string;
  blockers?: BlockerDeclaration[];
  actions: ActionDeclaration[];
  onFailure?: FailureConditions;
  onSuccess?: SuccessConditions;
  beforeEntry?: BeforeEntryConditions;
}

export interface StageExecution {
  pipelineExecutionId: string;
  status: StageExecutionStatus;
  type?: ExecutionType;
}

export type StageExecutionStatus = "Cancelled" | "InProgress" | "Failed" | "Stopped" | "Stopping" | "Succeeded" | "Skipped";

export type StageRetryMode = "FAILED_ACTIONS" | "ALL_ACTIONS";

export interface StageState {
  stageName?: string;
  inboundExecution?: StageExecution;
  inboundExecutions?: StageExecution[];
  inboundTransitionState?: TransitionState;
  actionStates?: ActionState[];
  latestExecution?: StageExecution;
  beforeEntryConditionState?: StageConditionState;
  onSuccessConditionState?: StageConditionState;
  onFailureConditionState?: StageConditionState;
  retryStageMetadata?: RetryStageMetadata;
}

export type StageTransitionType = "Inbound" | "Outbound";

export interface StartPipelineExecutionInput {
  name: string;
  variables?: PipelineVariable[];
  clientRequestToken?: string;
  sourceRevisions?: SourceRevisionOverride[];
}

export interface StartPipelineExecutionOutput {
  pipelineExecutionId?: string;
}

export type StartTimeRange = "Latest" | "All";

export interface StopExecutionTrigger {
  reason?: string;
}

export interface StopPipelineExecutionInput {
  pipelineName: string;
  pipelineExecutionId: string;
  abandon?: boolean;
  reason?: string;
}

export interface StopPipelineExecutionOutput {
  pipelineExecutionId?: string;
}

export interface SucceededInStageFilter {
  stageName?: string;
}

export interface SuccessConditions {
  conditions: Condition[];
}

export interface Tag {
  key: string;
  value: string;
}

export interface TagResourceInput {
  resourceArn: string;
  tags: Tag[];
}

export interface TagResourceOutput {}

export interface TargetFilter {
  name?: TargetFilterName;
  values?: string[];
}

export type TargetFilterName = "TARGET_STATUS";

export interface ThirdPartyJob {
  clientId?: string;
  jobId?: string;
}

export interface ThirdPartyJobData {
  actionTypeId?: ActionTypeId;
  actionConfiguration?: ActionConfiguration;
  pipelineContext?: PipelineContext;
  inputArtifacts?: Artifact[];
  outputArtifacts?: Artifact[];
  artifactCredentials?: AWSSessionCredentials;
  continuationToken?: string;
  encryptionKey?: EncryptionKey;
}

export interface ThirdPartyJobDetails {
  id?: string;
  data?: ThirdPartyJobData;
  nonce?: string;
}

export interface TransitionState {
  enabled?: boolean;
  lastChangedBy?: string;
  lastChangedAt?: Date;
  disabledReason?: string;
}

export type TriggerType = "CreatePipeline" | "StartPipelineExecution" | "PollForSourceChanges" | "Webhook" | "CloudWatchEvent" | "PutActionRevision" | "WebhookV2" | "ManualRollback" | "AutomatedRollback";

export interface UntagResourceInput {
  resourceArn: string;
  tagKeys: string[];
}

export interface UntagResourceOutput {}

export interface UpdateActionTypeInput {
  actionType: ActionTypeDeclaration;
}

export interface UpdatePipelineInput {
  pipeline: PipelineDeclaration;
}

export interface UpdatePipelineOutput {
  pipeline?: PipelineDeclaration;
}

export interface WebhookAuthConfiguration {
  AllowedIPRange?: string;
  SecretToken?: string;
}

export type WebhookAuthenticationType = "GITHUB_HMAC" | "IP" | "UNAUTHENTICATED";

export interface WebhookDefinition {
  name: string;
  targetPipeline: string;
  targetAction: string;
  filters: WebhookFilterRule[];
  authentication: WebhookAuthenticationType;
  authenticationConfiguration: WebhookAuthConfiguration;
}

export interface WebhookFilterRule {
  jsonPath: string;
  matchEquals?: string;
}

/** The operations as methods, named as in the AWS SDK. */
export interface Operations {
  /** Claims a job that was handed out, so that no other worker gets it. */
  acknowledgeJob(input: AcknowledgeJobInput): Promise<AcknowledgeJobOutput>;
  /** Claims a partner job that was handed out. */
  acknowledgeThirdPartyJob(input: AcknowledgeThirdPartyJobInput): Promise<AcknowledgeThirdPartyJobOutput>;
  /** Makes an action type whose work is done by your own job workers. */
  createCustomActionType(input: CreateCustomActionTypeInput): Promise<CreateCustomActionTypeOutput>;
  /** Makes a pipeline and starts it once. */
  createPipeline(input: CreatePipelineInput): Promise<CreatePipelineOutput>;
  /** Marks a custom action type as deleted; its version cannot be used again. */
  deleteCustomActionType(input: DeleteCustomActionTypeInput): Promise<void>;
  /** Removes a pipeline; removing one that does not exist succeeds as well. */
  deletePipeline(input: DeletePipelineInput): Promise<void>;
  /** Removes a webhook; removing one that does not exist succeeds as well. */
  deleteWebhook(input: DeleteWebhookInput): Promise<DeleteWebhookOutput>;
  /** Takes a webhook off the repository it was registered with. */
  deregisterWebhookWithThirdParty(input?: DeregisterWebhookWithThirdPartyInput): Promise<DeregisterWebhookWithThirdPartyOutput>;
  /** Closes the way into or out of a stage. */
  disableStageTransition(input: DisableStageTransitionInput): Promise<void>;
  /** Opens the way into or out of a stage. */
  enableStageTransition(input: EnableStageTransitionInput): Promise<void>;
  /** Reads the integration model of an action type. */
  getActionType(input: GetActionTypeInput): Promise<GetActionTypeOutput>;
  /** Looks up a job, with fresh credentials. */
  getJobDetails(input: GetJobDetailsInput): Promise<GetJobDetailsOutput>;
  /** Reads the declaration of a pipeline, the latest or an older version. */
  getPipeline(input: GetPipelineInput): Promise<GetPipelineOutput>;
  /** Reads one execution of a pipeline. */
  getPipelineExecution(input: GetPipelineExecutionInput): Promise<GetPipelineExecutionOutput>;
  /** Reads how every stage and action of a pipeline stands. */
  getPipelineState(input: GetPipelineStateInput): Promise<GetPipelineStateOutput>;
  /** Looks up a partner job, with fresh credentials. */
  getThirdPartyJobDetails(input: GetThirdPartyJobDetailsInput): Promise<GetThirdPartyJobDetailsOutput>;
  /** Lists the runs of the actions of a pipeline, newest first. */
  listActionExecutions(input: ListActionExecutionsInput): Promise<ListActionExecutionsOutput>;
  /** Lists the action types of the account. */
  listActionTypes(input?: ListActionTypesInput): Promise<ListActionTypesOutput>;
  /** Lists the instances that a deployment reached. */
  listDeployActionExecutionTargets(input: ListDeployActionExecutionTargetsInput): Promise<ListDeployActionExecutionTargetsOutput>;
  /** Lists the executions of a pipeline, newest first. */
  listPipelineExecutions(input: ListPipelineExecutionsInput): Promise<ListPipelineExecutionsOutput>;
  /** Lists the pipelines of the account. */
  listPipelines(input?: ListPipelinesInput): Promise<ListPipelinesOutput>;
  /** Lists the runs of the rules of a pipeline, newest first. */
  listRuleExecutions(input: ListRuleExecutionsInput): Promise<ListRuleExecutionsOutput>;
  /** Lists the types of rules that conditions can use. */
  listRuleTypes(input?: ListRuleTypesInput): Promise<ListRuleTypesOutput>;
  /** Lists the tags of a resource. */
  listTagsForResource(input: ListTagsForResourceInput): Promise<ListTagsForResourceOutput>;
  /** Lists the webhooks of the account. */
  listWebhooks(input?: ListWebhooksInput): Promise<ListWebhooksOutput>;
  /** Lets an execution pass although a condition does not hold. */
  overrideStageCondition(input: OverrideStageConditionInput): Promise<void>;
  /** Asks for work of a custom action type. */
  pollForJobs(input: PollForJobsInput): Promise<PollForJobsOutput>;
  /** Asks for work of a partner action type. */
  pollForThirdPartyJobs(input: PollForThirdPartyJobsInput): Promise<PollForThirdPartyJobsOutput>;
  /** Reports a new revision to a source action, which starts the pipeline. */
  putActionRevision(input: PutActionRevisionInput): Promise<PutActionRevisionOutput>;
  /** Approves or rejects at a manual approval. */
  putApprovalResult(input: PutApprovalResultInput): Promise<PutApprovalResultOutput>;
  /** Reports that a job failed. */
  putJobFailureResult(input: PutJobFailureResultInput): Promise<void>;
  /** Reports that a job succeeded, or goes on in another job. */
  putJobSuccessResult(input: PutJobSuccessResultInput): Promise<void>;
  /** Reports that a partner job failed. */
  putThirdPartyJobFailureResult(input: PutThirdPartyJobFailureResultInput): Promise<void>;
  /** Reports that a partner job succeeded, or goes on in another job. */
  putThirdPartyJobSuccessResult(input: PutThirdPartyJobSuccessResultInput): Promise<void>;
  /** Makes or changes a webhook. */
  putWebhook(input: PutWebhookInput): Promise<PutWebhookOutput>;
  /** Registers a webhook with the repository of its source action. */
  registerWebhookWithThirdParty(input?: RegisterWebhookWithThirdPartyInput): Promise<RegisterWebhookWithThirdPartyOutput>;
  /** Runs a failed stage again, all of it or what failed. */
  retryStageExecution(input: RetryStageExecutionInput): Promise<RetryStageExecutionOutput>;
  /** Runs a stage again with what an earlier execution succeeded with. */
  rollbackStage(input: RollbackStageInput): Promise<RollbackStageOutput>;
  /** Starts a pipeline with the latest or with given revisions. */
  startPipelineExecution(input: StartPipelineExecutionInput): Promise<StartPipelineExecutionOutput>;
  /** Stops an execution, after or without waiting for its running actions. */
  stopPipelineExecution(input: StopPipelineExecutionInput): Promise<StopPipelineExecutionOutput>;
  /** Adds tags to a resource or changes them. */
  tagResource(input: TagResourceInput): Promise<TagResourceOutput>;
  /** Takes tags off a resource. */
  untagResource(input: UntagResourceInput): Promise<UntagResourceOutput>;
  /** Changes the integration model of an action type. */
  updateActionType(input: UpdateActionTypeInput): Promise<void>;
  /** Replaces the declaration of a pipeline, whose version goes up by one. */
  updatePipeline(input: UpdatePipelineInput): Promise<UpdatePipelineOutput>;
}
