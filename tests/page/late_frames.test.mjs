// What is put off to the next frame finds its part of the page gone when the frame comes late, and does nothing then.

import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { declaration, paste, picture, ready, start } from "./person.mjs";

test("frames that come late end nothing", async (t) => {
  const session = await openPage(t);
  // Every frame comes after what a person does next has been drawn.
  await session.context.addInitScript(() => {
    const frame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (act) => setTimeout(() => frame(act), 350);
  });
  const { page } = session;
  await page.reload();
  await ready(page);
  const dialog = await paste(page, JSON.stringify(declaration("another")));
  await dialog.locator("footer").getByRole("button").first().click();
  await page.getByRole("heading", { name: "another", level: 1 }).waitFor();
  for (const name of ["storefront-release", "another", "storefront-release"]) {
    await page.getByRole("button", { name: "Choose a pipeline" }).click();
    await page.getByRole("menuitemradio", { name: new RegExp(name) }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
  }
  await start(page);
  await picture(page).waitFor();
  // Into the editor and out of it, the gallery, the keys: each is taken away before its frames have come.
  for (let round = 0; round < 3; round += 1) {
    await page.keyboard.press("e");
    await page.keyboard.press("e");
    await page.keyboard.press("o");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: round % 2 === 0 ? 360 : 1280, height: 800 });
  }
  await page.waitForTimeout(1_000);
});
