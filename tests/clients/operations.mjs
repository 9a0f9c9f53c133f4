// Which operations there are, what they declare, and which of them this build does not answer yet: read from the files
// that say so.

import { readFileSync } from "node:fs";

const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** For every operation of the service the errors it declares. */
export const operations = {};
for (const [, name, kind, what] of text("tests/model.facts").matchAll(/^operation (\w+) (\w+) (\w+)$/gm)) {
  const errors = (operations[name] ??= []);
  if (kind === "error") errors.push(what);
}

const list = /const NOT_BUILT: &\[&str\] = &\[([^\]]*)\]/.exec(text("src/engine/operations/mod.rs"));

/** The operations that answer NotImplementedException. */
export const notBuilt = [...(list?.[1] ?? "").matchAll(/"(\w+)"/g)].map(([, name]) => name);
