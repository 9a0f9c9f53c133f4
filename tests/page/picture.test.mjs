// The picture beside the simple line: lanes of PARALLEL, conditions as checks, long lines, following, what flows.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bringAxe } from "./axe.mjs";
import { openPage } from "./harness.mjs";
import { comes, declaration, details, picture, ready, rests, roster, stage, tile } from "./person.mjs";

const action = (name, more = {}) => ({
  name,
  actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
  runOrder: 1,
  configuration: { ProjectName: "make" },
  inputArtifacts: [{ name: "Code" }],
  ...more,
});

const rule = (name, provider, configuration) => ({
  name,
  ruleTypeId: { category: "Rule", owner: "AWS", provider, version: "1" },
  configuration,
});

/** A V2 pipeline called "a-pipeline", which stands before all others, with these stages after its source. */
const pipelineOf = (stages, more = {}) =>
  declaration("a-pipeline", (pipeline) => ({
    ...pipeline,
    pipelineType: "V2",
    stages: [pipeline.stages[0], ...stages],
    ...more,
  }));

/** Opens a page whose clock stands, with a pipeline in front. */
async function shown(t, pipeline, options) {
  const session = await openPage(t, options);
  const { page } = session;
  await ready(page);
  await page.evaluate(async (pipeline) => {
    await window.codepipeline.pause();
    await window.codepipeline.createPipeline({ pipeline });
  }, pipeline);
  await page.reload();
  await ready(page);
  await picture(page).getByRole("button", { name: /^Source, stage 1/ }).waitFor();
  return session;
}

const advance = (page, by) => page.evaluate((by) => window.codepipeline.advance(by), by);
const lane = (page, letter) => picture(page).getByRole("button", { name: new RegExp(`^Execution ${letter}, `) });
const scrolled = (page) => page.evaluate(() => document.querySelector(".picture > .scroller").scrollLeft);
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label"));

async function violations(page) {
  await bringAxe(page);
  const { violations } = await page.evaluate(() =>
    // The letter of a badge is decoration inside a hidden drawing; the tile's name says whose it is in words.
    window.axe.run(document, { rules: { "label-content-name-mismatch": { enabled: false } } }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

test("in PARALLEL every execution has its lane, and a lane is chosen, asked and left by keyboard", async (t) => {
  const { page } = await openPage(t, { address: "#world=parallel" });
  await page.waitForFunction(() => window.codepipeline?.world === "parallel");
  const table = picture(page).getByRole("table");
  await table.getByRole("rowheader").nth(2).waitFor();
  assert.equal(await table.getByRole("rowheader").count(), 3);
  assert.equal(await picture(page).locator(".socket, .bay").count(), 0, "nobody holds, nobody queues");
  await lane(page, "A").waitFor();
  const row = table.getByRole("row").filter({ has: page.getByRole("button", { name: /^Execution B, / }) });
  // Passed, under way in words, to come.
  assert.equal(await row.locator("td.passed").count(), 1);
  await row.getByText(/^Compile \d+ %$/).waitFor();
  await row.getByText(/^Checkout: Done, .* Compile|^Checkout: Done/).first().waitFor({ state: "attached" });
  await lane(page, "B").click();
  await details(page).getByRole("heading", { name: /^Execution B/ }).waitFor();
  assert.equal(await lane(page, "B").getAttribute("aria-pressed"), "true");
  await page.keyboard.press("ArrowDown");
  await comes(() => focused(page), (name) => /^Execution C, /.test(name), "the lane has the focus");
  await page.keyboard.press("w");
  await page.getByRole("dialog", { name: "Why?" }).waitFor();
  await page.keyboard.press("Escape");
  await comes(() => focused(page), (name) => /^Execution C, /.test(name), "the focus goes back to the lane");
  for (let up = 0; up < 3; up += 1) await page.keyboard.press("ArrowUp");
  await comes(() => focused(page), (name) => /stage \d of 3|Gate in front/.test(name), "above the lanes are the stages");
});

test("a gate is closed in the header of the lanes, and holds whoever comes", async (t) => {
  const { page } = await openPage(t, { address: "#world=parallel" });
  await page.waitForFunction(() => window.codepipeline?.world === "parallel");
  await picture(page).getByRole("button", { name: /^Gate in front of Preview: open/ }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox").first().fill("not yet");
  await form.getByRole("button", { name: /Close the gate|^Close/ }).last().click();
  await picture(page).getByRole("button", { name: /^Gate in front of Preview: closed/ }).waitFor();
  await advance(page, { minutes: 60 });
  await picture(page).getByRole("table").getByText("Waits at a closed gate").first().waitFor();
});

test("lanes stand in the order that is chosen, and say in which", async (t) => {
  const { page } = await openPage(t, { address: "#world=parallel" });
  const letters = () => picture(page).locator(".lane .lane-sign .token text").allTextContents();
  await comes(letters, (now) => now.length === 3, "three lanes");
  await page.evaluate(() => window.codepipeline.advance({ minutes: 12 }));
  // B has ended, A and C still build.
  await picture(page).getByText("newest at the bottom").waitFor();
  assert.deepEqual(await letters(), ["A", "B", "C"]);
  await picture(page).getByRole("radio", { name: "By place" }).check();
  await comes(letters, (now) => now.join("") === "BAC", "the furthest first");
  await picture(page).getByText("furthest along at the top").waitFor();
  await picture(page).getByRole("radio", { name: "By state" }).check();
  await comes(letters, (now) => now.join("") === "ACB", "what is over last");
});

test("of many lanes only those in sight are drawn, dense ones are low, and one more leaves the reader at the bottom", async (t) => {
  const { page } = await shown(
    t,
    pipelineOf([{ name: "Build", actions: [action("Compile"), action("Lint")] }], { executionMode: "PARALLEL" }),
  );
  await page.evaluate(async () => {
    for (let run = 0; run < 45; run += 1) await window.codepipeline.startPipelineExecution({ name: "a-pipeline" });
    await window.codepipeline.advance({ seconds: 40 });
  });
  const rows = picture(page).locator("tr.lane");
  const table = picture(page).getByRole("table");
  await table.getByText("46 lanes").waitFor();
  await page.waitForFunction(() => document.querySelectorAll("tr.lane").length < 30);
  assert.equal(await table.getAttribute("aria-rowcount"), "47");
  await page.evaluate(() => document.querySelector(".picture > .scroller").scrollTo(0, 1e6));
  await lane(page, "T2").waitFor();
  assert.ok((await rows.count()) < 30);
  await page.evaluate(() => window.codepipeline.startPipelineExecution({ name: "a-pipeline" }));
  await lane(page, "U2").waitFor();
  await page.waitForFunction(() => {
    const scroller = document.querySelector(".picture > .scroller");
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 4;
  });
  await page.getByRole("radio", { name: "Dense" }).check();
  await page.waitForFunction(() => document.querySelector("tr.lane").getBoundingClientRect().height === 18);
});

test("those that a change of mode left over stand folded above the line", async (t) => {
  const { page } = await shown(
    t,
    pipelineOf([{ name: "Build", actions: [action("Compile")] }], { executionMode: "PARALLEL" }),
  );
  await page.evaluate(async () => {
    const name = "a-pipeline";
    await window.codepipeline.advance({ seconds: 30 });
    const { pipeline } = await window.codepipeline.getPipeline({ name });
    await window.codepipeline.updatePipeline({ pipeline: { ...pipeline, executionMode: "SUPERSEDED" } });
  });
  const fold = picture(page).getByRole("button", { name: "1 from PARALLEL still running" });
  await fold.click();
  assert.equal(await fold.getAttribute("aria-expanded"), "true");
  await lane(page, "A").waitFor();
  await picture(page).getByText("v1", { exact: true }).waitFor();
  await advance(page, { untilIdle: true });
  await fold.waitFor({ state: "hidden" });
});

// A window that is closed now, whenever that is.
const LATER = (new Date().getUTCHours() + 6) % 24;

const CHECKED = pipelineOf([
  {
    name: "Build",
    actions: [action("Compile")],
    beforeEntry: {
      conditions: [{ result: "FAIL", rules: [rule("Hours", "DeploymentWindow", { Cron: `0 0 ${LATER} ? * * *` })] }],
    },
    onFailure: {
      conditions: [
        { result: "ROLLBACK", rules: [rule("Sure", "CloudWatchAlarm", { AlarmName: "errors", WaitTime: "30" })] },
      ],
    },
  },
]);

test("a condition stands in its block as a round check, answers why, and is overridden there", async (t) => {
  const { page } = await shown(t, CHECKED);
  await picture(page).getByText("on failure: 1 check").waitFor();
  await advance(page, { minutes: 5 });
  const hours = tile(page, "Hours, DeploymentWindow, Opens");
  await hours.waitFor();
  const radius = (locator) => locator.evaluate((element) => parseFloat(getComputedStyle(element).borderTopLeftRadius));
  assert.ok((await radius(hours)) > (await radius(tile(page, "Compile"))), "round means a check, not work");
  await hours.focus();
  await page.keyboard.press("w");
  const why = page.getByRole("dialog", { name: "Why?" });
  await why.getByText("the entry condition").first().waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.activeElement.textContent === "Override…");
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "Override a condition of Build" });
  await form.getByRole("button", { name: "Override", exact: true }).click();
  await form.waitFor({ state: "hidden" });
  await tile(page, "Hours, DeploymentWindow, Overridden").waitFor();
  await page.evaluate(() =>
    window.codepipeline.setBehavior({
      target: { pipelineName: "a-pipeline", stageName: "Build", actionName: "Compile" },
      behavior: { outcome: { kind: "fail", code: "JobFailed" } },
    }),
  );
  await advance(page, { minutes: 20 });
  await picture(page).locator(".check-row").getByRole("button", { name: /^Sure, CloudWatchAlarm/ }).waitFor();
});

const LONG = pipelineOf(
  Array.from({ length: 49 }, (_, stage) => ({
    name: `Stage${stage + 1}`,
    actions: Array.from({ length: 20 }, (_, place) => action(`Action${place + 1}`)),
  })),
);

test("a line of 50 stages is drawn as far as it is seen, in three densities, with all of it in a strip", async (t) => {
  const { page } = await shown(t, LONG);
  const tiles = picture(page).locator(".tile");
  assert.equal(await picture(page).locator(".stage").count(), 50);
  await page.waitForFunction(() => document.querySelectorAll(".tile").length < 300);
  const height = () => picture(page).locator(".stage").nth(1).evaluate((block) => block.getBoundingClientRect().height);
  const width = () => page.evaluate(() => document.querySelector(".picture > .scroller").scrollWidth);
  const heights = [];
  for (const density of ["Full", "Compact", "Dots"]) {
    await page.getByRole("radio", { name: density }).check();
    const before = heights.at(-1) ?? Infinity;
    heights.push(await comes(height, (now) => now < before, `${density} is lower than ${before}`));
    const whole = await width();
    await page.evaluate(() => document.querySelector(".picture > .scroller").scrollTo(6000, 0));
    await comes(width, (now) => Math.abs(now - whole) < 8, `${density}: a block is as wide unseen as seen`);
    await comes(() => tiles.count(), (count) => count < 400, `${density}: tiles`);
    await page.evaluate(() => document.querySelector(".picture > .scroller").scrollTo(0, 0));
    await page.waitForTimeout(200);
  }
  assert.ok(heights[0] > heights[1] && heights[1] > heights[2], `${heights}`);
  assert.equal(heights[2], 44);
  const strip = page.getByRole("group", { name: "All stages" });
  assert.equal(await strip.getByRole("button", { includeHidden: true }).count(), 50);
  await strip.locator(".token").first().waitFor();
  await strip.getByRole("button", { name: "Stage40" }).click();
  await page.waitForFunction(() => document.querySelector(".picture > .scroller").scrollLeft > 5000);
  await tile(page, "Action7").first().waitFor();
  await page.keyboard.press("f");
  await page.waitForFunction(() => document.querySelector(".picture > .scroller").scrollLeft === 0);
});

test("the picture is dragged and moved by keys, and follows an execution until somebody moves it", async (t) => {
  const { page } = await shown(t, LONG);
  await page.getByRole("radio", { name: "Full" }).check();
  const box = await picture(page).boundingBox();
  await page.mouse.move(box.x + 700, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 12, { steps: 5 });
  await page.mouse.up();
  assert.equal(await scrolled(page), 400);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Shift+ArrowLeft");
  await page.waitForFunction(() => document.querySelector(".picture > .scroller").scrollLeft === 240);
  const who = roster(page).getByRole("button", { name: /^Execution A/ });
  await who.click();
  await who.focus();
  await page.keyboard.press("Enter");
  await page.getByText("Following A").waitFor();
  await advance(page, { minutes: 120 });
  await page.waitForFunction(() => document.querySelector(".picture > .scroller").scrollLeft > 1000);
  // Whoever is followed comes into sight.
  await page.waitForFunction(() => {
    const { left, right } = document.querySelector(".holder").getBoundingClientRect();
    return left >= 0 && right <= innerWidth;
  });
  await page.keyboard.press("Escape");
  await page.getByText("Following A").waitFor({ state: "hidden" });
});

test("artifacts and variables are shown under the line, and an action dims what is not its own", async (t) => {
  const source = (pipeline) => {
    pipeline.stages[0].actions[0].namespace = "Src";
    return pipeline;
  };
  const pipeline = source(
    pipelineOf([
      { name: "Build", actions: [action("Compile", { outputArtifacts: [{ name: "Bundle" }] })] },
      { name: "Ship", actions: [action("Deploy", { inputArtifacts: [{ name: "Bundle" }] })] },
    ]),
  );
  const { page } = await shown(t, pipeline);
  await page.keyboard.press("a");
  const artifacts = picture(page).getByRole("region", { name: "Artifacts" });
  await artifacts.getByText("Bundle, made by Build/Compile, read by Ship/Deploy.").waitFor({ state: "attached" });
  assert.equal(await artifacts.locator(".maker").count(), 2);
  // The dots stand under their actions.
  const middle = async (locator) => {
    const { x, width } = await locator.boundingBox();
    return x + width / 2;
  };
  const bundle = artifacts.locator(".bus-row").filter({ hasText: "Bundle" });
  assert.ok(Math.abs((await middle(bundle.locator(".maker"))) - (await middle(tile(page, "Compile")))) < 3);
  assert.ok(Math.abs((await middle(bundle.locator(".reader"))) - (await middle(tile(page, "Deploy")))) < 3);
  await tile(page, "Deploy").focus();
  await artifacts.locator(".bus-row.dim").filter({ hasText: "Code" }).waitFor();
  assert.equal(await artifacts.locator(".bus-row.dim").count(), 1);
  await page.keyboard.press("v");
  await picture(page).getByRole("region", { name: "Variables" }).getByText("Src, made by Source/Fetch").first().waitFor({ state: "attached" });
  await page.keyboard.press("a");
  await artifacts.waitFor({ state: "hidden" });
});

for (const reducedMotion of ["no-preference", "reduce"]) {
  test(`as the head of a line leaves, the others move up (${reducedMotion})`, async (t) => {
    const { page, site } = await openPage(t, { browser: { reducedMotion } });
    await page.addInitScript(() => {
      window.moved = [];
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (frames, options) {
        window.moved.push([this.textContent, options.delay]);
        return animate.call(this, frames, options);
      };
    });
    await page.goto(`${site.url}#world=queued`);
    await page.reload();
    await page.waitForFunction(() => window.codepipeline?.world === "queued");
    const line = () => picture(page).locator(".slot .token text, .queue .token text").allTextContents();
    await comes(line, (now) => now.join("") === "BCD", "three wait");
    await page.evaluate(() => window.codepipeline.advance({ minutes: 15 }));
    await comes(line, (now) => now.join("") === "CD", "B has gone in");
    const moved = await rests(() => page.evaluate(() => JSON.stringify(window.moved)), "everybody has begun to move");
    const ways = JSON.parse(moved).filter(([who]) => who !== "A");
    const expected = reducedMotion === "reduce" ? [] : [["B", 0], ["C", 200], ["D", 200]];
    assert.deepEqual(ways.sort(), expected);
  });
}

test("a whole 4K screen is read from the last row, another world is drawn as large, and a desk stays a desk", async (t) => {
  const measured = (page) =>
    page.evaluate(() => {
      const height = (selector) => document.querySelector(selector).getBoundingClientRect().height;
      const name = document.querySelector(".tile .name");
      const zoom = name.closest(".line").getBoundingClientRect().width / name.closest(".line").offsetWidth;
      return { dock: height(".dock > .timeline"), block: height(".stage.held"), letters: zoom * parseFloat(getComputedStyle(name).fontSize) };
    });
  const open = async (viewport) => {
    const session = await openPage(t, { address: "#world=superseded", browser: { viewport } });
    await session.page.locator(".stage.held").waitFor();
    await rests(() => measured(session.page).then(JSON.stringify), "the picture comes to rest");
    return session;
  };
  const desk = await open({ width: 1440, height: 900 });
  assert.deepEqual(await measured(desk.page), { dock: 276, block: 255, letters: 13 });
  await desk.context.close();
  const { page, site } = await open({ width: 3840, height: 2160 });
  const wall = await measured(page);
  assert.ok(wall.letters >= 26 && wall.block >= 500 && wall.dock >= 600, JSON.stringify(wall));
  await page.goto(`${site.url}#world=retry`);
  await page.waitForFunction(() => window.codepipeline?.world === "retry");
  await page.locator(".stage.bad").waitFor();
  await page.goto(`${site.url}#world=superseded`);
  await page.locator(".stage.held").waitFor();
  await comes(() => measured(page), (now) => JSON.stringify(now) === JSON.stringify(wall), "as large as at first");
});

test("on a phone the whole picture can be seen, and what else it can show stands in the menu of the pipeline", async (t) => {
  const session = await openPage(t, { browser: { viewport: { width: 360, height: 740 }, hasTouch: true } });
  const { page } = session;
  await ready(page);
  const foot = () =>
    page.evaluate(() => {
      const lowest = [...document.querySelectorAll(".stage, .picture-tools button, .bus")]
        .map((element) => element.getBoundingClientRect())
        .filter(({ height }) => height > 0);
      const clock = document.querySelector(".clock-bar").getBoundingClientRect().top;
      return Math.max(...lowest.map(({ bottom }) => bottom)) - clock;
    });
  assert.ok((await foot()) <= 0, "nothing lies under the clock");
  await page.getByRole("button", { name: "Choose a pipeline" }).click();
  await page.getByRole("menuitem", { name: "Show or hide where artifacts go" }).click();
  const shown = page.getByRole("button", { name: "Artifacts", pressed: true });
  await shown.scrollIntoViewIfNeeded();
  assert.ok((await foot()) <= 0, "the foot of the picture can be scrolled to");
  await shown.click();
  await shown.waitFor({ state: "detached" });
});

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ]) {
    test(`how it looks, ${width}x${height} ${colorScheme}`, async (t) => {
      const options = { browser: { colorScheme, viewport: { width, height } } };
      const session = await shown(t, CHECKED, options);
      const { page } = session;
      const fits = async () => {
        const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(scroll <= width, `${scroll} px in a window of ${width}`);
      };
      await advance(page, { minutes: 5 });
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("a");
      await page.waitForTimeout(300);
      await session.screenshot(`checks-${width}-${colorScheme}`);
      await fits();
      assert.deepEqual(await violations(page), []);
      await page.evaluate(async (pipeline) => {
        await window.codepipeline.deletePipeline({ name: "a-pipeline" });
        await window.codepipeline.createPipeline({ pipeline });
        await window.codepipeline.setBehavior({
          target: { pipelineName: "a-pipeline", stageName: "Test", actionName: "E2E" },
          behavior: { outcome: { kind: "flaky", probability: 0.5 } },
        });
        for (let run = 0; run < 9; run += 1) {
          await window.codepipeline.startPipelineExecution({ name: "a-pipeline" });
          await window.codepipeline.advance({ seconds: 70 });
        }
      }, pipelineOf([
        { name: "Build", actions: [action("Compile")] },
        { name: "Test", actions: [action("UnitTests"), action("E2E")] },
        { name: "Preview", actions: [action("Deploy")] },
      ], { executionMode: "PARALLEL" }));
      await lane(page, "A").waitFor();
      await page.waitForTimeout(300);
      await session.screenshot(`lanes-${width}-${colorScheme}`);
      await fits();
      assert.deepEqual(await violations(page), []);
      await stage(page, "Build").waitFor();
    });
  }
}
