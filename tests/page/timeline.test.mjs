// The timeline: what a person sees of time, and does to it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { comes, details, ready, rests, roster, start, timeline, untilIdle } from "./person.mjs";

const bars = (page) => timeline(page).locator("[data-bar]");
const bar = (page, name) => timeline(page).getByRole("button", { name });
// A bar may be drawn anew while it is looked at.
const left = async (locator) => (await locator.locator(".time-box").boundingBox())?.x ?? NaN;

/** B, C and D were started one after the other; C and D wait. */
async function contention(t, options) {
  const session = await openPage(t, options);
  const { page } = session;
  await ready(page);
  await page.evaluate(async () => {
    const name = "storefront-release";
    await window.codepipeline.pause();
    await window.codepipeline.setBehavior({
      target: { pipelineName: name, stageName: "Production", actionName: "DeployWeb" },
      behavior: { outcome: { kind: "hold" } },
    });
    for (let run = 0; run < 3; run += 1) {
      await window.codepipeline.startPipelineExecution({ name });
      await window.codepipeline.advance({ untilIdle: true });
      await window.codepipeline.advance({ minutes: 4 });
    }
  });
  await bar(page, /^C, Production, in front, waits for its turn/).waitFor();
  return session;
}

test("a bar selects its execution in the picture, and by execution the newest is first", async (t) => {
  const { page } = await contention(t);
  await bar(page, /^B, Build, inside, succeeded/).click();
  await details(page).getByRole("heading", { name: /^Execution B/ }).waitFor();
  await timeline(page).locator(".time-bar.selected").first().waitFor();
  await timeline(page).getByRole("radio", { name: "By execution" }).check();
  const rows = timeline(page).getByRole("button", { name: /^Execution / });
  await rows.filter({ hasText: /./ }).first().waitFor();
  const names = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label").slice(0, 11)));
  assert.deepEqual(names, ["Execution D", "Execution C", "Execution B", "Execution A"]);
  await rows.nth(1).click();
  await details(page).getByRole("heading", { name: /^Execution C/ }).waitFor();
});

test("wheel, drag, buttons and keys zoom and pan; Fit goes back", async (t) => {
  const { page } = await contention(t);
  const subject = bar(page, /^C, Build, inside/);
  const plot = timeline(page).locator(".time-bars");
  // The plot learns its size a frame late.
  const before = await rests(() => left(subject), "the bar rests");
  const box = await plot.boundingBox();
  await page.mouse.move(before + 2, box.y + box.height - 4);
  await page.mouse.wheel(0, -300);
  await timeline(page).getByRole("button", { name: /^Fit/ }).and(page.locator(":enabled")).waitFor();
  const place = () => left(subject);
  const zoomed = await comes(place, (x) => Math.abs(x - before) < 4, `what is under the pointer stays at ${before}`);
  await page.mouse.down();
  await page.mouse.move(before + 62, box.y + box.height - 4, { steps: 4 });
  await page.mouse.up();
  await comes(place, (x) => Math.abs(x - zoomed - 60) < 8, `it goes along with the hand from ${zoomed}`);
  await page.keyboard.press("0");
  await comes(place, (x) => Math.abs(x - before) < 1, `0 fits again, at ${before}`);
  await page.keyboard.press("t");
  await page.waitForFunction(() => document.activeElement.className === "content time-plot");
  await page.keyboard.press("Shift+ArrowLeft");
  await comes(place, (x) => x > before + 20, `Shift and an arrow go back in time from ${before}`);
  await timeline(page).getByRole("button", { name: /^Fit/ }).click();
  await comes(place, (x) => Math.abs(x - before) < 1, `Fit fits, at ${before}`);
});

test("the keyboard goes from bar to bar", async (t) => {
  const { page } = await contention(t);
  await page.keyboard.press("t");
  await page.waitForFunction(() => document.activeElement.className === "content time-plot");
  await page.keyboard.press("ArrowRight");
  const name = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const first = await comes(name, (now) => /since/.test(now), "the last bar is the first that is reached");
  await page.keyboard.press("ArrowLeft");
  const second = await comes(name, (now) => now !== first, `another bar than ${first}`);
  await page.keyboard.press("Enter");
  await details(page).getByRole("heading", { name: new RegExp(`^Execution ${second.slice(0, 1)}`) }).waitFor();
});

test("bars grow with the clock, and idle days are folded", async (t) => {
  const { page } = await contention(t);
  const open = ".timeline .time-bar.is-run .time-box";
  const width = () => page.evaluate((open) => document.querySelector(open)?.getBoundingClientRect().width, open);
  const before = await comes(width, (now) => now > 0, "a bar that grows is drawn");
  await page.evaluate(() => window.codepipeline.advance({ minutes: 20 }));
  await comes(width, (now) => Math.abs(now - before) > 3, `another width than ${before}`);
  assert.equal(await timeline(page).locator(".time-axis .time-fold").count(), 0);
  await page.evaluate(() => window.codepipeline.advance({ days: 3 }));
  await timeline(page).locator(".time-axis .time-fold").first().waitFor({ state: "attached" });
  await timeline(page).getByRole("button", { name: "Fold idle time" }).click();
  await timeline(page).locator(".time-axis .time-fold").waitFor({ state: "detached" });
});

test("a click on empty time reads who was where then, until Escape", async (t) => {
  const { page } = await contention(t);
  const subject = bar(page, /^C, Build, inside/);
  const before = await rests(() => left(subject), "the bar rests");
  const plot = await timeline(page).locator(".time-bars").boundingBox();
  await page.mouse.click(before + 3, plot.y + plot.height - 4);
  const reading = timeline(page).getByRole("status");
  await reading.getByRole("listitem").filter({ hasText: "C" }).getByText("Build: inside, at work").waitFor();
  await reading.getByRole("heading", { name: /^At .*\d\d:\d\d/ }).waitFor();
  await timeline(page).locator(".read-line[d]").waitFor({ state: "attached" });
  await timeline(page).locator(".time-plot").focus();
  await page.keyboard.press("Escape");
  await reading.waitFor({ state: "detached" });
});

test("every state has a sign in the thinnest bars, too, and its word", async (t) => {
  const session = await openPage(t, { address: "#world=parallel" });
  const { page } = session;
  await bar(page, /^A, Build, inside/).waitFor();
  await page.evaluate(async () => {
    const target = { pipelineName: "previews", stageName: "Build", actionName: "Compile" };
    await window.codepipeline.setBehavior({ target, behavior: { outcome: { kind: "fail", code: "JobFailed" } } });
    await window.codepipeline.advance({ minutes: 10 });
  });
  const failed = bar(page, /^B, Build, inside, failed/);
  await failed.waitFor();
  const { height, width } = await failed.locator(".time-box").boundingBox();
  assert.ok(height < 10 && width > 40, `a thin bar: ${height} by ${width}`);
  const sign = failed.locator(".time-hatch");
  const box = await sign.boundingBox();
  assert.ok(Math.abs(box.height - height) < 3 && Math.abs(box.width - width) < 3, "signs all along it");
  assert.match(await sign.evaluate((sign) => getComputedStyle(sign).fill), /#time-fail/);
  assert.equal(await bar(page, /^A, Build, inside, at work/).locator(".time-hatch").count(), 0, "at work is filled, nothing else is");
  const fill = (name) => bar(page, name).locator(".time-box").evaluate((box) => getComputedStyle(box).fill);
  assert.notEqual(await fill(/^A, Build, inside, at work/), await fill(/^B, Build, inside, failed/));
});

test("the table says what the bars say", async (t) => {
  const { page } = await contention(t);
  const shown = await bars(page).evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  await timeline(page).getByRole("radio", { name: "Table" }).check();
  const table = timeline(page).getByRole("table");
  await table.getByRole("row").nth(1).waitFor();
  const rows = await table.locator("tbody tr").evaluateAll((all) => all.map((row) => row.textContent));
  assert.ok(rows.length >= shown.length, `${rows.length} rows for ${shown.length} bars`);
  assert.ok(rows.some((row) => row.includes("Production") && row.includes("in front, waits for its turn") && row.includes("goes on")));
  await table.getByRole("button", { name: /^Execution D/ }).first().click();
  await details(page).getByRole("heading", { name: /^Execution D/ }).waitFor();
});

test("with less room timeline and facts share one place; on a phone each has a tab", async (t) => {
  const { page } = await contention(t, { browser: { viewport: { width: 1024, height: 768 } } });
  const choice = page.getByRole("navigation", { name: "Timeline or facts" });
  await choice.getByRole("button", { name: "Facts" }).click();
  await page.getByRole("region", { name: "Facts" }).waitFor();
  assert.equal(await timeline(page).count(), 0, "the timeline is put away");
  await choice.getByRole("button", { name: "Timeline" }).click();
  await timeline(page).waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Timeline" }).click();
  await bar(page, /^C, Production/).first().waitFor();
  await page.setViewportSize({ width: 1920, height: 1080 });
  const [whole, column] = [await page.viewportSize(), await details(page).boundingBox()];
  assert.ok(column.x + column.width >= whole.width - 1 && Math.abs(column.width - 420) < 2, "details are a column of their own");
  const facts = await page.getByRole("region", { name: "Facts" }).boundingBox();
  const bars = await timeline(page).boundingBox();
  assert.ok(bars.x + bars.width <= facts.x + 1 && facts.x + facts.width <= column.x + 1, "nothing covers the other");
});

test("the past of a long life is read when it is looked at", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await start(page);
  await page.evaluate(async () => {
    await window.codepipeline.pause();
    for (let run = 0; run < 200; run += 1) {
      await window.codepipeline.startPipelineExecution({ name: "storefront-release" });
      await window.codepipeline.advance({ untilIdle: true });
    }
  });
  await untilIdle(page);
  const plot = timeline(page).locator(".time-bars");
  const seen = () => timeline(page).locator("[data-bar], .time-bars .time-strip").count();
  const before = await seen();
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + box.width - 10, box.y + 30);
  for (let turn = 0; turn < 6; turn += 1) await page.mouse.wheel(0, 500);
  await timeline(page).locator(".time-bars .time-strip").first().waitFor({ state: "attached" });
  assert.ok(before > 0 && (await seen()) > 0);
  await timeline(page).getByRole("radio", { name: "By execution" }).check();
  await timeline(page).locator(".time-rows").evaluate((rows) => rows.scrollTo(0, rows.scrollHeight));
  await timeline(page).getByRole("button", { name: /^Execution A,/ }).waitFor();
  await roster(page).waitFor();
});
