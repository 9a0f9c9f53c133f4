// What the AWS SDK for JavaScript is made to say: for every operation a call that goes well, and calls that go wrong in
// each way that the world can be brought to. Runs in Node and in a page, so nothing of either is used here.
//
// `input` makes the input of the call, after whatever the world needs first; `check` looks at the answer; `errors` says,
// for the name of an error, what to change in the input. `world.call` sends a further operation the same way.

import { action, benched, gated, hosted, partnered, pipeline, rig, shop } from "./declarations.mjs";

const NOBODY = "00000000-0000-4000-8000-000000000000";

/** The executions of a pipeline, newest first. */
const executions = async (world, pipelineName) =>
  (await world.call("ListPipelineExecutions", { pipelineName })).pipelineExecutionSummaries;

const execution = async (world, pipelineName = "shop") => ({
  pipelineName,
  pipelineExecutionId: (await executions(world, pipelineName))[0].pipelineExecutionId,
});

/** Like `shop`, changed. */
const changed = (change) => {
  const pipeline = structuredClone({ ...shop, name: "other" });
  change(pipeline);
  return { pipeline };
};

const gate = { pipelineName: "shop", stageName: "Ship", transitionType: "Inbound" };

const noPipeline = (input) => ({ ...input, pipelineName: "none" });
const noStage = (input) => ({ ...input, stageName: "None" });
const noExecution = (input) => ({ ...input, pipelineExecutionId: NOBODY });
const garbage = (input) => ({ ...input, nextToken: "garbage" });

/** Approves the execution that waits, and lets the world come to rest. */
async function approve(world, status = "Approved") {
  const input = await approval(world);
  await world.call("PutApprovalResult", { ...input, result: { summary: "", status } });
  await world.rest();
  return input;
}

async function approval(world) {
  const { stageStates } = await world.call("GetPipelineState", { name: "shop" });
  const { token } = stageStates[2].actionStates[0].latestExecution;
  const result = { summary: "fine", status: "Approved" };
  return { pipelineName: "shop", stageName: "Decide", actionName: "Approve", token, result };
}

/** The failed execution of the gated pipeline. */
async function held(world) {
  await world.simulator.setAlarm({ alarmName: "errors", state: "ALARM" });
  await world.call("CreatePipeline", { pipeline: gated });
  await world.rest();
  return { ...(await execution(world, "gated")), stageName: "Build", conditionType: "BEFORE_ENTRY" };
}

/** As many executions at once as there may be. */
async function crowd(world) {
  await world.call("UpdatePipeline", { pipeline: { ...shop, executionMode: "PARALLEL" } });
  for (let count = 0; count < 60; count += 1) {
    try {
      await world.call("StartPipelineExecution", { name: "shop" });
    } catch (error) {
      if (error.name !== "ConcurrentPipelineExecutionsLimitExceededException") throw error;
      return;
    }
  }
  throw new Error("there is no limit");
}

/** A job of a custom action waits for a worker. */
async function queued(world) {
  await world.call("CreateCustomActionType", rig);
  await world.call("CreatePipeline", { pipeline: benched });
  await world.rest();
  return { actionTypeId: benched.stages[1].actions[0].actionTypeId };
}

/** It is handed out. */
async function dispatched(world) {
  const { jobs } = await world.call("PollForJobs", await queued(world));
  return { jobId: jobs[0].id, nonce: jobs[0].nonce };
}

/** A worker has it. */
async function inHand(world) {
  const { jobId, nonce } = await dispatched(world);
  await world.call("AcknowledgeJob", { jobId, nonce });
  return { jobId };
}

/** A job waits for a partner's worker. */
async function queuedForPartner(world) {
  await world.simulator.attachWorker({ actionType: "Test/ThirdParty/Runscope/1", external: true });
  await world.call("CreatePipeline", { pipeline: partnered });
  await world.rest();
  return { actionTypeId: partnered.stages[1].actions[0].actionTypeId };
}

/** It is handed out. */
async function dispatchedToPartner(world) {
  const { jobs } = await world.call("PollForThirdPartyJobs", await queuedForPartner(world));
  return { jobId: jobs[0].jobId, clientToken: "DEFAULT_CLIENT_TOKEN" };
}

const acknowledgement = async (world) => {
  const input = await dispatchedToPartner(world);
  const { jobDetails } = await world.call("GetThirdPartyJobDetails", input);
  return { ...input, nonce: jobDetails.nonce };
};

/** A partner's worker has it. */
async function inHandOfPartner(world) {
  const { nonce, ...input } = await acknowledgement(world);
  await world.call("AcknowledgeThirdPartyJob", { ...input, nonce });
  return input;
}

const webhook = {
  webhook: {
    name: "pushes",
    targetPipeline: "shop",
    targetAction: "Checkout",
    filters: [{ jsonPath: "$.ref", matchEquals: "refs/heads/main" }],
    authentication: "GITHUB_HMAC",
    authenticationConfiguration: { SecretToken: "secret" },
  },
  tags: [{ key: "team", value: "web" }],
};

const otherwise = (more) => ({ ...webhook, webhook: { ...webhook.webhook, ...more } });

async function hooked(world) {
  await world.call("PutWebhook", webhook);
  return { webhookName: "pushes" };
}

const SHOP = "arn:aws:codepipeline:us-east-1:123456789012:shop";
const tooMany = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "" }));
const noArn = (input) => ({ ...input, resourceArn: SHOP.replace("us-east-1", "eu-west-1") });
const noResource = (input) => ({ ...input, resourceArn: SHOP.replace("shop", "none") });
const partner = { category: "Test", owner: "ThirdParty", provider: "Runscope", version: "1" };

const noJob = (input) => ({ ...input, jobId: NOBODY });
const noType = (input) => ({ actionTypeId: { ...input.actionTypeId, provider: "None" } });
const noToken = (input) => ({ ...input, clientToken: "guessed" });
const noNonce = (input) => ({ ...input, nonce: "999" });
const failure = { failureDetails: { type: "JobFailed", message: "broken" } };

/** It was reported already. */
const twice = (operation) => async (input, world) => {
  await world.call(operation, input);
  return input;
};

const isDate = (value) => value instanceof Date && !Number.isNaN(value.getTime());

/** Problems of declarations, by their error. */
const DECLARATIONS = {
  InvalidActionDeclarationException: () => changed((other) => (other.stages[1].actions[0].configuration = {})),
  InvalidBlockerDeclarationException: () =>
    changed((other) => (other.stages[1].blockers = [{ name: "Wait", type: "Schedule" }, { name: "Wait", type: "Schedule" }])),
  InvalidStageDeclarationException: () => changed((other) => (other.stages[1].name = "Source")),
  InvalidStructureException: () => changed((other) => other.stages.splice(1)),
};

const withNameOfShop = (make) => (...given) => {
  const input = make(...given);
  input.pipeline.name = "shop";
  return input;
};

export const CASES = {
  AcknowledgeJob: {
    input: dispatched,
    check: ({ status }) => status === "InProgress",
    errors: { InvalidNonceException: noNonce, JobNotFoundException: noJob },
  },
  AcknowledgeThirdPartyJob: {
    input: acknowledgement,
    check: ({ status }) => status === "InProgress",
    errors: {
      InvalidClientTokenException: noToken,
      InvalidNonceException: noNonce,
      JobNotFoundException: noJob,
    },
  },
  CreateCustomActionType: {
    input: () => ({ ...rig, tags: [{ key: "team", value: "bench" }] }),
    check: ({ actionType, tags }) => actionType.id.owner === "Custom" && tags[0].value === "bench",
    errors: {
      InvalidTagsException: (input) => ({ ...input, tags: [{ key: "aws:x", value: "" }] }),
      TooManyTagsException: (input) => ({
        ...input,
        tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "" })),
      }),
      LimitExceededException: async (input, world) => {
        for (let version = 1; version <= 50; version += 1) {
          await world.call("CreateCustomActionType", { ...rig, version: `v${version}` });
        }
        return input;
      },
    },
  },
  CreatePipeline: {
    input: () => ({ ...changed(() => {}), tags: [{ key: "team", value: "web" }] }),
    check: ({ pipeline, tags }) => pipeline.version === 1 && tags.length === 1,
    errors: {
      ...DECLARATIONS,
      PipelineNameInUseException: () => ({ pipeline: shop }),
      InvalidTagsException: (input) => ({ ...input, tags: [{ key: "aws:x", value: "" }] }),
      TooManyTagsException: (input) => ({
        ...input,
        tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "" })),
      }),
    },
  },
  DeleteCustomActionType: {
    input: async (world) => {
      await world.call("CreateCustomActionType", rig);
      return { category: rig.category, provider: rig.provider, version: rig.version };
    },
    errors: {},
  },
  DeleteWebhook: {
    input: async (world) => {
      await hooked(world);
      return { name: "pushes" };
    },
    errors: {},
  },
  DeregisterWebhookWithThirdParty: {
    input: hooked,
    errors: { WebhookNotFoundException: () => ({ webhookName: "none" }) },
  },
  DeletePipeline: { input: () => ({ name: "shop" }), errors: {} },
  DisableStageTransition: {
    input: () => ({ ...gate, reason: "holidays" }),
    errors: { PipelineNotFoundException: noPipeline, StageNotFoundException: noStage },
  },
  EnableStageTransition: {
    input: () => gate,
    errors: { PipelineNotFoundException: noPipeline, StageNotFoundException: noStage },
  },
  GetActionType: {
    input: () => partner,
    check: ({ actionType }) => actionType.id.provider === "Runscope" && actionType.executor.type === "JobWorker",
    errors: { ActionTypeNotFoundException: (input) => ({ ...input, provider: "None" }) },
  },
  GetJobDetails: {
    input: inHand,
    check: ({ jobDetails: { id, accountId, data } }) =>
      id.length === 36 &&
      accountId === "123456789012" &&
      data.pipelineContext.pipelineName === "benched" &&
      data.inputArtifacts.length === 0 &&
      data.artifactCredentials.sessionToken.length > 0,
    errors: { JobNotFoundException: noJob },
  },
  GetThirdPartyJobDetails: {
    input: dispatchedToPartner,
    check: ({ jobDetails: { nonce, data } }) =>
      nonce.length > 0 && data.pipelineContext.stage.name === "Test" && data.pipelineContext.pipelineArn === undefined,
    errors: {
      InvalidClientTokenException: noToken,
      JobNotFoundException: noJob,
      InvalidJobException: async (input, world) => {
        const stopped = { ...(await execution(world, "partnered")), abandon: true };
        await world.call("StopPipelineExecution", stopped);
        return input;
      },
    },
  },
  GetPipeline: {
    input: () => ({ name: "shop" }),
    check: ({ pipeline, metadata }) =>
      pipeline.stages.length === 4 && isDate(metadata.created) && metadata.pipelineArn.endsWith(":shop"),
    errors: {
      PipelineNotFoundException: () => ({ name: "none" }),
      PipelineVersionNotFoundException: (input) => ({ ...input, version: 99 }),
    },
  },
  GetPipelineExecution: {
    input: (world) => execution(world),
    check: ({ pipelineExecution }) =>
      pipelineExecution.status === "InProgress" && isDate(pipelineExecution.artifactRevisions[0].created),
    errors: { PipelineNotFoundException: noPipeline, PipelineExecutionNotFoundException: noExecution },
  },
  GetPipelineState: {
    input: () => ({ name: "shop" }),
    check: ({ stageStates, created }) =>
      isDate(created) && isDate(stageStates[1].actionStates[0].latestExecution.lastStatusChange),
    errors: { PipelineNotFoundException: () => ({ name: "none" }) },
  },
  ListActionExecutions: {
    input: () => ({ pipelineName: "shop", maxResults: 2 }),
    check: ({ actionExecutionDetails, nextToken }) =>
      actionExecutionDetails.length === 2 && isDate(actionExecutionDetails[0].startTime) && nextToken.length > 0,
    errors: {
      PipelineNotFoundException: noPipeline,
      InvalidNextTokenException: garbage,
      PipelineExecutionNotFoundException: (input) => ({ ...input, filter: { pipelineExecutionId: NOBODY } }),
    },
  },
  ListActionTypes: {
    input: () => ({ actionOwnerFilter: "AWS" }),
    check: ({ actionTypes }) => actionTypes.some(({ id }) => id.provider === "CodeBuild" && id.category === "Build"),
    errors: { InvalidNextTokenException: garbage },
  },
  ListDeployActionExecutionTargets: {
    input: async (world) => {
      await approve(world);
      const { actionExecutionDetails } = await world.call("ListActionExecutions", { pipelineName: "shop" });
      const { actionExecutionId } = actionExecutionDetails.find((details) => details.actionName === "Roll");
      return { pipelineName: "shop", actionExecutionId };
    },
    check: ({ targets }) => targets.length === 3 && isDate(targets[0].startTime),
    errors: {
      PipelineNotFoundException: noPipeline,
      InvalidNextTokenException: garbage,
      ActionExecutionNotFoundException: (input) => ({ ...input, actionExecutionId: NOBODY }),
    },
  },
  ListPipelineExecutions: {
    input: () => ({ pipelineName: "shop" }),
    check: ({ pipelineExecutionSummaries: [first] }) => isDate(first.startTime) && first.sourceRevisions.length === 1,
    errors: { PipelineNotFoundException: noPipeline, InvalidNextTokenException: garbage },
  },
  ListPipelines: {
    input: () => ({}),
    check: ({ pipelines: [first] }) => first.name === "shop" && isDate(first.created),
    errors: { InvalidNextTokenException: garbage },
  },
  ListRuleExecutions: {
    input: async (world) => {
      await held(world);
      return { pipelineName: "gated" };
    },
    check: ({ ruleExecutionDetails: [first] }) => first.status === "Failed" && isDate(first.startTime),
    errors: {
      PipelineNotFoundException: noPipeline,
      InvalidNextTokenException: garbage,
      PipelineExecutionNotFoundException: (input) => ({ ...input, filter: { pipelineExecutionId: NOBODY } }),
    },
  },
  ListRuleTypes: {
    input: () => ({}),
    check: ({ ruleTypes }) => ruleTypes.some((type) => type.id.provider === "CloudWatchAlarm"),
    errors: {},
  },
  ListTagsForResource: {
    input: async (world) => {
      await hooked(world);
      return { resourceArn: SHOP.replace("shop", "webhook:pushes") };
    },
    check: ({ tags }) => tags.length === 1 && tags[0].value === "web",
    errors: {
      InvalidArnException: noArn,
      InvalidNextTokenException: garbage,
      ResourceNotFoundException: noResource,
    },
  },
  ListWebhooks: {
    input: async (world) => {
      await hooked(world);
      return {};
    },
    check: ({ webhooks: [first] }) => first.definition.name === "pushes" && first.url.startsWith("https://"),
    errors: { InvalidNextTokenException: (input) => ({ ...input, NextToken: "garbage" }) },
  },
  OverrideStageCondition: {
    input: held,
    errors: {
      PipelineNotFoundException: noPipeline,
      StageNotFoundException: noStage,
      NotLatestPipelineExecutionException: noExecution,
      ConditionNotOverridableException: (input) => ({ ...input, conditionType: "ON_SUCCESS" }),
    },
  },
  PollForJobs: {
    input: queued,
    check: ({ jobs: [job] }) => job.nonce.length > 0 && job.data.actionTypeId.provider === "BenchRig",
    errors: { ActionTypeNotFoundException: noType },
  },
  PollForThirdPartyJobs: {
    input: queuedForPartner,
    check: ({ jobs: [job] }) => job.clientId.length === 36 && job.jobId.length === 36,
    errors: { ActionTypeNotFoundException: noType },
  },
  PutActionRevision: {
    input: () => ({
      pipelineName: "shop",
      stageName: "Source",
      actionName: "Checkout",
      actionRevision: { revisionId: "r1", revisionChangeId: "c1", created: new Date(1_700_000_000_123) },
    }),
    check: ({ newRevision, pipelineExecutionId }) => newRevision === true && pipelineExecutionId.length === 36,
    errors: {
      PipelineNotFoundException: noPipeline,
      StageNotFoundException: noStage,
      ActionNotFoundException: (input) => ({ ...input, actionName: "None" }),
      ConcurrentPipelineExecutionsLimitExceededException: async (input, world) => {
        await crowd(world);
        return input;
      },
    },
  },
  PutApprovalResult: {
    input: approval,
    check: ({ approvedAt }) => isDate(approvedAt),
    errors: {
      PipelineNotFoundException: noPipeline,
      StageNotFoundException: noStage,
      ActionNotFoundException: (input) => ({ ...input, actionName: "None" }),
      InvalidApprovalTokenException: (input) => ({ ...input, token: NOBODY }),
      ApprovalAlreadyCompletedException: (_, world) => approve(world),
    },
  },
  PutJobFailureResult: {
    input: async (world) => ({ ...(await inHand(world)), ...failure }),
    errors: { JobNotFoundException: noJob, InvalidJobStateException: twice("PutJobFailureResult") },
  },
  PutJobSuccessResult: {
    input: async (world) => ({
      ...(await inHand(world)),
      currentRevision: { revision: "r", changeIdentifier: "c", created: new Date(1_700_000_000_123) },
      executionDetails: { summary: "done", percentComplete: 100 },
      outputVariables: { Size: "5" },
    }),
    errors: {
      JobNotFoundException: noJob,
      InvalidJobStateException: twice("PutJobSuccessResult"),
      OutputVariablesSizeExceededException: (input) => ({ ...input, outputVariables: { Size: "x".repeat(122_881) } }),
    },
  },
  PutThirdPartyJobFailureResult: {
    input: async (world) => ({ ...(await inHandOfPartner(world)), ...failure }),
    errors: {
      InvalidClientTokenException: noToken,
      JobNotFoundException: noJob,
      InvalidJobStateException: twice("PutThirdPartyJobFailureResult"),
    },
  },
  PutThirdPartyJobSuccessResult: {
    input: inHandOfPartner,
    errors: {
      InvalidClientTokenException: noToken,
      JobNotFoundException: noJob,
      InvalidJobStateException: twice("PutThirdPartyJobSuccessResult"),
    },
  },
  PutWebhook: {
    input: () => webhook,
    check: ({ webhook: { definition, arn } }) => definition.targetAction === "Checkout" && arn.endsWith(":webhook:pushes"),
    errors: {
      PipelineNotFoundException: () => otherwise({ targetPipeline: "none" }),
      InvalidWebhookAuthenticationParametersException: () => otherwise({ authenticationConfiguration: {} }),
      InvalidWebhookFilterPatternException: () => otherwise({ filters: [{ jsonPath: "ref" }] }),
      InvalidTagsException: () => ({ ...webhook, tags: [{ key: "aws:x", value: "" }] }),
      TooManyTagsException: () => ({ ...webhook, tags: tooMany }),
    },
  },
  RegisterWebhookWithThirdParty: {
    input: async (world) => {
      await world.call("CreatePipeline", { pipeline: hosted });
      await world.call("PutWebhook", otherwise({ targetPipeline: "hosted" }));
      return { webhookName: "pushes" };
    },
    errors: { WebhookNotFoundException: () => ({ webhookName: "none" }) },
  },
  RetryStageExecution: {
    input: async (world) => {
      await approve(world, "Rejected");
      return { ...(await execution(world)), stageName: "Decide", retryMode: "FAILED_ACTIONS" };
    },
    check: ({ pipelineExecutionId }) => pipelineExecutionId.length === 36,
    errors: {
      PipelineNotFoundException: noPipeline,
      StageNotFoundException: noStage,
      NotLatestPipelineExecutionException: noExecution,
      StageNotRetryableException: (input) => ({ ...input, stageName: "Build" }),
      ConflictException: async (input, world) => {
        await world.call("RetryStageExecution", input);
        return input;
      },
    },
  },
  RollbackStage: {
    input: async (world) => {
      await approve(world);
      const { pipelineExecutionId } = await execution(world);
      return { pipelineName: "shop", stageName: "Ship", targetPipelineExecutionId: pipelineExecutionId };
    },
    check: ({ pipelineExecutionId }) => pipelineExecutionId.length === 36,
    errors: {
      PipelineNotFoundException: noPipeline,
      StageNotFoundException: noStage,
      PipelineExecutionNotFoundException: (input) => ({ ...input, targetPipelineExecutionId: NOBODY }),
      UnableToRollbackStageException: (input) => ({ ...input, stageName: "Source" }),
      PipelineExecutionOutdatedException: async (input, world) => {
        await world.call("UpdatePipeline", { pipeline: shop });
        return input;
      },
    },
  },
  StartPipelineExecution: {
    input: () => ({ name: "shop" }),
    check: ({ pipelineExecutionId }) => pipelineExecutionId.length === 36,
    errors: {
      PipelineNotFoundException: () => ({ name: "none" }),
      ConcurrentPipelineExecutionsLimitExceededException: async (input, world) => {
        await crowd(world);
        return input;
      },
    },
  },
  StopPipelineExecution: {
    input: async (world) => ({ ...(await execution(world)), reason: "enough" }),
    check: ({ pipelineExecutionId }) => pipelineExecutionId.length === 36,
    errors: {
      PipelineNotFoundException: noPipeline,
      PipelineExecutionNotStoppableException: noExecution,
      DuplicatedStopRequestException: async (input, world) => {
        await world.call("StopPipelineExecution", input);
        return input;
      },
    },
  },
  TagResource: {
    input: () => ({ resourceArn: SHOP, tags: [{ key: "team", value: "shop" }] }),
    errors: {
      InvalidArnException: noArn,
      InvalidTagsException: (input) => ({ ...input, tags: [{ key: "aws:x", value: "" }] }),
      ResourceNotFoundException: noResource,
      TooManyTagsException: (input) => ({ ...input, tags: tooMany }),
    },
  },
  UntagResource: {
    input: () => ({ resourceArn: SHOP, tagKeys: ["team"] }),
    errors: { InvalidArnException: noArn, ResourceNotFoundException: noResource },
  },
  UpdateActionType: {
    input: async (world) => {
      const { actionType } = await world.call("GetActionType", partner);
      return { actionType: { ...actionType, description: "changed" } };
    },
    errors: {
      ActionTypeNotFoundException: (input) => ({
        actionType: { ...input.actionType, id: { ...input.actionType.id, provider: "None" } },
      }),
      RequestFailedException: (input) => ({
        actionType: { ...input.actionType, id: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" } },
      }),
    },
  },
  UpdatePipeline: {
    input: () => ({
      pipeline: pipeline("shop", {
        name: "Only",
        actions: [action("Approve", "Approval/AWS/Manual", {})],
      }),
    }),
    check: ({ pipeline }) => pipeline.version === 2 && pipeline.stages.length === 2,
    errors: Object.fromEntries(Object.entries(DECLARATIONS).map(([name, make]) => [name, withNameOfShop(make)])),
  },
};

/** What breaks the shapes of an input without required members; for all others an empty one does. */
export const INVALID = {
  DeregisterWebhookWithThirdParty: { webhookName: "a b" },
  ListActionTypes: { regionFilter: "x" },
  ListPipelines: { maxResults: 0 },
  ListRuleTypes: { regionFilter: "x" },
  ListWebhooks: { MaxResults: 0 },
  RegisterWebhookWithThirdParty: { webhookName: "a b" },
};

/** Declared errors that the service never answers: see src/model/corrections.rs. */
export const NEVER = [["ListRuleTypes", "InvalidNextTokenException"]];
