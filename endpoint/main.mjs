// The simulator behind an address on loopback. Started by `cargo xtask endpoint`.
//
// Life cycle: read the options, open the world, listen, print one line of JSON with the address; on SIGINT or SIGTERM
// stop listening, close the world (which folds its journal into FILE) and end. Failure modes: wrong options end with 2,
// everything that a person has to do something about with 1, each with one sentence.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { Endpoint } from "./server.mjs";
import { FileStorage } from "./file_storage.mjs";

class Usage extends Error {}

function read(texts) {
  let values;
  try {
    ({ values } = parseArgs({
      args: texts,
      options: {
        port: { type: "string", default: "4599" },
        clock: { type: "string", default: "real" },
        seed: { type: "string" },
        state: { type: "string" },
        cors: { type: "string", multiple: true, default: [] },
        "show-webhook-secrets": { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    throw new Usage(error.message.split("\n")[0]);
  }
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65535) {
    throw new Usage("`--port` wants a number from 0 to 65535.");
  }
  if (!["real", "manual"].includes(values.clock)) throw new Usage("`--clock` is real or manual.");
  if (values.seed !== undefined && (!/^\d+$/.test(values.seed) || !Number.isSafeInteger(Number(values.seed)))) {
    throw new Usage("`--seed` wants a number from 0 to 9007199254740991.");
  }
  for (const origin of values.cors) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new Usage("`--cors` wants an origin, such as https://example.org.");
    }
  }
  return {
    port: Number(values.port),
    clock: values.clock,
    seed: values.seed === undefined ? undefined : Number(values.seed),
    state: values.state,
    cors: values.cors,
    showWebhookSecrets: values["show-webhook-secrets"],
  };
}

async function main() {
  const options = read(process.argv.slice(2));
  const folder = resolve(process.env.CODEPIPELINE_SIMULATOR_PACKAGE ?? "target/npm/codepipeline-simulator");
  const { default: init, Simulator } = await import(pathToFileURL(`${folder}/node.js`));
  await init();
  let storage = "memory";
  if (options.state !== undefined) {
    storage = new FileStorage(resolve(options.state), {
      say: (sentence) => console.error(sentence),
      // An answer that was promised to be kept is not given when it cannot be.
      fail: (sentence) => {
        console.error(sentence);
        process.exit(1);
      },
    });
  }
  const given = { world: "endpoint", storage };
  if (options.seed !== undefined) given.seed = options.seed;
  if (options.showWebhookSecrets) given.showWebhookSecrets = true;
  // A seed alone would not give the same answers: the clock of a world nobody moves by hand begins now.
  if (options.clock === "manual" && options.seed !== undefined) given.startTime = Date.UTC(2026, 0, 1);
  // The port first: a world that nobody can reach is not even begun.
  const endpoint = new Endpoint({ cors: options.cors });
  let address;
  try {
    address = await endpoint.listen(options.port);
  } catch (error) {
    const why = error.code === "EADDRINUSE" ? "another program has it" : error.message;
    throw new Error(`Port ${options.port} of 127.0.0.1 cannot be used: ${why}. Choose another one with \`--port\`.`);
  }
  const simulator = await Simulator.open(given).catch((error) => {
    throw new Error(`${options.state ?? "The world"} cannot be opened, and is left as it is. ${error.message}`);
  });
  endpoint.serve(simulator);
  if (options.clock === "real") {
    await simulator.setSpeed(1);
    await simulator.play();
  } else {
    await simulator.pause();
  }
  const stop = async () => {
    await endpoint.close();
    await simulator.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  console.log(JSON.stringify({ endpoint: address, pid: process.pid, clock: options.clock, state: options.state }));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(error instanceof Usage ? 2 : 1);
});
