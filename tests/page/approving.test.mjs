// An approval is answered on the page, and what is typed survives the clock.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { clock, details, facts, ready, roster, tile, untilIdle } from "./person.mjs";

async function waiting(t) {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await page.getByRole("button", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a pipeline" });
  await dialog.getByRole("button", { name: "An approval before production" }).click();
  await dialog.locator("footer").getByRole("button").first().click();
  await dialog.waitFor({ state: "hidden" });
  await untilIdle(page);
  await roster(page).getByText("Needs approval").waitFor();
  return page;
}

for (const [press, outcome] of [
  ["Approve", /^A succeeded/],
  ["Reject", /^A failed/],
]) {
  test(`${press} is pressed on the tile, with a comment`, async (t) => {
    const page = await waiting(t);
    await clock(page).getByRole("button", { name: "Play" }).click();
    await tile(page, "Approve").click();
    const ask = page.getByRole("dialog");
    const comment = ask.getByRole("textbox");
    await comment.pressSequentially("looks ");
    await page.waitForTimeout(700);
    await comment.pressSequentially("fine");
    assert.equal(await comment.inputValue(), "looks fine", "the clock takes no letters away");
    await ask.getByRole("button", { name: press, exact: true }).click();
    await clock(page).getByRole("button", { name: "Pause" }).click();
    await untilIdle(page);
    await facts(page).getByRole("button", { name: outcome }).first().waitFor();
    const rows = await page.evaluate(
      async () => (await window.codepipeline.listActionExecutions({ pipelineName: "storefront-approved" })).actionExecutionDetails,
    );
    const approval = rows.find((row) => row.actionName === "Approve");
    assert.equal(approval.output.executionResult.externalExecutionSummary, "looks fine");
    assert.equal(approval.input.resolvedConfiguration.CustomData.includes("#{"), false);
  });
}

test("what is typed in the details survives the clock", async (t) => {
  const page = await waiting(t);
  await clock(page).getByRole("button", { name: "Play" }).click();
  await tile(page, "Approve").click();
  await page.keyboard.press("Escape");
  const comment = details(page).getByRole("textbox");
  await comment.pressSequentially("half a ");
  await page.waitForTimeout(700);
  await comment.pressSequentially("sentence");
  assert.equal(await comment.inputValue(), "half a sentence");
});
