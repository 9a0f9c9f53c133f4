// The list of facts: what to look for, why, and the call that caused it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { comes, facts, ready, rests, roster, start } from "./person.mjs";

const sentences = (page) =>
  facts(page).locator(".fact .text").evaluateAll((all) => all.map((one) => one.textContent));
const pause = (page) => page.evaluate(() => window.codepipeline.pause());

async function opened(t, options) {
  const session = await openPage(t, options);
  await ready(session.page);
  await start(session.page);
  await pause(session.page);
  return session;
}

test("a fact opens to its call as three clients would make it, and goes back to where it was", async (t) => {
  const { page } = await opened(t, { browser: { permissions: ["clipboard-read", "clipboard-write"] } });
  const row = facts(page).getByRole("button", { name: /^More about: .*B started/i }).first();
  await row.click();
  const text = facts(page).locator(".call-text");
  await text.waitFor();
  assert.equal(await text.textContent(), "aws codepipeline start-pipeline-execution --name storefront-release\n");
  await facts(page).getByRole("radio", { name: "boto3" }).check();
  await facts(page).getByText('codepipeline.start_pipeline_execution(').waitFor();
  await facts(page).getByRole("radio", { name: "JavaScript" }).check();
  await facts(page).getByText("new StartPipelineExecutionCommand(").waitFor();
  await facts(page).getByRole("button", { name: "Copy" }).first().click();
  await facts(page).getByRole("button", { name: "Copied" }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /new StartPipelineExecutionCommand\(/);
  const fact = JSON.parse(await facts(page).locator("pre").last().textContent());
  assert.deepEqual([fact.type, fact.call], ["ExecutionStarted", "StartPipelineExecution"]);
  await facts(page).getByRole("button", { name: "All facts" }).click();
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-label")?.startsWith("More about:"));
});

test("a call of before this page was opened is said not to be kept, and a deadline had none", async (t) => {
  const session = await opened(t);
  await session.page.evaluate(() => window.codepipeline.advance({ untilIdle: true }));
  await session.page.waitForTimeout(500);
  await session.page.close();
  const page = await session.reopen();
  await ready(page);
  await facts(page).getByRole("button", { name: "Filter" }).click();
  await facts(page).getByRole("checkbox", { name: "Only what I did" }).check();
  await facts(page).getByRole("button", { name: /^More about:/ }).first().click();
  await facts(page).getByText("the input was not kept").waitFor();
  assert.equal(await facts(page).locator(".call-text").count(), 0);
  await facts(page).getByRole("button", { name: "All facts" }).click();
  await facts(page).getByRole("checkbox", { name: "Only what I did" }).uncheck();
  await facts(page).getByRole("button", { name: /^More about: .*succeeded/ }).first().click();
  await facts(page).getByText("no call caused it").waitFor();
});

test("a rule's number stands behind its sentence and says how the rule is known", async (t) => {
  const { page } = await openPage(t, { address: "#world=superseded" });
  await facts(page).getByRole("button", { name: /^More about: .*B was superseded/i }).first().click();
  const sentence = "A newer execution that reaches the front of a stage supersedes whoever waits there, and does so on arrival, not on start. Rule SU-1. AWS documents it.";
  await facts(page).getByText(sentence).waitFor();
  await roster(page).getByRole("button", { name: "why? Execution B" }).click();
  await page.getByRole("dialog", { name: "Why?" }).getByText(sentence).waitFor();
});

test("filters leave only what is looked for, and can be undone", async (t) => {
  const { page } = await opened(t);
  await page.evaluate(() => window.codepipeline.advance({ untilIdle: true }));
  await facts(page).getByRole("button", { name: "Filter" }).click();
  await facts(page).getByRole("combobox", { name: "Stage" }).selectOption("Build");
  await page.waitForFunction(() => document.querySelectorAll(".fact").length > 0);
  await facts(page).getByRole("combobox", { name: "Kind" }).selectOption("Stages");
  const fits = (told) => told.length >= 2 && told.every((one) => /Build/.test(one));
  const told = await comes(() => sentences(page), fits, "stages, and of Build alone");
  await facts(page).getByRole("combobox", { name: "Kind" }).selectOption("Conditions");
  await facts(page).getByText("No fact fits the filter.").waitFor();
  await facts(page).getByRole("button", { name: "Filter is on" }).waitFor();
  await facts(page).getByRole("button", { name: "Show all facts" }).click();
  await comes(() => sentences(page), (all) => all.length > told.length, "all are back");
});

test("whoever reads further down is not disturbed, and is told what is new", async (t) => {
  const { page } = await opened(t);
  await page.evaluate(() => window.codepipeline.advance({ untilIdle: true }));
  const list = facts(page).locator(".facts-body > .content");
  await list.evaluate((list) => list.scrollTo(0, 300));
  await page.waitForTimeout(200);
  const before = await sentences(page);
  await page.evaluate(async () => {
    await window.codepipeline.startPipelineExecution({ name: "storefront-release" });
  });
  const fresh = facts(page).getByRole("button", { name: /^\d+ new$/ });
  await fresh.waitFor();
  assert.deepEqual(await sentences(page), before, "nothing moved under the reader");
  await fresh.click();
  await fresh.waitFor({ state: "detached" });
  assert.equal(await list.evaluate((list) => list.scrollTop), 0);
  await facts(page).getByRole("button", { name: /C started/i }).first().waitFor();
});

test("only what is seen is drawn, however much there is", async (t) => {
  const { page } = await opened(t);
  await page.evaluate(async () => {
    for (let run = 0; run < 30; run += 1) {
      await window.codepipeline.startPipelineExecution({ name: "storefront-release" });
      await window.codepipeline.advance({ untilIdle: true });
    }
  });
  const list = facts(page).locator(".facts-body > .content");
  const height = await rests(() => list.evaluate((list) => list.scrollHeight), "the list has all of them");
  assert.ok(height > 44 * 500, `${height} px`);
  await comes(() => facts(page).locator(".fact").count(), (drawn) => drawn > 3 && drawn < 40, "rows that are drawn");
  await list.evaluate((list) => list.scrollTo(0, list.scrollHeight));
  const last = facts(page).locator(".fact").last();
  const apart = async () => {
    const [row, box] = [await last.boundingBox(), await list.boundingBox()];
    // A row may be taken away between the two.
    return row ? Math.abs(row.y + row.height - box.y - box.height) : Infinity;
  };
  await comes(apart, (apart) => apart < 3, "the end of the list is at its end");
});

test("a world without a pipeline tells of the calls that were refused", async (t) => {
  const { page } = await openPage(t, { address: "#world=nothing%20yet" });
  await page.getByRole("button", { name: "Import…" }).first().waitFor();
  await page.evaluate(() => window.codepipeline.getPipeline({ name: "shop" }).catch(() => {}));
  await facts(page).getByText("PipelineNotFoundException").waitFor();
  await facts(page).getByRole("button", { name: /^More about: GetPipeline was refused/ }).click();
  await facts(page).getByText("aws codepipeline get-pipeline --name shop").waitFor();
  await facts(page).getByText("This list remembers it until the page is closed").waitFor();
});
