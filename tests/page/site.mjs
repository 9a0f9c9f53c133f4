// The built page on a loopback port, as a plain static host would serve it: nothing is rewritten, nothing is cached, a
// missing file is a 404. Compressed where what counts is how long a download takes.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

/** The built page. */
export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * Serves dist/ until `close` is called, or another folder after `show`.
 *
 * @param {string} base the folder of the host that the page lies in, with a slash at both ends
 * @param {{ compressed?: boolean }} options whether files are compressed, as hosts do it; each is, once, when it is asked for
 * @returns {Promise<{ url: string, origin: string, show: (folder: string) => void, close: () => Promise<void> }>} `url` is
 *   the address of the page
 */
export async function serveDist(base = "/", { compressed = false } = {}) {
  if (!existsSync(join(DIST, "index.html"))) {
    throw new Error("There is no built page in dist/; `cargo xtask test --only page` builds it.");
  }
  let shown = DIST;
  const packed = new Map();
  const brotli = (body) => {
    const digest = createHash("sha256").update(body).digest("hex");
    if (!packed.has(digest)) packed.set(digest, brotliCompressSync(body));
    return packed.get(digest);
  };
  const server = createServer((request, response) => {
    answer(shown, base, request.url).then(({ status, type, body }) => {
      const headers = { "Content-Type": type, "Cache-Control": "no-cache" };
      if (compressed) headers["Content-Encoding"] = "br";
      response.writeHead(status, headers);
      response.end(request.method === "HEAD" ? undefined : compressed ? brotli(body) : body);
    });
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  const show = (folder) => {
    shown = folder;
  };
  return { url: origin + base, origin, show, close };
}

async function answer(folder, base, target) {
  const missing = { status: 404, type: TYPES[".txt"], body: "Not found\n" };
  let path;
  try {
    path = decodeURIComponent(new URL(target, "http://127.0.0.1").pathname);
  } catch {
    return { ...missing, status: 400 };
  }
  if (!path.startsWith(base)) return missing;
  const name = path.slice(base.length);
  const file = normalize(join(folder, name === "" || name.endsWith("/") ? `${name}index.html` : name));
  if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return missing;
  try {
    return { status: 200, type: TYPES[extname(file)] ?? "application/octet-stream", body: await readFile(file) };
  } catch {
    return missing;
  }
}
