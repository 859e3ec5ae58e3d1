// One seed has one curve: in Node and in Chromium, by the plain engine and by the relaxed one, to the last bit.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { type PageServer, serve } from './package_server.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'dot-by-dot-curve-'));
let server: PageServer;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  execFileSync(process.execPath, [path.join(root, 'scripts/build-package.mjs'), folder], { cwd: root });
  server = await serve(folder, {
    '/': '<!doctype html><title>curve</title><script type="module" src="/page.js"></script>',
    '/page.js': "import * as lab from '/lab/index.js'; Object.assign(window, { lab });",
  });
});
test.afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: the package, as the page or Node has it
declare const window: any;

/** Trains a network with a hidden layer on drawn digits, and says everything about it as text. Runs where it is sent: it uses nothing from outside. */
// biome-ignore lint/suspicious/noExplicitAny: the same, within the page
async function curveOf(loadLab: any, binary: string | undefined): Promise<{ binary: string; told: string }> {
  const lab = await loadLab(binary ? { binary } : {});
  const digits = await lab.strokeDigits({ count: 300, seed: 5 });
  const { train, heldOut } = await digits.split({ heldOut: 100, seed: 2 });
  const network = await lab.newNetwork({ inputs: 784, hidden: [12], classes: digits.classes, activation: 'gelu', seed: 3 });
  const training = await network.train(train, { optimizer: 'adam', batch: 16, seed: 4, heldOut, weightDecay: 0.001 });
  await training.run({ steps: 120 });
  const told = {
    curve: await training.curve(),
    biases: [...(await network.layer(2)).biases],
    weights: [...(await network.layer(1)).weights.data],
  };
  const { binary: ran } = lab;
  lab.dispose();
  return { binary: ran, told: JSON.stringify(told) };
}

test('the same seed gives the same curve and the same weights in Node and in Chromium', async ({ page }) => {
  await page.goto(server.url);
  await page.waitForFunction(() => 'lab' in window);
  const run = (binary: string) =>
    page.evaluate(`(${curveOf.toString()})(window.lab.loadLab, ${JSON.stringify(binary)})`) as ReturnType<typeof curveOf>;
  const [relaxed, plain] = [await run('relaxed'), await run('simd128')];
  const { loadLab } = await import(pathToFileURL(path.join(folder, 'index.js')).href);
  const node = await curveOf(loadLab, undefined);
  expect([relaxed.binary, plain.binary]).toEqual(['relaxed', 'simd128']);
  expect(JSON.parse(node.told).curve).toHaveLength(10);
  expect(JSON.parse(node.told).curve.at(-1).loss).toBeLessThan(JSON.parse(node.told).curve[0].loss);
  expect(plain.told).toBe(node.told);
  expect(relaxed.told).toBe(node.told);
});

/** Grows an induction head for some steps, and says everything about it as text. */
// biome-ignore lint/suspicious/noExplicitAny: the same, within the page
async function growthOf(loadLab: any, binary: string | undefined): Promise<string> {
  const lab = await loadLab(binary ? { binary } : {});
  const training = await lab.growInduction({ seed: 1, steps: 24, every: 8 });
  await training.run({ steps: 24 });
  const run = await training.runAt(3, training.examples[0].tokens);
  const told = { snapshots: training.snapshots, logits: [...(await run.logits()).data] };
  lab.dispose();
  return JSON.stringify(told);
}

test('an induction head grows alike in Node and in Chromium', async ({ page }) => {
  await page.goto(server.url);
  await page.waitForFunction(() => 'lab' in window);
  const grow = (binary: string) =>
    page.evaluate(`(${growthOf.toString()})(window.lab.loadLab, ${JSON.stringify(binary)})`) as Promise<string>;
  const { loadLab } = await import(pathToFileURL(path.join(folder, 'index.js')).href);
  const node = await growthOf(loadLab, undefined);
  expect(JSON.parse(node).snapshots).toHaveLength(4);
  expect(await grow('simd128')).toBe(node);
  expect(await grow('relaxed')).toBe(node);
});
