// How fast the preview is: node preview-speed.mjs ENGROSS EDITION [EDITS]
//
// Measures in headless Chromium, with a program built for release and an edition that was built once, so that its cache
// is there: from the start of `engross serve` to the first page painted, and from saving a document to its new text
// painted in the open page, for edits of the body and of the title. The edition is changed and set back: take a copy.
// It is no part of CI, whose machines are too uneven for figures.

import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { chromium } from "playwright-core";
import { serving } from "./serving.mjs";

const [program, edition] = process.argv.slice(2, 4).map((path) => resolve(path));
const edits = Number(process.argv[4] ?? 20);
if (!program || !edition) throw new Error("usage: node preview-speed.mjs ENGROSS EDITION [EDITS]");

const content = join(edition, "content");
const names = (await readdir(content, { recursive: true })).filter((name) => /(^|[/\\])[^_][^/\\]*\.md$/.test(name)).sort();
const middle = await firstWithTitle(names.slice(Math.floor(names.length / 2)));
const file = join(content, middle);
const parts = relative(content, file).split(sep);
const address = `${parts[0]}/${parts.at(-1).replace(/\.md$/, ".html")}`;
const original = await readFile(file, "utf8");

/** The first document in a volume that has a title to be changed. */
async function firstWithTitle(candidates) {
  for (const name of candidates) {
    const isInVolume = name.split(sep).length > 1 && !name.includes("registers");
    if (isInVolume && /^title: /m.test(await readFile(join(content, name), "utf8"))) return name;
  }
  throw new Error("no document has a title");
}

const built = spawnSync(program, ["--root", edition, "build"], { stdio: "ignore" });
if (built.status !== 0) throw new Error("the edition cannot be built");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const page = await (await browser.newContext()).newPage();
// The browser's own start is not what is measured.
await page.goto("about:blank");

/** Tells when a word stands in the page and is painted, by the clock that this program reads too. */
let arrive;
await page.exposeBinding("engrossPainted", (_, at) => arrive?.(at));
await page.addInitScript(() => {
  const look = () => {
    const wanted = /word(first|body|title)\d+word/.exec(`${document.body?.textContent}`);
    if (!wanted) return false;
    // The frame after the next one begins when this one is on the screen.
    requestAnimationFrame(() => requestAnimationFrame(() => window.engrossPainted([wanted[0], Date.now()])));
    return true;
  };
  addEventListener("DOMContentLoaded", () => look());
  // A page without scripts is exchanged where it is.
  document.addEventListener("engross-exchanged", () => look());
});

/** Does something; gives the milliseconds until the word is painted. */
async function until(word, act) {
  const arrived = new Promise((done) => {
    arrive = ([found, at]) => found === word && done(at);
  });
  const started = Date.now();
  await act();
  return (await arrived) - started;
}

const save = (kind, word) =>
  writeFile(
    file,
    kind === "title" ? original.replace(/^title: (["']?)/m, `title: $1${word} `) : `${original.trimEnd()}\n\n${word}\n`,
  );

const figure = (times) => {
  const sorted = [...times].sort((one, two) => one - two);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${sorted.at(-1)} ms`;
};

const starts = [];
let server;
try {
  await save("body", "wordfirst0word");
  for (let round = 0; round < 3; round += 1) {
    await page.goto("about:blank");
    await server?.end();
    const time = await until("wordfirst0word", async () => {
      server = await serving(program, edition);
      await page.goto(server.address + address);
    });
    starts.push(time);
  }
  console.log(`${names.length} files of content; ${address}`);
  console.log(`start to first page: ${figure(starts)}`);
  for (const kind of ["body", "title"]) {
    const times = [];
    for (let round = 0; round < edits; round += 1) {
      const word = `word${kind}${round}word`;
      times.push(await until(word, () => save(kind, word)));
      // An editor does not save at every moment, and the worker of the page is begun anew after each reload.
      await new Promise((done) => setTimeout(done, 300));
    }
    console.log(`save to new text, ${kind}: ${figure(times)}`);
  }
} finally {
  await writeFile(file, original);
  await server?.end();
  await browser.close();
}
