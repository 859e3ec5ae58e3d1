// A data file from a server: whole, opened on the way, cut off, missing; and stopped.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { download } from '../../../web/engine/download.ts';
import { refusal } from './support.ts';

const plain = new Uint8Array(300_000).map((_, i) => (i * i) % 251);
const packed = gzipSync(plain);
const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/packed': (_, response) => response.writeHead(200, { 'content-length': packed.length }).end(packed),
  '/plain': (_, response) => response.writeHead(200, { 'content-length': plain.length }).end(plain),
  '/opened': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed),
  '/chunked': (_, response) => {
    response.write(packed.subarray(0, 1));
    setTimeout(() => response.end(packed.subarray(1)), 20);
  },
  '/short': (_, response) => response.end(packed.subarray(0, packed.length - 100)),
  '/damaged': (_, response) => response.end(Buffer.from(packed).fill(7, 100, 200)),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': packed.length });
    response.write(packed.subarray(0, 1000), () => response.destroy());
  },
  '/error': (_, response) => response.writeHead(503).end(),
  '/never': () => {},
};
let server: Server;
let url = '';
beforeAll(async () => {
  server = createServer((request, response) =>
    (answers[request.url ?? ''] ?? ((_, other) => other.writeHead(404).end('no')))(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (path: string, onProgress: (loaded: number, total: number) => void = () => {}, signal = new AbortController().signal) =>
  download(path.startsWith('/') ? url + path : path, onProgress, signal);

test.each(['/packed', '/plain', '/opened', '/chunked'])('%s gives the bytes', async (path) => {
  expect(Buffer.from(await get(path)).equals(Buffer.from(plain))).toBe(true);
});

test('progress counts what came of what was announced', async () => {
  const seen: [number, number][] = [];
  await get('/packed', (loaded, total) => seen.push([loaded, total]));
  expect(seen.at(-1)).toEqual([packed.length, packed.length]);
  seen.length = 0;
  await get('/opened', (loaded, total) => seen.push([loaded, total]));
  expect(seen.at(-1)).toEqual([plain.length, 0]);
});

test.each([
  ['/short', 'bad-file'],
  ['/damaged', 'bad-file'],
  ['/cut', 'network'],
  ['/missing', 'not-found'],
  ['/error', 'network'],
  ['http://127.0.0.1:1/', 'network'],
  ['file:///no/such/file', 'not-found'],
])('%s is refused as %s, saying which file', async (path, code) => {
  const error = await refusal(get(path));
  expect(error.code).toBe(code);
  expect(error.message).toContain(path);
});

test('is stopped when asked', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 30);
  expect((await refusal(get('/never', undefined, controller.signal))).code).toBe('aborted');
});
