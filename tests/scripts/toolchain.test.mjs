import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseArguments } from '../../scripts/lib/arguments.mjs';
import { configuredOtherwise } from '../../scripts/lib/cmake.mjs';
import { environment } from '../../scripts/lib/emscripten.mjs';
import { withLock } from '../../scripts/lib/lock.mjs';
import { cacheFolder } from '../../scripts/lib/paths.mjs';
import { aptConfiguration, debianMirrors } from '../../scripts/lib/private-apt.mjs';
import { seconds } from '../../scripts/lib/say.mjs';

describe('the mirrors of a machine', () => {
  test('are its Debian archives, each once', () =>
    expect(
      debianMirrors(
        'http://mirror.example/debian/ main\nhttp://mirror.example/debian/ main\nhttp://mirror.example/debian-security/ main\nhttp://other.example/apt main\nhttp://mirror.example/debian contrib\n',
      ),
    ).toEqual(['http://mirror.example/debian/']));
  test('are none on another distribution', () => expect(debianMirrors('http://mirror.example/ubuntu/ main\n')).toEqual([]));
});

test('the private apt keeps out of the system', () => {
  const text = aptConfiguration('/somewhere');
  for (const setting of [
    'Dir::State "/somewhere',
    'Dir::State::status "/somewhere',
    'Dir::Cache "/somewhere',
    'Dir::Etc::sourcelist "/somewhere',
  ])
    expect(text).toContain(setting);
});

test('an Emscripten comes first on PATH and brings its variables', () => {
  const env = environment({ folder: '/em', variables: { EM_CONFIG: '/em.config' } }, { PATH: '/usr/bin', HOME: '/home/x' });
  expect(env).toEqual({ PATH: '/em:/usr/bin', HOME: '/home/x', EM_CONFIG: '/em.config' });
});

describe('a build folder', () => {
  const cache = 'CMAKE_GENERATOR:INTERNAL=Ninja\nCMAKE_TOOLCHAIN_FILE:FILEPATH=/old/Emscripten.cmake\n';
  test('is kept for the same toolchain', () =>
    expect(configuredOtherwise(cache, { toolchain: '/old/Emscripten.cmake', generator: 'Ninja' })).toBe(false));
  test('is made anew for another toolchain or generator', () => {
    expect(configuredOtherwise(cache, { toolchain: '/new/Emscripten.cmake', generator: 'Ninja' })).toBe(true);
    expect(configuredOtherwise(cache, { generator: 'Unix Makefiles' })).toBe(true);
  });
});

test('the cache folder follows XDG_CACHE_HOME, if that is absolute', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/dot-by-dot');
  expect(cacheFolder({ XDG_CACHE_HOME: 'relative' })).toMatch(/\.cache\/dot-by-dot$/);
});

describe('the lock', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dot-by-dot-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('lets one at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await pause(50);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(join(folder, 'lock'), work)));
    expect(most).toBe(1);
  });

  test('is taken over from a process that died, and given back after a failure', async () => {
    const lock = join(folder, 'lock');
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), '4194304'); // above the largest process number that Linux gives
    expect(await withLock(lock, async () => 'done')).toBe('done');
    await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock(lock, async () => 'free again')).toBe('free again');
  });
});

describe('arguments', () => {
  const known = { values: ['port'], flags: ['verbose'] };
  test('values, flags and words', () => {
    const { values, flags, words } = parseArguments(['widget', '--port', '5000', 'name', '--verbose'], known);
    expect([values, [...flags], words]).toEqual([{ port: '5000' }, ['verbose'], ['widget', 'name']]);
    expect(parseArguments(['--port=5000'], known).values.port).toBe('5000');
  });
  test('what is not known is refused, with what there is', () =>
    expect(() => parseArguments(['--prot', '1'], known)).toThrow('--prot is not known; there is --port, --verbose'));
  test('a value must follow', () => expect(() => parseArguments(['--port'], known)).toThrow('wants a value'));
});

test.each([
  [420, '0.4 s'],
  [12_400, '12 s'],
  [59_700, '60 s'],
  [125_000, '2 min 5 s'],
])('%d ms is %s', (milliseconds, text) => expect(seconds(milliseconds)).toBe(text));
