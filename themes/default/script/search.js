// Search field: the key / leads to it, unless the reader has switched keys off.
(function () {
  "use strict";
  const isOff = () => {
    try {
      return localStorage.getItem("engross-keys") === "off";
    } catch {
      return false;
    }
  };
  addEventListener("keydown", (event) => {
    const typing = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
    const field = document.querySelector("form[role=search] [name=q]");
    const isTaken = event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(typing);
    if (event.key !== "/" || isTaken || !field || isOff()) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();

// Words that were searched for, where the address carries them (`?hl=berlin|atomic energy|yugosl*`): marked, with a way
// from one to the next, and back to the search that the address names (`&back=`).
(function () {
  "use strict";
  const asked = new URLSearchParams(location.search);
  const main = document.querySelector("main");
  const form = document.querySelector("header form[role=search]");
  if (!(asked.get("hl") || asked.get("back")) || !main || !form) return;

  const exact = window.engrossSearch;
  // In an edition that is read from disk too, this page folds letters as the search does, and knows stems.
  const fold = exact ? exact.fold : (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const stem = engrossStems ? exact.stem : (word) => word;
  // Letters of scripts without spaces are words by themselves.
  const unspaced = engrossUnspaced;
  const word = new RegExp(unspaced ? `[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+` : "[\\p{L}\\p{N}\\p{M}]+", "gu");
  const terms = fold(asked.get("hl") || "").split("|").map((term) => term.split(" ")).filter((words) => words.every((one) => /^[^*]+/.test(one))).slice(0, 40);
  // Words of one block go on across a page mark or a change of hand: its texts are read in a row.
  const rows = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node, row; (node = walker.nextNode()); ) {
    if (node.nodeName === "BR") row = null;
    if (!node.data || node.parentElement.closest(".noteref, .marker, .back, aside, nav, script, .cite")) continue;
    let block = node.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    if (row?.block !== block) rows.push((row = { block, text: "", parts: [] }));
    row.parts.push({ node, at: row.text.length });
    row.text += node.data;
  }
  const tokens = rows.flatMap((row) =>
    [...row.text.matchAll(word)].map((match) => ({ row, word: stem(fold(match[0])), start: match.index, end: match.index + match[0].length })),
  );
  const is = (token, word) => token && (word.endsWith("*") ? token.word.startsWith(stem(word.slice(0, -1))) : token.word === stem(word));
  const spots = [];
  tokens.forEach((_, at) => {
    const term = terms.find((words) => words.every((word, place) => is(tokens[at + place], word)));
    if (term) spots.push(...term.map((_, place) => ({ token: tokens[at + place], isFirst: place === 0 })));
  });
  const marks = [];
  // From the end, so that places in a text stay right while it is cut.
  for (const { token, isFirst } of [...new Map(spots.map((spot) => [spot.token, spot])).values()].reverse()) {
    let mark;
    for (const { node, at } of [...token.row.parts].reverse()) {
      const [start, end] = [Math.max(token.start - at, 0), Math.min(token.end - at, node.length)];
      if (start >= end) continue;
      const rest = node.splitText(start);
      rest.splitText(end - start);
      mark = document.createElement("mark");
      rest.replaceWith(mark);
      mark.append(rest);
    }
    if (isFirst) marks.unshift(mark);
  }

  const [label, place, previous, next, back] = engrossWords.search_bar.split("|");
  const bar = document.createElement("nav");
  bar.className = "found-bar";
  bar.setAttribute("aria-label", label);
  let current = -1;
  const say = document.createElement("span");
  say.setAttribute("role", "status");
  const tell = () => {
    say.textContent = place.replace("{n}", current + 1).replace("{m}", marks.length);
  };
  const go = (step) => {
    if (current >= 0) marks[current].classList.remove("current");
    current = (Math.max(current, step < 0 ? 0 : -1) + step + marks.length) % marks.length;
    const mark = marks[current];
    // What is folded away is opened.
    for (let fold = mark.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    mark.classList.add("current");
    mark.scrollIntoView({ block: "center" });
    tell();
  };
  const button = (name, step) => {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = name;
    one.onclick = () => go(step);
    bar.append(one, " ");
  };
  const link = document.createElement("a");
  const words = terms.map((term) => (term.length > 1 ? `"${term.join(" ")}"` : term[0])).join(" OR ");
  link.href = `${form.action}?${asked.get("back") || new URLSearchParams({ q: words })}`;
  link.textContent = back;
  if (marks.length > 0) {
    tell();
    button(previous, -1);
    button(next, 1);
  }
  bar.prepend(say, " ");
  bar.append(link);
  main.before(bar);
  if (marks.length > 0 && !location.hash) go(1);
})();
