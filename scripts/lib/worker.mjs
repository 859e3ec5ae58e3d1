// The engine's worker as one classic script, kept as text in build/engine/worker.js: pages start it from a blob, Node from the text.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { unlessFresh } from './freshness.mjs';
import { inRoot } from './paths.mjs';
import { Failure } from './say.mjs';

/** Emscripten's halves of each module: of the one binary, and of the other. */
const GLUE = ['dot_by_dot', 'dot_by_dot_models'].map((module) =>
  ['simd128', 'relaxed'].map((binary) => `build/engine/${binary}/${module}.js`),
);
export const WORKER = 'build/engine/worker.js';

/**
 * The glue names its binary, for a branch that we never reach (we hand it over compiled): a bundler that reads our bundle would look
 * for that file, so the name is taken out.
 */
const handedOver = {
  name: 'binary-is-handed-over',
  setup: (plugin) =>
    plugin.onLoad({ filter: /[\\/]dot_by_dot(_models)?\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replace(/new URL\("dot_by_dot(_models)?\.wasm",\s*import\.meta\.url\)\.href/, '""')
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
  unlessFresh('worker', { inputs: ['web/engine', ...GLUE.flat(), 'scripts/lib/worker.mjs'], outputs: [WORKER] }, async () => {
    for (const pair of GLUE) {
      const [first, second] = pair.map((path) => readFileSync(inRoot(path), 'utf8'));
      if (first === second) continue;
      throw new Failure(
        "the JavaScript halves of a module's two binaries differ, and the worker carries one for both",
        'build both with the same Emscripten: `npm run build:engine`',
      );
    }
    const { outputFiles } = await build({ ...bundling, entryPoints: [inRoot('web/engine/worker.ts')], format: 'iife' });
    writeFileSync(inRoot(WORKER), `export default ${JSON.stringify(outputFiles[0].text)};\n`);
  });
