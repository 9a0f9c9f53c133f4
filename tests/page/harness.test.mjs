// The harness itself: a test that leans on it shall not pass because the harness looked away.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";

test("errors, missing files and requests to others are problems", async (t) => {
  // Without the policy of the page, which would stop the request before anybody sees it.
  const { page, problems } = await quiet(t, { browser: { bypassCSP: true } });
  assert.deepEqual(problems, []);

  const provoke = [
    [/^console: trouble/, () => console.error("trouble")],
    [/^uncaught: .*astray/, () => void setTimeout(() => { throw new Error("astray"); })],
    [/^answer 404: /, () => fetch("no-such-file").then(() => {})],
    [/^request: http:\/\/127\.0\.0\.1:9\//, () => fetch("http://127.0.0.1:9/").catch(() => {})],
  ];
  for (const [pattern, act] of provoke) {
    await page.evaluate(act);
    await until(() => problems.some((problem) => pattern.test(problem)), pattern);
  }
});

test("a session with a problem fails its test, unless the test expects it", async (t) => {
  const session = await openPage(t);
  session.problems.push("console: trouble");
  await assert.rejects(() => session.end(), /trouble/);
  session.expect(/^console: trouble$/);
  await session.end();
});

test("what is stored outlives a crashed tab and a killed browser", async (t) => {
  const session = await openPage(t);
  const write = (value) => session.page.evaluate(store, value);
  const read = () => session.page.evaluate(load);

  await write("before the crash");
  await session.crashTab();
  await session.reopen();
  assert.equal(await read(), "before the crash");

  await write("before the kill");
  await session.killBrowser();
  await session.reopen();
  assert.equal(await read(), "before the kill");
});

/** A session that may have any problem. */
async function quiet(t, options) {
  const session = await openPage(t, options);
  session.expect(/./);
  return session;
}

async function until(condition, what) {
  for (const end = Date.now() + 5_000; !condition(); ) {
    assert.ok(Date.now() < end, `nothing matched ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// These two run in the page.

function store(value) {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open("harness", 1);
    open.onupgradeneeded = () => open.result.createObjectStore("things");
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const write = open.result.transaction("things", "readwrite", { durability: "relaxed" });
      write.objectStore("things").put(value, "thing");
      write.oncomplete = () => {
        open.result.close();
        resolve();
      };
    };
  });
}

function load() {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open("harness", 1);
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const read = open.result.transaction("things").objectStore("things").get("thing");
      read.onsuccess = () => {
        open.result.close();
        resolve(read.result);
      };
    };
  });
}
