// Editing: a pipeline is sketched from nothing by mouse and by keyboard, errors are seen where they belong and put
// right, steps are taken back, what is saved runs, and what is not saved is kept.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bringAxe } from "./axe.mjs";
import { openPage } from "./harness.mjs";
import { comes, facts, ready, stage, start, tile, untilIdle } from "./person.mjs";


const bar = (page) => page.getByRole("region", { name: "Draft", exact: true });
const form = (page) => page.getByRole("region", { name: "Form" });
const field = (page, name) => form(page).getByLabel(name, { exact: true });
const text = (page) => page.getByRole("textbox", { name: "JSON of the pipeline" });
const counted = (page, words) => bar(page).getByRole("button", { name: words });
const draftTile = (page, name) => page.getByRole("main").getByRole("button", { name: new RegExp(`^${name}, `) });
const draftStage = (page, name) => page.getByRole("main").getByRole("button", { name: new RegExp(`^${name}, [^,]*, stage `) });
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id ?? "");

async function edit(page) {
  await page.getByRole("group", { name: "View" }).getByRole("button", { name: /^Edit/ }).click();
  await bar(page).waitFor();
}

async function begin(page) {
  await page.getByRole("button", { name: "Choose a pipeline" }).click();
  await page.getByRole("menuitem", { name: "New pipeline…" }).click();
  await bar(page).getByText("New pipeline", { exact: true }).waitFor();
}

/** Presses a plus sign, by its name, and says what shall stand there. */
async function add(page, sign, what) {
  await page.getByRole("button", { name: sign }).click();
  await page.getByRole("dialog", { name: sign }).getByRole("button", { name: what, exact: true }).click();
}

async function saved(page) {
  await bar(page).getByRole("button", { name: /^(Create|Update) pipeline$/ }).click();
  await page.getByText(/is saved as version/).waitFor();
}

test("a pipeline with an approval and two parallel deployments is sketched with the mouse, and runs", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await begin(page);
  await counted(page, /^No problems/).waitFor();
  await field(page, "name (required)").fill("sketch");
  await add(page, "Add a stage after Build", "Manual approval");
  await field(page, "name (required)").fill("Production");
  await draftTile(page, "Approve").waitFor();
  // Behind the approval, the first deployment; in parallel to it, the second.
  for (const [name, place] of [
    ["Web", "Add an action after all others of Production"],
    ["Worker", "Add an action in parallel, in Production, run order 2"],
  ]) {
    await add(page, place, "ECS");
    await counted(page, /^2 problems/).waitFor();
    // The service's words under the field, and one press.
    await form(page).getByText("is missing required configuration 'ClusterName'").waitFor();
    await form(page).getByRole("button", { name: "Fill in examples for all that this action misses" }).first().click();
    await counted(page, /^No problems/).waitFor();
    await field(page, "name (required)").fill(name);
    await draftTile(page, name).waitFor();
  }
  // Text and picture say the same.
  const declared = JSON.parse(await text(page).inputValue());
  assert.equal(declared.name, "sketch");
  assert.deepEqual(
    declared.stages[2].actions.map(({ name, runOrder }) => [name, runOrder]),
    [
      ["Approve", 1],
      ["Web", 2],
      ["Worker", 2],
    ],
  );
  await bar(page).getByText("Creating it starts one execution.").waitFor();
  await saved(page);
  await page.getByRole("heading", { name: "sketch", level: 1 }).waitFor();
  await untilIdle(page);
  await tile(page, "Approve").click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }).click();
  await untilIdle(page);
  await facts(page).getByRole("button", { name: /^A succeeded after/ }).waitFor();
});

test("the same by keyboard: arrows, plus signs, Enter, Alt with arrows, the history", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.keyboard.press("e");
  await bar(page).waitFor();
  await draftStage(page, "Production").focus();
  await page.keyboard.press("ArrowRight");
  await comes(() => focused(page), (name) => name === "Add a stage after Production", "the focus is after Production");
  await page.keyboard.press("Enter");
  // The plus sign asks what its action shall do; arrows go over the answers, Esc goes back, Enter takes one.
  const asks = page.getByRole("dialog", { name: "Add a stage after Production" });
  await asks.getByRole("button", { name: "Source" }).waitFor({ state: "detached" });
  const answer = () => page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Escape");
  // The browser tells a little later that it has closed it.
  await page.locator(".adding h2").waitFor({ state: "detached" });
  await comes(() => focused(page), (name) => name === "Add a stage after Production", "the focus is where it was");
  await page.keyboard.press("Enter");
  await comes(answer, (words) => words === "CodeBuild", "the first answer has the focus");
  for (let step = 0; (await answer()) !== "Manual approval"; step += 1) {
    assert.ok(step < 60, "it is among the answers");
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  // The keyboard follows to the new stage, and Enter leads into its form.
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-draft") === "/stages/4");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-field") === "/stages/4/name");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Release");
  await draftStage(page, "Release").focus();
  await page.keyboard.press("ArrowDown");
  await comes(() => focused(page), (name) => /^Approve, Manual approval/.test(name), "the focus is at the approval");
  await page.keyboard.press("ArrowDown");
  await comes(() => focused(page), (name) => /^Add an action in parallel, in Release/.test(name), "the focus is at the dashed place");
  await page.keyboard.press("Enter");
  await comes(answer, (words) => words === "CodeBuild", "the first answer has the focus");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-draft") === "/stages/4/actions/1");
  // What was added is taken back in one step.
  await page.keyboard.press("Control+z");
  await draftTile(page, "Build, CodeBuild").waitFor({ state: "detached" });
  await page.keyboard.press("Control+Shift+z");
  await draftTile(page, "Build, CodeBuild").focus();
  // On its own, behind the first.
  await page.keyboard.press("Alt+ArrowRight");
  await draftTile(page, "Build, CodeBuild").and(page.locator("[aria-label$='run order 2']")).waitFor();
  // The whole stage one place earlier, and back by the history.
  await draftStage(page, "Release").focus();
  await page.keyboard.press("Alt+ArrowLeft");
  await page.getByRole("button", { name: "Release, 2 actions, stage 4 of 5" }).waitFor();
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "Release, 2 actions, stage 5 of 5" }).waitFor();
  await page.keyboard.press("Control+Shift+z");
  await page.getByRole("button", { name: "Release, 2 actions, stage 4 of 5" }).waitFor();
  while (await bar(page).getByRole("button", { name: "Undo" }).isEnabled()) await page.keyboard.press("Control+z");
  await bar(page).getByText("Nothing differs from the saved version.").waitFor();
  assert.equal(await draftStage(page, "Release").count(), 0);
});

test("a wrong artifact is told at four places, and a remedy puts it right", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await edit(page);
  const before = await text(page).inputValue();
  const wrong = before.replace(/("name": "DeployWeb"[^]*?"inputArtifacts": \[\{ "name": ")BuildArtifact/, "$1BuildOutput");
  assert.notEqual(wrong, before);
  await text(page).fill(wrong);
  const sentence =
    "Input Artifact Bundle BuildOutput in action DeployWeb is not declared as Output Artifact Bundle in any of the preceding actions";
  await counted(page, /^1 problem/).click();
  await page.getByRole("menuitem", { name: sentence }).click();
  const tileOf = page.getByRole("button", { name: "DeployWeb, ECS, 1 problem, in Staging, run order 1" });
  await tileOf.waitFor();
  assert.equal(await tileOf.getAttribute("aria-pressed"), "true");
  await form(page).getByText(sentence).waitFor();
  await page.locator(".line-mark").getByText(`InvalidActionDeclarationException: ${sentence}`).waitFor();
  assert.equal(await bar(page).getByRole("button", { name: "Update pipeline" }).isDisabled(), true);
  // Only what is earlier can be chosen; the rest says why not.
  const late = field(page, "inputArtifacts 1 (required)").locator("option[disabled]");
  assert.ok((await late.count()) === 0 || /made/.test(await late.first().textContent()));
  await form(page).getByRole("button", { name: "Use BuildArtifact, from Build / Compile" }).click();
  await counted(page, /^No problems/).waitFor();
});

test("a text that is no JSON keeps the picture, and says line and column", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await edit(page);
  await text(page).fill('{\n  "name": oops\n}');
  await bar(page).page().getByText(/Line 2, column 11:/).first().waitFor();
  assert.equal(await draftTile(page, "Compile").count(), 1);
  await text(page).press("Control+z");
  await bar(page).getByText("Nothing differs from the saved version.").waitFor();
});

test("a draft is kept when somebody leaves it, and when the tab is reloaded or closed", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await edit(page);
  await draftStage(page, "Build").click();
  await field(page, "name (required)").fill("Assemble");
  await page.getByRole("group", { name: "View" }).getByRole("button", { name: "Picture" }).click();
  await page.getByText("Your draft is not saved. It is kept in this browser.").waitFor();
  await stage(page, "Build").waitFor();
  await page.reload();
  await ready(page);
  await edit(page);
  await draftStage(page, "Assemble").waitFor();
  await page.close({ runBeforeUnload: true });
  const later = await session.newTab();
  await ready(later);
  await edit(later);
  await draftStage(later, "Assemble").waitFor();
  await bar(later).getByRole("button", { name: "Discard" }).click();
  await draftStage(later, "Build").waitFor();
});

test("saving a version says what it ends, and what was waiting is cancelled", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await start(page);
  await page.evaluate(() => window.codepipeline.pause());
  await edit(page);
  await draftTile(page, "Lint").click();
  await form(page).getByRole("button", { name: "Remove Build / Lint" }).click();
  await bar(page).getByText("As soon as what they run has ended, saving cancels").waitFor();
  await saved(page);
  await page.getByText("version 2", { exact: true }).waitFor();
  assert.equal(await tile(page, "Lint").count(), 0);
  await untilIdle(page);
  const { pipelineExecutionSummaries } = await page.evaluate(() =>
    window.codepipeline.listPipelineExecutions({ pipelineName: "storefront-release" }),
  );
  assert.equal(pipelineExecutionSummaries[0].status, "Cancelled");
});

test("the export is what create-pipeline takes", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await edit(page);
  await bar(page).getByRole("button", { name: "More" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save as a file" }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), "storefront-release.json");
  const { readFile } = await import("node:fs/promises");
  const input = JSON.parse(await readFile(await file.path(), "utf8"));
  assert.deepEqual(Object.keys(input), ["pipeline"]);
  input.pipeline.name = "again";
  const { pipeline } = await page.evaluate((input) => window.codepipeline.createPipeline(input), input);
  assert.equal(pipeline.version, 1);
});

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ]) {
    test(`the editor at ${width}x${height} ${colorScheme}`, async (t) => {
      const session = await openPage(t, { browser: { colorScheme, viewport: { width, height } } });
      const { page } = session;
      await ready(page);
      await edit(page);
      await page.getByRole("button", { name: "Add a stage after Build" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "ECS", exact: true }).waitFor();
      await session.screenshot(`edit-add-${width}-${colorScheme}`);
      await bringAxe(page);
      const asked = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(asked.violations.map(({ id }) => id), []);
      await page.getByRole("dialog").getByRole("button", { name: "Manual approval", exact: true }).click();
      await draftTile(page, "Approve").click();
      if (width < 800) await session.screenshot(`edit-form-${width}-${colorScheme}`);
      await field(page, "actionTypeId (required)").selectOption({ label: "ECS" });
      await counted(page, /^2 problems/).waitFor();
      await session.screenshot(`edit-${width}-${colorScheme}`);
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(scroll <= width, `${scroll} px in a window of ${width}`);
      await bringAxe(page);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
        [],
      );
    });
  }
}

test("an action in another Region gets a store there, and the stores are filled in by a form", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await begin(page);
  await draftTile(page, "Compile").click();
  await field(page, "region").fill("eu-west-1");
  await form(page).getByText(/Use 'pipeline\.artifactStores' instead of/).waitFor();
  await form(page).getByRole("button", { name: "Add an artifact store in eu-west-1" }).click();
  await counted(page, /^No problems/).waitFor();

  // The form of the pipeline has one group for each Region.
  await page.keyboard.press("Escape");
  await form(page).getByRole("heading", { name: "artifactStores 2" }).waitFor();
  const bucket = form(page).locator("[data-field='/artifactStores/eu-west-1/location']");
  assert.equal(await bucket.inputValue(), "artifacts-eu-west-1");
  await bucket.fill("x");
  await form(page).getByText(/'pipeline\.artifactStores\.eu-west-1\.member\.location' failed to satisfy/).waitFor();
  assert.equal(await bucket.getAttribute("aria-invalid"), "true");
  await bucket.fill("in-ireland");
  await counted(page, /^No problems/).waitFor();

  // One Region more by keyboard: the choice keeps the focus while it changes, and it goes away again.
  await form(page).getByRole("button", { name: "Add artifactStores" }).press("Enter");
  const region = form(page).locator("[data-field='/artifactStores/@2']");
  await region.focus();
  await page.keyboard.type("eu-west-2", { delay: 40 });
  await form(page).locator("[data-field='/artifactStores/eu-west-2/location']").waitFor();
  assert.equal(await region.evaluate((it) => it === document.activeElement), true);
  await form(page).getByRole("button", { name: "Remove artifactStores 3" }).press("Enter");
  await region.waitFor({ state: "detached" });
  const declared = JSON.parse(await text(page).inputValue());
  assert.equal(declared.artifactStore, undefined);
  assert.deepEqual(Object.keys(declared.artifactStores), ["us-east-1", "eu-west-1"]);
  assert.equal(declared.artifactStores["eu-west-1"].location, "in-ireland");
  await saved(page);
});
