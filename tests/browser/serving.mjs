// `engross serve` for tests: on a copy of an edition, which may be changed.

import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** Copies an edition to a folder of its own; gives ways to change it. */
export async function copied(edition) {
  const root = await mkdtemp(join(tmpdir(), "engross-preview-"));
  const skipped = [".engross", "public", "target", "node_modules", ".git"].map((name) => join(edition, name));
  await cp(edition, root, { recursive: true, filter: (source) => !skipped.includes(source) });
  const path = (file) => join(root, file);
  return {
    root,
    read: (file) => readFile(path(file), "utf8"),
    /** Writes a file at one stroke, so that no half of it can be seen. */
    async write(file, text) {
      const beside = join(root, "beside");
      await writeFile(beside, text);
      await mkdir(dirname(path(file)), { recursive: true });
      await rename(beside, path(file));
    },
    async change(file, from, to) {
      const text = await readFile(path(file), "utf8");
      if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
      await this.write(file, text.replace(from, () => to));
    },
    remove: (file) => rm(path(file), { recursive: true }),
    end: () => rm(root, { recursive: true, force: true }),
  };
}

/** Starts the preview of an edition; gives its address once it is ready, and what it said. */
export async function serving(program, root, options = [], port = "0") {
  const child = spawn(program, ["--root", root, "serve", "--port", port, ...options], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said = [];
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const found = /^serving .* at (http:\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`the preview ended: ${said.join("\n")}`)));
  });
  const end = () => {
    child.kill("SIGKILL");
    return ended;
  };
  return { address, said, end };
}
