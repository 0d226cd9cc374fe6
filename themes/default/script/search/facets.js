// What is told of each document besides its text: counts by volume, year, genre and the like, dates, and order.
//
// All is counted here, so a change of a choice or of the order asks nothing of the index.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  /** Languages written from right to left, the same as where pages are made. */
  const LEFTWARDS = /^(ar|fa|he|ur|yi|ps|ckb|dv|syr|ug|sd)(-|$)/i;

  /** Columns of an edition, from the file `facets`; `add` takes those of `persons`. */
  search.Columns = class {
    constructor(manifest, base, words) {
      this.count = manifest.documents;
      // Values that are keys, such as `editorial-note` or `de`, have names among the words of the interface.
      this.named = { kind: words.kinds || {}, language: words.languages || {} };
      this.order = manifest.facets.map((facet) => facet.id);
      this.day = base.day || [];
      this.to = base.to || [];
      /** Those that are known to bear no date; others may be sections, or not yet dated. */
      this.undated = new Set(base.undated);
      this.facets = new Map();
      this.add(base);
      if (this.day.length > 0) this.facets.set("year", this.years(words.undated));
    }

    /** Takes in columns; one that has one value a document is made a list. */
    add(columns) {
      for (const [id, names] of Object.entries(columns.names || {})) {
        if (!Array.isArray(columns[id])) continue;
        const values = columns[id].map((value) => (Array.isArray(value) ? value : value === null ? [] : [value]));
        const labels = names.map((name) => (this.named[id] && this.named[id][name]) || name);
        this.facets.set(id, { id, names, labels, values, numbers: new Map(names.map((name, number) => [name, number])) });
      }
    }

    /** Every year in which a document may be written; the last value is that of documents without a date. */
    years(undatedName) {
      const spans = Array.from({ length: this.count }, (_, document) => {
        const [from, to] = this.span(document);
        if (from === null && to === null) return null;
        return [search.yearOf(from === null ? to : from), search.yearOf(to === null ? from : to)];
      });
      const all = new Set();
      for (const span of spans) for (let year = span ? span[0] : 1; span && year <= span[1]; year += 1) all.add(year);
      const sorted = [...all].sort((one, other) => one - other);
      const names = sorted.map(String);
      const place = new Map(sorted.map((year, number) => [year, number]));
      if (spans.includes(null)) names.push(undatedName);
      const values = spans.map((span) => {
        if (!span) return [names.length - 1];
        const numbers = [];
        for (let year = span[0]; year <= span[1]; year += 1) numbers.push(place.get(year));
        return numbers;
      });
      return { id: "year", names, labels: names, values, numbers: new Map(names.map((name, number) => [name, number])) };
    }

    /** First and last day of a document; null where it is open or not known. */
    span(document) {
      const value = (column) => (column[document] === undefined ? null : column[document]);
      return [value(this.day), value(this.to)];
    }

    /** Language and direction of a document, as attributes; none where it is that of the page. */
    tongue(document, ofPage) {
      const languages = this.facets.get("language");
      const lang = languages && languages.names[languages.values[document][0]];
      return lang && lang !== ofPage ? { lang, dir: LEFTWARDS.test(lang) ? "rtl" : "ltr" } : {};
    }

    /** Facets in their order, with the year after the volume. */
    list() {
      const ids = this.order.filter((id) => id !== "year");
      ids.splice(ids[0] === "volume" ? 1 : 0, 0, "year");
      const isUseful = (facet) => facet && facet.names.length > (facet.id === "volume" || facet.id === "year" ? 1 : 0);
      return ids.map((id) => this.facets.get(id)).filter(isUseful);
    }

    /** Whether a document may be written within a range of days. */
    isWithin(document, range) {
      if (range.undated) return this.undated.has(document);
      const [from, to] = this.span(document);
      if (from === null && to === null) return false;
      const isBefore = range.to !== null && from !== null && from > range.to;
      const isAfter = range.from !== null && to !== null && to < range.from;
      return !isBefore && !isAfter;
    }

    /**
     * Narrows documents. `chosen` maps facets to the numbers of their chosen values, any of which fits; `range` is a
     * range of days or null. Gives the documents that remain, and for each facet how many documents each of its values
     * would have, all other choices standing.
     */
    narrow(documents, chosen, range) {
      const facets = this.list();
      const counts = new Map(facets.map((facet) => [facet.id, new Uint32Array(facet.names.length)]));
      const left = [];
      const limited = facets.filter((facet) => chosen.get(facet.id) && chosen.get(facet.id).size > 0);
      for (const document of documents) {
        if (range && !this.isWithin(document, range)) continue;
        const failing = limited.filter((facet) => !facet.values[document].some((value) => chosen.get(facet.id).has(value)));
        if (failing.length > 1) continue;
        if (failing.length === 0) left.push(document);
        for (const facet of failing.length === 1 ? failing : facets) {
          const count = counts.get(facet.id);
          for (const value of facet.values[document]) count[value] += 1;
        }
      }
      return { documents: left, counts };
    }

    /** Documents in an order: `date`, `relevance` (by `scores`, a map), else that of the edition. */
    sort(documents, order, scores) {
      const sorted = [...documents].sort((one, other) => one - other);
      if (order === "relevance" && scores) {
        return sorted.sort((one, other) => scores.get(other) - scores.get(one) || one - other);
      }
      if (order !== "date") return sorted;
      const key = (document) => {
        const [from, to] = this.span(document);
        return from === null ? (to === null ? Infinity : to) : from;
      };
      const keys = new Map(sorted.map((document) => [document, key(document)]));
      return sorted.sort((one, other) => {
        const [a, b] = [keys.get(one), keys.get(other)];
        return a === b ? one - other : a - b;
      });
    }
  };
})(typeof self === "undefined" ? globalThis : self);
