// Storage in trouble: full, deleted under the page, of a newer version, damaged. A banner says so, the page goes on in
// memory, what there is can be saved as a file (the world shown, and what is stored of one that cannot be opened), and
// nothing that was stored is overwritten.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { declaration, paste, ready, roster, start } from "./person.mjs";

const DATABASE = "codepipeline-simulator";

const banner = (page, words) => page.getByText(words).first();

/** Saves a file by a button of the banner, reached with the keyboard, and answers what the file holds. */
async function saved(page, label = "Save as file…", name = "default.world.json") {
  const coming = page.waitForEvent("download");
  const button = page.getByRole("button", { name: label });
  for (let steps = 0; !(await button.evaluate((it) => it === document.activeElement)); steps += 1) {
    assert.ok(steps < 60, `${label} is reached by Tab`);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  const download = await coming;
  assert.equal(download.suggestedFilename(), name);
  return JSON.parse(await readFile(await download.path(), "utf8"));
}

/** The same of what is stored of a world that cannot be opened. */
const savedRecords = (page) => saved(page, "Save what is stored…", "default.stored-records.json");

/** What the file of stored records says that the object stores hold, as text. */
const inFile = (file) =>
  JSON.stringify(Object.entries(file.stores).map(([store, records]) => [store, records.map(({ value }) => value)]));

/** To a place of this origin that opens no world; a browser asks for an icon there. */
async function elsewhere(session) {
  session.expect(/favicon/);
  await session.page.goto(session.site.url + "manifest.webmanifest");
}

/** Everything that the database holds, as text. */
const stored = (page) =>
  page.evaluate(async (name) => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open(name));
    const names = [...database.objectStoreNames].filter((store) => store !== "writers");
    const stores = await Promise.all(
      names.map(async (store) => [store, await done(database.transaction(store).objectStore(store).getAll())]),
    );
    database.close();
    return JSON.stringify(stores, (_, value) =>
      value instanceof Uint8Array ? btoa(String.fromCharCode(...value)) : value,
    );
  }, DATABASE);

test("storage that is full is told, the page goes on in memory, and the world can be saved as a file", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await start(page);
  await roster(page).getByText("Running").waitFor();
  await page.evaluate(() => window.codepipeline.pause());
  const before = await stored(page);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  session.expect(/StorageError|QuotaExceeded/);
  await page.evaluate(() =>
    window.codepipeline.startPipelineExecution({ name: "storefront-release" }).catch((error) => error.name),
  );
  await banner(page, /Not saved\. .*no more room/).waitFor();
  // It goes on, and the file holds what came after the trouble too.
  await page.evaluate(() => window.codepipeline.advance({ minutes: 3 }).catch(() => {}));
  const sequence = await page.evaluate(() => window.codepipeline.sequence);
  const file = await saved(page);
  assert.equal(file.sequence, sequence);
  assert.equal(await stored(page), before);
});

for (const silent of ["database", "locks"]) {
  test(`a browser whose ${silent} never answer is not waited for: the page opens in memory and says so`, async (t) => {
    const session = await openPage(t);
    await ready(session.page);
    await session.context.addInitScript((silent) => {
      const later = window.setTimeout;
      // Nobody has to sit through it.
      window.setTimeout = (call, delay, ...rest) => later.call(window, call, Math.min(delay ?? 0, 1_000), ...rest);
      if (silent === "database") IDBFactory.prototype.open = () => document.createElement("i");
      else LockManager.prototype.request = () => new Promise(() => {});
    }, silent);
    await session.page.reload();
    await ready(session.page);
    await banner(session.page, /does not answer.*Reload this page to try again/).waitFor();
    await start(session.page);
    await roster(session.page).getByText("Running").waitFor();
    assert.ok((await saved(session.page)).sequence > 0);
  });
}

test("data deleted under the page is told, and the world can be saved as a file", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await start(page);
  await roster(page).getByText("Running").waitFor();
  session.expect(/StorageError|deleted/);
  await page.evaluate(
    (name) =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase(name).onsuccess = resolve;
      }),
    DATABASE,
  );
  await banner(page, /Not saved\. .*deleted while this page was open/).waitFor();
  const file = await saved(page);
  assert.ok(file.sequence > 0);
});

/** Changes the records of an object store where nobody has the database open. */
const change = (page, store, how) =>
  page.evaluate(
    ([name, store, how]) =>
      new Promise((resolve, reject) => {
        const changed = new Function("value", how);
        indexedDB.open(name).onsuccess = ({ target: { result: database } }) => {
          const transaction = database.transaction(store, "readwrite");
          transaction.objectStore(store).openCursor().onsuccess = ({ target: { result: cursor } }) => {
            if (!cursor) return;
            cursor.update(changed(cursor.value));
            cursor.continue();
          };
          transaction.oncomplete = () => resolve(database.close());
          transaction.onerror = () => reject(transaction.error);
        };
      }),
    [DATABASE, store, how],
  );

test("a database of a newer version is left as it is, and what it holds can be saved", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await elsewhere(session);
  await page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open(name, 999);
        request.onupgradeneeded = () => {
          request.result.createObjectStore("later").put({ what: "this build knows nothing of it" }, "default");
        };
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
        request.onerror = () => reject(request.error);
      }),
    DATABASE,
  );
  const before = await stored(page);
  const later = await session.newTab();
  await ready(later);
  await banner(later, /written by a newer version/).waitFor();
  await start(later);
  await roster(later).getByText("Running").waitFor();
  const file = await savedRecords(later);
  assert.ok((await saved(later, "Save the world shown…")).sequence > 0);
  assert.match(file.problem, /format 999/);
  delete file.stores.writers;
  assert.equal(inFile(file), before);
  assert.equal(await stored(page), before);
});

test("a world of a newer format is left as it is, and what is stored of it can be saved", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await elsewhere(session);
  await change(page, "worlds", "return { ...value, format: 7 }");
  const before = await stored(page);
  const later = await session.newTab();
  await ready(later);
  await banner(later, /newer version.*format 7/).waitFor();
  const file = await savedRecords(later);
  delete file.stores.writers;
  assert.equal(inFile(file), before);
  assert.equal(await stored(page), before);
});

test("a damaged world is told with its place, stays as it is, and its records can be saved", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await elsewhere(session);
  await change(page, "checkpoints", "return { ...value, text: value.text.slice(0, -20) }");
  const before = await stored(page);
  const later = await session.newTab();
  await ready(later);
  await banner(later, /stored world is damaged at checkpoint/).waitFor();
  await banner(later, /line \d+ column \d+\. What is stored stays as it is\..*the simulator cannot open that file/).waitFor();
  await start(later);
  await roster(later).getByText("Running").waitFor();
  const file = await savedRecords(later);
  assert.equal(file.world, "default");
  assert.match(file.problem, /damaged at checkpoint/);
  delete file.stores.writers;
  assert.equal(inFile(file), before);
  assert.equal(await stored(page), before);

  // What the page says of the file is so: it is told apart, and nothing is imported.
  const dialog = await paste(later, JSON.stringify(file));
  await dialog.getByText("These are the stored records of a world that could not be opened.").waitFor();
});

test("of a damaged world with a name of its own the damage is told, not that it is new", async (t) => {
  const session = await openPage(t, { address: "#world=mine" });
  const { page } = session;
  const dialog = await paste(page, JSON.stringify({ pipeline: declaration("mine") }));
  await dialog.getByRole("button", { name: "Import" }).click();
  await ready(page);
  await elsewhere(session);
  await change(page, "worlds", 'return { ...value, sequence: "seven" }');
  const later = await session.newTab();
  await banner(later, /stored world is damaged at worlds/).waitFor();
  const file = await saved(later, "Save what is stored…", "mine.stored-records.json");
  assert.deepEqual(file.stores.worlds.map(({ key, value }) => [key, value.sequence]), [["mine", "seven"]]);
});
