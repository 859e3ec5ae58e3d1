// The npm packages: installed when the lock file asks for others than those that are there.
import { existsSync, readFileSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { inRoot } from './paths.mjs';
import { run, which } from './run.mjs';
import { Failure } from './say.mjs';
import { atLeast } from './version.mjs';

const MINIMUM_NODE = '20.19.0';

/**
 * Whether the installed packages are those of the lock file. Packages for other machines (optional ones that are
 * not there) are no reason to install again.
 * @param {{packages: Record<string, {version?: string, optional?: boolean, integrity?: string}>}} wanted package-lock.json
 * @param {{packages: Record<string, {version?: string, integrity?: string}>}} installed node_modules/.package-lock.json
 */
export function samePackages(wanted, installed) {
  return Object.entries(wanted.packages).every(([path, want]) => {
    if (path === '') return true;
    const have = installed.packages[path];
    if (!have) return Boolean(want.optional);
    return have.version === want.version && have.integrity === want.integrity;
  });
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Install the packages of package-lock.json where they are not there already. @returns {Promise<string>} what was done */
export async function ensurePackages() {
  const node = process.versions.node;
  if (!atLeast(node, MINIMUM_NODE)) {
    throw new Failure(
      `this is Node ${node}; the project needs ${MINIMUM_NODE} or newer`,
      'install a newer Node.js, then run the command again',
    );
  }
  const isFresh = () => {
    const hidden = inRoot('node_modules/.package-lock.json');
    return existsSync(hidden) && samePackages(readJson(inRoot('package-lock.json')), readJson(hidden));
  };
  if (isFresh()) return `Node ${node}, packages as locked`;
  return withLock(inRoot('build', '.packages.lock'), async () => {
    if (isFresh()) return `Node ${node}, packages as locked`;
    if (!which('npm')) throw new Failure('npm is not on PATH', 'install npm, which comes with Node.js');
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      what: 'npm ci',
      repair: 'check the network and that package-lock.json is unchanged, then run the command again',
    });
    return `Node ${node}, packages installed`;
  });
}
