// What conditions look at, overriding them, how actions behave, and an approval that ends while somebody writes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { clock, declaration, details, jump, paste, picture, ready, roster, stage, tile, untilIdle } from "./person.mjs";

async function guarded(t, rule) {
  const { page } = await openPage(t);
  await ready(page);
  const pipeline = declaration("shop", (shop) => {
    shop.pipelineType = "V2";
    shop.stages[2].beforeEntry = { conditions: [{ result: "FAIL", rules: [rule] }] };
    return shop;
  });
  const dialog = await paste(page, JSON.stringify({ pipeline }));
  await dialog.getByRole("button", { name: /^Import/ }).first().click();
  await dialog.waitFor({ state: "hidden" });
  return page;
}

const rule = (provider, configuration) => ({
  name: "Check",
  ruleTypeId: { category: "Rule", owner: "AWS", provider, version: "1" },
  configuration,
});

test("an alarm is set and a condition is overridden from the answer to why", async (t) => {
  const page = await guarded(t, rule("CloudWatchAlarm", { AlarmName: "errors", WaitTime: "600" }));
  await stage(page, "Deploy").click();
  await details(page).getByRole("button", { name: "Set alarm…" }).click();
  const alarm = page.getByRole("dialog", { name: "Set an alarm" });
  assert.equal(await alarm.getByRole("radio", { name: "ALARM", exact: true }).isChecked(), true);
  await alarm.getByRole("button", { name: "Set", exact: true }).click();
  await alarm.waitFor({ state: "hidden" });
  await jump(page, "1 hour later");
  await roster(page).getByRole("button", { name: /^why\?/ }).first().click();
  const why = page.getByRole("dialog", { name: "Why?" });
  await why.getByRole("button", { name: "Set alarm…" }).waitFor();
  await why.getByRole("button", { name: "Override…" }).click();
  const form = page.getByRole("dialog", { name: "Override a condition of Deploy" });
  assert.ok(await form.getByRole("radio", { name: /The success condition/ }).isDisabled());
  await form.getByText("the stage has no such condition").waitFor();
  await form.getByRole("button", { name: "Override", exact: true }).click();
  await form.waitFor({ state: "hidden" });
  await untilIdle(page);
  await roster(page).getByText("Succeeded").waitFor();
});

test("a function is told what to answer", async (t) => {
  const page = await guarded(t, rule("LambdaInvoke", { FunctionName: "gatekeeper" }));
  await stage(page, "Deploy").click();
  await details(page).getByRole("button", { name: "Set function…" }).click();
  const form = page.getByRole("dialog", { name: "Say what a function answers" });
  await form.getByRole("textbox", { name: "message" }).fill("not on a Friday");
  await form.getByRole("button", { name: "Set", exact: true }).click();
  await form.waitFor({ state: "hidden" });
  await untilIdle(page);
  await roster(page).getByRole("button", { name: /^why\?/ }).first().click();
  await page.getByRole("dialog", { name: "Why?" }).getByText("not on a Friday").waitFor();
});

test("an action is told how to fail, and how long it takes", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await tile(page, "Compile").click();
  await details(page).getByRole("button", { name: "Behaviour…" }).click();
  const form = page.getByRole("dialog", { name: "What Compile does" });
  await form.getByRole("radio", { name: "Fail", exact: true }).check();
  await form.getByRole("combobox", { name: "code" }).selectOption("PermissionError");
  await form.getByRole("textbox", { name: "message" }).fill("no role");
  const seconds = form.getByRole("textbox", { name: "duration.min" });
  await seconds.fill("soon");
  await form.getByText("'soon' is no number").waitFor();
  await seconds.fill("5");
  await form.getByRole("button", { name: "Set", exact: true }).click();
  await form.waitFor({ state: "hidden" });
  await picture(page).getByText("will fail").waitFor();
  await page.getByRole("button", { name: "Start execution" }).click();
  await untilIdle(page);
  await roster(page).getByRole("button", { name: "why? Execution B" }).click();
  await page.getByRole("dialog", { name: "Why?" }).getByText("PermissionError: no role").waitFor();
});

test("an approval that expires while somebody writes keeps what was written, and says what happened", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.getByRole("button", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a pipeline" });
  await dialog.getByRole("button", { name: "An approval before production" }).click();
  await dialog.locator("footer").getByRole("button").first().click();
  await dialog.waitFor({ state: "hidden" });
  await untilIdle(page);
  await roster(page).getByText("Needs approval").waitFor();
  await tile(page, "Approve").click();
  const ask = page.getByRole("dialog");
  await ask.getByRole("textbox").fill("I wanted to say");
  for (let days = 0; days < 8; days += 1) await jump(page, "1 day later");
  await ask.getByText("Meanwhile Approve ended: Expired.").waitFor();
  assert.equal(await ask.getByRole("textbox").inputValue(), "I wanted to say");
  assert.equal(await ask.getByRole("button", { name: "Approve", exact: true }).isEnabled(), false);
  await page.keyboard.press("Escape");
  await ask.waitFor({ state: "hidden" });
  // The details of the approval keep it as well, as long as it is selected.
  assert.equal(await details(page).getByRole("textbox").inputValue(), "I wanted to say");
  await clock(page).waitFor();
});
