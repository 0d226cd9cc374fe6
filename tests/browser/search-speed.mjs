// What a search costs: node search-speed.mjs SITE [DELAY] [QUERY …]
//
// Serves a built site as a static host does, over HTTP/2 with gzip and with DELAY milliseconds (40) before every answer,
// and asks in headless Chromium. Each query starts with an empty cache. Told are requests, bytes of body and milliseconds:
// for the start (from the first touch of the field until the index is open), for each query until the titles of the first
// page and all counts are there, the same with the words in context, and for a change of the order. It is no part of CI,
// whose machines are too uneven for figures.

import { resolve } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const [folder, delay = "40", ...typed] = process.argv.slice(2);
if (!folder) throw new Error("usage: node search-speed.mjs SITE [DELAY] [QUERY …]");
const QUERIES = ["lumumba", "soviet", '"atomic energy"', '"secretary of state"', '"bank of the republic"', "soviet near/5 missile", "yugosl*", "title:berlin -kennedy"];
const queries = typed.length > 0 ? typed : QUERIES;

const asked = [];
const server = await serve(resolve(folder), "/", { gzip: true, delay: Number(delay), asked, secure: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});

/** What was asked for since the last call. */
function since() {
  const bytes = asked.reduce((sum, one) => sum + one.bytes, 0);
  const cost = { requests: asked.length, bytes };
  asked.length = 0;
  return cost;
}

/** Waits until nothing was asked for a while. */
async function quiet() {
  for (let before = -1; before !== asked.length; ) {
    before = asked.length;
    await new Promise((over) => setTimeout(over, 500 + Number(delay)));
  }
}

/** Watches the page from within, so that no step of this program is counted. */
function watch() {
  window.engrossWatch = (run, isDone) =>
    new Promise((over) => {
      const start = performance.now();
      const look = () => (isDone() ? over(performance.now() - start) : setTimeout(look, 2));
      run();
      look();
    });
}

const tell = (name, { requests, bytes }, time, hits = "") => console.log(`| ${name} | ${hits} | ${requests} | ${(bytes / 1000).toFixed(0)} | ${Math.round(time)} |`);

async function measure(query, isFirst) {
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await page.addInitScript(watch);
  await page.goto(`${server.address}search.html`, { waitUntil: "networkidle" });
  const before = asked.filter((one) => /\/search\/[0-9a-f]{16}\/|wasm|engine/.test(one.path));
  if (isFirst) tell("the page before the field is touched", { requests: before.length, bytes: before.reduce((sum, one) => sum + one.bytes, 0) }, 0);
  since();
  const open = await page.evaluate(() =>
    window.engrossWatch(
      () => document.getElementById("search-q").focus(),
      () => performance.getEntriesByType("resource").some((one) => /facets\.(gz|js)$/.test(one.name) && one.responseEnd > 0),
    ),
  );
  // The worker's own requests are not seen from the page; the index is open when the server is quiet.
  await quiet();
  if (isFirst) {
    // Persons come after all else and hold nothing up.
    const persons = asked.filter((one) => /persons\.(gz|js)$/.test(one.path));
    asked.splice(0, asked.length, ...asked.filter((one) => !persons.includes(one)));
    tell("start, until the counts are there", since(), open);
    tell("persons, after it", { requests: persons.length, bytes: persons.reduce((sum, one) => sum + one.bytes, 0) }, 0);
  }
  since();
  const time = await page.evaluate(
    (text) =>
      window.engrossWatch(
        () => {
          window.engrossAsked = performance.now();
          const list = document.querySelector("ol.results");
          new MutationObserver(() => (window.engrossSettled = performance.now())).observe(list, { attributeFilter: ["data-settled"] });
          document.getElementById("search-q").value = text;
          document.getElementById("search").requestSubmit();
        },
        () => {
          const { hits } = document.getElementById("search-status").dataset;
          return hits === "0" || (hits > 0 && document.querySelector("ol.results > li") !== null);
        },
      ),
    query,
  );
  const cost = { requests: 0, bytes: 0 };
  const hits = await page.evaluate(() => document.getElementById("search-status").dataset.hits);
  for (const one of asked.filter((one) => one.path.includes("/search/"))) {
    cost.requests += 1;
    cost.bytes += one.bytes;
  }
  tell(`\`${query}\``, cost, time, hits);
  if (Number(hits) > 0) {
    await page.waitForSelector("ol.results[data-settled]");
    const { requests, bytes } = since();
    tell("with words in context", { requests, bytes }, await page.evaluate(() => window.engrossSettled - window.engrossAsked));
    const change = await page.evaluate(() =>
      window.engrossWatch(
        () => {
          document.querySelector("ol.results").replaceChildren();
          document.getElementById("search-sort").value = "date";
          document.getElementById("search-sort").dispatchEvent(new Event("change", { bubbles: true }));
        },
        () => document.querySelector("ol.results > li"),
      ),
    );
    const indexed = asked.filter((one) => /\/search\/.*\/(c\d|hot|facets|persons|index)/.test(one.path)).length;
    tell(`by date (${indexed} requests of the index)`, since(), change);
  }
  await page.context().close();
}

console.log(`| ${delay} ms late | documents | requests | kB | ms |\n|---|---|---|---|---|`);
for (const [place, query] of queries.entries()) await measure(query, place === 0);
await browser.close();
await server.end();
