// The npm package: what is in it, and that the same few lines work wherever it is used.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { build } from "esbuild";

import { shop } from "./declarations.mjs";
import { operations } from "./operations.mjs";
import { PACKAGE, Simulator } from "./simulator.mjs";
import { SAID, USER, project } from "./user.mjs";

const run = promisify(execFile);

test("it works in Node, and lets the process end", { timeout: 60_000 }, async (t) => {
  const folder = await project(t);
  await writeFile(join(folder, "user.mjs"), `${USER}\nconsole.log(globalThis.said);\n`);
  const { stdout } = await run(process.execPath, ["user.mjs"], { cwd: folder, timeout: 30_000 });
  assert.equal(stdout.trim(), SAID);
});

test("times are taken as Date and as seconds, and answered as Date", async () => {
  const simulator = await Simulator.open({ storage: "memory", seed: 1 });
  await simulator.createPipeline({ pipeline: shop });
  const place = { pipelineName: "shop", stageName: "Source", actionName: "Checkout" };
  const seconds = 1_700_000_000.5;
  for (const [revisionId, created] of [["r1", new Date(seconds * 1000)], ["r2", seconds]]) {
    await simulator.putActionRevision({ ...place, actionRevision: { revisionId, revisionChangeId: revisionId, created } });
    await simulator.advance({ untilIdle: true });
    const { stageStates } = await simulator.getPipelineState({ name: "shop" });
    const { currentRevision } = stageStates[0].actionStates[0];
    assert.equal(currentRevision.revisionId, revisionId);
    assert.deepEqual(currentRevision.created, new Date(seconds * 1000));
  }
  const wrong = { ...place, actionRevision: { revisionId: "r3", revisionChangeId: "r3", created: "yesterday" } };
  await assert.rejects(simulator.putActionRevision(wrong), { name: "SerializationException", $fault: "client" });
  await simulator.close();
});

test("esbuild bundles it for a browser without a word about Node", { timeout: 60_000 }, async (t) => {
  const folder = await project(t);
  await writeFile(join(folder, "user.mjs"), USER);
  const { outputFiles, warnings } = await build({
    entryPoints: [join(folder, "user.mjs")],
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "silent",
  });
  assert.deepEqual(warnings, []);
  const text = outputFiles[0].text;
  assert.ok(!text.includes("node:fs"));
  assert.ok(text.includes("import.meta.url"));
});

test("it holds what its package.json names, and no more", async () => {
  const names = (await readdir(PACKAGE)).sort();
  assert.deepEqual(names, [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "browser.js",
    "index.d.ts",
    "node.js",
    "package.json",
    "simulator.js",
    "simulator_bg.wasm",
  ]);
  const { exports } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  for (const target of [exports["."].types, exports["."].node, exports["."].default, exports["./simulator.wasm"]]) {
    assert.ok(names.includes(target.slice("./".length)), target);
  }
});

test("its program has no page in it", async () => {
  const bytes = await readFile(join(PACKAGE, "simulator_bg.wasm"));
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(({ name }) => name);
  assert.ok(imports.length > 20);
  const page =
    /document|element|html|node(?!_)|append|attribute|style|event(?!s?_)|click|dialog|history|location|clipboard|blob|scroll|animation/i;
  // What IndexedDB tells through events is not of the page.
  const own = /indexeddb|idb/i;
  for (const name of ["__wbg_document_0", "__wbg_createElement_0", "__wbg_setAttribute_0"]) assert.match(name, page);
  assert.deepEqual(
    imports.filter((name) => page.test(name) && !own.test(name)),
    [],
  );
  for (const word of ["leptos", "reactive_graph", "tachys"]) assert.equal(bytes.indexOf(word), -1, word);
});

test("every operation and every control of the declarations is there", async () => {
  const declared = await readFile(join(PACKAGE, "index.d.ts"), "utf8");
  for (const operation of Object.keys(operations)) {
    const method = operation[0].toLowerCase() + operation.slice(1);
    assert.equal(typeof Simulator.prototype[method], "function", method);
    assert.ok(declared.includes(`\n  ${method}(input`), method);
  }
  const face = declared.slice(declared.indexOf("export interface Simulator extends Operations {"));
  const members = face.slice(0, face.indexOf("\n}")).matchAll(/^ {2}(?:readonly )?(\w+)(\??[:(])/gm);
  const names = new Set([...members].map(([, name]) => name));
  assert.ok(names.size > 20);
  for (const name of names) assert.ok(name in Simulator.prototype, name);
});
