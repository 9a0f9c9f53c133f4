// Importing a declaration: what is found, what is asked, what is refused, and that it runs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { declaration, facts, paste, ready, stage, untilIdle } from "./person.mjs";

async function imported(page, dialog) {
  await dialog.locator("footer").getByRole("button").first().click();
  await dialog.waitFor({ state: "hidden" });
}

for (const [form, wrap] of [
  ["with metadata and the outer key", (pipeline) => ({ pipeline, metadata: { created: "2024-01-01T00:00:00Z", updated: 1 } })],
  ["with the outer key", (pipeline) => ({ pipeline })],
  ["bare", (pipeline) => pipeline],
]) {
  test(`a declaration ${form} is imported and runs to its end`, async (t) => {
    const { page } = await openPage(t);
    await ready(page);
    const dialog = await paste(page, JSON.stringify(wrap(declaration("imported")), null, 2));
    await dialog.getByRole("region", { name: "Found" }).getByText("imported").first().waitFor();
    await imported(page, dialog);
    await page.getByRole("heading", { name: "imported", level: 1 }).waitFor();
    await untilIdle(page);
    await facts(page).getByRole("button", { name: /^A succeeded after/ }).waitFor();
    await stage(page, "Deploy").waitFor();
  });
}

test("a declaration of another Region goes into a new world there, and the first world is still there", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const text = JSON.stringify({
    pipeline: declaration("elsewhere"),
    metadata: { pipelineArn: "arn:aws:codepipeline:eu-central-1:111122223333:elsewhere" },
  });
  const dialog = await paste(page, text);
  await dialog.getByText("eu-central-1").first().waitFor();
  await imported(page, dialog);
  await page.getByRole("heading", { name: "elsewhere", level: 1 }).waitFor();
  const arn = await page.evaluate(
    async () => (await window.codepipeline.getPipeline({ name: "elsewhere" })).metadata.pipelineArn,
  );
  assert.equal(arn, "arn:aws:codepipeline:eu-central-1:123456789012:elsewhere");
  await page.reload();
  await page.getByRole("heading", { name: "elsewhere", level: 1 }).waitFor();
  await page.getByRole("button", { name: "eu-central-1" }).click();
  await page.getByRole("menuitem", { name: "Open world default" }).click();
  await page.getByRole("heading", { name: "storefront-release", level: 1 }).waitFor();
});

test("a taken name is renamed or becomes a new version", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const text = JSON.stringify(declaration("storefront-release"));
  let dialog = await paste(page, text);
  await dialog.getByRole("radio").nth(1).check();
  await imported(page, dialog);
  await page.getByText("version 2", { exact: true }).waitFor();
  dialog = await paste(page, text);
  await dialog.getByRole("radio").first().check();
  await imported(page, dialog);
  const { pipelines } = await page.evaluate(() => window.codepipeline.listPipelines({}));
  assert.equal(pipelines.length, 2);
});

test("an unknown custom action type is created with the keys that the declaration uses, and waits for its worker", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const text = JSON.stringify(
    declaration("custom", (pipeline) => {
      pipeline.stages[1].actions[0].actionTypeId = { category: "Build", owner: "Custom", provider: "Bench", version: "1" };
      pipeline.stages[1].actions[0].configuration = { Rig: "bench-2" };
      return pipeline;
    }),
  );
  const dialog = await paste(page, text);
  await dialog.getByText("Bench").first().waitFor();
  await imported(page, dialog);
  await untilIdle(page);
  await page.getByRole("main").getByRole("button", { name: /^Make.*worker/ }).waitFor();
});

test("what is wrong is listed with its place, and nothing changes", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const wrong = declaration("wrong", (pipeline) => {
    delete pipeline.roleArn;
    pipeline.stages[1].actions[0].runOrder = 0;
    pipeline.stages[2].name = "no spaces allowed";
    return pipeline;
  });
  const dialog = await paste(page, JSON.stringify(wrong));
  const problems = dialog.getByRole("list", { name: "What is wrong" });
  await problems.getByText("pipeline.roleArn", { exact: true }).waitFor();
  await problems.getByText("pipeline.stages.2.member.actions.1.member.runOrder", { exact: true }).waitFor();
  await problems.getByText("pipeline.stages.3.member.name", { exact: true }).waitFor();
  assert.equal(await dialog.locator("footer").getByRole("button").first().isDisabled(), true);
  for (const [text, said] of [
    ['{ "pipeline": ', /line 1/],
    ['{ "AWSTemplateFormatVersion": "2010-09-09", "Resources": {} }', /CloudFormation/],
    ["[".repeat(200) + "]".repeat(200), /levels/],
    [JSON.stringify(declaration("one", (pipeline) => ({ ...pipeline, stages: pipeline.stages.slice(0, 1) }))), /minimum of 2 stages/],
  ]) {
    await dialog.getByRole("textbox", { name: "JSON of a pipeline" }).fill(text);
    await dialog.getByText(said).first().waitFor();
    assert.equal(await dialog.locator("footer").getByRole("button").first().isDisabled(), true);
  }
  await page.keyboard.press("Escape");
  const { pipelines } = await page.evaluate(() => window.codepipeline.listPipelines({}));
  assert.equal(pipelines.length, 1);
});

test("ten megabytes are refused in a sentence and the page lives on", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const dialog = await paste(page, "");
  await dialog.getByRole("textbox").evaluate((box) => {
    box.value = "x".repeat(10_000_001);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await dialog.getByText(/10 MB/).first().waitFor();
});

test("a world file is opened in place of the present world, and a damaged one changes nothing", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const file = await page.evaluate(() => window.codepipeline.exportWorld());
  let dialog = await paste(page, JSON.stringify(declaration("imported")));
  await imported(page, dialog);
  await page.getByRole("heading", { name: "imported", level: 1 }).waitFor();
  dialog = await paste(page, JSON.stringify({ ...JSON.parse(file), format: "broken" }));
  const open = dialog.getByRole("button", { name: "Open this world in place of the present one" });
  await open.click();
  await dialog.getByText(/nothing has changed/).waitFor();
  assert.equal((await page.evaluate(() => window.codepipeline.listPipelines({}))).pipelines.length, 2);
  await dialog.getByRole("textbox", { name: "JSON of a pipeline" }).fill(file);
  await dialog.getByText(/present world is replaced/).waitFor();
  await open.click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("heading", { name: "storefront-release", level: 1 }).waitFor();
  assert.equal((await page.evaluate(() => window.codepipeline.listPipelines({}))).pipelines.length, 1);
});

test("a declaration of a GovCloud Region gets the ARNs of its partition", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const text = JSON.stringify({
    pipeline: declaration("gov"),
    metadata: { pipelineArn: "arn:aws-us-gov:codepipeline:us-gov-west-1:111122223333:gov" },
  });
  await imported(page, await paste(page, text));
  await page.getByRole("heading", { name: "gov", level: 1 }).waitFor();
  const arn = await page.evaluate(async () => (await window.codepipeline.getPipeline({ name: "gov" })).metadata.pipelineArn);
  assert.equal(arn, "arn:aws-us-gov:codepipeline:us-gov-west-1:123456789012:gov");
});
