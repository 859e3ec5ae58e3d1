// The package in a real browser: under a strict Content-Security-Policy, in an opaque origin, both engines, and a worker that dies.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type PageServer, serve } from './package_server.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'dot-by-dot-package-'));

/** A page that has the package at hand as `lab` and `sync`. */
const bare = {
  '/': '<!doctype html><title>package</title><script type="module" src="/page.js"></script>',
  '/page.js': "import * as lab from '/lab/index.js'; import * as sync from '/lab/sync.js'; Object.assign(window, { lab, sync });",
};
/** A page that shows another in a frame of opaque origin, and writes down what the frame says. */
const framing = {
  '/': '<!doctype html><title>framing</title><output></output><script src="/listen.js"></script><iframe sandbox="allow-scripts" src="/frame.html"></iframe>',
  '/listen.js': "addEventListener('message', ({ data }) => { document.querySelector('output').textContent = data; });",
  '/frame.html': '<!doctype html><title>frame</title><script type="module" src="/frame.js"></script>',
  '/frame.js': `import { loadLab } from '/lab/index.js';
        const say = (text) => parent.postMessage(text, '*');
        loadLab().then(async (lab) => [await lab.dot([1, 2, 3], [4, 5, 6]), (await lab.strokeDigits({ count: 4, seed: 1 })).count])
          .then(([dot, digits]) => say('dot ' + dot + ', digits ' + digits), (error) => say(error.message));`,
};
let server: PageServer;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  execFileSync(process.execPath, [path.join(root, 'scripts/build-package.mjs'), folder], { cwd: root });
  server = await serve(folder, bare);
});
test.afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(() => server.instead.clear());

// biome-ignore lint/suspicious/noExplicitAny: what the page put on its window
declare const window: any;

test.beforeEach(async ({ page }) => {
  page.on('pageerror', (error) => console.error(error));
  await page.goto(server.url);
  await page.waitForFunction(() => 'lab' in window);
});

test('answers under a policy of wasm-unsafe-eval and blob workers alone', async ({ page }) => {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const answer = await page.evaluate(async () => {
    const lab = await window.lab.loadLab();
    const words = await lab.vectors('words');
    const { neighbors } = await words.analogy({ plus: ['king', 'woman'], minus: ['man'], count: 1 });
    return {
      dot: await lab.dot([1, 2, 3], [4, 5, 6]),
      binary: lab.binary,
      queen: neighbors[0].word,
      sync: (await window.sync.createEngine()).dot([1, 2], [3, 4]),
      network: (await lab.network('digits')).inputs,
    };
  });
  expect(answer).toEqual({ dot: 32, binary: 'relaxed', queen: 'queen', sync: 11, network: 784 });
  expect(errors).toEqual([]);
});

test('fetches the module of models when it is first asked about one, or at once where that is said', async ({ page }) => {
  const asked = () => server.asked.splice(0).filter((path) => path.includes('models'));
  asked();
  await page.evaluate(async () => {
    window.later = await window.lab.loadLab();
    await window.later.dot([1], [1]);
  });
  expect(asked()).toEqual([]);
  expect(await page.evaluate(async () => (await window.later.singular({ rows: 1, columns: 2, data: [3, 4] })).values[0])).toBe(5);
  expect(asked()).toEqual(['/lab/dot_by_dot_models.relaxed.wasm']);
  await page.evaluate(async () => (await window.lab.loadLab({ models: true })).dot([1], [1]));
  await expect.poll(asked).toEqual(['/lab/dot_by_dot_models.relaxed.wasm']);
});

test('starts in a frame of opaque origin, if the server lets it read the files', async ({ page }) => {
  const open = await serve(folder, framing, { 'access-control-allow-origin': '*' });
  try {
    await page.goto(open.url);
    await expect(page.locator('output')).toHaveText('dot 32, digits 4');
  } finally {
    await open.close();
  }
});

// A figure that lies on the very edge between two roundings can still show a last digit that differs by one.
test('both engines agree far beyond the digits that are shown', async ({ page }) => {
  const [first, second] = await page.evaluate(async () => {
    const answers = ['simd128', 'relaxed'].map(async (binary) => {
      const lab = await window.lab.loadLab({ binary });
      const scores: number[] = [];
      for (const n of [1, 2, 3, 4, 5, 15, 16, 17, 100, 300, 768, 1000]) {
        scores.push(await lab.cosine(await lab.random.normal(n, { seed: n }), await lab.random.normal(n, { seed: n + 1 })));
      }
      const neighbors = await (await lab.vectors('words')).nearest('king', { count: 50 });
      return {
        words: neighbors.map(({ word }: { word: string }) => word),
        scores: [...scores, ...neighbors.map(({ score }: { score: number }) => score)],
      };
    });
    return Promise.all(answers);
  });
  expect(second?.words).toEqual(first?.words);
  for (const [i, score] of (first?.scores ?? []).entries()) expect(Math.abs(score - second?.scores[i])).toBeLessThan(1e-6);
});

test('a worker that is ended is started again', async ({ page }) => {
  const answer = await page.evaluate(async () => {
    const RealWorker = window.Worker;
    const workers: Worker[] = [];
    window.Worker = class extends RealWorker {
      constructor(...all: unknown[]) {
        super(...all);
        workers.push(this as unknown as Worker);
      }
    };
    const lab = await window.lab.loadLab();
    await lab.dot([1], [1]);
    const words = await lab.vectors('words');
    const race = lab.race({ length: 1000, rounds: 1000 }).catch((error: { code: string }) => error.code);
    workers[0]?.dispatchEvent(new ErrorEvent('error', { message: 'killed' }));
    return {
      race: await race,
      dot: await lab.dot([1, 2], [3, 4]),
      nearest: (await words.nearest('king', { count: 1 }))[0].word,
      workers: workers.length,
    };
  });
  expect(answer).toMatchObject({ race: 'worker-died', dot: 11, workers: 2 });
  expect(typeof answer.nearest).toBe('string');
});

test('a missing, damaged or truncated file is a LabError, and the next call tries again', async ({ page }) => {
  const file = '/lab/data/words.bin.gz';
  const bytes = readFileSync(path.join(folder, 'data/words.bin.gz'));
  const ask = () =>
    page.evaluate(async () => {
      window.one ??= await window.lab.loadLab();
      return window.one.vectors('words').then(
        (words: { size: number }) => words.size,
        (error: { code: string; name: string }) => `${error.name} ${error.code}`,
      );
    });
  server.instead.set(file, { status: 404 });
  expect(await ask()).toBe('LabError not-found');
  server.instead.set(file, { body: '<!doctype html>the home page', headers: { 'content-type': 'text/html' } });
  expect(await ask()).toBe('LabError bad-file');
  server.instead.set(file, { body: bytes.subarray(0, 100_000) });
  expect(await ask()).toBe('LabError bad-file');
  const damaged = Buffer.from(bytes);
  damaged.fill(0x55, 1_000_000, 1_000_200);
  server.instead.set(file, { body: damaged });
  expect(await ask()).toBe('LabError bad-file');
  // A server that opened the file already: the browser hands over plain bytes.
  server.instead.set(file, { body: bytes, headers: { 'content-encoding': 'gzip' } });
  expect(await ask()).toBeGreaterThan(1000);
});

test('says so when the policy forbids WebAssembly or the worker', async ({ page }) => {
  const refusal = async (policy: string) => {
    const strict = await serve(folder, bare, { 'content-security-policy': policy });
    await page.goto(strict.url);
    await page.waitForFunction(() => 'lab' in window);
    const said = await page.evaluate(async () => {
      try {
        return await (await window.lab.loadLab()).dot([1], [1]);
      } catch (error) {
        return `${(error as { code: string }).code}: ${(error as Error).message}`;
      }
    });
    await strict.close();
    return said;
  };
  expect(await refusal("script-src 'self'")).toMatch(/^blocked: .*wasm-unsafe-eval/);
  expect(await refusal("script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'")).toMatch(/^worker-died: .*worker-src blob:/);
});
