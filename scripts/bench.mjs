// npm run bench: the engine beside plain JavaScript, TensorFlow.js and ONNX Runtime Web, in one page of a real Chromium.
//
// `-- --quick` takes a few rounds in place of many; `-- --only matmul` those cases whose name holds the word; `-- --keep` makes the run the
// one that docs/benchmarks.md and the page /bench/ show.
// The tables go to the terminal, the result to build/bench/<date>.json, a plot of it beside that. tests/bench/README.md says how it is made fair.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { parseArguments } from './lib/arguments.mjs';
import { keep, machine } from './lib/bench.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureEngine } from './lib/engine.mjs';
import { ensurePackages, samePackages } from './lib/packages.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { Failure, main, note, steps } from './lib/say.mjs';
import { listen, staticServer } from './lib/server.mjs';
import { ensureToolchain } from './lib/stages.mjs';

const HERE = inRoot('tests/bench');
const OUT = inRoot('build/bench');
const PAGE = inRoot('build/bench/page');
const TFJS = 'node_modules/@tensorflow/tfjs-backend-wasm/dist';
const ORT = 'node_modules/onnxruntime-web/dist';
/** What the page loads beside its scripts. */
const FILES = [
  ...['simd128', 'relaxed'].flatMap((binary) =>
    ['dot_by_dot', 'dot_by_dot_models', 'limits'].map((module) => `build/engine/${binary}/${module}.wasm`),
  ),
  ...['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'].map(
    (name) => `tests/bench/${TFJS}/${name}`,
  ),
  `tests/bench/${ORT}/ort-wasm-simd-threaded.wasm`,
];
/** A model that ships with the lab, where the engine looks for it. */
const DATA = 'lessons/data/writer/writer.safetensors.gz';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The other libraries, installed beside the benchmark's sources where they are not there as locked. */
async function ensurePeers() {
  const locked = readJson(`${HERE}/package-lock.json`);
  const hidden = `${HERE}/node_modules/.package-lock.json`;
  if (existsSync(hidden) && samePackages(locked, readJson(hidden))) return 'as locked';
  note('TensorFlow.js, ONNX Runtime Web and others, some 230 MB unpacked, for the benchmark alone');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'], {
    cwd: HERE,
    what: 'npm ci in tests/bench',
    repair: 'check the network and run the command again',
  });
  return 'installed';
}

/** Pages that load one library each, and ask it for one dot product: tests/bench/ready. */
const READY = ['ours', 'tfjs', 'onnx'];

const html = (script) =>
  `<!doctype html><meta charset="utf-8"><title>Benchmark</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script>\n`;

/**
 * How long each of the pages takes from its address to its first answer, opened afresh each time, in turn; and what it fetches for
 * that, as brotli packs it.
 */
async function measureReady(browser, origin, rounds) {
  const found = new Map(READY.map((name) => [name, { name, bytes: 0, ms: [] }]));
  for (let round = 0; round < rounds; ++round) {
    for (let i = 0; i < READY.length; ++i) {
      const one = found.get(READY[(round + i) % READY.length]);
      const context = await browser.newContext();
      const page = await context.newPage();
      const bodies = [];
      page.on('response', (response) => !response.url().endsWith('.html') && bodies.push(response.body().catch(() => Buffer.alloc(0))));
      await page.goto(`${origin}/ready_${one.name}.html`);
      await page.waitForFunction(() => 'ready' in globalThis);
      const { answer, ready } = await page.evaluate(() => ({ answer: globalThis.answer, ready: globalThis.ready }));
      if (answer !== 32) throw new Failure(`${one.name} answers ${answer} in place of 32`);
      one.ms.push(ready);
      if (round === 0) one.bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
      await context.close();
    }
  }
  return [...found.values()];
}

/** The page and everything that it loads, in one folder. */
async function buildPage() {
  const { build } = await import('esbuild');
  const { bundling } = await import('./lib/worker.mjs');
  rmSync(PAGE, { recursive: true, force: true });
  mkdirSync(PAGE, { recursive: true });
  const entryPoints = ['page.ts', '../../web/bench/ours.ts'].map((name) => `${HERE}/${name}`);
  await build({
    ...bundling,
    entryPoints,
    format: 'esm',
    platform: 'browser',
    outdir: PAGE,
    splitting: true, // hnswlib-wasm fetches its module when it is asked
    entryNames: '[name]',
    minify: false,
    write: true,
  });
  // What a page needs to get ready, as small as it is shipped; each built by itself, so that none gets what only another needs.
  for (const name of READY) {
    await build({
      ...bundling,
      entryPoints: [`${HERE}/ready/${name}.ts`],
      format: 'esm',
      platform: 'browser',
      outdir: PAGE,
      splitting: true,
      entryNames: 'ready_[name]',
      chunkNames: `ready_${name}_[hash]`,
      write: true,
    });
    writeFileSync(`${PAGE}/ready_${name}.html`, html(`ready_${name}.js`));
  }
  for (const file of FILES) {
    const binary = /build\/engine\/(\w+)\//.exec(file)?.[1];
    const name = basename(file);
    copyFileSync(inRoot(file), `${PAGE}/${binary ? name.replace('.wasm', `.${binary}.wasm`) : name}`);
  }
  mkdirSync(`${PAGE}/data`);
  copyFileSync(inRoot(DATA), `${PAGE}/data/${basename(DATA)}`);
  writeFileSync(`${PAGE}/index.html`, html('page.js'));
}

/** Run the cases in a browser; `onCase` hears of each. @returns the browser's version, and how soon each library is ready, where all cases are asked for */
async function measure(options, onCase) {
  const { chromium } = await import('@playwright/test');
  const server = await listen(staticServer(PAGE), 0);
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const page = await browser.newPage();
    const elsewhere = [];
    await page.route(
      (url) => !['data:', 'blob:'].includes(url.protocol) && url.origin !== origin,
      (route) => {
        elsewhere.push(route.request().url());
        return route.abort();
      },
    );
    page.on('console', (line) => line.type() === 'error' && note(line.text()));
    page.on('pageerror', (error) => note(error.message));
    await page.exposeFunction('onCase', onCase);
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => 'bench' in globalThis);
    await page.evaluate((given) => globalThis.bench({ ...given, onCase: globalThis.onCase }), options);
    if (elsewhere.length)
      throw new Failure(`the page asked for ${elsewhere[0]}`, 'serve it from the page’s own folder: the benchmark uses no network');
    const ready = options.only ? undefined : await measureReady(browser, origin, options.quick ? 3 : 11);
    return { version: browser.version(), ready };
  } finally {
    await browser.close();
    server.close();
  }
}

const PEERS = ['@tensorflow/tfjs-backend-wasm', 'onnxruntime-web', 'hnswlib-wasm', 'ml-distance', 'mathjs'];

/** The other libraries' versions, by their names without what stands before a slash. */
function peerVersions() {
  const installed = readJson(`${HERE}/package-lock.json`).packages;
  return Object.fromEntries(PEERS.map((name) => [basename(name), installed[`node_modules/${name}`].version]));
}

await main(async () => {
  const { values, flags } = parseArguments(process.argv.slice(2), { values: ['only'], flags: ['quick', 'keep'] });
  const options = { quick: flags.has('quick'), only: values.only ?? '', versions: peerVersions() };
  const step = steps(5);
  await step('Packages', ensurePackages);
  await step('Engine', async () => ensureEngine(await ensureToolchain()));
  await step('Other libraries', ensurePeers);
  await step('Page', buildPage);

  const { tsImport } = await import('tsx/esm/api');
  const { rowsOf, short } = await tsImport('../web/bench/report.ts', import.meta.url);
  const { plot } = await tsImport('../web/bench/plot.ts', import.meta.url);
  const { runText } = await tsImport('../web/bench/kept.ts', import.meta.url);
  const rows = [];
  let found;
  await step('Measuring', async () => {
    found = await measure(options, (measured) => {
      const made = rowsOf(measured);
      rows.push(...made);
      note(
        `${measured.name}: ${made
          .filter(({ binary }) => binary === 'relaxed')
          .map((row) => `${short(row.ratio)} × ${row.peerName}`)
          .join(', ')}`,
      );
    });
    if (rows.length === 0) throw new Failure(`no case has “${options.only}” in its name`, 'leave --only out to run all');
    return `Chromium ${found.version}`;
  });

  const date = new Date().toISOString();
  const result = {
    date,
    quick: options.quick,
    ...(await machine({ chromium: found.version, ...peerVersions() })),
    rows,
    ready: found.ready,
  };
  const file = `${OUT}/${date.slice(0, 19).replaceAll(':', '-')}.json`;
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(file.replace('.json', '.svg'), plot(rows, 'relaxed', true));
  console.log(`\n${runText(result)}\n`);
  console.log(
    'Times as fast: the median over the rounds, with the tenth and ninetieth percentile; ! is below its target. Compare within a run only.',
  );
  console.log(file);
  if (flags.has('keep')) console.log(await keep('benchmarks', result));
});
