// The forms of operations: each of them opens, begins with what is selected, says live what the service would say, stays
// in step with its JSON, is sent, and shows the answer or the error. Refused calls stand among the facts.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bringAxe } from "./axe.mjs";
import { openPage } from "./harness.mjs";
import { details, facts, picture, ready, stage, start } from "./person.mjs";

const dialog = (page) => page.locator("dialog.operate[open]");
const json = (page) => dialog(page).getByRole("textbox", { name: "The input as JSON" });
const input = async (page) => JSON.parse(await json(page).inputValue());
const answer = (page) => dialog(page).getByRole("status", { name: "Answer" });

async function list(page) {
  await page.locator(".chooser.world").click();
  await page.getByRole("menuitem", { name: "Operations…" }).click();
  await dialog(page).waitFor();
}

async function open(page, name) {
  if (!(await dialog(page).isVisible())) await list(page);
  const back = dialog(page).getByRole("button", { name: "Operations" });
  if (await back.isVisible()) await back.click();
  await dialog(page).getByRole("button", { name: new RegExp(`^${name} `) }).click();
  await dialog(page).getByRole("heading", { name }).waitFor();
}

async function send(page) {
  await dialog(page).getByRole("button", { name: "Send" }).click();
}

test("each of the 44 operations has a form whose text is the input of its call", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await list(page);
  const names = await dialog(page).locator(".operation .name").allTextContents();
  assert.equal(names.length, 44);
  assert.equal(new Set(names).size, 44);
  for (const name of names) {
    await open(page, name);
    const filled = await input(page);
    // The call that can be copied is made of the same input.
    await dialog(page).getByRole("radio", { name: "AWS CLI" }).check();
    const cli = await dialog(page).locator(".written pre").textContent();
    assert.match(cli, /^aws codepipeline [a-z-]+/, name);
    for (const value of Object.values(filled)) {
      if (typeof value === "string" && value.length > 3) assert.ok(cli.includes(value), `${name}: ${value} in ${cli}`);
    }
    assert.equal(await dialog(page).locator(".fields .finding").count(), 0, `${name} begins without a complaint`);
  }
});

test("a gate is closed through the form, in step with its JSON, and a refusal is told and kept among the facts", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await stage(page, "Staging").click();
  await open(page, "DisableStageTransition");
  assert.deepEqual(await input(page), { pipelineName: "storefront-release", stageName: "Staging", transitionType: "Inbound" });
  const reason = dialog(page).getByLabel("reason (required)");
  await reason.fill("not #1");
  await dialog(page).getByText("Member must satisfy regular expression pattern: [a-zA-Z0-9!@ \\(\\)\\.\\*\\?\\-]+").waitFor();
  await dialog(page).getByText("The service would refuse this: 1 problem stands at its field.").waitFor();
  assert.equal((await input(page)).reason, "not #1");
  // It can be sent all the same, and the service says so.
  await send(page);
  await answer(page).getByText("ValidationException").waitFor();
  await answer(page).getByText("1 validation error detected: Value at 'reason'", { exact: false }).waitFor();
  // The text changes the field.
  await json(page).fill('{ "pipelineName": "storefront-release", "stageName": "Staging", "transitionType": "Inbound", "reason": "load test" }');
  assert.equal(await reason.inputValue(), "load test");
  await json(page).fill("{ nothing");
  await dialog(page).getByText("Line 1, column 3:", { exact: false }).waitFor();
  assert.ok(await dialog(page).getByRole("button", { name: "Send" }).isDisabled());
  await json(page).fill('{ "pipelineName": "storefront-release", "stageName": "Nowhere", "transitionType": "Inbound", "reason": "load test" }');
  await dialog(page).getByText("Sent now, it would be refused. StageNotFoundException", { exact: false }).waitFor();
  await dialog(page).getByLabel("stageName (required)").fill("Staging");
  await send(page);
  await answer(page).getByText("Done. This operation answers nothing.").waitFor();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  await picture(page).getByRole("button", { name: /^Gate in front of Staging: closed/ }).waitFor();

  const refused = facts(page).getByRole("listitem").filter({ hasText: "Refused" });
  assert.match(await refused.textContent(), /ValidationException: 1 validation error detected.*DisableStageTransition/);
  await refused.getByRole("button", { name: /^More about: DisableStageTransition was refused/ }).click();
  await facts(page).getByText("The call was refused, and nothing has changed.", { exact: false }).waitFor();
  await facts(page).getByText("--reason 'not #1'", { exact: false }).waitFor();
});

test("parts are added, filled in and taken away; what was filled in is kept when the form is closed", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await open(page, "PutJobSuccessResult");
  const field = (name) => dialog(page).getByLabel(name, { exact: true });
  await field("jobId (required)").fill("11111111-2222-4333-8444-555555555555");
  await dialog(page).getByRole("button", { name: "Add currentRevision" }).click();
  await field("revision (required)").fill("abc");
  await field("changeIdentifier (required)").fill("1");
  await field("created").fill("2026-03-03T09:59:30");
  await dialog(page).getByRole("button", { name: "Add executionDetails" }).click();
  await field("percentComplete").fill("200");
  await dialog(page).getByText("Member must have value less than or equal to 100").waitFor();
  await field("percentComplete").fill("100");
  await dialog(page).getByRole("button", { name: "Add outputVariables" }).click();
  await field("key 1 (required)").fill("url");
  await field("value 1").fill("https://example.com");
  await dialog(page).getByRole("button", { name: "Add to outputVariables" }).click();
  await field("key 2 (required)").fill("url");
  await dialog(page).getByText("Another entry has the key url already.").waitFor();
  await dialog(page).getByRole("button", { name: "Remove value 2" }).click();
  const wanted = {
    jobId: "11111111-2222-4333-8444-555555555555",
    currentRevision: { revision: "abc", changeIdentifier: "1", created: 1772531970 },
    executionDetails: { percentComplete: 100 },
    outputVariables: { url: "https://example.com" },
  };
  assert.deepEqual(await input(page), wanted);
  await send(page);
  await answer(page).getByText("JobNotFoundException").waitFor();
  await page.keyboard.press("Escape");
  await open(page, "PutJobSuccessResult");
  assert.deepEqual(await input(page), wanted);
  await dialog(page).getByRole("button", { name: "Begin again" }).click();
  assert.deepEqual(await input(page), {});
});

test("an approval is answered with what the form suggests, and a declaration is folded", async (t) => {
  const { page } = await openPage(t, { address: "#world=approval&speed=600&play" });
  await picture(page).getByRole("button", { name: /Needs approval/ }).first().waitFor();
  await open(page, "PutApprovalResult");
  const filled = await input(page);
  assert.equal(filled.result.status, "Approved");
  assert.match(filled.token, /^[0-9a-f-]{36}$/);
  await dialog(page).getByLabel("summary (required)").fill("Looks good");
  await send(page);
  await answer(page).getByText("approvedAt").waitFor();
  await send(page);
  await answer(page).getByText("ApprovalAlreadyCompletedException").waitFor();

  await open(page, "UpdatePipeline");
  const first = dialog(page).getByRole("button", { name: /^stages 1/ });
  await first.click();
  assert.equal(await first.getAttribute("aria-expanded"), "true");
  await dialog(page).getByRole("button", { name: "Add variables" }).click();
  await dialog(page).getByLabel("name (required)").last().fill("greeting");
  const { pipeline } = await input(page);
  assert.deepEqual(pipeline.variables, [{ name: "greeting" }]);
});

test("a list goes on page by page", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await start(page);
  await open(page, "ListPipelineExecutions");
  await dialog(page).getByLabel("maxResults", { exact: true }).fill("1");
  await send(page);
  await answer(page).getByText("nextToken").waitFor();
  const first = await answer(page).locator("pre").textContent();
  await answer(page).getByRole("button", { name: "Ask for the next page" }).click();
  await page.waitForFunction((first) => document.querySelector(".answered pre")?.textContent !== first, first);
  assert.equal(JSON.parse(await answer(page).locator("pre").textContent()).pipelineExecutionSummaries.length, 1);
});

for (const [width, height, colorScheme] of [
  [1440, 900, "light"],
  [1440, 900, "dark"],
  [360, 740, "light"],
]) {
  test(`operations at ${width}x${height} ${colorScheme}: nothing is wider than the window, axe finds nothing`, async (t) => {
    const session = await openPage(t, { browser: { colorScheme, viewport: { width, height } } });
    const { page } = session;
    await ready(page);
    await bringAxe(page);
    const look = async (name) => {
      await session.screenshot(`operations-${name}-${width}-${colorScheme}`);
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(scroll <= width, `${name}: ${scroll} px in a window of ${width}`);
      const { violations } = await page.evaluate(() => window.axe.run(document.querySelector("dialog[open]")));
      assert.deepEqual(violations.map(({ id, nodes }) => `${name} ${id}: ${nodes.map(({ html }) => html.slice(0, 160))}`), []);
    };
    await page.getByRole("button", { name: width < 800 ? "Choose a pipeline" : "default" }).first().click();
    await page.getByRole("menuitem", { name: "Operations…" }).click();
    await look("list");
    await open(page, "PutWebhook");
    await send(page);
    await answer(page).getByText("Answer,", { exact: false }).waitFor();
    await look("webhook");
    await open(page, "UpdatePipeline");
    await dialog(page).getByRole("button", { name: /^stages 2/ }).click();
    await dialog(page).getByLabel("name (required)").nth(1).fill("Source");
    await look("update");
    await open(page, "AcknowledgeJob");
    await send(page);
    await answer(page).getByText("ValidationException").waitFor();
    await look("refused");
  });
}
