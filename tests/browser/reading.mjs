// What the theme's script adds to reading: node reading.mjs RICH MARGIN, two built sites of tests/editions/rich, the second
// with `theme: {notes: margin}`.
//
// Each check is a function that throws; all are run, and the program ends with 1 if any threw.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const [rich, margin] = process.argv.slice(2).map((folder) => resolve(folder));
assert.ok(rich && margin, "usage: node reading.mjs RICH MARGIN");

const WIDE = { viewport: { width: 1440, height: 900 } };
const NARROW = { viewport: { width: 390, height: 800 }, hasTouch: true };
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = (path, site = rich) => pathToFileURL(join(site, path)).href;
let failures = 0;
let checks = 0;

async function check(name, options, run) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
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

/** The words of a page on paper, as a reader of PDF files finds them. */
async function printed(page) {
  const folder = await mkdtemp(join(tmpdir(), "engross-print-"));
  const file = join(folder, "page.pdf");
  await page.pdf({ path: file, format: "A4", preferCSSPageSize: true });
  const { stdout } = await promisify(execFile)("pdftotext", ["-layout", file, "-"], { maxBuffer: 1 << 24 });
  await rm(folder, { recursive: true });
  return stdout;
}

const box = (page) => page.locator(".note-box");
const body = (page) => page.locator(".text a[role=doc-noteref]");

/** A note stands below the line of its reference: neither that line nor what comes before it is covered. */
async function apart(page, reference) {
  const [one, other] = [await reference.boundingBox(), await box(page).boundingBox()];
  assert.ok(other.y >= one.y + one.height - 1, `the note covers its text: ${JSON.stringify([one, other])}`);
  assert.ok(other.y + Math.min(other.height, 60) <= page.viewportSize().height, "the note is out of sight");
  assert.ok(one.y >= -2 && one.y + one.height <= page.viewportSize().height, "the reference is out of sight");
}

for (const [kind, options] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  await check(`a note on demand by keyboard, ${kind}`, options, async (page) => {
    await page.goto(address("harbour/d1.html"));
    const reference = body(page).first();
    await reference.focus();
    await page.keyboard.press("Enter");
    await box(page).waitFor();
    const note = await page.locator(await reference.getAttribute("href")).locator(".note").innerText();
    const shown = (await box(page).innerText()).trim();
    assert.ok(shown.includes(note.trim().slice(0, 40)), "another note");
    assert.ok(shown.startsWith((await reference.innerText()).trim()), "the note has no number");
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
      // High, in the middle, and at the foot of the window.
      await reference.evaluate((it, block) => it.scrollIntoView({ block }), ["start", "center", "end"][at % 3]);
      await reference.evaluate((it) => it.click());
      await box(page).waitFor();
      await apart(page, reference);
      await page.locator(".note-box .bar button").last().click();
      assert.equal(await box(page).count(), 0);
    }
  });
}

await check("who leaves a note by keys comes to where its reference stands", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html"));
  const reference = body(page).first();
  const open = async () => {
    await reference.focus();
    await page.keyboard.press("Enter");
    await box(page).waitFor();
  };
  await open();
  await page.keyboard.press("Shift+Tab");
  assert.equal(await box(page).count(), 0, "the note stays open");
  assert.ok(await reference.evaluate((it) => it === document.activeElement), "the focus is not at the reference");
  await page.keyboard.press("Tab");
  const next = await page.evaluate(() => document.activeElement.outerHTML);
  await open();
  for (let at = 0; at < 10 && (await box(page).count()); at += 1) await page.keyboard.press("Tab");
  assert.equal(await box(page).count(), 0, "the note stays open");
  assert.equal(await page.evaluate(() => document.activeElement.outerHTML), next);
});

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
  const idle = page.locator(":is(.reading, .open-panel, .copy, .choices):visible");
  assert.equal(await idle.count(), 0, "a control that does nothing");
});

await check("colours and size are kept, and given up", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html"));
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const before = await paper();
  for (const scheme of ["dark", "sepia", "light"]) {
    await page.locator("button.reading").click();
    await page.getByLabel(scheme, { exact: true }).check();
    await page.keyboard.press("Escape");
    await page.goto(address("letters/l1.html"));
    assert.equal(await page.evaluate(() => document.documentElement.dataset.scheme), scheme);
    assert.equal(await faults(page), "", scheme);
  }
  await page.locator("button.reading").click();
  await page.getByLabel("larger", { exact: true }).check();
  await page.goto(address("harbour/d1.html"));
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "24px");
  await page.locator("button.reading").click();
  await page.getByLabel("as the system").check();
  await page.getByLabel("normal", { exact: true }).check();
  await page.reload();
  assert.equal(await paper(), before);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

await check("marked words can be read in every scheme", WIDE, async (page) => {
  for (const scheme of ["light", "dark", "sepia"]) {
    await page.goto(address("harbour/d1.html"));
    await page.evaluate((scheme) => localStorage.setItem("engross-scheme", scheme), scheme);
    await page.goto(`${address("harbour/d1.html")}?hl=nordhavn|archives|ship|the`);
    assert.ok((await page.locator(".provenance mark").count()) > 0, "no word in quiet text");
    assert.equal(await faults(page), "", scheme);
  }
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
  await page.getByText("The image could not be loaded. The text is complete without it.").waitFor();
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

await check("the reading menu lies within every window", {}, async (page) => {
  for (const [width, size] of [[320, "larger"], [360, ""], [820, ""], [1440, "larger"]]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(address("harbour/d1.html"));
    await page.evaluate((size) => localStorage.setItem("engross-size", size), size);
    await page.reload();
    await page.locator("button.reading").click();
    for (const label of await page.locator(".choices label").all()) {
      const { x, width: wide } = await label.boundingBox();
      assert.ok(x >= 0 && x + wide <= width, `${width}: a choice stands at ${x}`);
      const radio = await label.locator("input").boundingBox();
      assert.ok(radio.width < 30, "a radio is as wide as a field");
    }
    // Other languages have longer words.
    const over = await page.evaluate(() => {
      const label = document.querySelector(".choices fieldset:last-child label");
      label.append(" Schrägstrich und Pfeiltasten führen zum nächsten Dokument");
      const words = document.createRange();
      words.selectNodeContents(label);
      return words.getBoundingClientRect().right - document.querySelector(".choices").getBoundingClientRect().right;
    });
    assert.ok(over <= 0, `${width}: a choice goes ${over} px beyond the menu`);
  }
});

await check("large text fits narrow windows", {}, async (page) => {
  const pages = ["harbour/d1.html", "harbour/d4.html", "letters/l2.html", "index.html", "search.html", "method.html", "harbour/index.html", "chronology.html"];
  await page.goto(address(pages[0]));
  await page.evaluate(() => localStorage.setItem("engross-size", "larger"));
  for (const width of [320, 390, 1000, 1200]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of pages) {
      await page.goto(address(path));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px wider than ${width} px`);
    }
  }
});

await check("long words of headings and lists are parted on narrow windows", { viewport: { width: 320, height: 800 } }, async (page) => {
  for (const [path, selector] of [["harbour/calendar.html", "h1"], ["index.html", ".contents a, .ways a"], ["browse.html", "main li"], ["search.html", ".search-help dd"]]) {
    await page.goto(address(path));
    const parted = await page.locator(selector).evaluateAll((all) => all.map((it) => getComputedStyle(it).hyphens));
    assert.ok(parted.length && parted.every((one) => one === "auto"), `${path}: ${parted}`);
  }
  await page.locator(".search-help summary").click();
  const { width } = await page.locator(".search-help dd").first().boundingBox();
  assert.ok(width > 200, `what a form means has ${width} px`);
});

/** Presses Tab until an element has the focus. */
async function tabTo(page, selector, most = 60) {
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((it) => document.activeElement.matches(it), selector)) return;
  }
  assert.fail(`the keyboard does not come to ${selector}`);
}

await check("menu, panel, notes and search by keyboard alone", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html"));
  await tabTo(page, "button.reading");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.scheme), "dark");
  await page.keyboard.press("Escape");
  assert.ok(await page.evaluate(() => document.activeElement.matches("button.reading")), "the focus is lost");
  await tabTo(page, ".open-panel");
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".panel .window")), "the panel has no focus");
  await page.keyboard.press("Shift+Tab");
  for (let at = 0; at < 6; at += 1) {
    if (await page.evaluate(() => document.activeElement.matches(".panel .after"))) break;
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".panel .caption").innerText(), "Leaf 2");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".panel .after")), "the last image takes the focus away");
  await page.keyboard.press("Escape");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".open-panel")), "the focus is lost");
  await tabTo(page, ".text a[role=doc-noteref]");
  const id = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press("Enter");
  await box(page).waitFor();
  // Who goes on leaves the note behind.
  for (let at = 0; at < 10 && (await box(page).count()); at += 1) await page.keyboard.press("Shift+Tab");
  assert.equal(await box(page).count(), 0, "a note stays open that was left");
  await page.locator(`#${id}`).focus();
  await page.keyboard.press("/");
  assert.ok(await page.evaluate(() => document.activeElement.matches("[type=search]")));
});

await check("keys can be switched off", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html"));
  await page.locator("button.reading").click();
  await page.locator(".choices").getByLabel("off", { exact: true }).check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(200);
  assert.match(page.url(), /d1\.html$/);
});

/** How many of the links that the keyboard comes to lie under something that stays in its place, one after the other. */
async function covered(page, key, over) {
  let hidden = 0;
  for (let at = 0; at < 40; at += 1) {
    await page.keyboard.press(key);
    hidden += await page.evaluate((over) => {
      const [focus, cover] = [document.activeElement, document.querySelector(over)];
      if (focus === document.body || cover.contains(focus) || focus.closest(".panel, .skip")) return 0;
      const [one, other] = [focus.getBoundingClientRect(), cover.getBoundingClientRect()];
      return one.top < other.bottom && one.bottom > other.top && one.left < other.right && one.right > other.left ? 1 : 0;
    }, over);
  }
  return hidden;
}

await check("what has the focus is not covered by the bar of found words or by images", {}, async (page) => {
  for (const [width, size] of [[320, "larger"], [390, ""], [800, "larger"]]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(address("harbour/d1.html"));
    await page.evaluate((size) => localStorage.setItem("engross-size", size), size);
    await page.goto(`${address("harbour/d1.html")}?hl=ship&back=q%3Dship#fn-4`);
    const [target, bar] = [await page.locator("#fn-4").boundingBox(), await page.locator(".found-bar").boundingBox()];
    assert.ok(target.y >= bar.y + bar.height, `${width}: the bar covers what the address names`);
    await page.evaluate(() => { scrollTo(0, document.body.scrollHeight); document.querySelector("footer a").focus(); });
    assert.equal(await covered(page, "Shift+Tab", ".found-bar"), 0, `${width}: the bar covers the focus`);
    await page.goto(address("harbour/d1.html"));
    await page.locator(".open-panel").click();
    await page.locator(".text a").first().focus();
    assert.equal(await covered(page, "Tab", ".panel"), 0, `${width}: the images cover the focus`);
  }
});

await check("images of a document without text", WIDE, async (page) => {
  await page.goto(address("harbour/d4.html"));
  assert.equal(await page.locator(".images figure img").count(), 2);
  assert.equal(await page.locator(".images p a").innerText(), "Leaf 3", "what browsers cannot show is a link");
  const [first] = await page.locator(".images figure a").all();
  await first.click();
  assert.equal(await page.locator(".panel .caption").innerText(), "Leaf 1, Ministry Library");
  await page.keyboard.press("+");
  assert.match(await page.locator(".panel img").evaluate((it) => it.style.transform), /scale\(1\.3\)/);
  for (let at = 0; at < 200; at += 1) await page.keyboard.press("ArrowLeft");
  const seen = await page.evaluate(() => {
    const [image, view] = [document.querySelector(".panel img"), document.querySelector(".panel .window")];
    const [one, other] = [image.getBoundingClientRect(), view.getBoundingClientRect()];
    return Math.min(one.right, other.right) - Math.max(one.left, other.left);
  });
  assert.ok(seen > 40, "the image was moved out of sight");
  assert.equal(await faults(page), "");
});

await check("a broken image of a document without text says so", WIDE, async (page) => {
  await page.route("**/leaf-1.svg", (route) => route.abort());
  await page.goto(address("harbour/d4.html"));
  await page.locator(".images .missing").waitFor();
  assert.equal(await page.locator(".images .missing").innerText(), "The image could not be loaded.");
  assert.equal(await page.locator(".images img").count(), 1);
});

await check("two page marks of one line stand apart", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html"));
  await page.locator("#p2").evaluate((it) => {
    it.insertAdjacentHTML("afterbegin", '<span class="pb" data-label="[11]"></span> a <span class="pb" data-label="[12]"></span>');
    dispatchEvent(new Event("resize"));
  });
  const nudges = await page.locator("#p2 > .pb").evaluateAll((marks) => marks.map((mark) => parseFloat(mark.style.getPropertyValue("--nudge"))));
  assert.ok(nudges[0] < 3 && nudges[1] - nudges[0] > 10, String(nudges));
});

await check("a wide table is told and moved by keys", NARROW, async (page) => {
  await page.goto(address("harbour/d1.html"));
  const table = page.locator(".table").first();
  assert.equal(await table.getAttribute("tabindex"), null, "a table that fits is no stop of the keyboard");
  await table.evaluate((it) => {
    it.querySelectorAll("td").forEach((cell) => cell.append(" wwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"));
    dispatchEvent(new Event("resize"));
  });
  assert.equal(await table.getAttribute("tabindex"), "0");
  await table.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector(".table").scrollLeft > 0);
  assert.match(page.url(), /d1\.html$/, "the arrow led on to another document");
  assert.equal(await faults(page), "");
});

for (const [kind, options] of Object.entries({ wide: WIDE, large: { viewport: { width: 1250, height: 900 } } })) {
  await check(`notes in the margin keep their order and their distance, ${kind}`, options, async (page) => {
    for (const path of ["harbour/d1.html", "harbour/d2.html", "letters/l2.html"]) {
      await page.goto(address(path, margin));
      const places = await page.locator(".notes > ol > li[id]").evaluateAll((items) =>
        items.map((item) => {
          const { top, bottom, left, right } = item.getBoundingClientRect();
          const reference = document.getElementById(`fnref-${item.id.slice(3)}`);
          const text = document.querySelector(".leaf").getBoundingClientRect();
          const beside = right <= text.left || left >= text.right;
          return { top, bottom, left, right, beside, wanted: reference?.getBoundingClientRect().top ?? null };
        }),
      );
      places.sort((one, other) => one.top - other.top);
      assert.ok(places.length >= 1, path);
      for (const [at, place] of places.entries()) {
        assert.ok(place.beside && place.left >= 0 && place.right <= options.viewport.width, `${path}: a note leaves the margin`);
        if (at) assert.ok(place.top >= places[at - 1].bottom, `${path}: notes lie over each other`);
        if (place.wanted !== null) assert.ok(place.top >= place.wanted - 30, `${path}: a note stands above its reference`);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px wider than its window`);
      assert.equal(await faults(page), "");
    }
    assert.ok((await page.locator(".notes .back a:visible").count()) > 0, "there is no way back");
  });
}

await check("notes leave the margin to page images, and narrow windows", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html", margin));
  await page.locator(".open-panel").click();
  const reference = body(page).first();
  await reference.click();
  await box(page).waitFor();
  await page.keyboard.press("Escape");
  const notes = page.locator(".all-notes");
  assert.equal(await notes.evaluate((it) => getComputedStyle(it).position), "static");
  assert.equal(await page.locator(".notes > ol > li").first().evaluate((it) => it.style.transform), "");
});

/** How far what stands on a page moves while it is loaded, as browsers count it; scripts come late. */
async function shift(page, url) {
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    await new Promise((over) => setTimeout(over, 500));
    await route.continue();
  });
  // Slow enough that a page is painted before all of it has come.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(url);
  await page.waitForTimeout(300);
  const shifts = await page.evaluate(() => window.shifts);
  await page.unrouteAll();
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return shifts;
}

for (const [kind, options] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  await check(`nothing moves while a page is loaded, ${kind}`, options, async (page) => {
    for (const path of ["harbour/d1.html", "harbour/d4.html", "index.html", "harbour/pages.html", "search.html"]) {
      const moved = await shift(page, address(path));
      assert.ok(moved < 0.01, `${path} moves by ${moved}`);
    }
  });
}

await check("nothing moves beside an open panel", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html"));
  await page.evaluate(() => localStorage.setItem("engross-panel", "open"));
  const moved = await shift(page, address("harbour/d1.html"));
  assert.ok(moved < 0.01, `it moves by ${moved}`);
  assert.equal(await page.locator(".panel").count(), 1);
});

await check("nothing moves where notes stand in the margin", WIDE, async (page) => {
  const moved = await shift(page, address("harbour/d1.html", margin));
  assert.ok(moved < 0.01, `it moves by ${moved}`);
});

await check("an original beside its translation, in step", WIDE, async (page) => {
  await page.goto(address("letters/l2-en.html"));
  await page.locator("details.beside summary").click();
  const frame = page.frameLocator(".beside iframe");
  await frame.locator("h1").waitFor();
  for (const hidden of ["header.site", ".crumbs", ".apparatus", "footer.site"]) {
    assert.equal(await frame.locator(hidden).first().isVisible(), false, hidden);
  }
  assert.ok(await frame.locator(".text").isVisible());
  // What is read here is read there.
  await frame.locator(".text").evaluate((it) => { it.style.paddingTop = "3000px"; });
  await page.evaluate(() => {
    document.querySelector(".text").style.paddingTop = "3000px";
    document.getElementById("p1").scrollIntoView();
  });
  await page.frame({ name: "beside-1" }).waitForFunction(() => scrollY > 2000);
});

await check("what stands beside covers nothing, from left to right and from right to left", WIDE, async (page) => {
  for (const path of ["letters/l2.html", "letters/l2-en.html"]) {
    for (const dir of ["rtl", "ltr"]) {
      await page.goto(address(path));
      await page.evaluate((dir) => { document.documentElement.dir = dir; }, dir);
      await page.locator("details.beside summary").click();
      await page.frameLocator(".beside iframe").locator("h1").waitFor();
      const [text, frame] = [await page.locator(".leaf").boundingBox(), await page.locator(".beside iframe").boundingBox()];
      const apart = text.x + text.width <= frame.x || frame.x + frame.width <= text.x;
      assert.ok(apart && frame.x >= 0 && text.x >= 0, `${path}, ${dir}: ${JSON.stringify([text, frame])}`);
    }
  }
});

await check("lists and the search are mirrored where an edition is written from right to left", WIDE, async (page) => {
  const SIDES = ["margin", "padding"].flatMap((name) => ["Left", "Right"].map((side) => name + side)).concat("borderLeftWidth", "borderRightWidth");
  const pages = { "search.html": ".ask", "archives/harbour-na.html": ".places, .held > li", "harbour/index.html": "ol.contents .range, ol.contents ol.contents", "harbour/calendar.html": ".calendar ul", "harbour/d1.html": ".cite dd, .provenance dl" };
  for (const [path, selector] of Object.entries(pages)) {
    await page.goto(address(path));
    const sides = (dir) =>
      page.evaluate(([selector, dir, sides]) => {
        document.documentElement.dir = dir;
        document.querySelectorAll("details").forEach((it) => { it.open = true; });
        return [...document.querySelectorAll(selector)].map((it) => sides.map((side) => getComputedStyle(it)[side]));
      }, [selector, dir, SIDES]);
    const [one, other] = [await sides("ltr"), await sides("rtl")];
    assert.ok(one.length, `${path} has none of ${selector}`);
    const mirrored = one.map(([a, b, c, d, e, f]) => [b, a, d, c, f, e]);
    assert.deepEqual(other, mirrored, path);
  }
});

await check("paper: all notes and page marks, dark on white, and wide tables whole", { ...WIDE, colorScheme: "dark" }, async (page) => {
  for (const path of ["harbour/d1.html", "harbour/d2.html", "harbour/d4.html", "letters/l1.html", "letters/l2.html"]) {
    await page.goto(address(path));
    const wide = await page.evaluate((path) => {
      localStorage.setItem("engross-scheme", "dark");
      document.documentElement.dataset.scheme = "dark";
      document.documentElement.dataset.size = "larger";
      if (path !== "harbour/d1.html") return [];
      // A table of sixteen columns with long words.
      const cells = (row) => Array.from({ length: 16 }, (_, at) => `<td>Cell${row}x${at} administration</td>`).join("");
      document.querySelector(".text").insertAdjacentHTML("beforeend", `<div class="table"><table><tr>${cells(1)}</tr><tr>${cells(2)}</tr></table></div>`);
      return Array.from({ length: 32 }, (_, at) => `Cell${1 + (at >> 4)}x${at % 16}`);
    }, path);
    await page.emulateMedia({ media: "print" });
    const [ink, size] = await page.evaluate(() => {
      const style = getComputedStyle(document.querySelector("article"));
      return [style.color, parseFloat(style.fontSize)];
    });
    assert.equal(ink, "rgb(0, 0, 0)", `${path} prints ${ink}`);
    assert.ok(size < 15, `${path} prints ${size} px`);
    await page.emulateMedia({ media: null });
    const text = await printed(page);
    const bare = text.replace(/\s+/g, "");
    const wanted = await page.evaluate(() => ({
      // A page mark is shown by style; on paper it is words like others.
      notes: [...document.querySelectorAll(".notes > ol > li .note")].map((note) => {
        const copy = note.cloneNode(true);
        copy.querySelectorAll(".pb").forEach((mark) => mark.replaceWith(mark.dataset.label));
        return copy.textContent;
      }),
      marks: [...document.querySelectorAll(".text .pb")].map((mark) => mark.dataset.label),
      title: document.querySelector("h1").textContent,
    }));
    const letters = (words) => words.replace(/\s+/g, "");
    for (const note of wanted.notes) assert.ok(bare.includes(letters(note).slice(0, 12)), `${path}: the note “${note.trim()}” is not printed`);
    for (const mark of wanted.marks) assert.ok(bare.includes(letters(mark)), `${path}: the mark ${mark} is not printed`);
    for (const cell of wide) assert.ok(bare.includes(cell), `${path}: ${cell} is cut off`);
    for (const chrome of ["Other forms", "Contents", "Page images"]) assert.ok(!text.includes(chrome), `${path} prints “${chrome}”`);
    if (path === "harbour/d1.html") {
      assert.match(text.split("\f")[1], /Telegram From the Harbour Office/, "the second page has no running head");
      assert.ok(bare.includes("⟨https://"), "the address of a link is not printed");
    }
  }
});

await check("paper: notes of the margin stand at the foot, and a panel takes no room", WIDE, async (page) => {
  await page.goto(address("harbour/d1.html", margin));
  assert.ok(await page.locator(".leaf").evaluate((it) => it.style.minHeight), "no note was moved");
  await page.emulateMedia({ media: "print" });
  const left = await page.evaluate(() => ({
    moved: [...document.querySelectorAll(".notes > ol > li")].filter((it) => getComputedStyle(it).transform !== "none").length,
    room: getComputedStyle(document.querySelector(".leaf")).minHeight,
  }));
  assert.deepEqual(left, { moved: 0, room: "0px" });
  await page.emulateMedia({ media: null });
  const bare = (await printed(page)).replace(/\s+/g, "");
  const places = await page.locator(".notes > ol > li .note").evaluateAll((notes) => notes.map((it) => it.textContent.replace(/\s+/g, "").slice(0, 12)));
  assert.ok(bare.indexOf(places[0]) > bare.indexOf("Notes"), "a note stands above the heading of the notes");
  await page.setViewportSize({ width: 800, height: 900 });
  await page.evaluate(() => { document.documentElement.dataset.panel = "open"; });
  const foot = () => page.evaluate(() => getComputedStyle(document.body).paddingBottom);
  assert.notEqual(await foot(), "0px");
  await page.emulateMedia({ media: "print" });
  assert.equal(await foot(), "0px");
});

await browser.close();
console.log(`${checks - failures} passed, ${failures} failed`);
process.exitCode = failures ? 1 : 0;
