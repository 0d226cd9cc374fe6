// The search of the preview: node search-preview.mjs ENGROSS EDITION, the program and tests/editions/rich.
//
// The search answers for the edition as it stands: first it is still being made, and says so; then it finds what was
// there from the start, and, after an edit, what came.

import assert from "node:assert/strict";
import { resolve } from "node:path";
import { chromium } from "playwright-core";
import { copied, serving } from "./serving.mjs";

const [program, rich] = process.argv.slice(2).map((path) => resolve(path));
assert.ok(program && rich, "usage: node search-preview.mjs ENGROSS EDITION");

const PATIENCE = 30_000;
const LETTER = "content/letters/l1.md";

const edition = await copied(rich);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
const page = await browser.newPage();
const server = await serving(program, edition.root);

/** Asks until there are so many hits: the index follows an edit after a while. */
async function found(page, query, wanted) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    await page.goto(`${server.address}search.html?q=${encodeURIComponent(query)}`);
    const status = () => page.evaluate(() => document.getElementById("search-status")?.dataset.hits);
    // The preview may show the page anew while it is being asked.
    const has = (hits) => document.getElementById("search-status")?.dataset.hits === hits;
    if (await page.waitForFunction(has, String(wanted), { timeout: 1000 }).catch(() => null)) return;
    assert.ok(Date.now() < end, `${query}: ${await status()} hits, and not ${wanted}`);
  }
}

try {
  page.setDefaultTimeout(PATIENCE);
  const trouble = [];
  page.on("pageerror", (error) => trouble.push(String(error)));
  // While the edition changes its index is not begun, however slow the machine is. Later the page shows the form by itself.
  const text = await edition.read(LETTER);
  let isSeen = false;
  const restless = (async () => {
    for (let change = 1; !isSeen; change += 1) {
      await edition.write(LETTER, `${text}\nChange ${change}.\n`);
      await new Promise((over) => setTimeout(over, 200));
    }
  })();
  await page.goto(`${server.address}search.html`);
  const first = await page.locator("main").innerText();
  isSeen = true;
  await restless;
  assert.match(first, /is being made/);
  assert.doesNotMatch(first, /built without/);
  await page.waitForSelector("#search-q");
  await page.fill("#search-q", "ship");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => Number(document.getElementById("search-status").dataset.hits) > 0);
  await page.waitForSelector("ol.results mark");

  await found(page, "zanzibarite", 0);
  await edition.write(LETTER, `${await edition.read(LETTER)}\nA zanzibarite, seen by all.\n`);
  await found(page, "zanzibarite", 1);
  await page.locator("ol.results a").click();
  await page.waitForSelector("main mark.current");
  assert.equal(await page.locator("main mark.current").textContent(), "zanzibarite");
  assert.deepEqual(trouble, []);
  console.log("search: the preview finds what is there");
} finally {
  await browser.close();
  await server.end();
  await edition.end();
}
