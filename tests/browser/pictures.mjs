// Pictures of built sites: node pictures.mjs SITES OUT. SITES holds folders with sites by name; those that are not there
// are passed over. OUT gets a picture for each page, width and scheme, and an index.html that shows them all.

import assert from "node:assert/strict";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const [sites, out] = process.argv.slice(2).map((folder) => resolve(folder));
assert.ok(sites && out, "usage: node pictures.mjs SITES OUT");

const WIDTHS = [360, 820, 1440];
const SCHEMES = ["light", "dark"];
/** Pixels of a long page that a picture shows. */
const TALLEST = 3200;
/** One page of each kind; from real volumes, pages that are hard to set. */
const PAGES = {
  sample: ["frus1961-63v10-12mSupp/d617.html", "index.html", "search.html?q=undesirable+influence"],
  rich: [
    "harbour/d1.html", "harbour/d2.html", "harbour/d3.html", "harbour/d4.html", "harbour/d5.html", "harbour/quay.html",
    "harbour/index.html", "harbour/preface.html", "harbour/signs.html", "harbour/pages.html", "harbour/calendar.html",
    "harbour/persons.html", "harbour/persons/reed.html", "harbour/bibliography.html", "harbour/repositories/ml.html",
    "letters/l1.html", "letters/l2.html", "letters/index.html", "index.html", "about.html", "persons.html",
    "archives.html", "archives/harbour-na.html", "archives/classifications.html", "chronology.html",
    "chronology/1902.html", "chronology/undated.html", "browse.html", "browse/genres.html", "search.html?q=ship",
    "method.html", "colophon.html", "accessibility.html", "404.html",
  ],
  past: ["harbour/d1.html", "harbour/d9.html", "corrections.html"],
  volume: ["frus1961-63v08/d49.html", "frus1961-63v08/d112.html", "frus1961-63v08/index.html", "archives.html",
    "frus1961-63v08/persons.html", "frus1961-63v08/chronology.html", "search.html?q=missile+gap"],
  supplement: ["frus1961-63v10-12mSupp/d1.html", "frus1961-63v10-12mSupp/d617.html", "frus1961-63v10-12mSupp/index.html"],
  letters: ["schnitzler-briefe/L00014.html", "persons.html", "places.html"],
};
/** What README.md shows: a page at the height of a window, and what was done on it before. */
const SHOWN = [
  ["seed", "sample", "frus1961-63v10-12mSupp/d617.html", 1280, 900, "light"],
  ["seed", "sample", "frus1961-63v10-12mSupp/d617.html", 390, 844, "light"],
  ["letter", "rich", "harbour/d1.html", 1280, 900, "dark", ".text a[role=doc-noteref]"],
  ["images", "rich", "harbour/d1.html", 1280, 900, "light", ".open-panel"],
  ["search", "rich", "search.html?q=ship", 1280, 900, "light"],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
await mkdir(out, { recursive: true });
const taken = [];
let missing = 0;

/** Takes one picture; the page is served, so that its search works. */
async function picture(name, root, path, width, height, scheme, file, click) {
  const context = await browser.newContext({
    viewport: { width, height: height ?? 900 }, colorScheme: scheme, reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  const answer = await page.goto(root + path, { waitUntil: "load" });
  if (answer.status() !== 200) {
    missing += 1;
    console.error(`there is no page ${path} for ${file}`);
  } else {
    if (path.includes("?q=")) {
      await page.locator("[data-hits]").waitFor({ state: "attached" }).catch(() => {
        missing += 1;
        console.error(`the search of ${name} does not answer`);
      });
    }
    if (click) {
      await page.locator(click).first().click();
      await page.waitForTimeout(300);
    }
    const tall = await page.evaluate(() => document.documentElement.scrollHeight);
    const clip = { x: 0, y: 0, width, height: height ?? Math.min(tall, TALLEST) };
    await page.screenshot({ path: join(out, file), clip, fullPage: !height });
    taken.push(file);
  }
  await context.close();
}

for (const [name, pages] of Object.entries(PAGES)) {
  const folder = join(sites, name);
  if (!(await access(folder).then(() => true, () => false))) continue;
  const { address, end } = await serve(folder, "/");
  for (const path of pages) {
    const short = path.replace(/\.html/, "").replace(/[^\w-]+/g, "-");
    for (const width of WIDTHS) {
      for (const scheme of SCHEMES) {
        await picture(name, address, path, width, null, scheme, `${name}-${short}-${width}-${scheme}.png`);
      }
    }
  }
  for (const [as, site, path, width, height, scheme, click] of SHOWN) {
    if (site === name) await picture(name, address, path, width, height, scheme, `readme-${as}-${width}-${scheme}.png`, click);
  }
  await end();
}

const figure = (file) => `<figure><img src="${file}" alt="" loading="lazy"><figcaption>${file}</figcaption></figure>`;
const style = "body{font:14px sans-serif}figure{display:inline-block;vertical-align:top;margin:.5em}img{max-width:28em}";
await writeFile(join(out, "index.html"), `<!doctype html><meta charset="utf-8"><title>Pictures</title>
<style>${style}</style>
${taken.map(figure).join("\n")}
`);
await browser.close();
console.log(`${taken.length} pictures`);
process.exitCode = missing ? 1 : 0;
