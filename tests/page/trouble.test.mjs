// Storage in trouble: full, deleted under the page, of a newer version, damaged. A banner says so, the page goes on in
// memory, what there is can be saved as a file, and nothing that was stored is overwritten.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { ready, roster, start } from "./person.mjs";

const DATABASE = "codepipeline-simulator";

const banner = (page, words) => page.getByText(words).first();

/** Saves the world as a file by the banner's button and answers what the file holds. */
async function saved(page) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as file" }).click();
  return JSON.parse(await readFile(await (await download).path(), "utf8"));
}

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
    return JSON.stringify(stores);
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

test("a database of a newer version is left as it is", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await elsewhere(session);
  await page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open(name, 999);
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
  assert.ok((await saved(later)).sequence > 0);
  assert.equal(await stored(page), before);
});

test("a damaged world is told with its place, and stays as it is", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await elsewhere(session);
  await page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => {
          const database = request.result;
          const transaction = database.transaction("checkpoints", "readwrite");
          const store = transaction.objectStore("checkpoints");
          store.openCursor().onsuccess = (event) => {
            const cursor = event.target.result;
            if (cursor) {
              cursor.update({ ...cursor.value, text: cursor.value.text.slice(0, -20) });
              cursor.continue();
            }
          };
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
          transaction.onerror = () => reject(transaction.error);
        };
      }),
    DATABASE,
  );
  const before = await stored(page);
  const later = await session.newTab();
  await ready(later);
  await banner(later, /stored world is damaged at checkpoint/).waitFor();
  await start(later);
  await roster(later).getByText("Running").waitFor();
  assert.equal(await stored(page), before);
});
