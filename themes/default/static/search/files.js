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
   * that arrived.
   */
  search.files = function (base, asScripts, read) {
    const wait = new Map();
    const fromDisk = typeof location !== "undefined" && location.protocol === "file:";
    const one = asScripts && fromDisk ? (name) => byScript(base, name, wait) : (name, signal) => byRequest(base, name, asScripts, signal);
    const get = async (name, signal) => {
      const bytes = await one(name, signal);
      if (read) read(bytes.length);
      return isGzip(bytes) ? inflate(bytes) : bytes;
    };
    return { get, json: async (name, signal) => JSON.parse(new TextDecoder().decode(await get(name, signal))) };
  };

  /** `name` is that of a file as it is, such as `sqlite3.wasm`, or that of a packed one without its ending. */
  async function byRequest(base, name, asScripts, signal) {
    const isWhole = name.includes(".");
    const file = isWhole ? name : name + (asScripts ? ".js" : ".gz");
    let answer;
    try {
      answer = await fetch(base + file, { signal, credentials: "same-origin" });
      if (answer.ok && (isWhole || !asScripts)) return new Uint8Array(await answer.arrayBuffer());
      if (answer.ok) return fromBase64(/,"([^"]*)"/.exec(await answer.text())[1]);
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new search.Failure("network", `${file}: ${error.message}`);
    }
    // The folder bears the name of its content: what is missing was replaced.
    throw new search.Failure(answer.status === 404 || answer.status === 410 ? "stale" : "network", file);
  }

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
