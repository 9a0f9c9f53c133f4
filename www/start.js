// Starts the page once the program is there, and shows the crash panel when it cannot start or breaks outside of
// Rust. A panic inside fills the same panel from Rust (src/page/crash.rs).
const panel = document.getElementById("crash");
const message = document.getElementById("crash-message");

function showCrash(text) {
  if (!message.textContent) message.textContent = text;
  panel.hidden = false;
}

document.getElementById("crash-reload").addEventListener("click", () => location.reload());
document.getElementById("crash-copy").addEventListener("click", () => navigator.clipboard.writeText(message.textContent));

/** Does something when an event has come, which may have been before this file did. */
const once = (come, event, act) => (come ? act() : addEventListener(event, act, { once: true }));

once(window.wasmBindings, "TrunkApplicationStarted", () => {
  document.getElementById("page").replaceChildren();
  try {
    window.wasmBindings.mount("page");
  } catch (error) {
    showCrash(String(error?.stack ?? error));
  }
});

// Only what cannot be answered by the program itself: it did not load, or its instance is lost.
addEventListener("unhandledrejection", ({ reason }) => {
  if (reason instanceof WebAssembly.RuntimeError || reason instanceof WebAssembly.CompileError) showCrash(String(reason.stack));
});
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError) showCrash(String(error.stack));
});

// The release build (`cargo xtask finish` gives it a number) is kept for use without a network, once all of it is here
// (rest.js). A new build is offered by the page and taken when the person accepts it; then every tab reloads.
function keep() {
  const { serviceWorker } = navigator;
  let controlled = Boolean(serviceWorker.controller);
  serviceWorker.addEventListener("controllerchange", () => {
    // The first worker only begins to keep what is shown already.
    if (controlled) location.reload();
    controlled = true;
  });
  const offer = ({ waiting }) => {
    if (!waiting || !serviceWorker.controller) return;
    document.documentElement.dataset.update = "ready";
    dispatchEvent(new Event("update-ready"));
  };
  serviceWorker
    .register("./service-worker.js", { updateViaCache: "none" })
    .then((registration) => {
      offer(registration);
      registration.addEventListener("updatefound", () => {
        registration.installing?.addEventListener("statechange", () => offer(registration));
      });
      addEventListener("update-accept", () => registration.waiting?.postMessage("accept"));
      // A tab may stay open for days: it asks now and then, and whenever somebody comes back to it.
      const ask = () => registration.update().catch(() => {});
      setInterval(ask, 60 * 60 * 1000);
      document.addEventListener("visibilitychange", () => document.hidden || ask());
    })
    // Without it the page works as long as there is a network.
    .catch((error) => console.warn("The page is not kept for use without a network:", error));
}

if (document.querySelector('meta[name="build"]') && "serviceWorker" in navigator) {
  once("whole" in document.documentElement.dataset, "program-whole", keep);
}
