// The entry for Node: the program is read from disk.
import { readFile } from "node:fs/promises";

import { initSync } from "./simulator.js";

export { Simulator } from "./simulator.js";

let started;

/** Makes the simulator ready. Calling it again does nothing. */
export default function init(source) {
  started ??= start(source).catch((error) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function start(source = new URL("./simulator_bg.wasm", import.meta.url)) {
  const isFile = typeof source === "string" || source instanceof URL;
  initSync({ module: isFile ? await readFile(source) : source });
}
