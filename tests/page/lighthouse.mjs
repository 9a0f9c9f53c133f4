// What Lighthouse says of the built page, in a browser of its own.

import * as chrome from "chrome-launcher";
import lighthouse from "lighthouse";
import desktop from "lighthouse/core/config/desktop-config.js";

import { FLAGS, findChromium } from "./harness.mjs";

/**
 * @param {string} url the page's address
 * @param {string[]} categories such as "accessibility"
 * @returns {Promise<{ scores: Record<string, number>, failed: string[] }>} scores of 0 to 100, and the audits that cost
 *   something
 */
export async function judged(url, categories) {
  const browser = await chrome.launch({
    chromePath: findChromium(),
    chromeFlags: ["--headless=new", ...FLAGS],
    logLevel: "silent",
  });
  try {
    const { lhr } = await lighthouse(url, { port: browser.port, onlyCategories: categories, logLevel: "error" }, desktop);
    const scores = {};
    const failed = [];
    for (const [name, { score, auditRefs }] of Object.entries(lhr.categories)) {
      scores[name] = Math.round(score * 100);
      for (const { id, weight } of auditRefs) {
        const audit = lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 1) {
          const places = (audit.details?.items ?? []).map(({ node }) => node?.snippet ?? "").filter(Boolean);
          failed.push([`${name}: ${audit.title} (${audit.displayValue ?? audit.score})`, ...places].join("\n  "));
        }
      }
    }
    return { scores, failed };
  } finally {
    browser.kill();
  }
}
