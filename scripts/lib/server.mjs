// A static file server for this machine only: right types, compression, no dependencies.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

export const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.gz': 'application/gzip',
  '.zip': 'application/zip',
  '.bin': 'application/octet-stream',
};

/** Worth compressing: text and WebAssembly. */
const compressible = (type) => /^text\/|json|xml|javascript|wasm/.test(type);

/**
 * The file that an address means, or undefined where it would lie outside the folder or is malformed.
 * @param {string} folder absolute
 * @param {string} path of the URL, still percent-encoded
 */
export function fileFor(folder, path) {
  let plain;
  try {
    plain = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (plain.includes('\0')) return undefined;
  const file = normalize(join(folder, plain));
  return file === folder || file.startsWith(folder + sep) ? file : undefined;
}

const statOf = (file) => statSync(file, { throwIfNoEntry: false });

/**
 * Serve a folder.
 * @param {string} folder absolute
 * @param {{base?: string}} options `base`: the path it appears under, with a slash at both ends
 * @returns {import('node:http').Server} not yet listening
 */
export function staticServer(folder, { base = '/' } = {}) {
  /** Compressed bodies by entity tag, so that each version of a file is compressed once. */
  const compressed = new Map();

  const send = (request, response, file, stat, status = 200) => {
    const type = TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
    const tag = `"${createHash('sha1').update(`${file} ${stat.size} ${stat.mtimeMs}`).digest('base64url')}"`;
    const headers = {
      'Content-Type': type,
      ETag: tag,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
    };
    if (status === 200 && request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end();
      return;
    }
    if (compressible(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      const body = compressed.get(tag) ?? gzipSync(readFileSync(file));
      compressed.set(tag, body);
      response.writeHead(status, { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': body.length });
      response.end(request.method === 'HEAD' ? undefined : body);
      return;
    }
    response.writeHead(status, { ...headers, 'Content-Length': stat.size });
    if (request.method === 'HEAD') response.end();
    else
      createReadStream(file)
        .on('error', () => response.destroy())
        .pipe(response);
  };

  const notFound = (request, response) => {
    const page = join(folder, '404.html');
    const stat = statOf(page);
    if (stat) send(request, response, page, stat, 404);
    else response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('There is nothing at this address.\n');
  };

  return createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const [path, query] = (request.url ?? '/').split(/\?(.*)/s);
    if (!path.startsWith(base)) {
      if (`${path}/` === base) response.writeHead(301, { Location: base }).end();
      else notFound(request, response);
      return;
    }
    const file = fileFor(folder, path.slice(base.length));
    const stat = file && statOf(file);
    if (stat?.isDirectory()) {
      const index = join(file, 'index.html');
      const indexStat = statOf(index);
      // Without the slash at its end, a page's relative addresses would count from the folder above.
      if (indexStat && !path.endsWith('/'))
        response.writeHead(301, { Location: `${path.replace(/^\/+/, '/')}/${query === undefined ? '' : `?${query}`}` }).end();
      else if (indexStat) send(request, response, index, indexStat);
      else notFound(request, response);
    } else if (stat?.isFile()) send(request, response, file, stat);
    else notFound(request, response);
  });
}

/** Listen on this machine only. @returns {Promise<import('node:http').Server>} */
export const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
