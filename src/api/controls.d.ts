/** What `Simulator.open` and `reset` may be told. */
export interface OpenOptions {
  /** Name of the world; `default` where absent. */
  world?: string;
  /** Where it is kept; `indexeddb` where absent. */
  storage?: "indexeddb" | "memory";
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
  /** What was set: the alarm, the function. */
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
  /** Hears every fact after it is committed, in order. Call the answer to stop. */
  subscribe(listener: (fact: Fact) => void): () => void;
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
  /** Puts an alarm into a state; every alarm that nobody set is OK. Rules that watch it look at once. */
  setAlarm(input: { alarmName: string; state: "OK" | "ALARM" | "INSUFFICIENT_DATA" }): Promise<void>;
  /** What a function answers to LambdaInvoke rules; one that nobody set returns. */
  setLambdaResult(input: {
    functionName: string;
    result?: { kind: "success" } | { kind: "error"; message?: string } | null;
  }): Promise<void>;
  pushRevision(input: {
    provider: "CodeCommit" | "CodeStarSourceConnection" | "GitHub" | "S3" | "ECR";
    repository?: string;
    branch?: string;
    bucket?: string;
    key?: string;
    tag?: string;
    message?: string;
    revisionId?: string;
  }): Promise<void>;
  exportWorld(): string;
  importWorld(text: string): Promise<void>;
  reset(options?: OpenOptions): Promise<void>;
  takeOver(): Promise<void>;
  close(): Promise<void>;
  readonly storageState: "attached" | "memory" | "readonly" | "detached";
  readonly storageReason?: string;
  readonly world: string;
}

export namespace Simulator {
  /** Opens a world; one that does not exist yet begins. */
  function open(options?: OpenOptions): Promise<Simulator>;
}
