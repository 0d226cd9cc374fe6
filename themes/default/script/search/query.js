// What a reader types, read as a query: words, "phrases", -word, word*, OR, near/5, title: notes: source: text:.
//
// `engrossSearch.parse` never fails. It answers with an expression for SQLite's FTS5 in which every word stands in double
// quotes, with the words to be marked, and with notices that say plainly what was not followed.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  const MOST_LETTERS = 1000;
  const MOST_TERMS = 40;
  const MOST_DEPTH = 20;
  const FEWEST_BEFORE_STAR = 3;
  /** No document has more words. */
  const MOST_DISTANCE = 999999;
  const QUOTES = "\"“”„‟«»〝〞「」";
  const FIELDS = { title: "title", text: "text", notes: "notes", note: "notes", source: "source", sources: "source" };

  /**
   * Reads a query. Options: `fields` (further names of fields, in the language of the edition), `unspaced` (ranges of
   * the letters that are words by themselves).
   *
   * - `match`: the expression; null where nothing is to be found, or all but `exclude`
   * - `exclude`: the expression of what is left out of everything, where only exclusions were typed
   * - `terms`: `{ words, prefix, column }` of what is to be found, for marking
   * - `notices`: `{ kind, text }`; kinds are keys of `notices` in the words of the interface
   */
  search.parse = function (typed, options) {
    const reader = new Reader(options || {});
    const text = clean(String(typed === undefined || typed === null ? "" : typed));
    if (text.length > MOST_LETTERS) reader.notice("long", "");
    const tree = reader.read(lex(text.slice(0, MOST_LETTERS), reader));
    const query = { match: null, exclude: null, terms: [], notices: reader.notices };
    if (tree && tree.kind === "without") query.exclude = write(tree.node);
    else if (tree) query.match = write(tree);
    else if (text.trim()) reader.notice("nothing", "");
    if (query.match) collect(tree, query.terms);
    return query;
  };

  function clean(text) {
    // Private letters separate notes in the index, and half a letter is none; nobody means them.
    return text.normalize("NFC").replace(/[\p{Cc}\p{Co}\p{Cs}]/gu, " ");
  }

  /** Pieces: words, phrases, operators and brackets, in the order typed. */
  function lex(text, reader) {
    const pieces = [];
    let at = 0;
    const rest = () => text.slice(at);
    while (at < text.length) {
      const letter = text[at];
      if (/\s/.test(letter)) at += 1;
      else if (letter === "(" || letter === ")" || letter === "|") {
        pieces.push({ kind: letter === "|" ? "or" : letter });
        at += 1;
      } else if (/^[-−+]+/.test(rest())) {
        const signs = /^[-−+]+/.exec(rest())[0];
        at += signs.length;
        // A dash between blanks is a dash.
        if (at < text.length && !/\s/.test(text[at]) && /[-−]/.test(signs)) pieces.push({ kind: "not" });
      } else if (fieldOf(rest(), reader)) {
        const { column, length } = fieldOf(rest(), reader);
        pieces.push({ kind: "field", column, text: text.slice(at, at + length) });
        at += length;
      } else if (QUOTES.includes(letter)) {
        let end = at + 1;
        while (end < text.length && !QUOTES.includes(text[end])) end += 1;
        const star = text[end + 1] === "*" ? 1 : 0;
        pieces.push({ kind: "term", text: text.slice(at + 1, end) + "*".repeat(star), quoted: true });
        at = end + 1 + star;
      } else {
        let end = at + 1;
        while (end < text.length && !/[\s()|]/.test(text[end]) && !QUOTES.includes(text[end])) end += 1;
        pieces.push(word(text.slice(at, end)));
        at = end;
      }
    }
    return pieces;
  }

  function fieldOf(rest, reader) {
    const match = /^(\p{L}+):/u.exec(rest);
    const column = match && reader.fields[search.fold(match[1])];
    return column ? { column, length: match[0].length } : null;
  }

  function word(text) {
    if (text === "OR") return { kind: "or" };
    if (text === "AND" || text === "&" || text === "&&") return { kind: "and" };
    if (text === "NOT") return { kind: "not" };
    const near = /^near\/(\d+)$/i.exec(text) || (text === "NEAR" ? ["", "10"] : null);
    if (near) return { kind: "near", distance: Math.min(Number(near[1]), MOST_DISTANCE), text };
    return { kind: "term", text };
  }

  /** Reads pieces as a tree: terms, `and` with what it leaves out, `or`, `near`, `in` a column. */
  class Reader {
    constructor(options) {
      this.notices = [];
      this.splitter = search.splitter(options.unspaced);
      this.fields = Object.create(null);
      for (const names of [FIELDS, options.fields || {}]) {
        for (const [name, column] of Object.entries(names)) this.fields[search.fold(name)] = column;
      }
      this.terms = 0;
      this.depth = 0;
      /** The field of the brackets in which the reading is. */
      this.inside = null;
    }

    notice(kind, text) {
      const isSaid = this.notices.some((one) => one.kind === kind && one.text === text);
      if (!isSaid) this.notices.push({ kind, text });
    }

    read(pieces) {
      this.pieces = pieces;
      this.at = 0;
      let tree = null;
      let onlyLeftOut = null;
      while (this.at < pieces.length) {
        const next = this.anyOf();
        if (next && next.kind === "without") onlyLeftOut = next;
        else if (next) tree = tree ? { kind: "and", nodes: [tree, next], without: [] } : next;
        // A bracket that was never opened.
        if (this.is(")")) this.at += 1;
      }
      if (tree && onlyLeftOut) return { kind: "and", nodes: [tree], without: [onlyLeftOut.node] };
      return tree || onlyLeftOut;
    }

    is(kind) {
      return this.at < this.pieces.length && this.pieces[this.at].kind === kind;
    }

    anyOf() {
      const nodes = [];
      let isChoice = false;
      for (;;) {
        const node = this.allOf();
        if (node) nodes.push(node);
        if (!this.is("or")) break;
        isChoice = true;
        this.at += 1;
      }
      const found = nodes.filter((node) => node.kind !== "without");
      if (isChoice && found.length < nodes.length && found.length > 0) this.notice("alone", "");
      if (found.length === 0 && nodes.length > 1) {
        return { kind: "without", node: { kind: "and", nodes: nodes.map((node) => node.node), without: [] } };
      }
      if (found.length === 0) return nodes[0] || null;
      return found.length === 1 ? found[0] : { kind: "or", nodes: found };
    }

    allOf() {
      const nodes = [];
      const without = [];
      while (this.at < this.pieces.length && !this.is("or") && !this.is(")")) {
        let isLeftOut = false;
        while (this.is("and") || this.is("not")) {
          isLeftOut = isLeftOut || this.is("not");
          this.at += 1;
        }
        if (this.at >= this.pieces.length || this.is("or") || this.is(")")) break;
        const node = this.unit(null);
        if (!node) continue;
        const near = isLeftOut ? node : this.near(node);
        if (near.kind === "without") (isLeftOut ? nodes : without).push(near.node);
        else (isLeftOut ? without : nodes).push(near);
      }
      if (nodes.length === 0 && without.length > 0) return { kind: "without", node: any(without) };
      if (nodes.length === 0) return null;
      return nodes.length === 1 && without.length === 0 ? nodes[0] : { kind: "and", nodes, without };
    }

    /** A word, a phrase, a bracket, or one of these in a field. */
    unit(column) {
      const piece = this.pieces[this.at];
      this.at += 1;
      if (!piece) return null;
      if (piece.kind === "field") return this.inField(piece);
      if (piece.kind === "(") return this.bracket(column);
      if (piece.kind === "near") this.notice("dangling", piece.text);
      return piece.kind === "term" ? this.term(piece, column) : null;
    }

    /** What follows the name of a field; the sign of an exclusion may stand between. */
    inField(outer) {
      let field = outer;
      let isLeftOut = false;
      if (this.inside && this.inside !== field.column) this.notice("inner", field.text);
      while (this.is("and") || this.is("field") || this.is("not")) {
        if (this.is("field")) {
          field = this.pieces[this.at];
          this.notice("inner", field.text);
        }
        isLeftOut = isLeftOut !== this.is("not");
        this.at += 1;
      }
      if (this.is("or") || this.is(")") || this.is("near") || this.at >= this.pieces.length) {
        this.notice("field", field.text);
        return null;
      }
      const node = this.unit(field.column);
      if (!node || !isLeftOut) return node;
      return node.kind === "without" ? node.node : { kind: "without", node };
    }

    bracket(column) {
      this.depth += 1;
      if (this.depth > MOST_DEPTH) this.notice("deep", "");
      const outer = this.inside;
      this.inside = column || outer;
      const node = this.depth > MOST_DEPTH ? null : this.anyOf();
      this.inside = outer;
      this.depth -= 1;
      if (this.is(")")) this.at += 1;
      if (!node || !column) return node;
      if (node.kind === "without") return { kind: "without", node: { kind: "in", column, node: node.node } };
      return { kind: "in", column, node };
    }

    /** `a near/5 b near/5 c`: each pair near each other. */
    near(first) {
      const pairs = [];
      let left = first;
      while (this.is("near") && this.at + 1 < this.pieces.length) {
        const { distance } = this.pieces[this.at];
        const next = this.pieces[this.at + 1].kind;
        if (next !== "term" && next !== "field" && next !== "(") break;
        this.at += 1;
        const right = this.unit(null);
        if (!right) {
          this.notice("near", "");
          continue;
        }
        pairs.push(this.pair(left, right, distance));
        left = right;
      }
      if (pairs.length === 0) return first;
      return pairs.length === 1 ? pairs[0] : { kind: "and", nodes: pairs, without: [] };
    }

    pair(left, right, distance) {
      const isTerm = left.kind === "term" && right.kind === "term";
      const isOneField = !left.column || !right.column || left.column === right.column;
      if (isTerm && isOneField) return { kind: "near", left, right, distance, column: left.column || right.column };
      this.notice("near", "");
      const nodes = [left, right].filter((node) => node.kind !== "without");
      const without = [left, right].filter((node) => node.kind === "without").map((node) => node.node);
      if (nodes.length === 0) return { kind: "without", node: any(without) };
      return { kind: "and", nodes, without };
    }

    term({ text: typed, quoted }, column) {
      let text = search.fold(typed);
      let prefix = /\*\s*$/.test(text);
      text = text.replace(/[*\s]+$/, "");
      if (text.includes("*")) {
        this.notice("star", typed);
        // What stands before the first star is the word; a star before a word is left away.
        const [before, after] = [text.slice(0, text.indexOf("*")), text.replaceAll("*", " ")];
        prefix = !quoted && search.tokens(before).length > 0;
        text = prefix ? before : after;
      }
      const tokens = search.tokens(text, this.splitter);
      if (tokens.length === 0) {
        if (typed.trim()) this.notice("sign", typed);
        return null;
      }
      if (!quoted && /^\p{L}+:[\p{L}(]/u.test(typed)) this.notice("unknown", typed.slice(0, typed.indexOf(":") + 1));
      const last = tokens[tokens.length - 1];
      if (prefix && this.isAlone(text.slice(last.start, last.end))) prefix = false;
      if (prefix && [...last.word].length < FEWEST_BEFORE_STAR) {
        this.notice("short", typed);
        prefix = false;
      }
      this.terms += 1;
      if (this.terms > MOST_TERMS) {
        this.notice("many", String(MOST_TERMS));
        return null;
      }
      return { kind: "term", text: this.apart(text.trim()), words: tokens.map((token) => token.word), prefix, column: column || null };
    }

    /** Whether a letter is a word by itself, so that a star after it says nothing. */
    isAlone(word) {
      return [...word].length === 1 && search.tokens(word + word, this.splitter).length === 2;
    }

    /** A text with blanks around letters that are words by themselves. */
    apart(text) {
      return [...text].map((letter) => (this.isAlone(letter) ? ` ${letter} ` : letter)).join("").trim();
    }
  }

  const any = (nodes) => (nodes.length === 1 ? nodes[0] : { kind: "or", nodes });

  /** The expression of a tree. A field within the brackets of another one holds by itself. */
  function write(node, outer) {
    const own = node.column || outer;
    const column = own ? `{${own}} : ` : "";
    if (node.kind === "term") return column + phrase(node);
    if (node.kind === "near") return `${column}NEAR(${phrase(node.left)} ${phrase(node.right)}, ${node.distance})`;
    if (node.kind === "in") return write(node.node, own);
    const parts = (nodes) => nodes.map((one) => write(one, outer));
    if (node.kind === "or") return `(${parts(node.nodes).join(" OR ")})`;
    const found = parts(node.nodes).join(" AND ");
    if (node.without.length === 0) return `(${found})`;
    return `((${found}) NOT ${write(any(node.without), outer)})`;
  }

  const phrase = (term) => `"${term.text.replaceAll('"', " ")}"${term.prefix ? " *" : ""}`;

  /** The terms that are to be found, those that are left out not among them. */
  function collect(node, terms, column) {
    if (node.kind === "term") {
      terms.push({ words: node.words, prefix: node.prefix, column: node.column || column || null, text: node.text });
    } else if (node.kind === "near") {
      collect(node.left, terms, node.column || column);
      collect(node.right, terms, node.column || column);
    } else if (node.kind === "in") collect(node.node, terms, node.column || column);
    else node.nodes.forEach((one) => collect(one, terms, column));
  }

  /** The expression for a term alone, for asking in which fields it was found. */
  search.termExpression = (term) => phrase(term);
})(typeof self === "undefined" ? globalThis : self);
