// Configuring and building a CMake preset.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { delimiter } from 'node:path';
import { environment } from './emscripten.mjs';
import { inRoot } from './paths.mjs';
import { attempt, run, which } from './run.mjs';
import { Failure } from './say.mjs';
import { atLeast, parseVersion } from './version.mjs';

const MINIMUM_CMAKE = '3.22.0';

/** Fail early, with the repair, where CMake or a build program is missing. */
export async function ensureCMake() {
  const { code, output } = await attempt('cmake', ['--version']);
  if (code !== 0) throw new Failure('CMake is not on PATH', 'install CMake (on Debian and Ubuntu: apt-get install cmake)');
  const version = parseVersion(output);
  if (!version || !atLeast(version, MINIMUM_CMAKE))
    throw new Failure(`CMake ${version} is older than ${MINIMUM_CMAKE}`, 'install a newer CMake');
  if (!which('ninja') && !which('make'))
    throw new Failure('neither ninja nor make is on PATH', 'install one (on Debian and Ubuntu: apt-get install ninja-build)');
  return version;
}

/** The environment of a build: Ninja where there is one, the packages' programs (tsc) and Emscripten's variables. */
export function buildEnvironment(emscripten) {
  const env = { ...process.env, PATH: `${inRoot('node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}` };
  if (!env.CMAKE_GENERATOR && which('ninja')) env.CMAKE_GENERATOR = 'Ninja';
  return emscripten ? environment(emscripten, env) : env;
}

/** Whether a build folder was configured for another toolchain or generator, and must be made anew. */
export function configuredOtherwise(cache, { toolchain, generator }) {
  const value = (name) => new RegExp(`^${name}:\\w+=(.*)$`, 'm').exec(cache)?.[1];
  const have = value('CMAKE_TOOLCHAIN_FILE');
  if (toolchain && have && have !== toolchain) return true;
  const had = value('CMAKE_GENERATOR');
  return Boolean(generator && had && had !== generator);
}

/**
 * Configure and build a preset of CMakePresets.json.
 * @param {string} preset
 * @param {{emscripten?: import('./emscripten.mjs').Emscripten, defines?: string[], targets?: string[], show?: boolean}} options
 */
export async function buildPreset(preset, { emscripten, defines = [], targets = [], show = false } = {}) {
  const env = buildEnvironment(emscripten);
  const folder = inRoot('build', preset);
  const cacheFile = inRoot('build', preset, 'CMakeCache.txt');
  if (existsSync(cacheFile)) {
    const parts = { toolchain: emscripten?.toolchain, generator: env.CMAKE_GENERATOR };
    if (configuredOtherwise(readFileSync(cacheFile, 'utf8'), parts)) rmSync(folder, { recursive: true, force: true });
  }
  await run('cmake', ['--preset', preset, ...defines], { env, what: `configuring the preset ${preset}`, show });
  const wanted = targets.length > 0 ? ['--target', ...targets] : [];
  await run('cmake', ['--build', folder, '--parallel', String(cpus().length), ...wanted], {
    env,
    what: `building the preset ${preset}`,
    show,
  });
}
