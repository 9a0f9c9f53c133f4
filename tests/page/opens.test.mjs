// The page opens wherever a host puts it, without a word on the console and without a request to anybody else.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./harness.mjs";

for (const base of ["/", "/some/folder/"]) {
  test(`the page opens at ${base}`, async (t) => {
    const session = await openPage(t, { base });
    await session.page.waitForLoadState("networkidle");
    assert.notEqual((await session.page.title()).trim(), "");
    await session.screenshot(base === "/" ? "opens" : "opens-in-a-folder");
  });
}
