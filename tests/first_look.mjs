// Watches what first looks at the page run. Usage: node first_look.mjs <folder> <list>: the folder holds a page whose
// program reports each function it enters as `window.entered` (`cargo xtask first-look` makes it); the list gets their
// numbers, one a line.
//
// A first look is a person's who was never here: they open the page, wide or narrow, and read. What they then do is not in
// it, as by then the rest of the program is there.

import { writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { Session } from "./page/harness.mjs";
import { ready } from "./page/person.mjs";
import { serveDist } from "./page/site.mjs";

/** How long somebody reads before they do anything, in milliseconds. */
const READING = 2_500;

const SIZES = [[1920, 1080], [1440, 900], [1280, 800], [900, 700], [360, 740]];
const MANNERS = [{}, { colorScheme: "dark", hasTouch: true, reducedMotion: "reduce" }];
const LOOKS = SIZES.flatMap(([width, height]) => MANNERS.map((manner) => ({ ...manner, viewport: { width, height } })));

const [folder, list] = process.argv.slice(2);
const entered = new Set();
for (const look of LOOKS) {
  const site = await serveDist();
  site.show(resolve(folder));
  const session = new Session(site, await mkdtemp(join(tmpdir(), "codepipeline-look-")), "", look);
  const page = await session.reopen();
  await ready(page);
  await page.waitForTimeout(READING);
  for (const number of await page.evaluate(() => [...window.entered])) entered.add(number);
  await session.end();
}
writeFileSync(list, [...entered].sort((one, other) => one - other).join("\n"));
