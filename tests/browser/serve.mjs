// A static server for tests: one folder under one base, as GitHub Pages serves it.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/** Serves `folder` under `base`; gives the address of its home page and a function that ends it. */
export async function serve(folder, base) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const inside = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : "404.html";
    const wanted = inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside;
    const found = await readFile(join(folder, normalize(`/${wanted}`))).catch(() => null);
    const body = found ?? (await readFile(join(folder, "404.html")));
    const type = found ? TYPES[extname(wanted)] : TYPES[".html"];
    response.writeHead(found ? 200 : 404, { "content-type": type ?? "application/octet-stream" });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const address = `http://127.0.0.1:${server.address().port}${base}`;
  return { address, end: () => new Promise((ended) => server.close(ended)) };
}
