// Asks the index: in a worker over HTTP, in the page itself where it was opened from disk.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  const MOST_CACHED = 16 << 20;
  const READ_AHEAD = [1, 4, 16];
  // A word in the title says more than one in the text, and that more than one in notes and source.
  const WEIGHTS = { title: 5, text: 1, notes: 0.7, source: 0.5 };

  /** The pieces of the database that are here: some for good, others as long as there is room. */
  class Pieces {
    constructor(manifest, files) {
      this.size = manifest.size;
      this.page = manifest.page;
      this.count = manifest.pages;
      this.files = files;
      this.kept = new Map();
      this.cached = new Map();
      this.streams = new Map();
      this.used = new Set();
    }

    /** The bytes of a piece, if they are here. */
    at(number) {
      const piece = this.kept.get(number) || this.cached.get(number);
      this.used.add(number);
      return piece;
    }

    /** Keeps pieces that every query needs; they lie one after another in the file. */
    keep(numbers, bytes) {
      let from = 0;
      for (const number of numbers) {
        const length = Math.min(this.page, this.size - number * this.page);
        this.kept.set(number, bytes.subarray(from, from + length));
        from += length;
      }
    }

    /** Fetches a piece, and more after it where pieces are read in their order. */
    async fetch(number, signal) {
      const step = this.stepAt(number);
      const wanted = [];
      for (let next = number; next < Math.min(number + READ_AHEAD[step], this.count); next += 1) {
        if (!this.kept.has(next) && !this.cached.has(next)) wanted.push(next);
      }
      this.streams.set(number + READ_AHEAD[step], Math.min(step + 1, READ_AHEAD.length - 1));
      await Promise.all(
        wanted.map(async (next) => {
          const piece = await this.files.get(`c${next}`, signal);
          if (piece.length !== Math.min(this.page, this.size - next * this.page)) throw new search.Failure("stale", `c${next}`);
          this.cached.set(next, piece);
        }),
      );
    }

    /** How far to read ahead; pieces that were kept may lie between. */
    stepAt(number) {
      for (let end = number; end > number - 3; end -= 1) {
        const step = this.streams.get(end);
        if (step !== undefined) {
          this.streams.delete(end);
          return step;
        }
        if (!this.kept.has(end - 1)) break;
      }
      return 0;
    }

    /** Between two queries: drops what was not used for longest. */
    tidy() {
      this.streams.clear();
      for (const number of this.used) {
        const piece = this.cached.get(number);
        if (!piece) continue;
        this.cached.delete(number);
        this.cached.set(number, piece);
      }
      this.used.clear();
      let bytes = [...this.cached.values()].reduce((sum, piece) => sum + piece.length, 0);
      for (const [number, piece] of this.cached) {
        if (bytes <= MOST_CACHED) break;
        this.cached.delete(number);
        bytes -= piece.length;
      }
    }
  }

  /** An index that is open. */
  class Index {
    constructor(manifest, pieces, database) {
      this.manifest = manifest;
      this.pieces = pieces;
      this.database = database;
    }

    /** Runs a statement, again and again, until no piece is missing. */
    async run(sql, values, collect, signal) {
      for (;;) {
        const rows = collect();
        const missing = this.database.step(sql, values, rows.row);
        if (missing < 0) return rows.done();
        await this.pieces.fetch(missing, signal);
        if (signal && signal.aborted) throw new DOMException("given up", "AbortError");
      }
    }

    /** All documents that match, counted from 0 in the edition's order, with how well they match. */
    async search(match, signal) {
      this.pieces.tidy();
      const weights = this.manifest.columns.map((column) => WEIGHTS[column] || 1).join(", ");
      const sql = `SELECT rowid, bm25(${this.manifest.table}, ${weights}) FROM ${this.manifest.table} WHERE ${this.manifest.table} MATCH ?1`;
      return this.run(sql, [match], ranked, signal);
    }

    /** Which fields of some documents have any of the expressions: document to names of fields. */
    async where(expressions, documents, signal) {
      const found = new Map(documents.map((document) => [document, []]));
      const rows = documents.map((document) => document + 1).join(",");
      for (const column of this.manifest.columns) {
        const fitting = expressions.filter((one) => !one.column || one.column === column).map((one) => one.text);
        if (fitting.length === 0 || documents.length === 0) continue;
        const match = `{${column}} : (${fitting.join(" OR ")})`;
        const sql = `SELECT rowid FROM ${this.manifest.table} WHERE ${this.manifest.table} MATCH ?1 AND rowid IN (${rows})`;
        const numbers = await this.run(sql, [match], plain, signal);
        numbers.forEach((document) => found.get(document)?.push(column));
      }
      return [...found];
    }
  }

  const ranked = () => {
    const documents = [];
    const scores = [];
    return {
      row: (engine, statement) => {
        documents.push(engine.sqlite3_column_int(statement, 0) - 1);
        scores.push(-engine.sqlite3_column_double(statement, 1));
      },
      done: () => ({ documents: Uint32Array.from(documents), scores: Float64Array.from(scores) }),
    };
  };

  const plain = () => {
    const documents = [];
    return {
      row: (engine, statement) => documents.push(engine.sqlite3_column_int(statement, 0) - 1),
      done: () => documents,
    };
  };

  /** Opens an index: engine and the pages that every query needs are fetched side by side. */
  search.openIndex = async function (manifest, files, engineBytes) {
    const pieces = new Pieces(manifest, files);
    const opened = Promise.resolve(engineBytes).then((bytes) => search.sqlite(bytes, pieces));
    const [database, hot] = await Promise.all([opened, files.get("hot")]);
    pieces.keep(manifest.hot, hot);
    const index = new Index(manifest, pieces, database);
    // Sorting in memory, and at most 8 MB of pages a second time.
    for (const setting of ["temp_store = 2", "cache_size = -8192"]) {
      await index.run(`PRAGMA ${setting}`, [], plain);
    }
    return index;
  };

  /** In a worker: answers messages; a new search ends the one before it. */
  function serve() {
    let index;
    let current = new AbortController();
    const answer = async (id, work) => {
      try {
        const result = await work();
        const moved = result && result.documents ? [result.documents.buffer, result.scores.buffer] : [];
        scope.postMessage({ id, result }, moved);
      } catch (error) {
        const kind = error.name === "AbortError" ? "aborted" : error.kind || "engine";
        scope.postMessage({ id, failure: { kind, detail: String(error.message || error) } });
      }
    };
    const progress = (read) => scope.postMessage({ read });
    scope.onmessage = ({ data }) => {
      if (data.kind === "open") {
        const files = search.files(data.base, data.asScripts, progress);
        index = search.openIndex(data.manifest, files, data.engine);
        answer(data.id, () => index.then(() => true));
      } else if (data.kind === "search") {
        current.abort();
        current = new AbortController();
        const { signal } = current;
        answer(data.id, async () => (await index).search(data.match, signal));
      } else if (data.kind === "where") {
        const { signal } = current;
        answer(data.id, async () => (await index).where(data.expressions, data.documents, signal));
      }
    };
  }

  if (typeof WorkerGlobalScope !== "undefined" && scope instanceof WorkerGlobalScope) serve();
})(typeof self === "undefined" ? globalThis : self);
