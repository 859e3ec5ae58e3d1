// What is fresh is not made again: a step's inputs are hashed, and the hash of its last success is kept in build/.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { inRoot, root } from './paths.mjs';

/** Files at or below a path, sorted; none where it does not exist. Hidden names and node_modules are passed over. */
export function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules')
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/**
 * A hash of names and contents.
 * @param {string[]} paths files and folders, absolute or relative to `base`
 * @param {string[]} also other things that the result depends on, such as a compiler's version
 * @param {string} base what the names are relative to
 */
export function fingerprint(paths, also = [], base = root) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesBelow(path.startsWith('/') ? path : join(base, path))) {
      const bytes = readFileSync(file);
      hash.update(`${relative(base, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
    }
  }
  for (const text of also) hash.update(`\0${text}`);
  return hash.digest('hex');
}

const stampOf = (name) => inRoot('build', '.fresh', name);

/**
 * Do `work` unless its inputs are those of its last success and its outputs still stand.
 * @param {string} name of the step, as a file name
 * @param {{inputs: string[], also?: string[], outputs: string[]}} parts
 * @param {() => Promise<unknown>} work
 * @returns {Promise<boolean>} whether the work was done
 */
export async function unlessFresh(name, { inputs, also = [], outputs }, work) {
  const stamp = stampOf(name);
  const now = fingerprint(inputs, also);
  const same = existsSync(stamp) && readFileSync(stamp, 'utf8') === now;
  if (same && outputs.every((path) => existsSync(inRoot(path)))) return false;
  rmSync(stamp, { force: true }); // should the work fail half-way, what it leaves is not fresh
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
  return true;
}
