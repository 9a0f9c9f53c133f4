// Everything by keyboard: a whole run without touching the mouse.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { clock, facts, ready, roster } from "./person.mjs";

test("start, pause, step, look, ask why, all from the keyboard", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.keyboard.press("s");
  await roster(page).getByText("Running").waitFor();
  await page.keyboard.press("Space");
  await clock(page).getByRole("button", { name: "Play" }).waitFor();
  await page.keyboard.press(".");
  await facts(page).getByRole("button", { name: /^Checkout succeeded for B/ }).waitFor();
  await page.keyboard.press("=");
  assert.equal(await clock(page).getByRole("slider", { name: "Speed" }).inputValue(), "3");
  await page.keyboard.press("-");
  assert.equal(await clock(page).getByRole("slider", { name: "Speed" }).inputValue(), "2");
  // Into the picture: one tab stop, arrows inside, Enter selects, W asks.
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.closest("main") !== null)) break;
  }
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  const first = await focused();
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await focused(), first);
  await page.keyboard.press("Enter");
  await page.keyboard.press("w");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
});

test("no letter acts while somebody types", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.getByRole("button", { name: "Import…" }).click();
  await page.getByRole("textbox").pressSequentially("s . w =");
  await page.keyboard.press("Escape");
  const { pipelineExecutionSummaries } = await page.evaluate(() =>
    window.codepipeline.listPipelineExecutions({ pipelineName: "storefront-release" }),
  );
  assert.equal(pipelineExecutionSummaries.length, 1);
});
