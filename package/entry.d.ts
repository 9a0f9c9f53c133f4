/** Opened with `Simulator.open`. */
export declare class Simulator {
  private constructor();
}

/**
 * Makes the simulator ready; to be awaited before `Simulator.open`. Calling it again does nothing. The source of the
 * program, `simulator_bg.wasm`, is beside the module where none is named.
 */
export default function init(source?: string | URL | BufferSource | WebAssembly.Module): Promise<void>;
