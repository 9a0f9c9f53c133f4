// Stopping, retrying, rolling back: each says first what it ends or begins.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { clock, details, facts, ready, roster, stage, start, tile, untilIdle } from "./person.mjs";

/** The page with an execution that failed in Staging, and the clock paused. */
async function failed(t) {
  const { page } = await openPage(t);
  await ready(page);
  await page.getByRole("button", { name: "Start execution" }).waitFor();
  await stage(page, "Staging").waitFor();
  await tile(page, "DeployWeb").first().click();
  await details(page).getByRole("radio", { name: "Fail" }).check();
  await start(page);
  await untilIdle(page);
  await roster(page).getByText("Failed").waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  return page;
}

test("a stop says what it cuts off, and can be turned from waiting to abandoning", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await start(page);
  await clock(page).getByRole("button", { name: "Next fact" }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await roster(page).getByRole("button", { name: /^Execution B/ }).click();
  await details(page).getByRole("button", { name: "Stop B…" }).click();
  const stop = page.getByRole("dialog", { name: "Stop B" });
  await stop.getByText(/may end, and then B is stopped\.$/).waitFor();
  await stop.getByRole("radio", { name: /Stop and abandon/ }).check();
  await stop.getByText(/(is|are) cut off\.$/).waitFor();
  await stop.getByRole("radio", { name: /Stop and wait/ }).check();
  await stop.getByRole("textbox", { name: "reason" }).fill("wrong build");
  await stop.getByRole("button", { name: "Stop", exact: true }).click();
  await stop.waitFor({ state: "hidden" });
  await roster(page).getByText("Stopping").waitFor();
  await roster(page).getByRole("button", { name: "why? Execution B" }).click();
  await page.getByRole("dialog", { name: "Why?" }).getByRole("button", { name: "Abandon B…" }).click();
  assert.ok(await stop.getByRole("radio", { name: /Stop and wait/ }).isDisabled());
  await stop.getByText("is already being stopped").first().waitFor();
  await stop.getByRole("button", { name: "Stop", exact: true }).click();
  await roster(page).getByText("Stopped").waitFor();
});

test("R retries the stage that failed, with its failed actions or with all of them", async (t) => {
  const page = await failed(t);
  await tile(page, "DeployWeb").first().click();
  await details(page).getByRole("radio", { name: "Succeed" }).check();
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("r");
  const retry = page.getByRole("dialog", { name: "Retry Staging" });
  await retry.getByText("DeployWeb runs again in Staging.").waitFor();
  await retry.getByRole("radio", { name: /All actions/ }).check();
  await retry.getByText("DeployWeb runs again in Staging.").waitFor();
  await retry.getByRole("button", { name: "Retry", exact: true }).click();
  await retry.waitFor({ state: "hidden" });
  await untilIdle(page);
  await facts(page).getByRole("button", { name: /^B succeeded/ }).first().waitFor();
  // What cannot be retried says why, in the service's words.
  await stage(page, "Build").click();
  await details(page).getByText("Not now:").click();
  await details(page).getByText(/^The stage 'Build' cannot be retried: /).waitFor();
});

test("a stage is rolled back to an execution that succeeded there", async (t) => {
  const page = await failed(t);
  await stage(page, "Staging").click();
  await details(page).getByRole("button", { name: "Roll back…" }).click();
  const back = page.getByRole("dialog", { name: "Roll Staging back" });
  await back.getByText("the target did not succeed in it").waitFor();
  await back.getByText("C starts in Staging at once and puts back what A brought there.").waitFor();
  await back.getByRole("button", { name: "Roll back", exact: true }).click();
  await back.waitFor({ state: "hidden" });
  await roster(page).getByRole("button", { name: /^Execution C/ }).waitFor();
});
