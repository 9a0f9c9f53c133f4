// A user of the package: what is written, what comes of it, and a folder in which the package is installed.

import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PACKAGE } from "./simulator.mjs";

/** What a user writes, in Node as in a page. */
export const USER = `
import init, { Simulator } from "codepipeline-simulator";
await init();
await init();
const simulator = await Simulator.open({ storage: "memory", seed: 1 });
const { pipelines } = await simulator.listPipelines();
const problem = await simulator.getPipeline({ name: "none" }).catch((error) => error.name);
globalThis.said = JSON.stringify({ pipelines, problem, state: simulator.storageState });
`;

export const SAID = '{"pipelines":[],"problem":"PipelineNotFoundException","state":"memory"}';

/** A folder of a user who has installed the package. */
export async function project(t) {
  const folder = await mkdtemp(join(tmpdir(), "codepipeline-simulator-user-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(PACKAGE, join(folder, "node_modules/codepipeline-simulator"), { recursive: true });
  return folder;
}
