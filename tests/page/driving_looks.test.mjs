// Every form: nothing wider than the window, and no error of accessibility that a tool finds.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bringAxe } from "./axe.mjs";
import { openPage } from "./harness.mjs";
import { ready, start } from "./person.mjs";


for (const [width, height, colorScheme] of [
  [1440, 900, "light"],
  [1440, 900, "dark"],
  [360, 740, "light"],
]) {
  test(`forms at ${width}x${height} ${colorScheme}`, async (t) => {
    const session = await openPage(t, { browser: { colorScheme, viewport: { width, height } } });
    const { page } = session;
    await ready(page);
    await start(page);
    await page.evaluate(() => window.codepipeline.pause());
    await bringAxe(page);
    const dialog = page.locator("dialog[open]");
    const look = async (name) => {
      await dialog.waitFor();
      await session.screenshot(`form-${name}-${width}-${colorScheme}`);
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(scroll <= width, `${name}: ${scroll} px in a window of ${width}`);
      const { violations } = await page.evaluate(() => window.axe.run(document.querySelector("dialog[open]")));
      assert.deepEqual(violations.map(({ id, nodes }) => `${name} ${id}: ${nodes.map(({ html }) => html.slice(0, 120))}`), []);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
    };
    const show = async (name) => {
      if (width < 800) await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Picture" }).click();
      const place = page.getByRole("main").getByRole("button", { name });
      await place.click();
    };
    await show(/^Gate in front of Staging/);
    await dialog.getByRole("textbox").fill("not #1");
    await look("gate");
    await page.keyboard.press("p");
    await look("push");
    await page.keyboard.press("r");
    await look("retry");
    await page.keyboard.press("1");
    if (width < 800) await page.getByRole("button", { name: "Details", exact: true }).click();
    await page.getByRole("button", { name: "Stop B…" }).click();
    await look("stop");
    await show(/^Staging, stage/);
    await page.getByRole("button", { name: "Roll back…" }).click();
    await look("rollback");
    await page.getByText("Not now:").click();
    await session.screenshot(`form-offers-${width}-${colorScheme}`);
  });
}
