// A gate is closed and opened where it stands, and says first what that does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { clock, comes, details, facts, picture, ready, roster, stage, untilIdle } from "./person.mjs";

const gate = (page, name) => picture(page).getByRole("button", { name: new RegExp(`^Gate in front of ${name}`) });

test("a gate is closed with a reason that is checked, holds somebody, and is opened from the answer to why", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await gate(page, "Staging").click();
  const close = page.getByRole("dialog", { name: "Close the gate in front of Staging" });
  const reason = close.getByRole("textbox", { name: "reason required" });
  const press = close.getByRole("button", { name: "Close the gate" });
  assert.equal(await press.isEnabled(), false, "a reason is required");
  // The keyboard is in the field.
  await reason.and(page.locator(":focus")).waitFor();
  await reason.pressSequentially("load #test");
  await close.getByText("Member must satisfy regular expression pattern").waitFor();
  assert.equal(await press.isEnabled(), false);
  await reason.fill("load test");
  await close.getByText("Whoever comes to it waits there.").waitFor();
  await page.keyboard.press("Enter");
  await close.waitFor({ state: "hidden" });
  await gate(page, "Staging").and(page.getByRole("button", { name: /closed by you.*load test/ })).waitFor();

  await page.getByRole("button", { name: "Start execution" }).click();
  await untilIdle(page);
  await roster(page).getByText("Waits at a closed gate").waitFor();
  // The gate says who enters before it is opened.
  await gate(page, "Staging").click();
  const open = page.getByRole("dialog", { name: "Open the gate in front of Staging" });
  await open.getByText("B enters Staging.").waitFor();
  await page.keyboard.press("Escape");
  await open.waitFor({ state: "hidden" });
  // The answer to "why?" opens it.
  await roster(page).getByRole("button", { name: "why? Execution B" }).click();
  await page.getByRole("dialog", { name: "Why?" }).getByRole("button", { name: "Open the gate" }).click();
  await clock(page).getByRole("button", { name: "Pause" }).click();
  await facts(page).getByText(/^Gate into Staging opened/).first().waitFor();
  await stage(page, "Staging").and(page.getByRole("button", { name: /locked by B|succeeded|free/ })).waitFor();
});

test("G and the arrow keys reach the gate", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await stage(page, "Staging").focus();
  await page.keyboard.press("ArrowLeft");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^Gate in front of Staging/);
  await page.keyboard.press("g");
  const close = page.getByRole("dialog", { name: "Close the gate in front of Staging" });
  await close.getByRole("textbox").pressSequentially("g and p and s are letters here");
  await page.keyboard.press("Enter");
  await close.waitFor({ state: "hidden" });
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.tagName);
  await comes(focused, (name) => /^Gate in front of Staging: closed/.test(name), "the gate has the focus again");
  // Without a place, the closed one is meant.
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("g");
  await page.getByRole("dialog", { name: "Open the gate in front of Staging" }).getByText("Nobody waits in front of it.").waitFor();
  await page.keyboard.press("Enter");
  await gate(page, "Staging").and(page.getByRole("button", { name: /: open/ })).waitFor();
  // A stage offers its gate, too.
  await stage(page, "Build").click();
  await details(page).getByRole("button", { name: "Close the gate…" }).waitFor();
});
