// Prints the size of every file of a folder: as it is, and compressed as hard as gzip and brotli can, which is what a
// host with prepared files sends. Usage: node sizes.mjs <folder> [<most>]: fails where the compressed bytes are more.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const most = Number(process.argv[3] ?? Infinity);

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
const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
rows.push({ name: "total", raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") });

const width = Math.max(...rows.map((row) => row.name.length));
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(10);
console.log(`${"kB (1000 bytes)".padEnd(width)}${["raw", "gzip", "brotli"].map((word) => word.padStart(10)).join("")}`);
for (const { name, raw, gzip, brotli } of rows) {
  console.log(name.padEnd(width) + kilobytes(raw) + kilobytes(gzip) + kilobytes(brotli));
}

const total = rows.at(-1).brotli;
if (total > most) {
  console.error(`${kilobytes(total).trim()} kB are more than the ${kilobytes(most).trim()} kB that the first load may be.`);
  process.exit(1);
}
