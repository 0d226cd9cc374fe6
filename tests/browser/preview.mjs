// The preview in a browser: node preview.mjs ENGROSS EDITION, the program and tests/editions/rich.
//
// Each check is a function that throws; it has a preview of its own, of a copy of the edition that it may change. All
// are run, and the program ends with 1 if any threw. Waiting ends with what is waited for, never with time alone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { copied, serving } from "./serving.mjs";

const [program, rich] = process.argv.slice(2).map((path) => resolve(path));
assert.ok(program && rich, "usage: node preview.mjs ENGROSS EDITION");

const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
const PATIENCE = 30_000;
const THEME = join(dirname(fileURLToPath(import.meta.url)), "../../themes/default");
const D1 = "content/harbour/01-arrival/01-quay/d1.md";
const D2 = "content/harbour/01-arrival/01-quay/d2.md";
const LETTER = "content/letters/l1.md";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let failures = 0;
let checks = 0;

/** Runs a check with a preview, its edition, and a function that opens pages and counts how often they were shown. */
async function check(name, run, { options = [], prepare, ...ofContext } = {}) {
  const edition = await copied(rich);
  if (prepare) await prepare(edition);
  const server = await serving(program, edition.root, options);
  const context = await browser.newContext(ofContext);
  context.setDefaultTimeout(PATIENCE);
  const trouble = [];
  const open = async (path) => {
    const page = await context.newPage();
    page.loads = 0;
    page.on("load", () => (page.loads += 1));
    // A page is exchanged where it is, or loaded again: both show it anew.
    await page.exposeFunction("countExchange", () => (page.loads += 1));
    await page.addInitScript(() => document.addEventListener("engross-exchanged", () => window.countExchange()));
    page.on("pageerror", (error) => trouble.push(String(error)));
    await page.goto(server.address + path);
    return page;
  };
  checks += 1;
  try {
    await run({ edition, server, context, open });
    assert.deepEqual(trouble, []);
  } catch (error) {
    failures += 1;
    console.error(`FAILED ${name}\n  ${String(error.stack ?? error).replaceAll("\n", "\n  ")}`);
  } finally {
    await context.close();
    await server.end();
    await edition.end();
  }
}

/** Waits until a page shows a text. */
const shows = (page, text) =>
  page.waitForFunction((wanted) => document.body?.innerText.includes(wanted), text, { timeout: PATIENCE });

/** Text of the errors over a page; none where there are none. */
const overlay = (page) => page.evaluate(() => document.getElementById("engross-errors")?.shadowRoot.textContent ?? null);

/** Waits until the errors over a page name something. */
const overlaid = (page, text) =>
  page.waitForFunction(
    (wanted) => document.getElementById("engross-errors")?.shadowRoot.textContent.includes(wanted),
    text,
    { timeout: PATIENCE },
  );

const bare = (page) => page.waitForFunction(() => !document.getElementById("engross-errors"), null, { timeout: PATIENCE });

/** Waits until all pages were told of a change, which errors of the settings are for each. */
async function allTold(edition, pages) {
  const settings = await edition.read("site.yaml");
  await edition.write("site.yaml", `${settings}\nlast thing told: 1\n`);
  await Promise.all(pages.map((page) => overlaid(page, "last thing told")));
  await edition.write("site.yaml", settings);
  await Promise.all(pages.map(bare));
}

async function reloads({ edition, open }) {
  const page = await open("letters/l1.html");
  for (let round = 0; round < 5; round += 1) {
    await edition.change(LETTER, "Le port est vide", `Le port est vide ${round}`);
    await shows(page, `Le port est vide ${round}`);
  }
  assert.equal(await overlay(page), null);
}

async function keepsPlace({ edition, open }) {
  const page = await open("letters/l1.html");
  for (const [left, top] of [[0, 3000], [0, 1234], [0, 0]]) {
    await page.evaluate(([x, y]) => window.scrollTo({ left: x, top: y, behavior: "instant" }), [left, top]);
    const before = await page.evaluate(() => window.scrollY);
    assert.equal(before, top, "the page is too short for this check");
    await edition.change(LETTER, "Le port est vide", `Le port est vide ${top}`);
    await shows(page, `Le port est vide ${top}`);
    await page.waitForLoadState("load");
    await page.waitForFunction((wanted) => window.scrollY === wanted, top);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await page.evaluate(() => window.scrollY), top);
    assert.equal(await page.evaluate(() => history.scrollRestoration), "auto");
  }
}

/** A letter that is many windows high. */
const long = (edition) =>
  edition.change(LETTER, "Le port est vide", `${"Une ligne.\n\n".repeat(300)}Le port est vide`);

async function errors({ edition, open }) {
  const page = await open("harbour/d3.html");
  await page.locator("a[href]").nth(3).focus();
  const focused = () => page.evaluate(() => document.activeElement.outerHTML);
  const before = await focused();
  await edition.change(D1, "number: 1", "nmber: 1");
  await edition.change(D2, "doc:d1#p2", "doc:d99");
  await overlaid(page, "nmber");
  await overlaid(page, "d99");
  const text = await overlay(page);
  for (const part of [`${D1}:2:1`, `${D2}:7:`, "nmber: 1", "doc:d99", "2 errors keep this edition from being built"]) {
    assert.ok(text.includes(part), `${part} is not in ${text}`);
  }
  // It covers the page and takes neither the focus nor the page away.
  const covers = await page.evaluate(() => {
    const box = document.getElementById("engross-errors").getBoundingClientRect();
    const top = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
    return box.width >= window.innerWidth - 20 && box.height === window.innerHeight && top.id === "engross-errors";
  });
  assert.ok(covers, "the errors do not lie over the page");
  assert.equal(await focused(), before);
  assert.equal(page.loads, 1);
  const other = await open("letters/l1.html");
  await overlaid(other, "nmber");
  await edition.change(D1, "nmber: 1", "number: 1");
  await page.waitForFunction(() => !document.getElementById("engross-errors").shadowRoot.textContent.includes("nmber"));
  assert.ok((await overlay(page)).includes("One error keeps"));
  await edition.change(D2, "doc:d99", "doc:d1#p2");
  await Promise.all([page, other].map(bare));
  assert.deepEqual([page.loads, other.loads], [1, 1]);
}

async function hidden({ edition, open }) {
  const page = await open("letters/l1.html");
  await edition.change(D1, "number: 1", "nmber: 1");
  await overlaid(page, "nmber");
  await page.keyboard.press("Escape");
  assert.equal(await overlay(page), null);
  // What is hidden stays hidden while other pages come and go, until there are other errors.
  const other = await open("letters/l2.html");
  await overlaid(other, "nmber");
  await other.close();
  assert.equal(await overlay(page), null);
  await edition.change(D2, "doc:d1#p2", "doc:d99");
  await overlaid(page, "d99");
  await page.getByRole("button", { name: "Hide" }).click();
  assert.equal(await overlay(page), null);
  await page.reload();
  await overlaid(page, "d99");
}

async function comesAndGoes({ edition, open }) {
  const page = await open("letters/l9.html");
  const contents = await open("letters/");
  assert.ok((await page.title()).length > 0 && !(await page.content()).includes("Neuvième"));
  const text = "---\ntitle: Neuvième lettre\ndate: none\nsource: none\n---\n\nNeuf.\n";
  await edition.write("content/letters/l9.md", text);
  await shows(page, "Neuf.");
  await shows(contents, "Neuvième lettre");
  await edition.remove("content/letters/l9.md");
  await page.waitForFunction(() => !document.body.innerText.includes("Neuf."));
  await contents.waitForFunction(() => !document.body.innerText.includes("Neuvième"));
  await edition.write("content/letters/l9.md", text);
  await shows(page, "Neuf.");
}

async function theme({ edition, open }) {
  const page = await open("letters/l1.html");
  const css = await readFile(join(THEME, "static/engross.css"), "utf8");
  await edition.write("themes/default/static/engross.css", `${css}\nbody { background: rgb(1, 2, 3) !important; }\n`);
  await page.waitForFunction(() => document.body && getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)");
  const footer = await readFile(join(THEME, "templates/partials/footer.html"), "utf8");
  const file = "themes/default/templates/partials/footer.html";
  await edition.write(file, `${footer}<p>My own footer</p>`);
  await shows(page, "My own footer");
  for (const wrong of ["{% if %}", "{{ page.no_such_thing.name }}"]) {
    await edition.write(file, `${footer}${wrong}<p>My own footer</p>`);
    await overlaid(page, "footer.html");
    await edition.write(file, `${footer}<p>My own footer</p>`);
    await bare(page);
  }
  await shows(page, "My own footer");
  // A page that is opened while it cannot be made says why, and is there as soon as it can.
  await edition.write(file, `${footer}{{ page.no_such_thing.name }}`);
  await overlaid(page, "footer.html");
  const late = await open("letters/l2.html");
  await shows(late, "no_such_thing");
  await edition.write(file, `${footer}<p>Another footer</p>`);
  await Promise.all([page, late].map((it) => shows(it, "Another footer")));
}

async function drafts({ edition, open }) {
  const page = await open("letters/l1.html");
  assert.equal(await page.locator("p.draft").count(), 0);
  await edition.change(LETTER, "lang: fr", "status: draft\nlang: fr");
  await page.waitForFunction(() => document.querySelector("p.draft")?.checkVisibility());
  await edition.change(LETTER, "status: draft\n", "");
  await page.waitForFunction(() => document.body && !document.querySelector("p.draft"));
}

async function dependents({ edition, open }) {
  const pages = [];
  for (const path of ["harbour/d2.html", "harbour/d3.html", "harbour/d1.html", "letters/l1.html", "harbour/d5.html"]) {
    pages.push(await open(path));
  }
  const loads = () => pages.map((page) => page.loads);
  await edition.change(D2, "title: Editorial Note", "title: Note on the Quay");
  await Promise.all(pages.slice(0, 3).map((page) => shows(page, "Note on the Quay")));
  await allTold(edition, pages);
  const before = loads();
  // A page that is asked for between a save and its being seen is made of both, and is loaded once more.
  assert.ok(before.slice(0, 3).every((count) => count >= 2), String(before));
  assert.deepEqual(before.slice(3), [1, 1]);
  await edition.change(D2, "nothing is kept", "nothing was kept");
  await shows(pages[0], "nothing was kept");
  await allTold(edition, pages);
  assert.deepEqual(loads().slice(1), before.slice(1));
}

async function manyTabs({ edition, open }) {
  const pages = [];
  for (let number = 0; number < 8; number += 1) pages.push(await open(number % 2 === 0 ? "letters/l1.html" : "letters/"));
  for (const word of ["Premier", "Second"]) {
    await edition.change(LETTER, "lang: fr", `title: ${word}\nlang: fr`);
    await Promise.all(pages.map((page) => shows(page, word)));
    await edition.change(LETTER, `title: ${word}\n`, "");
    await Promise.all(
      pages.map((page) => page.waitForFunction((gone) => document.body && !document.body.innerText.includes(gone), word)),
    );
  }
  // Those that go are missed by nobody.
  await Promise.all(pages.splice(0, 5).map((page) => page.close()));
  await edition.change(LETTER, "lang: fr", "title: Dernier\nlang: fr");
  await Promise.all(pages.map((page) => shows(page, "Dernier")));
}

async function accessible({ edition, open }) {
  const page = await open("letters/l1.html");
  await edition.change(D1, "number: 1", "nmber: 1");
  await overlaid(page, "nmber");
  assert.equal(await page.getByRole("alert").count(), 1);
  await page.getByRole("alert").getByRole("heading", { name: "One error keeps" }).waitFor();
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run({ include: [["#engross-errors"]] }, { resultTypes: ["violations"] }),
  );
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  assert.deepEqual(found, []);
  // Over any page the errors are light on dark.
  const { background, colour } = await page.evaluate(() => {
    const style = getComputedStyle(document.getElementById("engross-errors"));
    return { background: style.backgroundColor, colour: style.color };
  });
  assert.deepEqual([background, colour], ["rgba(20, 20, 24, 0.95)", "rgb(244, 241, 234)"]);
  // The button is reached with the keyboard.
  await page.getByRole("button", { name: "Hide" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await overlay(page), null);
}

async function restarted({ edition, open, server }) {
  const page = await open("letters/l1.html");
  await edition.change(LETTER, "Le port est vide", "Le port est plein");
  await shows(page, "Le port est plein");
  const port = new URL(server.address).port;
  await server.end();
  await edition.change(LETTER, "Le port est plein", "Le port est fermé");
  const again = await serving(program, edition.root, [], port);
  try {
    await shows(page, "Le port est fermé");
  } finally {
    await again.end();
  }
}

/** The preview may end while a page is being asked for: the page stays and asks again. */
async function unanswered({ edition, open }) {
  const page = await open("letters/l1.html");
  let refused = 0;
  await page.route("**/letters/l1.html", (route) => {
    refused += 1;
    return refused > 2 ? route.continue() : route.abort();
  });
  await edition.change(LETTER, "Le port est vide", "Le port est plein");
  await shows(page, "Le port est plein");
  assert.ok(refused > 2, "the page was not asked for while there was no answer");
}

await check("reload after save", reloads);
await check("place is kept", keepsPlace, { prepare: long });
await check("errors over the page", errors);
await check("errors can be hidden", hidden);
await check("a document comes and goes", comesAndGoes);
await check("theme", theme);
await check("drafts", drafts, { options: ["--drafts"] });
await check("pages that depend on a change, and those that do not", dependents);
await check("many tabs", manyTabs);
for (const colorScheme of ["light", "dark"]) await check(`${colorScheme} errors`, accessible, { colorScheme });
await check("a preview begun anew", restarted);
await check("a page that is asked for and not answered", unanswered);

await browser.close();
console.log(`preview: ${checks - failures} checks passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
