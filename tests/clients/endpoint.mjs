// An endpoint of a test: started as `cargo xtask endpoint` starts it, and gone with its test.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { PACKAGE } from "./simulator.mjs";

const MAIN = fileURLToPath(new URL("../../endpoint/main.mjs", import.meta.url));

/** Starts an endpoint with these options; nothing is said about whether it comes to listen. */
function launch(options) {
  const child = spawn(process.execPath, [MAIN, ...options], {
    env: { ...process.env, CODEPIPELINE_SIMULATOR_PACKAGE: PACKAGE },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const launched = { child, stderr: "", ended: once(child, "close").then(([code, signal]) => code ?? signal) };
  child.stderr.setEncoding("utf8").on("data", (text) => (launched.stderr += text));
  return launched;
}

/** Starts an endpoint that is expected to end by itself: its exit code and what it said. */
export async function refusal(options) {
  const launched = launch(options);
  let stdout = "";
  launched.child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  const code = await launched.ended;
  return { code, stdout, stderr: launched.stderr };
}

/** Starts an endpoint on a free port and waits until it listens. */
export async function start(t, options = []) {
  const launched = launch(["--port", "0", ...options]);
  t.after(() => launched.child.kill("SIGKILL"));
  const lines = createInterface({ input: launched.child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new Error(`the endpoint ended: ${launched.stderr}`);
  return new Running(launched, JSON.parse(first.value));
}

class Running {
  #launched;

  constructor(launched, line) {
    this.#launched = launched;
    this.line = line;
    this.address = line.endpoint;
  }

  get stderr() {
    return this.#launched.stderr;
  }

  /** Sends a signal and answers how the endpoint ended. */
  async end(signal = "SIGTERM") {
    this.#launched.child.kill(signal);
    return this.#launched.ended;
  }

  /** An operation: status and body. */
  async call(operation, input = {}, headers = {}) {
    const response = await fetch(this.address, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `CodePipeline_20150709.${operation}`,
        ...headers,
      },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
  }

  /** An operation that is expected to go well. */
  async ok(operation, input) {
    const { status, body } = await this.call(operation, input);
    if (status !== 200) throw new Error(`${operation}: ${JSON.stringify(body)}`);
    return body;
  }

  /** Something of the endpoint's own. */
  async own(path, body) {
    const given = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${this.address}/_simulator/${path}`, given);
    return { status: response.status, body: await response.json() };
  }
}
