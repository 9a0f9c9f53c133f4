// The built package, for tests in Node.

import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The folder of the package. */
export const PACKAGE =
  process.env.CODEPIPELINE_SIMULATOR_PACKAGE ??
  resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "npm/codepipeline-simulator");

export const { default: init, Simulator } = await import(pathToFileURL(`${PACKAGE}/node.js`));
await init();
