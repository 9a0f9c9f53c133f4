// The AWS SDK for JavaScript in Node, over `requestHandler` and over `fetch`.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as sdk from "@aws-sdk/client-codepipeline";

import { operations } from "./operations.mjs";
import { run, differs } from "./sdk_run.mjs";
import { Simulator } from "./simulator.mjs";
import { shop } from "./declarations.mjs";

test("every operation answers the SDK, with success and with its errors", { timeout: 600_000 }, async (t) => {
  assert.equal(Object.keys(operations).length, 44);
  const { problems, done } = await run({ sdk, Simulator, operations });
  t.diagnostic(`${done} calls`);
  assert.ok(problems.length === 0, problems.join("\n"));
  assert.ok(done > 100);
});

test("what was compared can differ", () => {
  assert.equal(differs({ a: [1, new Date(5)] }, { a: [1, new Date(5)] }, "x"), undefined);
  for (const other of [{ a: [2] }, { a: [1], b: 1 }, {}, { a: { 0: 1 } }, { a: [new Date(1)] }]) {
    assert.notEqual(differs({ a: [1] }, other, "x"), undefined);
  }
});

test("the SDK's paginator reads every page", async () => {
  const simulator = await Simulator.open({ storage: "memory", seed: 3 });
  const client = new sdk.CodePipelineClient({
    region: "eu-west-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
    requestHandler: simulator.requestHandler(),
  });
  await client.send(new sdk.CreatePipelineCommand({ pipeline: shop }));
  for (let count = 1; count < 25; count += 1) {
    await client.send(new sdk.StartPipelineExecutionCommand({ name: "shop" }));
  }
  const ids = new Set();
  let pages = 0;
  const paginator = sdk.paginateListPipelineExecutions({ client, pageSize: 10 }, { pipelineName: "shop" });
  for await (const { pipelineExecutionSummaries } of paginator) {
    pages += 1;
    for (const { pipelineExecutionId } of pipelineExecutionSummaries) ids.add(pipelineExecutionId);
  }
  assert.equal(pages, 3);
  assert.equal(ids.size, 25);
});

test("a call that was given up before it began does not happen", async () => {
  const simulator = await Simulator.open({ storage: "memory" });
  const handler = simulator.requestHandler();
  const aborted = handler.handle({ method: "POST", path: "/", headers: {} }, { abortSignal: AbortSignal.abort() });
  await assert.rejects(aborted, { name: "AbortError" });
});

test("fetch takes a Request and answers a Response", async () => {
  const simulator = await Simulator.open({ storage: "memory" });
  const request = (target, body) =>
    new Request("https://codepipeline.us-east-1.amazonaws.com/", {
      method: "POST",
      headers: { "X-Amz-Target": `CodePipeline_20150709.${target}`, "Content-Type": "application/x-amz-json-1.1" },
      body,
    });
  const answer = await simulator.fetch(request("ListPipelines", "{}"));
  assert.ok(answer instanceof Response);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/x-amz-json-1.1");
  assert.deepEqual(await answer.json(), { pipelines: [] });
  const refused = await simulator.fetch(request("GetPipeline", '{"name":"none"}'));
  assert.equal(refused.status, 400);
  assert.equal((await refused.json()).__type, "PipelineNotFoundException");
  const unsigned = await simulator.fetch(request("ListPipelines", "{}"), { requireAuthorization: true });
  assert.equal((await unsigned.json()).__type, "MissingAuthenticationTokenException");
  await assert.rejects(simulator.fetch({}), { name: "ValidationException" });
  await simulator.close();
  const late = await simulator.fetch(request("ListPipelines", "{}"));
  assert.equal((await late.json()).__type, "ClosedError");
});
