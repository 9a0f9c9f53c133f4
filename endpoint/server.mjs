// HTTP on loopback: the wire for AWS clients, and `/_simulator/…` for what the service does not have.
//
// Only requests that name a loopback host are answered: a page of some site whose name was made to point here would
// otherwise be let in by its own browser. Browsers are let in from pages of this machine, and from the origins that
// were named.

import { createServer } from "node:http";

import { Events } from "./events.mjs";

/** How long a body may be. The service takes far less. */
const LONGEST = 4 * 1024 * 1024;

/** How long those who are being answered have when the endpoint stops, in milliseconds. */
const PATIENCE = 3_000;

/** The longest a client may wait for events, in seconds. */
const LONGEST_WAIT = 60;

/** The controls. Those with a value answer at once, the others with a promise. */
const CONTROLS = new Set([
  "advance",
  "attachWorker",
  "cancelAdvance",
  "clock",
  "completeAction",
  "deliverWebhook",
  "detachWorker",
  "explain",
  "explainTriggers",
  "exportWorld",
  "failNext",
  "getBehavior",
  "importWorld",
  "pause",
  "play",
  "pushRevision",
  "reset",
  "setAlarm",
  "setBehavior",
  "setClientToken",
  "setEventRule",
  "setLambdaResult",
  "setSchedule",
  "setSpeed",
]);

const LOOPBACK = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

export class Endpoint {
  #simulator;
  #events;
  #server;
  #allowed;
  /** Settles when there is a world to ask. */
  #ready;
  #begin;

  /** @param options `cors`: further origins whose pages are let in */
  constructor({ cors = [] } = {}) {
    this.#allowed = new Set(cors);
    this.#ready = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        (answer) => send(response, answer),
        (error) => send(response, json(500, { __type: "InternalFailure", message: String(error?.stack ?? error) })),
      );
    });
  }

  /** Listens and answers the address. */
  async listen(port) {
    await new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** Answers from this world, also those who asked before it was there. */
  serve(simulator) {
    this.#simulator = simulator;
    this.#events = new Events(simulator);
    this.#begin();
  }

  /** Lets those finish who are being answered. */
  async close() {
    this.#events.close();
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeIdleConnections();
      // Who sends half a request and waits does not keep a world open.
      setTimeout(() => this.#server.closeAllConnections(), PATIENCE).unref();
    });
  }

  async #answer(request) {
    if (!LOOPBACK.test(request.headers.host ?? "")) {
      return json(403, { message: "Only requests to a name of this machine are answered." });
    }
    const { origin } = request.headers;
    if (origin !== undefined && !this.#lets(origin)) {
      return json(403, { message: `Pages of ${origin} are not let in; --cors lets them.` });
    }
    if (!URL.canParse(request.url, "http://127.0.0.1")) return json(404, { message: "This is no address." });
    let body;
    try {
      body = await read(request);
    } catch {
      return json(413, { __type: "RequestEntityTooLargeException", message: `A body has at most ${LONGEST} bytes.` });
    }
    await this.#ready;
    const address = new URL(request.url, "http://127.0.0.1");
    const answer = address.pathname.startsWith("/_simulator/")
      ? await this.#own(request, address, body)
      : await this.#wire(request, address, body);
    // Every page was let in by the wire; here they are named.
    delete answer.headers["access-control-allow-origin"];
    if (origin !== undefined) {
      answer.headers["access-control-allow-origin"] = origin;
      answer.headers.vary = "Origin";
    }
    return answer;
  }

  #lets(origin) {
    if (this.#allowed.has(origin)) return true;
    return URL.canParse(origin) && LOOPBACK.test(new URL(origin).host);
  }

  async #wire(request, address, body) {
    // All other methods are answered alike, and some of them no Request can have.
    const method = ["POST", "OPTIONS"].includes(request.method) ? request.method : "GET";
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const given = { method, headers };
    if (method === "POST" && body.length > 0) given.body = body;
    const response = await this.#simulator.fetch(new Request(address, given));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
  }

  async #own(request, address, body) {
    const { method } = request;
    const name = address.pathname.slice("/_simulator/".length);
    if (method === "OPTIONS") return preflight(request);
    if (name === "health" && method === "GET") {
      const { storageState, storageReason, sequence } = this.#simulator;
      return json(200, { status: "ok", clock: this.#simulator.clock(), sequence, storageState, storageReason });
    }
    if (name === "events" && method === "GET") return this.#told(address.searchParams);
    if (!CONTROLS.has(name) || typeof this.#simulator[name] !== "function") {
      return json(404, { message: `There is no ${method} /_simulator/${name}.` });
    }
    if (method !== "POST") return json(405, { message: `A control is a POST, not a ${method}.` });
    return this.#control(name, body);
  }

  async #control(name, body) {
    let input;
    try {
      input = body.length === 0 ? undefined : JSON.parse(body.toString("utf8"));
    } catch {
      return json(400, { __type: "SerializationException", message: "The body is not JSON." });
    }
    try {
      const answer = await this.#simulator[name](input);
      if (name === "importWorld" || name === "reset") this.#events.begin(this.#simulator.sequence);
      return json(200, answer ?? {});
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      const status = error.$metadata?.httpStatusCode ?? 400;
      return json(status, { __type: error.name, message: error.message });
    }
  }

  async #told(asked) {
    const number = (name) => Number(asked.get(name) ?? 0);
    const after = number("after");
    const wait = number("wait");
    const format = asked.get("format") ?? "facts";
    if (!Number.isSafeInteger(after) || after < 0 || !(wait >= 0) || !["facts", "eventbridge"].includes(format)) {
      const message = "after is the number of a fact, wait a number of seconds, format facts or eventbridge.";
      return json(400, { __type: "ValidationException", message });
    }
    const found = await this.#events.after(after, Math.min(wait, LONGEST_WAIT) * 1000, format);
    if (!found) return json(410, { message: `What came after fact ${after} is not kept any more.` });
    return json(200, found);
  }
}

function preflight(request) {
  const headers = { "access-control-allow-methods": "GET, POST, OPTIONS", "access-control-max-age": "86400" };
  const asked = request.headers["access-control-request-headers"];
  if (asked !== undefined) headers["access-control-allow-headers"] = asked;
  return { status: 200, headers, body: Buffer.alloc(0) };
}

/** The body. One that is too long is read to its end and forgotten, so that its sender hears the answer. */
function read(request) {
  return new Promise((resolve, reject) => {
    let pieces = [];
    let length = 0;
    request.on("data", (piece) => {
      length += piece.length;
      if (length <= LONGEST) pieces.push(piece);
      else pieces = [];
    });
    request.on("end", () => (length <= LONGEST ? resolve(Buffer.concat(pieces)) : reject(new RangeError("too long"))));
    request.on("error", reject);
  });
}

function json(status, value) {
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { "content-type": "application/json", "content-length": body.length }, body };
}

function send(response, { status, headers, body }) {
  response.writeHead(status, headers);
  response.end(body);
}
