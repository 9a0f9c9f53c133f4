// Lighthouse finds nothing to say against accessibility and best practices. What it says of speed is the benchmark's.

import assert from "node:assert/strict";
import { test } from "node:test";

import { judged } from "./lighthouse.mjs";
import { serveDist } from "./site.mjs";

for (const address of ["", "#world=parallel", "#world=workers&jobs"]) {
  test(`Lighthouse gives 100 for accessibility and best practices at "${address}"`, async () => {
    const site = await serveDist();
    try {
      const { scores, failed } = await judged(site.url + address, ["accessibility", "best-practices"]);
      assert.deepEqual(scores, { accessibility: 100, "best-practices": 100 }, failed.join("\n"));
    } finally {
      await site.close();
    }
  });
}
