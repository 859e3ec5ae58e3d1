// A small server for the tests of the package: dist/package under /lab/, pages as given, a strict Content-Security-Policy on all.
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html; charset=utf-8',
  '.gz': 'application/gzip',
};

/** Scripts from the server and WebAssembly, workers from blobs; nothing inline, nothing evaluated. */
export const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'";

export interface PageServer {
  url: string;
  /** Paths asked for since the last look. */
  asked: string[];
  /** Answers put in place of the files, by path. */
  instead: Map<string, { status?: number; body?: Buffer | string; headers?: Record<string, string>; delay?: number }>;
  close(): Promise<void>;
}

/** Serve `folder` under /lab/ and `pages` (path → content). */
export async function serve(
  folder: string,
  pages: Record<string, string>,
  headers: Record<string, string> = { 'content-security-policy': STRICT },
): Promise<PageServer> {
  const asked: string[] = [];
  const instead: PageServer['instead'] = new Map();
  const server: Server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    const other = instead.get(pathname);
    if (other) {
      if (other.delay) await new Promise((resolve) => setTimeout(resolve, other.delay));
      response.writeHead(other.status ?? 200, { ...headers, ...other.headers }).end(other.body ?? '');
      return;
    }
    const type = { 'content-type': TYPES[extname(pathname)] ?? 'text/html; charset=utf-8' };
    if (pages[pathname] !== undefined) {
      response.writeHead(200, { ...headers, ...type }).end(pages[pathname]);
      return;
    }
    try {
      const body = await readFile(join(folder, normalize(pathname).replace(/^\/lab\//, '/')));
      response.writeHead(200, { ...headers, ...type, 'content-length': body.length }).end(body);
    } catch {
      response.writeHead(404, headers).end('not there');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    instead,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
