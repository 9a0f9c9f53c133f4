/** What `Simulator.open` and `reset` may be told. */
export interface OpenOptions {
  /** Name of the world; `default` where absent. */
  world?: string;
  /** Where it is kept. Where absent: `indexeddb` in a browser, `memory` in Node. */
  storage?: "indexeddb" | "memory" | HandedStorage;
  /** Everything random follows from this. */
  seed?: number;
  /** Twelve digits. */
  accountId?: string;
  /** Home Region; `us-east-1` where absent. */
  region?: string;
  /** ARN partition; `aws` where absent. */
  partition?: string;
  /** ARN of whoever calls the API. */
  callerArn?: string;
  /** Where the clock begins, in milliseconds since 1970; now where absent. */
  startTime?: number;
  /** Whether finished executions are kept. */
  history?: "full" | "none";
  /** Answers the `SecretToken` of webhooks as it is. The service answers `****`, and so does a world that is not told. */
  showWebhookSecrets?: boolean;
}

/**
 * A storage of your own: a world file, and lines appended to it. Every method settles once its work is kept; one that
 * fails detaches the world, which goes on in memory.
 */
export interface HandedStorage {
  /** What is stored: the text of the last `replace`, and every line appended since, in order. */
  load(): Promise<{ world: string; journal: string[] } | undefined>;
  /** Keeps one more line. Nothing that it holds is told to anybody before this settles. */
  append(line: string): Promise<void>;
  /** Keeps this text (a world file, as of `exportWorld`) in the place of the last one and of all lines. */
  replace(world: string): Promise<void>;
}

/** What the AWS SDK for JavaScript takes in the place of its connections. */
export interface RequestHandler {
  handle(request: any, options?: any): Promise<{ response: any }>;
  metadata: { handlerProtocol: string };
  destroy(): void;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): Record<string, never>;
}

/** Something that happened. Members that do not apply are absent. */
export interface Fact {
  /** Its number in the world, from 1, without gaps. */
  sequence: number;
  /** When on the virtual clock, in milliseconds since 1970. */
  time: number;
  /** What happened: `StageEntered`, `ActionEnded` … */
  type: string;
  /** The operation or control that caused it; absent where the clock did. */
  call?: string;
  pipelineName?: string;
  pipelineExecutionId?: string;
  stageName?: string;
  actionName?: string;
  actionExecutionId?: string;
  condition?: ConditionPlace;
  ruleName?: string;
  ruleExecutionId?: string;
  /** The job. */
  jobId?: string;
  /**
   * What it is about: the alarm, the function, the client, the ARN of what was tagged or called, the operation that
   * fails; or whose worker it was, as `Test/Custom/Rig/1`.
   */
  resource?: string;
  /** The status it led to, in the API's word. */
  status?: string;
  /** Why. */
  reason?: {
    rule: string;
    pipelineExecutionId?: string;
    stageName?: string;
    actionName?: string;
    condition?: ConditionPlace;
    ruleName?: string;
  };
  /** An approval with a `NotificationArn` began, and this is published there. */
  publication?: { topicArn: string; message: ApprovalMessage };
}

/** The message to the topic of an approval. */
export interface ApprovalMessage {
  region: string;
  consoleLink: string;
  approval: {
    pipelineName: string;
    stageName: string;
    actionName: string;
    /** What `putApprovalResult` takes. */
    token: string;
    /** When it fails if nobody answers: `2026-03-03T09:59Z`. */
    expires: string;
    externalEntityLink?: string;
    approvalReviewLink: string;
    customData?: string;
  };
}

/** What changed its state. */
export type StateChangeType =
  | "CodePipeline Pipeline Execution State Change"
  | "CodePipeline Stage Execution State Change"
  | "CodePipeline Action Execution State Change";

/** The detail of an event. Members that do not apply are absent; times are ISO 8601 with milliseconds. */
export interface StateChangeDetail {
  pipeline: string;
  "execution-id": string;
  "start-time": string;
  /** Pipeline events: when it starts, what started it; where a git trigger did, the commit, also later. */
  "execution-trigger"?:
    | { "trigger-type": string; "trigger-detail": string }
    | {
        "author-display-name"?: string;
        "full-repository-name"?: string;
        "provider-type"?: string;
        "author-email"?: string;
        "commit-message"?: string;
        "author-date"?: string;
        "tag-name"?: string;
        "branch-name"?: string;
        "commit-id"?: string;
        "connection-arn"?: string;
        "author-id"?: string;
      };
  stage?: string;
  "action-execution-id"?: string;
  action?: string;
  "input-artifacts"?: ArtifactDetail[];
  "output-artifacts"?: ArtifactDetail[];
  "execution-result"?: {
    "external-execution-url"?: string;
    "external-execution-summary"?: string;
    "external-execution-id"?: string;
    "error-code"?: string;
  };
  state:
    | "STARTED"
    | "RESUMED"
    | "SUCCEEDED"
    | "FAILED"
    | "STOPPING"
    | "STOPPED"
    | "CANCELED"
    | "SUPERSEDED"
    | "ABANDONED";
  region?: string;
  type?: { owner: string; category: string; provider: string; version: string };
  version: number;
  "pipeline-execution-attempt": number;
  "stage-last-retry-attempt-time"?: string;
  "stop-execution-comments"?: string;
}

/** An event of the service, as EventBridge delivers it. */
export interface StateChange {
  version: "0";
  id: string;
  "detail-type": StateChangeType;
  source: "aws.codepipeline";
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: StateChangeDetail;
}

/** The same event, as a notification rule passes it on. */
export interface StateChangeNotification {
  account: string;
  detailType: StateChangeType;
  region: string;
  source: "aws.codepipeline";
  time: string;
  notificationRuleArn: string;
  detail: StateChangeDetail;
  resources: string[];
  additionalAttributes: {
    failedActionCount?: number;
    failedActions?: { action: string; additionalInformation: string }[];
    failedStage?: string;
    sourceActions?: {
      sourceActionName: string;
      sourceActionProvider: string;
      sourceActionVariables: Record<string, string>;
    }[];
    externalEntityLink?: string;
    customData?: string;
  };
}

/** Where a condition of a stage stands. */
export type ConditionPlace = "beforeEntry" | "onSuccess" | "onFailure";

/** What a behavior is for: an action that runs, one by its names, a rule of a condition, or all of a provider (`Build/AWS/CodeBuild`). */
export type BehaviorTarget =
  | { actionExecutionId: string }
  | { pipelineName: string; stageName: string; actionName: string }
  /** A rule that runs something (CodeBuild, Commands, LambdaInvoke); all of a kind are `Rule/AWS/CodeBuild`. */
  | { pipelineName: string; stageName: string; condition: ConditionPlace; ruleName: string }
  | { provider: string };

/** How simulated actions behave. Absent parts are decided by the next wider target, last by the catalogue. */
export interface Behavior {
  outcome?:
    | { kind: "succeed" }
    | { kind: "fail"; code?: FailureType; message?: string }
    | { kind: "hold" }
    | { kind: "hang" }
    | { kind: "flaky"; probability: number };
  /** Milliseconds of virtual time, both ends included. */
  duration?: { min: number; max: number };
  /** Output variables of a success. */
  outputVariables?: Record<string, string>;
  /** How many targets a deployment to EC2 or EKS that begins from now on reaches, 1 to 1000; 3 where nobody says. */
  targets?: number;
}

/** A worker of the simulator. Times are milliseconds of virtual time. */
export interface SimulatedWorker {
  /** A custom type or a partner's, as `Test/Custom/Rig/1`; version 1 where that is left out. */
  actionType: string;
  /** From one poll to the next; 30 seconds where absent. */
  interval?: number;
  /** How long it works on a job, both ends included; a minute where absent. */
  duration?: { min: number; max: number };
  /** What it reports instead of a success, always or with a probability. */
  failure?: { code?: FailureType; message?: string; probability?: number };
  /** It never acknowledges what it gets, or never reports what it has acknowledged. */
  silence?: "acknowledge" | "report";
  /** How many times it reports that the work goes on before it reports the end. */
  continuations?: number;
  /** How many jobs it has in hand at most; 10 where absent. */
  jobsAtOnce?: number;
  /** Output variables of a success; not for a partner's type. */
  outputVariables?: Record<string, string>;
}

/** A program outside does the work of a partner's type, or of functions (`Invoke/AWS/Lambda/1`). */
export interface ExternalWorker {
  actionType: string;
  external: true;
}

/** What a function that does jobs gets. */
export interface WorkerJob {
  id: string;
  data: JobData | ThirdPartyJobData;
  /** Not for a partner's job. */
  accountId?: string;
  /** For a partner's job only. */
  nonce?: string;
}

/** What it gives: nothing, a summary, or any of this. */
export type WorkerResult =
  | void
  | string
  | Pick<
      PutJobSuccessResultInput,
      "currentRevision" | "continuationToken" | "executionDetails" | "outputVariables"
    >;

/**
 * A function of yours does the work. It is called with each job, acknowledged already. What it returns, or what its
 * promise comes to, is the result; what it throws, or its promise rejects with, is the failure: with the error's
 * message, and its `code` where that is a FailureType. It lives as long as the page.
 */
export interface FunctionWorker {
  /** A custom type, a partner's, or functions. */
  actionType: string;
  work(job: WorkerJob): WorkerResult | Promise<WorkerResult>;
  /** What it asks for, where the type has a queryable property. */
  queryParam?: Record<string, string>;
  /** How it shows who it is, where it is a partner's. */
  clientToken?: string;
}

/** A change at a place where source actions look. Absent texts are made up. */
export type SourceChange =
  | GitChange
  | { provider: "S3"; bucket: string; key: string; revisionId?: string }
  | {
      provider: "ECR";
      repository: string;
      /** `latest` where absent. */
      tag?: string;
      revisionId?: string;
    };

/** A push to a branch, a tag, or something that happens to a pull request. */
export interface GitChange {
  provider: "CodeCommit" | "CodeStarSourceConnection" | "GitHub";
  /** `owner/name` where the provider has owners. */
  repository: string;
  /** The branch, `main` where absent; not with a pull request. */
  branch?: string;
  /** The push makes the branch, so there is nothing to compare its files with. */
  createsBranch?: boolean;
  /** The changed files, by their paths from the root of the repository. */
  files?: string[];
  /** A tag: it names the commit `revisionId`, or the newest of the branch. */
  tag?: string;
  pullRequest?: {
    /** An update is a push to the source branch, too, and a merge one to the destination. */
    event: GitPullRequestEventType;
    merged?: boolean;
    /** Its newest commit runs. */
    sourceBranch: string;
    /** `main` where absent. */
    destinationBranch?: string;
    id?: string;
    title?: string;
  };
  /** The Git host behind a connection; `GitHub` where absent. */
  host?: "GitHub" | "GitHubEnterpriseServer" | "GitLab" | "GitLabSelfManaged" | "Bitbucket";
  message?: string;
  revisionId?: string;
  author?: { name?: string; email?: string; id?: string };
}

/** What came of a change. */
export interface Reactions {
  /** The commit, version or digest. */
  revisionId: string;
  /** Every pipeline that watches the place, by name. */
  pipelines: {
    pipelineName: string;
    /** Whether at least one execution was started. */
    started: boolean;
    /** The executions. One that could not run is among them, and has failed. */
    pipelineExecutionIds: string[];
    /** When a poll of the pipeline will find the change, in milliseconds since 1970; absent where none will. */
    pollsAt?: number;
    /** The rule that decided. */
    rule: string;
    because: string;
    triggers: TriggerExplanation[];
  }[];
  /** The webhooks that are registered with the repository, and what they answered; absent where there are none. */
  webhooks?: WebhookAnswer[];
}

/** What a call of a webhook is answered with. */
export interface WebhookAnswer {
  /** As over HTTP: 200 (also where a filter did not let the body pass), 400, 403, 404. */
  status: number;
  /** Whether an execution was started. */
  started: boolean;
  /** Absent where no webhook has this address. */
  webhookName?: string;
  /** One that could not run has failed. */
  pipelineExecutionId?: string;
  /** The rule that decided. */
  rule: string;
  because: string;
  /** What each filter made of the body: all of them have to pass. Empty where none was asked. */
  filters: {
    jsonPath: string;
    /** `matchEquals` with the configuration of the source action filled in; absent where anything will do. */
    wants?: string;
    /** What the path selects, the first 20: texts as they are, anything else as JSON, 200 letters of each. */
    found: string[];
    passes: boolean;
  }[];
}

/** What one way in which a source action notices changes makes of a change. */
export interface TriggerExplanation {
  stageName: string;
  actionName: string;
  detection: "trigger" | "detectChanges" | "polling" | "eventRule";
  /** Whether the change is where the action looks. */
  watches: boolean;
  /** Whether the change starts the pipeline. */
  starts: boolean;
  rule: string;
  because: string;
  /** What will run, if it starts. */
  run?: { triggerType: TriggerType; branch?: string; tag?: string; revisionId?: string; rule: string; because: string };
  /** The filters of the action's trigger: one that passes is enough. */
  filters: {
    about: "push" | "pullRequest";
    index: number;
    passes: boolean;
    rule: string;
    because: string;
    /** All of them have to pass. */
    parts: {
      part: "events" | "tags" | "branches" | "filePaths";
      passes: boolean;
      rule: string;
      because: string;
      /** What was judged: one that passes is enough. */
      values: {
        value: string;
        passes: boolean;
        rule: string;
        because: string;
        includes: { pattern: string; matches: boolean; problem?: string }[];
        excludes: { pattern: string; matches: boolean; problem?: string }[];
      }[];
      /** How many files came too late to be judged. */
      notConsidered?: number;
    }[];
  }[];
}

/** How far `advance` goes: one of a span, `to`, `toNextEvent`, `untilIdle`. */
export interface AdvanceInput {
  milliseconds?: number;
  seconds?: number;
  minutes?: number;
  hours?: number;
  days?: number;
  to?: Date | number;
  toNextEvent?: true;
  untilIdle?: true;
  /** The furthest, in milliseconds of virtual time; 30 days where absent. */
  atMost?: number;
}

/** Why an execution is where it is. Times are milliseconds since 1970. Members that do not apply are absent. */
export interface Explanation {
  situation:
    | "Inside" | "Lock" | "Gate" | "GateAndLock" | "InLine" | "Inert" | "Passing"
    | "Superseded" | "Failed" | "Refused" | "Stopped" | "Cancelled" | "Succeeded" | "RolledBack" | "Ended";
  /** What keeps it inside a stage. */
  doing?:
    | "Working" | "Approval" | "Held" | "Hanging" | "Worker" | "Condition"
    | "Failing" | "Limit" | "Stopping" | "Cancelling";
  /** The stage that it is inside, in front of, or was last. */
  stageName?: string;
  since: number;
  /** The rule that decides, and what it says. */
  rule: string;
  sentence: string;
  /** What brought it there. */
  causes: {
    kind: "Execution" | "Transition" | "Action" | "Rule" | "Version" | "Limit" | "Variable" | "Stop";
    pipelineExecutionId?: string;
    stageName?: string;
    actionName?: string;
    condition?: ConditionPlace;
    ruleName?: string;
    alarmName?: string;
    text?: string;
    by?: string;
    since?: number;
    number?: number;
  }[];
  /** What would end it: the operation or control with which somebody does, or the instant at which it ends by itself. */
  ends: {
    call?: string;
    pipelineExecutionId?: string;
    stageName?: string;
    actionName?: string;
    actionExecutionId?: string;
    condition?: ConditionPlace;
    ruleName?: string;
    ruleExecutionId?: string;
    /** The job that a worker does, and how far it is. */
    jobId?: string;
    jobStatus?: JobStatus;
    at?: number;
    timeout?: true;
  }[];
  /** What can still go wrong. */
  risks: {
    kind: "Superseded" | "Timeout" | "Failure" | "Condition" | "Update" | "NoRetry";
    stageName?: string;
    actionName?: string;
    result?: string;
    at?: number;
    probability?: number;
  }[];
}

export interface Simulator extends Operations {
  /** Any operation by its name. */
  send(operation: string, input?: object): Promise<any>;
  /**
   * Answers an HTTP request as the service would: AWS JSON 1.1 or RPC v2 CBOR. `requireAuthorization` refuses requests
   * without a signature; signatures are never looked into.
   */
  fetch(request: Request, options?: { requireAuthorization?: boolean }): Promise<Response>;
  /** For `new CodePipelineClient({ region, credentials, requestHandler: simulator.requestHandler() })`. */
  requestHandler(): RequestHandler;
  /** Hears every fact after it is committed, in order. Call the answer to stop. */
  subscribe(listener: (fact: Fact) => void, options?: { format?: "facts" }): () => void;
  /** Hears the events that the service would send to EventBridge, after each is committed. */
  subscribe(listener: (event: StateChange) => void, options: { format: "eventbridge" }): () => void;
  /** Hears the same events as a notification rule passes them on. */
  subscribe(listener: (event: StateChangeNotification) => void, options: { format: "notification-rule" }): () => void;
  /** Where the clock stands. */
  clock(): { now: Date; playing: boolean; speed: number };
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Virtual seconds in a real one, 1 to 86,400. */
  setSpeed(speed: number): Promise<void>;
  advance(input: AdvanceInput): Promise<{
    facts: number;
    stopped: "arrived" | "idle" | "limit" | "cancelled";
    /** After `untilIdle`: the executions that still wait, and why. */
    waiting?: (Explanation & { pipelineName: string; pipelineExecutionId: string })[];
  }>;
  cancelAdvance(): void;
  setBehavior(input: { target: BehaviorTarget; behavior?: Behavior | null }): Promise<void>;
  getBehavior(target: BehaviorTarget): Behavior | undefined;
  /** Why an execution is where it is: for any execution, at any time. */
  explain(question: { pipelineName: string; pipelineExecutionId: string }): Explanation;
  completeAction(
    input: ({ actionExecutionId: string } | { pipelineName: string; stageName: string; actionName: string }) & {
      status?: "Succeeded" | "Failed";
      code?: FailureType;
      message?: string;
      outputVariables?: Record<string, string>;
    },
  ): Promise<void>;
  /** A worker does the jobs of an action type from now on, in the place of the one that did. */
  attachWorker(input: SimulatedWorker | ExternalWorker | FunctionWorker): Promise<void>;
  /** The worker of an action type asks for no more jobs; what it has in hand it still reports. */
  detachWorker(input: { actionType: string }): Promise<void>;
  /** With which token the worker of a partner shows who it is; `DEFAULT_CLIENT_TOKEN` where nobody says. */
  setClientToken(input: { clientId: string; clientToken?: string | null }): Promise<void>;
  /** Puts an alarm into a state; every alarm that nobody set is OK. Rules that watch it look at once. */
  setAlarm(input: { alarmName: string; state: "OK" | "ALARM" | "INSUFFICIENT_DATA" }): Promise<void>;
  /** What a function answers to LambdaInvoke rules; one that nobody set returns. */
  setLambdaResult(input: {
    functionName: string;
    result?: { kind: "success" } | { kind: "error"; message?: string } | null;
  }): Promise<void>;
  /** A change arrives; every pipeline that watches the place reacts by its own rules. */
  pushRevision(change: SourceChange): Promise<Reactions>;
  /** What a change would do to a pipeline: one element for each way in which it could be noticed. Nothing happens. */
  explainTriggers(input: { pipelineName: string; change: SourceChange }): TriggerExplanation[];
  /**
   * Whether a rule of EventBridge starts the pipeline when its CodeCommit, S3 or ECR sources change. `null` or absent:
   * where the console would have made one, which is for ECR always, else if PollForSourceChanges is "false".
   */
  setEventRule(input: { pipelineName: string; enabled?: boolean | null }): Promise<void>;
  /**
   * A schedule of EventBridge, `cron(minutes hours day-of-month month day-of-week year)` or `rate(5 minutes)`, in UTC.
   * `null` or absent removes it. Answers when it starts the pipeline next, in milliseconds since 1970.
   */
  setSchedule(input: {
    pipelineName: string;
    expression?: string | null;
    variables?: PipelineVariable[];
    sourceRevisions?: SourceRevisionOverride[];
  }): Promise<{ nextStart?: number }>;
  /**
   * Somebody calls a webhook, by its name or its address. A body that is no text is sent as JSON. `sign` adds the
   * signature that a Git host which knows the secret would send. A delivery that starts nothing is no error.
   */
  deliverWebhook(
    input: ({ webhookName: string } | { url: string }) & {
      body: unknown;
      headers?: Record<string, string>;
      sourceIp?: string;
      sign?: "sha256" | "sha1";
    },
  ): Promise<WebhookAnswer>;
  /**
   * The next calls of an operation answer with this error and change nothing: any error of the service, also one that
   * the operation does not declare, such as `ThrottlingException`, `AccessDeniedException` or `InternalFailure`. Several
   * are answered in the order in which they were said. `times` is 1 where absent, 1,000 at most; 0 takes back whatever
   * was said of the operation.
   */
  failNext(input: { operation: string; code?: string; message?: string; times?: number }): Promise<void>;
  exportWorld(): string;
  importWorld(text: string): Promise<void>;
  reset(options?: OpenOptions): Promise<void>;
  takeOver(): Promise<void>;
  close(): Promise<void>;
  readonly storageState: "attached" | "memory" | "readonly" | "detached";
  readonly storageReason?: string;
  readonly world: string;
  /** The number of the last fact; 0 before the first. */
  readonly sequence: number;
}

export namespace Simulator {
  /** Opens a world; one that does not exist yet begins. */
  function open(options?: OpenOptions): Promise<Simulator>;
}
