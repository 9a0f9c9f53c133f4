// What a new user can do: see a pipeline, press the one obvious thing, and watch it run to its end.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { clock, details, facts, picture, ready, roster, stage, start, tile, untilIdle } from "./person.mjs";

test("the first visit shows a pipeline that waits for one press, and the press runs it to its end", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.getByRole("heading", { name: "storefront-release", level: 1 }).waitFor();
  for (const name of ["Source", "Build", "Staging", "Production"]) await stage(page, name).waitFor();
  await picture(page).getByText("Press Start execution").waitFor();
  await start(page);
  // The clock starts with the first press, and the execution takes the lock of the first stage.
  await clock(page).getByRole("button", { name: "Pause" }).waitFor();
  await roster(page).getByText("Running").waitFor();
  await clock(page).getByRole("slider", { name: "Speed" }).fill("4");
  await roster(page).getByText("Succeeded").waitFor();
  await facts(page).getByRole("button", { name: /^B succeeded after/ }).first().waitFor();
  await tile(page, "SmokeTest, CodeBuild, run order 2: Done").waitFor();
});

test("after a reload the first press still starts the clock", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.reload();
  await ready(page);
  await start(page);
  await clock(page).getByRole("button", { name: "Pause" }).waitFor();
  await roster(page).getByText("Running").waitFor();
});

test("the clock is paused, stepped and jumped", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  // So slow that nothing happens before the clock is paused.
  await clock(page).getByRole("slider", { name: "Speed" }).fill("0");
  await start(page);
  await clock(page).getByRole("button", { name: "Pause" }).click();
  await clock(page).getByRole("button", { name: "Play" }).waitFor();
  const shown = () => clock(page).getByRole("time").textContent();
  const before = await shown();
  await page.waitForTimeout(300);
  assert.equal(await shown(), before, "a paused clock stands");
  await clock(page).getByRole("button", { name: /^Next fact/ }).click();
  await facts(page).getByRole("button", { name: /^Checkout succeeded for B/ }).waitFor();
  assert.notEqual(await shown(), before);
  await untilIdle(page);
  await facts(page).getByRole("button", { name: /^B succeeded/ }).waitFor();
  await clock(page).getByText("nothing").waitFor();
});

test("the clock rests once all is over, says so, and goes on by itself with the next execution", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await start(page);
  await clock(page).getByRole("slider", { name: "Speed" }).fill("4");
  const says = clock(page).locator(".next").getByText("Nothing is under way. The clock rests until you start an execution.");
  await says.waitFor();
  const shown = () => clock(page).getByRole("time").textContent();
  const rested = await shown();
  await page.waitForTimeout(400);
  assert.equal(await shown(), rested, "no time goes by for nothing");
  await clock(page).getByRole("button", { name: "Pause" }).waitFor();
  await start(page);
  await says.waitFor({ state: "hidden" });
  await says.waitFor();
  await facts(page).getByRole("button", { name: /^C succeeded after/ }).first().waitFor();
  // Whoever wants it otherwise has it otherwise.
  await clock(page).getByRole("button", { name: "Stop at" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Nothing is under way: it rests", checked: true }).click();
  await says.waitFor({ state: "hidden" });
  const before = await shown();
  await page.waitForTimeout(400);
  assert.notEqual(await shown(), before);
});

test("on a phone a word starts an execution and a sign runs the clock", async (t) => {
  const { page } = await openPage(t, { browser: { viewport: { width: 360, height: 740 } } });
  await ready(page);
  const seen = (button) =>
    button.evaluate((button) => ({ words: button.innerText.trim(), signs: [...button.querySelectorAll("svg")].filter((sign) => sign.getBoundingClientRect().width > 0).length }));
  const starts = await seen(page.getByRole("button", { name: "Start execution" }));
  assert.deepEqual([starts.words.split("\n").at(-1), starts.signs], ["Start", 0]);
  assert.deepEqual(await seen(clock(page).getByRole("button", { name: "Play the clock" })), { words: "", signs: 1 });
});

test("several executions share the stages: one holds, one waits, the third takes its place", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  // A long deployment holds Production.
  await tile(page, "SmokeTest").click();
  await details(page).getByRole("radio", { name: "Hold" }).check();
  await start(page);
  await clock(page).getByRole("button", { name: "Pause" }).click();
  await untilIdle(page);
  await stage(page, "Production").and(page.getByRole("button", { name: /locked by B/ })).waitFor();
  await start(page);
  await untilIdle(page);
  await roster(page).getByText("Waits for the lock").waitFor();
  await start(page);
  await untilIdle(page);
  await roster(page).getByText("Superseded").waitFor();
  await stage(page, "Production").and(page.getByRole("button", { name: /1 execution waits/ })).waitFor();
  // Why? Where it stands, in words, with what ends it.
  await roster(page).getByRole("button", { name: "why? Execution D" }).click();
  const why = page.getByRole("dialog");
  await why.getByText("waits for", { exact: true }).waitFor();
  await why.getByText("held by").waitFor();
  await page.keyboard.press("Escape");
  await why.waitFor({ state: "hidden" });
  // Deciding the held action lets B go on and D in.
  await tile(page, "SmokeTest").click();
  await details(page).getByRole("button", { name: /succeed/i }).last().click();
  await stage(page, "Production").and(page.getByRole("button", { name: /locked by D/ })).waitFor();
});
