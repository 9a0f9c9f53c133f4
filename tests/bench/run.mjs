// Runs the benchmark's wasm in Node. Cargo calls this as the runner of the target, with the wasm as argument, so that
// `cargo bench --target wasm32-unknown-unknown` works as the native one does. Writes one line per measurement.
//
// PATH has the wasm-bindgen of Cargo.lock. SIMPY_PYTHON, where set, is a Python that has SimPy.

import { spawn, spawnSync } from "node:child_process";
import { writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const wasm = process.argv[2];
const folder = join(dirname(wasm), "bench-in-node");
mkdirSync(folder, { recursive: true });
const bound = spawnSync(
  "wasm-bindgen",
  ["--target", "nodejs", "--no-typescript", "--out-dir", folder, "--out-name", "bench", wasm],
  { stdio: ["ignore", "inherit", "inherit"] },
);
if (bound.status !== 0) process.exit(1);
// What wasm-bindgen writes for Node is CommonJS, whatever the folders above say.
writeFileSync(join(folder, "package.json"), "{}");
const bench = createRequire(import.meta.url)(join(folder, "bench.js"));

const say = (name, values) => console.log([name, ...values].join("\t"));
const rounds = bench.bench_rounds();

/** SimPy as a process that answers one rate for each line. */
function simpy() {
  if (!process.env.SIMPY_PYTHON) return undefined;
  const model = join(dirname(fileURLToPath(import.meta.url)), "model.py");
  const child = spawn(process.env.SIMPY_PYTHON, [model], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async round() {
      child.stdin.write("\n");
      const { value, done } = await answers.next();
      if (done) throw new Error("SimPy's model ended");
      return Number(value);
    },
    end: () => child.stdin.end(),
  };
}

/** The whole way: a memory world behind the JavaScript API, as any page or script has it. */
async function throughJavaScript() {
  const sim = await bench.Simulator.open({ storage: "memory", seed: 1, startTime: Date.UTC(2026, 2, 3, 8) });
  await sim.send("CreatePipeline", { pipeline: JSON.parse(bench.bench_declaration("flow")) });
  await sim.advance({ untilIdle: true });
  const BURST = 40;
  const BURSTS = 25;
  return {
    sim,
    async round() {
      const began = performance.now();
      for (let burst = 0; burst < BURSTS; burst += 1) {
        const started = [];
        for (let call = 0; call < BURST; call += 1) {
          started.push(sim.send("StartPipelineExecution", { name: "flow" }));
        }
        await Promise.all(started);
        await sim.advance({ untilIdle: true });
      }
      return (BURST * BURSTS * 10 * 1000) / (performance.now() - began);
    },
  };
}

async function flow() {
  const race = new bench.BenchRace();
  const python = simpy();
  const javascript = await throughJavaScript();
  const rates = { "flow.simpy": [], "flow.javascript": [] };
  for (let round = 0; round <= rounds; round += 1) {
    race.round();
    const simpyRate = await python?.round();
    const javascriptRate = await javascript.round();
    if (round === 0) continue;
    if (simpyRate) rates["flow.simpy"].push(simpyRate);
    rates["flow.javascript"].push(javascriptRate);
  }
  python?.end();
  for (const line of race.lines()) console.log(line);
  for (const [name, values] of Object.entries(rates)) if (values.length) say(name, values);
  return javascript.sim;
}

function operations() {
  const measured = new bench.BenchOperations();
  for (let round = 0; round < rounds; round += 1) measured.round();
  for (const line of measured.lines()) console.log(line);
}

/** What crosses the border: the input of CreatePipeline, the answer of GetPipelineState. */
async function conversions(sim) {
  const input = { pipeline: JSON.parse(bench.bench_declaration("another")) };
  const { $metadata, ...state } = await sim.send("GetPipelineState", { name: "flow" });
  const seconds = (key, value) => (/^(created|updated|last\w+(At|Change))$/.test(key) ? Date.parse(value) / 1000 : value);
  const answer = JSON.stringify(state, seconds);
  const times = 50;
  const each = (measure) => Array.from({ length: rounds }, measure);
  say("convert.CreatePipeline input", each(() => bench.bench_input("CreatePipeline", input, times)));
  say("convert.GetPipelineState answer", each(() => bench.bench_output("GetPipelineState", answer, times)));
}

const sim = await flow();
operations();
await conversions(sim);
for (const line of bench.bench_page?.() ?? []) console.log(line);
process.exit(0);
