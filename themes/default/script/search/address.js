// The state of a search and the address that says it: `search.html?q=…&genre=…&from=…&to=…&sort=…&p=2`.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  const ORDERS = ["relevance", "edition", "date"];

  /**
   * What an address asks for. Values of facets are their names, which hold when the edition is published anew; what is no
   * facet, such as `utm_source`, was added by others on the way and says nothing.
   */
  search.readAddress = function (address, facets) {
    const parameters = new URLSearchParams(address);
    const state = { q: parameters.get("q") || "", from: parameters.get("from") || "", to: parameters.get("to") || "" };
    state.sort = ORDERS.includes(parameters.get("sort")) ? parameters.get("sort") : "";
    const page = Number(parameters.get("p"));
    state.page = Number.isInteger(page) && page > 0 ? page : 1;
    state.facets = new Map();
    for (const [id, value] of parameters) {
      if (!facets.includes(id) || !value) continue;
      state.facets.set(id, new Set([...(state.facets.get(id) || []), value]));
    }
    return state;
  };

  /** The address of a state, from `?`. */
  search.writeAddress = function (state) {
    const parameters = new URLSearchParams();
    if (state.q) parameters.set("q", state.q);
    for (const [id, values] of state.facets) for (const value of values) parameters.append(id, value);
    if (state.from) parameters.set("from", state.from);
    if (state.to) parameters.set("to", state.to);
    if (state.sort) parameters.set("sort", state.sort);
    if (state.page > 1) parameters.set("p", String(state.page));
    return `?${parameters}`;
  };

  /**
   * The terms of a query for the page that was found, which marks them: `berlin|atomic energy|yugosl*`. That page knows
   * neither stems nor how the index folds letters, so it is given the `forms` that stand in it, where they differ.
   */
  search.marksOf = function (terms, forms) {
    const marks = terms.map((term) => term.words.join(" ") + (term.prefix ? "*" : ""));
    return [...new Set([...marks, ...(forms || []).filter((form) => !isPlain(form, terms))])].slice(0, MOST_MARKS).join("|");
  };

  const MOST_MARKS = 40;

  /** Whether a form is what was asked for, but for small letters and accents. */
  function isPlain(form, terms) {
    const words = form.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(" ");
    return terms.some((term) => {
      const last = term.words.length - 1;
      const fits = (word, place) => (term.prefix && place === last ? word.startsWith(term.words[place]) : word === term.words[place]);
      return words.length === term.words.length && words.every(fits);
    });
  }

  /** The address of a document that was found, with what is marked there and the way back. */
  search.found = function (address, marks, back) {
    return `${address}?${new URLSearchParams(marks ? { hl: marks, back } : { back })}`;
  };
})(typeof self === "undefined" ? globalThis : self);
