// boto3 and the AWS CLI over the endpoint: the tests in python/, run by the Python that `cargo xtask test` has made ready.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { PACKAGE } from "./simulator.mjs";

test("boto3 and the AWS CLI", { timeout: 600_000 }, async (t) => {
  assert.ok(process.env.PYTHON, "PYTHON names no Python with boto3 and the AWS CLI; `cargo xtask test` makes one ready.");
  const folder = fileURLToPath(new URL("python/", import.meta.url));
  const child = spawn(process.env.PYTHON, ["-B", "-m", "unittest", "discover", "--start-directory", folder, "--verbose"], {
    env: { ...process.env, CODEPIPELINE_SIMULATOR_PACKAGE: PACKAGE },
    stdio: ["ignore", "inherit", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  const [code] = await once(child, "close");
  for (const line of said.trimEnd().split("\n")) t.diagnostic(line);
  assert.equal(code, 0, said);
  assert.match(said, /^Ran [1-9]\d* tests in /m);
});
