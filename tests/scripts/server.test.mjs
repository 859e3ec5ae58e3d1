import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileFor, listen, staticServer } from '../../scripts/lib/server.mjs';

let folder;
let server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dot-by-dot-site-'));
  mkdirSync(join(folder, 'lessons/angle'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<h1>home</h1>');
  writeFileSync(join(folder, 'lessons/angle/index.html'), '<h1>angle</h1>');
  writeFileSync(join(folder, '404.html'), '<h1>nothing here</h1>');
  writeFileSync(join(folder, 'engine.wasm'), Buffer.from([0, 97, 115, 109]));
  writeFileSync(join(folder, 'words.bin.gz'), 'gz');
  writeFileSync(join(folder, 'with space.txt'), 'text');
  writeFileSync(`${folder}-secret.txt`, 'secret');
  server = await listen(staticServer(folder, { base: '/lab/' }), 0);
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}-secret.txt`, { force: true });
});

/** A plain request: fetch would tidy the address and unpack the body. */
const get = (path, { method = 'GET', headers = {} } = {}) =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.address().port, path, method, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });

test.each([
  ['/lab/', 'text/html; charset=utf-8'],
  ['/lab/lessons/angle/', 'text/html; charset=utf-8'],
  ['/lab/engine.wasm', 'application/wasm'],
  ['/lab/words.bin.gz', 'application/gzip'],
  ['/lab/with%20space.txt?x=1', 'text/plain; charset=utf-8'],
])('%s is served as %s', async (path, type) => {
  const { status, headers } = await get(path);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe(type);
});

test('a folder without its slash leads to the one with it, the query kept', async () => {
  const { status, headers } = await get('/lab/lessons/angle?a=1&b=2?');
  expect(status).toBe(301);
  expect(headers.location).toBe('/lab/lessons/angle/?a=1&b=2?');
});

test('text is compressed for those who ask, a packed file is left as it is', async () => {
  const page = await get('/lab/', { headers: { 'accept-encoding': 'gzip, br' } });
  expect(page.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(page.body).toString()).toBe('<h1>home</h1>');
  const words = await get('/lab/words.bin.gz', { headers: { 'accept-encoding': 'gzip' } });
  expect(words.headers['content-encoding']).toBeUndefined();
  expect(words.body.toString()).toBe('gz');
});

test('what the browser has already is not sent again', async () => {
  const { headers } = await get('/lab/');
  const again = await get('/lab/', { headers: { 'if-none-match': headers.etag } });
  expect(again.status).toBe(304);
  expect(again.body.length).toBe(0);
});

test('what is not there gets the page that says so, with its status', async () => {
  for (const path of ['/lab/nothing/', '/lab/lessons/', '/elsewhere']) {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body.toString()).toContain('nothing here');
  }
});

test('HEAD tells the size without the body, other methods are refused', async () => {
  const { headers, body } = await get('/lab/engine.wasm', { method: 'HEAD' });
  expect(headers['content-length']).toBe('4');
  expect(body.length).toBe(0);
  expect((await get('/lab/', { method: 'POST' })).status).toBe(405);
});

describe('nothing outside the folder is served', () => {
  test.each(['../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', '-secret.txt/../../x', '%00', '%E0%A4%A'])('%s', async (path) => {
    const { status, body } = await get(`/lab/${path}`);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('secret');
  });
  test('nor a neighbour whose name begins with the folder’s', () => expect(fileFor('/srv/site', '../site-secret.txt')).toBeUndefined());
});
