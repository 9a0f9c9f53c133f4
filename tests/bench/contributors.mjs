// Who makes the page's wasm large: its functions by the module that wrote them, from the names in the file.

import { brotliCompressSync, constants } from "node:zlib";

/** The modules of ours that are told apart, longest first. */
const OURS = [
  "page::components", "page::view", "page::edit", "page::operate", "page::import", "page::palette", "page::app", "page",
  "api::js", "api", "engine::explain", "engine::rules", "engine::operations", "engine::world", "engine", "json", "model",
  "storage",
].map((name) => [`codepipeline_simulator::${name}::`, name]);

/** Others, by a word of the name, the first that fits. */
const OTHERS = [
  ["serde_wasm_bindgen", "serde_wasm_bindgen"], ["serde_json_path", "serde_json_path"], ["nom::", "serde_json_path"],
  ["serde_json", "serde_json"], ["tachys", "Leptos"], ["leptos", "Leptos"], ["reactive_graph", "Leptos"],
  ["regex_lite", "regex_lite"], ["alloc::collections::btree", "ordered maps"], ["core::slice::sort", "sorting"],
  ["wasm_bindgen", "wasm_bindgen"], ["js_sys", "wasm_bindgen"], ["web_sys", "wasm_bindgen"], ["hashbrown", "hash maps"],
  ["codepipeline_simulator", "ours, small"], ["alloc", "lists, texts and shared values"], ["core", "closures and iterators"],
  ["std", "std"],
];

const owner = (name) =>
  (OURS.find(([path]) => name.includes(path)) ?? OTHERS.find(([word]) => name.includes(word)) ?? ["", "others"])[1];

/**
 * @param {Buffer} wasm a module with its name section
 * @param {number} count how many
 * @returns {{ name: string, bytes: number, alone: number }[]} the largest, with their bytes of code and by how much the
 *   compressed code would shrink without them
 */
export function contributors(wasm, count) {
  const { bodies, names } = functions(wasm);
  const owners = bodies.map((_, place) => owner(names[place] ?? ""));
  const bytes = new Map();
  for (const [place, body] of bodies.entries()) {
    bytes.set(owners[place], (bytes.get(owners[place]) ?? 0) + body.length);
  }
  const size = (kept) =>
    brotliCompressSync(Buffer.concat(kept), { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } })
      .length;
  const whole = size(bodies);
  return [...bytes]
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([name, bytes]) => ({ name, bytes, alone: whole - size(bodies.filter((_, place) => owners[place] !== name)) }));
}

/** The bodies of the functions that the module defines, and their names. */
function functions(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  let imported = 0;
  const bodies = [];
  const names = [];
  while (at < wasm.length) {
    const section = wasm[at++];
    const length = number();
    const end = at + length;
    if (section === 2) imported = importedFunctions(wasm, at, number, (to) => (at = to), () => at);
    if (section === 10) {
      const count = number();
      for (let place = 0; place < count; place += 1) {
        const length = number();
        bodies.push(wasm.subarray(at, at + length));
        at += length;
      }
    }
    if (section === 0) {
      const word = wasm.toString("utf8", at + 1, at + 1 + wasm[at]);
      at += 1 + wasm[at];
      while (word === "name" && at < end) {
        const kind = wasm[at++];
        const length = number();
        const next = at + length;
        if (kind === 1) {
          const count = number();
          for (let place = 0; place < count; place += 1) {
            const index = number();
            const length = number();
            names[index] = wasm.toString("utf8", at, at + length);
            at += length;
          }
        }
        at = next;
      }
    }
    at = end;
  }
  return { bodies, names: names.slice(imported) };
}

function importedFunctions(wasm, from, number, go, where) {
  let count = 0;
  go(from);
  const entries = number();
  const limits = () => {
    const flags = number();
    number();
    if (flags & 1) number();
  };
  for (let entry = 0; entry < entries; entry += 1) {
    for (let part = 0; part < 2; part += 1) {
      const length = number();
      go(where() + length);
    }
    const kind = wasm[where()];
    go(where() + 1);
    if (kind === 0) {
      number();
      count += 1;
    } else if (kind === 1) {
      go(where() + 1);
      limits();
    } else if (kind === 2) limits();
    else go(where() + 2);
  }
  return count;
}
