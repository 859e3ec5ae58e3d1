// The steps that several commands share, each done only where its inputs changed.
import { existsSync } from 'node:fs';
import { ensureCMake } from './cmake.mjs';
import { findEmscripten } from './emscripten.mjs';
import { unlessFresh } from './freshness.mjs';
import { inRoot } from './paths.mjs';
import { bin, run } from './run.mjs';
import { Failure } from './say.mjs';

/** Find CMake and Emscripten. @returns {Promise<import('./emscripten.mjs').Emscripten>} */
export async function ensureToolchain() {
  await ensureCMake();
  return findEmscripten();
}

const WEB = ['web', 'lessons', 'build/engine/simd128', 'build/engine/relaxed', 'package-lock.json'];

/** Check the lessons against the engine. @returns {Promise<string>} the summary */
export async function ensureLessons() {
  let said = 'unchanged since they were found right';
  await unlessFresh('lessons', { inputs: WEB, outputs: [] }, async () => {
    const output = await run(process.execPath, [inRoot('scripts/lessons-check.mjs')], {
      what: 'the check of the lessons',
      repair: 'each line above names a file, a line and what to write there; `npm run lessons:check` checks again',
    });
    said = output.trim().split('\n').at(-1);
  });
  return said;
}

/** Build the site into dist/site. @returns {Promise<string>} what was done */
export async function ensureSite() {
  const inputs = [...WEB, 'docs/benchmarks.json', 'vite.config.ts', 'tsconfig.json'];
  const built = await unlessFresh('site', { inputs, outputs: ['dist/site/index.html'] }, () =>
    run(bin('vite'), ['build', '--config', inRoot('vite.config.ts'), '--logLevel', 'warn'], { what: 'building the site' }),
  );
  return built ? 'dist/site' : 'dist/site, unchanged';
}

/** Build the npm package into dist/package. @returns {Promise<string>} what was done */
export async function ensurePackage() {
  if (!existsSync(inRoot('scripts/build-package.mjs'))) throw new Failure('scripts/build-package.mjs is missing');
  const { buildPackage } = await import('../build-package.mjs');
  let said = 'dist/package, unchanged';
  const inputs = [
    'web/engine',
    'build/engine/simd128',
    'build/engine/relaxed',
    'lessons/data/words',
    'scripts/build-package.mjs',
    'package.json',
    'tsconfig.json',
    'LICENSE',
  ];
  await unlessFresh('package', { inputs, outputs: ['dist/package/package.json'] }, async () => {
    said = await buildPackage();
  });
  return said;
}
