import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesBelow, fingerprint, unlessFresh } from '../../scripts/lib/freshness.mjs';
import { samePackages } from '../../scripts/lib/packages.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dot-by-dot-test-'));
  mkdirSync(join(folder, 'a/node_modules'), { recursive: true });
  writeFileSync(join(folder, 'a/one.txt'), 'one');
  writeFileSync(join(folder, 'a/.hidden'), 'x');
  writeFileSync(join(folder, 'a/node_modules/big.txt'), 'x');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('hidden files and node_modules do not count', () => expect(filesBelow(folder)).toEqual([join(folder, 'a/one.txt')]));
test('what is not there has no files', () => expect(filesBelow(join(folder, 'nothing'))).toEqual([]));

describe('a fingerprint', () => {
  const now = (also) => fingerprint(['a'], also, folder);
  test('stays while nothing changes', () => expect(now()).toBe(now()));
  test('changes with a content, a name, a new file and what else matters', () => {
    const seen = new Set([now(), now(['3.1.69'])]);
    writeFileSync(join(folder, 'a/one.txt'), 'two');
    seen.add(now());
    writeFileSync(join(folder, 'a/three.txt'), '');
    seen.add(now());
    rmSync(join(folder, 'a/three.txt'));
    writeFileSync(join(folder, 'a/four.txt'), '');
    seen.add(now());
    expect(seen.size).toBe(5);
  });
});

describe('a step', () => {
  const name = `test-${process.pid}`;
  const output = `build/.fresh/${name}.out`;
  const parts = () => ({ inputs: [join(folder, 'a')], outputs: [output] });
  const work = async () => writeFileSync(inRoot(output), 'made');
  afterEach(() => {
    for (const file of [output, `build/.fresh/${name}`]) rmSync(inRoot(file), { force: true });
  });

  test('is done once, and again when an input changed or an output is gone', async () => {
    mkdirSync(inRoot('build/.fresh'), { recursive: true });
    expect(await unlessFresh(name, parts(), work)).toBe(true);
    expect(await unlessFresh(name, parts(), work)).toBe(false);
    writeFileSync(join(folder, 'a/one.txt'), 'changed');
    expect(await unlessFresh(name, parts(), work)).toBe(true);
    rmSync(inRoot(output));
    expect(await unlessFresh(name, parts(), work)).toBe(true);
  });

  test('that failed is not fresh, even with the inputs of an earlier success', async () => {
    mkdirSync(inRoot('build/.fresh'), { recursive: true });
    await unlessFresh(name, parts(), work);
    writeFileSync(join(folder, 'a/one.txt'), 'worse');
    await expect(unlessFresh(name, parts(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    writeFileSync(join(folder, 'a/one.txt'), 'one');
    expect(await unlessFresh(name, parts(), work)).toBe(true);
  });
});

describe('the installed packages', () => {
  const wanted = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/lit': { version: '3.3.3', integrity: 'sha512-a' },
      'node_modules/binary-for-mac': { version: '1.0.0', integrity: 'sha512-b', optional: true },
    },
  };
  const lit = (version, integrity) => ({ packages: { 'node_modules/lit': { version, integrity } } });
  test('are right without those for other machines', () => expect(samePackages(wanted, lit('3.3.3', 'sha512-a'))).toBe(true));
  test('are wrong with another version, other bytes or one missing', () => {
    expect(samePackages(wanted, lit('3.3.2', 'sha512-a'))).toBe(false);
    expect(samePackages(wanted, lit('3.3.3', 'sha512-c'))).toBe(false);
    expect(samePackages(wanted, { packages: {} })).toBe(false);
  });
});
