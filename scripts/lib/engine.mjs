// The engine's two WebAssembly modules and the types of their interface.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { buildPreset } from './cmake.mjs';
import { MINIMUM } from './emscripten.mjs';
import { unlessFresh } from './freshness.mjs';
import { withLock } from './lock.mjs';
import { inRoot } from './paths.mjs';
import { Failure } from './say.mjs';

export const BINARIES = ['simd128', 'relaxed'];
const INPUTS = [
  'engine/base',
  'engine/kernels',
  'engine/models',
  'engine/formats',
  'engine/bindings',
  'cmake',
  'CMakeLists.txt',
  'CMakePresets.json',
];
const EMITTED = 'build/engine/simd128/dot_by_dot.d.ts';
export const TYPES = 'web/engine/generated.d.ts';

/** Build both modules into build/engine/<name>/dot_by_dot.{js,wasm}, and the worker that runs them, unless they are fresh. @returns {Promise<string>} what was done */
export async function ensureEngine(emscripten, { show = false } = {}) {
  const outputs = BINARIES.flatMap((name) => ['js', 'wasm'].map((ending) => `build/engine/${name}/dot_by_dot.${ending}`));
  const also = [emscripten.version, emscripten.folder];
  const built = await withLock(inRoot('build', '.engine.lock'), async () => {
    const { ensureWorker } = await import('./worker.mjs'); // it needs the packages, which a bare clone has not yet
    const made = await unlessFresh('engine', { inputs: INPUTS, also, outputs: [...outputs, EMITTED] }, async () => {
      for (const preset of BINARIES) await buildPreset(preset, { emscripten, show });
    });
    await ensureWorker();
    return made;
  });
  const sizes = BINARIES.map((name) => `${name} ${(statSync(inRoot(`build/engine/${name}/dot_by_dot.wasm`)).size / 1024).toFixed(0)} KB`);
  return `${sizes.join(', ')}${built ? '' : ', unchanged'}`;
}

/** The emitted types as they are committed. */
export const typesText = (emitted) => `// Written by \`npm run build:engine\` from engine/bindings; do not edit.\n${emitted.trimEnd()}\n`;

/** Put the emitted types into the sources. @returns {boolean} whether they changed */
export function updateTypes() {
  const fresh = typesText(readFileSync(inRoot(EMITTED), 'utf8'));
  if (existsSync(inRoot(TYPES)) && readFileSync(inRoot(TYPES), 'utf8') === fresh) return false;
  writeFileSync(inRoot(TYPES), fresh);
  return true;
}

/**
 * Fail where the committed types are not those of a fresh build. Another Emscripten words them otherwise, so the
 * question is put to the pinned version only.
 * @returns {string} what was found
 */
export function checkTypes(emscripten) {
  if (emscripten.version !== MINIMUM) return `not compared: Emscripten is ${emscripten.version}, the types are written by ${MINIMUM}`;
  const committed = existsSync(inRoot(TYPES)) ? readFileSync(inRoot(TYPES), 'utf8') : '';
  if (committed !== typesText(readFileSync(inRoot(EMITTED), 'utf8'))) {
    throw new Failure(`${TYPES} is not what engine/bindings gives`, 'run `npm run build:engine` and commit the file');
  }
  return 'the committed types are those of the bindings';
}
