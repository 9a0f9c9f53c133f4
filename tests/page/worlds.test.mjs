// Several worlds: opened, renamed, duplicated, saved, added, deleted and brought back; and what two tabs may do.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { declaration, paste, ready } from "./person.mjs";

async function gallery(page) {
  await page.keyboard.press("o");
  const dialog = page.getByRole("dialog", { name: "Worlds" });
  await dialog.waitFor();
  return dialog;
}

const yours = (dialog) => dialog.getByRole("region", { name: "Your worlds" });
const own = (dialog, name) => yours(dialog).getByRole("button", { name, exact: true });
const sequence = (page) => page.evaluate(() => window.codepipeline.sequence);
const inWorld = (page, name) => page.waitForFunction((name) => window.codepipeline?.world === name, name);

async function rename(dialog, from, to) {
  await yours(dialog).getByRole("button", { name: `Rename… ${from}` }).click();
  const field = dialog.getByRole("textbox", { name: "New name" });
  await field.fill(to);
  await field.press("Enter");
}

test("a world is renamed, duplicated, deleted and brought back", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const facts = await sequence(page);
  let dialog = await gallery(page);
  await yours(dialog).getByRole("button", { name: "Duplicate default" }).click();
  await own(dialog, "default copy").waitFor();
  await rename(dialog, "default copy", "Release plan");
  await own(dialog, "Release plan").waitFor();
  await own(dialog, "default copy").waitFor({ state: "detached" });
  // Names that cannot be are refused in a sentence, and nothing changes.
  await rename(dialog, "Release plan", "default");
  await dialog.getByText("There is a world called default already.").waitFor();
  await rename(dialog, "Release plan", "superseded");
  await dialog.getByText("superseded is the address of a world of the gallery.").waitFor();
  await own(dialog, "Release plan").click();
  await inWorld(page, "Release plan");
  await ready(page);
  assert.equal(await sequence(page), facts);
  // The one in front is renamed, too.
  dialog = await gallery(page);
  await rename(dialog, "Release plan", "Plan B");
  await inWorld(page, "Plan B");
  assert.equal(new URL(page.url()).hash, "#world=Plan%20B");
  // Deleted while in front: the first world comes, and it can be brought back.
  await yours(dialog).getByRole("button", { name: "Delete Plan B" }).click();
  await dialog.getByText("Plan B was deleted.").waitFor();
  await inWorld(page, "default");
  assert.equal(await own(dialog, "Plan B").count(), 0);
  await dialog.getByRole("button", { name: "Undo" }).click();
  await inWorld(page, "Plan B");
  assert.equal(await sequence(page), facts);
  await page.reload();
  await inWorld(page, "Plan B");
  await ready(page);
  assert.equal(await sequence(page), facts, "what was brought back is kept");
});

test("a world is saved as a file and added from it; a file that is none leaves nothing behind", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const facts = await sequence(page);
  let dialog = await gallery(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    yours(dialog).getByRole("button", { name: "Save as a file default" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "default.world.json");
  const text = await readFile(await download.path(), "utf8");
  const folder = join(tmpdir(), `worlds-${process.pid}`);
  const [good, bad] = [`${folder}-My release.world.json`, `${folder}-bad.world.json`];
  await writeFile(good, text);
  await writeFile(bad, JSON.stringify({ ...JSON.parse(text), sequence: 9_999 }));
  const picker = dialog.locator("input[type=file]");
  await picker.setInputFiles(bad);
  await dialog.getByText("could not be read").waitFor();
  assert.equal(await page.evaluate(() => window.codepipeline.world), "default");
  assert.equal(await yours(dialog).getByRole("listitem").count(), 1);
  await picker.setInputFiles(good);
  await dialog.waitFor({ state: "hidden" });
  await ready(page);
  assert.match(await page.evaluate(() => window.codepipeline.world), /My release$/);
  assert.equal(await sequence(page), facts);
  dialog = await gallery(page);
  assert.equal(await yours(dialog).getByRole("listitem").count(), 2);
});

test("a world that is open in another tab is not renamed or deleted under it", async (t) => {
  const session = await openPage(t);
  await ready(session.page);
  const other = await session.newTab();
  await ready(other);
  await other.evaluate(() => { location.hash = "#world=queued"; });
  await inWorld(other, "queued");
  let dialog = await gallery(other);
  await yours(dialog).getByRole("button", { name: "Delete default" }).click();
  await dialog.getByText("default is open in another tab, which writes it.").waitFor();
  await rename(dialog, "default", "mine");
  await dialog.getByText("default is open in another tab, which writes it.").waitFor();
  await own(dialog, "default").waitFor();
  assert.equal(await own(dialog, "mine").count(), 0);
  // It can be copied, though: reading disturbs nobody.
  await yours(dialog).getByRole("button", { name: "Duplicate default" }).click();
  await own(dialog, "default copy").waitFor();
});

test("a reload shows the pipeline last looked at, and so does coming back later", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  const dialog = await paste(page, JSON.stringify(declaration("another")));
  await dialog.locator("footer").getByRole("button").first().click();
  await page.getByRole("heading", { name: "another", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Choose a pipeline" }).click();
  await page.getByRole("menuitemradio", { name: /storefront-release/ }).click();
  await page.getByRole("heading", { name: "storefront-release", level: 1 }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "storefront-release", level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "another", level: 1 }).waitFor();
  await page.goForward();
  await page.getByRole("heading", { name: "storefront-release", level: 1 }).waitFor();
  await page.close();
  // The address of this tab says nothing of a pipeline, and "another" is the first by name.
  const later = await session.newTab();
  await later.getByRole("heading", { name: "storefront-release", level: 1 }).waitFor();
});

test("whoever comes back without an address finds the world that they left", async (t) => {
  const session = await openPage(t, { address: "#world=approval" });
  await session.page.getByRole("heading", { name: "storefront-approved", level: 1 }).waitFor();
  await session.page.close();
  const later = await session.newTab("");
  await later.getByRole("heading", { name: "storefront-approved", level: 1 }).waitFor();
  assert.equal(new URL(later.url()).hash, "#world=approval");
  // What the world says of itself stands beside its own pipelines only.
  await later.getByText("What to watch.").waitFor();
  const dialog = await paste(later, JSON.stringify(declaration("my-own")));
  await dialog.locator("footer").getByRole("button").first().click();
  await later.getByRole("heading", { name: "my-own", level: 1 }).waitFor();
  await later.getByText("What to watch.").waitFor({ state: "detached" });
});

test("opening a world file in place of the present world can be taken back", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  const file = await page.evaluate(() => window.codepipeline.exportWorld());
  await page.evaluate(() => window.codepipeline.startPipelineExecution({ name: "storefront-release" }));
  const reached = await sequence(page);
  const dialog = await paste(page, file);
  await dialog.getByRole("button", { name: "Open this world in place of the present one" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("default was replaced by the world of the file.").waitFor();
  assert.ok((await sequence(page)) < reached);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.waitForFunction((reached) => window.codepipeline.sequence === reached, reached);
});

test("an import that is refused on its way leaves no empty world behind", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  // Another tab stands where the import would make its new world, so that its calls are refused there.
  const other = await session.newTab();
  await ready(other);
  await other.evaluate(() => { location.hash = "#world=eu-central-1"; });
  await inWorld(other, "eu-central-1");
  const text = JSON.stringify({
    pipeline: declaration("elsewhere"),
    metadata: { pipelineArn: "arn:aws:codepipeline:eu-central-1:111122223333:elsewhere" },
  });
  const dialog = await paste(page, text);
  await dialog.getByText("eu-central-1").first().waitFor();
  await dialog.locator("footer").getByRole("button").first().click();
  await dialog.getByText("ReadOnlyWorldError").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await other.close();
  const worlds = await gallery(page);
  assert.equal(await yours(worlds).getByRole("listitem").count(), 1);
  assert.equal(await page.evaluate(() => window.codepipeline.world), "default");
});
