// The entry for browsers, with or without a bundler: the program is fetched from beside this module.
import load from "./simulator.js";

export { Simulator } from "./simulator.js";

let started;

/** Makes the simulator ready. Calling it again does nothing. */
export default function init(source) {
  started ??= load(source === undefined ? undefined : { module_or_path: source }).then(
    () => undefined,
    (error) => {
      started = undefined;
      throw error;
    },
  );
  return started;
}
