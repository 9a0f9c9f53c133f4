// Brings the rest of the program. A release build splits the program in two (`split/`): `first`, which the first look at
// the page runs, and `rest`, which is fetched as soon as the first picture stands. Only `cargo xtask finish` uses this file:
// it puts the name of `rest` below and calls `withRest` and `joined` from what wasm-bindgen wrote.
//
// Life cycle: `withRest` adds to what the program may call the way to say that it needs the rest; `joined` is given the
// running first part. Whoever has been here before, or opens a world by its address, gets both parts at once and before
// anything runs, as they stand in a cache or are needed at once. Everybody else gets the rest once something is drawn.
// Until then the page can be read: what somebody does is kept from the program, and the last press is done when the rest
// is there. Where the program needs the rest all the same, it is fetched while the page waits.
//
// Failure modes: a rest that cannot be fetched is asked for again with the next press, and a line says so. If the program
// cannot go on without it, the crash panel says so, and what is stored is whole.
const REST = new URL("./rest.wasm", import.meta.url);

let imports;
let first;

/** Whether the whole program is wanted before anything is drawn. */
function wanted() {
  try {
    return location.hash.length > 1 || localStorage.length > 0 || Boolean(navigator.serviceWorker?.controller);
  } catch {
    // A browser that keeps nothing: the page says so, and how it does is not in the first part.
    return true;
  }
}

async function compile() {
  const response = await fetch(REST);
  if (!response.ok) throw new Error(`${REST} answered ${response.status}`);
  const streams = response.headers.get("Content-Type") === "application/wasm";
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

// Begun here, before the first part is: both come side by side.
const atOnce = wanted() ? compile() : undefined;
// Where it did not come, it is asked for again when it is needed.
atOnce?.catch(() => {});

/** Puts the rest beside the first part, unless it is there. */
function join(module) {
  if (first[".there"].value) return;
  new WebAssembly.Instance(module, { ...imports, first });
  // Not in the middle of what the program is doing.
  queueMicrotask(whole);
}

/** What people do, as events. */
const DOINGS = ["click", "dblclick", "auxclick", "contextmenu", "keydown", "keyup", "input", "change", "submit", "wheel", "scroll"]
  .concat(["over", "enter", "move", "down", "up", "out", "leave", "cancel"].map((what) => `pointer${what}`))
  .concat(["over", "enter", "move", "down", "up", "out", "leave"].map((what) => `mouse${what}`))
  .concat(["focus", "blur", "focusin", "focusout", "dragstart", "dragover", "drop", "paste"])
  .concat(["touchstart", "touchmove", "touchend"]);

let pressed;
let coming = false;

/** Keeps from the program what somebody does before it can answer; the last press is remembered. */
function hold(event) {
  event.stopImmediatePropagation();
  if (event.type !== "click") return;
  event.preventDefault();
  pressed = event.target;
  say("coming");
  bring();
}

/** Says that the rest is waited for, in the words that stand in the page. */
function say(what) {
  const line = document.getElementById("rest");
  line.textContent = line.dataset[what] ?? "";
}

async function bring() {
  if (coming) return;
  coming = true;
  try {
    join(await compile());
  } catch (error) {
    console.warn("The rest of the program did not come:", error);
    say("missing");
  }
  coming = false;
}

/** The program is whole. */
function whole() {
  for (const doing of DOINGS) removeEventListener(doing, hold, true);
  say("nothing");
  document.documentElement.dataset.whole = "";
  dispatchEvent(new Event("program-whole"));
  if (pressed?.isConnected) pressed.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  pressed = undefined;
}

/** The program stands at something that it does not have, and cannot go on: this is where the page waits. */
function bringNow() {
  const request = new XMLHttpRequest();
  // The only kind of request that is there when it returns.
  request.open("GET", REST, false);
  request.overrideMimeType("text/plain; charset=x-user-defined");
  try {
    request.send();
  } catch {
    // Told below.
  }
  if (request.status !== 200) {
    throw new WebAssembly.RuntimeError("A part of the program could not be fetched. Reload the page when there is a network again.");
  }
  const text = request.responseText;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  join(new WebAssembly.Module(bytes));
}

/** What the first part may call: all that the program may, and the way to its rest. */
export function withRest(given) {
  imports = given;
  return { ...given, rest: { bring: bringNow } };
}

/** The first part is there and has not begun. */
export async function joined(loaded) {
  first = loaded.instance.exports;
  if (atOnce) {
    const module = await atOnce.catch(() => undefined);
    if (module) join(module);
  } else {
    for (const doing of DOINGS) addEventListener(doing, hold, { capture: true, passive: false });
    const page = document.getElementById("page");
    new MutationObserver((_, observer) => {
      if (!page.firstElementChild) return;
      observer.disconnect();
      // Not before the browser has shown what was drawn.
      requestAnimationFrame(() => setTimeout(bring));
    }).observe(page, { childList: true });
  }
  return loaded;
}
