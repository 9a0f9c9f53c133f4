// Prints the size of every file of a built page: as it is, and compressed as hard as gzip and brotli can, which is what a
// host with prepared files sends. Usage: node sizes.mjs <folder> <first> <all>: fails where what a first load needs is
// more than `first` bytes with brotli, or all of it more than `all`.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const [mostFirst, mostAll] = process.argv.slice(3).map(Number);

/** What is fetched when the first picture stands (www/rest.js). */
const isLater = (name) => /^rest-.*\.wasm$/.test(name);

const files = readdirSync(folder, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

const rows = files.map((file) => {
  const bytes = readFileSync(file);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  // A file that compression makes larger, such as a picture, is sent as it is.
  const sent = (compressed) => Math.min(compressed.length, bytes.length);
  return {
    name: relative(folder, file),
    raw: bytes.length,
    gzip: sent(gzipSync(bytes, { level: 9 })),
    brotli: sent(brotliCompressSync(bytes, quality)),
  };
});

if (rows.length === 0) {
  console.error(`${folder} holds no files.`);
  process.exit(1);
}

rows.sort((a, b) => b.raw - a.raw);
const sum = (rows, column) => rows.reduce((total, row) => total + row[column], 0);
const total = (name, rows) => ({ name, raw: sum(rows, "raw"), gzip: sum(rows, "gzip"), brotli: sum(rows, "brotli") });
const first = total("first load", rows.filter(({ name }) => !isLater(name)));
const all = total("all", [...rows]);
rows.push(first, all);

const width = Math.max(...rows.map((row) => row.name.length));
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(10);
console.log(`${"kB (1000 bytes)".padEnd(width)}${["raw", "gzip", "brotli"].map((word) => word.padStart(10)).join("")}`);
for (const { name, raw, gzip, brotli } of rows) {
  console.log(name.padEnd(width) + kilobytes(raw) + kilobytes(gzip) + kilobytes(brotli));
}

for (const [{ name, brotli }, most] of [[first, mostFirst], [all, mostAll]]) {
  if (!(brotli <= most)) {
    console.error(`${name}: ${kilobytes(brotli).trim()} kB are more than the ${kilobytes(most).trim()} kB that it may be.`);
    process.exitCode = 1;
  }
}
