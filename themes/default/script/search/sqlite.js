// The SQLite engine, `sqlite3.wasm` as its makers released it, and a file system of pieces for it.
//
// The engine reads at once or not at all, but pieces of the database come over the net. So a read of a piece that is not
// here fails, the piece is fetched, and the statement is run again from its start: it only reads, so nothing is lost.
(function (scope) {
  "use strict";
  const search = (scope.engrossSearch = scope.engrossSearch || {});

  const OK = 0;
  const IO_ERROR = 10;
  const CANNOT_OPEN = 14;
  const READ_ERROR = 266;
  const SHORT_READ = 522;
  const NOT_FOUND = 12;
  const ROW = 100;
  const DONE = 101;
  const READ_ONLY = 1;
  const MAIN_FILE = 0x100;
  const NEVER_CHANGES = 0x2000;

  /**
   * Starts the engine on `pieces`: `size` of the file, `page` (length of a piece), and `at(number)`, which gives the
   * bytes of a piece or nothing. Gives `step(sql, values, row)`: the number of the piece that was missing, or -1 when
   * the statement ran to its end; `row` is called with a reader of columns.
   */
  search.sqlite = async function (wasm, pieces) {
    const memory = new WebAssembly.Memory({ initial: 128, maximum: 32768 });
    const compiled = await WebAssembly.compile(wasm);
    const { exports: engine } = await WebAssembly.instantiate(compiled, surroundings(compiled, memory));
    engine.__wasm_call_ctors();
    const heap = new Heap(engine, memory);
    const state = { missing: -1, pieces };
    await register(heap, state);
    return new Database(heap, state);
  };

  /** The memory of the engine; its views are made anew, since it grows. */
  class Heap {
    constructor(engine, memory) {
      this.engine = engine;
      this.memory = memory;
    }
    get view() {
      return new DataView(this.memory.buffer);
    }
    get bytes() {
      return new Uint8Array(this.memory.buffer);
    }
    /** A text that ends in zero; it is never freed. */
    text(value) {
      const bytes = new TextEncoder().encode(value);
      const at = this.engine.malloc(bytes.length + 1);
      this.bytes.set(bytes, at);
      this.bytes[at + bytes.length] = 0;
      return at;
    }
    read(at) {
      const bytes = this.bytes;
      let end = at;
      while (bytes[end] !== 0) end += 1;
      return new TextDecoder().decode(bytes.slice(at, end));
    }
    /** Memory with zeros. */
    empty(length) {
      const at = this.engine.malloc(length);
      this.bytes.fill(0, at, at + length);
      return at;
    }
  }

  /** What the engine asks of its surroundings: a clock and more memory. It has no other files and no system. */
  function surroundings(compiled, memory) {
    const given = {
      memory,
      emscripten_date_now: () => Date.now(),
      emscripten_get_now: () => performance.now(),
      emscripten_get_heap_max: () => 32768 * 65536,
      emscripten_resize_heap: (size) => {
        try {
          memory.grow(Math.ceil(((size >>> 0) - memory.buffer.byteLength) / 65536));
          return 1;
        } catch {
          return 0;
        }
      },
    };
    const imports = {};
    for (const { module, name } of WebAssembly.Module.imports(compiled)) {
      imports[module] = imports[module] || {};
      // A system call that is not there: "function not implemented".
      imports[module][name] = given[name] || (() => -52);
    }
    return imports;
  }

  /** Registers the file system. Layouts are those of `sqlite3_vfs` and `sqlite3_io_methods`, all fields of four bytes. */
  async function register(heap, state) {
    const file = await pointers(heap.engine, fileMethods(heap, state));
    const methods = heap.empty(52);
    [1, ...file].forEach((value, place) => heap.view.setInt32(methods + 4 * place, value, true));
    const system = await pointers(heap.engine, systemMethods(heap, methods));
    const vfs = heap.empty(76);
    // Version, size of a file, longest path, next, name, data; then the methods.
    const head = [2, 8, 64, 0, heap.text("pieces"), 0];
    const [open, remove, access, path, random, sleep, time, lastError, time64] = system;
    const fields = [...head, open, remove, access, path, 0, 0, 0, 0, random, sleep, time, lastError, time64];
    fields.forEach((value, place) => heap.view.setInt32(vfs + 4 * place, value, true));
    heap.engine.sqlite3_vfs_register(vfs, 1);
  }

  /** From xClose to xDeviceCharacteristics. */
  const fileMethods = (heap, state) => [
    ["i", () => OK],
    ["iiij", (file, into, length, from) => read(heap, state, into, length, Number(from))],
    ["iiij", () => IO_ERROR],
    ["ij", () => IO_ERROR],
    ["ii", () => OK],
    ["ii", (file, into) => (heap.view.setBigInt64(into, BigInt(state.pieces.size), true), OK)],
    ["ii", () => OK],
    ["ii", () => OK],
    ["ii", (file, into) => (heap.view.setInt32(into, 0, true), OK)],
    ["iii", () => NOT_FOUND],
    ["i", () => 512],
    ["i", () => NEVER_CHANGES],
  ];

  /** xOpen, xDelete, xAccess, xFullPathname, xRandomness, xSleep, xCurrentTime, xGetLastError, xCurrentTimeInt64. */
  const systemMethods = (heap, methods) => [
    ["iiiii", (vfs, name, file, flags, flagsOut) => {
      if (!(flags & MAIN_FILE)) return CANNOT_OPEN;
      heap.view.setInt32(file, methods, true);
      if (flagsOut) heap.view.setInt32(flagsOut, flags, true);
      return OK;
    }],
    ["iii", () => OK],
    ["iiii", (vfs, name, flags, into) => (heap.view.setInt32(into, 0, true), OK)],
    ["iiii", (vfs, name, length, into) => {
      const path = new TextEncoder().encode(`${heap.read(name)}\0`);
      if (path.length > length) return CANNOT_OPEN;
      heap.bytes.set(path, into);
      return OK;
    }],
    // Nothing here needs chance.
    ["iii", (vfs, length, into) => (heap.bytes.fill(7, into, into + length), length)],
    ["ii", () => OK],
    ["ii", (vfs, into) => (heap.view.setFloat64(into, 2440587.5, true), OK)],
    ["iii", () => OK],
    ["ii", (vfs, into) => (heap.view.setBigInt64(into, 210866760000000n, true), OK)],
  ];

  function read(heap, state, into, length, from) {
    const { pieces } = state;
    const end = Math.min(from + length, pieces.size);
    for (let at = from; at < end; ) {
      const number = Math.floor(at / pieces.page);
      const piece = pieces.at(number);
      if (!piece) {
        state.missing = number;
        return READ_ERROR;
      }
      const within = at - number * pieces.page;
      const part = piece.subarray(within, within + end - at);
      heap.bytes.set(part, into + at - from);
      at += part.length;
      if (part.length === 0) return READ_ERROR;
    }
    if (end - from === length) return OK;
    heap.bytes.fill(0, into + Math.max(0, end - from), into + length);
    return SHORT_READ;
  }

  /**
   * Places in the engine's table for functions of ours. Only functions of WebAssembly may stand there, so a module is
   * made that takes ours in and gives them out with their types.
   */
  async function pointers(engine, functions) {
    const module = await WebAssembly.instantiate(new Uint8Array(wrapper(functions.map(([types]) => types))), {
      f: Object.fromEntries(functions.map(([, code], number) => [number, code])),
    });
    const table = engine.__indirect_function_table;
    const first = table.grow(functions.length);
    return functions.map((_, number) => {
      table.set(first + number, module.instance.exports[number]);
      return first + number;
    });
  }

  function wrapper(signatures) {
    const kind = { i: 0x7f, j: 0x7e };
    const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)]);
    const name = (place) => [...number(String(place).length), ...[...String(place)].map((digit) => digit.charCodeAt(0))];
    const section = (id, entries) => {
      const body = [...number(entries.length), ...entries.flat()];
      return [id, ...number(body.length), ...body];
    };
    const types = signatures.map((types) => [0x60, types.length, ...[...types].map((type) => kind[type]), 1, 0x7f]);
    const taken = signatures.map((_, place) => [...name("f"), ...name(place), 0, place]);
    const given = signatures.map((_, place) => [...name(place), 0, ...number(place)]);
    return [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section(1, types), ...section(2, taken), ...section(7, given)];
  }

  /** The database, once its first pieces are there. */
  class Database {
    constructor(heap, state) {
      this.heap = heap;
      this.state = state;
      this.handle = 0;
      this.places = heap.empty(8);
    }

    /** Opens the file if it is not open, runs a statement; the number of a missing piece, or -1 at the end. */
    step(sql, values, row) {
      const { engine } = this.heap;
      this.state.missing = -1;
      if (!this.handle) {
        const [name, vfs] = [this.heap.text("index"), this.heap.text("pieces")];
        const code = engine.sqlite3_open_v2(name, this.places, READ_ONLY, vfs);
        this.handle = this.heap.view.getInt32(this.places, true);
        if (code !== OK) throw this.failure();
      }
      const statement = this.prepare(sql, values);
      if (!statement) return this.state.missing;
      let code = engine.sqlite3_step(statement);
      for (; code === ROW; code = engine.sqlite3_step(statement)) row(engine, statement);
      // The message is gone once the statement is.
      const failure = code === DONE || this.state.missing >= 0 ? null : this.failure();
      engine.sqlite3_finalize(statement);
      if (failure) throw failure;
      return code === DONE ? -1 : this.state.missing;
    }

    prepare(sql, values) {
      const { engine } = this.heap;
      const text = this.heap.text(sql);
      const code = engine.sqlite3_prepare_v2(this.handle, text, -1, this.places + 4, 0);
      engine.free(text);
      if (code !== OK) {
        if (this.state.missing < 0) throw this.failure();
        return 0;
      }
      const statement = this.heap.view.getInt32(this.places + 4, true);
      values.forEach((value, place) => {
        const text = this.heap.text(value);
        engine.sqlite3_bind_text(statement, place + 1, text, -1, -1);
        engine.free(text);
      });
      return statement;
    }

    failure() {
      const message = this.handle ? this.heap.read(this.heap.engine.sqlite3_errmsg(this.handle)) : "";
      return new search.Failure("engine", message);
    }
  }
})(typeof self === "undefined" ? globalThis : self);
