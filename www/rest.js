// Brings the rest of the program. A release build splits the program in two (`split/`): `first`, which the first look at
// the page runs, and `rest`, which is fetched as soon as the first picture stands. Only `cargo xtask finish` uses this file:
// it puts the name of `rest` below and calls `withRest` and `joined` from what wasm-bindgen wrote.
//
// Life cycle: `withRest` adds to what the program may call the way to say that it needs the rest; `joined` is given the
// running first part. Whoever has been here before, or opens a world by its address, gets both parts at once and before
// anything runs, as they stand in a cache or are needed at once. Everybody else gets the rest once something is drawn.
// Until then the page can be read: what somebody does is kept from the program, and done when the rest is there. Where
// the program needs the rest all the same, it is fetched while the page waits.
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

/** What the rest may call. */
const given = () => ({ ...imports, first });

/** Puts the rest beside the first part, unless it is there. Put there twice, it would be the same once more. */
async function join(module) {
  if (first[".there"].value) return;
  await WebAssembly.instantiate(module, given());
  whole();
}

/** What people do, as events. */
const DOINGS = ["click", "dblclick", "auxclick", "contextmenu", "keydown", "keyup", "input", "change", "submit", "wheel", "scroll"]
  .concat(["over", "enter", "move", "down", "up", "out", "leave", "cancel"].map((what) => `pointer${what}`))
  .concat(["over", "enter", "move", "down", "up", "out", "leave"].map((what) => `mouse${what}`))
  .concat(["focus", "blur", "focusin", "focusout", "dragstart", "dragover", "drop", "paste"])
  .concat(["touchstart", "touchmove", "touchend"]);

/** Of these, what means something by itself; the others only lead there. */
const MEANT = ["click", "keydown", "input", "change"];
/** Keys that mean something only together with another, or go to the next place, which the browser does by itself. */
const LEADING = ["Shift", "Control", "Alt", "Meta", "Tab"];

let held = [];
let coming = false;

/** Keeps from the program what somebody does before it can answer. */
function hold(event) {
  // What is done again comes from here.
  if (!event.isTrusted) return;
  event.stopImmediatePropagation();
  if (!MEANT.includes(event.type) || LEADING.includes(event.key)) return;
  if (event.type === "click") event.preventDefault();
  held.push({ target: event.target, again: new event.constructor(event.type, event) });
  if ("whole" in document.documentElement.dataset) return;
  say("coming");
  bring();
}

/** Does again what was held, in its order: each when the page has answered the one before. */
async function doAgain() {
  for (const { target, again } of held) {
    const keyed = again instanceof KeyboardEvent;
    const place = keyed ? (document.activeElement ?? document.body) : target;
    // What was done to something that is gone by then is not done to something else.
    if (place.isConnected) place.dispatchEvent(again);
    // A key that is pressed by a program writes nothing.
    if (keyed && !again.defaultPrevented && again.key.length === 1 && !again.ctrlKey && !again.metaKey && "setRangeText" in place && place !== target) {
      place.setRangeText(again.key, place.selectionStart, place.selectionEnd, "end");
      place.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    await new Promise((later) => setTimeout(later, 50));
  }
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
    await join(await compile());
  } catch (error) {
    console.warn("The rest of the program did not come:", error);
    say("missing");
  }
  coming = false;
}

/** The program is whole. */
async function whole() {
  if ("whole" in document.documentElement.dataset) return;
  say("nothing");
  document.documentElement.dataset.whole = "";
  dispatchEvent(new Event("program-whole"));
  // Whoever does more meanwhile stands behind.
  await doAgain();
  for (const doing of DOINGS) removeEventListener(doing, hold, true);
  held = [];
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
  new WebAssembly.Instance(new WebAssembly.Module(bytes), given());
  // Not in the middle of what the program is doing.
  queueMicrotask(whole);
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
    if (module) await join(module);
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
