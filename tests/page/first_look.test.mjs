// The program comes in two parts. A first look needs the first alone; whoever does something before the rest is there loses
// nothing but time; and the rest may fail to come.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { comes, ready, roster, start } from "./person.mjs";

const REST = /\/rest-[0-9a-f]+\.wasm$/;

/** A first visit whose requests for the rest go through `answer`, and the ways they were asked for. */
async function visit(t, answer, browser = {}) {
  const asked = [];
  const prepare = (context) =>
    context.route(REST, (route) => {
      asked.push(route.request().resourceType());
      return answer(route, asked.length);
    });
  return { session: await openPage(t, { prepare, browser }), asked };
}

const line = (page) => page.getByRole("status").filter({ hasText: "rest of the simulator" });

for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
  test(`a first look at ${viewport.width} px needs the first part alone, and a press is done when the rest is there`, async (t) => {
    let release;
    const released = new Promise((resolve) => {
      release = resolve;
    });
    const waits = (route) => (route.request().resourceType() === "fetch" ? released : Promise.resolve());
    const { session, asked } = await visit(t, (route) => waits(route).then(() => route.continue()), { viewport });
    const { page } = session;
    await ready(page);
    await page.waitForTimeout(1_500);
    // By the page, and not by a program that could not go on ("xhr"): else `cargo xtask first-look` has to learn anew.
    assert.deepEqual(asked, ["fetch"]);
    assert.equal(await line(page).count(), 0, "nobody waits for anything yet");
    await start(page);
    await line(page).filter({ hasText: "What you pressed is done when it is here" }).waitFor();
    assert.deepEqual(asked, ["fetch"], "asked for once");
    release();
    await roster(page).getByText("Running").first().waitFor();
    await line(page).waitFor({ state: "detached" });
  });
}

test("all that is done before the rest is there is done then, in its order", async (t) => {
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  const { session } = await visit(t, (route) => released.then(() => route.continue()));
  const { page } = session;
  await ready(page);
  await start(page);
  await start(page);
  await page.keyboard.press("Control+K");
  await page.keyboard.type("gate");
  await line(page).waitFor();
  release();
  const palette = page.getByRole("dialog").filter({ has: page.getByRole("combobox") });
  await palette.waitFor();
  await comes(() => palette.getByRole("combobox").inputValue(), (value) => value === "gate", "what the palette looks for");
  await page.keyboard.press("Escape");
  await roster(page).getByText(/^B/).first().waitFor();
  await roster(page).getByText(/^C/).first().waitFor();
});

test("a rest that does not come is told, and asked for again with the next press", async (t) => {
  let fail;
  const failing = new Promise((resolve) => {
    fail = resolve;
  });
  const answers = [(route) => route.abort(), (route) => failing.then(() => route.abort())];
  const { session } = await visit(t, (route, time) => (answers[time - 1] ?? ((route) => route.continue()))(route));
  session.expect(/rest-|ERR_FAILED/);
  const { page } = session;
  await ready(page);
  const missing = line(page).filter({ hasText: "could not be fetched" });
  await missing.waitFor();
  await start(page);
  await line(page).filter({ hasText: "What you pressed is done when it is here" }).waitFor();
  fail();
  await missing.waitFor();
  await start(page);
  await roster(page).getByText("Running").first().waitFor();
});

test("a program that cannot go on without the rest gets it while the page waits", async (t) => {
  const later = new Promise(() => {});
  const { session, asked } = await visit(t, (route) => (route.request().resourceType() === "xhr" ? route.continue() : later));
  const { page } = session;
  await ready(page);
  const names = await page.evaluate(async () => {
    const { pipelines } = await window.codepipeline.listPipelines({});
    return pipelines.map(({ name }) => name);
  });
  assert.deepEqual(names, ["storefront-release"]);
  assert.deepEqual(asked, ["fetch", "xhr"]);
  await start(page);
  await roster(page).getByText("Running").first().waitFor();
});

test("where the rest cannot be had at all, the panel says so", async (t) => {
  const { session } = await visit(t, (route) => route.abort());
  session.expect(/rest-|ERR_FAILED|could not be fetched/);
  const { page } = session;
  await ready(page);
  await page.evaluate(() => setTimeout(() => window.codepipeline.listPipelines({})));
  await page.getByRole("alert").filter({ hasText: "A part of the program could not be fetched" }).waitFor();
});

test("whoever was here before gets the whole program at once", async (t) => {
  const session = await openPage(t);
  await ready(session.page);
  await session.page.waitForFunction(() => "whole" in document.documentElement.dataset);
  await session.page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector(".stage")) return;
      observer.disconnect();
      window.wholeAtFirstPicture = "whole" in document.documentElement.dataset;
    }).observe(document, { childList: true, subtree: true });
  });
  await session.page.reload();
  await ready(session.page);
  assert.equal(await session.page.evaluate(() => window.wholeAtFirstPicture), true);
});
