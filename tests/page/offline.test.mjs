// The release build: kept for use without a network, replaced when the person says so, and forbidden to do anything but run
// what it came with.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { ready, roster, start } from "./person.mjs";
import { DIST } from "./site.mjs";

/** Waits until the worker keeps this page's build and answers for this tab. */
const kept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
const build = (page) => page.locator('meta[name="build"]').getAttribute("content");
const caches = (page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    return Promise.all(names.map(async (name) => [name, (await (await caches.open(name)).keys()).map(({ url }) => url)]));
  });

test("after the first visit the page opens without a network, and works", async (t) => {
  const session = await openPage(t, { base: "/a/folder/" });
  await ready(session.page);
  await kept(session.page);
  await session.site.close();
  await session.context.setOffline(true);
  const page = await session.newTab();
  await ready(page);
  await session.page.close();
  await page.reload();
  await ready(page);
  await start(page);
  await roster(page).getByText("Running").waitFor();
});

/** The next build in a folder of its own: another style under another name, and the worker and the page say so. */
async function nextBuild(t) {
  const folder = await mkdtemp(join(tmpdir(), "codepipeline-simulator-build-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(DIST, folder, { recursive: true });
  const old = (await readdir(folder)).find((name) => /^style-.*\.css$/.test(name));
  await rename(join(folder, old), join(folder, "style-next.css"));
  const change = async (name, ...pairs) => {
    let text = await readFile(join(folder, name), "utf8");
    for (const [from, to] of pairs) {
      assert.match(text, from, name);
      text = text.replace(from, to);
    }
    await writeFile(join(folder, name), text);
  };
  const link = new RegExp(`href="\\./${old}"[^>]*>`);
  await change("index.html", [link, 'href="./style-next.css">'], [/(name="build" content=")\w+/, "$1next"]);
  await change("service-worker.js", [/(BUILD = ")\w+/, "$1next"], [new RegExp(old), "style-next.css"]);
  return { folder, old };
}

test("a new build is offered, waits until it is accepted, and then replaces the old one in every tab", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  await kept(page);
  const first = await build(page);
  const other = await session.newTab();
  await ready(other);

  const { folder, old } = await nextBuild(t);
  session.site.show(folder);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  // Offered in both tabs.
  const reload = page.getByRole("button", { name: "Reload", exact: true });
  await reload.waitFor();
  await page.getByText("A new version of the simulator is ready").waitFor();

  // Kept until accepted: also whoever opens the page now gets the first build, whole.
  const third = await session.newTab();
  await ready(third);
  assert.equal(await build(third), first);
  await third.close();
  await page.reload();
  await ready(page);
  assert.equal(await build(page), first);

  // The tab that writes the world now; the other one first of all says that it only reads.
  await other.getByRole("button", { name: "Reload", exact: true }).click();
  for (const tab of [page, other]) {
    await tab.waitForFunction(() => document.querySelector('meta[name="build"]')?.content === "next");
    await ready(tab);
  }
  // Old files gone: one cache is left, of the new build, without the old style.
  const [[name, files], ...more] = await caches(page);
  assert.deepEqual(more, []);
  assert.match(name, / next$/);
  assert.ok(files.some((url) => url.endsWith("/style-next.css")));
  assert.ok(!files.some((url) => url.endsWith(`/${old}`)));
});

test("the worker carries the number of the build it keeps, and keeps all of it", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await kept(page);
  const [[name, files]] = await caches(page);
  assert.ok(name.endsWith(` ${await build(page)}`), name);
  const there = (await readdir(DIST, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !["index.html", "service-worker.js"].includes(entry.name))
    .map((entry) => entry.name);
  for (const file of there) assert.ok(files.some((url) => url.endsWith(`/${file}`)), file);
  assert.equal(files.length, there.length + 1, "and the page itself");
});

test("the policy of the page lets nothing in that it did not come with", async (t) => {
  const session = await openPage(t);
  const { page } = session;
  await ready(page);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  session.expect(/Content Security Policy|violates the following/i);
  const tried = await page.evaluate(async () => {
    const done = {};
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.body.append(script);
    done.inline = Boolean(window.inlineRan);
    // Not in this call, which the test's own tools let through.
    done.evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(Boolean((0, eval)("1")));
        } catch {
          resolve(false);
        }
      });
    });
    const paragraph = document.createElement("p");
    paragraph.setAttribute("style", "color: rgb(1, 2, 3)");
    document.body.append(paragraph);
    done.styled = getComputedStyle(paragraph).color === "rgb(1, 2, 3)";
    done.fetched = await fetch("http://127.0.0.1:9/", { mode: "no-cors" }).then(
      () => true,
      (error) => !/Failed to fetch/.test(error.message),
    );
    return done;
  });
  assert.deepEqual(tried, { inline: false, evaluated: false, styled: false, fetched: false });
});
