// The palette and the settings: found by typing, driven by keys, read by a screen reader; what cannot be done says why;
// settings take effect at once and are remembered.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bringAxe } from "./axe.mjs";
import { openPage } from "./harness.mjs";
import { clock, details, facts, picture, ready, stage, timeline } from "./person.mjs";

const dialog = (page) => page.getByRole("dialog", { name: "Commands" });
const search = (page) => dialog(page).getByRole("combobox", { name: "Search commands, operations, places" });
const rows = (page) => dialog(page).getByRole("option");
const chosen = (page) => dialog(page).getByRole("option", { selected: true });

async function open(page, words = "") {
  await page.keyboard.press("Control+k");
  await search(page).waitFor();
  if (words) await page.keyboard.type(words);
}

test("commands are found by name, initials and id, chosen with arrows and done with Enter", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await open(page);
  const headings = await dialog(page).getByRole("group").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  assert.deepEqual(headings, ["Do it now", "Operations", "Go to", "Settings"]);
  await search(page).and(page.locator(":focus")).waitFor();
  const pointed = () => search(page).getAttribute("aria-activedescendant");
  const first = await pointed();
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await pointed(), first);
  assert.equal(await chosen(page).getAttribute("id"), await pointed());
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  // From the first to the last, and it is in sight.
  await page.waitForFunction(() => {
    const row = document.querySelector(".palette [aria-selected=true]").getBoundingClientRect();
    const list = document.querySelector(".palette-list").getBoundingClientRect();
    return row.bottom <= list.bottom + 1 && row.top >= list.top;
  });
  assert.match(await chosen(page).textContent(), /^Keys/);

  await page.keyboard.type("putar");
  assert.equal(await chosen(page).locator(".label").textContent(), "PutApprovalResult…");
  assert.deepEqual(await chosen(page).locator("mark").allTextContents(), ["PutA", "R"]);
  await page.keyboard.press("Enter");
  await page.locator("dialog.operate[open]").getByRole("heading", { name: "PutApprovalResult" }).waitFor();
  await page.keyboard.press("Escape");

  await open(page, "start exec");
  await page.keyboard.press("Enter");
  await facts(page).getByText("Started").first().waitFor();
  const id = await page.evaluate(async () => {
    const { pipelineExecutionSummaries } = await window.codepipeline.listPipelineExecutions({ pipelineName: "storefront-release" });
    return pipelineExecutionSummaries[0].pipelineExecutionId;
  });
  await open(page, id.slice(0, 13));
  await page.keyboard.press("Enter");
  await details(page).getByRole("heading", { name: /^Execution B/ }).waitFor();

  await open(page, "stage staging");
  await page.keyboard.press("Enter");
  await details(page).getByRole("heading", { name: /^Stage Staging/ }).waitFor();
  await stage(page, "Staging").and(page.locator(":focus")).waitFor();
});

test("what cannot be done now is found, says why and does nothing; nothing found says so", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await stage(page, "Build").click();
  await open(page, "retry…");
  const closed = rows(page).filter({ hasText: /^Retry…/ });
  assert.equal(await closed.getAttribute("aria-disabled"), "true");
  assert.ok((await closed.locator(".refused").textContent()).length > 10);
  await closed.click({ force: true });
  await dialog(page).waitFor();
  await search(page).fill("qqqq");
  await dialog(page).getByText("Nothing is called so.", { exact: false }).waitFor();
  assert.equal(await search(page).getAttribute("aria-activedescendant"), null);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  // The focus is back.
  await stage(page, "Build").and(page.locator(":focus")).waitFor();
});

test("while somebody types elsewhere it opens as well, and gives the focus back", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.keyboard.press("e");
  const name = page.getByRole("region", { name: "Form" }).getByLabel("name (required)", { exact: true });
  await page.getByRole("textbox", { name: "JSON of the pipeline" }).focus();
  await open(page, "back to");
  await page.keyboard.press("Enter");
  await picture(page).getByRole("button", { name: /^Staging, stage/ }).waitFor();
  assert.equal(await name.count(), 0);
});

test("settings take effect at once, and a reload keeps them", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  const theme = (tab) => tab.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await open(page, "dark col");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  assert.equal(await theme(page), "dark");
  await open(page, "all settings");
  await page.keyboard.press("Enter");
  const settings = page.getByRole("dialog", { name: "Settings" });
  await settings.getByRole("group", { name: "Motion" }).getByRole("radio", { name: "None" }).check();
  await settings.getByRole("checkbox", { name: /^Single keys act/ }).uncheck();
  await page.keyboard.press("Escape");
  await settings.waitFor({ state: "hidden" });
  // Single keys are off, those with Ctrl are not.
  await page.keyboard.press("p");
  await page.keyboard.press("?");
  await page.keyboard.press("e");
  await page.keyboard.press("Shift+P");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.reload();
  await ready(page);
  assert.equal(await theme(page), "dark");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.motion), "reduced");
  await page.keyboard.press("p");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await open(page, "single keys on");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor({ state: "hidden" });
  await page.keyboard.press("Shift+P");
  await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === "20px");
  assert.equal(await facts(page).isVisible(), false);
  assert.equal(await details(page).isVisible(), false);
  assert.equal(await timeline(page).isVisible(), true);
  assert.equal(await clock(page).isVisible(), true);
  await page.keyboard.press("Shift+P");
  await facts(page).waitFor();
  // The editor's own key and the form behind P act again.
  await page.keyboard.press("p");
  await page.getByRole("dialog", { name: /Push/ }).waitFor();
});

for (const [width, height, colorScheme] of [
  [1440, 900, "light"],
  [1440, 900, "dark"],
  [360, 740, "dark"],
]) {
  test(`palette and settings at ${width}x${height} ${colorScheme}: in the window, and axe finds nothing`, async (t) => {
    const session = await openPage(t, { browser: { colorScheme, viewport: { width, height } } });
    const { page } = session;
    await ready(page);
    await bringAxe(page);
    const look = async (name) => {
      await session.screenshot(`palette-${name}-${width}-${colorScheme}`);
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(scroll <= width, `${name}: ${scroll} px in a window of ${width}`);
      // The names of what the picture has begin with what stands there, and go on in other words.
      const { violations } = await page.evaluate(() =>
        window.axe.run(document.querySelector("dialog[open]") ?? document, { rules: { "label-content-name-mismatch": { enabled: false } } }),
      );
      assert.deepEqual(violations.map(({ id, nodes }) => `${name} ${id}: ${nodes.map(({ html }) => html.slice(0, 160))}`), []);
    };
    if (width < 800) {
      await page.getByRole("button", { name: "Choose a pipeline" }).click();
      await page.getByRole("menuitem", { name: "Commands…" }).click();
    } else {
      await page.getByRole("button", { name: "Commands" }).click();
    }
    await search(page).waitFor();
    await look("all");
    await search(page).fill("sta");
    await look("found");
    await search(page).fill("qqqq");
    await look("nothing");
    await search(page).fill("all settings");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Settings" }).waitFor();
    await look("settings");
    await page.keyboard.press("Escape");
    if (width < 800) return;
    await page.keyboard.press("Shift+P");
    await page.waitForFunction(() => document.documentElement.dataset.projector === "on");
    await look("projector");
  });
}
