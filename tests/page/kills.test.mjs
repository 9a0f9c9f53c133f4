// Two hundred lives of the page, each killed while it writes: whatever was acknowledged in one is there in the next.
// Eight worlds live in eight frames of one tab, so that each crash of it ends eight pages at once.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { declaration } from "./person.mjs";

const WORLDS = Array.from({ length: 8 }, (_, place) => `world-${place}`);
const PIPELINE = "release";
const CRASHES = 25;
/** Every so many times the whole browser dies, not the tab alone. */
const BROWSERS = 5;

/** Opens a tab with a frame for each world, and waits until all of them are open. */
async function live(session) {
  // A place of this origin that opens no world itself.
  await session.page.goto(session.site.url + "manifest.webmanifest");
  await session.page.evaluate((worlds) => {
    for (const world of worlds) {
      const frame = document.createElement("iframe");
      frame.src = `./#world=${world}`;
      document.body.append(frame);
    }
  }, WORLDS);
  const elements = await session.page.$$("iframe");
  const frames = await Promise.all(elements.map((element) => element.contentFrame()));
  await Promise.all(
    frames.map((frame) => frame.waitForFunction(() => window.codepipeline !== undefined, null, { timeout: 60_000 })),
  );
  return frames;
}

/** Writes without a pause and tells each execution that was acknowledged. */
function write(name) {
  const forever = async () => {
    for (;;) {
      const { pipelineExecutionId } = await window.codepipeline.startPipelineExecution({ name });
      window.acknowledged(window.codepipeline.world, pipelineExecutionId);
      await window.codepipeline.advance({ minutes: 7 });
    }
  };
  // It ends with the page; whatever else ends it is a problem of the page.
  forever();
}

/** Which of these executions a world does not know; and that it is kept. */
const missing = (frame, ids) =>
  frame.evaluate(async ([pipelineName, ids]) => {
    const unknown = [];
    for (const pipelineExecutionId of ids) {
      await window.codepipeline.getPipelineExecution({ pipelineName, pipelineExecutionId }).catch(() => {
        unknown.push(pipelineExecutionId);
      });
    }
    return { unknown, storage: window.codepipeline.storageState };
  }, [PIPELINE, ids]);

test(`${CRASHES * WORLDS.length} kills in mid-write lose nothing that was acknowledged`, async (t) => {
  // Without the service worker, which would answer with the page wherever the tab goes.
  const session = await openPage(t, { browser: { serviceWorkers: "block" } });
  // The browser asks for an icon where there is no page.
  session.expect(/favicon/);
  const latest = new Map(WORLDS.map((world) => [world, []]));
  const all = new Map(WORLDS.map((world) => [world, []]));
  const listen = () =>
    session.context.exposeFunction("acknowledged", (world, id) => {
      latest.get(world).push(id);
    });
  const check = async (frames, expected, when) => {
    for (const [place, world] of WORLDS.entries()) {
      const found = await missing(frames[place], expected.get(world));
      assert.deepEqual(found, { unknown: [], storage: "attached" }, `${world} ${when}`);
    }
  };
  await listen();
  const pipeline = declaration(PIPELINE);
  for (const frame of await live(session)) {
    await frame.evaluate((pipeline) => window.codepipeline.createPipeline({ pipeline }), pipeline);
  }
  // The moments differ from crash to crash, and are the same in every run.
  let chance = 1;
  for (let crash = 1; crash <= CRASHES; crash += 1) {
    const frames = await live(session);
    await check(frames, latest, `after crash ${crash - 1}`);
    for (const world of WORLDS) all.get(world).push(...latest.get(world).splice(0));
    await Promise.all(frames.map((frame) => frame.evaluate(write, PIPELINE)));
    // Each world is killed in mid-write: all of them have written something, and none pauses.
    const patience = Date.now() + 60_000;
    while (WORLDS.some((world) => latest.get(world).length === 0)) {
      assert.ok(Date.now() < patience, `not every world is written after crash ${crash - 1}`);
      await new Promise((later) => setTimeout(later, 1));
    }
    chance = (chance * 48271) % 2147483647;
    await new Promise((later) => setTimeout(later, chance % 40));
    if (crash % BROWSERS === 0) {
      await session.killBrowser();
      await session.reopen();
      await listen();
    } else {
      await session.crashTab();
      await session.reopen();
    }
  }
  for (const world of WORLDS) all.get(world).push(...latest.get(world));
  await check(await live(session), all, "at the end");
});
