// Catch2, the C++ tests' framework: built once for each flavour of compiler and kept in the user's cache, as
// building it takes over a minute.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder } from './paths.mjs';
import { hasApt, privateApt } from './private-apt.mjs';
import { attempt, run, which } from './run.mjs';
import { Failure, note } from './say.mjs';

const VERSION = '3.7.1';
const SUITE = 'trixie';
const ARCHIVE = `https://github.com/catchorg/Catch2/archive/refs/tags/v${VERSION}.tar.gz`;
/** SHA-256 of the release archive; Debian's source package holds the same bytes. */
const ARCHIVE_HASH = 'c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Unpack an archive into `folder`, which then holds CMakeLists.txt itself. */
async function unpack(archive, folder) {
  const hash = sha256(readFileSync(archive));
  if (hash !== ARCHIVE_HASH) {
    throw new Failure(
      `the archive of Catch2 ${VERSION} is not the one we know: its SHA-256 is ${hash}`,
      'delete it and run the command again; if that repeats, do not trust the source it came from',
    );
  }
  mkdirSync(folder, { recursive: true });
  await run('tar', ['-xf', archive, '-C', folder, '--strip-components=1'], { what: 'unpacking Catch2' });
}

/** The unpacked source of Catch2, from Debian's source package or the release archive. */
async function source(scratch) {
  const folder = join(scratch, 'source');
  if (hasApt()) {
    try {
      const apt = await privateApt(join(scratch, 'apt'), SUITE);
      const files = await apt.source('catch2');
      const archive = files.find((file) => /\.orig\.tar\.\w+$/.test(file));
      if (archive) {
        await unpack(archive, folder);
        return folder;
      }
    } catch (error) {
      note(`Debian's source of Catch2: ${error.message}; trying the release archive`);
    }
  }
  const answer = await fetch(ARCHIVE).catch(() => undefined);
  if (!answer?.ok) {
    throw new Failure(`Catch2 ${VERSION} could not be fetched`, `check the network, or install Catch2 ${VERSION} where CMake finds it`);
  }
  const archive = join(scratch, 'catch2.tar.gz');
  writeFileSync(archive, Buffer.from(await answer.arrayBuffer()));
  await unpack(archive, folder);
  return folder;
}

/** The version line of the compiler that CMake will take, so that another compiler gets another build. */
async function compilerName(env) {
  const compiler = [env.CXX, 'c++', 'g++', 'clang++'].find((name) => name && (existsSync(name) || which(name, env.PATH)));
  if (!compiler) throw new Failure('no C++ compiler on PATH', 'install g++ or clang++ (on Debian and Ubuntu: apt-get install g++)');
  const { output } = await attempt(compiler, ['--version'], { env });
  return output.split('\n')[0];
}

/**
 * The folder of Catch2's CMake package, built if need be.
 * @param {'native' | 'wasm'} flavour
 * @param {import('./emscripten.mjs').Emscripten} [emscripten] for `wasm`
 * @param {NodeJS.ProcessEnv} env the environment the build runs in
 */
export async function findCatch2(flavour, emscripten, env) {
  const compiler = flavour === 'wasm' ? `emscripten ${emscripten.version} ${emscripten.folder}` : await compilerName(env);
  const key = sha256(`${compiler} layout 1`).slice(0, 12);
  const home = join(cacheFolder(), `catch2-${VERSION}-${flavour}-${key}`);
  const package_ = join(home, 'lib/cmake/Catch2');
  if (existsSync(join(package_, 'Catch2Config.cmake'))) return package_;

  return withLock(`${home}.lock`, async () => {
    if (existsSync(join(package_, 'Catch2Config.cmake'))) return package_;
    note(`building Catch2 ${VERSION} (${flavour}), once for all clones of this user; about a minute`);
    const scratch = mkdtempSync(join(tmpdir(), 'dot-by-dot-catch2-'));
    const partial = `${home}.partial-${process.pid}`;
    try {
      const from = await source(scratch);
      const options = [
        '-DCMAKE_BUILD_TYPE=Release',
        '-DCATCH_INSTALL_DOCS=OFF',
        '-DBUILD_TESTING=OFF',
        '-DCMAKE_CXX_STANDARD=20',
        '-DCMAKE_INSTALL_LIBDIR=lib',
        `-DCMAKE_INSTALL_PREFIX=${partial}`,
      ];
      if (flavour === 'wasm') options.push(`-DCMAKE_TOOLCHAIN_FILE=${emscripten.toolchain}`, '-DCMAKE_CXX_FLAGS=-fwasm-exceptions');
      const build = join(scratch, 'build');
      await run('cmake', ['-S', from, '-B', build, ...options], { env, what: 'configuring Catch2' });
      await run('cmake', ['--build', build, '--parallel', String(cpus().length), '--target', 'install'], { env, what: 'building Catch2' });
      rmSync(home, { recursive: true, force: true });
      renameSync(partial, home);
      return package_;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
      rmSync(partial, { recursive: true, force: true });
    }
  });
}
