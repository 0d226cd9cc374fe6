// A static server for tests: one folder under one base, as GitHub Pages serves it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
};
/** What hosts that compress do compress. */
const COMPRESSED = new Set([".html", ".css", ".js", ".svg", ".xml", ".txt", ".json", ".wasm"]);

/**
 * Serves `folder` under `base`; gives the address of its home page and a function that ends it. Options: `gzip` (compress
 * as hosts do), `labels` (tell of files `.gz` that they are compressed, as some servers do, so that browsers unpack
 * them), `delay` (milliseconds before each answer), `asked` (a list that gets each path and the bytes sent), `secure` (HTTP/2
 * under a certificate made on the spot, by the program openssl, that no browser trusts by itself).
 */
export async function serve(folder, base, { gzip = false, labels = false, delay = 0, asked = [], secure = false } = {}) {
  const packed = new Map();
  const pack = (path, bytes) => packed.get(path) ?? packed.set(path, gzipSync(bytes)).get(path);
  const answer = async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const inside = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : "404.html";
    const wanted = inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside;
    const found = await readFile(join(folder, normalize(`/${wanted}`))).catch(() => null);
    const whole = found ?? (await readFile(join(folder, "404.html")));
    const ending = found ? extname(wanted) : ".html";
    const isPacked = gzip && COMPRESSED.has(ending);
    const body = isPacked ? pack(found ? wanted : "404.html", whole) : whole;
    const headers = { "content-type": TYPES[ending] ?? "application/octet-stream" };
    if (isPacked || (labels && ending === ".gz")) headers["content-encoding"] = "gzip";
    if (delay > 0) await new Promise((over) => setTimeout(over, delay));
    asked.push({ path: pathname, bytes: body.length });
    response.writeHead(found ? 200 : 404, headers);
    response.end(body);
  };
  const server = secure ? createSecureServer(certificate(), answer) : createServer(answer);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const address = `${secure ? "https" : "http"}://127.0.0.1:${server.address().port}${base}`;
  return { address, end: () => new Promise((ended) => server.close(ended)) };
}

/** A key and a certificate of this machine alone. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "engross-certificate-"));
  try {
    const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
    const form = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost"];
    execFileSync("openssl", ["req", "-x509", ...form, "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
