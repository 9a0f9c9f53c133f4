// axe in the page under test. Its text is evaluated through the browser's tools: the policy of the page lets no script in.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const text = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Makes `window.axe` available in the page. */
export async function bringAxe(page) {
  await page.evaluate(await text);
}
