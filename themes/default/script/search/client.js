// The page's side of the index: loads nothing until it is asked, and then each thing once.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  /** `place`: addresses `index`, `engine`, `wasm`, and `offline` (the engine as a script, where readers may come from disk). */
  search.Client = class {
    constructor(place, words, progress) {
      this.place = place;
      this.words = words;
      this.isFromDisk = location.protocol === "file:";
      /** Bytes that have arrived since the search began. */
      this.bytes = 0;
      this.read = (bytes) => progress((this.bytes += bytes));
      this.files = search.files(place.index, place.offline !== undefined, this.read);
      this.shards = new Map();
      this.pages = new Map();
      this.last = { key: null };
    }

    /** Opens the index, once; after a failure, once more. */
    start() {
      this.started = this.started || this.open().catch((error) => {
        this.started = null;
        throw error;
      });
      return this.started;
    }

    async open() {
      if (this.isFromDisk && this.place.offline === undefined) throw new search.Failure("disk");
      if (typeof WebAssembly === "undefined" || typeof DecompressionStream === "undefined") throw new search.Failure("old");
      // All at once: none of these needs another one.
      const engine = this.isFromDisk ? this.fromDisk() : this.fromNet();
      const facets = this.files.json("facets");
      facets.catch(() => {});
      engine.catch(() => {});
      this.manifest = await this.files.json(this.isFromDisk ? "index" : "index.json");
      const opened = (await engine)(this.manifest);
      opened.catch(() => {});
      this.columns = new search.Columns(this.manifest, await facets, this.words);
      this.index = await opened;
      // Persons take more than all else; they come when the rest is there.
      this.persons().catch(() => {});
    }

    /** Takes in who is named, once; after a failure, once more. */
    persons() {
      const hasPersons = this.manifest.files && this.manifest.files.persons;
      this.named = this.named || (hasPersons ? this.files.json("persons").then((more) => this.columns.add(more)) : Promise.resolve());
      this.named.catch(() => (this.named = null));
      return this.named;
    }

    /** A worker and the engine's bytes; they are fetched side by side. */
    async fromNet() {
      const link = new Link(new Worker(this.place.engine), this.read);
      const [folder, name] = [this.place.wasm.replace(/[^/]*$/, ""), this.place.wasm.replace(/^.*\//, "")];
      const engine = await search.files(folder, false, this.read).get(name);
      const base = new URL(this.place.index, location.href).href;
      return async (manifest) => {
        const asScripts = this.place.offline !== undefined;
        await link.ask({ kind: "open", manifest, base, asScripts, engine }, [engine.buffer]);
        return link;
      };
    }

    /** From disk there are no workers: the engine runs in the page. */
    async fromDisk() {
      await new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = this.place.engine;
        script.onload = resolve;
        script.onerror = () => reject(new search.Failure("stale", "engine"));
        document.head.append(script);
      });
      const engine = await search.files(this.place.offline, true).get("sqlite3.wasm");
      return async (manifest) => {
        const index = await search.openIndex(manifest, this.files, engine);
        let current = new AbortController();
        return {
          ask: (message) => {
            if (message.kind === "where") return index.where(message.expressions, message.documents, current.signal);
            current.abort();
            current = new AbortController();
            return index.search(message.match, current.signal);
          },
        };
      };
    }

    /** The documents that a query finds, and how well: `{ documents, scores }`; no scores where all count alike. */
    async hits(query) {
      await this.start();
      this.bytes = 0;
      const key = query.match || query.exclude || "";
      if (this.last.key === key && this.last.isMatch === Boolean(query.match)) return this.last.hits;
      const hits = query.match || query.exclude ? await this.index.ask({ kind: "search", match: key }) : null;
      const found = query.match ? withScores(hits) : this.allBut(hits ? hits.documents : []);
      this.last = { key, isMatch: Boolean(query.match), hits: found };
      return found;
    }

    allBut(documents) {
      const out = new Set(documents);
      const rest = [];
      for (let document = 0; document < this.manifest.documents; document += 1) if (!out.has(document)) rest.push(document);
      return { documents: rest, scores: null };
    }

    /** In which fields the terms stand: document to names of fields. */
    async where(terms, documents) {
      const expressions = terms.map((term) => ({ text: search.termExpression(term), column: term.column }));
      return new Map(expressions.length > 0 ? await this.index.ask({ kind: "where", expressions, documents }) : []);
    }

    /** What the results say of documents: address, number, title, date in words, number of the volume. */
    async titles(documents) {
      const size = this.manifest.titles.shard;
      const numbers = [...new Set(documents.map((document) => Math.floor(document / size)))];
      const shards = new Map(await Promise.all(numbers.map(async (number) => [number, await this.shard(number)])));
      return documents.map((document) => shards.get(Math.floor(document / size))[document % size]);
    }

    shard(number) {
      if (!this.shards.has(number)) {
        const shard = this.files.json(`t${number}`);
        shard.catch(() => this.shards.delete(number));
        this.shards.set(number, shard);
      }
      return this.shards.get(number);
    }

    /** The HTML of a page of the site; nothing where it cannot be had. */
    page(address) {
      if (this.isFromDisk) return Promise.resolve(null);
      if (!this.pages.has(address)) {
        const page = fetch(address).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
        this.pages.set(address, page);
        if (this.pages.size > 100) this.pages.delete(this.pages.keys().next().value);
      }
      return this.pages.get(address);
    }
  };

  const withScores = ({ documents, scores }) => ({
    documents: [...documents],
    scores: new Map([...documents].map((document, place) => [document, scores[place]])),
  });

  /** Questions to a worker and their answers. */
  class Link {
    constructor(worker, progress) {
      this.worker = worker;
      this.wait = new Map();
      this.asked = 0;
      worker.onmessage = ({ data }) => {
        if (data.read) return progress(data.read);
        const { resolve, reject } = this.wait.get(data.id);
        this.wait.delete(data.id);
        if (data.failure) reject(new search.Failure(data.failure.kind, data.failure.detail));
        else resolve(data.result);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        this.failed = new search.Failure("stale", "engine");
        for (const { reject } of this.wait.values()) reject(this.failed);
        this.wait.clear();
      };
    }

    ask(message, moved) {
      if (this.failed) return Promise.reject(this.failed);
      this.asked += 1;
      const id = this.asked;
      return new Promise((resolve, reject) => {
        this.wait.set(id, { resolve, reject });
        this.worker.postMessage({ ...message, id }, moved || []);
      });
    }
  }
})(typeof self === "undefined" ? globalThis : self);
