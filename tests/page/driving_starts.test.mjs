// Starting with variables and revisions, pushing, calling a webhook.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { clock, declaration, facts, paste, ready, roster, start, untilIdle } from "./person.mjs";

async function imported(page, change) {
  const dialog = await paste(page, JSON.stringify({ pipeline: declaration("shop", change) }));
  await dialog.getByRole("button", { name: /^Import/ }).first().click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("heading", { name: "shop", exact: true }).waitFor();
}

test("a start asks for the variable that has no default, and for nothing where nothing is missing", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await start(page);
  await roster(page).getByRole("button", { name: /^Execution B/ }).waitFor();
  await imported(page, (pipeline) => ({
    ...pipeline,
    pipelineType: "V2",
    variables: [{ name: "Target", description: "Where it goes." }, { name: "Speed", defaultValue: "slow" }],
  }));
  await page.keyboard.press("s");
  const form = page.getByRole("dialog", { name: "Start shop with…" });
  await form.getByText("ValidationException").waitFor();
  await form.getByText("Target has no default value").waitFor();
  const press = form.getByRole("button", { name: "Start execution" });
  assert.equal(await press.isEnabled(), false);
  await form.getByRole("textbox", { name: "Target required" }).fill("eu");
  await form.getByRole("textbox", { name: "revisionValue of Fetch" }).fill("0a1b2c3d");
  await form.getByText(/enters Source\.|waits in front of Source\./).waitFor();
  await press.click();
  await form.waitFor({ state: "hidden" });
  const told = await page.evaluate(async () => {
    const { pipelineExecutionSummaries: all } = await window.codepipeline.listPipelineExecutions({ pipelineName: "shop" });
    const { pipelineExecution } = await window.codepipeline.getPipelineExecution({
      pipelineName: "shop", pipelineExecutionId: all[0].pipelineExecutionId,
    });
    return pipelineExecution.variables;
  });
  assert.deepEqual(told.map((variable) => variable.resolvedValue), ["eu", "slow"]);
});

test("with… starts with the revision that is named", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.getByRole("button", { name: /^with…/ }).click();
  const form = page.getByRole("dialog", { name: "Start storefront-release with…" });
  await form.getByRole("textbox", { name: "revisionValue of Checkout" }).fill("feedbeef");
  await form.getByText("B enters Source.").waitFor();
  await page.keyboard.press("Enter");
  await form.waitFor({ state: "hidden" });
  await untilIdle(page);
  const [newest] = await page.evaluate(async () => {
    const all = await window.codepipeline.listPipelineExecutions({ pipelineName: "storefront-release" });
    return all.pipelineExecutionSummaries;
  });
  assert.equal(newest.sourceRevisions[0].revisionId, "feedbeef");
});

test("a push says first what it starts and why, and P opens it", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.keyboard.press("p");
  const form = page.getByRole("dialog", { name: "Push a change" });
  await form.getByText("storefront-release starts.", { exact: true }).waitFor();
  await form.getByRole("textbox", { name: "branch required" }).fill("feature/a");
  await form.getByText("storefront-release does not start.").waitFor();
  await form.getByText(/The branch feature\/a was pushed/).waitFor();
  await form.getByRole("textbox", { name: "branch required" }).fill("main");
  await form.getByRole("textbox", { name: "message" }).fill("Fix basket rounding");
  await form.getByRole("button", { name: "Push", exact: true }).click();
  await form.waitFor({ state: "hidden" });
  await facts(page).getByText("Fix basket rounding").first().waitFor();
  await roster(page).getByRole("button", { name: /^Execution B/ }).waitFor();
  // The other kinds ask for other things.
  await page.keyboard.press("p");
  await form.getByRole("radio", { name: "A pull request" }).check();
  await form.getByRole("combobox", { name: "event required" }).selectOption("CLOSED");
  await form.getByRole("combobox", { name: "merged" }).waitFor();
  await form.getByRole("radio", { name: "A tag is pushed" }).check();
  await form.getByRole("textbox", { name: "tag required" }).waitFor();
  assert.equal(await form.getByRole("textbox", { name: "files" }).count(), 0);
});

test("a webhook is called with its payload ready and the signature made", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await imported(page, (pipeline) => pipeline);
  await page.evaluate(() =>
    window.codepipeline.putWebhook({
      webhook: {
        name: "pushes", targetPipeline: "shop", targetAction: "Fetch",
        filters: [{ jsonPath: "$.ref", matchEquals: "refs/heads/{BranchName}" }],
        authentication: "GITHUB_HMAC", authenticationConfiguration: { SecretToken: "s3cret" },
      },
    }),
  );
  await page.getByRole("button", { name: "Push a commit" }).click();
  const form = page.getByRole("dialog", { name: "Push a change" });
  await form.getByRole("radio", { name: "A webhook is called" }).check();
  await form.getByText("shop starts.", { exact: true }).waitFor();
  const body = form.getByRole("textbox", { name: "body" });
  const payload = JSON.parse(await body.inputValue());
  assert.equal(payload.ref, "refs/heads/main");
  await body.fill(JSON.stringify({ ...payload, ref: "refs/heads/other" }));
  await form.getByText("shop does not start.").waitFor();
  await body.fill(JSON.stringify(payload));
  await form.getByText("shop starts.", { exact: true }).waitFor();
  await form.getByRole("button", { name: "Call" }).click();
  await form.waitFor({ state: "hidden" });
  await facts(page).getByText("deliverWebhook").first().waitFor();
  await clock(page).waitFor();
});
