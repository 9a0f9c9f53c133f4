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

addEventListener("TrunkApplicationStarted", () => {
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
