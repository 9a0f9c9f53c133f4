// The gallery: worlds that each show one idea, at addresses of their own, and the clock that stops at what is worth
// seeing.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { bringAxe, fits } from "./axe.mjs";
import { openPage } from "./harness.mjs";
import { clock, facts, picture, ready, roster, stage } from "./person.mjs";


const NAMES = [
  "first-release",
  "superseded",
  "queued",
  "parallel",
  "approval",
  "closed-gate",
  "retry",
  "rollback",
  "workers",
  "triggers",
];

const watch = (page) => picture(page).getByText("What to watch.");
const hash = (page) => new URL(page.url()).hash;
const sequence = (page) => page.evaluate(() => window.codepipeline.sequence);
const world = (page) => page.evaluate(() => window.codepipeline.world);

async function inWorld(page, name) {
  await page.waitForFunction((name) => window.codepipeline?.world === name, name);
  await watch(page).waitFor();
}

async function openGallery(page) {
  await page.keyboard.press("o");
  const dialog = page.getByRole("dialog", { name: "Worlds" });
  await dialog.waitFor();
  return dialog;
}

test("an address opens its world paused at the interesting instant, with what to watch, and a reload keeps what was reached", async (t) => {
  const session = await openPage(t, { address: "#world=superseded&speed=600" });
  const { page } = session;
  await inWorld(page, "superseded");
  await page.getByRole("button", { name: "Superseded while waiting" }).first().waitFor();
  await clock(page).getByRole("button", { name: "Play" }).waitFor();
  assert.deepEqual(await page.evaluate(() => window.codepipeline.clock().speed), 600);
  await roster(page).getByText("Waits for the lock").waitFor();
  await roster(page).getByText("Superseded").waitFor();
  // What was to be done on arrival is done: the address only says where we are.
  assert.equal(hash(page), "#world=superseded");
  const began = await sequence(page);
  await page.evaluate(() =>
    window.codepipeline.enableStageTransition({
      pipelineName: "storefront-release",
      stageName: "Staging",
      transitionType: "Inbound",
    }),
  );
  await stage(page, "Staging").and(page.getByRole("button", { name: /locked by D/ })).waitFor();
  const reached = await sequence(page);
  assert.ok(reached > began);
  await page.reload();
  await inWorld(page, "superseded");
  assert.equal(await sequence(page), reached);
  // Start over puts it back, and that can be taken back.
  await page.getByRole("button", { name: "Start over" }).click();
  await page.waitForFunction((began) => window.codepipeline.sequence === began, began);
  await page.getByText("Superseded while waiting is at its beginning again.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.waitForFunction((reached) => window.codepipeline.sequence === reached, reached);
});

test("each of the ten opens from its card, and going back leads where one came from", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const dialog = await openGallery(page);
  const cards = dialog.getByRole("region", { name: "Start from a world" }).getByRole("listitem");
  assert.equal(await cards.count(), NAMES.length);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  for (const [index, name] of NAMES.entries()) {
    await (await openGallery(page))
      .getByRole("region", { name: "Start from a world" })
      .getByRole("listitem")
      .nth(index)
      .getByRole("link")
      .click();
    await inWorld(page, name);
    assert.equal(hash(page), `#world=${name}`);
  }
  await page.goBack();
  await inWorld(page, NAMES.at(-2));
  await page.goForward();
  await inWorld(page, NAMES.at(-1));
  assert.equal(await page.evaluate(() => window.codepipeline.storageState), "attached", "its lock was free again");
});

test("a card says that its world was changed, offers to begin anew, and that can be taken back", async (t) => {
  const { page } = await openPage(t, { address: "#world=retry" });
  await inWorld(page, "retry");
  const began = await sequence(page);
  const card = (dialog) =>
    dialog.getByRole("region", { name: "Start from a world" }).getByRole("listitem").filter({ hasText: "One of three fails" });
  let dialog = await openGallery(page);
  await card(dialog).waitFor();
  assert.equal(await dialog.getByText("Yours, changed").count(), 0, "nothing was changed");
  await page.keyboard.press("Escape");
  await page.evaluate(() => window.codepipeline.startPipelineExecution({ name: "storefront-release" }));
  const reached = await sequence(page);
  // Also from another world.
  await page.evaluate(() => { location.hash = "#world=queued"; });
  await inWorld(page, "queued");
  dialog = await openGallery(page);
  await card(dialog).getByText(`Yours, changed: it opens as you left it, with ${reached} facts.`).waitFor();
  await dialog.getByRole("button", { name: "Begin anew One of three fails" }).click();
  await dialog.waitFor({ state: "hidden" });
  await inWorld(page, "retry");
  await page.waitForFunction((began) => window.codepipeline.sequence === began, began);
  await page.getByText("One of three fails is at its beginning again.").waitFor();
  dialog = await openGallery(page);
  await card(dialog).getByText("Yours, changed").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.waitForFunction((reached) => window.codepipeline.sequence === reached, reached);
});

test("the address can be changed by hand, with something to do on arrival", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.evaluate(() => { location.hash = "#world=queued&play&speed=10"; });
  await inWorld(page, "queued");
  await clock(page).getByRole("button", { name: "Pause" }).waitFor();
  await page.evaluate(() => { location.hash = "#world=nobody%20began%20this"; });
  await page.getByText("There was no world called nobody began this").waitFor();
  await page.getByRole("heading", { name: "No pipeline in this world yet" }).waitFor();
  await page.getByRole("button", { name: "Open a world" }).click();
  const dialog = page.getByRole("dialog", { name: "Worlds" });
  await dialog.getByRole("link", { name: "Queued" }).click();
  await inWorld(page, "queued");
  // Nothing happened in the empty one, so nothing of it is kept.
  const again = await openGallery(page);
  await again.getByRole("button", { name: "default", exact: true }).waitFor();
  assert.equal(await again.getByText("nobody began this").count(), 0);
});

test("the clock stops at what was chosen, says why, and selects it; also on the way forward", async (t) => {
  const { page } = await openPage(t, { address: "#world=closed-gate&speed=3600" });
  await inWorld(page, "closed-gate");
  const stops = clock(page).getByRole("button", { name: "Stop at" });
  await stops.click();
  const superseded = page.getByRole("menuitemcheckbox", { name: "An execution is superseded" });
  assert.equal(await superseded.getAttribute("aria-checked"), "false");
  await superseded.click();
  assert.equal(await superseded.getAttribute("aria-checked"), "true");
  await page.keyboard.press("Escape");
  await clock(page).getByRole("button", { name: "Stop at (1)" }).waitFor();
  await clock(page).getByRole("button", { name: "Play" }).click();
  await page.getByRole("status").filter({ hasText: "The clock stopped. A was superseded: B reached Staging." }).waitFor();
  await clock(page).getByRole("button", { name: "Play" }).waitFor();
  assert.equal(await page.evaluate(() => window.codepipeline.clock().now.toISOString()), "2026-03-03T09:17:40.000Z");
  await page.getByRole("region", { name: "Details" }).getByText("Execution A").waitFor();
  // The choice belongs to the tab; a reload keeps it.
  await page.reload();
  await inWorld(page, "closed-gate");
  await clock(page).getByRole("button", { name: "Stop at (1)" }).waitFor();
  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByText("is at its beginning again").waitFor();
  await clock(page).getByRole("button", { name: "Jump to" }).click();
  await page.getByRole("menuitem", { name: "1 day later" }).click();
  await page.getByRole("status").filter({ hasText: "A was superseded" }).waitFor();
  assert.equal(await page.evaluate(() => window.codepipeline.clock().now.toISOString()), "2026-03-03T09:17:40.000Z");
  await facts(page).getByRole("button", { name: /^A was superseded/ }).waitFor();
});

test("the picture is saved as one SVG that any viewer can draw", async (t) => {
  const { page, context } = await openPage(t, { address: "#world=superseded" });
  await inWorld(page, "superseded");
  await page.getByRole("button", { name: "Superseded while waiting" }).first().click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Save the picture as SVG" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "storefront-release.svg");
  const file = await readFile(await download.path(), "utf8");
  // In a page without our policy, as a viewer has none.
  const viewer = await context.newPage();
  const drawn = await viewer.evaluate((file) => {
    const parsed = new DOMParser().parseFromString(file, "image/svg+xml");
    return {
      error: parsed.querySelector("parsererror")?.textContent,
      root: parsed.documentElement.nodeName,
      scripts: parsed.querySelectorAll("script").length,
      text: parsed.documentElement.textContent,
      missing: [...parsed.querySelectorAll("use")]
        .map((use) => use.getAttribute("href"))
        .filter((href) => !parsed.querySelector(href)),
    };
  }, file);
  assert.equal(drawn.error, undefined);
  assert.deepEqual([drawn.root, drawn.scripts, drawn.missing], ["svg", 0, []]);
  for (const said of ["Production", "Needs approval", "closed", "superseded", "LoadTest"]) assert.match(drawn.text, new RegExp(said));
});

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ]) {
    test(`the gallery and a world of it at ${width}x${height} ${colorScheme} fit, and no tool finds an error`, async (t) => {
      const browser = { colorScheme, viewport: { width, height } };
      const session = await openPage(t, { address: "#world=rollback", browser });
      const { page } = session;
      await inWorld(page, "rollback");
      await bringAxe(page);
      const look = (name) => fits(session, `${name}-${width}-${colorScheme}`, width);
      await look("lesson");
      await page.getByRole("button", { name: "Start over" }).click();
      await page.getByText("is at its beginning again").waitFor();
      const dialog = await openGallery(page);
      await dialog.getByRole("button", { name: "Duplicate Automatic rollback" }).click();
      await dialog.getByRole("button", { name: "Rename… Automatic rollback copy" }).click();
      await dialog.getByRole("textbox", { name: "New name" }).waitFor();
      await look("gallery");
    });
  }
}
