// Drives the built page in a real browser with a profile of its own.
//
//   test("…", async (t) => {
//     const session = await openPage(t);
//     await session.page.getByRole("button", { name: "Start" }).click();
//     await session.killBrowser();
//     await session.reopen();              // same profile, same origin: what was stored is there
//   });
//
// A session ends with its test. Then it fails the test if any of its tabs reported a problem: an error on the console, an
// exception nobody caught, an answer of 400 or above, or a request that leaves the page's own origin. A test that
// provokes such a thing names it: `session.expect(/QuotaExceededError/)`.

import { accessSync, constants, mkdirSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

import { serveDist } from "./site.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SCREENSHOTS = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "screenshots");

// The browser shall be quiet on the network and work as root in a container.
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a single wait of a test may take, in milliseconds. */
const PATIENCE = 15_000;

/**
 * Serves dist/, starts a browser with an empty profile and opens the page in it.
 *
 * @param {import("node:test").TestContext} t the test that the session belongs to
 * @param {object} options `base`: the folder of the host that the page lies in (default "/"); `address`: appended to the
 *   page's address, such as "#x"; `browser`: further options of Playwright's launchPersistentContext; `prepare`: called with
 *   the browser's context before any page is opened in it
 * @returns {Promise<Session>}
 */
export async function openPage(t, { base = "/", address = "", browser = {}, prepare } = {}) {
  const site = await serveDist(base);
  const profile = await mkdtemp(join(tmpdir(), "codepipeline-simulator-"));
  const session = new Session(site, profile, address, browser, prepare);
  t.after(() => session.end());
  await session.reopen();
  return session;
}

/** One profile on one origin, and the browser that currently uses it. */
export class Session {
  /** The page's server: `url`, `origin`, and `close` to take the host away. */
  site;
  /** The tab of the page. */
  page;
  /** Playwright's context of the running browser: `newPage`, `setOffline`, … */
  context;
  /** What went wrong in any tab, in order, as sentences. */
  problems = [];

  #profile;
  #address;
  #options;
  #prepare;
  #expected = [];

  constructor(site, profile, address, options, prepare = () => {}) {
    this.site = site;
    this.#profile = profile;
    this.#address = address;
    this.#options = options;
    this.#prepare = prepare;
  }

  /** Opens the page again: in a new tab if the browser still runs, else in a new browser with the same profile. */
  async reopen() {
    if (!this.context) await this.#start();
    this.page = await this.newTab();
    return this.page;
  }

  /** Opens the page in one more tab of the same profile. */
  async newTab(address = this.#address) {
    // A fresh browser has one empty tab; later ones are added.
    const empty = this.context.pages().find((tab) => tab.url() === "about:blank");
    const tab = empty ?? (await this.context.newPage());
    await tab.goto(this.site.url + address);
    return tab;
  }

  /** The renderer of a tab dies on the spot: no unload, no last write. The browser lives on. */
  async crashTab(tab = this.page) {
    const crashed = tab.waitForEvent("crash");
    const devtools = await this.context.newCDPSession(tab);
    // Nobody is left to answer this.
    devtools.send("Page.crash").catch(() => {});
    await crashed;
    await tab.close();
  }

  /** The whole browser dies on the spot, as by `kill -9`. */
  async killBrowser() {
    const browser = this.context.browser();
    const devtools = await browser.newBrowserCDPSession();
    const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
    const gone = new Promise((resolve) => browser.once("disconnected", resolve));
    for (const { id } of processInfo) kill(id);
    await gone;
    this.context = undefined;
    // The dead browser could not take its mark off the profile.
    for (const name of await readdir(this.#profile)) {
      if (name.startsWith("Singleton")) await rm(join(this.#profile, name), { force: true });
    }
  }

  /** Writes what the tab shows to target/screenshots/<name>.png. */
  async screenshot(name, tab = this.page) {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const path = join(SCREENSHOTS, `${name}.png`);
    await tab.screenshot({ path });
    return path;
  }

  /** Problems that match `pattern` belong to this test. */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  /** Closes everything and fails if there were problems that nobody expected. Runs by itself after the test. */
  async end() {
    await this.context?.close();
    await this.site.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
    const problems = this.problems.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
    if (problems.length > 0) throw new Error(`The page reported problems:\n  ${problems.join("\n  ")}`);
  }

  async #start() {
    this.context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: findChromium(),
      args: FLAGS,
      viewport: { width: 1280, height: 800 },
      locale: "en-US",
      timezoneId: "UTC",
      ...this.#options,
    });
    this.context.setDefaultTimeout(PATIENCE);
    this.context.on("console", (message) => {
      if (message.type() === "error") this.problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    this.context.on("weberror", (error) => this.problems.push(`uncaught: ${error.error().stack ?? error.error()}`));
    this.context.on("response", (response) => {
      if (response.status() >= 400) this.problems.push(`answer ${response.status()}: ${response.url()}`);
    });
    this.context.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== this.site.origin) this.problems.push(`request: ${request.url()}`);
    });
    await this.#prepare(this.context);
  }
}

function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone with the one before it.
  }
}

/** The browser that xtask found, or the first one on PATH. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error("Install Chromium, or name it in the environment variable CHROMIUM.");
}
