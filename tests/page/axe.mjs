// axe in the page under test. Its text is evaluated through the browser's tools: the policy of the page lets no script in.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const text = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Makes `window.axe` available in the page. */
export async function bringAxe(page) {
  await page.evaluate(await text);
}

/** Fails where the page is wider than its window, or where axe finds anything in it. Keeps a screenshot under `name`. */
export async function fits(session, name, width) {
  const { page } = session;
  await session.screenshot(name);
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(scroll <= width, `${name}: ${scroll} px in a window of ${width}`);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { rules: { "label-content-name-mismatch": { enabled: false } } }),
  );
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  assert.deepEqual(told, [], name);
}
