// Which operations there are and what they declare, read from the file that says so.

import { readFileSync } from "node:fs";

const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** For every operation of the service the errors it declares. */
export const operations = {};
for (const [, name, kind, what] of text("tests/model.facts").matchAll(/^operation (\w+) (\w+) (\w+)$/gm)) {
  const errors = (operations[name] ??= []);
  if (kind === "error") errors.push(what);
}
