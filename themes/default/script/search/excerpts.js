// Words in context, cut out of the pages that were found. The site holds no second copy of its texts.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  const WORDS_BEFORE = 9;
  const WORDS_AFTER = 16;
  const MOST_EXCERPTS = 2;
  /** Marks that are no text, and the parts of a page where each kind of text stands. */
  const NO_TEXT = ".noteref, .marker, .mark, .back, [role=doc-pagebreak], script, style, h1, .notes > h2, details > summary, dl, .original";
  const PLACES = { text: ".text, .summary, .evidence", notes: ".notes", source: ".provenance" };
  const BLOCKS = "p, li, td, th, dd, dt, h2, h3, h4, div, blockquote, pre";

  /** Finds terms in a text: `[start, end]` of each place, in order. */
  search.places = function (text, terms, manifest) {
    const tokens = search.tokens(text, search.splitter(manifest.unspaced));
    const stem = manifest.stemming ? search.stem : (word) => word;
    const stems = tokens.map((token) => stem(token.word));
    const found = [];
    for (let at = 0; at < tokens.length; at += 1) {
      const length = Math.max(0, ...terms.map((term) => (stands(stems, at, term, stem) ? term.words.length : 0)));
      if (length > 0) found.push([tokens[at].start, tokens[at + length - 1].end]);
      at += Math.max(0, length - 1);
    }
    return found;
  };

  function stands(stems, at, term, stem) {
    if (at + term.words.length > stems.length) return false;
    const last = term.words.length - 1;
    return term.words.every((word, place) => {
      return term.prefix && place === last ? stems[at + place].startsWith(stem(word)) : stems[at + place] === stem(word);
    });
  }

  /**
   * Excerpts of a page, from its HTML: lists of `{ text, mark }`, one list an excerpt; and the forms in which the terms
   * stand there. Terms that were sought in one field only are looked for there.
   */
  search.excerpts = function (html, terms, manifest) {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    const forms = new Set();
    if (!main) return { excerpts: [], forms };
    const found = [];
    const seen = new Set();
    for (const [column, selector] of Object.entries(PLACES)) {
      const fitting = terms.filter((term) => !term.column || term.column === column);
      for (const part of main.querySelectorAll(selector)) {
        if (fitting.length === 0 || part.parentElement.closest(selector)) continue;
        const text = plain(part);
        const places = search.places(text, fitting, manifest);
        places.forEach(([start, end]) => forms.add(search.form(text.slice(start, end), manifest)));
        for (const excerpt of cut(text, places)) {
          // Another place of the same words says nothing new while other words are still to be shown.
          const words = excerpt.filter((piece) => piece.mark).map((piece) => search.fold(piece.text));
          const isNew = words.some((word) => !seen.has(word));
          words.forEach((word) => seen.add(word));
          found.push({ excerpt, isNew });
        }
      }
    }
    const sorted = [...found.filter((one) => one.isNew), ...found.filter((one) => !one.isNew)];
    return { excerpts: sorted.slice(0, MOST_EXCERPTS).map((one) => one.excerpt), forms };
  };

  /** A place as a form: its words in small letters, a blank between them. */
  search.form = (text, manifest) => (text.toLowerCase().match(search.splitter(manifest.unspaced)) || []).join(" ");

  /** A title with its words marked: a list of `{ text, mark }`. */
  search.markTitle = function (title, terms, manifest) {
    const fitting = terms.filter((term) => !term.column || term.column === "title");
    return fitting.length === 0 ? [{ text: title, mark: false }] : pieces(title, 0, title.length, search.places(title, fitting, manifest));
  };

  /** The text of a part, a blank between its blocks. */
  function plain(part) {
    const copy = part.cloneNode(true);
    copy.querySelectorAll(NO_TEXT).forEach((element) => element.remove());
    copy.querySelectorAll(BLOCKS).forEach((element) => element.append(" "));
    copy.querySelectorAll("br").forEach((element) => element.replaceWith(" "));
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  /** Cuts some words before and after each place; places near each other share an excerpt. */
  function cut(text, places) {
    const excerpts = [];
    const words = [...text.matchAll(/\S+/g)].map((match) => match.index);
    for (let first = 0; first < places.length && excerpts.length < 20; ) {
      const word = words.findIndex((start) => start > places[first][0]);
      const at = (word < 0 ? words.length : word) - 1;
      const from = words[Math.max(0, at - WORDS_BEFORE)];
      const last = at + WORDS_AFTER;
      const to = last < words.length ? words[last] : text.length;
      const here = places.filter((place, number) => number >= first && place[1] <= to);
      if (here.length === 0) here.push(places[first]);
      excerpts.push(pieces(text, from, Math.max(to, here[here.length - 1][1]), here));
      first += here.length;
    }
    return excerpts;
  }

  function pieces(text, from, to, places) {
    const found = [{ text: from > 0 ? "… " : "", mark: false }];
    let at = from;
    for (const [start, end] of places) {
      if (start < at) continue;
      found.push({ text: text.slice(at, start), mark: false }, { text: text.slice(start, end), mark: true });
      at = end;
    }
    found.push({ text: text.slice(at, to).trimEnd() + (to < text.length ? " …" : ""), mark: false });
    return found.filter((piece) => piece.text);
  }
})(typeof self === "undefined" ? globalThis : self);
