// The package in headless Chromium, with and without a bundler, and the AWS SDK for JavaScript over it.

import assert from "node:assert/strict";
import { cp, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { chromium } from "playwright-core";

import { FLAGS, findChromium } from "../page/harness.mjs";
import { operations } from "./operations.mjs";
import { serve } from "./site.mjs";
import { PACKAGE } from "./simulator.mjs";
import { SAID, USER, project } from "./user.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));

/** Opens a page of the folder; what goes wrong in it fails the test. */
async function open(t, folder, page) {
  const origin = await serve(t, folder);
  const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
  t.after(() => browser.close());
  const tab = await browser.newPage();
  const problems = [];
  tab.on("pageerror", (error) => problems.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  t.after(() => assert.deepEqual(problems, []));
  await tab.goto(`${origin}/${page}`);
  return tab;
}

const said = async (tab) => {
  await tab.waitForFunction(() => globalThis.said !== undefined, undefined, { timeout: 30_000 });
  return tab.evaluate(() => globalThis.said);
};

const page = (script, head = "") =>
  `<!doctype html><title>user</title><link rel="icon" href="data:,">${head}<script type="module" src="${script}"></script>`;

test("it works in a page without a bundler", { timeout: 120_000 }, async (t) => {
  const folder = await project(t);
  await writeFile(join(folder, "user.mjs"), USER);
  const map = { imports: { "codepipeline-simulator": "/node_modules/codepipeline-simulator/browser.js" } };
  const head = `<script type="importmap">${JSON.stringify(map)}</script>`;
  await writeFile(join(folder, "index.html"), page("/user.mjs", head));
  assert.equal(await said(await open(t, folder, "index.html")), SAID);
});

test("it works in a page bundled by esbuild", { timeout: 120_000 }, async (t) => {
  const folder = await project(t);
  await writeFile(join(folder, "user.mjs"), USER);
  const outfile = join(folder, "bundle.js");
  await build({ entryPoints: [join(folder, "user.mjs")], bundle: true, minify: true, format: "esm", outfile, logLevel: "silent" });
  await cp(join(PACKAGE, "simulator_bg.wasm"), join(folder, "simulator_bg.wasm"));
  await writeFile(join(folder, "index.html"), page("/bundle.js"));
  assert.equal(await said(await open(t, folder, "index.html")), SAID);
});

test("every operation answers the AWS SDK in a page", { timeout: 600_000 }, async (t) => {
  const folder = await project(t);
  const script = `
    import init, { Simulator } from "codepipeline-simulator";
    import * as sdk from "@aws-sdk/client-codepipeline";
    import { run } from ${JSON.stringify(join(HERE, "sdk_run.mjs"))};
    await init("/simulator_bg.wasm");
    globalThis.begin = (given) => run({ sdk, Simulator, ...given });
    globalThis.said = "ready";
  `;
  await writeFile(join(folder, "sdk.mjs"), script);
  await build({
    entryPoints: [join(folder, "sdk.mjs")],
    bundle: true,
    format: "esm",
    platform: "browser",
    outfile: join(folder, "bundle.js"),
    nodePaths: [join(HERE, "../node_modules")],
    logLevel: "silent",
  });
  await writeFile(join(folder, "simulator_bg.wasm"), await readFile(join(PACKAGE, "simulator_bg.wasm")));
  await writeFile(join(folder, "index.html"), page("/bundle.js"));
  const tab = await open(t, folder, "index.html");
  assert.equal(await said(tab), "ready");
  const { problems, done } = await tab.evaluate((given) => globalThis.begin(given), { operations });
  t.diagnostic(`${done} calls`);
  assert.ok(problems.length === 0, problems.join("\n"));
  assert.ok(done > 100);
});
