// The tabs of the details: what a thing did, its variables, its artifacts, and two versions side by side.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bringAxe } from "./axe.mjs";
import { openPage } from "./harness.mjs";
import { comes, details, ready, roster, stage, tile } from "./person.mjs";

const NAME = "storefront-release";

const tab = (page, name) => details(page).getByRole("tab", { name, exact: true });
const panel = (page) => details(page).getByRole("tabpanel");
/** A section under its heading. */
const section = (page, title) =>
  panel(page)
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: title, exact: true }) });
const tabs = async (page) => (await details(page).getByRole("tab").allTextContents()).join(" ");
const selectPipeline = (page) => page.keyboard.press("Escape");

/**
 * B fails in Build, is retried there, and goes on, or stays in Build with a held action; today's pipeline is the second
 * version.
 */
async function story(page, held) {
  await page.evaluate(async ([name, held]) => {
    const api = window.codepipeline;
    await api.pause();
    await api.advance({ untilIdle: true });
    const { pipeline } = await api.getPipeline({ name });
    pipeline.stages[1].actions[0].configuration.ProjectName = "storefront-compile-arm";
    pipeline.executionMode = "QUEUED";
    await api.updatePipeline({ pipeline });
    const target = { pipelineName: name, stageName: "Build", actionName: "Compile" };
    await api.setBehavior({ target, behavior: { outcome: { kind: "fail", code: "JobFailed", message: "Two tests are red" } } });
    const { pipelineExecutionId } = await api.startPipelineExecution({ name });
    await api.advance({ untilIdle: true });
    await api.setBehavior({ target, behavior: { outcome: { kind: "succeed" } } });
    if (held) {
      const tests = { ...target, actionName: "UnitTests" };
      await api.setBehavior({ target: tests, behavior: { outcome: { kind: "hold" } } });
    }
    await api.retryStageExecution({ pipelineName: name, stageName: "Build", pipelineExecutionId, retryMode: "FAILED_ACTIONS" });
    await api.advance({ minutes: 12 });
  }, [NAME, held]);
}

async function open(t, options = {}, held = false) {
  const session = await openPage(t, options);
  await ready(session.page);
  await story(session.page, held);
  return session;
}

test("an action's attempts stand one under the other, with the reason of the failed one", async (t) => {
  const { page } = await open(t);
  await tile(page, "Compile").click();
  await tab(page, "History").click();
  const failed = section(page, "Execution B, attempt 1");
  await failed.getByText("Two tests are red").waitFor();
  await failed.getByText("A retry took its place.").waitFor();
  await section(page, "Execution B, attempt 2").getByText(/^Done/).waitFor();
  await section(page, "Execution A").getByText("External id").waitFor();
  // The heading leads to the execution; the tab stays and tells its way.
  await failed.getByRole("button", { name: "Execution B, attempt 1" }).click();
  await details(page).getByRole("heading", { name: /^Execution B/ }).first().waitFor();
  assert.equal(await tab(page, "History").getAttribute("aria-selected"), "true");
  // The heading is gone: whoever pressed it by keyboard is in the panel, at its top.
  await panel(page).and(page.locator(":focus")).waitFor();
  assert.equal(await panel(page).evaluate((content) => content.scrollTop), 0);
  await section(page, "Build").getByText("1 by hand").waitFor();
  // A stage tells the same stay.
  await stage(page, "Build").click();
  await section(page, "Execution B").getByText("Two tests are red").waitFor();
});

test("an execution that is still under way can be asked why in its history", async (t) => {
  const { page } = await open(t);
  await page.evaluate(async (name) => {
    await window.codepipeline.disableStageTransition({
      pipelineName: name, stageName: "Staging", transitionType: "Inbound", reason: "load test",
    });
    await window.codepipeline.startPipelineExecution({ name });
    await window.codepipeline.advance({ untilIdle: true });
  }, NAME);
  await roster(page).getByRole("button", { name: /^Execution C/ }).click();
  await tab(page, "History").click();
  const waits = section(page, "In front of Staging");
  await waits.getByText(/^waits /).waitFor();
  await waits.getByRole("button", { name: "why?" }).click();
  await page.getByRole("dialog", { name: "Why?" }).waitFor();
});

test("variables and artifacts say where they come from, who reads them and where they lie", async (t) => {
  const { page } = await open(t);
  await tile(page, "Compile").click();
  await tab(page, "Variables").click();
  await section(page, "Configuration").getByText("storefront-compile-arm").waitFor();
  await tab(page, "Artifacts").click();
  await section(page, "Input artifacts").getByText(/^s3:\/\//).waitFor();
  await section(page, "Input artifacts").getByText("from Source / Checkout").waitFor();
  await roster(page).getByRole("button", { name: /^Execution B/ }).click();
  await section(page, "Source revisions").getByText(/^[0-9a-f]{40}$/).waitFor();
  await section(page, "Artifacts").getByText(/made by Source \/ Checkout, read by /).waitFor();
});

test("today's version beside an older one says what was changed", async (t) => {
  const { page } = await open(t);
  await selectPipeline(page);
  await tab(page, "History").click();
  const changed = section(page, "What changed since version 1").getByRole("table");
  await changed.getByText("stages / Build / actions / Compile / configuration / ProjectName").waitFor();
  const row = changed.locator("tbody").filter({ hasText: "ProjectName" });
  assert.match(await row.locator("td").nth(1).innerText(), /storefront-compile-arm/);
  await section(page, "Versions").getByText("B runs it").waitFor();
  await page.evaluate(async (name) => {
    const { pipeline } = await window.codepipeline.getPipeline({ name });
    pipeline.stages.pop();
    await window.codepipeline.updatePipeline({ pipeline });
  }, NAME);
  await section(page, "What changed since version 2").getByText("removed", { exact: true }).waitFor();
  await panel(page).getByLabel("Hold today's version against").selectOption({ label: await panel(page).locator("option").last().innerText() });
  await section(page, "What changed since version 1").getByText("executionMode").waitFor();
});

test("the arrow keys go through the tabs that there are", async (t) => {
  const { page } = await open(t);
  await selectPipeline(page);
  const hidden = details(page).getByRole("tab", { includeHidden: true });
  assert.equal(await hidden.count(), 5);
  await comes(() => tabs(page), (now) => now === "Overview History JSON", "the tabs");
  await tile(page, "Compile").click();
  await comes(() => tabs(page), (now) => now === "Overview History Variables Artifacts JSON", "the tabs");
  await tab(page, "Overview").focus();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  for (const [key, name] of [
    ["ArrowRight", "History"],
    ["ArrowRight", "Variables"],
    ["End", "JSON"],
    ["ArrowRight", "Overview"],
    ["ArrowLeft", "JSON"],
    ["ArrowLeft", "Artifacts"],
    ["Home", "Overview"],
  ]) {
    await page.keyboard.press(key);
    await tab(page, name).and(page.locator("[aria-selected=true]:focus")).waitFor();
    await comes(focused, (now) => now === name, `the focus is at ${name}`);
  }
});

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ]) {
    test(`every tab at ${width}x${height} ${colorScheme}`, async (t) => {
      // Where it is narrow the actions of a free stage are folded: B stays in Build.
      const session = await open(t, { browser: { colorScheme, viewport: { width, height } } }, true);
      const { page } = session;
      await bringAxe(page);
      const look = async (of, name) => {
        await tab(page, name).click();
        await panel(page).locator("section").first().waitFor();
        await session.screenshot(`details-${of}-${name.toLowerCase()}-${width}-${colorScheme}`);
        const scroll = await page.evaluate(() => {
          const content = document.querySelector(".details > .content");
          return [document.documentElement.scrollWidth, content.scrollWidth - content.clientWidth];
        });
        assert.ok(scroll[0] <= width && scroll[1] <= 0, `${of} ${name}: ${scroll}`);
        const { violations } = await page.evaluate(() => window.axe.run(document.querySelector(".details")));
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`),
          [],
        );
      };
      const pane = (name) => page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name }).click();
      const front = async () => {
        if (width < 720) await pane("Details");
      };
      await front();
      await look("pipeline", "History");
      if (width < 720) await pane("Picture");
      await tile(page, "Compile").click();
      await front();
      for (const name of ["History", "Variables", "Artifacts"]) await look("action", name);
      await section(page, "Input artifacts").waitFor();
      await tab(page, "History").click();
      await section(page, "Execution A").getByRole("button", { name: "Execution A" }).click();
      await front();
      for (const name of ["History", "Artifacts"]) await look("execution", name);
    });
  }
}
