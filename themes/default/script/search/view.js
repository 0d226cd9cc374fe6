// What the search page shows: results, choices, pages. No word is written here; all come from the words of the interface.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  const FIRST_VALUES = 8;
  const MORE_VALUES = 50;
  const VALUES_TO_FILTER = 30;

  /** Makes an element with its attributes and what is in it. */
  const make = (search.make = function (name, attributes, ...inside) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...inside.filter((one) => one !== null && one !== undefined));
    return element;
  });

  /** Fills `{n}` and other names in a word. */
  const fill = (search.fill = (word, values) => String(word || "").replace(/\{(\w+)\}/g, (_, name) => (name in values ? values[name] : "")));

  /** Pieces of text, some of them marked. */
  const marked = (pieces) => pieces.map((piece) => (piece.mark ? make("mark", null, piece.text) : piece.text));

  /**
   * One result: a link whose words are marked, facts, and room for the words in context. `query` has the `terms`, and
   * `back`, the address of the search without its `?`, and `lang`, the language of the page; `manifest` says how words are
   * told apart.
   */
  search.result = function (document, row, columns, query, manifest, words) {
    const [address, number, title, date, volume] = row;
    const volumes = columns.facets.get("volume");
    const name = number && !title.startsWith(String(number)) ? `${number}. ${title}` : title;
    const facts = [date, volumes && volumes.names.length > 1 && volume !== null ? volumes.names[volume] : null].filter(Boolean);
    const line = make("p", { class: "facts-line" }, facts.join(" · "));
    const text = name ? marked(search.markTitle(name, query.terms, manifest)) : [words.untitled];
    const href = search.found(address, search.marksOf(query.terms), query.back);
    return make("li", { "data-document": document }, make("p", { class: "found" }, make("a", { href, ...columns.tongue(document, query.lang) }, ...text)), facts.length > 0 ? line : null);
  };

  /** Sets under a result the words in context and the fields in which they stand. */
  search.tellWhy = function (item, excerpts, fields, words) {
    const { lang, dir } = item.querySelector("a");
    for (const excerpt of excerpts) {
      item.append(make("p", { class: "excerpt", lang: lang || null, dir: dir || null }, ...marked(excerpt)));
    }
    if (fields.length > 0) {
      const names = fields.map((field) => words.fields[field] || field).join(", ");
      item.append(make("p", { class: "why" }, fill(words.found_in, { n: names })));
    }
  };

  /** The choices of a facet, each with the number of documents that it would leave. */
  search.facet = function (facet, counts, chosen, shown, words, number) {
    const all = [...facet.names.keys()].filter((value) => counts[value] > 0 || chosen.has(value));
    const isOrdered = facet.id === "year" || facet.id === "volume";
    if (!isOrdered) all.sort((one, other) => counts[other] - counts[one] || one - other);
    const wanted = search.fold(shown.filter || "");
    const fitting = wanted ? all.filter((value) => search.fold(facet.labels[value]).includes(wanted)) : all;
    const first = new Set(fitting.slice(0, shown.most || FIRST_VALUES));
    // What is chosen stays in sight, whether it fits the filter or not.
    const visible = all.filter((value) => first.has(value) || chosen.has(value));
    const list = make("ul", null, ...visible.map((value) => choice(facet, value, counts[value], chosen.has(value), number)));
    const heading = make("legend", null, words.facets[facet.id] || facet.id);
    const set = make("fieldset", { "data-facet": facet.id }, heading);
    if (all.length > VALUES_TO_FILTER) {
      const label = fill(words.filter_values, { n: words.facets[facet.id] || facet.id });
      set.append(make("input", { type: "text", class: "filter", "aria-label": label, placeholder: words.filter, value: shown.filter || "", "data-filter": facet.id }));
    }
    set.append(list);
    const rest = fitting.filter((value) => !first.has(value) && !chosen.has(value)).length;
    if (rest > 0) {
      const more = fill(words.more, { n: number(Math.min(rest, MORE_VALUES)) });
      set.append(make("p", null, make("button", { type: "button", class: "plain", "data-more": facet.id }, more)));
    }
    return all.length > 0 ? set : null;
  };

  function choice(facet, value, count, isChosen, number) {
    const name = facet.names[value];
    const box = make("input", { type: "checkbox", name: facet.id, value: name });
    box.checked = isChosen;
    return make("li", null, make("label", null, box, make("span", { class: "name" }, facet.labels[value]), make("span", { class: "count" }, number(count))));
  }

  /** How many values a facet shows after one more asking. */
  search.moreValues = (most) => (most || FIRST_VALUES) + MORE_VALUES;

  /** Links to the pages of the results; each is an address of its own. */
  search.pager = function (state, pages, words, number) {
    if (pages < 2) return [];
    const link = (page, text, rel) => make("a", { href: search.writeAddress({ ...state, page }), "data-page": page, rel }, text);
    const place = fill(words.page, { n: number(state.page), m: number(pages) });
    const before = state.page > 1 ? link(state.page - 1, words.previous, "prev") : "";
    const after = state.page < pages ? link(state.page + 1, words.next, "next") : "";
    return [make("p", null, before), make("p", null, place), make("p", { class: "next" }, after)];
  };
})(typeof self === "undefined" ? globalThis : self);
