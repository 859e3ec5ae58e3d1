// The compiler from C++ to WebAssembly: find a fit one, or bring one.
//
// Fit means: at least 3.1.69 (the first with all that we use of `--emit-tsd`), and shown by a trial to link
// `-O3 -msimd128 -mrelaxed-simd` with Embind. A distribution's package can pass the first and fail the second.
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder } from './paths.mjs';
import { hasApt, privateApt } from './private-apt.mjs';
import { attempt, run, which } from './run.mjs';
import { Failure, note } from './say.mjs';
import { atLeast, parseVersion } from './version.mjs';

export const MINIMUM = '3.1.69';
const SUITE = 'trixie'; // the Debian release that carries 3.1.69
const LAYOUT = 4; // raise it when the folder this file makes changes, so that old ones are not used

const GET_EMSDK =
  `install Emscripten ≥ ${MINIMUM} (git clone https://github.com/emscripten-core/emsdk && cd emsdk && ` +
  './emsdk install latest && ./emsdk activate latest && source ./emsdk_env.sh), then run the command again';

/** Debian's name of each architecture's library folder, and of its program loader. */
const MACHINES = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

const TRIAL = `#include <emscripten/bind.h>
#include <wasm_simd128.h>
float trial(float x) {
  v128_t v = wasm_f32x4_splat(x);
  return wasm_f32x4_extract_lane(wasm_f32x4_relaxed_madd(v, v, v), 0);
}
EMSCRIPTEN_BINDINGS(trial) { emscripten::function("trial", &trial); }
`;

/**
 * @typedef {object} Emscripten
 * @property {string} version such as `3.1.69`
 * @property {string} folder where `emcc` and `cmake/` lie
 * @property {string} toolchain the CMake toolchain file
 * @property {Record<string, string>} variables what the environment must say for it to run
 */

const describe = (folder, version, variables) => ({
  version,
  folder,
  toolchain: join(folder, 'cmake/Modules/Platform/Emscripten.cmake'),
  variables: { ...variables, DOT_EMSCRIPTEN: folder },
});

/** The environment in which an Emscripten runs: its variables, and its folder first on PATH. */
export const environment = (emscripten, env = process.env) => ({
  ...env,
  ...emscripten.variables,
  PATH: `${emscripten.folder}:${env.PATH ?? ''}`,
});

/** Its version, or undefined where it does not even say that. */
async function versionOf(folder, variables) {
  const { code, output } = await attempt(join(folder, 'emcc'), ['--version'], { env: { ...process.env, ...variables } });
  return code === 0 ? parseVersion(output) : undefined;
}

/** Whether it links a module with relaxed SIMD; the answer is kept, as asking takes seconds. */
async function passesTrial(folder, version, variables) {
  const file = realpathSync(join(folder, 'emcc'));
  const key = createHash('sha256')
    .update(`${file} ${statSync(file).mtimeMs} ${version}`)
    .digest('hex')
    .slice(0, 16);
  const answer = join(cacheFolder(), 'trials', key);
  if (existsSync(answer)) return true;
  const scratch = mkdtempSync(join(tmpdir(), 'dot-by-dot-trial-'));
  try {
    writeFileSync(join(scratch, 'trial.cpp'), TRIAL);
    const { code } = await attempt(
      join(folder, 'emcc'),
      ['-std=c++20', '-O3', '-msimd128', '-mrelaxed-simd', '-lembind', '-sDYNAMIC_EXECUTION=0', 'trial.cpp', '-o', 'trial.mjs'],
      { cwd: scratch, env: { ...process.env, ...variables } },
    );
    if (code !== 0) return false;
    mkdirSync(dirname(answer), { recursive: true });
    writeFileSync(answer, `${file}\n`);
    return true;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The folder that holds the real emcc: a distribution's /usr/bin/emcc is a link into it. */
function folderOf(emcc) {
  const folder = dirname(realpathSync(emcc));
  return existsSync(join(folder, 'cmake/Modules/Platform/Emscripten.cmake')) ? folder : undefined;
}

/** An Emscripten that is already on this machine and fit, or undefined. */
async function onThisMachine() {
  const candidates = [process.env.EMSDK && join(process.env.EMSDK, 'upstream/emscripten/emcc'), which('emcc')];
  for (const emcc of candidates) {
    const folder = emcc && existsSync(emcc) && folderOf(emcc);
    if (!folder) continue;
    const version = await versionOf(folder, {});
    if (!version || !atLeast(version, MINIMUM)) {
      note(`passing over ${emcc}: ${version ? `version ${version} is older than ${MINIMUM}` : 'it does not run'}`);
    } else if (await passesTrial(folder, version, {})) {
      return describe(folder, version, {});
    } else {
      note(`passing over ${emcc} ${version}: it cannot link relaxed SIMD`);
    }
  }
  return undefined;
}

/** What the environment must say for the Emscripten unpacked at `home`. Node is the one that runs this. */
const variablesOf = (home) => ({
  EM_CONFIG: join(home, 'emscripten.config'),
  EM_NODE_JS: process.execPath,
  EMSDK_PYTHON: join(home, 'root/usr/bin/emscripten-python'),
});

const emscriptenIn = (home) => join(home, 'root/usr/share/emscripten');

/** The programs that Emscripten starts, as paths below the unpacked root. */
function programs(at) {
  const llvm = 'usr/lib/llvm-19/bin';
  const inBin = readdirSync(join(at, 'usr/bin')).filter((name) => name.startsWith('wasm-'));
  return [...readdirSync(join(at, llvm)).map((name) => `${llvm}/${name}`), ...inBin.map((name) => `usr/bin/${name}`)].filter((path) => {
    const file = join(at, path);
    if (lstatSync(file).isSymbolicLink() || !statSync(file).isFile()) return false;
    return readFileSync(file).subarray(0, 4).toString('latin1') === '\u007fELF';
  });
}

/** Bring Debian's Emscripten into `home`, whole or not at all. */
async function bring(home, machine) {
  const work = `${home}.partial-${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    note('reading the package lists');
    const apt = await privateApt(join(work, 'apt'), SUITE);
    note('downloading about 380 MB, once for all clones of this user');
    const archives = await apt.download('emscripten', 'patchelf');
    note(`unpacking ${archives.length} packages, about 2.3 GB`);
    const unpacked = join(work, 'root');
    for (const archive of archives) await run('dpkg', ['-x', archive, unpacked]);
    rmSync(join(work, 'apt'), { recursive: true, force: true });

    // The programs want a newer C library than this system has, so each is told where ours will lie. A wrapper
    // around the loader would not do: clang finds its headers from its own path.
    note('pointing the programs at their own libraries');
    const libraries = (at) => [join(at, 'usr/lib/llvm-19/lib'), join(at, 'usr/lib', machine.triplet)].join(':');
    const loader = (at) => join(at, 'usr/lib', machine.triplet, machine.loader);
    const final = join(home, 'root');
    const patch = ['--set-interpreter', loader(final), '--force-rpath', '--set-rpath', libraries(final)];
    for (const program of programs(unpacked)) {
      await run(loader(unpacked), [
        '--library-path',
        libraries(unpacked),
        join(unpacked, 'usr/bin/patchelf'),
        ...patch,
        join(unpacked, program),
      ]);
    }

    // Python does not survive the patching, but takes a wrapper well: it finds its library, and itself for the
    // programs it starts, from the name it is called by.
    const python = join(final, 'usr/bin/python3');
    writeFileSync(
      join(unpacked, 'usr/bin/emscripten-python'),
      `#!/bin/sh\nexec '${loader(final)}' --library-path '${libraries(final)}' --argv0 "$0" '${python}' "$@"\n`,
      { mode: 0o755 },
    );

    // Debian's Node finds this parser by itself; any other Node looks for it beside the caller.
    mkdirSync(join(emscriptenIn(work), 'node_modules'), { recursive: true });
    const acorn = join(emscriptenIn(work), 'node_modules/acorn');
    if (!existsSync(acorn)) symlinkSync('../../../nodejs/acorn', acorn);

    writeFileSync(
      join(work, 'emscripten.config'),
      [
        `LLVM_ROOT = '${join(final, 'usr/lib/llvm-19/bin')}'`,
        `BINARYEN_ROOT = '${join(final, 'usr')}'`,
        `EMSCRIPTEN_ROOT = '${emscriptenIn(home)}'`,
        "NODE_JS = 'node'",
        'FROZEN_CACHE = True',
        '',
      ].join('\n'),
    );
    rmSync(home, { recursive: true, force: true });
    renameSync(work, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A fit Emscripten in `home`, or undefined. */
async function kept(home) {
  if (!existsSync(emscriptenIn(home))) return undefined;
  const variables = variablesOf(home);
  const version = await versionOf(emscriptenIn(home), variables);
  if (!version || !(await passesTrial(emscriptenIn(home), version, variables))) return undefined;
  return describe(emscriptenIn(home), version, variables);
}

/**
 * Find a fit Emscripten, or bring one into the user's cache folder.
 * @returns {Promise<Emscripten>}
 * @throws {Failure} with the way to install one by hand
 */
export async function findEmscripten() {
  const found = await onThisMachine();
  if (found) return found;

  const home = join(cacheFolder(), `emscripten-${MINIMUM}-${SUITE}-${process.arch}-${LAYOUT}`);
  const already = await kept(home);
  if (already) return already;

  const machine = MACHINES[process.arch];
  if (process.platform !== 'linux' || !machine || !hasApt()) {
    throw new Failure(`no Emscripten ≥ ${MINIMUM} on PATH, and it can be brought automatically on Debian only`, GET_EMSDK);
  }
  return withLock(`${home}.lock`, async () => {
    const meanwhile = await kept(home);
    if (meanwhile) return meanwhile;
    note(`no fit Emscripten on PATH: bringing Debian's into ${home}`);
    try {
      await bring(home, machine);
    } catch (error) {
      if (error instanceof Failure) error.repair ||= GET_EMSDK;
      throw error;
    }
    const brought = await kept(home);
    if (!brought) throw new Failure('the Emscripten that was brought does not link a relaxed-SIMD module', GET_EMSDK);
    return brought;
  });
}
