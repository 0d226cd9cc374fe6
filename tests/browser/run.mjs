// Built sites in a browser: node run.mjs SAMPLE RICH PAST VOLUMES, folders with the built sites of the sample edition, of
// tests/editions/rich, of what tests/editions/past.sh makes, and of frus1961-63v08 among real volumes.
//
// Each check is a function that throws; all are run, and the program ends with 1 if any threw.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const [sample, rich, past, volumes] = process.argv.slice(2).map((folder) => resolve(folder));
assert.ok(sample && rich && past && volumes, "usage: node run.mjs SAMPLE RICH PAST VOLUMES");

const SEED = "frus1961-63v10-12mSupp/d617.html";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Pages that are special among their kind; of every other kind that a site has, its first page is looked at too. */
const SPECIAL = [
  "index.html",
  "about.html",
  "persons.html",
  "archives.html",
  "archives/harbour-na.html",
  "archives/classifications.html",
  "accessibility.html",
  "method.html",
  "colophon.html",
  "404.html",
  "harbour/index.html",
  "harbour/preface.html",
  "harbour/quay.html",
  "harbour/signs.html",
  "harbour/pages.html",
  "harbour/calendar.html",
  "harbour/persons.html",
  "harbour/persons/reed.html",
  "harbour/repositories/ml.html",
  "persons/anna.html",
  "harbour/bibliography.html",
  "harbour/d1.html",
  "harbour/d2.html",
  "harbour/d3.html",
  "harbour/d4.html",
  "harbour/d5.html",
  "letters/index.html",
  "letters/l1.html",
  "letters/l2.html",
  "letters/l2-en.html",
  "chronology.html",
  "chronology/1902.html",
  "chronology/undated.html",
  "browse.html",
  "browse/genres.html",
  "search.html",
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let failures = 0;
let checks = 0;

/** Runs a check in a page of its own, in which nothing may go wrong unseen. */
async function check(name, run, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("404 (Not Found)")) trouble.push(message.text());
  });
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isHere = protocol === "file:" || protocol === "data:" || hostname === "127.0.0.1";
    if (!isHere) trouble.push(`asked another host: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // A page that is left for another one gives up what it was still asking for.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") trouble.push(`failed: ${request.url()}`);
  });
  checks += 1;
  try {
    await run(page);
    assert.deepEqual(trouble, []);
  } catch (error) {
    failures += 1;
    console.error(`FAILED ${name}\n  ${String(error.message ?? error).replaceAll("\n", "\n  ")}`);
  } finally {
    await context.close();
  }
}

/** All pages of a site but those that lead away at once. */
async function everyPage(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".html")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return names.filter((_, at) => !texts[at].includes("http-equiv"));
}

/** The first page of each kind that is not among those that are named. */
async function ofOtherKinds(folder, named) {
  const kinds = new Map();
  for (const name of await everyPage(folder)) {
    const kind = /<body class=["']?([\w-]+)/.exec(await readFile(join(folder, name), "utf8"))?.[1];
    assert.ok(kind, `${name} is of no kind`);
    // Those that are named come first.
    if (!kinds.has(kind) || named.includes(name)) kinds.set(kind, name);
  }
  return [...kinds.values()].filter((name) => !named.includes(name));
}

/** Every page opens without an error, fits a narrow window and finds its style. */
async function opens(page, root, names) {
  for (const name of names) await fits(page, root, name);
}

async function fits(page, root, name) {
  await page.goto(root + name, { waitUntil: "load" });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide} px wider than its window`);
  const isStyled = await page.evaluate(() => {
    const link = document.querySelector("link[rel=stylesheet]");
    return !link || link.sheet !== null;
  });
  assert.ok(isStyled, `${name} has no style`);
}

/** A page break shows its label, but neither a selection nor a search meets it. */
async function pageBreak(page, root) {
  await page.goto(root + SEED);
  const label = await page.evaluate(() => {
    const mark = document.getElementById("typeset-1609");
    const shown = ["::before", "::after"].map((part) => getComputedStyle(mark, part));
    const style = shown.find((one) => one.content.includes("1609"));
    return style && { content: style.content, display: style.display, visibility: style.visibility };
  });
  assert.ok(label, "no label is shown");
  assert.ok(label.display !== "none" && label.visibility === "visible", JSON.stringify(label));
  assert.match(label.content, /^("\[Typeset Page 1609\]"|attr\(data-label\))$/, "the label is not as printed");
  const selected = await page.evaluate(() => {
    const paragraph = document.getElementById("typeset-1609").closest("p");
    window.getSelection().selectAllChildren(paragraph);
    return window.getSelection().toString();
  });
  assert.match(selected, /is exerting an undesirable influence/);
  assert.doesNotMatch(selected, /1609/);
  const isFound = await page.evaluate(() => {
    window.getSelection().removeAllRanges();
    return window.find("an undesirable influence");
  });
  assert.ok(isFound, "the browser's search does not find the sentence");
}

/** What the browser tells screen readers of a page break. */
async function namedPageBreak(page, root) {
  await page.goto(root + SEED);
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const named = nodes.filter((node) => node.role?.value === "doc-pagebreak").map((node) => node.name.value);
  assert.deepEqual(named, ["Facsimile Page 1", "Typeset Page 1609", "Facsimile Page 2"]);
}

async function copied(page, root) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(root + SEED);
  await page.evaluate(() => {
    window.getSelection().selectAllChildren(document.getElementById("typeset-1609").closest("p"));
    document.execCommand("copy");
  });
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /is exerting an undesirable influence/);
}

async function redirect(page, root) {
  for (const old of ["old/d1.html", "old/harbour/index.html"]) {
    await page.goto(`${root}${old}?q=ship#fn-2`);
    await page.waitForURL((url) => url.pathname.endsWith("/harbour/d1.html"));
    const { search, hash } = new URL(page.url());
    assert.deepEqual([search, hash], ["?q=ship", "#fn-2"], old);
  }
}

async function redirectWithoutScripts(page, root) {
  await page.goto(`${root}old/d1.html`);
  await page.waitForURL((url) => url.pathname.endsWith("/harbour/d1.html"));
}

/** From note to text and back by links, with the keyboard's first stop at the link that skips the head. */
/** The other text of a translation is fetched when a reader asks for it, and only that. */
async function beside(page, root) {
  const asked = [];
  page.on("request", (request) => asked.push(basename(new URL(request.url()).pathname)));
  await page.goto(`${root}letters/l2-en.html`);
  await page.waitForTimeout(200);
  assert.ok(!asked.includes("l2.html"));
  await page.click("details.beside summary");
  await page.frameLocator(".beside iframe").locator("h1").waitFor();
  assert.deepEqual(asked.filter((name) => name === "l2.html" || name === "l2-en.html"), ["l2-en.html", "l2.html"]);
}

async function keyboard(page, root) {
  await page.goto(root + SEED);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const { left, top, width, height } = document.activeElement.getBoundingClientRect();
    const isInView = width > 1 && height > 1 && left >= 0 && top >= 0;
    return { name: document.activeElement.className, href: document.activeElement.getAttribute("href"), isInView };
  });
  assert.deepEqual(first, { name: "skip", href: "#_main", isInView: true });
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).hash, "#_main");
  const outlines = await page.evaluate(() => {
    const links = [...document.querySelectorAll("a[href]")].filter((link) => link.checkVisibility());
    return links.slice(0, 20).map((link) => {
      link.focus({ focusVisible: true });
      const style = getComputedStyle(link);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    });
  });
  assert.ok(outlines.every(Boolean), "a link with the focus has no outline");
  // The note opens beside its reference; at the foot it leads back there.
  await page.click("#fnref-1");
  await page.locator(".note-box").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".note-box").count(), 0);
  await page.goto(`${root}${SEED}#fn-1`);
  await page.click("#fn-1 a[role=doc-backlink]");
  assert.equal(new URL(page.url()).hash, "#fnref-1");
}

async function accessible(page, root, name) {
  await page.goto(root + name);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  // axe takes `doc-pagebreak` for no role when it asks what may have a name; DPUB-ARIA lets it have one, and
  // `namedPageBreak` looks at what the browser makes of it.
  const isRight = (id, node) => id === "aria-prohibited-attr" && node.html.includes('role="doc-pagebreak"');
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.filter((node) => !isRight(id, node)).map((node) => `${id}: ${node.html.slice(0, 160)}`),
  );
  assert.deepEqual(found, [], `${name}: ${found.join("\n")}`);
}

/** A selected passage is copied with its citation, by mouse and by keyboard; Escape takes the button away. */
async function copiesWithCitation(page, root) {
  await page.goto(root + SEED);
  const select = () =>
    page.evaluate(() => {
      const text = document.querySelector("#p4").firstChild;
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, 22);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    });
  const button = page.locator("button.copy");
  const taken = () =>
    page.evaluate(() => new Promise((done) => document.addEventListener("copy", (event) => {
      setTimeout(() => done(event.clipboardData ? window.lastCopied : ""), 0);
    }, { once: true })));
  await page.evaluate(() => {
    const set = DataTransfer.prototype.setData;
    DataTransfer.prototype.setData = function (kind, text) { window.lastCopied = text; set.call(this, kind, text); };
  });
  await select();
  await button.waitFor();
  const box = await button.boundingBox();
  const near = await page.evaluate(() => getSelection().getRangeAt(0).getBoundingClientRect().bottom);
  assert.ok(Math.abs(box.y - near) < 40, `the button is ${box.y - near} px from its passage`);
  await page.keyboard.press("Escape");
  assert.equal(await button.count(), 0);
  await select();
  await button.waitFor();
  const mouse = taken();
  await button.click();
  const text = await mouse;
  assert.match(text, /^“As is known the Soviet” \(“Aide-Mémoire [^”]*,” \[February 18, 1963\], in Foreign Relations.*document 617.*, Typeset Page 1609, Facsimile Page 2, .*d617\.html#p4\)$/);
  await page.locator(".said[aria-live]", { hasText: "Copied" }).waitFor();
  await page.evaluate(() => { window.lastCopied = ""; getSelection().removeAllRanges(); });
  await select();
  await button.waitFor();
  const keys = taken();
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await keys, text);
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector(".cite")));
  await page.waitForTimeout(300);
  assert.equal(await button.count(), 0, "what is no text of the document is no passage");
}

/** What is copied of the words in an element. */
async function quotation(page, selector) {
  await page.evaluate(() => {
    const set = DataTransfer.prototype.setData;
    DataTransfer.prototype.setData = function (kind, text) { window.lastCopied = text; set.call(this, kind, text); };
    getSelection().removeAllRanges();
  });
  await page.waitForFunction(() => !document.querySelector("button.copy"));
  await page.evaluate((selector) => getSelection().selectAllChildren(document.querySelector(selector)), selector);
  await page.locator("button.copy").click();
  return page.evaluate(() => window.lastCopied);
}

/** A passage is cited without marks of notes, with its own pages, and with the citation of its attachment. */
async function citesPlaces(page, ofSample, ofRich) {
  await page.goto(ofSample + SEED);
  assert.match(await quotation(page, "#p1"), /, Typeset Page 1608, Facsimile Page 1, [^,]*#p1\)$/);
  await page.goto(`${ofRich}harbour/d1.html`);
  const passage = await quotation(page, "#p3");
  assert.match(passage, /^“The ship “Solveig” has come with Captain Holm, says the office. It sailed unbroken from/);
  assert.match(passage, /the telegram of 1951 and Q7\.” \(“Telegram From the Harbour Office/);
  assert.match(await quotation(page, "#p1"), /^“HARBOUR OFFICE\nNordhavn” /);
  assert.match(await quotation(page, "#p10"), /^“Tar, [^”]*” \(“Manifest of the ship,” March 3, 1901, attached to .*, version 1.2, Page 7, Leaf 2, [^,]*#p10\)$/);
  // A pagination whose name has a hyphen, and patterns of the edition's own.
  await page.evaluate(() => { document.getElementById("leaf-1").id = "print-leaf-1"; });
  const patterns = {
    "Title. &lt;<span class=url>https://example.org/</span>&gt;": /\(Title, Page 5, Leaf 1, [^<>,]*#p4\)$/,
    "Title, <span class=url>https://example.org/</span>.": /\(Title, Page 5, Leaf 1, [^<>,]*#p4\)$/,
    "Title, seen at <span class=url>https://example.org/</span>": /\(Title, seen at [^<>,]*#p4, Page 5, Leaf 1\)$/,
    "&lt;<span class=url>https://example.org/</span>&gt;, Title.": /\(<[^<>,]*#p4>, Title, Page 5, Leaf 1\)$/,
  };
  for (const [pattern, cited] of Object.entries(patterns)) {
    await page.evaluate((pattern) => { document.querySelector(".cite .edition").innerHTML = pattern; }, pattern);
    assert.match(await quotation(page, "#p4"), cited);
  }
}

const narrow = { viewport: { width: 320, height: 640 } };
const servers = [];
const roots = [];
for (const base of ["/", "/repo/"]) {
  const both = [await serve(sample, base), await serve(rich, base)];
  servers.push(...both);
  roots.push([base, both[0].address, both[1].address]);
}
roots.push(["file", `${pathToFileURL(sample)}/`, `${pathToFileURL(rich)}/`]);

for (const [where, ofSample, ofRich] of roots) {
  for (const [folder, root] of [[sample, ofSample], [rich, ofRich]]) {
    const names = await everyPage(folder);
    await check(`${where} opens ${basename(folder)}`, (page) => opens(page, root, names), narrow);
  }
  await check(`${where} page break`, (page) => pageBreak(page, ofSample));
  await check(`${where} copy with citation`, (page) => copiesWithCitation(page, ofSample));
  await check(`${where} cites places`, (page) => citesPlaces(page, ofSample, ofRich));
  await check(`${where} redirect`, (page) => redirect(page, ofRich));
  await check(`${where} redirect without scripts`, (page) => redirectWithoutScripts(page, ofRich), {
    javaScriptEnabled: false,
  });
}
const [, ofSample, ofRich] = roots[0];
const others = await Promise.all([past, volumes].map((folder) => serve(folder, "/")));
servers.push(...others);
const [ofPast, ofVolumes] = others.map((server) => server.address);
await check("page breaks have names", (page) => namedPageBreak(page, ofSample));
await check("beside", (page) => beside(page, ofRich));
await check("search of the sample edition", async (page) => {
  await page.goto(`${ofSample}search.html?q=undesirable+influence`);
  await page.waitForFunction(() => document.querySelectorAll("ol.results > li").length > 0);
  assert.equal(await page.locator("#search-status").getAttribute("data-hits"), "1");
});
await check("copy", (page) => copied(page, ofSample));
await check("keyboard", (page) => keyboard(page, ofSample));
for (const colorScheme of ["light", "dark"]) {
  await check(`${colorScheme} seed`, (page) => accessible(page, ofSample, SEED), { colorScheme });
  for (const name of [...SPECIAL, ...(await ofOtherKinds(rich, SPECIAL))]) {
    await check(`${colorScheme} axe ${name}`, (page) => accessible(page, ofRich, name), { colorScheme });
  }
  for (const name of ["corrections.html", "harbour/d9.html", "harbour/d7.html"]) {
    await check(`${colorScheme} axe ${name}, with a past`, (page) => accessible(page, ofPast, name), { colorScheme });
  }
  // Long documents with tables, as volumes have them.
  for (const name of ["frus1961-63v08/d49.html", "frus1961-63v08/d112.html", "frus1961-63v08/persons.html"]) {
    await check(`${colorScheme} axe ${name}`, (page) => accessible(page, ofVolumes, name), { colorScheme });
  }
}

await browser.close();
await Promise.all(servers.map((server) => server.end()));
console.log(`browser: ${checks - failures} checks passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
