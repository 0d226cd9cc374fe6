// The state of a search and the address that says it: `search.html?q=…&genre=…&from=…&to=…&sort=…&p=2`.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  const ORDERS = ["relevance", "edition", "date"];
  const OWN = new Set(["q", "from", "to", "sort", "p", "hl"]);

  /** What an address asks for. Values of facets are their names, which hold when the edition is published anew. */
  search.readAddress = function (address) {
    const parameters = new URLSearchParams(address);
    const state = { q: parameters.get("q") || "", from: parameters.get("from") || "", to: parameters.get("to") || "" };
    state.sort = ORDERS.includes(parameters.get("sort")) ? parameters.get("sort") : "";
    const page = Number(parameters.get("p"));
    state.page = Number.isInteger(page) && page > 0 ? page : 1;
    state.facets = new Map();
    for (const [id, value] of parameters) {
      if (OWN.has(id) || !value) continue;
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

  /** The terms of a query for the page that was found, which marks them: `?hl=berlin|atomic energy|yugosl*`. */
  search.marksOf = (terms) => terms.map((term) => term.words.join(" ") + (term.prefix ? "*" : "")).join("|");
})(typeof self === "undefined" ? globalThis : self);
