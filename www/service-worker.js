// Keeps one whole build of the page in one cache, so that the page opens without a network and never mixes two builds.
//
// Life cycle: `cargo xtask finish` (run by Trunk after a release build) writes the build's number and its files into
// the two lines below; that changes this file's bytes, and so the browser notices a new build. The new worker fetches
// everything and then waits: it takes over when a person accepts it ("accept", sent by start.js), and only then are
// the files of the old build deleted and all tabs reloaded.
//
// Failure modes: a file that cannot be fetched fails the installation, and the build before stays as it is.
const BUILD = "";
const FILES = [];

// A file that is named by what is in it is the same wherever it comes from: not fetched again by whoever has it.
const NAMED = /-[0-9a-f]{16}\.\w+$/;

// Several copies of the page may stand in folders of one origin, which share its caches.
const OURS = `${registration.scope} `;
const CACHE = OURS + BUILD;

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(FILES.map((file) => new Request(file, { cache: NAMED.test(file) ? "default" : "reload" })));
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  );
});

addEventListener("message", ({ data }) => {
  if (data === "accept") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(CACHE);
      const page = request.mode === "navigate" ? "./" : request;
      return (await cache.match(page, { ignoreSearch: true })) ?? fetch(request);
    })(),
  );
});
