// Closing loses nothing: reload, a crashed tab, a killed browser, two tabs, and a browser that keeps nothing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { clock, ready, roster, start, tile, untilIdle } from "./person.mjs";

const now = (page) => page.evaluate(() => window.codepipeline.clock().now.getTime());
const ids = (page) =>
  page.evaluate(async () =>
    (await window.codepipeline.listPipelineExecutions({ pipelineName: "storefront-release" })).pipelineExecutionSummaries.map(
      ({ pipelineExecutionId, status }) => `${pipelineExecutionId} ${status}`,
    ),
  );

test("a reload shows the same world, and it goes on from there", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await start(page);
  await clock(page).getByRole("button", { name: "Pause" }).click();
  const [before, at] = [await ids(page), await now(page)];
  await page.reload();
  await ready(page);
  assert.deepEqual(await ids(page), before);
  assert.equal(await now(page), at, "a paused clock stands where it was");
  await untilIdle(page);
  await roster(page).getByText("Succeeded").waitFor();
});

test("a tab that dies while it runs loses at most a second of playing and nothing acknowledged", async (t) => {
  const session = await openPage(t);
  await ready(session.page);
  await start(session.page);
  for (let round = 0; round < 5; round += 1) {
    const acknowledged = await session.page.evaluate(async () => {
      const { pipelineExecutionId } = await window.codepipeline.startPipelineExecution({ name: "storefront-release" });
      return { pipelineExecutionId, at: window.codepipeline.clock().now.getTime() };
    });
    if (round % 2 === 0) await session.crashTab();
    else await session.killBrowser();
    const page = await session.reopen();
    await ready(page);
    const found = await ids(page);
    assert.ok(found.some((line) => line.startsWith(acknowledged.pipelineExecutionId)), `round ${round}`);
    const opened = await now(page);
    assert.ok(opened >= acknowledged.at - 60_000, `${acknowledged.at - opened} ms are lost at 60x`);
    await clock(page).getByRole("button", { name: "Pause" }).waitFor();
  }
});

test("a second tab reads, says so, and takes over", async (t) => {
  const session = await openPage(t);
  await ready(session.page);
  const other = await session.newTab();
  await ready(other);
  await other.getByText("Another tab writes this world").waitFor();
  await start(other);
  await other.getByText("ReadOnlyWorldError").waitFor();
  await other.reload();
  await other.getByRole("button", { name: "Take over here" }).click();
  await start(other);
  await roster(other).getByText("Running").waitFor();
  await session.page.getByText("Another tab writes this world").waitFor();
});

test("a tab that reads follows the one that writes, live, and takes its place when it is gone", async (t) => {
  const session = await openPage(t);
  const writer = session.page;
  await ready(writer);
  const reader = await session.newTab();
  await reader.getByText("Another tab writes this world").waitFor();
  const third = await session.newTab();
  await third.getByText("Another tab writes this world").waitFor();

  // What is committed there is shown here, and told to those who listen here.
  await reader.evaluate(() => {
    window.heard = [];
    window.codepipeline.subscribe((fact) => window.heard.push(fact.sequence));
  });
  const started = await writer.evaluate(async () => {
    const { pipelineExecutionId } = await window.codepipeline.startPipelineExecution({ name: "storefront-release" });
    return pipelineExecutionId;
  });
  await roster(reader).getByText(started.slice(0, 4)).waitFor();
  await roster(third).getByText(started.slice(0, 4)).waitFor();
  await writer.evaluate(() => window.codepipeline.advance({ minutes: 5 }));
  await reader.waitForFunction((at) => window.codepipeline.clock().now.getTime() === at, await now(writer));
  assert.deepEqual(await ids(reader), await ids(writer));
  const heard = await reader.evaluate(() => window.heard);
  assert.ok(heard.length > 0);
  assert.deepEqual(heard, heard.map((_, index) => heard[0] + index), "every fact once, in order");

  // A world that another one takes the place of is followed too.
  await writer.evaluate(async () => {
    const world = await window.codepipeline.exportWorld();
    await window.codepipeline.advance({ hours: 1 });
    await window.codepipeline.importWorld(world);
  });
  await reader.waitForFunction((at) => window.codepipeline.clock().now.getTime() === at, await now(writer));

  // Nobody has to press anything: the tab that has waited longest writes, and the other one follows it.
  const before = await ids(writer);
  await session.crashTab(writer);
  await reader.getByText("Another tab writes this world").waitFor({ state: "detached" });
  assert.deepEqual(await ids(reader), before, "nothing is lost");
  await start(reader);
  await third.getByText("Another tab writes this world").waitFor();
  await third.waitForFunction(
    async (count) =>
      (await window.codepipeline.listPipelineExecutions({ pipelineName: "storefront-release" })).pipelineExecutionSummaries
        .length > count,
    before.length,
  );
});

test("without IndexedDB the page runs in memory and says so", async (t) => {
  const session = await openPage(t);
  await session.context.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { get: () => undefined });
  });
  await session.page.reload();
  const { page } = session;
  await ready(page);
  await page.getByText(/memory/i).first().waitFor();
  await start(page);
  await roster(page).getByText("Running").waitFor();
});

test("scripts in the console move the page", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const { pipelines } = await page.evaluate(() => window.codepipeline.listPipelines({}));
  assert.equal(pipelines[0].name, "storefront-release");
  const answer = await page.evaluate(async () => {
    const started = await window.codepipeline.startPipelineExecution({ name: "storefront-release" });
    const state = await window.codepipeline.getPipelineState({ name: "storefront-release" });
    return { started, created: state.created instanceof Date };
  });
  assert.match(answer.started.pipelineExecutionId, /^[0-9a-f-]{36}$/);
  assert.equal(answer.created, true);
  await roster(page).getByText(answer.started.pipelineExecutionId.slice(0, 4)).waitFor();
  await tile(page, "Checkout.*Running").waitFor();
  const refused = await page.evaluate(() =>
    window.codepipeline.getPipeline({ name: "nope" }).then(
      () => "",
      (error) => `${error.name} ${error.$metadata.httpStatusCode}`,
    ),
  );
  assert.equal(refused, "PipelineNotFoundException 400");
});
