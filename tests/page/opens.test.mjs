// The page opens wherever a host puts it, without a word on the console and without a request to anybody else.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { ready } from "./person.mjs";

test("the page opens whichever of its files comes last", async (t) => {
  const session = await openPage(t, { browser: { serviceWorkers: "block" } });
  await ready(session.page);
  for (const late of [/start-[^/]*\.js$/, /_bg[^/]*\.wasm$/]) {
    await session.context.route(late, async (route) => {
      // Longer than the rest takes.
      await new Promise((later) => setTimeout(later, 5_000));
      await route.continue();
    });
    const tab = await session.newTab();
    await ready(tab);
    await tab.close();
    await session.context.unroute(late);
  }
});

for (const base of ["/", "/some/folder/"]) {
  test(`the page opens at ${base}`, async (t) => {
    const session = await openPage(t, { base });
    await session.page.waitForLoadState("networkidle");
    assert.notEqual((await session.page.title()).trim(), "");
    await session.screenshot(base === "/" ? "opens" : "opens-in-a-folder");
  });
}
