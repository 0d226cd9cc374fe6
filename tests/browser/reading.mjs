// What the theme's script adds to reading: node reading.mjs RICH, a folder with the built site of tests/editions/rich.
//
// Each check is a function that throws; all are run, and the program ends with 1 if any threw.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [rich] = process.argv.slice(2).map((folder) => resolve(folder));
assert.ok(rich, "usage: node reading.mjs RICH");

const WIDE = { viewport: { width: 1440, height: 900 } };
const NARROW = { viewport: { width: 390, height: 800 }, hasTouch: true };
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = (path) => pathToFileURL(join(rich, path)).href;
let failures = 0;
let checks = 0;

async function check(name, options, run) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("pageerror", (error) => trouble.push(String(error)));
  checks += 1;
  try {
    await run(page);
    assert.deepEqual(trouble, []);
  } catch (error) {
    failures += 1;
    console.error(`FAILED ${name}\n  ${String(error.stack ?? error).replaceAll("\n", "\n  ")}`);
  } finally {
    await context.close();
  }
}

/** What the rules of axe find, as one text. A page break may be named, as DPUB-ARIA says; axe does not know that yet. */
async function faults(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const told = found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  return told.filter((line) => !(line.startsWith("aria-prohibited-attr") && line.includes("doc-pagebreak"))).join("\n");
}

const box = (page) => page.locator(".note-box");
const body = (page) => page.locator(".text a[role=doc-noteref]");

/** Neither the box nor what stands on its edge covers the line of the reference. */
async function apart(page, reference) {
  const [one, other] = [await reference.boundingBox(), await box(page).boundingBox()];
  const below = other.y >= one.y + one.height - 1;
  const above = other.y + other.height <= one.y + 1;
  assert.ok(below || above, `the note covers its reference: ${JSON.stringify([one, other])}`);
  assert.ok(one.y >= 0 && one.y + one.height <= page.viewportSize().height, "the reference is out of sight");
}

for (const [kind, options] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  await check(`a note on demand by keyboard, ${kind}`, options, async (page) => {
    await page.goto(address("harbour/d1.html"));
    const reference = body(page).first();
    await reference.focus();
    await page.keyboard.press("Enter");
    await box(page).waitFor();
    const note = await page.locator(await reference.getAttribute("href")).locator(".note").innerText();
    assert.ok((await box(page).innerText()).startsWith(note.trim().slice(0, 40)), "another note");
    assert.ok(await box(page).evaluate((it) => it === document.activeElement), "the note has no focus");
    assert.equal(await page.locator(".note-box [id]").count(), 0, "an anchor stands twice");
    await apart(page, reference);
    assert.equal(await faults(page), "");
    await page.keyboard.press("Escape");
    assert.equal(await box(page).count(), 0);
    assert.ok(await reference.evaluate((it) => it === document.activeElement), "the focus is lost");
    assert.equal(new URL(page.url()).hash, "");
  });

  await check(`every reference opens its note beside its line, ${kind}`, options, async (page) => {
    await page.goto(address("harbour/d1.html"));
    const count = await page.locator("a[role=doc-noteref]").count();
    assert.ok(count > 5);
    for (let at = 0; at < count; at += 1) {
      const reference = page.locator("article a[role=doc-noteref]").nth(at);
      await reference.evaluate((it) => it.scrollIntoView({ block: "center" }));
      await reference.evaluate((it) => it.click());
      await box(page).waitFor();
      await apart(page, reference);
      await page.locator(".note-box .bar button").last().click();
      assert.equal(await box(page).count(), 0);
    }
  });
}

await check("a note cited in a note, and the way back", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html"));
  await page.evaluate(() => {
    const inner = document.querySelector("#fn-4 .note p");
    inner.insertAdjacentHTML("beforeend", ' See <a role="doc-noteref" href="#fn-t1">t1</a>.');
  });
  await page.locator('.text a[role=doc-noteref][href="#fn-4"]').first().click();
  const first = await box(page).innerText();
  await page.locator(".note-box a[role=doc-noteref]").first().click();
  assert.notEqual(await box(page).innerText(), first);
  await page.locator(".note-box .bar button").first().click();
  assert.equal(await box(page).innerText(), first);
  await page.mouse.click(5, 5);
  assert.equal(await box(page).count(), 0);
});

await check("without scripts references lead to notes", { ...WIDE, javaScriptEnabled: false }, async (page) => {
  await page.goto(address("harbour/d1.html"));
  const href = await body(page).first().getAttribute("href");
  await body(page).first().click();
  assert.equal(new URL(page.url()).hash, href);
  assert.equal(await page.locator(".reading, .open-panel, .copy").count(), 0, "a control that does nothing");
});

await check("colours and size are kept, and given up", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html"));
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const before = await paper();
  for (const scheme of ["dark", "sepia", "light"]) {
    await page.locator(".reading summary").click();
    await page.getByLabel(scheme, { exact: true }).check();
    await page.keyboard.press("Escape");
    await page.goto(address("letters/l1.html"));
    assert.equal(await page.evaluate(() => document.documentElement.dataset.scheme), scheme);
    assert.equal(await faults(page), "", scheme);
  }
  await page.locator(".reading summary").click();
  await page.getByLabel("larger", { exact: true }).check();
  await page.goto(address("harbour/d1.html"));
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "24px");
  await page.locator(".reading summary").click();
  await page.getByLabel("as the system").check();
  await page.getByLabel("normal", { exact: true }).check();
  await page.reload();
  assert.equal(await paper(), before);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

await check("page images in step with the text", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html"));
  const opener = page.locator(".open-panel");
  await opener.click();
  const caption = page.locator(".panel .caption");
  assert.equal(await caption.innerText(), "Leaf 1, Nordhavn Archives");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${wide} px wider than the window`);
  await page.locator(".panel .after").click();
  assert.equal(await caption.innerText(), "Leaf 2");
  const top = await page.locator("#leaf-2").evaluate((it) => it.getBoundingClientRect().top);
  assert.ok(top > -40 && top < 360, `the page is at ${top}`);
  await page.mouse.move(300, 400);
  await page.mouse.wheel(0, -20000);
  await page.waitForFunction(() => document.querySelector(".panel .caption").textContent.startsWith("Leaf 1"));
  await page.locator(".panel .window").focus();
  await page.keyboard.press("+");
  assert.match(await page.locator(".panel img").evaluate((it) => it.style.transform), /scale\(1\.3\)/);
  assert.equal(await faults(page), "");
  await page.reload();
  await page.locator(".panel").waitFor();
  await page.locator(".panel .window").focus();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".panel").count(), 0);
  assert.ok(await opener.evaluate((it) => it === document.activeElement), "the focus is lost");
  await page.reload();
  assert.equal(await page.locator(".panel").count(), 0);
});

await check("an image that is broken says so", WIDE, async (page) => {
  await page.route("**/leaf-1.svg", (route) => route.abort());
  await page.goto(address("harbour/d1.html"));
  await page.locator(".open-panel").click();
  await page.getByText("The image could not be loaded.").waitFor();
  assert.ok(await page.locator(".text").isVisible());
});

await check("keys and swipes lead on", NARROW, async (page) => {
  await page.goto(address("harbour/d1.html"));
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/d2\.html$/);
  const swipe = (from, to) =>
    page.evaluate(
      ([from, to]) => {
        const event = (kind, x) => {
          const touch = new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 400 });
          const touches = kind === "touchend" ? [] : [touch];
          document.body.dispatchEvent(new TouchEvent(kind, { touches, changedTouches: [touch], bubbles: true }));
        };
        event("touchstart", from);
        event("touchend", to);
      },
      [from, to],
    );
  await swipe(200, 170);
  assert.match(page.url(), /d2\.html$/, "a short touch is no swipe");
  await Promise.all([page.waitForURL(/d1\.html$/), swipe(100, 300)]);
});

await check("notes in the margin keep their order and their distance", WIDE, async (page) => {
  await page.addInitScript(() => {
    new MutationObserver(() => document.querySelector("article")?.setAttribute("data-notes", "margin")).observe(document, {
      childList: true,
      subtree: true,
    });
  });
  await page.goto(address("harbour/d1.html"));
  await page.waitForFunction(() => document.documentElement.classList.contains("margin-notes"));
  const places = await page.locator(".notes li[id]").evaluateAll((items) =>
    items.map((item) => {
      const { top, bottom, left, right } = item.getBoundingClientRect();
      const reference = document.getElementById(`fnref-${item.id.slice(3)}`);
      return { top, bottom, left, right, wanted: reference?.getBoundingClientRect().top ?? null };
    }),
  );
  places.sort((one, other) => one.top - other.top);
  assert.ok(places.length > 2);
  for (const [at, place] of places.entries()) {
    assert.ok(place.right <= 1440, "a note leaves the window");
    if (at) assert.ok(place.top >= places[at - 1].bottom, "notes lie over each other");
    if (place.wanted !== null) assert.ok(place.top >= place.wanted - 30, "a note stands above its reference");
  }
  assert.equal(await faults(page), "");
});

await browser.close();
console.log(`${checks - failures} passed, ${failures} failed`);
process.exitCode = failures ? 1 : 0;
