// How it looks: screenshots for people to look at (target/screenshots), and what a test can see: nothing wider than the
// window, no errors of accessibility that a tool finds.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bringAxe } from "./axe.mjs";
import { openPage } from "./harness.mjs";
import { ready, roster, start } from "./person.mjs";


for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [360, 740],
  ]) {
    test(`${width}x${height} ${colorScheme}`, async (t) => {
      const session = await openPage(t, { browser: { colorScheme, viewport: { width, height } } });
      const { page } = session;
      await ready(page);
      await session.screenshot(`first-${width}-${colorScheme}`);
      await start(page);
      await page.evaluate(() => window.codepipeline.pause());
      await page.evaluate(async () => {
        await window.codepipeline.setBehavior({
          target: { pipelineName: "storefront-release", stageName: "Production", actionName: "DeployWeb" },
          behavior: { outcome: { kind: "hold" } },
        });
        for (let run = 0; run < 3; run += 1) {
          await window.codepipeline.advance({ untilIdle: true });
          await window.codepipeline.startPipelineExecution({ name: "storefront-release" });
        }
        await window.codepipeline.advance({ minutes: 4 });
      });
      if (width >= 1024) await roster(page).getByText("Superseded").first().waitFor();
      await page.waitForTimeout(500);
      await session.screenshot(`contention-${width}-${colorScheme}`);
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(scroll <= width, `${scroll} px in a window of ${width}`);
      await bringAxe(page);
      const { violations } = await page.evaluate(() =>
        // The letter of a badge is decoration inside a hidden drawing; the tile's name says whose it is in words.
        window.axe.run(document, { rules: { "label-content-name-mismatch": { enabled: false } } }),
      );
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`),
        [],
      );
    });
  }
}
