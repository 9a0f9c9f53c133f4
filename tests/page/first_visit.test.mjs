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
