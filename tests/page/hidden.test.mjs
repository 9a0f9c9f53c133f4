// A tab that nobody sees: its timers come once a second, and what it stores is stored all the same, soon.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { comes, declaration, ready } from "./person.mjs";

/** Timers as browsers keep them in a hidden tab: at whole seconds. The page can be hidden and seen again. */
function background() {
  let hidden = false;
  Object.defineProperty(document, "hidden", { get: () => hidden });
  Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
  const later = window.setTimeout;
  window.turns = { timers: 0, messages: 0 };
  window.setTimeout = (call, delay = 0, ...rest) => {
    if (hidden) window.turns.timers += 1;
    return later.call(window, call, hidden ? Math.ceil((delay + 1) / 1_000) * 1_000 : delay, ...rest);
  };
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (...message) {
    if (hidden) window.turns.messages += 1;
    return post.apply(this, message);
  };
  window.hide = (now) => {
    hidden = now;
    document.dispatchEvent(new Event("visibilitychange"));
  };
}

/** A pipeline in which executions wait beside each other until somebody approves them. */
function held(pipeline) {
  const actionTypeId = { category: "Approval", owner: "AWS", provider: "Manual", version: "1" };
  pipeline.stages.splice(1, 0, { name: "Ask", actions: [{ name: "Approve", actionTypeId, runOrder: 1 }] });
  return { ...pipeline, pipelineType: "V2", executionMode: "PARALLEL" };
}

/** How many commits of the world stand behind its last checkpoint. */
const journal = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("codepipeline-simulator");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const counting = opening.result.transaction("journal").objectStore("journal").count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );

/** Starts executions that stay: each waits for somebody to approve it, beside the others. */
const executions = (page, count) =>
  page.evaluate(async (count) => {
    for (let number = 0; number < count; number += 1) {
      const name = `held-${number % 30}`;
      await window.codepipeline.startPipelineExecution({ name });
    }
    await window.codepipeline.advance({ minutes: 30 });
  }, count);

test("a hidden tab writes a large checkpoint down and goes forward, although its timers come once a second", async (t) => {
  const session = await openPage(t);
  await session.context.addInitScript(background);
  await session.page.reload();
  const { page } = session;
  await ready(page);
  for (let number = 0; number < 30; number += 1) {
    const pipeline = declaration(`held-${number}`, held);
    await page.evaluate((pipeline) => window.codepipeline.createPipeline({ pipeline }), pipeline);
  }
  await executions(page, 1_200);
  await page.evaluate(() => window.hide(true));
  await executions(page, 80);
  // A slow machine, and so many turns.
  const devtools = await session.context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 5 });
  const before = await page.evaluate(() => {
    window.turns.messages = 0;
    return performance.now();
  });
  // A world at rest folds what is long.
  await comes(() => journal(page), (commits) => commits === 0, "commits behind the checkpoint");
  const fold = await page.evaluate((before) => ({ ...window.turns, took: performance.now() - before }), before);
  t.diagnostic(JSON.stringify(fold));
  assert.ok(fold.messages >= 2, `it takes several turns: ${fold.messages}`);
  assert.ok(fold.timers <= 4, `nobody waits a second for each: ${fold.timers}`);

  // The same for a fast-forward, which goes on behind another tab, on a machine that is slower still.
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 10 });
  const forward = await page.evaluate(async () => {
    window.turns.messages = 0;
    const began = performance.now();
    // The approvals are not given in time.
    await window.codepipeline.advance({ days: 8 });
    return { ...window.turns, took: performance.now() - began };
  });
  t.diagnostic(JSON.stringify(forward));
  assert.ok(forward.messages >= 2, `it takes several turns: ${forward.messages}`);
  assert.ok(forward.timers <= 4, `nobody waits a second for each: ${forward.timers}`);

  // What was told is stored.
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  const at = await page.evaluate(() => window.codepipeline.sequence);
  await session.crashTab();
  const again = await session.reopen();
  await ready(again);
  assert.ok((await again.evaluate(() => window.codepipeline.sequence)) >= at);
});
