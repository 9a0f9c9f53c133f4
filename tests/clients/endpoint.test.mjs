// The endpoint: the wire, the controls, who is let in, and a world in a file that outlives any end.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { Events, KEPT } from "../../endpoint/events.mjs";
import { FileStorage } from "../../endpoint/file_storage.mjs";
import { shop } from "./declarations.mjs";
import { refusal, start } from "./endpoint.mjs";

const LIMIT = { timeout: 120_000 };
const MANUAL = ["--clock", "manual", "--seed", "1"];

async function folder(t) {
  const made = await mkdtemp(join(tmpdir(), "codepipeline-simulator-state-"));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

test("it says where it listens, answers clients and controls, and stops cleanly", LIMIT, async (t) => {
  const endpoint = await start(t, MANUAL);
  assert.match(endpoint.address, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.deepEqual(Object.keys(endpoint.line), ["endpoint", "pid", "clock"]);
  assert.deepEqual(await endpoint.ok("ListPipelines"), { pipelines: [] });
  await endpoint.ok("CreatePipeline", { pipeline: shop });
  const refused = await endpoint.call("GetPipeline", { name: "none" });
  assert.equal(refused.status, 400);
  assert.equal(refused.headers.get("x-amzn-errortype"), "PipelineNotFoundException");
  const health = await endpoint.own("health");
  assert.equal(health.body.status, "ok");
  assert.equal(health.body.clock.playing, false);
  const advanced = await endpoint.own("advance", { untilIdle: true });
  assert.equal(advanced.body.stopped, "idle");
  assert.equal(advanced.body.waiting[0].doing, "Approval");
  for (const [path, body, status] of [
    ["advance", { tomorrow: true }, 400],
    ["setBehavior", "text", 400],
    ["constructor", {}, 404],
    ["close", {}, 404],
    ["nothing", {}, 404],
  ]) {
    assert.equal((await endpoint.own(path, body)).status, status, path);
  }
  assert.equal((await endpoint.own("advance")).status, 405);
  for (const method of ["TRACE", "PUT", "HEAD"]) {
    assert.equal((await raw(endpoint.address, {}, { method })).statusCode, 404, method);
  }
  assert.equal((await raw(endpoint.address, {}, { path: "http://[" })).statusCode, 404);
  const notJson = await fetch(`${endpoint.address}/_simulator/advance`, { method: "POST", body: "{" });
  assert.equal(notJson.status, 400);
  const long = await fetch(endpoint.address, { method: "POST", body: "x".repeat(5_000_000) });
  assert.equal(long.status, 413);
  assert.equal((await long.json()).__type, "RequestEntityTooLargeException");
  const text = (await endpoint.own("exportWorld", {})).body;
  assert.equal(JSON.parse(text).kind, "codepipeline-simulator-world");
  await endpoint.own("reset", { seed: 2 });
  assert.deepEqual(await endpoint.ok("ListPipelines"), { pipelines: [] });
  await endpoint.own("importWorld", text);
  assert.equal((await endpoint.ok("ListPipelines")).pipelines.length, 1);
  assert.equal(await endpoint.end("SIGTERM"), 0);
  assert.equal(endpoint.stderr, "");
});

test("the same seed and calls give the same answers, and the real clock runs", LIMIT, async (t) => {
  const answers = [];
  for (let round = 0; round < 2; round += 1) {
    const endpoint = await start(t, MANUAL);
    await endpoint.ok("CreatePipeline", { pipeline: shop });
    await endpoint.own("advance", { untilIdle: true });
    answers.push(await endpoint.ok("GetPipelineState", { name: "shop" }));
    assert.equal(await endpoint.end("SIGINT"), 0);
  }
  assert.deepEqual(answers[0], answers[1]);
  const endpoint = await start(t);
  const before = (await endpoint.own("health")).body.clock;
  assert.equal(before.playing, true);
  assert.equal(before.speed, 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const after = (await endpoint.own("health")).body.clock;
  assert.ok(Date.parse(after.now) > Date.parse(before.now));
});

test("what happened can be asked for, and waited for", LIMIT, async (t) => {
  const endpoint = await start(t, MANUAL);
  assert.deepEqual((await endpoint.own("events?after=0")).body, { facts: [], next: 0 });
  const waited = endpoint.own("events?after=0&wait=30");
  await endpoint.ok("CreatePipeline", { pipeline: shop });
  const { facts, next } = (await waited).body;
  assert.equal(facts[0].type, "PipelineCreated");
  assert.equal(facts.at(-1).sequence, next);
  const rest = (await endpoint.own(`events?after=${facts[0].sequence}`)).body;
  assert.equal(rest.facts[0].sequence, facts[0].sequence + 1);
  await endpoint.own("advance", { untilIdle: true });
  const { events } = (await endpoint.own("events?after=0&format=eventbridge")).body;
  assert.equal(events[0]["detail-type"], "CodePipeline Pipeline Execution State Change");
  assert.ok(events.some((event) => event.detail.state === "SUCCEEDED" && event.detail.action === "Compile"));
  const later = (await endpoint.own("events?after=4&format=eventbridge")).body;
  assert.ok(later.events.length > 0 && later.events.length < events.length);
  for (const wrong of ["after=x", "after=-1", "format=xml", "wait=x"]) {
    assert.equal((await endpoint.own(`events?${wrong}`)).status, 400, wrong);
  }
});

test("the last 10,000 facts are kept, and older ones are told to be gone", async () => {
  const heard = {};
  const simulator = {
    sequence: 100,
    subscribe: (listener, options) => {
      heard[options?.format ?? "facts"] = listener;
      return () => {};
    },
  };
  const events = new Events(simulator);
  const count = 3 * KEPT;
  for (let sequence = 101; sequence <= 100 + count; sequence += 1) heard.facts({ sequence });
  const last = 100 + count;
  assert.equal(await events.after(99, 0, "facts"), undefined);
  assert.equal(await events.after(last - KEPT - 1, 0, "facts"), undefined);
  const { facts, next } = await events.after(last - KEPT, 0, "facts");
  assert.equal(facts.length, KEPT);
  assert.equal(next, last);
  assert.deepEqual(await events.after(last, 20, "facts"), { facts: [], next: last });
});

test("older facts than the last 10,000 answer 410 over HTTP", LIMIT, async (t) => {
  const endpoint = await start(t, MANUAL);
  await endpoint.ok("CreatePipeline", { pipeline: { ...shop, stages: shop.stages.slice(0, 2) } });
  assert.equal((await endpoint.own("events?after=0")).status, 200);
  await endpoint.own("setSchedule", { pipelineName: "shop", expression: "rate(5 minutes)" });
  let sequence = 0;
  for (let day = 0; day < 20 && sequence <= KEPT + 100; day += 1) {
    await endpoint.own("advance", { days: 1 });
    ({ sequence } = (await endpoint.own("health")).body);
  }
  assert.ok(sequence > KEPT + 100, `${sequence} facts`);
  for (const format of ["facts", "eventbridge"]) {
    assert.equal((await endpoint.own(`events?after=0&format=${format}`)).status, 410);
    const kept = await endpoint.own(`events?after=${sequence - KEPT}&format=${format}`);
    assert.equal(kept.status, 200);
    assert.equal(kept.body.next, sequence);
  }
  const { facts } = (await endpoint.own(`events?after=${sequence - KEPT}`)).body;
  assert.equal(facts.length, KEPT);
  // A world that takes another one's place begins anew.
  const text = (await endpoint.own("exportWorld", {})).body;
  await endpoint.own("importWorld", text);
  assert.equal((await endpoint.own(`events?after=${sequence - 1}`)).status, 410);
  assert.deepEqual((await endpoint.own(`events?after=${sequence}`)).body, { facts: [], next: sequence });
});

test("the secrets of webhooks are shown where somebody asks for it", LIMIT, async (t) => {
  for (const [options, shown] of [[[], "****"], [["--show-webhook-secrets"], "hidden"]]) {
    const endpoint = await start(t, [...MANUAL, ...options]);
    await endpoint.ok("CreatePipeline", { pipeline: shop });
    const authenticationConfiguration = { SecretToken: "hidden" };
    const named = { name: "pushes", targetPipeline: "shop", targetAction: "Checkout", filters: [] };
    await endpoint.ok("PutWebhook", { webhook: { ...named, authentication: "GITHUB_HMAC", authenticationConfiguration } });
    const { webhooks } = await endpoint.ok("ListWebhooks");
    assert.equal(webhooks[0].definition.authenticationConfiguration.SecretToken, shown);
  }
});

/** A request with headers that `fetch` does not let anybody set. */
async function raw(address, headers, more = {}) {
  const request = httpRequest(`${address}/`, {
    method: "POST",
    ...more,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "CodePipeline_20150709.ListPipelines", ...headers },
  });
  request.end(more.method === undefined ? "{}" : undefined);
  const [response] = await once(request, "response");
  response.resume();
  await once(response, "end");
  return response;
}

test("only names of this machine are answered, and only its own pages are let in", LIMIT, async (t) => {
  const endpoint = await start(t, [...MANUAL, "--cors", "https://example.org"]);
  for (const host of ["localhost:1", "127.0.0.1", "[::1]:80", "aws.localhost:99"]) {
    assert.equal((await raw(endpoint.address, { host })).statusCode, 200, host);
  }
  for (const host of ["example.org", "127.0.0.1.example.org", "localhost.example.org", "10.0.0.1"]) {
    assert.equal((await raw(endpoint.address, { host })).statusCode, 403, host);
  }
  for (const origin of ["http://localhost:3000", "http://127.0.0.1:8080", "https://example.org"]) {
    const response = await raw(endpoint.address, { origin });
    assert.equal(response.statusCode, 200, origin);
    assert.equal(response.headers["access-control-allow-origin"], origin);
  }
  for (const origin of ["https://example.com", "http://example.org", "null", "https://localhost.example.com"]) {
    const response = await raw(endpoint.address, { origin });
    assert.equal(response.statusCode, 403, origin);
    assert.equal(response.headers["access-control-allow-origin"], undefined);
  }
  const preflight = await fetch(`${endpoint.address}/_simulator/advance`, {
    method: "OPTIONS",
    headers: { origin: "http://localhost:3000", "access-control-request-headers": "content-type" },
  });
  assert.equal(preflight.headers.get("access-control-allow-headers"), "content-type");
  assert.equal((await raw(endpoint.address, {})).headers["access-control-allow-origin"], undefined);
});

test("wrong options and a busy port are one sentence", LIMIT, async (t) => {
  for (const options of [["--port", "70000"], ["--clock", "fast"], ["--seed", "x"], ["--cors", "example.org"], ["--nothing"], ["extra"]]) {
    const { code, stdout, stderr } = await refusal(options);
    assert.equal(code, 2, options.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, /^[^\n]+\n$/, options.join(" "));
  }
  const taken = createServer();
  await new Promise((resolve) => taken.listen(0, "127.0.0.1", resolve));
  t.after(() => taken.close());
  const state = join(await folder(t), "world.json");
  const { code, stderr } = await refusal(["--port", String(taken.address().port), "--state", state]);
  assert.equal(code, 1);
  assert.match(stderr, /^Port \d+ of 127\.0\.0\.1 cannot be used: another program has it\.[^\n]*\n$/);
  await assert.rejects(readFile(state), { code: "ENOENT" });
});

const ids = async (endpoint) => {
  const { pipelineExecutionSummaries } = await endpoint.ok("ListPipelineExecutions", { pipelineName: "shop" });
  return pipelineExecutionSummaries.map((summary) => summary.pipelineExecutionId);
};

test("nothing that was answered is lost when the endpoint is killed", LIMIT, async (t) => {
  const state = join(await folder(t), "world.json");
  const options = [...MANUAL, "--state", state];
  let known = [];
  for (let round = 0; round < 4; round += 1) {
    const endpoint = await start(t, options);
    if (round === 0) await endpoint.ok("CreatePipeline", { pipeline: shop });
    else assert.deepEqual(await ids(endpoint), known);
    // The last answer comes right before the end.
    for (let count = 0; count < 5; count += 1) await endpoint.ok("StartPipelineExecution", { name: "shop" });
    known = await ids(endpoint);
    assert.equal(await endpoint.end("SIGKILL"), "SIGKILL");
  }
  assert.equal(known.length, 21);
  // Torn in the middle of its last line, which nobody was answered for.
  await writeFile(`${state}.journal`, '{"sequence":9', { flag: "a" });
  const endpoint = await start(t, options);
  assert.equal(endpoint.stderr, `The last line of ${state}.journal was torn and is cut off.\n`);
  assert.deepEqual(await ids(endpoint), known);
  await endpoint.ok("StartPipelineExecution", { name: "shop" });
  known = await ids(endpoint);
  assert.equal(await endpoint.end("SIGTERM"), 0);
  assert.equal(await readFile(`${state}.journal`, "utf8"), "");
  const folded = await start(t, options);
  assert.equal(folded.stderr, "");
  assert.deepEqual(await ids(folded), known);
});

test("a state that cannot be read is told in one sentence and left as it is", LIMIT, async (t) => {
  const made = await folder(t);
  const state = join(made, "world.json");
  const first = await start(t, [...MANUAL, "--state", state]);
  await first.ok("CreatePipeline", { pipeline: shop });
  await first.ok("StartPipelineExecution", { name: "shop" });
  await first.end("SIGKILL");
  const world = await readFile(state, "utf8");
  const journal = await readFile(`${state}.journal`, "utf8");
  const lines = journal.split("\n");
  for (const [name, file, own] of [
    ["no JSON", "{", ""],
    ["another kind", '{"kind":"other"}', ""],
    ["a newer format", world.replace('"format":1', '"format":99'), ""],
    ["nothing", "", ""],
    ["a damaged line", world, [lines[0], `x${lines[1]}`, ...lines.slice(2)].join("\n")],
    ["a missing line", world, [lines[0], ...lines.slice(2)].join("\n")],
    ["another file's journal", world, journal.replace(/"continues":"\w/, '"continues":"z')],
  ]) {
    await writeFile(state, file);
    await writeFile(`${state}.journal`, own);
    const { code, stdout, stderr } = await refusal(["--port", "0", ...MANUAL, "--state", state]);
    assert.equal(code, 1, name);
    assert.equal(stdout, "", name);
    assert.match(stderr, /^[^\n]*world\.json[^\n]*\n$/, name);
    assert.equal(await readFile(state, "utf8"), file, name);
    assert.equal(await readFile(`${state}.journal`, "utf8"), own, name);
  }
  const { code, stderr } = await refusal(["--port", "0", "--state", join(made, "none", "world.json")]);
  assert.equal(code, 1);
  assert.match(stderr, /^[^\n]+\n$/);
});

test("whatever moment folding stops at, the files say what is the case", async (t) => {
  const path = join(await folder(t), "world.json");
  const said = [];
  const open = () =>
    new FileStorage(path, {
      say: (sentence) => said.push(sentence),
      fail: (sentence) => said.push(sentence),
    });
  const storage = open();
  assert.equal(await storage.load(), undefined);
  await storage.replace("one");
  await storage.append("a");
  await storage.append("b");
  const appended = { world: "one", journal: ["a", "b"] };
  assert.deepEqual(await open().load(), appended);
  const before = await readFile(`${path}.journal`, "utf8");
  await storage.replace("two");
  const folded = { world: "two", journal: [] };
  assert.deepEqual(await open().load(), folded);
  const digest = (await import("node:crypto")).createHash("sha256").update("two").digest("hex");
  const announced = `${before}{"folded":"${digest}"}\n`;
  // Announced and not renamed; renamed and not emptied.
  for (const [world, expected] of [["one", appended], ["two", folded]]) {
    await writeFile(path, world);
    await writeFile(`${path}.journal`, announced);
    assert.deepEqual(await open().load(), expected);
    const next = open();
    await next.load();
    await next.append("c");
    assert.deepEqual(await open().load(), { world, journal: [...expected.journal, "c"] });
    await next.replace("three");
    assert.deepEqual(await open().load(), { world: "three", journal: [] });
  }
  // Renamed and not emptied, and folded again before anything else happened.
  await writeFile(path, "two");
  await writeFile(`${path}.journal`, announced);
  const again = open();
  await again.load();
  await again.replace("four");
  assert.deepEqual(await open().load(), { world: "four", journal: [] });
  assert.deepEqual(said, []);
  // Torn at every byte: a line is there or it is not.
  await writeFile(path, "one");
  for (let length = 0; length < before.length; length += 1) {
    await writeFile(`${path}.journal`, before.slice(0, length));
    const { journal } = await open().load();
    assert.deepEqual(journal, before.slice(0, length).split("\n").slice(1, -1));
  }
});
