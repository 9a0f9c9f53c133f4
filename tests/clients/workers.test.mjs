// Workers that are functions of the user: what they get, what comes of what they return and throw.

import assert from "node:assert/strict";
import { test } from "node:test";

import { benched, partnered, rig } from "./declarations.mjs";
import { Simulator } from "./simulator.mjs";

const BENCH = "Test/Custom/BenchRig/1";

/** A world with a pipeline whose test is done by this function. */
async function employed(work) {
  const simulator = await Simulator.open({ storage: "memory", seed: 1 });
  await simulator.createCustomActionType(rig);
  await simulator.attachWorker({ actionType: BENCH, work });
  await simulator.createPipeline({ pipeline: benched });
  await simulator.advance({ untilIdle: true });
  return simulator;
}

const latest = async (simulator, name = "benched") =>
  (await simulator.getPipelineState({ name })).stageStates[1].actionStates[0].latestExecution;

/** The run of the test, once it is over: a function needs turns of its own, and time for each further job. */
async function over(simulator, name) {
  for (let round = 0; round < 50; round += 1) {
    const run = await latest(simulator, name);
    if (run && run.status !== "InProgress") return run;
    await new Promise((resolve) => setImmediate(resolve));
    await simulator.advance({ seconds: 31 });
  }
  throw new Error("the worker never reports");
}

test("a function gets the job, goes on, and succeeds with what it returns", async () => {
  const seen = [];
  const simulator = await employed(async (job) => {
    seen.push(job);
    if (!job.data.continuationToken) {
      return { continuationToken: "half", executionDetails: { percentComplete: 50 } };
    }
    return { outputVariables: { Score: "9" }, executionDetails: { summary: "Measured", externalExecutionId: "run-7" } };
  });
  const run = await over(simulator);
  assert.deepEqual([run.status, run.summary, run.externalExecutionId], ["Succeeded", "Measured", "run-7"]);
  assert.deepEqual(seen.map((job) => job.data.continuationToken), [undefined, "half"]);
  assert.equal(seen[0].data.pipelineContext.pipelineName, "benched");
  assert.equal(typeof seen[0].data.artifactCredentials.sessionToken, "string");
  const { actionExecutionDetails } = await simulator.listActionExecutions({ pipelineName: "benched" });
  assert.deepEqual(actionExecutionDetails[0].output.outputVariables, { Score: "9" });
  await simulator.close();
});

test("what it throws, and what the service refuses of its result, is the failure", async () => {
  const broken = Object.assign(new Error("no bench is free"), { code: "ConfigurationError" });
  for (const [work, code, message] of [
    [() => { throw broken; }, "ConfigurationError", /^no bench is free$/],
    [() => Promise.reject(new Error("smoke")), "JobFailed", /^smoke$/],
    [() => { throw "just words"; }, "JobFailed", /^just words$/],
    [() => ({ outputVariables: { "not a name": "1" } }), "ConfigurationError", /^The worker's result was refused: /],
    [() => ({ outputVariables: { Score: 9 } }), "ConfigurationError", /^The worker's result was refused: /],
    [() => ({ executionDetails: { percentComplete: 101 } }), "ConfigurationError", /^The worker's result was refused: /],
  ]) {
    const simulator = await employed(work);
    const run = await over(simulator);
    assert.equal(run.status, "Failed", String(work));
    assert.equal(run.errorDetails.code, code, String(work));
    assert.match(run.errorDetails.message, message);
    await simulator.close();
  }
});

test("text is a summary, nothing is a plain success, and a partner's function shows its token", async () => {
  const simulator = await employed(() => "All in order");
  assert.equal((await over(simulator)).summary, "All in order");
  await simulator.attachWorker({ actionType: "Test/ThirdParty/Runscope/1", work: () => {} });
  await simulator.createPipeline({ pipeline: partnered });
  assert.equal((await over(simulator, "partnered")).status, "Succeeded");
  await simulator.close();
});

test("a job that waited for a deleted type is done when the type comes back", async () => {
  let done = 0;
  const simulator = await employed(() => void (done += 1));
  await over(simulator);
  assert.equal(done, 1);
  // The action begins before the deletion; its job is taken, never acknowledged, and falls back while there is no type.
  await simulator.detachWorker({ actionType: BENCH });
  await simulator.startPipelineExecution({ name: "benched" });
  await simulator.advance({ untilIdle: true });
  const actionTypeId = benched.stages[1].actions[0].actionTypeId;
  assert.equal((await simulator.pollForJobs({ actionTypeId })).jobs.length, 1);
  await simulator.attachWorker({ actionType: BENCH, work: () => void (done += 1) });
  await simulator.deleteCustomActionType({ category: rig.category, provider: rig.provider, version: rig.version });
  await simulator.advance({ minutes: 5 });
  assert.equal((await latest(simulator)).status, "InProgress");
  await simulator.createCustomActionType(rig);
  assert.equal((await over(simulator)).status, "Succeeded");
  assert.equal(done, 2);
  await simulator.close();
});
