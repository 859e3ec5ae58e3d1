// The engine's two WebAssembly modules, each in two binaries, and the types of their interfaces.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { buildPreset } from './cmake.mjs';
import { environment, MINIMUM } from './emscripten.mjs';
import { unlessFresh } from './freshness.mjs';
import { withLock } from './lock.mjs';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';
import { Failure } from './say.mjs';

export const BINARIES = ['simd128', 'relaxed'];
/** Each module, and where its types are committed. */
const TYPES = { dot_by_dot: 'web/engine/generated.d.ts', dot_by_dot_models: 'web/engine/generated_models.d.ts' };
export const MODULES = Object.keys(TYPES);
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
const emitted = (module) => `build/engine/simd128/${module}.d.ts`;

/** Build the modules into build/engine/<binary>/<module>.{js,wasm}, and the worker that runs them, unless they are fresh. @returns {Promise<string>} what was done */
export async function ensureEngine(emscripten, { show = false } = {}) {
  const files = MODULES.flatMap((module) => [`${module}.js`, `${module}.wasm`]);
  const outputs = [...BINARIES.flatMap((binary) => files.map((file) => `build/engine/${binary}/${file}`)), ...MODULES.map(emitted)];
  const also = [emscripten.version, emscripten.folder];
  const built = await withLock(inRoot('build', '.engine.lock'), async () => {
    const { ensureWorker } = await import('./worker.mjs'); // it needs the packages, which a bare clone has not yet
    const made = await unlessFresh('engine', { inputs: INPUTS, also, outputs }, async () => {
      for (const preset of BINARIES) await buildPreset(preset, { emscripten, show });
    });
    await ensureWorker();
    await ensureLimits(emscripten);
    return made;
  });
  const size = (binary, module) => (statSync(inRoot(`build/engine/${binary}/${module}.wasm`)).size / 1024).toFixed(0);
  const sizes = BINARIES.map((binary) => `${binary} ${MODULES.map((module) => size(binary, module)).join(' + ')} KB`);
  return `${sizes.join(', ')}${built ? '' : ', unchanged'}`;
}

const LIMITS = 'tests/bench/limits.cpp';

/** What the benchmarks compare the engine's speed with: a small module for each binary, which asks for nothing from outside. */
async function ensureLimits(emscripten) {
  const outputs = BINARIES.map((binary) => `build/engine/${binary}/limits.wasm`);
  const exported = ['round_operations', 'multiply_add', 'read_bytes', '__heap_base'].map((name) => `-Wl,--export=${name}`);
  const settings = ['-sSTANDALONE_WASM=1', '-sALLOW_MEMORY_GROWTH=1', '-sMAXIMUM_MEMORY=4GB', '-Wl,--no-entry', ...exported];
  const also = [emscripten.version, ...settings];
  await unlessFresh('limits', { inputs: [LIMITS], also, outputs }, async () => {
    for (const binary of BINARIES) {
      const simd = binary === 'relaxed' ? ['-msimd128', '-mrelaxed-simd'] : ['-msimd128'];
      const output = ['-o', inRoot(`build/engine/${binary}/limits.wasm`)];
      const flags = ['-std=c++20', '-O3', '-Wall', '-Wextra', '-Werror', ...simd, ...settings];
      await run(`${emscripten.folder}/emcc`, [...flags, inRoot(LIMITS), ...output], {
        env: environment(emscripten),
        what: `compiling ${LIMITS}`,
      });
    }
  });
}

/** The emitted types as they are committed. */
export const typesText = (text) => `// Written by \`npm run build:engine\` from engine/bindings; do not edit.\n${text.trimEnd()}\n`;

const committed = (module) => (existsSync(inRoot(TYPES[module])) ? readFileSync(inRoot(TYPES[module]), 'utf8') : '');
const fresh = (module) => typesText(readFileSync(inRoot(emitted(module)), 'utf8'));

/** Put the emitted types into the sources. @returns {string[]} the files that changed */
export function updateTypes() {
  const changed = MODULES.filter((module) => committed(module) !== fresh(module));
  for (const module of changed) writeFileSync(inRoot(TYPES[module]), fresh(module));
  return changed.map((module) => TYPES[module]);
}

/**
 * Fail where the committed types are not those of a fresh build. Another Emscripten words them otherwise, so the
 * question is put to the pinned version only.
 * @returns {string} what was found
 */
export function checkTypes(emscripten) {
  if (emscripten.version !== MINIMUM) return `not compared: Emscripten is ${emscripten.version}, the types are written by ${MINIMUM}`;
  for (const module of MODULES) {
    if (committed(module) !== fresh(module))
      throw new Failure(`${TYPES[module]} is not what engine/bindings gives`, 'run `npm run build:engine` and commit the file');
  }
  return 'the committed types are those of the bindings';
}
