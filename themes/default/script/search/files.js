// Files of the index: gzip over HTTP, or scripts with the same bytes where a page was opened from disk.
//
// No ranges, no headers, no lengths: a file is there whole, or the edition was published anew since the page was opened.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  /** What went wrong, by a key of `errors` in the words of the interface. */
  search.Failure = class extends Error {
    constructor(kind, detail) {
      super(detail ? `${kind}: ${detail}` : kind);
      this.kind = kind;
    }
  };

  /**
   * Files below an address: `get(name, signal)` gives the bytes of a file without gzip, `json(name)` what it says.
   * `asScripts` says that they lie there as scripts, for readers from disk; `read` is called with the number of bytes
   * that arrived, while they arrive.
   */
  search.files = function (base, asScripts, read) {
    const wait = new Map();
    const fromDisk = typeof location !== "undefined" && location.protocol === "file:";
    const one = asScripts && fromDisk ? (name) => byScript(base, name, wait) : (name, signal) => byRequest(base, name, asScripts, signal, read);
    const get = async (name, signal) => {
      const bytes = await one(name, signal);
      return isGzip(bytes) ? inflate(bytes) : bytes;
    };
    const json = async (name, signal) => {
      const text = new TextDecoder().decode(await get(name, signal));
      try {
        return JSON.parse(text);
      } catch {
        throw new search.Failure("stale", name);
      }
    };
    return { get, json };
  };

  /** `name` is that of a file as it is, such as `sqlite3.wasm`, or that of a packed one without its ending. */
  async function byRequest(base, name, asScripts, signal, read) {
    const isWhole = name.includes(".");
    const file = isWhole ? name : name + (asScripts ? ".js" : ".gz");
    let answer;
    let bytes;
    try {
      answer = await fetch(base + file, { signal, credentials: "same-origin" });
      if (answer.ok) bytes = await arrived(answer, read);
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new search.Failure("network", `${file}: ${error.message}`);
    }
    // The folder bears the name of its content: what is missing was replaced. Some hosts answer with a page instead.
    if (answer.status === 404 || answer.status === 410 || (bytes && isPage(bytes))) throw new search.Failure("stale", file);
    if (!bytes) throw new search.Failure("network", file);
    if (isWhole || !asScripts) return bytes;
    const packed = /,"([^"]*)"/.exec(new TextDecoder().decode(bytes));
    if (!packed) throw new search.Failure("stale", file);
    return fromBase64(packed[1]);
  }

  /** The bytes of an answer, told of as they come. */
  async function arrived(answer, read) {
    if (!read || !answer.body) return new Uint8Array(await answer.arrayBuffer());
    const parts = [];
    const reader = answer.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      read(part.value.length);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  /** Neither JSON, nor gzip, nor a page of the database, nor an engine begins so. */
  const isPage = (bytes) => /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|html|head)/i.test(String.fromCharCode(...bytes.subarray(0, 64)));

  /** Scripts call `engrossChunk` with their name and their bytes in base64. */
  function byScript(base, name, wait) {
    scope.engrossChunk = scope.engrossChunk || ((given, text) => scope.engrossChunk.wait.get(given)?.(text));
    scope.engrossChunk.wait = scope.engrossChunk.wait || new Map();
    if (wait.has(name)) return wait.get(name);
    const script = document.createElement("script");
    const bytes = new Promise((resolve, reject) => {
      scope.engrossChunk.wait.set(name, (text) => resolve(fromBase64(text)));
      script.onerror = () => reject(new search.Failure("stale", name));
    }).finally(() => {
      wait.delete(name);
      script.remove();
    });
    wait.set(name, bytes);
    script.src = base.endsWith("/") ? `${base}${name}.js` : base;
    document.head.append(script);
    return bytes;
  }

  function fromBase64(text) {
    const letters = atob(text);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
    return bytes;
  }

  // A server may have taken the gzip off by itself.
  const isGzip = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

  async function inflate(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }
})(typeof self === "undefined" ? globalThis : self);
