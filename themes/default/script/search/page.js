// The search page: from what is typed and chosen to what is shown, by way of the address.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  const ON_A_PAGE = 20;
  const PATIENCE = 400;

  class Page {
    constructor(form) {
      this.form = form;
      this.words = JSON.parse(document.getElementById("search-words").textContent);
      this.lang = document.documentElement.lang || "en";
      this.number = (value) => value.toLocaleString(this.lang);
      this.part = (name) => document.getElementById(`search-${name}`);
      const { index, engine, wasm, offline } = form.dataset;
      const place = { index, engine, wasm, offline };
      this.client = new search.Client(place, this.words, (bytes) => this.tellProgress(bytes));
      // Beside the results there is room for the choices; above them they would stand in the way.
      this.part("narrow").open = matchMedia("(min-width: 60rem)").matches;
      this.part("otherwise").hidden = true;
      this.facetsShown = new Map();
      this.turn = 0;
      this.state = this.asked();
      this.listen();
      this.fillForm();
      if (this.isAsked()) this.show();
    }

    /** What the address of the page asks for. */
    asked() {
      return search.readAddress(location.search, Object.keys(this.words.facets));
    }

    /** Whether anything is asked for: words, or a choice without words. */
    isAsked() {
      const { q, from, to, facets } = this.state;
      return Boolean(q.trim() || from || to || facets.size > 0);
    }

    listen() {
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.change({ ...this.read(), page: 1 });
      });
      this.form.addEventListener("change", (event) => {
        if (event.target.matches("[type=checkbox], select")) this.change({ ...this.read(), page: 1 });
        if (event.target.matches("#search-from, #search-to")) this.change({ ...this.read(), page: 1 });
      });
      this.form.addEventListener("input", (event) => {
        if (event.target.dataset.filter) this.filter(event.target);
      });
      // A filter acts while it is typed; Enter in it asks for nothing.
      this.form.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target.dataset.filter) event.preventDefault();
      });
      this.form.addEventListener("click", (event) => this.click(event));
      // The index is opened as soon as the reader turns to the field.
      this.part("q").addEventListener("focus", () => this.warm(), { once: true });
      this.part("q").addEventListener("input", () => this.warm(), { once: true });
      addEventListener("popstate", () => {
        this.state = this.asked();
        this.fillForm();
        this.show();
      });
    }

    warm() {
      this.client.start().catch(() => {});
    }

    click(event) {
      const { target } = event;
      const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (target.dataset.example && isPlain) {
        event.preventDefault();
        this.change({ ...this.state, q: target.dataset.example, facets: new Map(), from: "", to: "", page: 1 });
      } else if (target.id === "search-clear") {
        this.change({ ...this.state, facets: new Map(), from: "", to: "", page: 1 });
        this.part("q").focus();
      } else if (!this.result) {
        // What follows needs results; they are not there yet.
      } else if (target.dataset.more) {
        const shown = this.facetsShown.get(target.dataset.more) || {};
        this.facetsShown.set(target.dataset.more, { ...shown, most: search.moreValues(shown.most) });
        this.showFacets(target.dataset.more);
      } else if (target.dataset.save) {
        this.save(target.dataset.save);
      } else if (target.dataset.page && isPlain) {
        event.preventDefault();
        this.change({ ...this.state, page: Number(target.dataset.page) }).then(() => this.toResults());
      }
    }

    filter(input) {
      const id = input.dataset.filter;
      if (!this.result) return;
      this.facetsShown.set(id, { ...this.facetsShown.get(id), filter: input.value });
      this.showFacets(id);
      const again = this.form.querySelector(`[data-filter="${id}"]`);
      again.focus();
      again.setSelectionRange(again.value.length, again.value.length);
    }

    toResults() {
      const results = this.part("results");
      results.focus({ preventScroll: true });
      results.scrollIntoView({ block: "start" });
    }

    /** The state that the form has. */
    read() {
      const data = new FormData(this.form);
      const facets = new Map();
      for (const box of this.form.querySelectorAll("fieldset [type=checkbox]:checked")) {
        facets.set(box.name, new Set([...(facets.get(box.name) || []), box.value]));
      }
      // Choices that are not shown, because the index was not there yet or the form is empty, stay.
      if (!this.result) this.state.facets.forEach((values, id) => facets.set(id, values));
      const text = (name) => String(data.get(name) || "").trim();
      return { q: text("q"), from: text("from"), to: text("to"), sort: this.order(text("sort")), page: 1, facets };
    }

    /** The order by relevance is not written where it goes without saying. */
    order(value) {
      return value === "relevance" ? "" : value;
    }

    fillForm() {
      for (const name of ["q", "from", "to"]) this.part(name).value = this.state[name];
      this.part("sort").value = this.state.sort || "relevance";
    }

    /** Takes on a state: a step in the history of the browser. */
    change(state) {
      this.state = state;
      const address = search.writeAddress(state);
      if (address !== location.search) history.pushState(null, "", address === "?" ? location.pathname : address);
      this.fillForm();
      return this.show();
    }

    async show() {
      this.turn += 1;
      const { turn } = this;
      this.say("", null);
      if (!this.isAsked()) return this.rest();
      const slow = setTimeout(() => turn === this.turn && this.busy(), PATIENCE);
      try {
        await this.client.start();
        const query = search.parse(this.state.q, this.options());
        const hits = this.isNothing(query) ? { documents: [], scores: null } : await this.client.hits(query);
        if (this.state.facets.has("person")) await this.client.persons();
        if (turn !== this.turn) return undefined;
        // From here on the number of hits is told, and nothing may write over it.
        clearTimeout(slow);
        this.part("progress").hidden = true;
        this.query = query;
        await this.list(hits, turn);
        this.listPersons(turn);
      } catch (error) {
        if (turn === this.turn && error.kind !== "aborted") this.fail(error);
      } finally {
        clearTimeout(slow);
        if (turn === this.turn) this.part("progress").hidden = true;
      }
      return undefined;
    }

    /** The choice of persons, which comes last; without it the rest holds. */
    async listPersons(turn) {
      try {
        await this.client.persons();
        if (turn === this.turn && this.result) this.narrow(this.result.hits);
        if (turn === this.turn && this.result) this.listFacets();
      } catch (error) {
        if (turn === this.turn) this.part("notices").append(search.make("p", null, this.textOf(error)));
      }
    }

    options() {
      const fields = Object.fromEntries(Object.entries(this.words.field_names || {}).map(([column, name]) => [name, column]));
      return { unspaced: this.client.manifest.unspaced, fields };
    }

    isNothing(query) {
      return !query.match && !query.exclude && Boolean(this.state.q.trim());
    }

    /** Nothing is asked for: the page as it came. */
    rest() {
      this.empty();
      this.part("status").dataset.hits = "";
      this.part("status").textContent = "";
    }

    /** Takes away what was found. */
    empty() {
      this.result = null;
      this.part("body").hidden = true;
      for (const part of ["results", "facets", "pager"]) this.part(part).replaceChildren();
      this.part("downloads").hidden = true;
    }

    /** Shows what was found. No request but for titles and excerpts. */
    async list(hits, turn) {
      this.narrow(hits);
      this.part("body").hidden = false;
      this.listFacets();
      this.tellHits();
      this.part("results").replaceChildren();
      await this.listPage(turn);
    }

    /** Narrows and sorts what was found. */
    narrow(hits) {
      const { columns } = this.client;
      const dates = search.readRange(this.state.from, this.state.to, { lang: this.lang, words: this.words.date_words });
      this.wrongDate = dates.wrong;
      const isRange = dates.undated || dates.from !== undefined;
      const range = isRange ? dates : null;
      const chosen = new Map();
      for (const [id, names] of this.state.facets) {
        const facet = columns.facets.get(id);
        if (!facet) continue;
        // A value that is no longer there fits no document.
        chosen.set(id, new Set([...names].map((name) => (facet.numbers.has(name) ? facet.numbers.get(name) : -1))));
      }
      const { documents, counts } = columns.narrow(hits.documents, chosen, range);
      const order = this.state.sort || (hits.scores ? "relevance" : "edition");
      const sorted = columns.sort(documents, order, hits.scores);
      this.result = { hits, chosen, counts, sorted, range };
    }

    tellHits() {
      const { sorted, hits } = this.result;
      const count = sorted.length;
      const word = count === 0 ? this.words.none : count === 1 ? this.words.one : this.words.many;
      const all = this.state.q.trim() && hits.documents.length > count ? ` ${search.fill(this.words.of_all, { n: this.number(hits.documents.length) })}` : "";
      this.say(search.fill(word, { n: this.number(count) }) + all, count);
      const told = this.wrongDate === undefined ? this.query.notices : [...this.query.notices, { kind: "date", text: this.wrongDate }];
      const notices = told.map(({ kind, text }) => search.fill(this.words.notices[kind], { n: text }));
      if (count === 0 && notices.length === 0) notices.push(this.whyNone(hits.documents.length > 0));
      this.part("notices").replaceChildren(...notices.map((text) => search.make("p", null, text)));
    }

    whyNone(isFound) {
      if (!isFound) return this.words.none_help;
      return this.state.q.trim() ? this.words.none_chosen : this.words.none_fits;
    }

    say(text, hits) {
      this.part("notices").replaceChildren();
      const status = this.part("status");
      if (hits !== null) status.dataset.hits = String(hits);
      else delete status.dataset.hits;
      if (text || hits === null) status.textContent = text;
    }

    listFacets() {
      const { columns } = this.client;
      const { counts, chosen } = this.result;
      const sets = columns.list().map((facet) => this.facetSet(facet, counts.get(facet.id) || new Uint32Array(facet.names.length), chosen.get(facet.id)));
      const focused = document.activeElement && document.activeElement.matches("fieldset [type=checkbox]") ? document.activeElement : null;
      const [name, value] = focused ? [focused.name, focused.value] : [];
      this.part("facets").replaceChildren(...sets.filter(Boolean));
      // The choice that was just made keeps the focus, though its list is made anew.
      if (focused) [...this.form.elements].find((one) => one.name === name && one.value === value)?.focus();
      this.part("clear").hidden = this.state.facets.size === 0 && !this.state.from && !this.state.to;
    }

    facetSet(facet, counts, chosen) {
      return search.facet(facet, counts, chosen || new Set(), this.facetsShown.get(facet.id) || {}, this.words, this.number);
    }

    showFacets(id) {
      const facet = this.client.columns.facets.get(id);
      const set = this.facetSet(facet, this.result.counts.get(id), this.result.chosen.get(id));
      const old = this.form.querySelector(`[data-facet="${id}"]`);
      const place = [...old.querySelectorAll("[type=checkbox]")].length;
      old.replaceWith(set);
      // The focus goes to the first of the values that came.
      set.querySelectorAll("[type=checkbox]")[place]?.focus();
    }

    async listPage(turn) {
      const { sorted } = this.result;
      const pages = Math.max(1, Math.ceil(sorted.length / ON_A_PAGE));
      if (this.state.page > pages) {
        this.state.page = pages;
        history.replaceState(null, "", search.writeAddress(this.state));
      }
      const first = (this.state.page - 1) * ON_A_PAGE;
      const shown = sorted.slice(first, first + ON_A_PAGE);
      const titles = await this.client.titles(shown);
      if (turn !== this.turn) return;
      const back = search.writeAddress(this.state).slice(1);
      const { columns, manifest } = this.client;
      const asked = { terms: this.query.terms, back, lang: this.lang };
      const items = shown.map((document, place) => search.result(document, titles[place], columns, asked, manifest, this.words));
      const list = this.part("results");
      list.start = first + 1;
      list.replaceChildren(...items);
      this.part("pager").replaceChildren(...search.pager(this.state, pages, this.words, this.number));
      this.part("downloads").hidden = sorted.length === 0;
      if (this.query.terms.length > 0) this.why(items, shown, titles, asked, turn);
    }

    /** Words in context and the fields where they stand; they come after the list and hold nothing up. */
    async why(items, shown, titles, asked, turn) {
      const { terms, back } = asked;
      const { manifest } = this.client;
      const where = this.client.where(terms, shown).catch(() => new Map());
      await Promise.all(
        shown.map(async (document, place) => {
          const [address, , title] = titles[place];
          const page = await this.client.page(address);
          const fields = (await where).get(document) || [];
          if (turn !== this.turn) return;
          const { excerpts, forms } = page ? search.excerpts(page, terms, manifest) : { excerpts: [], forms: new Set() };
          search.places(title, terms, manifest).forEach(([start, end]) => forms.add(search.form(title.slice(start, end), manifest)));
          items[place].querySelector("a").href = search.found(address, search.marksOf(terms, [...forms]), back);
          search.tellWhy(items[place], excerpts, fields, this.words);
        }),
      );
      if (turn === this.turn) this.part("results").dataset.settled = String(turn);
    }

    async save(kind) {
      const { turn } = this;
      const { sorted } = this.result;
      const { columns } = this.client;
      try {
        const [titles] = await Promise.all([this.client.titles(sorted), this.client.persons()]);
        if (turn !== this.turn) return;
        const name = this.words.file_name || "results";
        if (kind === "csv") {
          const names = { ...this.words.columns, facets: this.words.facets };
          search.save(`${name}.csv`, "text/csv;charset=utf-8", search.table(sorted, titles, columns, names));
        } else {
          search.save(`${name}.txt`, "text/plain;charset=utf-8", search.citations(titles, columns, this.words.citation));
        }
      } catch (error) {
        this.fail(error);
      }
    }

    busy() {
      this.part("progress").hidden = false;
      this.part("status").textContent = this.client.index ? this.words.searching : this.words.loading;
      this.tellProgress(this.client.bytes);
    }

    tellProgress(bytes) {
      if (this.part("progress").hidden || bytes === 0) return;
      const read = search.fill(this.words.read, { n: this.number(Math.max(1, Math.round(bytes / 1024))) });
      this.part("bar").setAttribute("aria-valuetext", read);
      this.part("read").textContent = read;
    }

    textOf(error) {
      return this.words.errors[error.kind] || this.words.errors.engine;
    }

    /** What went wrong, plainly, with a way on. */
    fail(error) {
      this.empty();
      this.say(this.textOf(error), null);
      if (error.kind === "disk" || error.kind === "old") this.part("otherwise").hidden = false;
      else {
        const again = search.make("button", { type: "button" }, this.words.reload);
        again.addEventListener("click", () => location.reload());
        this.part("notices").replaceChildren(search.make("p", null, again));
      }
    }
  }

  if (typeof document !== "undefined") {
    const form = document.getElementById("search");
    if (form) new Page(form);
  }
})(typeof self === "undefined" ? globalThis : self);
