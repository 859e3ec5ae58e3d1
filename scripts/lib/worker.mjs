// The engine's worker as one classic script, kept as text in build/engine/worker.js: pages start it from a blob, Node from the text.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { unlessFresh } from './freshness.mjs';
import { inRoot } from './paths.mjs';
import { Failure } from './say.mjs';

const GLUE = ['simd128', 'relaxed'].map((name) => `build/engine/${name}/dot_by_dot.js`);
export const WORKER = 'build/engine/worker.js';

/**
 * The glue names its binary, for a branch that we never reach (we hand it over compiled): a bundler that reads our bundle would look
 * for that file, so the name is taken out.
 */
const handedOver = {
  name: 'binary-is-handed-over',
  setup: (plugin) =>
    plugin.onLoad({ filter: /[\\/]dot_by_dot\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replace(/new URL\("dot_by_dot\.wasm",\s*import\.meta\.url\)\.href/, '""')
        .replace('import.meta.url', 'undefined'),
      loader: 'js',
    })),
};

/** What every bundle of web/engine is made with. */
export const bundling = {
  plugins: [handedOver],
  bundle: true,
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'silent',
  write: false,
};

/** Bundle the worker, unless it is fresh. @returns {Promise<boolean>} whether it was made */
export const ensureWorker = () =>
  unlessFresh('worker', { inputs: ['web/engine', ...GLUE, 'scripts/lib/worker.mjs'], outputs: [WORKER] }, async () => {
    const [first, second] = GLUE.map((path) => readFileSync(inRoot(path), 'utf8'));
    if (first !== second) {
      throw new Failure(
        "the two engines' JavaScript halves differ, and the worker carries one for both",
        'build both with the same Emscripten: `npm run build:engine`',
      );
    }
    const { outputFiles } = await build({ ...bundling, entryPoints: [inRoot('web/engine/worker.ts')], format: 'iife' });
    writeFileSync(inRoot(WORKER), `export default ${JSON.stringify(outputFiles[0].text)};\n`);
  });
