// Counts by hand: node search-counts.mjs SITE, a built site of imported volumes.
//
// Queries of every form are typed into the search page of the site, by way of its own parser and engine, and counted once
// more over the words of its pages, which are read here in another way. So are all choices of every list of choices.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const [site] = process.argv.slice(2).map((folder) => resolve(folder));
assert.ok(site, "usage: node search-counts.mjs SITE");

const COLUMNS = ["title", "text", "notes", "source"];
const server = await serve(site, "/", { gzip: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
const page = await browser.newPage();
const trouble = [];
page.on("pageerror", (error) => trouble.push(String(error)));
page.on("console", (message) => message.type() === "error" && !message.text().includes("404 (Not Found)") && trouble.push(message.text()));

/** Types a query and gives the number of hits. */
const ask = (query) =>
  page.evaluate(async (text) => {
    const status = document.getElementById("search-status");
    delete status.dataset.hits;
    document.getElementById("search-q").value = text;
    document.getElementById("search").requestSubmit();
    for (let waited = 0; !/^\d+$/.test(status.dataset.hits) && waited < 10000; waited += 1) await new Promise((over) => setTimeout(over, 2));
    return Number(status.dataset.hits);
  }, query);

/** The texts of pages in four columns: each text a string, without marks of notes and with blanks around blocks. */
function read(paths) {
  const INLINE = new Set("a abbr b cite code del em i ins mark q s small span strong sub sup time u".split(" "));
  const shown = (element) => {
    let text = "";
    const add = (node) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) text += child.data;
        if (child.nodeType !== Node.ELEMENT_NODE || child.getAttribute("role") === "doc-noteref") continue;
        const blank = INLINE.has(child.localName) ? "" : " ";
        text += blank;
        add(child);
        text += blank;
      }
    };
    add(element);
    return text;
  };
  return Promise.all(
    paths.map(async (path) => {
      const html = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
      const all = (selector) => [...html.querySelectorAll(selector)].map(shown);
      const note = (one) => [...one.children].filter((child) => !child.matches("details, p.siglum, p.original")).map(shown).join(" ");
      const source = [...html.querySelectorAll("section.provenance .witness > .note")].map(note);
      return { title: all("h1"), text: [...all("section.summary"), ...all("section.evidence > :not(h2)"), ...all("div.text")], notes: all("[role=doc-endnotes] li > .note"), source };
    }),
  );
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
/** The words of a column; an empty word stands between two texts, over which no phrase runs. */
const joined = (texts) => texts.flatMap((text, place) => (place > 0 ? ["", ...wordsOf(text)] : wordsOf(text)));

/** Where a phrase begins; its last word may go on. */
function places(words, phrase, isOpen) {
  const wanted = wordsOf(phrase);
  const fits = (word, place, at) => (isOpen && place === wanted.length - 1 ? (words[at + place] ?? "").startsWith(word) : words[at + place] === word);
  return words.map((_, at) => at).filter((at) => wanted.every((word, place) => fits(word, place, at)));
}

const any = (column, is) => (document) => (column ? [column] : COLUMNS).some((one) => is(document[one]));
const phrase = (text, column) => any(column, (words) => places(words, text, false).length > 0);
const open = (text, column) => any(column, (words) => places(words, text, true).length > 0);
const near = (one, other, most, column) => {
  const between = (first, length, second) => second - first - length;
  const [long, wide] = [wordsOf(one).length, wordsOf(other).length];
  const isNear = (first, second) => (first < second ? between(first, long, second) : between(second, wide, first));
  return any(column, (words) => places(words, one).some((first) => places(words, other).some((second) => isNear(first, second) >= 0 && isNear(first, second) <= most)));
};
const both = (...parts) => (document) => parts.every((part) => part(document));
const either = (...parts) => (document) => parts.some((part) => part(document));
const not = (part) => (document) => !part(document);

const WORDS = ["soviet", "berlin", "embassy", "the", "of", "Kennedy", "SECRET", "Réunion", "1963", "25", "u", "zzzz", "malaya"];
const PHRASES = ["secretary of state", "united states", "atomic energy", "not printed", "Central Files", "top secret", "of the", "bank of the republic", "memorandum of conversation"];
const PRINTED = ["U.S.-Soviet", "U.S.", "air-to-air", "l'etat", "MC-70", "S/S-NSC", "711.5/2-1563"];
const STARTS = ["yugosl", "negot", "disarm", "secret"];
const QUERIES = [
  ...[...WORDS, ...PRINTED].map((word) => [word, phrase(word)]),
  ...PHRASES.map((text, place) => [place % 2 ? `“${text}”` : `"${text}"`, phrase(text)]),
  ...STARTS.map((start) => [`${start}*`, open(start)]),
  ['"department of sta*"', open("department of sta")],
  ['"department of sta"*', open("department of sta")],
  ...COLUMNS.flatMap((column) => [
    [`${column}:department`, phrase("department", column)],
    [`${column}:"department of state"`, phrase("department of state", column)],
    [`${column}:sec*`, open("sec", column)],
  ]),
  ["soviet berlin", both(phrase("soviet"), phrase("berlin"))],
  ["soviet AND berlin", both(phrase("soviet"), phrase("berlin"))],
  ["soviet -berlin", both(phrase("soviet"), not(phrase("berlin")))],
  ["soviet NOT berlin", both(phrase("soviet"), not(phrase("berlin")))],
  ["-soviet", not(phrase("soviet"))],
  ["-soviet -berlin", not(either(phrase("soviet"), phrase("berlin")))],
  ["-(soviet berlin)", not(both(phrase("soviet"), phrase("berlin")))],
  ['soviet -"united states"', both(phrase("soviet"), not(phrase("united states")))],
  ["soviet OR berlin", either(phrase("soviet"), phrase("berlin"))],
  ["soviet | berlin", either(phrase("soviet"), phrase("berlin"))],
  ["(soviet OR berlin) president", both(either(phrase("soviet"), phrase("berlin")), phrase("president"))],
  ["soviet berlin OR embassy", either(both(phrase("soviet"), phrase("berlin")), phrase("embassy"))],
  ["disarm* OR missil* the", either(open("disarm"), both(open("missil"), phrase("the")))],
  ["soviet near/5 missile", near("soviet", "missile", 5)],
  ["missile near/5 soviet", near("soviet", "missile", 5)],
  ["united near/0 states", near("united", "states", 0)],
  ["president NEAR secretary", near("president", "secretary", 10)],
  ['"united states" near/5 government', near("united states", "government", 5)],
  ["soviet near/200 missile", near("soviet", "missile", 200)],
  ["notes:telegram near/4 printed", near("telegram", "printed", 4, "notes")],
  ["text:(soviet near/3 government)", near("soviet", "government", 3, "text")],
  ["title:memorandum source:secret", both(phrase("memorandum", "title"), phrase("secret", "source"))],
  ["title:(memorandum OR telegram) -text:soviet", both(either(phrase("memorandum", "title"), phrase("telegram", "title")), not(phrase("soviet", "text")))],
  ["title:-memorandum", not(phrase("memorandum", "title"))],
  ["-title:memorandum", not(phrase("memorandum", "title"))],
  ["notes:(see ibid)", both(phrase("see", "notes"), phrase("ibid", "notes"))],
  ["title:(telegram OR notes:ibid)", either(phrase("telegram", "title"), phrase("ibid", "notes"))],
];

/** A packed file of the index. */
async function packed(folder, name) {
  return JSON.parse(gunzipSync(await readFile(join(folder, `${name}.gz`))));
}

/** All choices of all lists, once every list is whole: their names and numbers. */
async function choices() {
  for (let more = page.locator("[data-more]"); (await more.count()) > 0; ) await more.first().click();
  const lists = await page.$$eval("fieldset[data-facet]", (sets) =>
    sets.map((set) => [set.dataset.facet, [...set.querySelectorAll("li")].map((item) => [item.querySelector("input").value, item.querySelector(".count").textContent])]),
  );
  return lists.map(([id, values]) => [id, Object.fromEntries(values.map(([name, count]) => [name, Number(count.replace(/\D/g, ""))]))]);
}

/** What a document has of a facet, as the columns of the index say. */
function valuesOf(columns, id, number) {
  if (id === "year") {
    const [from, to] = [columns.facets.day[number], columns.facets.to[number]].map((day) => (day === null ? null : new Date(day * 86400000).getUTCFullYear()));
    if (from === null && to === null) return ["No date"];
    return Array.from({ length: (to ?? from) - (from ?? to) + 1 }, (_, place) => String((from ?? to) + place));
  }
  const file = id === "person" ? columns.persons : columns.facets;
  return [file[id][number]].flat().filter((value) => value !== null).map((value) => file.names[id][value]);
}

await page.goto(`${server.address}search.html?q=soviet`);
await page.waitForSelector("fieldset[data-facet=person]");
const folder = join(site, await page.locator("#search").getAttribute("data-index"));
const { titles } = JSON.parse(await readFile(join(folder, "index.json")));
const rows = (await Promise.all(Array.from({ length: titles.count }, (_, number) => packed(folder, `t${number}`)))).flat();
const columns = { facets: await packed(folder, "facets"), persons: await packed(folder, "persons") };
const texts = await page.evaluate(read, rows.map((row) => row[0]));
const documents = texts.map((text) => Object.fromEntries(COLUMNS.map((column) => [column, joined(text[column])])));
assert.ok(documents.length > 400 && QUERIES.length >= 60, `${documents.length} documents, ${QUERIES.length} queries`);

const wrong = [];
let hits = 0;
let counts = 0;
for (const [query, matches] of QUERIES) {
  const found = documents.flatMap((document, number) => (matches(document) ? [number] : []));
  const told = await ask(query);
  hits += told;
  if (told !== found.length) wrong.push(`${query}: ${told} told, ${found.length} counted`);
  if (told === 0) continue;
  for (const [id, shown] of await choices()) {
    const counted = {};
    for (const value of found.flatMap((number) => valuesOf(columns, id, number))) counted[value] = (counted[value] ?? 0) + 1;
    counts += Object.keys(counted).length;
    for (const name of new Set([...Object.keys(shown), ...Object.keys(counted)])) {
      if (shown[name] !== counted[name]) wrong.push(`${query}: ${id}: ${name}: ${shown[name]} told, ${counted[name]} counted`);
    }
  }
}

/** Dates stand in their order over all volumes. */
await page.goto(`${server.address}search.html?q=-qqqqq&sort=date`);
await page.waitForSelector("ol.results > li");
let last = -Infinity;
for (let number = 2; ; number += 1) {
  const shown = await page.$$eval("ol.results > li", (items) => items.map((item) => Number(item.dataset.document)));
  for (const one of shown) {
    const day = columns.facets.day[one] ?? columns.facets.to[one] ?? Infinity;
    if (day < last) wrong.push(`${rows[one][0]} stands behind a later one`);
    last = day;
  }
  const next = page.locator(`.pager [data-page="${number}"]`).last();
  if ((await next.count()) === 0) break;
  await next.click();
  await page.waitForFunction((first) => document.querySelector("ol.results").start > first && document.querySelector("ol.results > li"), (number - 2) * 20 + 1);
}

await browser.close();
await server.end();
assert.deepEqual([...wrong, ...trouble], []);
assert.ok(hits > 10 * QUERIES.length && counts > 10000, `${hits} hits, ${counts} counts`);
console.log(`search: ${QUERIES.length} queries with ${hits} hits and ${counts} counts of choices in ${documents.length} documents are those counted by hand`);
