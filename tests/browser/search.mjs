// The search in a browser: node search.mjs SITE OFFLINE STEMMED BOTH, four built sites of the edition `tests/editions/rich`,
// the second with `search: {offline: true}`, the third with `search: {stemming: english}`, the last with both.
//
// Each check is a function that throws; all are run, and the program ends with 1 if any threw.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const [site, offline, stemmed, both] = process.argv.slice(2).map((folder) => resolve(folder));
assert.ok(site && offline && stemmed && both, "usage: node search.mjs SITE OFFLINE STEMMED BOTH");

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wide = { viewport: { width: 1200, height: 900 } };
const narrow = { viewport: { width: 320, height: 640 } };
let failures = 0;
let checks = 0;

/** Runs a check in a page of its own, in which nothing may go wrong unseen. */
async function check(name, run, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  const trouble = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("404 (Not Found)")) trouble.push(message.text());
  });
  page.on("pageerror", (error) => trouble.push(String(error)));
  checks += 1;
  try {
    await run(page);
    assert.deepEqual(trouble, []);
  } catch (error) {
    failures += 1;
    console.error(`FAILED ${name}\n  ${String(error.message ?? error).replaceAll("\n", "\n  ")}\n  ${trouble.join("\n  ")}`);
  } finally {
    await context.close();
  }
}

/** The number of hits, once it is there, and the addresses on the first page of results. */
async function results(page) {
  await page.waitForFunction(() => /^\d+$/.test(document.getElementById("search-status").dataset.hits));
  const hits = await page.evaluate(() => Number(document.getElementById("search-status").dataset.hits));
  await page.waitForFunction((count) => document.querySelectorAll("ol.results > li").length === Math.min(count, 20), hits);
  const links = await page.$$eval("ol.results a", (found) => found.map((link) => link.getAttribute("href")));
  return { hits, links };
}

/** Waits until the words in context are there. */
const settled = (page) => page.waitForSelector("ol.results[data-settled]", { state: "attached" });

async function ask(page, root, query) {
  await page.goto(`${root}search.html?q=${encodeURIComponent(query)}`);
  return results(page);
}

/** The documents of the site whose texts have a word, told by their pages and not by the index. */
async function pagesWith(folder, word) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".html"));
  const found = [];
  for (const name of names.sort()) {
    const page = await readFile(join(folder, name), "utf8");
    const article = /<article class="?(document|section)[\s\S]*?<\/article>/.exec(page);
    const text = article && article[0].replace(/<section class="?cite[\s\S]*$/, "").replace(/<aside[\s\S]*$/, "").replace(/<nav[\s\S]*?<\/nav>/g, "").replace(/<[^>]*>/g, " ");
    if (text && new RegExp(`\\b${word}\\b`, "i").test(text)) found.push(name);
  }
  return found;
}

/** The same answers however the site is served. */
async function answers(page, root, word, wanted) {
  const { hits, links } = await ask(page, root, word);
  const found = links.map((link) => link.replace(/\?.*/, "")).sort();
  assert.deepEqual(found, wanted, `${word}: ${hits} hits`);
  assert.equal(hits, wanted.length);
  const count = async (query) => (await ask(page, root, query)).hits;
  const all = await count("-qqqqq");
  assert.equal(await count(`-${word}`), all - hits, "documents without the word");
  assert.equal(await count(`${word} OR -${word}`), hits);
  assert.equal(await count("qqqqq"), 0);
  assert.equal(await count(`"${word} ${word} ${word}"`), 0);
  const title = await count(`title:${word}`);
  const anywhere = await count(`title:${word} OR text:${word} OR notes:${word} OR source:${word}`);
  assert.ok(title <= hits && anywhere === hits, `${title}, ${anywhere}, ${hits}`);
}

/** Nothing of the search is loaded before the reader turns to the field; then each thing once. */
async function lazy(page, root) {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const ofIndex = () => asked.filter((url) => /\/search\/|wasm|engine/.test(url) && !/search\/search\.\w+\.js$/.test(url));
  for (const name of ["harbour/d1.html", "search.html"]) {
    await page.goto(root + name);
    await page.waitForTimeout(200);
    assert.deepEqual(ofIndex(), [], name);
  }
  await page.focus("#search-q");
  await page.waitForFunction(() => performance.getEntriesByType("resource").some((one) => /hot\.gz$/.test(one.name)) || true);
  await page.keyboard.type("ship");
  await page.keyboard.press("Enter");
  await results(page);
  assert.equal(new Set(ofIndex()).size, ofIndex().length, "a file was asked for twice");
}

/** A choice, a date or an order asks for no file of the index; counts react. */
async function choices(page, root) {
  const { hits } = await ask(page, root, "-qqqqq");
  await settledFacets(page);
  const asked = [];
  page.on("request", (request) => /\/search\/.*\/(c\d|hot|facets|persons|index)/.test(request.url()) && asked.push(request.url()));
  const box = page.locator("fieldset[data-facet=volume] input").first();
  const promised = Number(await page.locator("fieldset[data-facet=volume] .count").first().innerText());
  await box.check();
  await page.waitForFunction((n) => document.getElementById("search-status").dataset.hits === String(n), promised);
  assert.ok(promised > 0 && promised < hits);
  assert.match(new URL(page.url()).search, /volume=/);
  assert.equal(await page.evaluate(() => document.activeElement.name), "volume", "the focus stays");
  await page.selectOption("#search-sort", "date");
  assert.match(new URL(page.url()).search, /sort=date/);
  await page.fill("#search-from", "nonsense");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#search-notices p");
  assert.equal((await results(page)).hits, promised);
  await page.fill("#search-from", "undated");
  await page.keyboard.press("Enter");
  await page.waitForFunction((n) => Number(document.getElementById("search-status").dataset.hits) < n, promised);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await page.waitForFunction((n) => document.getElementById("search-status").dataset.hits === String(n), promised);
  await page.goBack();
  await page.waitForFunction((n) => document.getElementById("search-status").dataset.hits === String(n), hits);
  assert.deepEqual(asked, []);
}

const settledFacets = (page) => page.waitForSelector("fieldset[data-facet]");

/** From any page to a word in a document and back to the results, by keys alone. */
async function keyboard(page, root) {
  await page.goto(`${root}harbour/d1.html`);
  await page.keyboard.press("/");
  await page.keyboard.type("ship");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\.html\?q=ship$/);
  await results(page);
  await settled(page);
  assert.ok((await page.locator("ol.results mark").count()) > 0, "no word in context");
  await page.focus("#search-sort");
  await page.keyboard.press("Tab");
  const link = await page.evaluate(() => document.activeElement.matches("ol.results a") && document.activeElement.href);
  assert.match(String(link), /hl=ship&back=q%3Dship$/);
  await page.keyboard.press("Enter");
  await page.waitForSelector("main mark.current");
  const place = () => page.locator(".found-bar [role=status]").innerText();
  const first = await place();
  assert.match(first, /^1 .* \d+$/);
  const marks = await page.locator("main mark").allInnerTexts();
  assert.ok(marks.every((mark) => /^ship$/i.test(mark)), marks.join());
  await page.locator(".found-bar button").last().focus();
  await page.keyboard.press("Enter");
  if (marks.length > 1) assert.match(await place(), /^2 /);
  await page.locator(".found-bar a").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\.html\?q=ship$/);
  await results(page);
}

/** Whatever is typed has a result or an explanation. */
async function anything(page, root) {
  await ask(page, root, "ship");
  for (const typed of ['"', "AND", "so*", "title:", "((", "-", "U.S.-Soviet", "l'etat", "foo:bar", "a near/5", "漢字", "<b>&amp;", "\\", "*", "ship ".repeat(90)]) {
    await page.fill("#search-q", typed);
    await page.keyboard.press("Enter");
    const { hits } = await results(page);
    const told = await page.locator("#search-notices").innerText();
    assert.ok(hits > 0 || told !== "", `${typed}: ${hits} hits and no word`);
    await page.waitForFunction(() => document.getElementById("search-progress").hidden);
  }
}

/** Files of an index. */
const GONE = /\/search\/[0-9a-f]{16}\//;

/** A page of before a new deployment: its index is gone. */
async function stale(page, root) {
  await page.route(GONE, (route) => route.fulfill({ status: 404, body: "gone" }));
  await page.goto(`${root}search.html?q=ship`);
  await page.waitForSelector("#search-notices button");
  assert.match(await page.locator("#search-status").innerText(), /reload/i);
  await page.unroute(GONE);
  await page.locator("#search-notices button").click();
  assert.ok((await results(page)).hits > 0);
}

async function downloads(page, root) {
  const { hits } = await ask(page, root, "ship");
  const saved = async (kind) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator(`[data-save=${kind}]`).click()]);
    return readFile(await file.path(), "utf8");
  };
  const table = (await saved("csv")).trim().split("\r\n");
  assert.equal(table.length, hits + 1);
  assert.ok(table.every((row) => /(Address|html)$/.test(row)), table.join("\n"));
  assert.equal((await saved("citations")).trim().split("\n\n").length, hits);
}

async function withoutScripts(page, root) {
  await page.goto(`${root}search.html?q=ship`);
  assert.ok(await page.locator(".no-script").isVisible());
  const links = await page.$$eval("main .otherwise a", (found) => found.map((link) => link.getAttribute("href")));
  assert.ok(links.includes("harbour/index.html") && links.some((link) => link.endsWith("persons.html")), links.join());
  await page.goto(`${root}harbour/d1.html`);
  await page.fill("header [name=q]", "ship");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\.html\?q=ship$/);
  // A form that cannot answer is not shown; the chronology is a way in.
  assert.equal(await page.locator("#search").isVisible(), false);
  assert.ok(links.includes("chronology.html"), links.join());
}

/** From disk too a document marks each form that was found, and letters that are folded. */
async function marksFromDisk(page, root) {
  const asked = { shipping: /^ship/i, HARBOURS: /^harbour/i };
  for (const [word, form] of Object.entries(asked)) {
    const { links } = await ask(page, root, word);
    assert.ok(links.length > 0, `${word} is not found`);
    for (const link of links) {
      await page.goto(root + link);
      const found = await page.locator("main mark").allTextContents();
      assert.ok(found.length > 0 && found.every((mark) => form.test(mark)), `${link}: ${found.join()}`);
    }
  }
  await page.goto(`${root}harbour/d1.html`);
  const folded = await page.evaluate(() => ["Straße", "Łódź", "Ørsted"].map((word) => window.engrossSearch.fold(word)));
  assert.deepEqual(folded, ["strasse", "lodz", "orsted"]);
}

/** From disk without scripts for it: an explanation and other ways. */
async function refused(page, root) {
  await page.goto(`${root}search.html?q=ship`);
  await page.waitForFunction(() => document.getElementById("search-status").textContent !== "");
  assert.ok(await page.locator(".otherwise a").first().isVisible());
}

/** The number of hits stays told while titles are slow to come. */
async function slowTitles(page, root) {
  await page.route(/\/t\d+\.gz$/, async (route) => {
    await new Promise((over) => setTimeout(over, 1200));
    await route.continue();
  });
  await page.goto(`${root}search.html?q=ship`);
  const { hits } = await results(page);
  assert.match(await page.locator("#search-status").innerText(), new RegExp(`^${hits} `));
  assert.ok(await page.locator("#search-progress").isHidden());
}

/** Before anything is asked, and after it is taken back, nothing stands there that could not answer. */
async function emptied(page, root) {
  await page.goto(`${root}search.html`);
  await page.waitForFunction(() => document.querySelector(".otherwise").hidden);
  assert.ok(await page.locator("#search-body").isHidden());
  await page.evaluate(() => document.querySelector("#search-facets").insertAdjacentHTML("beforeend", "<button type=button data-more=genre>more</button><button type=button data-save=csv>table</button>"));
  await page.evaluate(() => document.querySelectorAll("#search-facets button").forEach((button) => button.click()));
  await page.fill("#search-q", "ship");
  await page.keyboard.press("Enter");
  await results(page);
  assert.ok(await page.locator("#search-body").isVisible());
  await page.fill("#search-q", "");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("search-status").dataset.hits === "");
  assert.ok(await page.locator("#search-body").isHidden());
  assert.equal(await page.locator("ol.results > li").count(), 0);
}

/** A host that answers with its own page where a file is missing. */
async function pageInstead(page, root) {
  for (const gone of [GONE, /\/search\/[0-9a-f]{16}\/(c|hot)/, /sqlite3\.\w+\.wasm$/]) {
    await page.route(gone, (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><p>Welcome" }));
    await page.goto(`${root}search.html?q=ship`);
    await page.waitForSelector("#search-notices button");
    assert.match(await page.locator("#search-status").innerText(), /reload/i, String(gone));
    await page.unroute(gone);
  }
}

/** Without the file of persons all else is there, and it is said. */
async function withoutPersons(page, root) {
  await page.route(/\/persons\.gz$/, (route) => route.fulfill({ status: 404, body: "gone" }));
  await page.goto(`${root}search.html?q=ship`);
  assert.ok((await results(page)).hits > 0);
  await page.waitForSelector("#search-notices p");
  assert.match(await page.locator("#search-notices").innerText(), /reload/i);
  await page.unroute(/\/persons\.gz$/);
  await page.goto(`${root}search.html?q=ship`);
  await page.waitForSelector("fieldset[data-facet=person] li");
}

/** A filter hides none of the values that are chosen. */
async function filtered(page, root) {
  await ask(page, root, "ship");
  const shown = await page.evaluate(() => {
    const names = Array.from({ length: 40 }, (_, number) => (number % 2 ? `Odd ${number}` : `Even ${number}`));
    const facet = { id: "genre", names, labels: names };
    const words = { facets: { genre: "Genre" }, more: "{n} more" };
    const set = window.engrossSearch.facet(facet, new Uint32Array(40).fill(1), new Set([3]), { filter: "even" }, words, String);
    return { names: [...set.querySelectorAll(".name")].map((one) => one.textContent), more: set.querySelector("[data-more]").textContent, chosen: set.querySelector(":checked").value };
  });
  assert.deepEqual(shown.names, ["Even 0", "Even 2", "Odd 3", "Even 4", "Even 6", "Even 8", "Even 10", "Even 12", "Even 14"]);
  assert.deepEqual([shown.more, shown.chosen], ["12 more", "Odd 3"]);
}

/** A title and words in context say their language and direction where they are not those of the page. */
async function tongues(page, root) {
  await ask(page, root, "-qqqqq");
  const title = (path) => page.locator(`ol.results a[href^="${path}"]`);
  assert.deepEqual(await title("letters/l2.html").evaluate((it) => [it.lang, it.dir]), ["he", "rtl"]);
  assert.deepEqual(await title("letters/l2-en.html").evaluate((it) => [it.lang, it.dir]), ["", ""]);
  await ask(page, root, (await title("letters/l2.html").innerText()).match(/\p{Script=Hebrew}{3,}/u)[0]);
  await settled(page);
  const excerpts = await page.locator('li:has(a[href^="letters/l2.html"]) .excerpt').evaluateAll((all) => all.map((it) => it.lang + it.dir));
  assert.ok(excerpts.every((one) => one === "hertl"), excerpts.join());
}

/** A word that a page mark breaks is marked in all its parts, and counts once. */
async function brokenWord(page, root) {
  await ask(page, root, "unbroken");
  await settled(page);
  await page.locator("ol.results a").first().click();
  await page.waitForSelector("main mark.current");
  assert.deepEqual(await page.locator("main mark").allTextContents(), ["un", "broken"]);
  assert.match(await page.locator(".found-bar [role=status]").innerText(), /^1 .* 1$/);
  // What a line parts is no word.
  await page.goto(`${root}harbour/d1.html`);
  await page.evaluate(() => { document.querySelector("#p2").innerHTML = "har<br>bour har<i>bo</i>ur"; });
  const script = await page.evaluate(() => document.querySelector("script[src]").src);
  await page.evaluate((src) => {
    history.replaceState(null, "", "?hl=harbour");
    return new Promise((onload) => document.head.append(Object.assign(document.createElement("script"), { src, onload })));
  }, script);
  assert.deepEqual(await page.locator("#p2 mark").allTextContents(), ["har", "bo", "ur"]);
}

/** Enter in the filter of a choice leaves everything as it is. */
async function filterKeepsFocus(page, root) {
  await ask(page, root, "ship");
  await settledFacets(page);
  await page.evaluate(() => {
    const filter = '<input type="text" class="filter" data-filter="genre" aria-label="Filter">';
    document.querySelector("fieldset[data-facet=genre]").insertAdjacentHTML("beforeend", filter);
  });
  await page.locator("[data-filter=genre]").focus();
  await page.evaluate(() => document.getElementById("search").addEventListener("submit", () => (window.wasAsked = true)));
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.evaluate(() => [document.activeElement.dataset.filter, window.wasAsked]), ["genre", undefined]);
}

/** What was found by its stem is marked, in the result and in the document. */
async function stems(page, root) {
  const { hits } = await ask(page, root, "shipping");
  assert.ok(hits > 0);
  await settled(page);
  const marks = await page.$$eval("ol.results > li", (items) => items.map((item) => item.querySelectorAll("mark").length));
  assert.ok(marks.every((count) => count > 0), marks.join());
  const links = await page.$$eval("ol.results a", (found) => found.map((link) => link.href));
  for (const link of links) {
    await page.goto(link);
    const found = await page.locator("main mark").allTextContents();
    assert.ok(found.length > 0 && found.every((mark) => /^ship/i.test(mark)), `${link}: ${found.join()}`);
  }
}

/** Words of titles are marked. */
async function titles(page, root) {
  await page.goto(`${root}search.html?q=-qqqqq`);
  await results(page);
  const title = await page.locator("ol.results a").last().innerText();
  const word = /\p{L}{4,}/u.exec(title)[0];
  const { hits } = await ask(page, root, `title:${word}`);
  assert.ok(hits > 0);
  assert.equal(await page.locator("ol.results > li .found:has(mark)").count(), Math.min(hits, 20));
}

/** The way back leads to the search with all its choices, in whichever tab, and whatever was searched for since. */
async function wayBack(page, root) {
  await ask(page, root, "ship");
  await settledFacets(page);
  await page.locator("fieldset[data-facet=volume] input").first().check();
  await page.waitForFunction(() => location.search.includes("volume="));
  await results(page);
  const search = await page.evaluate(() => location.search);
  const [tab] = await Promise.all([page.context().waitForEvent("page"), page.locator("ol.results a").first().click({ modifiers: ["Control"] })]);
  await tab.waitForSelector(".found-bar a");
  await ask(page, root, "harbour");
  assert.equal(await tab.locator(".found-bar a").evaluate((link) => new URL(link.href).search), search);
  await page.goto(`${root}harbour/d1.html?hl=ship`);
  assert.equal(await page.locator(".found-bar a").evaluate((link) => new URL(link.href).search), "?q=ship");
  for (const nothing of ["*", "|", "%20"]) {
    await page.goto(`${root}harbour/d1.html?hl=${nothing}`);
    assert.equal(await page.locator("main mark").count(), 0, nothing);
  }
}

/** The key leads to the field from wherever nothing is typed, unless the reader has switched keys off. */
async function slash(page, root) {
  await ask(page, root, "ship");
  await settledFacets(page);
  await page.locator("fieldset[data-facet] input[type=checkbox]").first().focus();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search-q");
  await page.keyboard.type("a/b");
  assert.match(await page.locator("#search-q").inputValue(), /a\/b$/);
  await page.evaluate(() => localStorage.setItem("engross-keys", "off"));
  await page.goto(`${root}harbour/d1.html`);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
}

/** What the address says is what is shown. */
async function addresses(page, root) {
  await page.goto(`${root}search.html?q=ship&p=999`);
  await results(page);
  await page.waitForFunction(() => location.search === "?q=ship");
  await page.goto(`${root}search.html?from=1066`);
  assert.equal((await results(page)).hits, 0);
  assert.doesNotMatch(await page.locator("#search-notices").innerText(), /these words/);
  assert.doesNotMatch(await page.locator("#search-status").innerText(), /these words/);
  await page.goto(`${root}search.html?q=ship&from=1066`);
  await results(page);
  assert.match(await page.locator("#search-notices").innerText(), /these words/);
  await page.goto(`${root}search.html?utm_source=elsewhere`);
  assert.equal(await page.locator("#search-status").textContent(), "");
  await page.fill("#search-q", "ship");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => location.search), "?q=ship");
}

/** Every example that the page gives finds something. */
async function examples(page, root, fewest) {
  await page.goto(`${root}search.html`);
  const given = await page.$$eval(".search-help [data-example]", (links) => links.map((link) => [link.dataset.example, new URL(link.href).searchParams.get("q")]));
  assert.ok(given.length >= fewest, `${given.length} examples`);
  for (const [example, query] of given) {
    assert.equal(example, query);
    const { hits } = await ask(page, root, example);
    assert.ok(hits > 0, `${example} finds nothing`);
    assert.equal(await page.locator("#search-notices").innerText(), "", example);
  }
  await page.goto(`${root}search.html`);
  await page.locator(".search-help summary").click();
  await page.locator(".search-help [data-example]").first().click();
  assert.ok((await results(page)).hits > 0);
}

/** On a slow connection the page tells how much has come, also of the engine. */
async function slowly(page, root) {
  const client = await page.context().newCDPSession(page);
  await page.goto(`${root}search.html`);
  await client.send("Network.enable");
  await client.send("Network.emulateNetworkConditions", { offline: false, latency: 40, downloadThroughput: 250e3, uploadThroughput: 250e3 });
  await page.fill("#search-q", "ship");
  await page.keyboard.press("Enter");
  const read = new Set();
  for (let isThere = false, waited = 0; !isThere && waited < 300; waited += 1) {
    isThere = await page.evaluate(() => Boolean(document.getElementById("search-status").dataset.hits));
    const line = page.locator("#search-read");
    if (await line.isVisible()) read.add(await line.innerText());
    await page.waitForTimeout(100);
  }
  const told = [...read].map((line) => Number.parseInt(line, 10)).filter(Boolean);
  assert.ok(told.length > 3 && told.every((kilobytes, place) => place === 0 || kilobytes > told[place - 1]), [...read].join());
}

/** A thousand strings by chance in the field: each has an answer, and none is an error. */
async function chance(page, root) {
  await ask(page, root, "ship");
  const parts = ["ship", "harbour", "OR", "AND", "NOT", "NEAR", "near/5", "near/0", "near/999999", '"', "“", "(", ")", "-", "*", "title:", "notes:", "x:", " ", " ", " ", "漢字", "é", "\ud800", "\u0000", "{", "}", "^", "+", "'", "\\", ";", "<", "&", "1961", "U.S.", "shi*", "\n", "%"];
  let state = 1963;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let found = 0;
  for (let round = 0; round < 1000; round += 1) {
    let typed = "";
    for (let length = random(12); length >= 0; length -= 1) typed += random(4) === 0 ? String.fromCodePoint(32 + random(0x2fff)) : parts[random(parts.length)];
    // An empty field asks for nothing.
    if (!typed.trim()) typed = "ship";
    const { hits, told } = await page.evaluate(async (text) => {
      const status = document.getElementById("search-status");
      delete status.dataset.hits;
      document.getElementById("search-q").value = text;
      document.getElementById("search").requestSubmit();
      for (let waited = 0; !/^\d+$/.test(status.dataset.hits) && waited < 2000; waited += 1) await new Promise((over) => setTimeout(over, 1));
      return { hits: Number(status.dataset.hits), told: document.getElementById("search-notices").textContent };
    }, typed);
    assert.ok(Number.isInteger(hits) && (hits > 0 || told), JSON.stringify(typed));
    found += hits > 0 ? 1 : 0;
  }
  assert.ok(found > 50, `${found} of 1,000 found something`);
}

async function accessible(page, root, address) {
  await page.goto(root + address);
  if (address.startsWith("search.html?")) {
    await results(page);
    await settled(page);
  }
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const isRight = (id, node) => id === "aria-prohibited-attr" && node.html.includes("doc-pagebreak");
  const found = violations.flatMap(({ id, nodes }) => nodes.filter((node) => !isRight(id, node)).map((node) => `${id}: ${node.html.slice(0, 160)}`));
  assert.deepEqual(found, [], found.join("\n"));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${address} is ${wide} px wider than its window`);
}

async function print(page, root) {
  await ask(page, root, "ship");
  assert.equal((await page.pdf({ format: "A4" })).subarray(0, 5).toString(), "%PDF-");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".narrow").isVisible(), false);
}

const wanted = await pagesWith(site, "ship");
assert.ok(wanted.length > 1, "the edition speaks of no ship");
const servers = [];
for (const base of ["/", "/repo/"]) {
  for (const options of [{}, { gzip: true }, { gzip: true, labels: true }]) {
    const server = await serve(site, base, options);
    servers.push(server);
    await check(`${base} ${JSON.stringify(options)}`, (page) => answers(page, server.address, "ship", wanted));
  }
}
const scripts = await serve(offline, "/repo/");
servers.push(scripts);
await check("scripts over HTTP", (page) => answers(page, scripts.address, "ship", wanted));
await check("from disk", (page) => answers(page, `${pathToFileURL(offline)}/`, "ship", wanted));
await check("from disk, marks", (page) => marksFromDisk(page, `${pathToFileURL(both)}/`));
await check("from disk, not made for it", (page) => refused(page, `${pathToFileURL(site)}/`));

const root = servers[0].address;
await check("nothing before it is wanted", (page) => lazy(page, root));
await check("choices", (page) => choices(page, root), wide);
await check("keyboard", (page) => keyboard(page, root));
await check("whatever is typed", (page) => anything(page, root));
await check("a page of before", (page) => stale(page, root));
await check("downloads", (page) => downloads(page, root));
await check("scripts off", (page) => withoutScripts(page, root), { javaScriptEnabled: false });
await check("slow titles", (page) => slowTitles(page, root));
await check("nothing without results", (page) => emptied(page, root), wide);
await check("a page instead of a file", (page) => pageInstead(page, root));
await check("without persons", (page) => withoutPersons(page, root));
await check("a filter and choices", (page) => filtered(page, root));
await check("other languages", (page) => tongues(page, root));
await check("a broken word", (page) => brokenWord(page, root));
await check("Enter in a filter", (page) => filterKeepsFocus(page, root), wide);
await check("words of titles", (page) => titles(page, root));
await check("the way back", (page) => wayBack(page, root), wide);
await check("the key", (page) => slash(page, root), wide);
await check("addresses", (page) => addresses(page, root));
await check("examples", (page) => examples(page, root, 7));
await check("a slow connection", (page) => slowly(page, root));
await check("strings by chance", (page) => chance(page, root));
const english = await serve(stemmed, "/");
servers.push(english);
await check("stems", (page) => stems(page, english.address));
await check("examples by stems", (page) => examples(page, english.address, 7));
await check("print", (page) => print(page, root));
for (const colorScheme of ["light", "dark"]) {
  for (const address of ["search.html", "search.html?q=ship", "search.html?q=qqqqq", "harbour/d1.html?hl=ship"]) {
    await check(`${colorScheme} ${address}`, (page) => accessible(page, root, address), { colorScheme });
    await check(`${colorScheme} narrow ${address}`, (page) => accessible(page, root, address), { colorScheme, ...narrow });
  }
}

await browser.close();
await Promise.all(servers.map((server) => server.end()));
console.log(`search: ${checks - failures} checks passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
