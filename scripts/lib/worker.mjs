// The engine's worker as one classic script, kept as text in build/engine/worker.js: pages start it from a blob, Node from the text.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { unlessFresh } from './freshness.mjs';
import { inRoot } from './paths.mjs';
import { Failure } from './say.mjs';

const GLUE = ['simd128', 'relaxed'].map((name) => `build/engine/${name}/dot_by_dot.js`);
export const WORKER = 'build/engine/worker.js';

/** What every bundle of web/engine is made with. `import.meta` stands in the glue only, in a branch that we never reach. */
export const bundling = {
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
      throw new Failure("the two engines' JavaScript halves differ, and the worker carries one for both", 'build both with the same Emscripten: `npm run build:engine`');
    }
    const { outputFiles } = await build({ ...bundling, entryPoints: [inRoot('web/engine/worker.ts')], format: 'iife' });
    writeFileSync(inRoot(WORKER), `export default ${JSON.stringify(outputFiles[0].text)};\n`);
  });
