// What programs make of citations: node citations.mjs SITE …
//
// RIS, BibTeX and CSL-JSON of each volume are read by citation-js, and must say the same of each document; what citeproc
// prints of them in the APA style must say nothing twice. What a page offers to save must be what stands beside it.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";

/** Types that RIS and BibTeX have for those of CSL, as citation-js knows them. */
const TYPES = {
  personal_communication: ["personal_communication", "document"],
  manuscript: ["manuscript", "thesis"],
  report: ["report"],
  document: ["document", "article", "no-type"],
};

const plain = (text) => (text ?? "").replace(/<[^>]+>/g, "").replace(/\s+/g, " ").trim();
const people = (list = []) => list.map((one) => plain(one.family ?? one.literal ?? one.given)).sort();

/** The items of a file by their ids. */
function items(text, type, path) {
  const cite = new Cite(type === "@csl/list+object" ? JSON.parse(text) : text, { forceType: type, generateGraph: false });
  assert(cite.data.length > 0, `${path}: nothing is read`);
  return cite.data;
}

/** Whether two readings of a document say the same. */
function compare(read, item, path) {
  const where = `${path}: ${item.id}`;
  assert.equal(plain(read.title), plain(item.title), where);
  assert(TYPES[item.type].includes(read.type), `${where}: ${read.type} for ${item.type}`);
  assert.equal(read.URL ?? "", item.URL ?? "", where);
  assert.equal(people(read.author).length, people(item.author).length, where);
  const day = item.issued?.["date-parts"]?.[0];
  if (day && read.issued?.["date-parts"]) assert.equal(read.issued["date-parts"][0][0], day[0], where);
}

/** What citeproc prints of a document names series and number once. */
function once(item, path) {
  // What archives call their volumes is another matter.
  const { archive, archive_location, note, ...published } = item;
  const printed = plain(new Cite(published).format("bibliography", { template: "apa", format: "text" }));
  assert(printed.includes(plain(item.title).slice(0, 20)), `${path}: ${printed}`);
  assert(!/undefined|\[object|NaN/.test(printed), `${path}: ${printed}`);
  const named = printed.match(/\b(Vols?\.|Volumes?) /g) ?? [];
  if (item.volume) assert.equal(named.length, 1, `${path}: ${printed}`);
  return printed;
}

async function volume(folder) {
  const read = (name) => readFile(join(folder, name), "utf8");
  const csl = items(await read("citations.json"), "@csl/list+object", folder);
  const ris = items(await read("citations.ris"), "@ris/file", folder);
  const bib = items(await read("citations.bib"), "@biblatex/text", folder);
  assert.deepEqual([ris.length, bib.length], [csl.length, csl.length], `${folder}: not as many in each file`);
  csl.forEach((item, at) => {
    compare(ris[at], item, `${folder}/citations.ris`);
    compare(bib[at], item, `${folder}/citations.bib`);
  });
  // Printing takes its time; of a large volume a part is enough.
  for (const item of csl.filter((_, at) => at % Math.ceil(csl.length / 20) === 0)) once(item, folder);
  const saved = await pages(folder, csl);
  console.log(`${folder}: ${csl.length} items in three formats, ${saved} pages`);
  return csl.length;
}

/** What pages offer to save. */
async function pages(folder, csl) {
  const known = new Map(csl.map((item) => [item.id, item]));
  let count = 0;
  for (const name of (await readdir(folder)).filter((name) => name.endsWith(".html"))) {
    const page = await readFile(join(folder, name), "utf8");
    const saved = {};
    for (const [tag] of page.matchAll(/<a [^>]*data:,[^>]*>/g)) {
      const [, ending] = /download="?[^"\s>]*\.(ris|bib|json)/.exec(tag);
      const [, quoted, bare] = /href=(?:"([^"]*)"|([^" \t\n\f\r>]+))/.exec(tag);
      const address = (quoted ?? bare).replaceAll("&amp;", "&").replaceAll("&#39;", "'");
      saved[ending] = decodeURIComponent(address.slice("data:,".length));
    }
    if (!saved.json) continue;
    const [item] = items(saved.json, "@csl/list+object", name);
    compare(item, known.get(item.id), name);
    compare(items(saved.ris, "@ris/file", name)[0], item, name);
    compare(items(saved.bib, "@biblatex/text", name)[0], item, name);
    count += 1;
  }
  assert(count > 0, `${folder}: no page offers anything`);
  return count;
}

let total = 0;
for (const site of process.argv.slice(2)) {
  const folders = (await readdir(site, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  let found = 0;
  for (const folder of [site, ...folders.map((entry) => join(site, entry.name)).sort()]) {
    if ((await readdir(folder)).includes("citations.json")) found += await volume(folder);
  }
  assert(found > 0, `${site} has no citations`);
  total += found;
}
assert(total > 0, "name the folders of sites");
console.log(`${total} items`);
