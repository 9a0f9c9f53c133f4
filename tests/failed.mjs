// A reporter for Node's test runner: the files of tests that failed, a line each. For whoever wants to run those again.

/** @param {AsyncIterable<{ type: string, data: { file?: string } }>} events what the runner tells */
export default async function* failed(events) {
  const told = new Set();
  for await (const { type, data } of events) {
    if (type === "test:fail" && data.file && !told.has(data.file)) {
      told.add(data.file);
      yield `${data.file}\n`;
    }
  }
}
