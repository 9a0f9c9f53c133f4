// A world in two files: FILE, a world file as `exportWorld` writes it, and FILE.journal, a line for everything since.
//
// The first line of the journal names the FILE that it continues, by its SHA-256; a line is flushed to disk before its
// `append` settles. Folding (`replace`) writes, in this order: a last line that names the FILE to come; that FILE, under
// another name and then renamed; an empty journal. Whatever moment a machine stops at, what is there says which of the
// two journals it is: one that continues FILE, or one that FILE holds already.
//
// Failure modes: a torn last line, which nobody was told of, is cut off and said. A line that is damaged elsewhere, and a
// journal of some other file, end the opening with one sentence, and both files are left as they are.

import { createHash } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The file's content, or undefined where there is none. */
async function content(path) {
  try {
    return await readFile(path);
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw new Error(`${path} cannot be read: ${error.message}`);
  }
}

/** Writes a whole file and flushes it. */
async function write(path, text) {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path) {
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export class FileStorage {
  #path;
  #journalPath;
  #say;
  #fail;
  #journal;
  /** What the journal continues, and how long it is; no length where it has yet to begin. */
  #continues;

  constructor(path, { say, fail }) {
    this.#path = path;
    this.#journalPath = `${path}.journal`;
    this.#say = say;
    this.#fail = fail;
  }

  async load() {
    const bytes = await content(this.#path);
    const journal = await content(this.#journalPath);
    if (bytes === undefined) {
      if (journal !== undefined && journal.length > 0) {
        throw new Error(`${this.#journalPath} is there and ${this.#path}, which it continues, is not.`);
      }
      return undefined;
    }
    const world = bytes.toString("utf8");
    const lines = this.#read(journal, digest(bytes));
    return { world, journal: lines };
  }

  /** The lines that continue the file with this digest; opens nothing and changes nothing. */
  #read(journal, of) {
    this.#continues = { of, length: undefined };
    if (journal === undefined || journal.length === 0) return [];
    const end = journal.lastIndexOf(0x0a) + 1;
    const lines = journal.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
    const torn = () => this.#say(`The last line of ${this.#journalPath} was torn and is cut off.`);
    if (lines.length === 0) {
      torn();
      return [];
    }
    const head = parsed(lines[0]);
    const last = parsed(lines.at(-1));
    if (head?.continues === of) {
      if (end < journal.length) torn();
      // A folding that did not come to its rename.
      const facts = lines.slice(1).filter((line) => parsed(line)?.folded === undefined);
      this.#continues.length = end;
      return facts;
    }
    if (last?.folded === of) return [];
    throw new Error(`${this.#journalPath} does not continue ${this.#path}: put away whichever is not wanted.`);
  }

  async append(line) {
    try {
      this.#journal ??= await this.#open();
      await this.#journal.appendFile(`${line}\n`);
      await this.#journal.datasync();
    } catch (error) {
      this.#fail(`${this.#journalPath} cannot be written, so nothing more is answered: ${error.message}`);
      throw error;
    }
  }

  async replace(world) {
    try {
      const of = digest(world);
      if (this.#continues?.length === undefined) {
        // Whatever is in it is in FILE already.
        await write(this.#journalPath, "");
      } else {
        this.#journal ??= await this.#open();
        await this.#journal.appendFile(`${JSON.stringify({ folded: of })}\n`);
        await this.#journal.datasync();
      }
      await this.#journal?.close();
      this.#journal = undefined;
      const fresh = `${this.#path}.new`;
      await write(fresh, world);
      await rename(fresh, this.#path);
      await syncFolder(this.#path);
      this.#continues = { of, length: undefined };
      await write(this.#journalPath, "");
    } catch (error) {
      this.#fail(`${this.#path} cannot be written, so nothing more is answered: ${error.message}`);
      throw error;
    }
  }

  /** The journal, ready for the next line: without a torn end, and with its first line. */
  async #open() {
    const { of, length } = this.#continues;
    const file = await open(this.#journalPath, "a", 0o600);
    await file.truncate(length ?? 0);
    if (length === undefined) {
      const head = `${JSON.stringify({ continues: of })}\n`;
      await file.appendFile(head);
      await file.sync();
      await syncFolder(this.#journalPath);
      this.#continues.length = Buffer.byteLength(head);
    }
    return file;
  }
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
